// SPDX-License-Identifier: GPL-2.0-only
/* v5.14: task->state became task->__state */
#include <linux/sched.h>

unsigned int probe(const struct task_struct *task);
unsigned int probe(const struct task_struct *task)
{
	return task->__state;
}
