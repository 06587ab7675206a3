// SPDX-License-Identifier: GPL-2.0-only
/*
 * pgdat->kswapd belongs to memory hotplug: when the last page of a node goes
 * offline the thread is stopped and its task_struct freed before the pointer is
 * cleared, under a lock that is not exported. So the task is read without trust
 * and believed only if it calls itself by the name of this node's kswapd.
 */
#include <linux/log2.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "reach/config.h"
#include "reach/kswapd.h"

struct task_glimpse {
	pid_t pid;
	unsigned int state;
	char comm[TASK_COMM_LEN];
};

static int task_state_read(struct task_struct *task, unsigned int *state)
{
#ifdef HAVE_TASK___STATE
	return get_kernel_nofault(*state, &task->__state);
#else
	long value;

	if (get_kernel_nofault(value, (const long *)&task->state))
		return -EFAULT;
	*state = value;
	return 0;
#endif
}

static int task_read(struct task_struct *task, struct task_glimpse *glimpse)
{
	if (get_kernel_nofault(glimpse->pid, &task->pid) ||
	    task_state_read(task, &glimpse->state))
		return -EFAULT;
	return copy_from_kernel_nofault(glimpse->comm, task->comm,
					sizeof(glimpse->comm));
}

/* The letter that ps shows. */
static char state_letter(unsigned int state)
{
	if ((state & TASK_IDLE) == TASK_IDLE)
		state = TASK_REPORT_IDLE;
	return task_index_to_char(fls(state & (TASK_REPORT | TASK_REPORT_IDLE)));
}

static int kswapd_failures(const struct pglist_data *pgdat)
{
#ifdef HAVE_KSWAPD_FAILURES_ATOMIC
	return atomic_read(&pgdat->kswapd_failures);
#else
	return READ_ONCE(pgdat->kswapd_failures);
#endif
}

/* MAX_NR_ZONES stands for "has taken its orders, and got no new ones". */
static void read_request(struct pglist_data *pgdat,
			 struct pfnscope_reclaim *record)
{
	unsigned int index = READ_ONCE(pgdat->kswapd_highest_zoneidx);

	if (index >= MAX_NR_ZONES)
		return;
	record->kswapd_highest_zone = pgdat->node_zones[index].name;
	record->kswapd_order = READ_ONCE(pgdat->kswapd_order);
}

/**
 * pfnscope_kswapd_read - what a node's kswapd is doing
 * @pgdat: the node
 * @record: its kswapd members are filled; those of the task are left alone when
 *	the node has no kswapd, those of the request when there is none
 */
void pfnscope_kswapd_read(struct pglist_data *pgdat,
			  struct pfnscope_reclaim *record)
{
	struct task_struct *task = READ_ONCE(pgdat->kswapd);
	char name[TASK_COMM_LEN];
	struct task_glimpse glimpse;

	record->kswapd_failures = kswapd_failures(pgdat);
	read_request(pgdat, record);
	snprintf(name, sizeof(name), "kswapd%d", pgdat->node_id);
	if (!task || task_read(task, &glimpse) ||
	    strncmp(glimpse.comm, name, sizeof(name)))
		return;
	record->kswapd_pid = glimpse.pid;
	record->kswapd_state = state_letter(glimpse.state);
}
