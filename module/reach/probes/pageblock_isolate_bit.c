// SPDX-License-Identifier: GPL-2.0-only
/* v6.17: isolation is a bit of its own beside the migratetype */
#include <linux/mm.h>
#include <linux/pageblock-flags.h>

int probe(void);
int probe(void)
{
	return PAGEBLOCK_MIGRATETYPE_MASK | BIT(PB_migrate_isolate);
}
