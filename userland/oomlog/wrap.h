/* SPDX-License-Identifier: GPL-2.0-only */
/* Newlines of the file within a record that has its own ones escaped. */
#ifndef PFNSCOPE_OOMLOG_WRAP_H
#define PFNSCOPE_OOMLOG_WRAP_H

#include "oomlog/scan.h"

/**
 * enum pfnscope_wrap - what a newline of the file is
 * @PFNSCOPE_WRAP_NONE: the end of a record
 * @PFNSCOPE_WRAP_CUT: it stands within a word, or where a blank is left
 * @PFNSCOPE_WRAP_BLANK: it stands for a blank
 */
enum pfnscope_wrap {
	PFNSCOPE_WRAP_NONE,
	PFNSCOPE_WRAP_CUT,
	PFNSCOPE_WRAP_BLANK,
};

/* As much of the beginning of a record as tells one like it. */
#define PFNSCOPE_WRAP_HEAD	24

bool pfnscope_wrap_possible(struct pfnscope_scan text);
enum pfnscope_wrap pfnscope_wrap_at(struct pfnscope_scan before,
				    struct pfnscope_scan *behind,
				    struct pfnscope_scan head, bool escaped,
				    size_t column);

#endif
