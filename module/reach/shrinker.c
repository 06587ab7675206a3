// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to 6.6 shrinker_rwsem keeps the list and what is on it. Reclaim takes it
 * for read by trylock and goes without shrinking while somebody waits to write,
 * so it is held for a bounded number of shrinkers. Since 6.7 a reference to one
 * keeps it and its place in the list, as in shrink_slab(); who frees it waits.
 */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/memcontrol.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/string.h>

#include "reach/config.h"
#include "memcg.h"
#include "shrinker.h"
#include "symbol.h"

/* A host with ten thousand containers has 100,000; ends a walk that makes no sense. */
#define SHRINKERS_MAX	1000000

static struct list_head *shrinker_list(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SHRINKER_LIST);
}

#ifdef HAVE_SHRINKER_TRY_GET
const char *pfnscope_shrinker_unavailable(void)
{
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SHRINKER_LIST);
}

static int lock_list(void)
{
	return 0;
}

static void unlock_list(void)
{
}

static bool keep(struct shrinker *shrinker)
{
	return shrinker_try_get(shrinker);
}

static void let_go(struct shrinker *shrinker)
{
	shrinker_put(shrinker);
}
#else
static struct rw_semaphore *shrinker_rwsem(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SHRINKER_RWSEM);
}

/**
 * pfnscope_shrinker_unavailable - why shrinkers cannot be listed
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_shrinker_unavailable(void)
{
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SHRINKER_LIST) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SHRINKER_RWSEM);
}

static int lock_list(void)
{
	return down_read_killable(shrinker_rwsem()) ? -EINTR : 0;
}

static void unlock_list(void)
{
	up_read(shrinker_rwsem());
}

static bool keep(struct shrinker *shrinker)
{
	return true;
}

static void let_go(struct shrinker *shrinker)
{
}
#endif

/* Keeps the first one from @link on that is not just going; under RCU. */
static struct shrinker *keep_from(struct list_head *link,
				  unsigned int *position)
{
	struct shrinker *shrinker;

	for (; link != shrinker_list(); link = rcu_dereference(list_next_rcu(link))) {
		shrinker = list_entry(link, struct shrinker, list);
		if (keep(shrinker))
			return shrinker;
		++*position;
	}
	return NULL;
}

/**
 * pfnscope_shrinker_first - begin to keep shrinkers
 * @position: in the list; moved on where what stands there is just going
 * @shrinker: kept. Let pfnscope_shrinker_next() or _stop() have it before the
 *	caller returns to user space: unmounting waits for it
 *
 * Return: 1; 0 behind the last one, -EINTR when the task is being killed, or
 * -E2BIG behind more than the kernel can have, and then nothing is kept.
 */
int pfnscope_shrinker_first(unsigned int *position, struct shrinker **shrinker)
{
	struct list_head *link = shrinker_list();
	unsigned int i = 0;

	if (*position >= SHRINKERS_MAX)
		return -E2BIG;
	if (lock_list())
		return -EINTR;
	rcu_read_lock();
	do {
		link = rcu_dereference(list_next_rcu(link));
	} while (link != shrinker_list() && i++ < *position);
	*shrinker = keep_from(link, position);
	rcu_read_unlock();
	if (!*shrinker)
		unlock_list();
	return *shrinker ? 1 : 0;
}

/**
 * pfnscope_shrinker_next - keep the next one, and let this one go
 * @shrinker: kept
 * @position: its place in the list; that of the next one
 *
 * Return: NULL behind the last one, and then nothing is kept any more.
 */
struct shrinker *pfnscope_shrinker_next(struct shrinker *shrinker,
					unsigned int *position)
{
	struct shrinker *next;

	++*position;
	rcu_read_lock();
	next = keep_from(rcu_dereference(list_next_rcu(&shrinker->list)),
			 position);
	rcu_read_unlock();
	let_go(shrinker);
	if (!next)
		unlock_list();
	return next;
}

/**
 * pfnscope_shrinker_stop - keep none any more
 * @shrinker: the last one that was kept
 */
void pfnscope_shrinker_stop(struct shrinker *shrinker)
{
	let_go(shrinker);
	unlock_list();
}

/*
 * What reclaim passes when it is not limited to a memory cgroup; the root one
 * stays for ever.
 */
static struct mem_cgroup *root_memcg(void)
{
#ifdef CONFIG_MEMCG
	struct cgroup_subsys_state *css = pfnscope_memcg_root();

	return css ? mem_cgroup_from_css(css) : NULL;
#else
	return NULL;
#endif
}

/**
 * pfnscope_shrinker_count - ask a shrinker what it could free
 * @shrinker: kept
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
 * @shrinker: kept
 * @name: filled
 * @len: room for it
 *
 * Names came with 6.0 and are mostly compiled out. Since 6.7 what holds a
 * shrinker does not keep its name from being changed, so it is not read. Empty
 * where nothing is known.
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
	/* What kallsyms does not know, or without it all, is its address. */
	if (!strncmp(name, "0x", 2))
		name[0] = '\0';
}
