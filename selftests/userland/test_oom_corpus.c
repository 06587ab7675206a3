// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real logs with hand-checked labels: every fact and every zone verdict must
 * be the label's. The logs stay where they are: CORPUS=FOLDER, else beside the
 * repository. A line a log; "N of M" at the end.
 *
 * A label may be wrong. Then its value, the right one and the line of the log
 * that proves it stand in corrections[], and both are checked.
 */
// with: oom-reports.c
#include <dirent.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom-reports.h"

#define FOLDER	"../../../shared/corpus"

/* What labels say about the log, not about the report. */
static const char *const prose[] = {
	"file", "source", "elided", "arch", "notes", "note", "detail",
	"completeness", "watermark_rule", "verdict_confidence",
};

/**
 * struct correction - a label that its own log disproves
 * @log: first digits of the file
 * @path: key in the label
 * @label: what it says, as JSON
 * @right: what the log says
 * @proof: where
 */
struct correction {
	const char *log;
	const char *path;
	const char *label;
	const char *right;
	const char *proof;
};

#define STACK(log, label, right, proof) \
	{ log, ".mem_info_pages.kernel_stack_kb", label, right, proof }, \
	{ log, ".dominant.all_kb.kernel_stack", label, right, proof }
#define SUM	"kernel_stack stands in each zone line; the label took the first"

static const struct correction corrections[] = {
	STACK("18", "1472", "42176", SUM),
	{ "18", ".dominant.all_kb.unaccounted", "126636", "85932", SUM },
	STACK("22", "0", "2496", SUM),
	{ "22", ".dominant.all_kb.unaccounted", "35692", "33196", SUM },
	STACK("24", "0", "9724", SUM),
	{ "24", ".dominant.all_kb.unaccounted", "646192", "636468", SUM },
	STACK("25", "0", "3680", SUM),
	{ "25", ".dominant.all_kb.unaccounted", "59780", "56100", SUM },
	STACK("27", "0", "19460", SUM),
	{ "27", ".dominant.all_kb.unaccounted", "70224", "50764", SUM },
	STACK("28", "136", "1448", SUM),
	{ "28", ".dominant.all_kb.unaccounted", "30772", "29460", SUM },
	STACK("32", "0", "1112", SUM),
	{ "32", ".dominant.all_kb.unaccounted", "14868", "13756", SUM },
	STACK("34", "0", "21672", SUM),
	{ "34", ".dominant.all_kb.unaccounted", "39416", "17744", SUM },
	{ "34", ".dominant.category", "\"unaccounted\"", "\"kernel_stack\"",
	  "Node 0 Normal prints kernel_stack:21672kB, more than is left" },
	{ "34", ".dominant.kb", "39416", "21672", "the same" },
	{ "25", ".zone_index_order_for_lowmem_reserve",
	  "[\"DMA\",\"DMA32\",\"Normal\",\"Movable\",\"Device\"]",
	  "[\"DMA\",\"DMA32\",\"Normal\",\"Movable\"]",
	  "each lowmem_reserve[] row has four numbers, not five" },
	{ "74", ".mem_info_pages", "{\"active_anon\":523448,"
	  "\"inactive_anon\":0,\"active_file\":376,\"inactive_file\":464,"
	  "\"unevictable\":0}", "null",
	  "the figures are those of the cgroup and in KB, not pages" },
	{ "75", ".mem_info_pages", "{\"active_anon\":1168,"
	  "\"inactive_anon\":0,\"active_file\":24960,"
	  "\"inactive_file\":24760,\"unevictable\":0,\"shmem\":0}", "null",
	  "the figures are those of the cgroup and in KB, not pages" },
};

struct comparison {
	const char *log;
	unsigned int wrong;
	unsigned int corrected;
};

static bool is_prose(const char *key)
{
	for (size_t i = 0; i < sizeof(prose) / sizeof(*prose); i++)
		if (!strcmp(prose[i], key))
			return true;
	return false;
}

static bool is_corrected(struct comparison *c, const char *path,
			 struct json_object *label, struct json_object *ours)
{
	for (size_t i = 0; i < sizeof(corrections) / sizeof(*corrections);
	     i++) {
		const struct correction *fix = &corrections[i];

		if (strncmp(c->log, fix->log, 2) || strcmp(path, fix->path) ||
		    strcmp(oom_plain(label), fix->label) ||
		    strcmp(oom_plain(ours), fix->right))
			continue;
		c->corrected++;
		return true;
	}
	return false;
}

static void differ(struct comparison *c, const char *path,
		   struct json_object *label, struct json_object *ours)
{
	if (is_corrected(c, path, label, ours))
		return;
	c->wrong++;
	printf("# %.40s %s: label %.120s, ours %.120s\n", c->log, path,
	       oom_plain(label), oom_plain(ours));
}

static void compare(struct comparison *c, const char *path,
		    struct json_object *label, struct json_object *ours);

static void compare_objects(struct comparison *c, const char *path,
			    struct json_object *label, struct json_object *ours)
{
	json_object_object_foreach(label, key, value) {
		struct json_object *other = NULL;
		char below[256];

		if (is_prose(key))
			continue;
		snprintf(below, sizeof(below), "%s.%s", path, key);
		json_object_object_get_ex(ours, key, &other);
		compare(c, below, value, other);
	}
}

static void compare_arrays(struct comparison *c, const char *path,
			   struct json_object *label, struct json_object *ours)
{
	size_t count = json_object_array_length(label);

	if (json_object_array_length(ours) != count) {
		differ(c, path, label, ours);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		char below[256];

		snprintf(below, sizeof(below), "%s[%zu]", path, i);
		compare(c, below, json_object_array_get_idx(label, i),
			json_object_array_get_idx(ours, i));
	}
}

static void compare(struct comparison *c, const char *path,
		    struct json_object *label, struct json_object *ours)
{
	enum json_type type = json_object_get_type(label);

	if (type != json_object_get_type(ours))
		differ(c, path, label, ours);
	else if (type == json_type_object)
		compare_objects(c, path, label, ours);
	else if (type == json_type_array)
		compare_arrays(c, path, label, ours);
	else if (!json_object_equal(label, ours))
		differ(c, path, label, ours);
}

/* Return: true where all of the label is ours. */
static bool check(const char *folder, const char *name, unsigned int number)
{
	struct comparison c = { .log = name };
	struct json_object *reports;
	struct json_object *label;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	label = json_object_from_file(path);
	snprintf(path, sizeof(path), "%s/%.*s.txt", folder,
		 (int)strlen(name) - 5, name);
	reports = oom_reports_of(path);
	if (!label || json_object_array_length(reports) != 1) {
		printf("# %s: %zu reports\n", name,
		       json_object_array_length(reports));
		c.wrong++;
	} else {
		compare(&c, "", label, json_object_array_get_idx(reports, 0));
	}
	printf("%sok %u - %.*s%s\n", c.wrong ? "not " : "", number,
	       (int)strlen(name) - 5, name,
	       c.corrected ? " (the log disproves its label)" : "");
	json_object_put(label);
	json_object_put(reports);
	return !c.wrong;
}

static int is_label(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".json");
}

int main(void)
{
	const char *folder = getenv("CORPUS") ? getenv("CORPUS") : FOLDER;
	unsigned int right = 0;
	struct dirent **entries;
	int count = scandir(folder, &entries, is_label, alphasort);

	puts("TAP version 13");
	if (count <= 0) {
		puts("1..1");
		printf("ok 1 - corpus # SKIP no logs in %s (set CORPUS)\n",
		       folder);
		return 0;
	}
	for (int i = 0; i < count; i++) {
		right += check(folder, entries[i]->d_name, (unsigned int)i + 1);
		free(entries[i]);
	}
	free(entries);
	printf("# %u of %d\n1..%d\n", right, count, count);
	return right == (unsigned int)count ? 0 : 1;
}
