/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When a walk ends before its end: a reader's when the reader is being killed, and
 * that of the one task which scans for incidents when it is told to.
 */
#ifndef PFNSCOPE_WALK_CANCEL_H
#define PFNSCOPE_WALK_CANCEL_H

#include <linux/types.h>

bool pfnscope_walk_cancelled(void);

void pfnscope_walk_begin_cancellable(void);
void pfnscope_walk_end_cancellable(void);
void pfnscope_walk_cancel(bool cancel);

#endif /* PFNSCOPE_WALK_CANCEL_H */
