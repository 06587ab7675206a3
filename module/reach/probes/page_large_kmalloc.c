// SPDX-License-Identifier: GPL-2.0-only
/* v6.15: kmalloc() above the largest cache marks its pages with a page type */
#include <linux/mm.h>

int probe(struct page *page);
int probe(struct page *page)
{
	return PageLargeKmalloc(page);
}
