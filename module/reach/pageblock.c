// SPDX-License-Identifier: GPL-2.0-only
/* The names of the migratetypes; their numbers depend on the configuration. */
#include "reach/pageblock.h"

static const char *const names[MIGRATE_TYPES] = {
	[MIGRATE_UNMOVABLE] = "unmovable",
	[MIGRATE_MOVABLE] = "movable",
	[MIGRATE_RECLAIMABLE] = "reclaimable",
	[MIGRATE_HIGHATOMIC] = "highatomic",
#ifdef CONFIG_CMA
	[MIGRATE_CMA] = "cma",
#endif
#ifdef CONFIG_MEMORY_ISOLATION
	[MIGRATE_ISOLATE] = "isolate",
#endif
};

/**
 * pfnscope_migratetype_name - a migratetype as a word
 * @migratetype: below MIGRATE_TYPES
 *
 * Return: the kernel's name of it in lower case.
 */
const char *pfnscope_migratetype_name(unsigned int migratetype)
{
	return names[migratetype];
}
