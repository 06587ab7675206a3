// SPDX-License-Identifier: GPL-2.0-only
/* v5.14: pages of a page_pool carry PP_SIGNATURE */
#include <linux/mm.h>
#include <linux/poison.h>

int probe(const struct page *page);
int probe(const struct page *page)
{
	return page->pp_magic == PP_SIGNATURE;
}
