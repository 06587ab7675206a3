// SPDX-License-Identifier: GPL-2.0-only
/* The fields of generations. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	CGROUP_FIELD,
	CGROUP_ID_FIELD,
	CGROUP_STATE_FIELD(SHOWN),
	GENERATION_FIELDS,
};

const struct pfnscope_view pfnscope_view_generations = {
	.name = "generations",
	.major = 1,
	.row = "a generation of a memory cgroup in a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
