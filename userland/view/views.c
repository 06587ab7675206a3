// SPDX-License-Identifier: GPL-2.0-only
/* The list of views: one line each. */
#include <stddef.h>
#include <string.h>

#include "view/about.h"
#include "view/balance.h"
#include "view/contiguity.h"
#include "view/events.h"
#include "view/files.h"
#include "view/forecast.h"
#include "view/freelists.h"
#include "view/generations.h"
#include "view/hugepages.h"
#include "view/incidents.h"
#include "view/latency.h"
#include "view/lru.h"
#include "view/lrutail.h"
#include "view/offline.h"
#include "view/owners.h"
#include "view/pageblocks.h"
#include "view/pcp.h"
#include "view/processes.h"
#include "view/reclaim.h"
#include "view/sample.h"
#include "view/shrinkers.h"
#include "view/sites.h"
#include "view/slabs.h"
#include "view/stalls.h"
#include "view/summary.h"
#include "view/swap.h"
#include "view/thp.h"
#include "view/views.h"
#include "view/whose.h"
#include "view/zonelists.h"
#include "view/zones.h"

#define VIEWS(VIEW, BOUNDED) \
	VIEW(about, ABOUT) \
	VIEW(stats, STATS) \
	BOUNDED(zones, ZONES) \
	VIEW(zonelists, ZONELISTS) \
	VIEW(gfp, GFP) \
	BOUNDED(pcp, PCP) \
	BOUNDED(reclaim, RECLAIM) \
	VIEW(freelists, FREELISTS) \
	VIEW(pageblocks, PAGEBLOCKS) \
	VIEW(owners, OWNERS) \
	VIEW(contiguity, CONTIGUITY) \
	VIEW(lru, LRU) \
	VIEW(generations, GENERATIONS) \
	VIEW(lrutail, LRUTAIL) \
	VIEW(slabs, SLABS) \
	BOUNDED(hugepages, HUGEPAGES) \
	VIEW(shrinkers, SHRINKERS) \
	BOUNDED(swap, SWAP) \
	VIEW(zswap, ZSWAP)

#define DEFINE(name, view) \
	const struct pfnscope_view pfnscope_view_##name = PFNSCOPE_VIEW(view, #name);
#define DEFINE_BOUNDED(name, view) \
	const struct pfnscope_view pfnscope_view_##name = PFNSCOPE_BOUNDED_VIEW(view, #name);
#define LISTED(name, view)	&pfnscope_view_##name,

VIEWS(DEFINE, DEFINE_BOUNDED)
DEFINE_BOUNDED(summary, SUMMARY)
DEFINE(thp, THP)
DEFINE(forecast, FORECAST)
DEFINE(offline, OFFLINE)
DEFINE(incidents, INCIDENTS)
DEFINE(sites, SITES)
DEFINE(events, EVENTS)
DEFINE(latency, LATENCY)
DEFINE(stalls, STALLS)
DEFINE(balance, BALANCE)
DEFINE(files, FILES)
DEFINE(sample, SAMPLE)
DEFINE(processes, PROCESSES)

/* Files that are written, switched on or asked for one by one. */
static const struct pfnscope_view *const other_views[] = {
	&pfnscope_view_summary, &pfnscope_view_incidents, &pfnscope_view_sites,
	&pfnscope_view_whose, &pfnscope_view_balance, &pfnscope_view_files,
	&pfnscope_view_events, &pfnscope_view_latency, &pfnscope_view_stalls,
	&pfnscope_view_sample, NULL,
};

const struct pfnscope_view *const pfnscope_views[] = { VIEWS(LISTED, LISTED) NULL };

static const struct pfnscope_view *named(const struct pfnscope_view *const *views,
					 const char *name, size_t length)
{
	for (; *views; views++)
		if (strlen((*views)->name) == length && !strncmp((*views)->name, name, length))
			return *views;
	return NULL;
}

const struct pfnscope_view *pfnscope_view_of_head(const char *name, size_t length)
{
	const struct pfnscope_view *view = named(pfnscope_views, name, length);

	return view ? view : named(other_views, name, length);
}
