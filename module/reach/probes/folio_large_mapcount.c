// SPDX-License-Identifier: GPL-2.0-only
/* v6.10: a large folio counts all its mappings in one place */
#include <linux/mm.h>

int probe(struct folio *folio);
int probe(struct folio *folio)
{
	return atomic_read(&folio->_large_mapcount);
}
