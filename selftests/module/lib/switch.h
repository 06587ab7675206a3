/* SPDX-License-Identifier: GPL-2.0-only */
/* Switches of control/: each takes what it shows and nothing else. */

#ifndef PFNSCOPE_TEST_SWITCH_H
#define PFNSCOPE_TEST_SWITCH_H

#include <stdbool.h>
#include <stddef.h>

/* What is written, and what is read then; the last of @good leaves it set while @bad is tried. */
struct switch_good {
	const char *written, *shown;
};

/* True where @path takes each of @good, and what it shows then, and refuses each of @bad; else says on standard output which not. */
bool switch_holds(const char *path, const struct switch_good *good, size_t nr_good, const char *const *bad, size_t nr_bad);

#endif
