// SPDX-License-Identifier: GPL-2.0-only
/*
 * When memory goes away, the kernel first marks its sections offline, then
 * calls the MEM_OFFLINE notifiers, then takes the range out of its zone and, on
 * removal, frees the struct pages. So whoever has seen pfn_to_online_page()
 * answer while holding this lock for read may use that page until he releases
 * it: the notifier waits for him. A later holder sees the section offline.
 */
#include <linux/limits.h>
#include <linux/memory.h>
#include <linux/notifier.h>
#include <linux/rwsem.h>

#include "reach/hotplug.h"

static DECLARE_RWSEM(memory_rwsem);

/* No allocation here, and nothing but the wait for readers. */
static int memory_event(struct notifier_block *nb, unsigned long action,
			void *arg)
{
	if (action == MEM_OFFLINE) {
		down_write(&memory_rwsem);
		up_write(&memory_rwsem);
	}
	return NOTIFY_OK;
}

/*
 * The first to be told: up to 5.10 a later one, SLUB's, frees what readers look
 * at under this lock.
 */
static struct notifier_block memory_nb = {
	.notifier_call = memory_event,
	.priority = INT_MAX,
};

/**
 * pfnscope_hotplug_init - begin to be told of memory going offline
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_hotplug_init(void)
{
	return register_memory_notifier(&memory_nb);
}

/**
 * pfnscope_hotplug_exit - stop it; nobody may hold the lock any more
 */
void pfnscope_hotplug_exit(void)
{
	unregister_memory_notifier(&memory_nb);
}

/**
 * pfnscope_hotplug_read_lock - keep struct pages that are online from going away
 *
 * To be held for a bounded piece of work (a section, say), and to be followed by
 * pfn_to_online_page() for every pageblock. Memory that is going offline waits
 * meanwhile; allocation and reclaim do not.
 *
 * Return: 0, or -EINTR when the task is being killed.
 */
int pfnscope_hotplug_read_lock(void)
{
	return down_read_killable(&memory_rwsem);
}

/**
 * pfnscope_hotplug_read_unlock - let memory go offline again
 */
void pfnscope_hotplug_read_unlock(void)
{
	up_read(&memory_rwsem);
}
