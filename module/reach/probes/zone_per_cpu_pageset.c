// SPDX-License-Identifier: GPL-2.0-only
/* v5.14: zone->pageset became zone->per_cpu_pageset, and lost its .pcp */
#include <linux/mmzone.h>

int probe(const struct zone *zone);
int probe(const struct zone *zone)
{
	return per_cpu_ptr(zone->per_cpu_pageset, 0)->count;
}
