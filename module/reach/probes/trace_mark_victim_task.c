// SPDX-License-Identifier: GPL-2.0-only
/* v6.9, and stable since: mark_victim gives the task, it gave the pid before */
#include <linux/mm.h>
#include <trace/events/oom.h>

void probe(void *data, struct task_struct *task, uid_t uid);
void probe(void *data, struct task_struct *task, uid_t uid)
{
	check_trace_callback_type_mark_victim(probe);
}
