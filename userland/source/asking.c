// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task's say in an allocation. Its memory policy is in no file of its own, but
 * numa_maps prints it for each mapping that has none: the stack, say, which
 * programs do not mbind().
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/gfp.h"
#include "allocator/nodes.h"
#include "source/asking.h"

#define PF_MEMALLOC	0x800	/* unchanged since 2.6 */
#define STAT_FLAGS	9	/* fields of /proc/PID/stat, from 1 */
#define STAT_CPU	39
#define STAT_POLICY	41
#define SMALL		16384
#define MAPS		(4 << 20)
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

static char *read_file(const struct pfnscope_source *source, uint64_t pid,
		       const char *name, size_t limit,
		       struct pfnscope_error *error)
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
	if (pfnscope_input_all(input, limit, &text, &size, error))
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

/* The second word of the stack's line, else of the first one. */
static const char *policy_word(const char *maps)
{
	const char *line = strstr(maps, " stack");

	while (line && line > maps && line[-1] != '\n')
		line--;
	line = line ? line : maps;
	return line + strcspn(line, " \n");
}

/* "bind:0-1", "bind=static:0", "prefer:1", "interleave:0-3", "default" */
static void parse_policy(const char *maps, struct pfnscope_policy *policy)
{
	const char *word = policy_word(maps), *nodes;

	if (sscanf(word, " %63s", policy->text) != 1)
		return;
	nodes = strchr(policy->text, ':');
	policy->rotates = strstr(policy->text, "interleave");
	if (!nodes || policy->rotates)
		return;
	if (!strncmp(policy->text, "bind", 4))
		policy->nodes = pfnscope_node_bits(nodes + 1);
	else if (!strncmp(policy->text, "prefer", 6))
		policy->node = (int64_t)strtoul(nodes + 1, NULL, 10);
}

static void read_policy(const struct pfnscope_source *source, uint64_t pid,
			struct pfnscope_policy *policy)
{
	struct pfnscope_error error = { 0 };
	char *maps = read_file(source, pid, "numa_maps", MAPS, &error);

	*policy = (struct pfnscope_policy){ .node = PFNSCOPE_MISSING };
	if (maps)
		parse_policy(maps, policy);
	free(maps);
}

int pfnscope_task_read(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_request *request,
		       struct pfnscope_policy *policy,
		       struct pfnscope_error *error)
{
	static const char key[] = "Mems_allowed_list:";
	char *status = read_file(source, pid, "status", SMALL, error);
	char *stat = status ? read_file(source, pid, "stat", SMALL, error) :
			      NULL;
	const char *mems = status ? strstr(status, key) : NULL;
	unsigned long scheduling;

	if (!stat) {
		free(status);
		return -1;
	}
	if (mems)
		request->cpuset = pfnscope_node_bits(mems + strlen(key));
	scheduling = stat_field(stat, STAT_POLICY);
	request->realtime = scheduling == 1 || scheduling == 2 ||
			    scheduling == 6;	/* FIFO, RR, DEADLINE */
	if (request->cpu == PFNSCOPE_MISSING)
		request->cpu = (int64_t)stat_field(stat, STAT_CPU);
	request->memalloc = stat_field(stat, STAT_FLAGS) & PF_MEMALLOC;
	read_policy(source, pid, policy);
	free(status);
	free(stat);
	return 0;
}
