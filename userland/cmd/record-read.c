// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes into a recording is no list of files: the commands answer, unheard, and what they
 * read is what is kept.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cmd/options.h"
#include "cmd/record.h"
#include "source/origin.h"
#include "source/pack.h"
#include "source/view.h"
#include "triage/facts.h"
#include "triage/memcg.h"
#include "triage/triage.h"

#define CGROUPS_MAX	4096
#define DEPTH_MAX	32
#define INCIDENTS	PFNSCOPE_DEBUGFS "/incidents"

/* Lets @command answer, as a program would ask it. */
static void ask_command(const struct pfnscope_command *command, struct pfnscope_source *source)
{
	struct pfnscope_run run = {
		.command = command,
		.source = source,
		.format.kind = PFNSCOPE_FORMAT_JSON,
		.top = UINT64_MAX,
	};
	size_t count = 0, i;

	while (command->options && command->options[count].name)
		count++;
	run.values = pfnscope_calloc(count + 1, sizeof(*run.values));
	for (i = 0; command->recorded[0] && i < count; i++)
		if (!strcmp(command->options[i].name, command->recorded[0]))
			run.values[i] = command->recorded[1];
	run.head.command = command->name;
	pfnscope_origin_read(source, &run.head.origin);
	run.format.head = &run.head;
	/* What it could not read is not there to be recorded. */
	command->run(&run);
	pfnscope_where_clear(&run.where);
	free(run.values);
}

static void ask_all(struct pfnscope_source *source, bool full)
{
	const struct pfnscope_command *const *command = pfnscope_commands;

	for (; *command; command++)
		if (!(*command)->rootless && !(*command)->unrecorded &&
		    (full || !(*command)->scans))
			ask_command(*command, source);
}

static void read_whole_file(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_input *input;

	if (!pfnscope_source_input(source, path, &input))
		pfnscope_input_close(input);
}

/* The checks of `triage --cgroup`, of a cgroup: they read its files. `reclaim --plan` reads one more. */
static void ask_cgroup(struct pfnscope_facts *facts, const char *name)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_memcg group = { 0 };
	struct pfnscope_table *answer;
	char *path;

	if (!pfnscope_memcg_find(facts->source, name, &group, &error)) {
		path = pfnscope_format("%s%s/memory.numa_stat", group.top,
				       strcmp(name, "/") ? name : "");
		read_whole_file(facts->source, path);
		free(path);
		pfnscope_memcg_read(facts->source, &group, &group.now);
		facts->group = &group;
		answer = pfnscope_triage(facts);
		pfnscope_table_free(answer);
		facts->group = NULL;
	}
	pfnscope_memcg_clear(&group);
}

/* @name and all below it, as long as there is @room. */
static void ask_cgroups(struct pfnscope_facts *facts, const char *top, const char *name,
			unsigned int depth, size_t *room)
{
	char *folder = pfnscope_format("%s%s", top, name);
	char **names = pfnscope_source_list(facts->source, folder);

	if (*room) {
		ask_cgroup(facts, *name ? name : "/");
		--*room;
	}
	for (char **child = names; *child && depth; child++) {
		char *below = pfnscope_format("%s/%s", name, *child);
		char *stat = pfnscope_format("%s%s/memory.stat", top, below);

		if (*room && pfnscope_source_has(facts->source, stat))
			ask_cgroups(facts, top, below, depth - 1, room);
		free(stat);
		free(below);
	}
	pfnscope_source_list_free(names);
	free(folder);
}

static void read_for_cgroups(struct pfnscope_source *source)
{
	const struct pfnscope_subject nobody = { 0 };
	struct pfnscope_facts facts = { 0 };
	struct pfnscope_error error = { 0 };
	struct pfnscope_memcg root = { 0 };
	size_t room = CGROUPS_MAX;

	if (!pfnscope_facts_read(source, NULL, 0, &nobody, &facts, &error) &&
	    !pfnscope_memcg_find(source, "/", &root, &error))
		ask_cgroups(&facts, root.top, "", DEPTH_MAX, &room);
	pfnscope_memcg_clear(&root);
	pfnscope_facts_clear(&facts);
}

/* Every file of each: they are read by --root one by one. */
static void read_incidents(const struct pfnscope_source *source)
{
	char **folders = pfnscope_source_list(source, INCIDENTS);

	for (char **folder = folders; *folder; folder++) {
		char *path = pfnscope_format(INCIDENTS "/%s", *folder);
		char **files = pfnscope_source_list(source, path);

		for (char **file = files; *file; file++) {
			char *whole = pfnscope_format("%s/%s", path, *file);

			read_whole_file(source, whole);
			free(whole);
		}
		pfnscope_source_list_free(files);
		free(path);
	}
	pfnscope_source_list_free(folders);
}

int pfnscope_record_read(struct pfnscope_run *run, struct pfnscope_source *source)
{
	bool full = pfnscope_run_value(run, "full");
	int nowhere = pfnscope_pack_nowhere();
	struct pfnscope_hushed hushed;

	if (nowhere < 0)
		return pfnscope_fail(&run->error, PFNSCOPE_SYSTEM, "/dev/null cannot be opened");
	hushed = pfnscope_render_hush(nowhere);
	ask_all(source, full);
	read_for_cgroups(source);
	pfnscope_render_speak(&hushed);
	close(nowhere);
	if (full)
		read_incidents(source);
	return 0;
}
