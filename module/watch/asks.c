// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task has its place by its pid. Another one may take the place over: then
 * nothing is known of the first, which is better than a mixture. The locks are
 * ours and held for some instructions; nothing else is taken under them.
 */
#include <linux/gfp.h>
#include <linux/hash.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "reach/policy.h"
#include "record-incident.h"
#include "walk/memory.h"
#include "watch/asks.h"

#define ASKS_BITS	8

/* The OOM killer follows reclaim at once; what is older was another request. */
#define ASK_MAX_NS	(10ULL * NSEC_PER_SEC)

/**
 * struct ask - the last direct reclaim of a task
 * @lock: protects the rest; a leaf
 * @task: whose; never followed
 * @heard_ns: when it was last heard of
 * @gfp: what it asks for
 * @order: likewise
 */
struct ask {
	raw_spinlock_t lock;
	const struct task_struct *task;
	u64 heard_ns;
	gfp_t gfp;
	int order;
};

struct pfnscope_asks {
	struct ask ask[1 << ASKS_BITS];
};

/**
 * pfnscope_asks_alloc - make room for them
 *
 * Return: NULL without memory.
 */
struct pfnscope_asks *pfnscope_asks_alloc(void)
{
	struct pfnscope_asks *asks = __vmalloc(sizeof(*asks),
					       PFNSCOPE_GFP | __GFP_ZERO);
	unsigned int i;

	for (i = 0; asks && i < ARRAY_SIZE(asks->ask); i++)
		raw_spin_lock_init(&asks->ask[i].lock);
	return asks;
}

/**
 * pfnscope_asks_free - give it back
 * @asks: or NULL
 */
void pfnscope_asks_free(struct pfnscope_asks *asks)
{
	vfree(asks);
}

static struct ask *ask_of(struct pfnscope_asks *asks,
			  const struct task_struct *task)
{
	return &asks->ask[hash_32(task->pid, ASKS_BITS)];
}

/**
 * pfnscope_asks_reclaim - it begins direct reclaim
 * @asks: all of them
 * @gfp: of the request
 * @order: of the request
 */
void pfnscope_asks_reclaim(struct pfnscope_asks *asks, gfp_t gfp, int order)
{
	struct ask *ask = ask_of(asks, current);
	unsigned long flags;

	raw_spin_lock_irqsave(&ask->lock, flags);
	ask->task = current;
	ask->heard_ns = ktime_get_mono_fast_ns();
	ask->gfp = gfp;
	ask->order = order;
	raw_spin_unlock_irqrestore(&ask->lock, flags);
}

/**
 * pfnscope_asks_forget - it asks for something else now
 * @asks: all of them
 */
void pfnscope_asks_forget(struct pfnscope_asks *asks)
{
	struct ask *ask = ask_of(asks, current);
	unsigned long flags;

	raw_spin_lock_irqsave(&ask->lock, flags);
	if (ask->task == current)
		ask->task = NULL;
	raw_spin_unlock_irqrestore(&ask->lock, flags);
}

/* The lock is held. */
static bool is_asking(const struct ask *ask)
{
	return ask->task == current &&
	       ktime_get_mono_fast_ns() - ask->heard_ns < ASK_MAX_NS;
}

/**
 * pfnscope_asks_reclaimed - has it reclaimed for this request?
 * @asks: all of them
 * @order: of the request
 */
bool pfnscope_asks_reclaimed(struct pfnscope_asks *asks, int order)
{
	struct ask *ask = ask_of(asks, current);
	unsigned long flags;
	bool reclaimed;

	raw_spin_lock_irqsave(&ask->lock, flags);
	reclaimed = is_asking(ask) && ask->order == order;
	raw_spin_unlock_irqrestore(&ask->lock, flags);
	return reclaimed;
}

/* Nodes with a zone that the request could use if nothing kept it from them. */
static void nodes_for(gfp_t gfp, nodemask_t *nodes)
{
	int node, zone;

	nodes_clear(*nodes);
	for_each_node_state(node, N_MEMORY)
		for (zone = 0; zone <= gfp_zone(gfp); zone++)
			if (managed_zone(&NODE_DATA(node)->node_zones[zone]))
				node_set(node, *nodes);
}

/*
 * As the kernel tells them apart: a policy that leaves nodes out comes first,
 * then a cpuset that leaves out zones the request could use.
 */
static void note_nodes(struct pfnscope_incident *incident, gfp_t gfp)
{
	nodemask_t *nodes = &incident->nodes;
	nodemask_t all;

	nodes_for(gfp, &all);
	if (pfnscope_policy_bound(nodes) &&
	    !nodes_subset(node_states[N_MEMORY], *nodes)) {
		incident->constraint = PFNSCOPE_CONSTRAINT_POLICY;
	} else {
		*nodes = all;
		incident->constraint =
			nodes_subset(all, incident->mems_allowed) ?
			PFNSCOPE_CONSTRAINT_NONE : PFNSCOPE_CONSTRAINT_CPUSET;
	}
	nodes_and(*nodes, *nodes, incident->mems_allowed);
	incident->nodes_known = true;
}

/**
 * pfnscope_asks_tell - what the task that is out of memory asked for
 * @asks: all of them
 * @incident: gets gfp, order, nodes and constraint as far as they are known; its
 *	mems_allowed is filled already, if it is known
 */
void pfnscope_asks_tell(struct pfnscope_asks *asks,
			struct pfnscope_incident *incident)
{
	struct ask *ask = ask_of(asks, current);
	unsigned long flags;
	bool known = false;
	gfp_t gfp = 0;

	raw_spin_lock_irqsave(&ask->lock, flags);
	if (is_asking(ask)) {
		gfp = ask->gfp;
		incident->gfp = (__force u64)gfp;
		incident->order = ask->order;
		known = true;
	}
	raw_spin_unlock_irqrestore(&ask->lock, flags);
	if (known && incident->mems_known)
		note_nodes(incident, gfp);
}
