// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope record: what every command reads of this machine, in one file, once or again and again. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/digits.h"
#include "base/text.h"
#include "cmd/record.h"
#include "source/archive.h"
#include "source/origin.h"
#include "source/recordings.h"
#include "source/redact.h"
#include "source/tar.h"
#include "source/view.h"
#include "source/words.h"

#define KEEP_SECONDS	(7 * 86400)
#define KEEP_BYTES	(512ULL << 20)

static const struct pfnscope_option options[] = {
	{ "full", NULL, "also what looks at each page of memory, and incidents" },
	{ "redact", NULL, "names of the host, of tasks, cgroups and files as numbers" },
	{ "every", "TIME", "again and again, each 60s or 5m, into a folder" },
	{ "count", "N", "end after so many: without end if not given" },
	{ "keep", "TIME", "of the folder, remove what is older: 7d if not given, with --every" },
	{ "max", "SIZE", "and the oldest, until all take no more: 512M if not given" },
	{ NULL, NULL, NULL },
};

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

static bool is_folder(const char *argument)
{
	size_t length = strlen(argument);

	return pfnscope_pack_is_folder(argument) || (length && argument[length - 1] == '/');
}

/* A folder gets a file in one of the day: its name is the time. */
static char *file_of_recording(const char *argument, int64_t taken_at, struct pfnscope_error *error)
{
	size_t length = strlen(argument);
	char *name, *path, *folder;

	if (!is_folder(argument))
		return pfnscope_strdup(argument);
	name = pfnscope_recording_name(taken_at < 0 ? (int64_t)time(NULL) : taken_at);
	if (!name) {
		pfnscope_fail(error, PFNSCOPE_SYSTEM, "the clock has no date");
		return NULL;
	}
	while (length > 1 && argument[length - 1] == '/')
		length--;
	path = pfnscope_format("%.*s/%s%s", (int)length, argument, name, pfnscope_pack_ending());
	free(name);
	folder = pfnscope_strndup(path, (size_t)(strrchr(path, '/') - path));
	if (pfnscope_pack_folder(folder, error)) {
		free(path);
		path = NULL;
	}
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
	path = file_of_recording(run->arguments[0], origin.taken_at, &run->error);
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

static int record_once(struct pfnscope_run *run)
{
	struct pfnscope_source *source = pfnscope_source_record(run->source);
	int failed = pfnscope_record_read(run, source) || write_all(run, source);

	pfnscope_source_close(source);
	return failed ? -1 : 0;
}

/* --- what a folder keeps --- */

static int read_span(struct pfnscope_run *run, const char *option, int64_t *seconds)
{
	const char *text = pfnscope_run_value(run, option);

	if (!text || (pfnscope_span_seconds(text, strlen(text), seconds) && *seconds))
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--%s: not a time such as 60s, 12h or 7d: \"%s\"", option, text);
}

static int retention_of(struct pfnscope_run *run, struct pfnscope_retention *keep)
{
	const char *most = pfnscope_run_value(run, "max");

	*keep = (struct pfnscope_retention){ KEEP_SECONDS, KEEP_BYTES };
	if (read_span(run, "keep", &keep->seconds))
		return -1;
	if (!most || pfnscope_span_bytes(most, &keep->bytes))
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "--max: not a size such as 200M: \"%s\"",
			     most);
}

/* One, and then what has to go for it. */
static int record_and_trim(struct pfnscope_run *run, const struct pfnscope_retention *keep)
{
	return record_once(run) || pfnscope_recordings_trim(run->arguments[0], keep,
							    (int64_t)time(NULL), &run->error) ?
	       -1 : 0;
}

static int check_folder(struct pfnscope_run *run)
{
	static const char *const of_folders[] = { "every", "count", "keep", "max" };

	for (size_t i = 0; i < ARRAY_SIZE(of_folders); i++)
		if (pfnscope_run_value(run, of_folders[i]) && !is_folder(run->arguments[0]))
			return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				"--%s: %s is no folder (%s/ makes one)", of_folders[i],
				run->arguments[0], run->arguments[0]);
	if (pfnscope_run_value(run, "count") && !pfnscope_run_value(run, "every"))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "--count: of --every");
	return 0;
}

static int run_record(struct pfnscope_run *run)
{
	bool trims = pfnscope_run_value(run, "keep") || pfnscope_run_value(run, "max");
	struct pfnscope_retention keep;
	int64_t every = 0;
	uint64_t count = 0;

	if (run->nr_arguments != 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"record: where to: one file, a folder, or - (try: pfnscope record now%s)",
			pfnscope_pack_ending());
	if (check_folder(run) || read_span(run, "every", &every) ||
	    pfnscope_run_number(run, "count", UINT32_MAX, &count) || retention_of(run, &keep))
		return -1;
	if (every)
		return pfnscope_record_every(run, record_and_trim, &keep, every, count);
	return (trims ? record_and_trim(run, &keep) : record_once(run)) ? -1 : PFNSCOPE_OK;
}

const struct pfnscope_command pfnscope_cmd_record = {
	.name = "record",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "what all commands read, in one file that --from opens",
	.description =
		"Writes an archive, packed as its name says: .tar.zst, .tar.gz or .tar; in a\n"
		"folder, which has to be there or ends in a slash, one of this moment. Its\n"
		"owner alone may read it. --from reads it, on any machine. With --every it goes\n"
		"on, and removes from the folder what is too old or too much.",
	.arguments = "FILE | FOLDER | -",
	.options = options,
	.unrecorded = true,
	.examples = { "record now.tar.gz", "record --every 60s --count 1 history/" },
	.run = run_record,
};
