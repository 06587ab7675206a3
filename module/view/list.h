/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every view, in the order in which `about` and `stats` list them. Included
 * where PFNSCOPE_VIEW() says what is wanted of each; the last has no comma.
 */
PFNSCOPE_VIEW(about),
PFNSCOPE_VIEW(stats),
PFNSCOPE_VIEW(zones),
PFNSCOPE_VIEW(zonelists),
PFNSCOPE_VIEW(gfp),
PFNSCOPE_VIEW(pcp),
PFNSCOPE_VIEW(reclaim),
PFNSCOPE_VIEW(freelists),
PFNSCOPE_VIEW(pageblocks),
PFNSCOPE_VIEW(owners),
PFNSCOPE_VIEW(files),
PFNSCOPE_VIEW(sample),
PFNSCOPE_VIEW(whose),
PFNSCOPE_VIEW(contiguity),
PFNSCOPE_VIEW(slabs),
PFNSCOPE_VIEW(hugepages),
PFNSCOPE_VIEW(shrinkers),
PFNSCOPE_VIEW(swap),
PFNSCOPE_VIEW(zswap),
PFNSCOPE_VIEW(lru),
PFNSCOPE_VIEW(generations),
PFNSCOPE_VIEW(balance),
PFNSCOPE_VIEW(lrutail),
PFNSCOPE_VIEW(incidents),
PFNSCOPE_VIEW(sites),
PFNSCOPE_VIEW(events),
PFNSCOPE_VIEW(latency),
PFNSCOPE_VIEW(stalls),
PFNSCOPE_VIEW(summary)
