// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnscope record: what every command reads of this machine, once, in one file. It is no list
 * of files: the commands answer, unheard, and what they read is what is kept.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/options.h"
#include "source/archive.h"
#include "source/origin.h"
#include "source/redact.h"
#include "source/tar.h"
#include "source/view.h"
#include "source/words.h"
#include "triage/facts.h"
#include "triage/memcg.h"
#include "triage/triage.h"

#define CGROUPS_MAX	4096
#define DEPTH_MAX	32
#define INCIDENTS	PFNSCOPE_DEBUGFS "/incidents"

static const struct pfnscope_option options[] = {
	{ "full", NULL, "also what looks at each page of memory, and incidents" },
	{ "redact", NULL, "names of the host, of tasks, cgroups and files as numbers" },
	{ NULL, NULL, NULL },
};

/* --- what is read --- */

/* Lets @command answer, as a program would ask it. */
static void ask(const struct pfnscope_command *command, struct pfnscope_source *source)
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
			ask(*command, source);
}

static void read_one(const struct pfnscope_source *source, const char *path)
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
		read_one(facts->source, path);
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

static void read_cgroups(struct pfnscope_source *source)
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

			read_one(source, whole);
			free(whole);
		}
		pfnscope_source_list_free(files);
		free(path);
	}
	pfnscope_source_list_free(folders);
}

static int read_all(struct pfnscope_run *run, struct pfnscope_source *source)
{
	bool full = pfnscope_run_value(run, "full");
	int nowhere = pfnscope_pack_nowhere();
	struct pfnscope_hushed hushed;

	if (nowhere < 0)
		return pfnscope_fail(&run->error, PFNSCOPE_SYSTEM, "/dev/null cannot be opened");
	hushed = pfnscope_render_hush(nowhere);
	ask_all(source, full);
	read_cgroups(source);
	pfnscope_render_speak(&hushed);
	close(nowhere);
	if (full)
		read_incidents(source);
	return 0;
}

/* --- what is written --- */

static void put_fact(struct pfnscope_text *text, const char *key, const char *value)
{
	pfnscope_text_put_string(text, key);
	pfnscope_text_put_char(text, ' ');
	if (value && *value)
		pfnscope_text_put_printable(text, value, " ");
	else
		pfnscope_text_put_string(text, PFNSCOPE_CELL_UNKNOWN);
	pfnscope_text_put_char(text, '\n');
}

/* What the snapshot is, in the grammar of the module's files, before all else. */
static char *manifest(struct pfnscope_run *run, struct pfnscope_source *source,
		      const struct pfnscope_origin *origin)
{
	char *boot = pfnscope_word_of_first_line(source, "proc/sys/kernel/random/boot_id", 0);
	char *taken = pfnscope_format("%" PRId64, origin->taken_at);
	struct pfnscope_text text = { 0 };

	pfnscope_text_put_string(&text, PFNSCOPE_MAGIC " snapshot 1.0\nkey value\n");
	put_fact(&text, "version", PFNSCOPE_VERSION);
	put_fact(&text, "kernel", origin->kernel);
	put_fact(&text, "host", origin->host);
	put_fact(&text, "taken_at_seconds", origin->taken_at < 0 ? NULL : taken);
	put_fact(&text, "boot_id", boot);
	put_fact(&text, "scans", pfnscope_run_value(run, "full") ? "yes" : "no");
	put_fact(&text, "redacted", pfnscope_run_value(run, "redact") ? PFNSCOPE_REDACTED :
		 PFNSCOPE_CELL_NONE);
	free(taken);
	free(boot);
	return text.data;
}

/* A folder gets a file in one of the day: its name is the time, in UTC. */
static char *place_of(const char *argument, int64_t taken_at, struct pfnscope_error *error)
{
	size_t length = strlen(argument);
	time_t then = taken_at < 0 ? time(NULL) : (time_t)taken_at;
	char day[32] = "", now[32] = "";
	struct tm utc;
	char *folder, *path = NULL;

	if (!pfnscope_pack_is_folder(argument) && (!length || argument[length - 1] != '/'))
		return pfnscope_strdup(argument);
	if (gmtime_r(&then, &utc)) {
		strftime(day, sizeof(day), "%F", &utc);
		strftime(now, sizeof(now), "%H%M%S", &utc);
	}
	while (length > 1 && argument[length - 1] == '/')
		length--;
	folder = pfnscope_format("%.*s/%s", (int)length, argument, day);
	if (!pfnscope_pack_folder(folder, error))
		path = pfnscope_format("%s/%s%s", folder, now, pfnscope_pack_ending());
	free(folder);
	return path;
}

static int write_archive(const char *path, const struct pfnscope_archive *archive,
			 const struct pfnscope_archived *about, int64_t taken_at,
			 struct pfnscope_error *error)
{
	struct pfnscope_pack *pack;
	int failed;

	if (pfnscope_pack_open(path, &pack, error))
		return -1;
	failed = pfnscope_tar_write(archive, about, taken_at, pack, error) ||
		 pfnscope_pack_finish(pack, error);
	pfnscope_pack_close(pack);
	if (!failed && strcmp(path, "-"))
		pfnscope_render_text("%s\n", path);
	return failed ? -1 : pfnscope_render_finish(error);
}

/* Where that is asked for, without the names; the key is not recorded. */
static struct pfnscope_archive *redacted(struct pfnscope_run *run,
					 const struct pfnscope_archive *archive,
					 struct pfnscope_origin *origin)
{
	struct pfnscope_archive *copy;
	struct pfnscope_key key;
	char *host;

	if (!pfnscope_run_value(run, "redact"))
		return NULL;
	pfnscope_redact_key(run->source, &key);
	copy = pfnscope_redact(archive, &key);
	host = pfnscope_redact_name(&key, origin->host);
	snprintf(origin->host, sizeof(origin->host), "%s", *origin->host ? host : "");
	free(host);
	return copy;
}

static int write_all(struct pfnscope_run *run, struct pfnscope_source *source)
{
	struct pfnscope_archive *archive = pfnscope_source_archive(source), *copy;
	struct pfnscope_origin origin = { 0 };
	struct pfnscope_archived about = { .path = (char[]){ "about" } };
	char *path;
	int failed;

	pfnscope_origin_read(source, &origin);
	path = place_of(run->arguments[0], origin.taken_at, &run->error);
	if (!path)
		return -1;
	copy = redacted(run, archive, &origin);
	about.text = manifest(run, source, &origin);
	about.size = strlen(about.text);
	failed = write_archive(path, copy ? copy : archive, &about, origin.taken_at,
			       &run->error);
	pfnscope_archive_free(copy);
	free(about.text);
	free(path);
	return failed;
}

static int run_record(struct pfnscope_run *run)
{
	struct pfnscope_source *source;
	int failed;

	if (run->nr_arguments != 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"record: where to: one file, a folder, or - (try: pfnscope record now%s)",
			pfnscope_pack_ending());
	source = pfnscope_source_record(run->source);
	failed = read_all(run, source) || write_all(run, source);
	pfnscope_source_close(source);
	return failed ? -1 : PFNSCOPE_OK;
}

const struct pfnscope_command pfnscope_cmd_record = {
	.name = "record",
	.group = PFNSCOPE_GROUP_MODULE,
	.summary = "what all commands read, in one file that --from opens",
	.description =
		"Writes an archive, packed as its name says: .tar.zst, .tar.gz or .tar; in a\n"
		"folder, which has to be there or ends in a slash, one of this moment. Its\n"
		"owner alone may read it. --from reads it, on any machine.",
	.arguments = "FILE | FOLDER | -",
	.options = options,
	.unrecorded = true,
	.examples = { "record now.tar.gz", "record --full --redact now.tar.gz" },
	.run = run_record,
};
