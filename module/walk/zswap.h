/* SPDX-License-Identifier: GPL-2.0-only */
/* The compressed cache of swap. */
#ifndef PFNSCOPE_WALK_ZSWAP_H
#define PFNSCOPE_WALK_ZSWAP_H

#include "record-pools.h"

/**
 * struct pfnscope_zswap_cursor - there is one row
 * @done: it was delivered
 */
struct pfnscope_zswap_cursor {
	bool done;
};

int pfnscope_zswap_fill(struct pfnscope_zswap_cursor *cursor,
			struct pfnscope_zswap *record);

#endif /* PFNSCOPE_WALK_ZSWAP_H */
