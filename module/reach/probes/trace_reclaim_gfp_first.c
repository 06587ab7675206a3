// SPDX-License-Identifier: GPL-2.0-only
/* v7.0: reclaim begins with the gfp before the order, and the cgroup */
#include <linux/mm.h>
struct compact_control;
#include <trace/events/vmscan.h>

void probe(void *data, gfp_t gfp, int order, struct mem_cgroup *memcg);
void probe(void *data, gfp_t gfp, int order, struct mem_cgroup *memcg)
{
	check_trace_callback_type_mm_vmscan_direct_reclaim_begin(probe);
}
