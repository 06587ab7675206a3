// SPDX-License-Identifier: GPL-2.0-only
/* Up to v5.10: page->mem_cgroup; then flags moved into page->memcg_data */
#include <linux/mm.h>

const void *probe(const struct page *page);
const void *probe(const struct page *page)
{
	return page->mem_cgroup;
}
