// SPDX-License-Identifier: GPL-2.0-only
/* v6.17: the migratetype has a mask, isolation is a bit of its own beside it */
#include <linux/mm.h>
#include <linux/pageblock-flags.h>

int probe(void);
int probe(void)
{
	return PAGEBLOCK_MIGRATETYPE_MASK;
}
