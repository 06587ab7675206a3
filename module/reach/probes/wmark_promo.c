// SPDX-License-Identifier: GPL-2.0-only
/* v5.18: a fourth watermark, WMARK_PROMO */
#include <linux/mmzone.h>

unsigned long probe(const struct zone *zone);
unsigned long probe(const struct zone *zone)
{
	return zone->_watermark[WMARK_PROMO];
}
