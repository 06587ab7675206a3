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
#include "base/array.h"
#include "source/asking.h"
#include "source/parse.h"

#define PF_MEMALLOC	0x800	/* unchanged since 2.6 */
#define STAT_FLAGS	9	/* fields of /proc/PID/stat, from 1 */
#define STAT_MINOR	10
#define STAT_MAJOR	12
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

void pfnscope_distances_read(const struct pfnscope_source *source, int64_t node,
			     struct pfnscope_distances *distances)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	uint64_t distance;
	char path[64];
	size_t to;

	*distances = (struct pfnscope_distances){ .known = false };
	snprintf(path, sizeof(path), "sys/devices/system/node/node%lld/distance",
		 (long long)node);
	if (pfnscope_source_input(source, path, &parser.input))
		return;
	if (pfnscope_parse_line(&parser) > 0)
		for (to = 0; to < PFNSCOPE_DISTANCES &&
		     pfnscope_parse_word(&parser, &token) &&
		     !pfnscope_digits(token.text, token.length, &distance) &&
		     distance < 65536; to++) {
			distances->to[to] = (int64_t)distance;
			distances->known = true;
		}
	pfnscope_input_close(parser.input);
}

static char *asking_read(const struct pfnscope_source *source, uint64_t pid,
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

/*
 * What mpol_to_str() prints. Two names have a blank in them, since 5.15 and 6.9.
 * Nodes that take turns cannot be foretold; nor can what later kernels add.
 */
static const struct {
	const char *name;
	enum { OWN_NODE, ONE_NODE, FIRST_NODES, ONLY_NODES, TURNS } means;
} policies[] = {
	{ "default", OWN_NODE },
	{ "local", OWN_NODE },
	{ "prefer (many)", FIRST_NODES },
	{ "prefer", ONE_NODE },
	{ "bind", ONLY_NODES },
	{ "interleave", TURNS },
	{ "weighted interleave", TURNS },
};

#define POLICIES	ARRAY_SIZE(policies)

/* The policy that @word begins with, behind it a mode, nodes or the next word. */
static size_t policy_named(const char *word)
{
	size_t i;

	for (i = 0; i < POLICIES; i++) {
		size_t length = strlen(policies[i].name);

		if (!strncmp(word, policies[i].name, length) &&
		    strchr("=: \n", word[length]))
			break;
	}
	return i;
}

/* The one node of a list, PFNSCOPE_MISSING where there are more: "2", not "0-1" nor "0,2". */
static int64_t only_node(const char *list)
{
	char *end;
	unsigned long node = strtoul(list, &end, 10);

	return end == list || *end ? PFNSCOPE_MISSING : (int64_t)node;
}

/* Where one node alone takes turns, it is the next each time. */
static void parse_turns(const char *nodes, struct pfnscope_policy *policy)
{
	policy->node = nodes ? only_node(nodes + 1) : PFNSCOPE_MISSING;
	policy->rotates = policy->node == PFNSCOPE_MISSING;
}

/* "bind:0-1", "bind=static:0", "prefer:1", "prefer (many):2-3", "default" */
static void parse_policy(const char *maps, struct pfnscope_policy *policy)
{
	const char *word = policy_word(maps), *nodes;
	size_t named, length;

	word += strspn(word, " ");
	named = policy_named(word);
	length = named < POLICIES ? strlen(policies[named].name) : 0;
	length += strcspn(word + length, " \n");
	snprintf(policy->text, sizeof(policy->text), "%.*s", (int)length, word);
	nodes = strchr(policy->text, ':');
	if (named == POLICIES)
		policy->rotates = length;
	else if (policies[named].means == TURNS)
		parse_turns(nodes, policy);
	if (named == POLICIES || policies[named].means == TURNS || !nodes)
		return;
	if (policies[named].means == ONE_NODE)
		policy->node = (int64_t)strtoul(nodes + 1, NULL, 10);
	else if (policies[named].means != OWN_NODE)
		policy->nodes = pfnscope_node_bits(nodes + 1);
	policy->first = policies[named].means == FIRST_NODES;
}

static void read_policy(const struct pfnscope_source *source, uint64_t pid,
			struct pfnscope_policy *policy)
{
	struct pfnscope_error error = { 0 };
	char *maps = asking_read(source, pid, "numa_maps", MAPS, &error);

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
	char *status = asking_read(source, pid, "status", SMALL, error);
	char *stat = status ? asking_read(source, pid, "stat", SMALL, error) :
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

void pfnscope_task_faults(const struct pfnscope_source *source, uint64_t pid,
			  int64_t *minor, int64_t *major)
{
	struct pfnscope_error error = { 0 };
	char *stat = asking_read(source, pid, "stat", SMALL, &error);

	*minor = *major = PFNSCOPE_MISSING;
	if (stat) {
		*minor = (int64_t)(stat_field(stat, STAT_MINOR) & INT64_MAX);
		*major = (int64_t)(stat_field(stat, STAT_MAJOR) & INT64_MAX);
	}
	free(stat);
}
