/* SPDX-License-Identifier: GPL-2.0-only */
/* The orders of the buddy allocator. */
#ifndef PFNSCOPE_REACH_ORDER_H
#define PFNSCOPE_REACH_ORDER_H

#include <linux/kernel.h>
#include <linux/mmzone.h>

/*
 * How many there are. MAX_ORDER was that number up to v6.3, the highest order
 * from v6.4 on, and gave way to two other names in v6.8; struct zone has always
 * had one free_area for each.
 */
#define PFNSCOPE_NR_ORDERS ARRAY_SIZE(((struct zone *)NULL)->free_area)

#endif /* PFNSCOPE_REACH_ORDER_H */
