// SPDX-License-Identifier: GPL-2.0-only
/*
 * Puts requests to the page allocator, under a pressure that it makes itself:
 *
 *   echo 1 Normal 700 >/sys/module/trial/parameters/level
 *	takes, or gives back, blocks of random order and migratetype of node 1's
 *	Normal until about 700 of its pages are free
 *   echo 0x2800 3 0 >/sys/module/trial/parameters/ask
 *	asks node 0 for a block of order 3 with these flags, and frees it; node -1
 *	stands for none: cpuset and memory policy of the task that writes decide
 *   echo 1 >/sys/module/trial/parameters/revive
 *	lets kswapds that gave up try again
 *   cat /sys/module/trial/parameters/ask
 *	served 0 DMA32 0 | 3945/0/0 812/512/1024 ... | 1/0 0/16 | 3937/0/0 ... | 1/0 2/16
 *	failed - - 1 | ... | ... | ... | ...
 *
 * Behind the zone: how often the request had to reclaim or compact. Behind the
 * bar: free pages, watermark boost and pages reserved as highatomic of each zone,
 * in the order of nodes and zones, right before the request, and behind the second
 * bar whether kswapd of each node was awake and how often in a row it failed; then
 * the same right after it. 2 stands for a kswapd that nobody has to wake: it is about to run, as its
 * time is over, or has run meanwhile and sleeps again. Where the request may not
 * wait, nothing else ran on this CPU in between.
 *
 * An OOM gives back some of what is held, so that the test itself lives.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/oom.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define HELD_MAX	65536
#define GIVEN_BACK	64

struct held {
	struct page *page;
	unsigned int order;
};

/* What is held of one zone; @count is the first free place. */
struct stock {
	struct held *held;
	unsigned int count;
};

static struct stock stocks[MAX_NUMNODES > 8 ? 8 : MAX_NUMNODES][MAX_NR_ZONES];
static DEFINE_MUTEX(lock);
static struct task_struct *holder;
static char answer[1536] = "nothing was asked\n";
static u32 state = 1;
module_param_named(seed, state, uint, 0600);

#define NODES	((int)ARRAY_SIZE(stocks))

static void hold(void)
{
	mutex_lock(&lock);
	holder = current;
}

static void release(void)
{
	holder = NULL;
	mutex_unlock(&lock);
}

static u32 chance(u32 ceiling)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % ceiling;
}

static struct zone *zone_at(int node, int index)
{
	return &NODE_DATA(node)->node_zones[index];
}

static long free_pages_of(struct zone *zone)
{
	return (long)zone_page_state(zone, NR_FREE_PAGES);
}

static gfp_t zone_flags(const struct zone *zone)
{
	if (!strcmp(zone->name, "DMA"))
		return __GFP_DMA;
	if (!strcmp(zone->name, "DMA32"))
		return __GFP_DMA32;
	if (!strcmp(zone->name, "Movable"))
		return __GFP_HIGHMEM | __GFP_MOVABLE;
	return 0;
}

static gfp_t any_mobility(void)
{
	static const gfp_t flags[] = { 0, __GFP_MOVABLE, __GFP_RECLAIMABLE };

	return flags[chance(ARRAY_SIZE(flags))];
}

/* Small ones mostly, so that the free lists get short of large blocks. */
static unsigned int any_order(long pages)
{
	unsigned int order;

	if (pages > 40000)
		return 10;
	if (pages > 8000)
		return 4 + chance(6);
	order = chance(3) ? chance(4) : chance(7);
	while (order && (1L << order) > pages)
		order--;
	return order;
}

static struct page *take(int node, struct zone *zone, unsigned int order)
{
	gfp_t gfp = zone_flags(zone) | __GFP_MEMALLOC | __GFP_NOWARN |
		    __GFP_THISNODE;
	struct page *page;

	if (!(gfp & __GFP_MOVABLE))
		gfp |= any_mobility();
	page = alloc_pages_node(node, gfp, order);
	if (page && page_zone(page) != zone) {
		__free_pages(page, order);
		return NULL;
	}
	return page;
}

/* Return: false when the zone has nothing left of any order. */
static bool eat(int node, struct zone *zone, struct stock *stock, long pages)
{
	unsigned int order = any_order(pages);
	struct page *page = take(node, zone, order);

	while (!page && order)
		page = take(node, zone, --order);
	if (!page || stock->count == HELD_MAX) {
		if (page)
			__free_pages(page, order);
		return false;
	}
	stock->held[stock->count++] = (struct held){ page, order };
	return true;
}

/* Gives back a random block, a smaller one where that would be too much. */
static bool spit(struct stock *stock, long pages)
{
	unsigned int best = 0, i, tries;

	if (!stock->count)
		return false;
	for (tries = 0; tries < 32; tries++) {
		i = chance(stock->count);
		if (!tries || stock->held[i].order < stock->held[best].order)
			best = i;
		if ((1L << stock->held[i].order) <= pages) {
			best = i;
			break;
		}
	}
	__free_pages(stock->held[best].page, stock->held[best].order);
	stock->held[best] = stock->held[--stock->count];
	return true;
}

static void bring_to(int node, struct zone *zone, struct stock *stock,
		     long target)
{
	unsigned int rounds;

	for (rounds = 0; rounds < 20000; rounds++) {
		long over = free_pages_of(zone) - target;

		if (over > 0 ? !eat(node, zone, stock, over) :
		    over < -8 ? !spit(stock, -over) : true)
			break;
		cond_resched();
	}
}

static int level_set(const char *value, const struct kernel_param *param)
{
	char name[16];
	long target;
	int node, i;

	if (sscanf(value, "%d %15s %ld", &node, name, &target) != 3 ||
	    node < 0 || node >= NODES || !node_online(node))
		return -EINVAL;
	for (i = 0; i < MAX_NR_ZONES; i++) {
		struct stock *stock = &stocks[node][i];

		if (strcmp(zone_at(node, i)->name, name))
			continue;
		hold();
		if (!stock->held)
			stock->held = vmalloc(array_size(HELD_MAX,
							 sizeof(*stock->held)));
		if (stock->held)
			bring_to(node, zone_at(node, i), stock, target);
		release();
		return 0;
	}
	return -EINVAL;
}

static const struct kernel_param_ops level_ops = {
	.set = level_set,
};
module_param_cb(level, &level_ops, NULL, 0200);

/* --- how often the request had to reclaim or compact --- */

/*
 * The counters of the machine would not do: others add to them, and so does a
 * compaction that did not even begin.
 */
static unsigned long stalls;
static const char *const stall_names[] = {
	"mm_vmscan_direct_reclaim_begin", "mm_compaction_begin",
};
static struct tracepoint *stall_points[ARRAY_SIZE(stall_names)];

static void count_stall(void *data)
{
	if (READ_ONCE(holder) == current)
		stalls++;
}

static void find_stall(struct tracepoint *point, void *unused)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stall_names); i++)
		if (!strcmp(point->name, stall_names[i]))
			stall_points[i] = point;
}

static void forget_stalls(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stall_points); i++)
		if (stall_points[i])
			tracepoint_probe_unregister(stall_points[i], count_stall, NULL);
	tracepoint_synchronize_unregister();
}

static int watch_stalls(void)
{
	size_t i;

	for_each_kernel_tracepoint(find_stall, NULL);
	for (i = 0; i < ARRAY_SIZE(stall_points); i++) {
		if (!stall_points[i] ||
		    tracepoint_probe_register(stall_points[i], count_stall, NULL)) {
			stall_points[i] = NULL;
			forget_stalls();
			return -ENOENT;
		}
	}
	return 0;
}

/* --- the request --- */

/* An int; since 6.18 an atomic_t, which is one. */
static int *failures_of_kswapd(int node)
{
	return (int *)&NODE_DATA(node)->kswapd_failures;
}

static unsigned long runs_of_kswapd(int node)
{
	const struct task_struct *kswapd = NODE_DATA(node)->kswapd;

	return kswapd ? kswapd->nvcsw + kswapd->nivcsw : 0;
}

/* As the kernel sees it: it runs where nobody waits to be woken. */
static int state_of_kswapd(int node, bool after)
{
	static unsigned long runs[ARRAY_SIZE(stocks)];
	struct task_struct *kswapd = NODE_DATA(node)->kswapd;
	bool ran = after && runs_of_kswapd(node) != runs[node];

	runs[node] = runs_of_kswapd(node);
	if (!waitqueue_active(&NODE_DATA(node)->kswapd_wait))
		return 1;
	return ran || (kswapd && !task_state_index(kswapd)) ? 2 : 0;
}

static void met_text(char *text, size_t size, bool after)
{
	size_t length = 0;
	int node, i;

	for_each_online_node(node) {
		for (i = 0; i < MAX_NR_ZONES; i++) {
			struct zone *zone = zone_at(node, i);

			length += scnprintf(text + length, size - length,
					    " %ld/%lu/%lu", free_pages_of(zone),
					    zone->watermark_boost,
					    zone->nr_reserved_highatomic);
		}
	}
	length += scnprintf(text + length, size - length, " |");
	for_each_online_node(node)
		length += scnprintf(text + length, size - length, " %d/%d",
				    state_of_kswapd(node, after),
				    READ_ONCE(*failures_of_kswapd(node)));
}

static void ask(gfp_t gfp, unsigned int order, int node)
{
	bool waits = gfp & __GFP_DIRECT_RECLAIM;
	static char met[680], left[680];
	struct page *page;

	stalls = 0;
	if (!waits)
		preempt_disable();
	met_text(met, sizeof(met), false);
	page = node < 0 ? alloc_pages(gfp, order) :
			  alloc_pages_node(node, gfp, order);
	met_text(left, sizeof(left), true);
	if (!waits)
		preempt_enable();
	if (page)
		snprintf(answer, sizeof(answer), "served %d %s %lu |%s |%s\n",
			 page_to_nid(page), page_zone(page)->name,
			 stalls, met, left);
	else
		snprintf(answer, sizeof(answer), "failed - - %lu |%s |%s\n",
			 stalls, met, left);
	if (page)
		__free_pages(page, order);
}

struct question {
	struct work_struct work;
	struct task_struct *asker;
	gfp_t gfp;
	unsigned int order;
	int node;
};

/* In the place of the task that asks, and that sleeps: with its policy and cpuset. */
static void ask_work(struct work_struct *work)
{
	struct question *q = container_of(work, struct question, work);
	struct mempolicy *policy = current->mempolicy;
	nodemask_t mems = current->mems_allowed;

	holder = current;
	current->mempolicy = q->asker->mempolicy;
	current->mems_allowed = q->asker->mems_allowed;
	ask(q->gfp, q->order, q->node);
	current->mempolicy = policy;
	current->mems_allowed = mems;
	holder = NULL;
}

/*
 * A task may be put to sleep before it reclaims, until kswapd has brought up the
 * reserves, which it never does here. Kernel threads are not.
 */
static void ask_waiting(gfp_t gfp, unsigned int order, int node)
{
	struct question q = { .asker = current, .gfp = gfp, .order = order, .node = node };

	INIT_WORK_ONSTACK(&q.work, ask_work);
	schedule_work_on(raw_smp_processor_id(), &q.work);
	flush_work(&q.work);
	destroy_work_on_stack(&q.work);
}

static int ask_set(const char *value, const struct kernel_param *param)
{
	unsigned int gfp, order;
	int node;

	if (sscanf(value, "%x %u %d", &gfp, &order, &node) != 3 || order > 11 ||
	    node < -1 || node >= NODES || (node >= 0 && !node_online(node)))
		return -EINVAL;
	hold();
	if ((__force gfp_t)gfp & __GFP_DIRECT_RECLAIM)
		ask_waiting((__force gfp_t)gfp, order, node);
	else
		ask((__force gfp_t)gfp, order, node);
	release();
	return 0;
}

static int ask_get(char *buffer, const struct kernel_param *param)
{
	return scnprintf(buffer, PAGE_SIZE, "%s", answer);
}

static const struct kernel_param_ops ask_ops = {
	.set = ask_set,
	.get = ask_get,
};
module_param_cb(ask, &ask_ops, NULL, 0600);

static int revive_set(const char *value, const struct kernel_param *param)
{
	int node;

	for_each_online_node(node)
		WRITE_ONCE(*failures_of_kswapd(node), 0);
	return 0;
}

static const struct kernel_param_ops revive_ops = {
	.set = revive_set,
};
module_param_cb(revive, &revive_ops, NULL, 0200);

/*
 * Runs in the task that ran out of memory: where it holds the lock it is in ask().
 * Others wait for whoever does.
 */
static int at_oom(struct notifier_block *block, unsigned long unused,
		  void *freed)
{
	unsigned long *pages = freed;
	bool mine = READ_ONCE(holder) == current;
	int node, i, n;

	if (!mine)
		hold();
	for (node = 0; node < NODES; node++)
		for (i = 0; i < MAX_NR_ZONES; i++)
			for (n = 0; n < GIVEN_BACK; n++)
				*pages += spit(&stocks[node][i], LONG_MAX);
	if (!mine)
		release();
	return NOTIFY_OK;
}

static struct notifier_block oom_block = {
	.notifier_call = at_oom,
};

static int __init trial_init(void)
{
	int err = watch_stalls();

	return err ? err : register_oom_notifier(&oom_block);
}

static void __exit trial_exit(void)
{
	int node, i;

	unregister_oom_notifier(&oom_block);
	forget_stalls();
	for (node = 0; node < NODES; node++) {
		for (i = 0; i < MAX_NR_ZONES; i++) {
			while (spit(&stocks[node][i], LONG_MAX))
				cond_resched();
			vfree(stocks[node][i].held);
		}
	}
}

module_init(trial_init);
module_exit(trial_exit);
MODULE_DESCRIPTION("Requests to the page allocator under pressure");
MODULE_LICENSE("GPL");
