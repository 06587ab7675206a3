// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to 6.6 shrinker_rwsem keeps the list and what is on it. Reclaim takes it
 * for read by trylock and goes without shrinking while somebody waits to write,
 * so it is held for one shrinker at a time. Since 6.7 a shrinker is found under
 * RCU and kept by a reference.
 */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/memcontrol.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/string.h>

#include "reach/config.h"
#include "shrinker.h"
#include "symbol.h"

static struct list_head *shrinker_list(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SHRINKER_LIST);
}

#ifdef HAVE_SHRINKER_TRY_GET
/**
 * pfnscope_shrinker_unavailable - why shrinkers cannot be listed
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_shrinker_unavailable(void)
{
	return shrinker_list() ? NULL : "shrinker_list was not found";
}

/**
 * pfnscope_shrinker_hold - keep a shrinker from going away
 * @position: in the list; moved on where what stands there is just going
 * @shrinker: the shrinker
 *
 * Return: 1, 0 behind the last one, -EINTR when the task is being killed.
 */
int pfnscope_shrinker_hold(unsigned int *position, struct shrinker **shrinker)
{
	unsigned int i = 0;
	struct shrinker *s;
	int held = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(s, shrinker_list(), list) {
		if (i++ < *position)
			continue;
		if (!shrinker_try_get(s))
			continue;
		*position = i - 1;
		*shrinker = s;
		held = 1;
		break;
	}
	rcu_read_unlock();
	return held;
}

/**
 * pfnscope_shrinker_release - the counterpart of pfnscope_shrinker_hold()
 * @shrinker: what was held
 */
void pfnscope_shrinker_release(struct shrinker *shrinker)
{
	shrinker_put(shrinker);
}
#else
static struct rw_semaphore *shrinker_rwsem(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SHRINKER_RWSEM);
}

const char *pfnscope_shrinker_unavailable(void)
{
	return shrinker_list() && shrinker_rwsem() ? NULL :
	       "shrinker_list or shrinker_rwsem was not found";
}

int pfnscope_shrinker_hold(unsigned int *position, struct shrinker **shrinker)
{
	unsigned int i = 0;
	struct shrinker *s;

	if (down_read_killable(shrinker_rwsem()))
		return -EINTR;
	list_for_each_entry(s, shrinker_list(), list) {
		if (i++ < *position)
			continue;
		*shrinker = s;
		return 1;
	}
	up_read(shrinker_rwsem());
	return 0;
}

void pfnscope_shrinker_release(struct shrinker *shrinker)
{
	up_read(shrinker_rwsem());
}
#endif

/*
 * What reclaim passes when it is not limited to a memory cgroup; the root one
 * stays for ever.
 */
static struct mem_cgroup *root_memcg(void)
{
#ifdef CONFIG_MEMCG
	struct cgroup *root = &memory_cgrp_subsys.root->cgrp;
	struct cgroup_subsys_state *css =
		rcu_dereference_protected(root->subsys[memory_cgrp_id], true);

	if (!mem_cgroup_disabled())
		return mem_cgroup_from_css(css);
#endif
	return NULL;
}

/**
 * pfnscope_shrinker_count - ask a shrinker what it could free
 * @shrinker: held
 * @node: 0 where the shrinker does not tell nodes apart
 *
 * The call that reclaim makes before it asks for anything to be freed. Its
 * functions are called by pointer all over, so that is safe with IBT.
 *
 * Return: objects of the root memory cgroup on @node.
 */
unsigned long pfnscope_shrinker_count(struct shrinker *shrinker, int node)
{
	struct shrink_control control = {
		.gfp_mask = GFP_KERNEL,
		.nid = node,
		.memcg = root_memcg(),
	};
	unsigned long count = shrinker->count_objects(shrinker, &control);

	return count == SHRINK_EMPTY ? 0 : count;
}

/**
 * pfnscope_shrinker_name - what a shrinker is called
 * @shrinker: held
 * @name: filled
 * @len: room for it
 *
 * Names came with 6.0 and are mostly compiled out. Since 6.7 what holds a
 * shrinker does not keep its name from being changed, so it is not read.
 */
void pfnscope_shrinker_name(struct shrinker *shrinker, char *name, size_t len)
{
#if defined(CONFIG_SHRINKER_DEBUG) && !defined(HAVE_SHRINKER_TRY_GET)
	if (shrinker->name) {
		strscpy(name, shrinker->name, len);
		return;
	}
#endif
	snprintf(name, len, "%ps", shrinker->count_objects);
}
