// SPDX-License-Identifier: GPL-2.0-only
/* v7.1: a memory cgroup has a struct obj_cgroup on each node */
#include <linux/memcontrol.h>

void *probe(struct mem_cgroup *memcg);
void *probe(struct mem_cgroup *memcg)
{
	return memcg->nodeinfo[0]->objcg_list.next;
}
