// SPDX-License-Identifier: GPL-2.0-only
/* Reads what /proc has of a process. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "source/parse.h"
#include "source/words.h"
#include "triage/task.h"

static char *task_path(uint64_t pid, const char *file)
{
	return pfnscope_format("proc/%" PRIu64 "/%s", pid, file);
}

int64_t pfnscope_task_number(const struct pfnscope_source *source, uint64_t pid,
			     const char *file)
{
	char *path = task_path(pid, file);
	int64_t number = pfnscope_number_in(source, path);

	free(path);
	return number;
}

int64_t pfnscope_task_signed(const struct pfnscope_source *source, uint64_t pid,
			     const char *file)
{
	char *path = task_path(pid, file);
	char *word = pfnscope_word_of_first_line(source, path, 0);
	int64_t number = PFNSCOPE_MISSING;
	bool below = word && *word == '-';
	uint64_t digits;

	if (word && !pfnscope_digits(word + below, strlen(word + below), &digits) &&
	    digits <= INT32_MAX)
		number = below ? -(int64_t)digits : (int64_t)digits;
	free(word);
	free(path);
	return number;
}

static void read_numbers(const struct pfnscope_source *source, uint64_t pid,
			 const char *file, struct pfnscope_numbers *numbers)
{
	char *path = task_path(pid, file);

	pfnscope_numbers_pick(source, path, numbers);
	free(path);
}

/* A line a mapping; what is behind the inode may have blanks. */
static void count_mappings(const struct pfnscope_source *source, uint64_t pid,
			   struct pfnscope_task *task)
{
	char *path = task_path(pid, "maps");
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int more;

	if (pfnscope_source_input(source, path, &parser.input)) {
		free(path);
		return;
	}
	while ((more = pfnscope_parse_line(&parser)) > 0) {
		task->vmas++;
		if (!pfnscope_ends_in(parser.text, strlen(parser.text), " (deleted)"))
			continue;
		if (strstr(parser.text, " /memfd:") || strstr(parser.text, " /SYSV") ||
		    strstr(parser.text, " /dev/zero"))
			task->memfd++;
		else
			task->deleted++;
	}
	task->maps = !more;
	pfnscope_input_close(parser.input);
	free(path);
}

/* "0::/a" of version 2, "4:memory:/a" of version 1, which comes first where it is there. */
char *pfnscope_task_cgroup(const struct pfnscope_source *source, uint64_t pid)
{
	char *path = task_path(pid, "cgroup"), *name = NULL;
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };

	if (pfnscope_source_input(source, path, &parser.input)) {
		free(path);
		return NULL;
	}
	while (pfnscope_parse_line(&parser) > 0) {
		char *controllers = strchr(parser.text, ':');
		char *at = controllers ? strchr(controllers + 1, ':') : NULL;

		if (!at)
			continue;
		*at++ = '\0';
		if (!strstr(controllers, "memory") && strcmp(parser.text, "0:"))
			continue;
		if (name && !strstr(controllers, "memory"))
			continue;
		free(name);
		name = pfnscope_strdup(at);
	}
	pfnscope_input_close(parser.input);
	free(path);
	return name;
}

int pfnscope_task_look(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_task *task, struct pfnscope_error *error)
{
	task->pid = pid;
	task->request = (struct pfnscope_request){
		.gfp_known = true,
		.node = PFNSCOPE_MISSING,
		.cpu = PFNSCOPE_MISSING,
	};
	if (pfnscope_task_read(source, pid, &task->request, &task->policy, error))
		return -1;
	read_numbers(source, pid, "status", &task->status);
	read_numbers(source, pid, "smaps_rollup", &task->rollup);
	count_mappings(source, pid, task);
	task->cgroup = pfnscope_task_cgroup(source, pid);
	return 0;
}

void pfnscope_task_clear(struct pfnscope_task *task)
{
	pfnscope_numbers_clear(&task->status);
	pfnscope_numbers_clear(&task->rollup);
	free(task->cgroup);
}
