// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes pages of a known kind and says which page frames they are. What is
 * written to /sys/kernel/debug/known is taken in place of what was taken before:
 * "KIND" or "KIND ORDER", "none" for nothing; "half" gives a part of it back,
 * those objects that lie behind another, at an odd multiple of their size. Reading
 * lists it, "pfn order node zone" a line. "odd" and "even" begin and end a change of
 * the extent of ZONE_DMA, which stays as it is. known_refcounts has the reference count of every page frame, a
 * number of 32 bits each, -1 where there is no page: no file of the kernel's
 * tells. LISTED stands for none, of a page outside of the buddy allocator that
 * hangs in a list.
 */
#include <linux/debugfs.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/seq_file.h>
#include <linux/seqlock.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#if __has_include(<net/page_pool/helpers.h>)
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

#define OBJECTS	128

/* Held while pages are taken, listed or given back. */
static DEFINE_MUTEX(known_mutex);

static const struct kind *taken;
static unsigned int order;
static void *objects[OBJECTS];
static unsigned int nr_objects;
static dma_addr_t handles[OBJECTS];	/* of the objects of a device */
static struct kmem_cache *cache;
static struct platform_device *device;
static struct dma_pool *dma_pool;
static struct page_pool *pool;

/**
 * struct kind - a kind of memory
 * @name: how it is asked for
 * @gfp: where it is to come from
 * @take: one object of it, NULL when there is no memory
 * @give: gives that back
 * @page: its page, the first one where it has several
 * @begin: optional; 0 or a negative errno
 * @end: undoes it. Optional
 */
struct kind {
	const char *name;
	gfp_t gfp;
	void *(*take)(gfp_t gfp);
	void (*give)(void *object);
	struct page *(*page)(void *object);
	int (*begin)(void);
	void (*end)(void);
};

static void *take_pages(gfp_t gfp)
{
	return alloc_pages(gfp, order);
}

static void give_pages(void *object)
{
	__free_pages(object, order);
}

static struct page *pages_page(void *object)
{
	return object;
}

static void *take_kmalloc(gfp_t gfp)
{
	return kmalloc(PAGE_SIZE << order, gfp);
}

static void give_kmalloc(void *object)
{
	kfree(object);
}

static struct page *kmalloc_page(void *object)
{
	return virt_to_head_page(object);
}

/* A cache with a constructor is shared with no other. */
static void construct(void *object)
{
}

static int begin_cache(void)
{
	cache = kmem_cache_create("pfnscope_known", PAGE_SIZE, 0,
				  SLAB_CACHE_DMA, construct);
	return cache ? 0 : -ENOMEM;
}

static void end_cache(void)
{
	kmem_cache_destroy(cache);
}

static void *take_object(gfp_t gfp)
{
	return kmem_cache_alloc(cache, gfp);
}

static void give_object(void *object)
{
	kmem_cache_free(cache, object);
}

/* Not as their last call: who asks is whom they return to. */
static void *take_vmalloc(gfp_t gfp)
{
	void *object = vmalloc(PAGE_SIZE);

	barrier();
	return object;
}

static void give_vmalloc(void *object)
{
	vfree(object);
}

static struct page *vmalloc_page(void *object)
{
	return vmalloc_to_page(object);
}

/* Pages of alloc_pages(), mapped once more. */
static void *take_vmap(gfp_t gfp)
{
	struct page *page = alloc_pages(gfp, 0);
	void *object = page ? vmap(&page, 1, VM_MAP, PAGE_KERNEL) : NULL;

	if (page && !object)
		__free_page(page);
	return object;
}

static void give_vmap(void *object)
{
	struct page *page = vmalloc_to_page(object);

	vunmap(object);
	__free_page(page);
}

/* On each CPU a page of its own; that of the first one is told, where it is mapped. */
static void *take_percpu(gfp_t gfp)
{
	return (void __force *)__alloc_percpu(PAGE_SIZE, PAGE_SIZE);
}

static void give_percpu(void *object)
{
	free_percpu((void __percpu __force *)object);
}

static struct page *percpu_page(void *object)
{
	void *first = per_cpu_ptr((void __percpu __force *)object, 0);

	return is_vmalloc_addr(first) ? vmalloc_to_page(first) : NULL;
}

/* A device that reaches ZONE_DMA and nothing else. */
static int begin_device(void)
{
	int ret;

	device = platform_device_register_simple("pfnscope_known",
						 PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	ret = dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(24));
	if (ret)
		platform_device_unregister(device);
	return ret;
}

static void end_device(void)
{
	platform_device_unregister(device);
}

static void *take_coherent(gfp_t gfp)
{
	return dma_alloc_coherent(&device->dev, PAGE_SIZE << order,
				  &handles[nr_objects], gfp);
}

static void give_coherent(void *object)
{
	dma_free_coherent(&device->dev, PAGE_SIZE << order, object,
			  handles[nr_objects]);
}

static void *take_managed(gfp_t gfp)
{
	return dmam_alloc_coherent(&device->dev, PAGE_SIZE << order,
				   &handles[nr_objects], gfp);
}

static void give_managed(void *object)
{
	dmam_free_coherent(&device->dev, PAGE_SIZE << order, object,
			   handles[nr_objects]);
}

static int begin_dma_pool(void)
{
	int ret = begin_device();

	if (ret)
		return ret;
	dma_pool = dma_pool_create("buffers", &device->dev, PAGE_SIZE,
				   PAGE_SIZE, 0);
	if (dma_pool)
		return 0;
	end_device();
	return -ENOMEM;
}

static void end_dma_pool(void)
{
	dma_pool_destroy(dma_pool);
	end_device();
}

static void *take_dma_pool(gfp_t gfp)
{
	return dma_pool_alloc(dma_pool, gfp, &handles[nr_objects]);
}

static void give_dma_pool(void *object)
{
	dma_pool_free(dma_pool, object, handles[nr_objects]);
}

#ifdef CONFIG_PAGE_POOL
static int begin_pool(void)
{
	const struct page_pool_params params = {
		.pool_size = OBJECTS,
		.nid = NUMA_NO_NODE,
	};

	pool = page_pool_create(&params);
	return PTR_ERR_OR_ZERO(pool);
}

static void end_pool(void)
{
	page_pool_destroy(pool);
}

static void *take_pool(gfp_t gfp)
{
	return page_pool_alloc_pages(pool, gfp);
}

static void give_pool(void *object)
{
	page_pool_put_full_page(pool, object, false);
}
#endif

static const struct kind kinds[] = {
	{ "pages", GFP_KERNEL, take_pages, give_pages, pages_page },
	{ "compound", GFP_KERNEL | __GFP_COMP, take_pages, give_pages,
	  pages_page },
	{ "dma", GFP_KERNEL | GFP_DMA | __GFP_COMP, take_pages, give_pages,
	  pages_page },
	{ "dma32", GFP_KERNEL | GFP_DMA32 | __GFP_COMP, take_pages, give_pages,
	  pages_page },
	{ "movable", GFP_HIGHUSER_MOVABLE | __GFP_COMP, take_pages, give_pages,
	  pages_page },
	{ "kmalloc_dma", GFP_KERNEL | GFP_DMA, take_kmalloc, give_kmalloc,
	  kmalloc_page },
	{ "cache", GFP_KERNEL, take_object, give_object, kmalloc_page,
	  begin_cache, end_cache },
	{ "vmalloc", GFP_KERNEL, take_vmalloc, give_vmalloc, vmalloc_page },
	{ "vmap", GFP_KERNEL, take_vmap, give_vmap, vmalloc_page },
	{ "percpu", GFP_KERNEL, take_percpu, give_percpu, percpu_page },
	{ "coherent", GFP_KERNEL, take_coherent, give_coherent, kmalloc_page,
	  begin_device, end_device },
	{ "managed", GFP_KERNEL, take_managed, give_managed, kmalloc_page,
	  begin_device, end_device },
	{ "dma_pool", GFP_KERNEL, take_dma_pool, give_dma_pool, kmalloc_page,
	  begin_dma_pool, end_dma_pool },
#ifdef CONFIG_PAGE_POOL
	{ "page_pool", GFP_KERNEL, take_pool, give_pool, pages_page,
	  begin_pool, end_pool },
#endif
};

static void give_all(void)
{
	if (!taken)
		return;
	while (nr_objects)
		taken->give(objects[--nr_objects]);
	if (taken->end)
		taken->end();
	taken = NULL;
}

/* At most 8 MiB at once, at least two objects. */
static int take_all(const struct kind *kind)
{
	unsigned int want = clamp(2048U >> order, 2U, (unsigned int)OBJECTS);
	int ret = kind->begin ? kind->begin() : 0;

	if (ret)
		return ret;
	taken = kind;
	while (nr_objects < want) {
		objects[nr_objects] = kind->take(kind->gfp | __GFP_NOWARN);
		if (!objects[nr_objects])
			return -ENOMEM;
		nr_objects++;
	}
	return 0;
}

static int take_kind(const char *name)
{
	unsigned int i;

	if (!strcmp(name, "none"))
		return 0;
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(name, kinds[i].name))
			return take_all(&kinds[i]);
	return -EINVAL;
}

static bool is_taken(unsigned long pfn)
{
	unsigned int i;

	for (i = 0; i < nr_objects; i++)
		if (page_to_pfn(taken->page(objects[i])) == pfn)
			return true;
	return false;
}

static void give_half(void)
{
	unsigned long pfn;
	unsigned int i;

	for (i = nr_objects; i--; ) {
		pfn = page_to_pfn(taken->page(objects[i]));
		if (!(pfn >> order & 1) || !is_taken(pfn - BIT(order)))
			continue;
		taken->give(objects[i]);
		objects[i] = objects[--nr_objects];
	}
}

/* A kernel with checks looks at the extent whenever it allocates, and would wait. */
static int change_extent(bool begin)
{
#if defined(CONFIG_MEMORY_HOTPLUG) && !defined(CONFIG_DEBUG_VM)
	static bool begun;
	struct zone *zone = page_zone(pfn_to_page(PHYS_PFN(SZ_1M)));

	if (begin == begun)
		return 0;
	begun = begin;
	if (begin)
		raw_write_seqcount_begin(&zone->span_seqlock.seqcount);
	else
		raw_write_seqcount_end(&zone->span_seqlock.seqcount);
	return 0;
#else
	return begin ? -EOPNOTSUPP : 0;
#endif
}

static int take_text(const char *text)
{
	char name[32];
	int ret = -EINVAL;

	if (!strncmp(text, "odd", 3) || !strncmp(text, "even", 4))
		return change_extent(text[0] == 'o');
	if (!strncmp(text, "half", 4)) {
		if (taken)
			give_half();
		return 0;
	}
	give_all();
	order = 0;
	if (sscanf(text, "%31s %u", name, &order) >= 1 && order < 11)
		ret = take_kind(name);
	if (ret)
		give_all();
	return ret;
}

static ssize_t known_write(struct file *file, const char __user *buf,
			   size_t count, loff_t *ppos)
{
	char text[32];
	ssize_t len;
	int ret;

	len = simple_write_to_buffer(text, sizeof(text) - 1, ppos, buf, count);
	if (len <= 0)
		return len;
	text[len] = '\0';
	mutex_lock(&known_mutex);
	ret = take_text(text);
	mutex_unlock(&known_mutex);
	return ret ? ret : count;
}

/* Several objects of one slab lie in one page: it is listed once. */
static bool is_listed(unsigned int upto, struct page *page)
{
	unsigned int i;

	for (i = 0; i < upto; i++)
		if (taken->page(objects[i]) == page)
			return true;
	return false;
}

static int known_show(struct seq_file *m, void *unused)
{
	struct page *page;
	unsigned int i;

	mutex_lock(&known_mutex);
	for (i = 0; i < nr_objects; i++) {
		page = taken->page(objects[i]);
		if (!page || is_listed(i, page))
			continue;
		seq_printf(m, "%lu %u %d %s\n", page_to_pfn(page),
			   PageCompound(page) ? compound_order(page) : order,
			   page_to_nid(page), page_zone(page)->name);
	}
	mutex_unlock(&known_mutex);
	return 0;
}

static int known_open(struct inode *inode, struct file *file)
{
	return single_open(file, known_show, NULL);
}

static const struct file_operations known_fops = {
	.owner = THIS_MODULE,
	.open = known_open,
	.read = seq_read,
	.write = known_write,
	.llseek = seq_lseek,
	.release = single_release,
};

#define LISTED	BIT(30)

static s32 refcount_of(struct page *page)
{
	struct list_head *next, *back;

	if (page_ref_count(page) || PageBuddy(page) || PageTail(page))
		return page_ref_count(page);
	next = READ_ONCE(page->lru.next);
	if (next == &page->lru ||
	    copy_from_kernel_nofault(&back, &next->prev, sizeof(back)))
		return 0;
	return back == &page->lru ? LISTED : 0;
}

static ssize_t refcounts_read(struct file *file, char __user *buf, size_t count,
			      loff_t *ppos)
{
	s32 __user *out = (s32 __user *)buf;
	unsigned long pfn = *ppos / sizeof(s32);
	size_t i, words = count / sizeof(s32);
	struct page *page;

	for (i = 0; i < words; i++) {
		page = pfn_to_online_page(pfn + i);
		if (put_user(page ? refcount_of(page) : -1, out + i))
			return -EFAULT;
		cond_resched();
	}
	*ppos += i * sizeof(s32);
	return i * sizeof(s32);
}

static const struct file_operations refcounts_fops = {
	.owner = THIS_MODULE,
	.read = refcounts_read,
	.llseek = default_llseek,
};

static struct dentry *files[2];

static int __init known_init(void)
{
	files[0] = debugfs_create_file("known", 0600, NULL, NULL, &known_fops);
	files[1] = debugfs_create_file("known_refcounts", 0400, NULL, NULL,
				       &refcounts_fops);
	return 0;
}

static void __exit known_exit(void)
{
	debugfs_remove(files[0]);
	debugfs_remove(files[1]);
	change_extent(false);
	give_all();
}

module_init(known_init);
module_exit(known_exit);
MODULE_DESCRIPTION("Pages whose kind and place are known, to look for");
MODULE_LICENSE("GPL");
