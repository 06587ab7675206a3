/* SPDX-License-Identifier: GPL-2.0-only */
/* The counts of zswap, which are static to mm/zswap.c. */
#ifndef PFNSCOPE_REACH_ZSWAP_H
#define PFNSCOPE_REACH_ZSWAP_H

#include <linux/types.h>

const char *pfnscope_zswap_unavailable(void);
u64 pfnscope_zswap_stored(void);
u64 pfnscope_zswap_pool_bytes(void);

#endif /* PFNSCOPE_REACH_ZSWAP_H */
