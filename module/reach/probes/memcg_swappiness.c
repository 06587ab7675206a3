// SPDX-License-Identifier: GPL-2.0-only
/* Up to v7.2, or with CONFIG_MEMCG_V1: a memory cgroup has a swappiness of its own */
#include <linux/memcontrol.h>

int probe(struct mem_cgroup *memcg);
int probe(struct mem_cgroup *memcg)
{
	return memcg->swappiness;
}
