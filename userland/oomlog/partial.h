/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of container runtimes, each of which may be a part of a line. */
#ifndef PFNSCOPE_OOMLOG_PARTIAL_H
#define PFNSCOPE_OOMLOG_PARTIAL_H

#include "oomlog/scan.h"

/**
 * enum pfnscope_partial - what a record is
 * @PFNSCOPE_PARTIAL_NONE: a line of some other log
 * @PFNSCOPE_PARTIAL_MORE: the next record goes on with its line
 * @PFNSCOPE_PARTIAL_END: a whole line, or the end of one
 */
enum pfnscope_partial {
	PFNSCOPE_PARTIAL_NONE,
	PFNSCOPE_PARTIAL_MORE,
	PFNSCOPE_PARTIAL_END,
};

enum pfnscope_partial pfnscope_partial_take(struct pfnscope_scan *record);

#endif
