// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of them is first: for each, how much has to be taken of memory and of swap before its rule is met. All of
 * them are told in these bytes, so that they can be compared.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/checked.h"
#include "source/numbers.h"
#include "source/parse.h"
#include "source/words.h"
#include "triage/daemons.h"
#include "triage/killers.h"

const struct pfnscope_view pfnscope_view_killers = PFNSCOPE_VIEW(KILLERS, "killers");

enum daemon { EARLYOOM, SYSTEMD_OOMD, FIRST_UNKNOWN };

/* As /proc/PID/comm has them. The rules of the last ones are not known here. */
static const char *const daemons[] = {
	[EARLYOOM] = "earlyoom", [SYSTEMD_OOMD] = "systemd-oomd",
	[FIRST_UNKNOWN] = "oomd", "nohang", "lmkd",
};

struct killers {
	const struct pfnscope_source *source;
	const struct pfnscope_victims_ask *ask;
	struct KILLERS_table *table;
	struct pfnscope_numbers meminfo;
	uint64_t pids[ARRAY_SIZE(daemons)];
};

static void find_daemons(struct killers *k)
{
	char **names = pfnscope_source_list(k->source, "proc");
	uint64_t pid;

	for (char **name = names; *name; name++) {
		char *path, *comm;

		if (pfnscope_digits(*name, strlen(*name), &pid))
			continue;
		path = pfnscope_format("proc/%s/comm", *name);
		comm = pfnscope_word_of_first_line(k->source, path, 0);
		for (size_t i = 0; comm && i < ARRAY_SIZE(daemons); i++)
			if (!strcmp(comm, daemons[i]))
				k->pids[i] = pid;
		free(comm);
		free(path);
	}
	pfnscope_source_list_free(names);
}

static int64_t meminfo(const struct killers *k, const char *name)
{
	return pfnscope_number(&k->meminfo, name);
}

/* A row; @rule and @file are freed. */
static void put_killer(struct killers *k, const char *killer, bool runs, int64_t left, char *rule,
		       char *file)
{
	struct pfnscope_value *row = pfnscope_table_add(&k->table->all);

	pfnscope_table_set_string(CELL(k->table, row, KILLERS_killer), killer);
	pfnscope_table_set_string(CELL(k->table, row, KILLERS_rule), rule);
	if (!runs)
		pfnscope_table_set_string(CELL(k->table, row, KILLERS_turn), "off");
	else if (left == PFNSCOPE_MISSING)
		pfnscope_table_set_string(CELL(k->table, row, KILLERS_turn), "other");
	if (left != PFNSCOPE_MISSING)
		pfnscope_table_set_number(CELL(k->table, row, KILLERS_left_bytes),
					  left < 0 ? 0 : (uint64_t)left);
	if (file)
		pfnscope_table_set_string(CELL(k->table, row, KILLERS_file), file);
	free(rule);
	free(file);
}

/* What has to be taken of @have until no more than @keep is left. */
static int64_t above(int64_t have, int64_t keep)
{
	int64_t left = pfnscope_minus(have, keep);

	return left == PFNSCOPE_MISSING || left > 0 ? left : 0;
}

static int64_t percent_of(int64_t whole, uint64_t percent)
{
	int64_t scaled = pfnscope_times(whole, (int64_t)percent);

	return scaled == PFNSCOPE_MISSING ? scaled : scaled / 100;
}

/* --- the kernel --- */

static int64_t swap_room_of(const struct pfnscope_memcg *group)
{
	return pfnscope_minus(pfnscope_memcg_number(group, group->name, "memory.swap.max"),
			      pfnscope_memcg_number(group, group->name, "memory.swap.current"));
}

/* What a cgroup may still have, and what reclaim can take of it. */
static int64_t left_in_group(const struct killers *k)
{
	const struct pfnscope_memcg *group = k->ask->group;
	struct pfnscope_memcg_reading now = { 0 };
	int64_t limit = pfnscope_memcg_limit(group, group->name);
	int64_t left = limit == PFNSCOPE_UNLIMITED ? PFNSCOPE_MISSING :
		       pfnscope_minus(limit, pfnscope_memcg_usage(group, group->name));
	int64_t swap = pfnscope_number(&k->meminfo, "SwapFree");

	pfnscope_memcg_read(k->source, group, &now);
	left = pfnscope_plus(left, pfnscope_or_zero(pfnscope_number(&now.stat, "inactive_file")));
	left = pfnscope_plus(left, pfnscope_or_zero(pfnscope_number(&now.stat, "active_file")));
	left = pfnscope_plus(left, pfnscope_or_zero(pfnscope_number(&now.stat, "slab_reclaimable")));
	if (group->version == 2)
		swap = pfnscope_least_known(swap_room_of(group), swap);
	pfnscope_numbers_clear(&now.stat);
	pfnscope_numbers_clear(&now.events);
	pfnscope_table_free(now.pressure);
	return pfnscope_plus(left, pfnscope_or_zero(swap));
}

static void add_kernel(struct killers *k)
{
	const struct pfnscope_memcg *group = k->ask->group;
	int64_t machine = pfnscope_plus(meminfo(k, "MemAvailable"), meminfo(k, "SwapFree"));

	if (group)
		put_killer(k, "kernel", true, left_in_group(k),
			   pfnscope_format("at the limit of %s, where reclaim in it finds nothing: the first of oom --next",
					   group->name),
			   pfnscope_format("/%s%s/%s", group->top, strcmp(group->name, "/") ? group->name : "",
					   group->version == 2 ? "memory.max" : "memory.limit_in_bytes"));
	else if (k->ask->policy || k->ask->cpuset)
		put_killer(k, "kernel", true, PFNSCOPE_MISSING,
			   pfnscope_strdup("where reclaim finds nothing on these nodes: the first of oom --next"), NULL);
	else
		put_killer(k, "kernel", true, machine,
			   pfnscope_strdup("where reclaim finds nothing: the first of oom --next"), NULL);
}

/* --- daemons --- */

/* Of the memory that users can have, which is how it counts since 1.7. */
static void add_earlyoom(struct killers *k)
{
	struct pfnscope_earlyoom set;
	int64_t users = pfnscope_plus(meminfo(k, "MemAvailable"), meminfo(k, "AnonPages"));

	pfnscope_earlyoom_read(k->source, k->pids[EARLYOOM], &set);
	put_killer(k, "earlyoom", k->pids[EARLYOOM],
		   pfnscope_plus(above(meminfo(k, "MemAvailable"), percent_of(users, set.memory)),
				 above(meminfo(k, "SwapFree"), percent_of(meminfo(k, "SwapTotal"), set.swap))),
		   pfnscope_format("available memory at %" PRIu64 " %% and free swap at %" PRIu64
				   " %%: the process with the highest oom_score; of a cgroup's limit it knows nothing",
				   set.memory, set.swap), set.file);
}

/* Without swap the rule is never met: nothing is less than a share of nothing. */
static int64_t left_to_oomd(const struct killers *k, uint64_t used)
{
	int64_t memory = meminfo(k, "MemTotal"), swap = meminfo(k, "SwapTotal");

	if (swap <= 0)
		return PFNSCOPE_MISSING;
	return pfnscope_plus(above(meminfo(k, "MemAvailable"), percent_of(memory, 100 - used)),
			     above(meminfo(k, "SwapFree"), percent_of(swap, 100 - used)));
}

static void add_systemd_oomd(struct killers *k)
{
	struct pfnscope_systemd_oomd set;
	bool runs = k->pids[SYSTEMD_OOMD];

	pfnscope_systemd_oomd_read(k->source, &set);
	put_killer(k, "systemd-oomd", runs, left_to_oomd(k, set.used),
		   pfnscope_format("more than %" PRIu64 " %% of memory and of swap in use: of the cgroups with ManagedOOMSwap=kill the one with most swap; never without swap",
				   set.used), set.file ? pfnscope_strdup(set.file) : NULL);
	put_killer(k, "systemd-oomd", runs, PFNSCOPE_MISSING,
		   pfnscope_format("all tasks wait for memory in more than %" PRIu64 " %% of the time for %" PRIu64
				   " s: in a cgroup with ManagedOOMMemoryPressure=kill, the one below it that reclaims most",
				   set.pressure, set.seconds), set.file);
}

static void add_unknown(struct killers *k)
{
	for (size_t i = FIRST_UNKNOWN; i < ARRAY_SIZE(daemons); i++)
		if (k->pids[i])
			put_killer(k, daemons[i], true, PFNSCOPE_MISSING,
				   pfnscope_strdup("it runs, and its rules are not known here"), NULL);
}

/* --- whose turn it is --- */

/* Where nobody knows how near the kernel is, nobody is first. */
static void take_turns(struct KILLERS_table *table)
{
	uint64_t most = UINT64_MAX, left;

	for (size_t row = 0; row < table->all.nr_rows; row++)
		if (!pfnscope_table_string(CELL(table, row, KILLERS_turn)) &&
		    pfnscope_table_number(CELL(table, row, KILLERS_left_bytes),
					  &left) && left < most)
			most = left;
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		bool known = pfnscope_table_number(CELL(table, row, KILLERS_left_bytes), &left);

		if (pfnscope_table_string(CELL(table, row, KILLERS_turn)) || !known)
			continue;
		pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row),
					       KILLERS_turn),
					  !left ? "now" : left == most ? "first" : "later");
	}
}

struct pfnscope_table *pfnscope_killers(const struct pfnscope_source *source,
					const struct pfnscope_victims_ask *ask)
{
	struct killers k = {
		.source = source,
		.ask = ask,
		.table = KILLERS_NEW(),
	};

	pfnscope_numbers_read(source, "proc/meminfo", &k.meminfo);
	find_daemons(&k);
	add_kernel(&k);
	add_earlyoom(&k);
	add_systemd_oomd(&k);
	add_unknown(&k);
	if (ask->group || !(ask->policy || ask->cpuset))
		take_turns(k.table);
	pfnscope_numbers_clear(&k.meminfo);
	return &k.table->all;
}
