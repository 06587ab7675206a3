// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom-dumps.h"
#include "oom-reports.h"
#include "oomlog/undress.h"

#define FOLDER	"../fixtures/oom"
#define ROOM	(1 << 21)

struct dump dumps[DUMPS];
size_t nr_dumps;
static char dressed[ROOM];
static size_t used;

void undress(void)
{
	used = 0;
}

void put(const char *text, size_t size)
{
	assert_true(used + size < ROOM);
	memcpy(dressed + used, text, size);
	used += size;
}

void put_text(const char *text)
{
	put(text, strlen(text));
}

static void keep_line(void *context, const struct pfnscope_logline *line)
{
	struct dump *dump = context;

	assert_true(dump->lines < LINES);
	dump->line[dump->lines++] = strndup(line->text, line->size);
}

static int is_log(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".log");
}

static void load(const char *name, struct dump *dump)
{
	const struct pfnscope_loglines lines = { keep_line, dump };
	struct pfnscope_undress *undress;
	char path[512], *text;
	size_t size;

	snprintf(dump->name, sizeof(dump->name), "%s", name);
	snprintf(path, sizeof(path), FOLDER "/%s", name);
	text = oom_file(path, &size);
	assert_non_null(text);
	dump->reports = oom_reports(text, size);
	assert_int_equal(json_object_array_length(dump->reports), 1);
	undress = pfnscope_undress_new(&lines);
	pfnscope_undress_feed(undress, text, size);
	pfnscope_undress_end(undress);
	while (dump->lines && !*dump->line[dump->lines - 1])
		free(dump->line[--dump->lines]);
	free(text);
}

int load_all(void **state)
{
	struct dirent **entries;
	int count = scandir(FOLDER, &entries, is_log, alphasort);

	(void)state;
	assert_true(count >= 60 && count <= DUMPS);
	for (int i = 0; i < count; i++) {
		load(entries[i]->d_name, &dumps[nr_dumps++]);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int unload_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		for (size_t l = 0; l < dumps[i].lines; l++)
			free(dumps[i].line[l]);
		json_object_put(dumps[i].reports);
	}
	return 0;
}

/* The text that was put must hold @count reports, each like the dump's. */
void same(const struct dump *dump, size_t count, const char *how)
{
	struct json_object *read = oom_reports(dressed, used);
	struct json_object *one = json_object_array_get_idx(dump->reports, 0);

	if (json_object_array_length(read) != count)
		fail_msg("%s, %s: %zu reports", dump->name, how,
			 json_object_array_length(read));
	for (size_t i = 0; i < count; i++)
		if (!json_object_equal(json_object_array_get_idx(read, i), one))
			fail_msg("%s, %s: %s\nis not %s", dump->name, how,
				 oom_plain(json_object_array_get_idx(read, i)),
				 oom_plain(one));
	json_object_put(read);
}

/* @prefix may hold one %zu, which is the number of the line, as a time or a place. */
void put_prefix(const char *prefix, size_t number)
{
	const char *at = strstr(prefix, "%zu");
	char text[32];

	if (!at) {
		put_text(prefix);
		return;
	}
	put(prefix, (size_t)(at - prefix));
	snprintf(text, sizeof(text), "%zu", number + 10);
	put_text(text);
	put_text(at + 3);
}

/* The same figures and words, none, or the same without some of the zones. */
static bool is_missing_or(struct json_object *ours, struct json_object *right)
{
	if (!ours || json_object_equal(ours, right))
		return true;
	if (json_object_is_type(ours, json_type_object)) {
		json_object_object_foreach(ours, key, value)
			if (!is_missing_or(value, json_object_object_get(right, key)))
				return false;
		return true;
	}
	if (!json_object_is_type(ours, json_type_array) || !json_object_is_type(right, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(ours); i++) {
		bool found = false;

		for (size_t k = 0; !found && k < json_object_array_length(right); k++)
			found = is_missing_or(json_object_array_get_idx(ours, i), json_object_array_get_idx(right, k));
		if (!found)
			return false;
	}
	return true;
}

void same_or_missing(const struct dump *dump, const char *how)
{
	/* What follows from these may rest on less, so it is not the same. */
	static const char *const facts[] = {
		"comm", "pid", "gfp_mask", "gfp_flags", "order", "oom_score_adj", "constraint", "nodemask", "cpuset",
		"mems_allowed", "kernel_release", "caller", "zones", "killed", "mem_info_pages", "memcg",
	};
	struct json_object *read = oom_reports(dressed, used);
	struct json_object *one = json_object_array_get_idx(read, 0);
	struct json_object *right = json_object_array_get_idx(dump->reports, 0);

	if (json_object_array_length(read) != 1)
		fail_msg("%s, %s: %zu reports", dump->name, how, json_object_array_length(read));
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		struct json_object *ours = json_object_object_get(one, facts[i]);

		if (!is_missing_or(ours, json_object_object_get(right, facts[i])))
			fail_msg("%s, %s: %s is %s", dump->name, how, facts[i], oom_plain(ours));
	}
	json_object_put(read);
}
