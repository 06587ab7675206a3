// SPDX-License-Identifier: GPL-2.0-only
/* v6.17: PB_migrate_skip was renamed to PB_compact_skip */
#include <linux/mm.h>
#include <linux/pageblock-flags.h>

int probe(void);
int probe(void)
{
	return PB_compact_skip;
}
