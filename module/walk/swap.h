/* SPDX-License-Identifier: GPL-2.0-only */
/* Swap devices and files. */
#ifndef PFNSCOPE_WALK_SWAP_H
#define PFNSCOPE_WALK_SWAP_H

#include "record-pools.h"

/**
 * struct pfnscope_swap_cursor - the device to visit next
 * @type: its number
 */
struct pfnscope_swap_cursor {
	unsigned int type;
};

int pfnscope_swap_fill(struct pfnscope_swap_cursor *cursor,
		       struct pfnscope_swap *record);

#endif /* PFNSCOPE_WALK_SWAP_H */
