// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes a known number of pages at known places in its code. What is written to
 * /sys/kernel/debug/asker is done at once:
 *
 *   ROUTE COUNT ORDER	takes so many blocks by that route, beside what it has; the
 *			function is asker_ROUTE(): pages, compound, dma, movable, exact
 *			(three quarters of the block, in pages), coherent (by the DMA
 *			API, for a device that can address 16 MiB), hardirq (in one)
 *   half		gives back every second page of what "exact" took
 *   none		gives back all
 *   churn COUNT 0	takes and gives a page so many times, in asker_churn()
 *   storm COUNT 0	the same on every CPU by turns, in works, until "calm" or the end
 *
 * Reading says how many pages it has. init_pages=N are taken by asker_init_pages(),
 * which is gone once it is loaded; keep=1 has what it took stay when it is unloaded.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/irq_work.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define OBJECTS	(128 * 1024)

static uint init_pages;
module_param(init_pages, uint, 0400);
static bool keep;
module_param(keep, bool, 0400);

/**
 * struct object - what one request got
 * @virt: by its address
 * @dma: for the device
 * @order: of the request
 * @pages: it has
 * @route: by which it was taken
 * @given: pages of it that were given back, every second one
 */
struct object {
	void *virt;
	dma_addr_t dma;
	unsigned int order;
	unsigned int pages;
	const struct route *route;
	bool given;
};

struct route {
	const char *name;
	bool (*take)(struct object *object);
	void (*give)(struct object *object);
};

/* Held while pages are taken or given. */
static DEFINE_MUTEX(asker_mutex);
static struct object *objects;
static unsigned int nr_objects;
static struct platform_device *device;

static bool got(struct object *object, struct page *page)
{
	object->virt = page ? page_address(page) : NULL;
	return page;
}

static void give_pages(struct object *object)
{
	__free_pages(virt_to_page(object->virt), object->order);
}

static noinline bool asker_pages(struct object *object)
{
	return got(object, alloc_pages(GFP_KERNEL | __GFP_NOWARN, object->order));
}

static noinline bool asker_compound(struct object *object)
{
	return got(object, alloc_pages(GFP_KERNEL | __GFP_COMP | __GFP_NOWARN,
				       object->order));
}

static noinline bool asker_dma(struct object *object)
{
	return got(object, alloc_pages(GFP_KERNEL | GFP_DMA | __GFP_NOWARN,
				       object->order));
}

static noinline bool asker_movable(struct object *object)
{
	return got(object, alloc_pages(GFP_USER | __GFP_MOVABLE | __GFP_NOWARN,
				       object->order));
}

static noinline bool asker_exact(struct object *object)
{
	object->pages = max(1U, 3U << object->order >> 2);
	object->virt = alloc_pages_exact(object->pages * PAGE_SIZE,
					 GFP_KERNEL | __GFP_NOWARN);
	return object->virt;
}

static void give_exact(struct object *object)
{
	unsigned int i;

	for (i = 0; i < object->pages; i++)
		if (!object->given || i % 2)
			free_page((unsigned long)object->virt + i * PAGE_SIZE);
}

static noinline bool asker_coherent(struct object *object)
{
	object->virt = dma_alloc_coherent(&device->dev,
					  PAGE_SIZE << object->order,
					  &object->dma, GFP_KERNEL | __GFP_NOWARN);
	return object->virt;
}

static void give_coherent(struct object *object)
{
	dma_free_coherent(&device->dev, PAGE_SIZE << object->order,
			  object->virt, object->dma);
}

static struct irq_work hardirq_work;
static struct object *hardirq_object;

static noinline void asker_hardirq(struct irq_work *work)
{
	got(hardirq_object, alloc_pages(GFP_ATOMIC | __GFP_NOWARN,
					hardirq_object->order));
}

static bool take_hardirq(struct object *object)
{
	hardirq_object = object;
	init_irq_work(&hardirq_work, asker_hardirq);
	irq_work_queue(&hardirq_work);
	irq_work_sync(&hardirq_work);
	return object->virt;
}

static __init noinline bool asker_init_pages(struct object *object)
{
	return got(object, alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0));
}

static const struct route routes[] = {
	{ "pages", asker_pages, give_pages },
	{ "compound", asker_compound, give_pages },
	{ "dma", asker_dma, give_pages },
	{ "movable", asker_movable, give_pages },
	{ "exact", asker_exact, give_exact },
	{ "coherent", asker_coherent, give_coherent },
	{ "hardirq", take_hardirq, give_pages },
};

static int take(const struct route *route, bool (*how)(struct object *object),
		unsigned int count, unsigned int order)
{
	struct object *object;

	while (count--) {
		if (nr_objects == OBJECTS)
			return -ENOSPC;
		object = &objects[nr_objects];
		*object = (struct object){ .order = order, .pages = 1 << order,
					   .route = route };
		if (!how(object))
			return -ENOMEM;
		nr_objects++;
		cond_resched();
	}
	return 0;
}

static void give_all(void)
{
	while (nr_objects) {
		nr_objects--;
		objects[nr_objects].route->give(&objects[nr_objects]);
		cond_resched();
	}
}

static int give_half(void)
{
	unsigned int i, k;

	for (i = 0; i < nr_objects; i++) {
		if (objects[i].route->give != give_exact || objects[i].given)
			continue;
		for (k = 0; k < objects[i].pages; k += 2)
			free_page((unsigned long)objects[i].virt + k * PAGE_SIZE);
		objects[i].given = true;
		cond_resched();
	}
	return 0;
}

static noinline int asker_churn(unsigned int count)
{
	struct page *page;

	while (count--) {
		page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0);
		if (!page)
			return -ENOMEM;
		__free_pages(page, 0);
		if (count % 1024 == 0)
			cond_resched();
	}
	return 0;
}

static bool storming;
static struct work_struct __percpu *storms;

static void storm(struct work_struct *work)
{
	while (READ_ONCE(storming)) {
		asker_churn(256);
		usleep_range(50, 200);
	}
}

static void calm(void)
{
	int cpu;

	WRITE_ONCE(storming, false);
	for_each_online_cpu(cpu)
		cancel_work_sync(per_cpu_ptr(storms, cpu));
}

static int begin_storm(void)
{
	int cpu;

	calm();
	WRITE_ONCE(storming, true);
	for_each_online_cpu(cpu)
		queue_work_on(cpu, system_long_wq, per_cpu_ptr(storms, cpu));
	return 0;
}

static int obey(const char *text)
{
	unsigned int count = 0, order = 0, i;
	char word[16];

	if (sscanf(text, "%15s %u %u", word, &count, &order) < 1 || order > 9)
		return -EINVAL;
	if (!strcmp(word, "none"))
		give_all();
	else if (!strcmp(word, "calm"))
		calm();
	if (!strcmp(word, "none") || !strcmp(word, "calm"))
		return 0;
	if (!strcmp(word, "half"))
		return give_half();
	if (!strcmp(word, "churn"))
		return asker_churn(count);
	if (!strcmp(word, "storm"))
		return begin_storm();
	for (i = 0; i < ARRAY_SIZE(routes); i++)
		if (!strcmp(word, routes[i].name))
			return take(&routes[i], routes[i].take, count, order);
	return -EINVAL;
}

static ssize_t asker_write(struct file *file, const char __user *buf,
			   size_t count, loff_t *ppos)
{
	char text[48];
	ssize_t len;
	int ret;

	len = simple_write_to_buffer(text, sizeof(text) - 1, ppos, buf, count);
	if (len <= 0)
		return len;
	text[len] = '\0';
	mutex_lock(&asker_mutex);
	ret = obey(text);
	mutex_unlock(&asker_mutex);
	return ret ? ret : count;
}

static ssize_t asker_read(struct file *file, char __user *buf, size_t count,
			  loff_t *ppos)
{
	unsigned long pages = 0;
	unsigned int i;
	char text[24];
	int len;

	mutex_lock(&asker_mutex);
	for (i = 0; i < nr_objects; i++)
		pages += objects[i].given ? objects[i].pages / 2 :
					    objects[i].pages;
	mutex_unlock(&asker_mutex);
	len = scnprintf(text, sizeof(text), "%lu\n", pages);
	return simple_read_from_buffer(buf, count, ppos, text, len);
}

static const struct file_operations asker_fops = {
	.owner = THIS_MODULE,
	.read = asker_read,
	.write = asker_write,
	.llseek = default_llseek,
};

static struct dentry *file;

static int __init asker_init(void)
{
	int cpu;

	device = platform_device_register_simple("asker", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	objects = vzalloc(OBJECTS * sizeof(*objects));
	storms = alloc_percpu(struct work_struct);
	if (!objects || !storms ||
	    dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(24)) ||
	    take(&routes[0], asker_init_pages, init_pages, 0)) {
		free_percpu(storms);
		vfree(objects);
		platform_device_unregister(device);
		return -ENOMEM;
	}
	for_each_possible_cpu(cpu)
		INIT_WORK(per_cpu_ptr(storms, cpu), storm);
	file = debugfs_create_file("asker", 0600, NULL, NULL, &asker_fops);
	return 0;
}

static void __exit asker_exit(void)
{
	debugfs_remove(file);
	calm();
	if (!keep)
		give_all();
	free_percpu(storms);
	vfree(objects);
	platform_device_unregister(device);
}

module_init(asker_init);
module_exit(asker_exit);
MODULE_DESCRIPTION("Pages that are asked for at known places");
MODULE_LICENSE("GPL");
