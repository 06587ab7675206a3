/* SPDX-License-Identifier: GPL-2.0-only */
/* How a walk asks for memory of its own. */
#ifndef PFNSCOPE_WALK_MEMORY_H
#define PFNSCOPE_WALK_MEMORY_H

#include <linux/gfp.h>

/*
 * Without __GFP_NORETRY a small request does not fail: it calls the OOM killer. No
 * task is to die for a report, least of all one on why another one died.
 */
#define PFNSCOPE_GFP	(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)

#endif /* PFNSCOPE_WALK_MEMORY_H */
