// SPDX-License-Identifier: GPL-2.0-only
/* Up to v5.13: the per-CPU lists are zone->pageset->pcp */
#include <linux/mmzone.h>

int probe(const struct zone *zone);
int probe(const struct zone *zone)
{
	return per_cpu_ptr(zone->pageset, 0)->pcp.count;
}
