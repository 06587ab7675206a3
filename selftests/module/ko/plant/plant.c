// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults on purpose, one a load: the parameter fault names it. A debug kernel has
 * to report each of them, and whoever runs the guest has to see that report.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>

static char *fault = "";
module_param(fault, charp, 0400);

/* Sizes and indices that the compiler cannot know. */
static unsigned int thirteen = 13;
module_param(thirteen, uint, 0400);

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DEFINE_SPINLOCK(spinning);
static unsigned int table[4];
static unsigned int __rcu *guarded = RCU_INITIALIZER(table);

static int read_beyond(void)
{
	char *bytes = kmalloc(thirteen, GFP_KERNEL);
	int value;

	if (!bytes)
		return -ENOMEM;
	value = READ_ONCE(bytes[thirteen]);
	kfree(bytes);
	return value & 0;
}

static int read_freed(void)
{
	char *bytes = kmalloc(thirteen, GFP_KERNEL);

	if (!bytes)
		return -ENOMEM;
	kfree(bytes);
	return READ_ONCE(bytes[0]) & 0;
}

static int read_beyond_vmalloc(void)
{
	char *bytes = vmalloc(PAGE_SIZE - thirteen);
	int value;

	if (!bytes)
		return -ENOMEM;
	value = READ_ONCE(bytes[PAGE_SIZE - thirteen]);
	vfree(bytes);
	return value & 0;
}

static int lock_both_ways(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
	return 0;
}

static int sleep_in_atomic(void)
{
	spin_lock(&spinning);
	might_sleep();
	spin_unlock(&spinning);
	return 0;
}

static int read_outside_rcu(void)
{
	return *rcu_dereference(guarded) & 0;
}

static int corrupt_list(void)
{
	struct list_head a, b;
	LIST_HEAD(list);

	list_add(&a, &list);
	list_add(&b, &list);
	a.prev = &a;
	list_del(&a);
	return 0;
}

/* A page that is free may not be given back. */
static int free_page_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__free_page(page);
	put_page(page);
	return 0;
}

static int leak_once(void)
{
	char *bytes = kmalloc(1000 + thirteen, GFP_KERNEL);

	if (!bytes)
		return -ENOMEM;
	memset(bytes, 0x5a, 1000);
	OPTIMIZER_HIDE_VAR(bytes);
	return 0;
}

/*
 * More than one: kmemleak takes any word that it meets for a pointer, and what is left of the last
 * one on a stack or in memory that was not cleared keeps that one known.
 */
static int leak(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < thirteen && !ret; i++)
		ret = leak_once();
	return ret;
}

static int underflow(void)
{
	refcount_t count = REFCOUNT_INIT(1);

	return refcount_sub_and_test(thirteen, &count) ? -EINVAL : 0;
}

static int shift_too_far(void)
{
	return (1U << (thirteen * 3)) & 0;
}

static int index_too_far(void)
{
	return READ_ONCE(table[thirteen]) & 0;
}

static void do_nothing(struct timer_list *timer)
{
}

static int free_timer(void)
{
	struct timer_list *timer = kmalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return -ENOMEM;
	timer_setup(timer, do_nothing, 0);
	mod_timer(timer, jiffies + 1000 * HZ);
	kfree(timer);
	return 0;
}

/* Longer than twice the threshold of the watchdog. */
static int spin_long(void)
{
	unsigned int i;

	preempt_disable();
	for (i = 0; i < 15 * thirteen; i++)
		mdelay(50);
	preempt_enable();
	return 0;
}

/* Right as long as no allocation fails. */
static int trust_allocation(void)
{
	unsigned int *words = kmalloc(thirteen * sizeof(*words), GFP_KERNEL);

	WRITE_ONCE(words[0], 1);
	kfree(words);
	return 0;
}

/* Loses the first one where the second one fails. */
static int lose_one(void)
{
	char *one = kmalloc(1000 + thirteen, GFP_KERNEL), *two;

	if (!one)
		return -ENOMEM;
	two = kmalloc(thirteen, GFP_KERNEL);
	OPTIMIZER_HIDE_VAR(one);
	if (!two)
		return -ENOMEM;
	kfree(two);
	kfree(one);
	return 0;
}

/* As many chances to fail, for the reason that leak() has. */
static int lose_on_failure(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < thirteen && !ret; i++)
		ret = lose_one();
	return ret;
}

static const struct {
	const char *name;
	int (*plant)(void);
} faults[] = {
	{ "read-beyond", read_beyond },
	{ "read-freed", read_freed },
	{ "read-beyond-vmalloc", read_beyond_vmalloc },
	{ "lock-both-ways", lock_both_ways },
	{ "sleep-in-atomic", sleep_in_atomic },
	{ "read-outside-rcu", read_outside_rcu },
	{ "corrupt-list", corrupt_list },
	{ "free-page-twice", free_page_twice },
	{ "leak", leak },
	{ "underflow", underflow },
	{ "shift-too-far", shift_too_far },
	{ "index-too-far", index_too_far },
	{ "free-timer", free_timer },
	{ "spin-long", spin_long },
	{ "trust-allocation", trust_allocation },
	{ "lose-on-failure", lose_on_failure },
};

static int __init plant_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++)
		if (!strcmp(faults[i].name, fault))
			return faults[i].plant();
	pr_err("no fault '%s'\n", fault);
	return -EINVAL;
}

static void __exit plant_exit(void)
{
}

module_init(plant_init);
module_exit(plant_exit);
MODULE_DESCRIPTION("Faults on purpose, to see them reported");
MODULE_LICENSE("GPL");
