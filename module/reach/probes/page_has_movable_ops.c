// SPDX-License-Identifier: GPL-2.0-only
/* v6.17: pages their owner can move have a flag */
#include <linux/mm.h>

int probe(const struct page *page);
int probe(const struct page *page)
{
	return page_has_movable_ops(page);
}
