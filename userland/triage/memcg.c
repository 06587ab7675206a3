// SPDX-License-Identifier: GPL-2.0-only
/* Finds a memory cgroup, and reads it. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "source/counters.h"
#include "source/words.h"
#include "triage/memcg.h"

/* Where hierarchies with memory are mounted: version 2, mixed, version 1. */
static const struct {
	const char *top;
	int version;
	const char *file;	/* every cgroup with the controller has it */
} places[] = {
	{ "sys/fs/cgroup", 2, "memory.stat" },
	{ "sys/fs/cgroup/memory", 1, "memory.limit_in_bytes" },
	{ "sys/fs/cgroup/unified", 2, "memory.stat" },
};

/* Without the folder of the hierarchy, and with one slash before each word. */
static char *clean_name(const char *name, const char *top)
{
	size_t length = strlen(top);
	char *text;

	name += strspn(name, "/");
	if (!strncmp(name, top, length) && (!name[length] || name[length] == '/'))
		name += length;
	name += strspn(name, "/");
	text = pfnscope_format("/%s", name);
	length = strlen(text);
	while (length > 1 && text[length - 1] == '/')
		text[--length] = '\0';
	return text;
}

static char *memcg_path(const struct pfnscope_memcg *group, const char *name,
			const char *file)
{
	return pfnscope_format("%s%s/%s", group->top, strcmp(name, "/") ? name : "", file);
}

int pfnscope_memcg_find(const struct pfnscope_source *source, const char *name,
			struct pfnscope_memcg *group, struct pfnscope_error *error)
{
	*group = (struct pfnscope_memcg){ .source = source };
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *path;
		bool there;

		group->top = places[i].top;
		group->version = places[i].version;
		group->name = clean_name(name, group->top);
		path = memcg_path(group, group->name, places[i].file);
		there = pfnscope_source_has(source, path);
		free(path);
		if (there)
			return 0;
		free(group->name);
		group->name = NULL;
	}
	return pfnscope_fail(error, PFNSCOPE_USAGE,
			     "--cgroup: no memory cgroup \"%s\" below /sys/fs/cgroup (names are as in /proc/PID/cgroup)",
			     name);
}

/* Of version 1, "total_" is of all below it as well; where it is not there, as it is. */
static void read_stat(const struct pfnscope_source *source,
		      const struct pfnscope_memcg *group, struct pfnscope_numbers *stat)
{
	char *path = memcg_path(group, group->name, "memory.stat");

	pfnscope_numbers_read(source, path, stat);
	free(path);
}

void pfnscope_memcg_read(const struct pfnscope_source *source,
			 const struct pfnscope_memcg *group,
			 struct pfnscope_memcg_reading *reading)
{
	char *local = memcg_path(group, group->name, "memory.events.local");
	char *events = memcg_path(group, group->name, group->version == 2 ?
				  "memory.events" : "memory.oom_control");
	char *pressure = memcg_path(group, group->name, "memory.pressure");

	read_stat(source, group, &reading->stat);
	reading->local = pfnscope_source_has(source, local);
	pfnscope_numbers_read(source, reading->local ? local : events, &reading->events);
	reading->pressure = pfnscope_pressure_read_file(source, pressure);
	free(local);
	free(events);
	free(pressure);
}

static void clear_memcg_reading(struct pfnscope_memcg_reading *reading)
{
	pfnscope_numbers_clear(&reading->stat);
	pfnscope_numbers_clear(&reading->events);
	pfnscope_table_free(reading->pressure);
}

void pfnscope_memcg_clear(struct pfnscope_memcg *group)
{
	clear_memcg_reading(&group->now);
	clear_memcg_reading(&group->before);
	free(group->name);
}

int64_t pfnscope_memcg_number(const struct pfnscope_memcg *group, const char *name,
			      const char *file)
{
	char *path = memcg_path(group, name, file);
	int64_t number = pfnscope_number_in(group->source, path);

	/* "No limit" of version 1 is the largest multiple of a page. */
	if (number == PFNSCOPE_MISSING && group->version == 1 &&
	    pfnscope_source_has(group->source, path))
		number = PFNSCOPE_UNLIMITED;
	free(path);
	return number;
}

char *pfnscope_memcg_above(const char *name)
{
	const char *slash = strrchr(name, '/');

	if (!slash || !slash[1])
		return NULL;
	return slash == name ? pfnscope_strdup("/") :
	       pfnscope_strndup(name, (size_t)(slash - name));
}

int64_t pfnscope_memcg_usage(const struct pfnscope_memcg *group, const char *name)
{
	return pfnscope_memcg_number(group, name, group->version == 2 ?
				     "memory.current" : "memory.usage_in_bytes");
}

int64_t pfnscope_memcg_limit(const struct pfnscope_memcg *group, const char *name)
{
	return pfnscope_memcg_number(group, name, group->version == 2 ?
				     "memory.max" : "memory.limit_in_bytes");
}

/* --- protection --- */

/* What a cgroup claims of its protection: as much as it uses. */
static int64_t claim_of(const struct pfnscope_memcg *group, const char *name,
			const char *file)
{
	int64_t set = pfnscope_memcg_number(group, name, file), usage;

	if (set <= 0)
		return 0;
	usage = pfnscope_memcg_usage(group, name);
	return usage < 0 ? 0 : pfnscope_least(usage, set);
}

/* The claims of all cgroups directly below @name. */
static int64_t claims_below(const struct pfnscope_memcg *group, const char *name,
			    const char *file)
{
	char *folder = memcg_path(group, name, "");
	char **names = pfnscope_source_list(group->source, folder);
	int64_t sum = 0;

	for (char **child = names; *child; child++) {
		char *path = pfnscope_format("%s/%s", strcmp(name, "/") ? name : "", *child);
		int64_t more = strchr(*child, '.') &&
			       !strncmp(*child, "memory.", strlen("memory.")) ? 0 :
			       claim_of(group, path, file);

		sum = pfnscope_or_zero(pfnscope_plus(sum, more));
		free(path);
	}
	pfnscope_source_list_free(names);
	free(folder);
	return sum;
}

/* effective_protection() in mm/memcontrol.c, without what siblings leave over. */
static int64_t share_claim(int64_t claim, int64_t given, int64_t claims)
{
	return claims && claims > given ? (int64_t)((__int128)claim * given / claims) : claim;
}

/* What @name may keep, from the top down. */
static int64_t effective_protection(const struct pfnscope_memcg *group, const char *name,
			       const char *file, struct pfnscope_protection *protection)
{
	int64_t claim = claim_of(group, name, file), given, claims;
	char *above, *next;

	/* Nothing can be lost: there may be thousands beside it. */
	if (!claim)
		return 0;
	above = pfnscope_memcg_above(name);
	next = above ? pfnscope_memcg_above(above) : NULL;
	/* Below the root there is nobody to take it from. */
	if (!next) {
		free(above);
		return claim;
	}
	given = effective_protection(group, above, file, protection);
	claims = claims_below(group, above, file);
	if (claims > given && !protection->by)
		protection->by = pfnscope_strdup(above);
	free(above);
	free(next);
	return share_claim(claim, given, claims);
}

void pfnscope_memcg_protection(const struct pfnscope_memcg *group, const char *file,
			       struct pfnscope_protection *protection)
{
	*protection = (struct pfnscope_protection){
		.set = pfnscope_memcg_number(group, group->name, file),
		.claimed = claim_of(group, group->name, file),
	};
	protection->effective = effective_protection(group, group->name, file, protection);
}
