// SPDX-License-Identifier: GPL-2.0-only
/* v5.11: the lock of the LRU lists moved from the node into the lruvec */
#include <linux/mmzone.h>

void *probe(struct lruvec *lruvec);
void *probe(struct lruvec *lruvec)
{
	return &lruvec->lru_lock;
}
