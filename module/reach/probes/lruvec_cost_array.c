// SPDX-License-Identifier: GPL-2.0-only
/* v7.3: the costs of both types of pages are an array, brought up to date when reclaim begins */
#include <linux/mmzone.h>

unsigned long probe(struct lruvec *lruvec);
unsigned long probe(struct lruvec *lruvec)
{
	return lruvec->cost[0].count;
}
