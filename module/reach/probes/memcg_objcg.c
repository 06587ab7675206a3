// SPDX-License-Identifier: GPL-2.0-only
/* v5.9: the objects of a memory cgroup are charged to a struct obj_cgroup */
#include <linux/memcontrol.h>

void *probe(struct mem_cgroup *memcg);
void *probe(struct mem_cgroup *memcg)
{
	return memcg->objcg_list.next;
}
