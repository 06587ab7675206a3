// SPDX-License-Identifier: GPL-2.0-only
/* v6.7: ZONE_BELOW_HIGH, free pages are below the high watermark */
#include <linux/mmzone.h>

int probe(void);
int probe(void)
{
	return ZONE_BELOW_HIGH;
}
