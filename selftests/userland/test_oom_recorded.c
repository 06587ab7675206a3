// SPDX-License-Identifier: GPL-2.0-only
/*
 * Logs recorded in our own guests by selftests/vm/record-oom, with labels of what was done there and
 * what the machine was like: every label must be found in the log. A line a log; "N of M" at the end.
 *
 * A label of a zone is about the machine, so the report may leave the zone out. What was free was read
 * some milliseconds before the kernel printed it; pages move to the lists of the CPUs meanwhile.
 */
// with: oom-reports.c
#include <dirent.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom-reports.h"

#define FOLDER	"../fixtures/oom"
#define LEAST	60
#define DRIFT_KB	4096

static struct json_object *get(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(object, key, &value);
	return value;
}

static unsigned int differ(const char *log, const char *key,
			   struct json_object *label, struct json_object *ours)
{
	printf("# %s %s: label %.100s, ours %.100s\n", log, key, oom_plain(label),
	       oom_plain(ours));
	return 1;
}

static bool is_close(struct json_object *label, struct json_object *ours)
{
	return ours && llabs(json_object_get_int64(label) -
			     json_object_get_int64(ours)) <= DRIFT_KB;
}

/* Every key of the label, below objects too. Return: how many are wrong. */
static unsigned int compare(const char *log, struct json_object *label,
			    struct json_object *ours)
{
	unsigned int wrong = 0;

	json_object_object_foreach(label, key, value) {
		struct json_object *other = get(ours, key);

		if (!strcmp(key, "zones") || !strcmp(key, "verdict"))
			continue;
		if (json_object_is_type(value, json_type_object) &&
		    json_object_is_type(other, json_type_object))
			wrong += compare(log, value, other);
		else if (!strcmp(key, "free_kb") ? !is_close(value, other) :
			 !json_object_equal(value, other))
			wrong += differ(log, key, value, other);
	}
	return wrong;
}

/* The element of a list with this node and zone. */
static struct json_object *of_zone(struct json_object *list,
				   struct json_object *like)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);

		if (json_object_equal(get(one, "node"), get(like, "node")) &&
		    json_object_equal(get(one, "zone"), get(like, "zone")))
			return one;
	}
	return NULL;
}

static unsigned int compare_zones(const char *log, struct json_object *labels,
				  struct json_object *ours)
{
	unsigned int wrong = 0;

	for (size_t i = 0; i < json_object_array_length(ours); i++) {
		struct json_object *zone = json_object_array_get_idx(ours, i);
		struct json_object *label = of_zone(labels, zone);

		wrong += label ? compare(log, label, zone) :
				 differ(log, "zones", NULL, zone);
	}
	return wrong;
}

static unsigned int compare_verdicts(const char *log,
				     struct json_object *labels,
				     struct json_object *ours)
{
	unsigned int wrong = 0;

	for (size_t i = 0; i < json_object_array_length(labels); i++) {
		struct json_object *label = json_object_array_get_idx(labels, i);
		struct json_object *verdict = of_zone(ours, label);

		wrong += verdict ? compare(log, label, verdict) :
				   differ(log, "verdict", label, NULL);
	}
	return wrong;
}

static unsigned int compare_report(const char *log, struct json_object *label,
				   struct json_object *ours)
{
	bool memcg = !strcmp(json_object_get_string(get(label, "kind")),
			     "memcg_oom");
	struct json_object *zones = get(ours, "zones");
	unsigned int wrong = compare(log, label, ours);

	if (!json_object_array_length(zones) != memcg)
		wrong += differ(log, "zones", NULL, zones);
	return wrong + compare_zones(log, get(label, "zones"), zones) +
	       compare_verdicts(log, get(label, "verdict"),
				get(ours, "verdict"));
}

/* @name ends in .labels. Return: true where the log says all of them. */
static bool check(const char *name, unsigned int number)
{
	int stem = (int)(strlen(name) - strlen(".labels"));
	struct json_object *reports;
	struct json_object *label;
	unsigned int wrong = 0;
	char path[512];

	snprintf(path, sizeof(path), FOLDER "/%s", name);
	label = json_object_from_file(path);
	snprintf(path, sizeof(path), FOLDER "/%.*s.log", stem, name);
	reports = oom_reports_of(path);
	if (!label || json_object_array_length(reports) != 1) {
		printf("# %s: %zu reports\n", name,
		       json_object_array_length(reports));
		wrong++;
	} else {
		wrong = compare_report(name, label,
				       json_object_array_get_idx(reports, 0));
	}
	printf("%sok %u - %.*s\n", wrong ? "not " : "", number, stem, name);
	json_object_put(label);
	json_object_put(reports);
	return !wrong;
}

static int is_label(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".labels");
}

int main(void)
{
	unsigned int right = 0;
	struct dirent **entries;
	int count = scandir(FOLDER, &entries, is_label, alphasort);

	puts("TAP version 13");
	for (int i = 0; i < count; i++) {
		right += check(entries[i]->d_name, (unsigned int)i + 1);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	printf("%sok %d - there are %d logs and more\n",
	       count >= LEAST ? "" : "not ", count + 1, LEAST);
	printf("# %u of %d\n1..%d\n", right, count, count + 1);
	return count >= LEAST && right == (unsigned int)count ? 0 : 1;
}
