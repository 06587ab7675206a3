// SPDX-License-Identifier: GPL-2.0-only
/* Gone in v6.2: how often a compound page is mapped as a whole is in struct folio. */
#include <linux/mm.h>

int probe(struct page *head);
int probe(struct page *head)
{
	return atomic_read(compound_mapcount_ptr(head));
}
