// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pools from which dma_alloc_coherent() serves who cannot wait; what devices
 * have in pools of dma_pool_create() and by dmam_alloc_coherent(); the records of
 * ftrace. Devices are gone through under the lock of their set, which only whoever
 * adds or removes one needs, a few at a time and with a reference to each; what
 * hangs on a device is read without its lock, and not trusted.
 */
#include <linux/device.h>
#include <linux/genalloc.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "btf.h"
#include "holder.h"
#include "peek.h"
#include "symbol.h"

/* End walks over lists that were led in a circle. */
#define ENTRIES_MAX	1000000U

/* Devices gone through in one hold of the lock of their set. */
#define DEVICES		32

/* So often the walk over devices begins anew when the one it stood on is gone. */
#define TRIES		8

#define WORDS		128

static struct {
	u32 pool_pages, pool_dev, pool_allocation, pool_name, pool_pools;
	u32 page_list, page_vaddr;
	u32 node_entry, node_release, release, data, dma_size, dma_vaddr;
	u32 next, records, order;
} off;

static u32 allocation_size;
static bool knows_pools, knows_managed, knows_ftrace;

#define WANT(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, .size = SIZE }
#define MAY(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, \
	  .size = SIZE, .optional = true }

static const struct pfnscope_btf_want pools[] = {
	WANT(dma_pool, page_list, pool_pages, sizeof(struct list_head)),
	WANT(dma_pool, dev, pool_dev, sizeof(void *)),
	WANT(dma_pool, allocation, pool_allocation, 0),
	WANT(dma_pool, name, pool_name, 0),
	WANT(dma_pool, pools, pool_pools, sizeof(struct list_head)),
	WANT(dma_page, page_list, page_list, sizeof(struct list_head)),
	WANT(dma_page, vaddr, page_vaddr, sizeof(void *)),
};

/* Where there is a release function behind the node, the node's own is another one. */
static const struct pfnscope_btf_want managed[] = {
	WANT(devres_node, entry, node_entry, sizeof(struct list_head)),
	WANT(devres_node, release, node_release, sizeof(void *)),
	MAY(devres, release, release, sizeof(void *)),
	WANT(devres, data, data, 0),
	WANT(dma_devres, size, dma_size, sizeof(size_t)),
	WANT(dma_devres, vaddr, dma_vaddr, sizeof(void *)),
};

static const struct pfnscope_btf_want ftrace[] = {
	WANT(ftrace_page, next, next, sizeof(void *)),
	WANT(ftrace_page, records, records, sizeof(void *)),
	WANT(ftrace_page, order, order, sizeof(int)),
};

/**
 * pfnscope_holder_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_holder_init(void)
{
	struct pfnscope_btf_member allocation;

	if (!pfnscope_btf_available(NULL))
		return;
	knows_pools = !pfnscope_btf_offsets(pools, ARRAY_SIZE(pools)) &&
		      !pfnscope_btf_member("dma_pool", "allocation",
					   &allocation);
	if (knows_pools)
		allocation_size = allocation.size;
	knows_managed = !pfnscope_btf_offsets(managed, ARRAY_SIZE(managed));
	if (knows_managed && off.release == PFNSCOPE_BTF_ABSENT)
		off.release = off.node_release;
	knows_ftrace = !pfnscope_btf_offsets(ftrace, ARRAY_SIZE(ftrace));
}

/* --- pools for who cannot wait --- */

/* Each new chunk of a pool is as large as the pool was. */
#define CHUNKS		32

struct chunks {
	unsigned int count;
	unsigned long start[CHUNKS];
	unsigned long bytes[CHUNKS];
};

/* Under RCU, in which nobody may sleep: they are kept for afterwards. */
static void keep_chunk(struct gen_pool *pool, struct gen_pool_chunk *chunk,
		       void *data)
{
	struct chunks *chunks = data;

	if (chunks->count == CHUNKS)
		return;
	chunks->start[chunks->count] = chunk->start_addr;
	chunks->bytes[chunks->count++] =
		chunk->end_addr + 1 - chunk->start_addr;
}

/* A pool is there from boot on, and no chunk of it is ever given back. */
static void find_chunks(enum pfnscope_symbol symbol, struct chunks *chunks)
{
	struct gen_pool **pool = pfnscope_symbol_address(symbol);

	chunks->count = 0;
	if (IS_ENABLED(CONFIG_DMA_COHERENT_POOL) && pool && READ_ONCE(*pool))
		gen_pool_for_each_chunk(READ_ONCE(*pool), keep_chunk, chunks);
}

/**
 * pfnscope_holder_atomic_pools - what dma_alloc_coherent() serves from
 * @taker: who is told
 *
 * Return: 0, or what the taker ended the walk with.
 */
int pfnscope_holder_atomic_pools(const struct pfnscope_holder_taker *taker)
{
	static const enum pfnscope_symbol symbols[] = {
		PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA,
		PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA32,
		PFNSCOPE_SYMBOL_ATOMIC_POOL_KERNEL,
	};
	struct chunks chunks;
	unsigned int i, j;
	int ret = 0;

	for (i = 0; i < ARRAY_SIZE(symbols); i++) {
		find_chunks(symbols[i], &chunks);
		for (j = 0; j < chunks.count && !ret; j++)
			ret = taker->take(taker->data,
					  pfnscope_symbol_name(symbols[i]),
					  chunks.start[j], chunks.bytes[j]);
	}
	return ret;
}

/* --- devices --- */

static bool read_allocation(const void *pool, unsigned long *bytes)
{
	u32 small;

	if (allocation_size == sizeof(*bytes))
		return pfnscope_peek(pool + off.pool_allocation, bytes,
				     sizeof(*bytes));
	if (!pfnscope_peek(pool + off.pool_allocation, &small, sizeof(small)))
		return false;
	*bytes = small;
	return true;
}

static int take_pool(const struct pfnscope_holder_taker *taker,
		     const void *pool, const char *words)
{
	const struct list_head *head = pool + off.pool_pages, *at = head;
	unsigned long bytes, address;
	unsigned int met;
	int ret = 0;

	if (!read_allocation(pool, &bytes) || !bytes)
		return 0;
	for (met = 0; met < ENTRIES_MAX && !ret; met++) {
		at = pfnscope_peek_next(head, at);
		if (!at)
			break;
		if (pfnscope_peek((const void *)at - off.page_list +
				  off.page_vaddr, &address, sizeof(address)))
			ret = taker->take(taker->data, words, address, bytes);
	}
	return ret;
}

/* A pool that names another device is none of this one's any more. */
static int take_pools(const struct pfnscope_holder_taker *taker,
		      const struct device *dev, const char *name)
{
	const struct list_head *at = &dev->dma_pools;
	char words[WORDS], pool_name[32];
	const void *pool, *back;
	unsigned int met;
	int ret = 0;

	for (met = 0; knows_pools && met < ENTRIES_MAX && !ret; met++) {
		at = pfnscope_peek_next(&dev->dma_pools, at);
		if (!at)
			break;
		pool = (const void *)at - off.pool_pools;
		if (!pfnscope_peek(pool + off.pool_dev, &back, sizeof(back)) ||
		    back != dev)
			break;
		pfnscope_peek_text(pool + off.pool_name, pool_name,
				   sizeof(pool_name));
		snprintf(words, sizeof(words), "%s pool %s", name, pool_name);
		ret = take_pool(taker, pool, words);
	}
	return ret;
}

/* How a buffer of dmam_alloc_coherent() is given back: known by its name once met. */
static bool is_buffer(const void *release)
{
	static const void *releases;
	char name[sizeof("dmam_release") + 1];

	if (release == READ_ONCE(releases))
		return true;
	snprintf(name, sizeof(name), "%ps", release);
	if (strcmp(name, "dmam_release"))
		return false;
	WRITE_ONCE(releases, release);
	return true;
}

static int take_buffer(const struct pfnscope_holder_taker *taker,
		       const void *resource, const char *words)
{
	unsigned long address, bytes;
	const void *release;

	if (!pfnscope_peek(resource + off.release, &release, sizeof(release)) ||
	    !release || !is_buffer(release) ||
	    !pfnscope_peek(resource + off.data + off.dma_size, &bytes,
			   sizeof(bytes)) ||
	    !pfnscope_peek(resource + off.data + off.dma_vaddr, &address,
			   sizeof(address)))
		return 0;
	return taker->take(taker->data, words, address, bytes);
}

static int take_buffers(const struct pfnscope_holder_taker *taker,
			const struct device *dev, const char *name)
{
	const struct list_head *at = &dev->devres_head;
	char words[WORDS];
	unsigned int met;
	int ret = 0;

	snprintf(words, sizeof(words), "%s managed", name);
	for (met = 0; knows_managed && met < ENTRIES_MAX && !ret; met++) {
		at = pfnscope_peek_next(&dev->devres_head, at);
		if (!at)
			break;
		ret = take_buffer(taker, (const void *)at - off.node_entry,
				  words);
	}
	return ret;
}

static int take_device(const struct pfnscope_holder_taker *taker,
		       const struct kobject *kobj)
{
	const struct device *dev = container_of(kobj, struct device, kobj);
	char name[WORDS / 2];

	pfnscope_peek_text(READ_ONCE(kobj->name), name, sizeof(name));
	return take_pools(taker, dev, name) ?: take_buffers(taker, dev, name);
}

/*
 * The next few devices behind @last, each with a reference; from the first one where
 * that is NULL. Returns how many, or -EAGAIN where @last was taken off the list.
 */
static int keep_devices(struct kset *set, struct kobject *last,
			struct kobject **kept)
{
	struct list_head *at = last ? &last->entry : &set->list;
	struct kobject *next;
	int count = 0;

	spin_lock(&set->list_lock);
	if (last && list_empty(at))
		count = -EAGAIN;
	while (count >= 0 && count < DEVICES && at->next != &set->list) {
		at = at->next;
		next = list_entry(at, struct kobject, entry);
		kept[count] = kobject_get_unless_zero(next);
		if (kept[count])
			count++;
	}
	spin_unlock(&set->list_lock);
	return count;
}

/* Keeps the last one, as the place to go on from. */
static int take_devices(const struct pfnscope_holder_taker *taker,
			struct kobject **kept, int count)
{
	int i, ret = 0;

	for (i = 0; i < count; i++) {
		ret = ret ?: take_device(taker, kept[i]);
		if (i < count - 1)
			kobject_put(kept[i]);
		cond_resched();
	}
	return ret;
}

/**
 * pfnscope_holder_devices - what devices have for DMA
 * @taker: who is told; of some of it twice, where devices go meanwhile
 *
 * Return: 0, or what the taker ended the walk with.
 */
int pfnscope_holder_devices(const struct pfnscope_holder_taker *taker)
{
	struct kset **set =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_DEVICES_KSET);
	struct kobject *kept[DEVICES], *last = NULL;
	unsigned int tries = 0;
	int count, ret = 0;

	if (!set || !READ_ONCE(*set))
		return 0;
	while (!ret && tries < TRIES) {
		count = keep_devices(*set, last, kept);
		if (last)
			kobject_put(last);
		last = NULL;
		if (!count)
			break;
		if (count < 0) {
			tries++;
			continue;
		}
		ret = take_devices(taker, kept, count);
		last = kept[count - 1];
	}
	if (last)
		kobject_put(last);
	return ret;
}

/* --- ftrace --- */

/**
 * pfnscope_holder_ftrace - where ftrace keeps the places it may patch
 * @taker: who is told
 *
 * Those of a module are taken out of the list and freed when it goes; what is read
 * of one that was is not trusted.
 *
 * Return: 0, or what the taker ended the walk with.
 */
int pfnscope_holder_ftrace(const struct pfnscope_holder_taker *taker)
{
	const void *const *first =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_FTRACE_PAGES_START);
	const void *at = first && knows_ftrace ? READ_ONCE(*first) : NULL;
	unsigned long records;
	unsigned int met;
	int order, ret = 0;

	for (met = 0; at && met < ENTRIES_MAX && !ret; met++) {
		if (!pfnscope_peek(at + off.records, &records,
				   sizeof(records)) ||
		    !pfnscope_peek(at + off.order, &order, sizeof(order)) ||
		    !pfnscope_peek(at + off.next, &at, sizeof(at)))
			break;
		if (records && order >= 0 && order < 20)
			ret = taker->take(taker->data, "ftrace", records,
					  PAGE_SIZE << order);
	}
	return ret;
}
