// SPDX-License-Identifier: GPL-2.0-only
/* Up to v6.9: slab pages carry a page flag; then it became a page type */
#include <linux/mm.h>

int probe(void);
int probe(void)
{
	return PG_slab;
}
