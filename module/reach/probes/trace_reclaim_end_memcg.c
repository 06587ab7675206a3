// SPDX-License-Identifier: GPL-2.0-only
/* v7.0: reclaim ends with the cgroup */
#include <linux/mm.h>
struct compact_control;
#include <trace/events/vmscan.h>

void probe(void *data, unsigned long pages, struct mem_cgroup *memcg);
void probe(void *data, unsigned long pages, struct mem_cgroup *memcg)
{
	check_trace_callback_type_mm_vmscan_direct_reclaim_end(probe);
}
