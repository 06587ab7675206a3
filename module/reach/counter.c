// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values are read without a lock and are what /proc/zoneinfo and /proc/vmstat
 * print: the global part of a counter, without what the CPUs have not folded
 * in yet, and never below zero.
 */
#include <linux/cpu.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/vmstat.h>

#include "btf.h"
#include "counter.h"

/* Which of the kernel's arrays holds a counter. */
enum home {
	HOME_NONE,
	HOME_ZONE,
	HOME_NODE,
	HOME_EVENT,
};

static const char *const enum_names[] = {
	[HOME_ZONE]	= "zone_stat_item",
	[HOME_NODE]	= "node_stat_item",
	[HOME_EVENT]	= "vm_event_item",
};

/* The enum of the events is there where their array is not. */
#ifdef CONFIG_VM_EVENT_COUNTERS
#define NR_EVENTS	NR_VM_EVENT_ITEMS
#else
#define NR_EVENTS	0
#endif

/* Lengths of the arrays as they were compiled, which no index may exceed. */
static const unsigned int lengths[] = {
	[HOME_ZONE]	= NR_VM_ZONE_STAT_ITEMS,
	[HOME_NODE]	= NR_VM_NODE_STAT_ITEMS,
	[HOME_EVENT]	= NR_EVENTS,
};

struct counter {
	const char *name;
	enum home home;
	unsigned int index;
};

#define COUNTER(NAME) \
	[PFNSCOPE_##NAME] = { .name = #NAME }

static struct counter counters[PFNSCOPE_COUNTERS] = {
	COUNTER(NR_FREE_PAGES),
	COUNTER(NR_FREE_CMA_PAGES),
	COUNTER(NR_MLOCK),
	COUNTER(NR_BOUNCE),
	COUNTER(NR_ZSPAGES),
	COUNTER(NR_UNACCEPTED),
	COUNTER(NR_PAGETABLE),
	COUNTER(NR_INACTIVE_ANON),
	COUNTER(NR_ACTIVE_ANON),
	COUNTER(NR_INACTIVE_FILE),
	COUNTER(NR_ACTIVE_FILE),
	COUNTER(NR_UNEVICTABLE),
	COUNTER(NR_SLAB_RECLAIMABLE_B),
	COUNTER(NR_SLAB_UNRECLAIMABLE_B),
	COUNTER(NR_ANON_MAPPED),
	COUNTER(NR_FILE_MAPPED),
	COUNTER(NR_FILE_PAGES),
	COUNTER(NR_FILE_DIRTY),
	COUNTER(NR_WRITEBACK),
	COUNTER(NR_SHMEM),
	COUNTER(NR_SHMEM_THPS),
	COUNTER(NR_FILE_THPS),
	COUNTER(NR_ANON_THPS),
	COUNTER(NR_KERNEL_STACK_KB),
	COUNTER(NR_HUGETLB),
	COUNTER(WORKINGSET_REFAULT_ANON),
	COUNTER(WORKINGSET_REFAULT_FILE),
	COUNTER(PGSCAN_KSWAPD),
	COUNTER(PGSCAN_DIRECT),
	COUNTER(PGSTEAL_KSWAPD),
	COUNTER(PGSTEAL_DIRECT),
	COUNTER(PSWPIN),
	COUNTER(PSWPOUT),
	COUNTER(ZSWPIN),
	COUNTER(ZSWPOUT),
	COUNTER(ZSWPWB),
	COUNTER(THP_FAULT_ALLOC),
	COUNTER(THP_FAULT_FALLBACK),
	COUNTER(THP_COLLAPSE_ALLOC),
	COUNTER(THP_COLLAPSE_ALLOC_FAILED),
	COUNTER(THP_FILE_ALLOC),
	COUNTER(THP_SPLIT_PAGE),
	COUNTER(THP_SPLIT_PAGE_FAILED),
	COUNTER(THP_SWPOUT),
	COUNTER(THP_SWPOUT_FALLBACK),
};

static void resolve(struct counter *c)
{
	enum home home;
	s64 index;

	for (home = HOME_ZONE; home <= HOME_EVENT; home++) {
		if (pfnscope_btf_enum(enum_names[home], c->name, &index))
			continue;
		if (index < 0 || index >= lengths[home])
			continue;
		c->home = home;
		c->index = index;
		return;
	}
}

/**
 * pfnscope_counter_init - find the home of every counter
 *
 * Call while the BTF is loaded. A counter that is not found is unavailable.
 */
void pfnscope_counter_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(counters); i++)
		resolve(&counters[i]);
}

/**
 * pfnscope_counter_available - whether this kernel keeps a counter
 * @id: which
 * @reason: why it is not available; may be NULL
 */
bool pfnscope_counter_available(enum pfnscope_counter id, const char **reason)
{
	const char *why = NULL;

	if (counters[id].home == HOME_NONE && pfnscope_btf_available(&why))
		why = "this kernel does not count it";
	if (reason)
		*reason = why;
	return counters[id].home != HOME_NONE;
}

/* The arrays by plain pointer: the index is the running kernel's. */
static u64 stat_value(const atomic_long_t *items, unsigned int index)
{
	long value = atomic_long_read(items + index);

	return max(value, 0L);
}

#ifdef CONFIG_VM_EVENT_COUNTERS
/* all_vm_events() for one event: the same sum under the same lock. */
static u64 event_value(unsigned int index)
{
	const unsigned long *events;
	u64 sum = 0;
	int cpu;

	cpus_read_lock();
	for_each_online_cpu(cpu) {
		events = per_cpu(vm_event_states, cpu).event;
		sum += READ_ONCE(events[index]);
	}
	cpus_read_unlock();
	return sum;
}
#else
static u64 event_value(unsigned int index)
{
	return 0;
}
#endif

/**
 * pfnscope_counter_zone - a counter of one zone
 * @id: which
 * @zone: of an online node
 * @value: in the counter's own unit, pages for all but NR_KERNEL_STACK_KB
 *
 * Return: 0, or -ENOENT where this kernel does not count it by zone.
 */
int pfnscope_counter_zone(enum pfnscope_counter id, struct zone *zone,
			  u64 *value)
{
	const struct counter *c = &counters[id];

	if (c->home != HOME_ZONE)
		return -ENOENT;
	*value = stat_value(zone->vm_stat, c->index);
	return 0;
}

/**
 * pfnscope_counter_node - a counter of one node
 * @id: which
 * @pgdat: an online node
 * @value: as above; what is counted by zone is summed over the node's zones
 *
 * Return: 0, or -ENOENT where this kernel does not count it by node.
 */
int pfnscope_counter_node(enum pfnscope_counter id, pg_data_t *pgdat,
			  u64 *value)
{
	const struct counter *c = &counters[id];
	int i;

	if (c->home == HOME_NODE) {
		*value = stat_value(pgdat->vm_stat, c->index);
		return 0;
	}
	if (c->home != HOME_ZONE)
		return -ENOENT;
	*value = 0;
	for (i = 0; i < MAX_NR_ZONES; i++)
		*value += stat_value(pgdat->node_zones[i].vm_stat, c->index);
	return 0;
}

/**
 * pfnscope_counter_host - a counter of the whole host
 * @id: which
 * @value: as above
 *
 * May sleep: events are summed under the CPU hotplug lock, as /proc/vmstat does.
 *
 * Return: 0, or -ENOENT where this kernel does not count it.
 */
int pfnscope_counter_host(enum pfnscope_counter id, u64 *value)
{
	const struct counter *c = &counters[id];

	switch (c->home) {
	case HOME_ZONE:
		*value = stat_value(vm_zone_stat, c->index);
		return 0;
	case HOME_NODE:
		*value = stat_value(vm_node_stat, c->index);
		return 0;
	case HOME_EVENT:
		*value = event_value(c->index);
		return 0;
	default:
		return -ENOENT;
	}
}
