/* SPDX-License-Identifier: GPL-2.0-only */
/* A process as its checks want it. */
#ifndef PFNSCOPE_TRIAGE_TASK_H
#define PFNSCOPE_TRIAGE_TASK_H

#include "allocator/explain.h"
#include "base/error.h"
#include "source/asking.h"
#include "source/numbers.h"
#include "source/source.h"

/**
 * struct pfnscope_task - a process
 * @pid: its number
 * @status: /proc/PID/status, lines of one number
 * @rollup: /proc/PID/smaps_rollup, sums over its mappings
 * @request: how it asks: cpuset, CPU, policy
 * @policy: its memory policy
 * @minor: faults since it began, at the earlier and at the later reading
 * @major: of them, those that waited for a device
 * @vmas: mappings
 * @deleted: of them, of files that are gone
 * @memfd: of them, of memory without a file
 * @maps: the two above are known
 * @cgroup: its memory cgroup, NULL where it is not known; to be freed
 */
struct pfnscope_task {
	uint64_t pid;
	struct pfnscope_numbers status;
	struct pfnscope_numbers rollup;
	struct pfnscope_request request;
	struct pfnscope_policy policy;
	int64_t minor[2];
	int64_t major[2];
	int64_t vmas;
	int64_t deleted;
	int64_t memfd;
	bool maps;
	char *cgroup;
};

/* What it is now. Return: 0, or -1 where there is no such process. */
int pfnscope_task_look(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_task *task, struct pfnscope_error *error);
void pfnscope_task_clear(struct pfnscope_task *task);
/* A number of /proc/PID/@file. */
int64_t pfnscope_task_number(const struct pfnscope_source *source, uint64_t pid,
			     const char *file);
/* The same where it may be below 0. */
int64_t pfnscope_task_signed(const struct pfnscope_source *source, uint64_t pid,
			     const char *file);
/* Its memory cgroup, to be freed; NULL where it is not known. */
char *pfnscope_task_cgroup(const struct pfnscope_source *source, uint64_t pid);

#endif
