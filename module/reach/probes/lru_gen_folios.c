// SPDX-License-Identifier: GPL-2.0-only
/* v6.2: lrugen.lists became lrugen.folios; 6.1-stable followed */
#include <linux/mmzone.h>

void *probe(struct lruvec *lruvec);
void *probe(struct lruvec *lruvec)
{
	return &lruvec->lrugen.folios[0][0][0];
}
