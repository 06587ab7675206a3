// SPDX-License-Identifier: GPL-2.0-only
/* v5.12: zone_cma_pages(), which is 0 without CONFIG_CMA */
#include <linux/mmzone.h>

unsigned long probe(struct zone *zone);
unsigned long probe(struct zone *zone)
{
	return zone_cma_pages(zone);
}
