// SPDX-License-Identifier: GPL-2.0-only
/* v6.12: pages of zsmalloc have a page type */
#include <linux/mm.h>

int probe(struct page *page);
int probe(struct page *page)
{
	return PageZsmalloc(page);
}
