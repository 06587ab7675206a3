// SPDX-License-Identifier: GPL-2.0-only
/* v6.7: pcp->high moves between pcp->high_min and pcp->high_max */
#include <linux/mmzone.h>

int probe(const struct per_cpu_pages *pcp);
int probe(const struct per_cpu_pages *pcp)
{
	return pcp->high_min + pcp->high_max;
}
