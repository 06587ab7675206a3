// SPDX-License-Identifier: GPL-2.0-only
/* The fields of thp, which the kernel itself shows to everybody. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	BYTES("size_bytes", SHOWN, NULL,
	      "size of the huge pages, where it is counted by size"),
	STRING("name", SHOWN, NULL, "name of the counter"),
	COUNT("count", SHOWN, NULL, "since boot; nr_ is a number of now"),
};

const struct pfnscope_view pfnscope_view_thp = {
	.name = "thp",
	.major = 1,
	.row = "a counter of transparent huge pages",
	PFNSCOPE_FIELDS(fields),
};
