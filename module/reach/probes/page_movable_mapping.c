// SPDX-License-Identifier: GPL-2.0-only
/* Up to v6.16: pages their owner can move have bit 1 set in ->mapping */
#include <linux/mm.h>

int probe(struct page *page);
int probe(struct page *page)
{
	return __PageMovable(page);
}
