// SPDX-License-Identifier: GPL-2.0-only
/* v6.12: memory not yet accepted from the hypervisor has a page type */
#include <linux/mm.h>

int probe(struct page *page);
int probe(struct page *page)
{
	return PageUnaccepted(page);
}
