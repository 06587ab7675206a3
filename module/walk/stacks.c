// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel stacks are vmalloc pages without a page type, so they are collected
 * from the tasks before a scan: by process id in short RCU sections, as the list
 * of tasks may be long. The stack of a task that exits meanwhile may be in use
 * for something else when it is looked up; that task's pages are then named
 * wrongly. The stacks of the idle tasks are missing, they have no process id.
 */
#include <linux/idr.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "walk/cancel.h"
#include "walk/memory.h"
#include "walk/sorted.h"
#include "walk/stacks.h"

#define STACK_PAGES	(THREAD_SIZE / PAGE_SIZE)

/* Process ids looked at in one RCU section. */
#define BATCH		64

/* 2^20 threads: 32 MiB. Stacks beyond that are called the kernel's. */
#define MAX_STACKS	BIT(20)

static struct page *stack_page(const void *stack, unsigned int index)
{
	const void *address = stack + index * PAGE_SIZE;

	if (is_vmalloc_addr(address))
		return vmalloc_to_page(address);
	return virt_to_page(address);
}

/* Under RCU: the task may exit, but its task_struct stays. */
static void add_task(struct pfnscope_stacks *stacks, unsigned int room,
		     const struct task_struct *task)
{
	const void *stack = READ_ONCE(task->stack);
	struct page *page;
	unsigned int i;

	for (i = 0; stack && i < STACK_PAGES && stacks->count < room; i++) {
		page = stack_page(stack, i);
		if (page)
			stacks->pfns[stacks->count++] = page_to_pfn(page);
	}
}

/*
 * Visits all tasks, adding their stacks where there is room for them.
 * Return: how many tasks there are, or -EINTR.
 */
static int visit_tasks(struct pfnscope_stacks *stacks, unsigned int room)
{
	struct task_struct *task;
	struct pid *pid = NULL;
	int nr = 1, tasks = 0;
	unsigned int i;

	do {
		rcu_read_lock();
		for (i = 0; i < BATCH; i++, nr++) {
			pid = idr_get_next(&init_pid_ns.idr, &nr);
			if (!pid)
				break;
			task = pid_task(pid, PIDTYPE_PID);
			if (!task)
				continue;
			tasks++;
			if (room)
				add_task(stacks, room, task);
		}
		rcu_read_unlock();
		cond_resched();
		if (pfnscope_walk_cancelled())
			return -EINTR;
	} while (pid);
	return tasks;
}

/**
 * pfnscope_stacks_collect - find the kernel stacks of all tasks
 * @stacks: filled; to be freed by pfnscope_stacks_free(), also after an error
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_stacks_collect(struct pfnscope_stacks *stacks)
{
	unsigned int room;
	int tasks;

	stacks->pfns = NULL;
	stacks->count = 0;
	tasks = visit_tasks(stacks, 0);
	if (tasks < 0)
		return tasks;
	/* Some may be born until the second visit. */
	room = min_t(unsigned long, tasks + BATCH, MAX_STACKS) * STACK_PAGES;
	stacks->pfns = pfnscope_room(room, sizeof(*stacks->pfns));
	if (!stacks->pfns)
		return -ENOMEM;
	tasks = visit_tasks(stacks, room);
	if (tasks < 0)
		return tasks;
	pfnscope_sort(stacks->pfns, stacks->count, sizeof(*stacks->pfns));
	return 0;
}

/**
 * pfnscope_stacks_free - give the memory back
 * @stacks: what pfnscope_stacks_collect() filled, or zeroes
 */
void pfnscope_stacks_free(struct pfnscope_stacks *stacks)
{
	kvfree(stacks->pfns);
	stacks->pfns = NULL;
	stacks->count = 0;
}

/**
 * pfnscope_stacks_contain - is a page frame part of a kernel stack?
 * @stacks: as collected, or zeroed: nobody asked
 * @pfn: the page frame
 *
 * Return: true if it was when the stacks were collected.
 */
bool pfnscope_stacks_contain(const struct pfnscope_stacks *stacks,
			     unsigned long pfn)
{
	return pfnscope_find(stacks->pfns, stacks->count, sizeof(pfn), pfn);
}
