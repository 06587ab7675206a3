// SPDX-License-Identifier: GPL-2.0-only
/* v6.16, and stable since: the magic number shares its word with an index */
#include <linux/mm.h>

int probe(struct page *page);
int probe(struct page *page)
{
	return page_pool_page_is_pp(page);
}
