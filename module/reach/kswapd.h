/* SPDX-License-Identifier: GPL-2.0-only */
/* The reclaim thread of a node. */
#ifndef PFNSCOPE_REACH_KSWAPD_H
#define PFNSCOPE_REACH_KSWAPD_H

#include <linux/mmzone.h>

#include "record.h"

void pfnscope_kswapd_read(struct pglist_data *pgdat,
			  struct pfnscope_reclaim *record);

#endif /* PFNSCOPE_REACH_KSWAPD_H */
