// SPDX-License-Identifier: GPL-2.0-only
/* v5.14: ZONE_RECLAIM_ACTIVE, kswapd is at work on the zone */
#include <linux/mmzone.h>

int probe(void);
int probe(void)
{
	return ZONE_RECLAIM_ACTIVE;
}
