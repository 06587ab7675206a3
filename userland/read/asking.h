/* SPDX-License-Identifier: GPL-2.0-only */
/* Who asks: what the kernel tells of a task and of a CPU. */
#ifndef PFNSCOPE_READ_ASKING_H
#define PFNSCOPE_READ_ASKING_H

#include <stdint.h>

#include "model/error.h"
#include "model/explain.h"
#include "read/source.h"

/* Node of a CPU, PFNSCOPE_MISSING where sysfs does not tell. */
int64_t pfnscope_cpu_node(const struct pfnscope_source *source, uint64_t cpu);
/* Cpuset, PF_MEMALLOC and realtime scheduling of a task, into @request. */
int pfnscope_task_read(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_request *request,
		       struct pfnscope_error *error);

#endif
