// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that eats a zone, for tests and demonstrations. Loading it takes the
 * free memory of one zone and keeps it until it is unloaded:
 *
 *   insmod eater.ko zone=DMA
 *	all of node 0's DMA that a request may have, that is down to three quarters
 *	of its minimum: the next GFP_KERNEL|GFP_DMA fails
 *   insmod eater.ko zone=Normal node=1 leave=2000 reserves=1
 *	reserves too, until 2000 pages are free
 *   insmod eater.ko zone=DMA cache=greedy_dma
 *	as objects of a slab cache of that name, which `pfnscope owners` shows
 *   insmod eater.ko zone=DMA coherent=1024
 *	1024 pages of it by dma_alloc_coherent(), for a device that can address
 *	16 MiB, the rest by alloc_pages()
 *   insmod eater.ko pages=0
 *	nothing
 *
 * zone	 DMA, DMA32, Normal or Movable (DMA)	pages	  take at most so many
 * node	 of which, -1 all (0)			leave	  stop when so few are free
 * order of each piece (0)			reserves  go below the minimum
 * cache name of a slab cache to take it by	eaten	  what it has (read it)
 * coherent  pages for the device of its own (0)
 *
 * Then it can ask for memory, which it gives back at once:
 *
 *   echo KERNEL,DMA 0 >/sys/module/eater/parameters/ask
 *   cat /sys/module/eater/parameters/ask		failed, or: node 0 DMA
 *
 * The words are flags, the number is the order; a second number is the node. With
 * the word HARDIRQ or SOFTIRQ it is asked from an interrupt.
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmstat.h>

static char *zone = "DMA";
module_param(zone, charp, 0400);
static int node;
module_param(node, int, 0400);
static ulong pages = ULONG_MAX;
module_param(pages, ulong, 0400);
static ulong leave = ULONG_MAX;
module_param(leave, ulong, 0400);
static uint order;
module_param(order, uint, 0400);
static bool reserves;
module_param(reserves, bool, 0400);
static char *cache;
module_param(cache, charp, 0400);
static ulong coherent;
module_param(coherent, ulong, 0400);
static ulong eaten;
module_param(eaten, ulong, 0400);

static const struct {
	const char *name;
	gfp_t gfp;
} words[] = {
	{ "KERNEL", GFP_KERNEL },
	{ "ATOMIC", GFP_ATOMIC },
	{ "NOWAIT", GFP_NOWAIT },
	{ "HIGHUSER_MOVABLE", GFP_HIGHUSER_MOVABLE },
	{ "DMA", __GFP_DMA },
	{ "DMA32", __GFP_DMA32 },
	{ "NORETRY", __GFP_NORETRY },
	{ "RETRY_MAYFAIL", __GFP_RETRY_MAYFAIL },
	{ "NOWARN", __GFP_NOWARN },
	{ "THISNODE", __GFP_THISNODE },
	{ "NOMEMALLOC", __GFP_NOMEMALLOC },
	{ "COMP", __GFP_COMP },
	{ "ZERO", __GFP_ZERO },
	{ "ACCOUNT", __GFP_ACCOUNT },
	{ "HARDWALL", __GFP_HARDWALL },
};

/* The zones by their flags, and the flags of a slab cache of theirs. */
static const struct {
	const char *name;
	gfp_t gfp;
	slab_flags_t slab;
} zones[] = {
	{ "DMA", GFP_KERNEL | __GFP_DMA, SLAB_CACHE_DMA },
	{ "DMA32", GFP_KERNEL | __GFP_DMA32, SLAB_CACHE_DMA32 },
	{ "Normal", GFP_KERNEL, 0 },
	{ "Movable", GFP_HIGHUSER_MOVABLE, 0 },
};

static LIST_HEAD(held);
static struct kmem_cache *slab;
static void *objects;
static char answer[64] = "nothing was asked";

static bool is_from_zone(struct page *page)
{
	return (node == NUMA_NO_NODE || page_to_nid(page) == node) &&
	       !strcmp(page_zone(page)->name, zone);
}

/*
 * The watermark without its boost, which goes away by itself, and some less: what
 * CPUs give back later from their lists must not serve the next request.
 */
static unsigned long lowest(struct page *page)
{
	unsigned long min = READ_ONCE(page_zone(page)->_watermark[WMARK_MIN]);

	if (leave != ULONG_MAX)
		return leave;
	return reserves ? 0 : min - min / 4;
}

static bool enough(struct page *page)
{
	return eaten >= pages ||
	       zone_page_state_snapshot(page_zone(page), NR_FREE_PAGES) <=
	       lowest(page);
}

static void free_list(struct list_head *list)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, list, lru) {
		list_del(&page->lru);
		__free_pages(page, order);
		cond_resched();
	}
}

/* --- the device --- */

/* As large as its buffers are. */
#define RING_BYTES	(64 * 1024)

/**
 * struct ring - a buffer of the device
 * @next: another one
 * @virt: for the driver
 * @dma: for the device
 */
struct ring {
	struct ring *next;
	void *virt;
	dma_addr_t dma;
};

static struct platform_device *device;
static struct ring *rings;

static noinline struct ring *eat_ring(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);

	if (!ring)
		return NULL;
	ring->virt = dma_alloc_coherent(&device->dev, RING_BYTES, &ring->dma,
					GFP_KERNEL | __GFP_NOWARN);
	if (ring->virt)
		return ring;
	kfree(ring);
	return NULL;
}

static int eat_rings(void)
{
	struct ring *ring;

	if (!coherent)
		return 0;
	device = platform_device_register_simple("eater", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	if (dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(24)))
		return -EIO;
	for (; eaten < coherent; eaten += RING_BYTES / PAGE_SIZE) {
		ring = eat_ring();
		if (!ring)
			break;
		ring->next = rings;
		rings = ring;
	}
	return 0;
}

static void free_rings(void)
{
	struct ring *ring;

	while ((ring = rings)) {
		rings = ring->next;
		dma_free_coherent(&device->dev, RING_BYTES, ring->virt,
				  ring->dma);
		kfree(ring);
	}
	if (!IS_ERR_OR_NULL(device))
		platform_device_unregister(device);
}

/* --- the rest --- */

/*
 * Below the low watermark of the zone others are tried first: what they give is
 * set aside until the request gets what it would never get otherwise.
 */
static noinline void eat_pages(gfp_t gfp)
{
	LIST_HEAD(aside);
	struct page *page;

	while (eaten < pages) {
		cond_resched();
		page = alloc_pages_node(node, gfp, order);
		if (!page)
			break;
		if (!is_from_zone(page)) {
			list_add(&page->lru, &aside);
			continue;
		}
		list_add(&page->lru, &held);
		eaten += 1UL << order;
		if (enough(page))
			break;
	}
	free_list(&aside);
}

/* A cache with a constructor is not merged with another. */
static void construct(void *object)
{
	memset(object, 0, PAGE_SIZE);
}

static void free_objects(void *list)
{
	void *object;

	while ((object = list)) {
		list = *(void **)object;
		kmem_cache_free(slab, object);
		cond_resched();
	}
}

static void keep(void *object, void **list)
{
	*(void **)object = *list;
	*list = object;
}

static noinline int eat_objects(gfp_t gfp, slab_flags_t flags)
{
	void *object, *aside = NULL;

	slab = kmem_cache_create(cache, PAGE_SIZE, 0, flags, construct);
	if (!slab)
		return -ENOMEM;
	while (eaten < pages) {
		cond_resched();
		object = kmem_cache_alloc_node(slab, gfp & ~GFP_ZONEMASK, node);
		if (!object)
			break;
		if (!is_from_zone(virt_to_page(object))) {
			keep(object, &aside);
			continue;
		}
		keep(object, &objects);
		eaten++;
		if (enough(virt_to_page(object)))
			break;
	}
	free_objects(aside);
	return 0;
}

/*
 * Never by reclaim: a task that finds a zone without one free page may have to
 * wait for kswapd there, which has nothing to do.
 */
static int eat(void)
{
	gfp_t how = __GFP_NOWARN | __GFP_NORETRY | __GFP_MEMALLOC;
	unsigned int i;

	if (node != NUMA_NO_NODE)
		how |= __GFP_THISNODE;
	for (i = 0; i < ARRAY_SIZE(zones); i++) {
		gfp_t gfp = (zones[i].gfp & ~__GFP_DIRECT_RECLAIM) | how;

		if (strcmp(zones[i].name, zone))
			continue;
		if (cache)
			return eat_objects(gfp, zones[i].slab);
		eat_pages(gfp);
		return 0;
	}
	return -EINVAL;
}

/**
 * struct question - what is asked, and where
 * @gfp: flags
 * @order: order
 * @node: node, or NUMA_NO_NODE
 * @hardirq: in an interrupt
 * @softirq: in a tasklet
 */
struct question {
	gfp_t gfp;
	unsigned int order;
	int node;
	bool hardirq;
	bool softirq;
};

static struct question question;

static int parse_flags(char *list, struct question *q)
{
	char *word;
	unsigned int i;

	while ((word = strsep(&list, ","))) {
		q->hardirq |= !strcmp(word, "HARDIRQ");
		q->softirq |= !strcmp(word, "SOFTIRQ");
		if (!strcmp(word, "HARDIRQ") || !strcmp(word, "SOFTIRQ"))
			continue;
		for (i = 0; i < ARRAY_SIZE(words); i++)
			if (!strcmp(words[i].name, word))
				break;
		if (i == ARRAY_SIZE(words))
			return -EINVAL;
		q->gfp |= words[i].gfp;
	}
	/* Nothing may sleep in an interrupt. */
	if ((q->hardirq || q->softirq) && (q->gfp & __GFP_DIRECT_RECLAIM))
		return -EINVAL;
	return 0;
}

static void answer_question(void)
{
	struct page *page = alloc_pages_node(question.node, question.gfp,
					     question.order);

	if (!page) {
		strscpy(answer, "failed", sizeof(answer));
		return;
	}
	snprintf(answer, sizeof(answer), "node %d %s", page_to_nid(page),
		 page_zone(page)->name);
	__free_pages(page, question.order);
}

static void answer_in_hardirq(struct irq_work *work)
{
	answer_question();
}

static void answer_in_softirq(struct tasklet_struct *tasklet)
{
	answer_question();
}

static struct irq_work hardirq;
static DECLARE_TASKLET(softirq, answer_in_softirq);

static int ask_set(const char *value, const struct kernel_param *param)
{
	struct question q = { .node = NUMA_NO_NODE };
	char list[128];

	if (sscanf(value, "%127s %u %d", list, &q.order, &q.node) < 2 ||
	    q.order > 10 || parse_flags(list, &q))
		return -EINVAL;
	if (q.node != NUMA_NO_NODE && (q.node < 0 || !node_online(q.node)))
		return -EINVAL;
	question = q;
	if (q.hardirq) {
		init_irq_work(&hardirq, answer_in_hardirq);
		irq_work_queue(&hardirq);
		irq_work_sync(&hardirq);
	} else if (q.softirq) {
		tasklet_schedule(&softirq);
		tasklet_kill(&softirq);
	} else {
		answer_question();
	}
	return 0;
}

static int ask_get(char *buffer, const struct kernel_param *param)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", answer);
}

static const struct kernel_param_ops ask_ops = {
	.set = ask_set,
	.get = ask_get,
};
module_param_cb(ask, &ask_ops, NULL, 0600);

static void spit(void)
{
	free_rings();
	free_list(&held);
	free_objects(objects);
	kmem_cache_destroy(slab);
}

static int __init eater_init(void)
{
	int ret;

	if (order > 10)
		return -EINVAL;
	if (node != NUMA_NO_NODE &&
	    (node < 0 || node >= nr_node_ids || !node_online(node)))
		return -EINVAL;
	ret = eat_rings();
	if (!ret)
		ret = eat();
	if (ret) {
		free_rings();
		return ret;
	}
	pr_info("eater: %lu pages of %s\n", eaten, zone);
	return 0;
}

static void __exit eater_exit(void)
{
	spit();
}

module_init(eater_init);
module_exit(eater_exit);
MODULE_DESCRIPTION("A driver that eats a zone");
MODULE_LICENSE("GPL");
