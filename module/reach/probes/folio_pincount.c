// SPDX-License-Identifier: GPL-2.0-only
/* v5.18: pins are asked of a folio */
#include <linux/mm.h>

int probe(struct folio *folio);
int probe(struct folio *folio)
{
	return folio_maybe_dma_pinned(folio);
}
