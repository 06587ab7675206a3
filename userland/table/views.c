// SPDX-License-Identifier: GPL-2.0-only
/* The list of views: one line each. */
#include <stddef.h>

#include "table/field.h"

const struct pfnscope_view *const pfnscope_views[] = {
	&pfnscope_view_about,
	&pfnscope_view_stats,
	&pfnscope_view_zones,
	&pfnscope_view_zonelists,
	&pfnscope_view_gfp,
	&pfnscope_view_pcp,
	&pfnscope_view_reclaim,
	&pfnscope_view_freelists,
	&pfnscope_view_pageblocks,
	&pfnscope_view_owners,
	&pfnscope_view_contiguity,
	&pfnscope_view_lru,
	&pfnscope_view_generations,
	&pfnscope_view_lrutail,
	&pfnscope_view_slabs,
	&pfnscope_view_hugepages,
	&pfnscope_view_shrinkers,
	&pfnscope_view_swap,
	&pfnscope_view_zswap,
	NULL,
};
