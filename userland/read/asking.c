// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task's say in an allocation. Its memory policy is in no file of /proc, so
 * only the cpuset limits the nodes here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/gfp.h"
#include "model/nodes.h"
#include "read/asking.h"

#define PF_MEMALLOC	0x800	/* unchanged since 2.6 */
#define STAT_FLAGS	9	/* fields of /proc/PID/stat, from 1 */
#define STAT_POLICY	41
#define SMALL		16384
#define NODES		64

int64_t pfnscope_cpu_node(const struct pfnscope_source *source, uint64_t cpu)
{
	char path[96];

	for (int node = 0; node < NODES; node++) {
		snprintf(path, sizeof(path),
			 "sys/devices/system/cpu/cpu%llu/node%d",
			 (unsigned long long)cpu, node);
		if (pfnscope_source_has(source, path))
			return node;
	}
	return PFNSCOPE_MISSING;
}

static char *read_small(const struct pfnscope_source *source, uint64_t pid,
			const char *name, struct pfnscope_error *error)
{
	struct pfnscope_input *input;
	char path[64], *text = NULL;
	size_t size;
	int failure;

	snprintf(path, sizeof(path), "proc/%llu/%s", (unsigned long long)pid,
		 name);
	failure = pfnscope_source_input(source, path, &input);
	if (failure) {
		pfnscope_fail(error, PFNSCOPE_USAGE, "--pid: %s: %s", path,
			      strerror(failure));
		return NULL;
	}
	if (pfnscope_input_all(input, SMALL, &text, &size, error))
		text = NULL;
	pfnscope_input_close(input);
	return text;
}

/* The name in brackets may hold anything: the fields are behind the last. */
static unsigned long stat_field(const char *stat, int field)
{
	const char *at = strrchr(stat, ')');

	for (int i = 2; at && i < field; i++) {
		at = strchr(at, ' ');
		if (at)
			at++;
	}
	return at ? strtoul(at, NULL, 10) : 0;
}

int pfnscope_task_read(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_request *request,
		       struct pfnscope_error *error)
{
	static const char key[] = "Mems_allowed_list:";
	char *status = read_small(source, pid, "status", error);
	char *stat = status ? read_small(source, pid, "stat", error) : NULL;
	const char *mems = status ? strstr(status, key) : NULL;
	bool atomic = !(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) &&
		      (request->gfp & PFNSCOPE_GFP_HIGH);
	unsigned long policy;

	if (!stat) {
		free(status);
		return -1;
	}
	/* What must not wait may leave its cpuset. */
	if (mems && !atomic)
		request->nodes = pfnscope_node_bits(mems + strlen(key));
	policy = stat_field(stat, STAT_POLICY);
	request->realtime = policy == 1 || policy == 2;	/* FIFO, RR */
	request->memalloc = stat_field(stat, STAT_FLAGS) & PF_MEMALLOC;
	free(status);
	free(stat);
	return 0;
}
