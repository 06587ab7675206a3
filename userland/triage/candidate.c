// SPDX-License-Identifier: GPL-2.0-only
/*
 * The counters of /proc/PID/status are those that oom_badness() adds up, read the same way: what is resident, in
 * swap, and in page tables, of the whole process.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/nodes.h"
#include "base/alloc.h"
#include "base/array.h"
#include "source/numbers.h"
#include "source/parse.h"
#include "triage/candidate.h"
#include "triage/task.h"

#define SIGKILL_PENDING	0x100	/* bit 8: signal 9 */

struct status {
	struct pfnscope_candidate *task;
	int64_t page_bytes;
};

/* "  1234 kB" in pages. */
static int64_t pages_of_text(const char *value, int64_t page_bytes)
{
	uint64_t kb;

	value += strspn(value, " \t");
	if (pfnscope_digits(value, strspn(value, "0123456789"), &kb) ||
	    kb > (uint64_t)PFNSCOPE_NUMBER_MAX / 1024 || page_bytes <= 0)
		return PFNSCOPE_MISSING;
	return (int64_t)kb * 1024 / page_bytes;
}

/* Page tables were counted apart by level up to 4.14. */
static void take_pages(struct status *s, const char *name, const char *value)
{
	struct pfnscope_badness *badness = &s->task->badness;
	const struct {
		const char *name;
		int64_t *to;
	} counters[] = {
		{ "VmRSS", &badness->rss }, { "VmSwap", &badness->swap },
		{ "VmPTE", &badness->tables }, { "VmPMD", &badness->tables },
	};

	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		if (!strcmp(name, counters[i].name))
			*counters[i].to = pfnscope_plus_known(*counters[i].to,
				pages_of_text(value, s->page_bytes));
	s->task->memory |= !strcmp(name, "VmRSS");
}

static void take_status_line(struct status *s, char *line)
{
	struct pfnscope_candidate *task = s->task;
	char *value = strchr(line, ':');

	if (!value)
		return;
	*value++ = '\0';
	value += strspn(value, " \t");
	if (!strcmp(line, "Name"))
		snprintf(task->comm, sizeof(task->comm), "%s", value);
	else if (!strcmp(line, "State"))
		task->ended = *value == 'Z' || *value == 'X';
	else if (!strcmp(line, "Uid"))
		task->badness.root = *value == '0';
	else if (!strcmp(line, "SigPnd") || !strcmp(line, "ShdPnd"))
		task->killed |= (strtoull(value, NULL, 16) & SIGKILL_PENDING) != 0;
	else if (!strcmp(line, "Mems_allowed_list"))
		task->mems = pfnscope_node_bits(value);
	else
		take_pages(s, line, value);
}

static bool read_status(const struct pfnscope_source *source, const char *path,
			int64_t page_bytes, struct pfnscope_candidate *task)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct status s = { task, page_bytes };
	int more;

	if (pfnscope_source_input(source, path, &parser.input))
		return false;
	while ((more = pfnscope_parse_line(&parser)) > 0)
		take_status_line(&s, parser.text);
	pfnscope_input_close(parser.input);
	return !more;
}

/* The memory of a process whose first thread has ended is that of the others: find_lock_task_mm(). */
static void read_threads(const struct pfnscope_source *source, int64_t page_bytes,
			 struct pfnscope_candidate *task)
{
	char *folder = pfnscope_format("proc/%" PRIu64 "/task", task->pid);
	char **names = pfnscope_source_list(source, folder);

	for (char **name = names; *name && !task->memory; name++) {
		char *path = pfnscope_format("%s/%s/status", folder, *name);

		read_status(source, path, page_bytes, task);
		free(path);
	}
	pfnscope_source_list_free(names);
	free(folder);
}

bool pfnscope_candidate_read(const struct pfnscope_source *source, uint64_t pid,
			     int64_t page_bytes, struct pfnscope_candidate *task)
{
	char *path = pfnscope_format("proc/%" PRIu64 "/status", pid);
	bool there;

	*task = (struct pfnscope_candidate){
		.pid = pid,
		.badness = { PFNSCOPE_MISSING, PFNSCOPE_MISSING, PFNSCOPE_MISSING,
			     PFNSCOPE_MISSING, false },
	};
	there = read_status(source, path, page_bytes, task);
	free(path);
	if (!there)
		return false;
	if (task->ended)
		read_threads(source, page_bytes, task);
	task->badness.adj = pfnscope_task_signed(source, pid, "oom_score_adj");
	task->shown = pfnscope_task_number(source, pid, "oom_score");
	task->cgroup = pfnscope_task_cgroup(source, pid);
	return true;
}

void pfnscope_candidate_clear(struct pfnscope_candidate *task)
{
	free(task->cgroup);
}
