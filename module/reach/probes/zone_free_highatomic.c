// SPDX-License-Identifier: GPL-2.0-only
/* v6.12: a zone knows how much of its highatomic reserve is free */
#include <linux/mmzone.h>

unsigned long probe(struct zone *zone);
unsigned long probe(struct zone *zone)
{
	return zone->nr_free_highatomic;
}
