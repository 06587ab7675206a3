// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope oom --next: whom the OOM killer would take now, and who else kills. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/nodes.h"
#include "base/alloc.h"
#include "cmd/cmd.h"
#include "triage/killers.h"
#include "triage/victims.h"

/* For people: so many of those whose turn it would be. */
#define FIRST	10

static const struct pfnscope_option options[] = {
	{ "next", NULL, "whom the OOM killer would take now" },
	{ "cgroup", "G", "where this memory cgroup, such as /system.slice, is at its limit" },
	{ "nodes", "NODES", "where a memory policy binds who asks to nodes such as 0,2-3" },
	{ "cpuset", "NODES", "where the cpuset of who asks has these nodes" },
	{ "killers", NULL, "who kills first, the kernel or a daemon, and by which rule" },
	{ NULL, NULL, NULL },
};

static const struct pfnscope_view *view_of_next(const struct pfnscope_run *run)
{
	return pfnscope_run_value(run, "killers") ? &pfnscope_view_killers : &pfnscope_view_next;
}

/* The first ones, and whom they take along. */
static bool shows(const struct pfnscope_table *any, size_t row, const void *nothing)
{
	const struct NEXT_table *table;
	uint64_t place;

	(void)nothing;
	if (any->view != &pfnscope_view_next)
		return true;
	table = NEXT_OF(any);
	if (!strcmp(pfnscope_table_string(CELL(table, row, NEXT_fate)), "along"))
		return true;
	return pfnscope_table_number(CELL(table, row, NEXT_place), &place) && place <= FIRST;
}

/* --- where memory runs out --- */

static int find_nodes(struct pfnscope_run *run, const char *name, uint64_t *nodes)
{
	const char *value = pfnscope_run_value(run, name);

	if (!value)
		return 0;
	*nodes = pfnscope_node_bits(value);
	if (!*nodes || value[strspn(value, "0123456789,-")])
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--%s: not a list of nodes, such as 0,2-3: \"%s\"", name, value);
	return 0;
}

static int64_t room_in(const struct pfnscope_memcg *group, const char *name)
{
	int64_t limit = pfnscope_memcg_limit(group, name);

	return limit < 0 || limit == PFNSCOPE_UNLIMITED ? PFNSCOPE_MISSING :
	       pfnscope_minus(limit, pfnscope_memcg_usage(group, name));
}

/* One without a limit is never at it: of those above, the one that has least room is. */
static void find_limit(struct pfnscope_run *run, struct pfnscope_memcg *group)
{
	int64_t least = room_in(group, group->name), room;
	char *found = NULL, *name, *above;

	if (least != PFNSCOPE_MISSING)
		return;
	for (name = pfnscope_memcg_above(group->name); name; name = above) {
		room = room_in(group, name);
		if (room != PFNSCOPE_MISSING && (!found || room < least)) {
			free(found);
			found = pfnscope_strdup(name);
			least = room;
		}
		above = pfnscope_memcg_above(name);
		free(name);
	}
	if (!found)
		return;
	pfnscope_run_remark(run, "%s has no limit of its own: that of %s", group->name, found);
	free(group->name);
	group->name = found;
}

static int find_place(struct pfnscope_run *run, struct pfnscope_memcg *group,
		      struct pfnscope_victims_ask *ask)
{
	const char *name = pfnscope_run_value(run, "cgroup");

	if (find_nodes(run, "nodes", &ask->policy) || find_nodes(run, "cpuset", &ask->cpuset))
		return -1;
	if (!!name + !!ask->policy + !!ask->cpuset > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one of --cgroup, --nodes and --cpuset");
	if (!name)
		return 0;
	if (pfnscope_memcg_find(run->source, name, group, &run->error))
		return -1;
	find_limit(run, group);
	ask->group = group;
	return 0;
}

/* --- the answer --- */

static int show_killers(struct pfnscope_run *run, const struct pfnscope_victims_ask *ask)
{
	struct pfnscope_table *table = pfnscope_killers(run->source, ask);
	int status = pfnscope_run_show(run, table);

	pfnscope_table_free(table);
	return status;
}

/* Who is before the kernel, where somebody is. */
static void say_first(struct pfnscope_run *run, const struct pfnscope_victims_ask *ask)
{
	struct KILLERS_table *table = KILLERS_FROM(pfnscope_killers(run->source, ask));

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		const char *turn = pfnscope_table_string(CELL(table, row, KILLERS_turn));

		if (row && turn && (!strcmp(turn, "first") || !strcmp(turn, "now")))
			pfnscope_run_remark(run, "%s kills before the kernel does, by its own rule: --killers",
					    pfnscope_table_string(CELL(table, row,
								       KILLERS_killer)));
	}
	pfnscope_table_free(&table->all);
}

static void say_lines(struct pfnscope_run *run, const struct pfnscope_victims *victims)
{
	size_t others = victims->count - victims->candidates;

	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	for (size_t i = 0; i < victims->lines.count; i++)
		pfnscope_run_remark(run, "%s", victims->lines.line[i]);
	if (victims->count)
		pfnscope_run_remark(run, "%zu candidates, %zu passed over%s", victims->candidates,
				    others, run->all ? "" : " (--all shows them)");
}

static int show_next(struct pfnscope_run *run, struct pfnscope_victims_ask *ask)
{
	struct pfnscope_victims victims;
	int status = -1;

	ask->sizes = run->top < UINT32_MAX ? (size_t)run->top : FIRST;
	if (!pfnscope_victims_read(run->source, ask, &victims, &run->error)) {
		bool none = !victims.candidates && victims.count;
		bool absent = victims.table->state == PFNSCOPE_TABLE_ABSENT;

		run->format.page_size_bytes = victims.page_bytes;
		status = pfnscope_run_show(run, victims.table);
		if (!absent)
			say_lines(run, &victims);
		if (!absent && run->format.kind == PFNSCOPE_FORMAT_TABLE)
			say_first(run, ask);
		if (!status && none)
			status = PFNSCOPE_WARNING;
	}
	pfnscope_victims_clear(&victims);
	return status;
}

static int run_next(struct pfnscope_run *run)
{
	struct pfnscope_victims_ask ask = { 0 };
	struct pfnscope_memcg group = { 0 };
	int status = -1;

	if (!find_place(run, &group, &ask))
		status = pfnscope_run_value(run, "killers") ? show_killers(run, &ask) :
			 show_next(run, &ask);
	pfnscope_memcg_clear(&group);
	return status;
}

const struct pfnscope_command pfnscope_cmd_oom_next = {
	.name = "oom --next",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "whom the OOM killer would take now",
	.description =
		"Ranks all processes by the kernel's own score, from /proc: what is resident,\n"
		"in swap and in page tables, and oom_score_adj thousandths of what they could\n"
		"have. Says who is passed over and why, who dies along, and what that frees.\n"
		"With --killers: whether a daemon kills before the kernel does.",
	.view = &pfnscope_view_next,
	.others = { { "With --killers", &pfnscope_view_killers, true } },
	.view_of = view_of_next,
	.options = options,
	.empty = "no process is there to be killed",
	.shows = shows,
	.examples = { "oom --next", "oom --next --cgroup /system.slice" },
	.run = run_next,
};
