// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why this task died and not another: the score of oom_badness(), from the task
 * table. Before 2.6.36 it weighed address space, run time and children, of which
 * the table has too little.
 */
#include "allocator/badness.h"
#include "allocator/gfp.h"
#include "allocator/nodes.h"
#include "base/checked.h"
#include "oomlog/advice.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct scoring {
	const struct pfnscope_oom_report *report;
	const struct pfnscope_oom_answer *answer;
	int64_t total;		/* pages that oom_score_adj is a part of */
	int64_t least;		/* what that is at least, where it is not known */
	unsigned int version;
};

static int64_t tables_of(const struct scoring *s,
			 const struct pfnscope_oom_task *task)
{
	int64_t page_kb = s->answer->page_kb;

	if (task->pgtables_bytes >= 0 && page_kb > 0)
		return task->pgtables_bytes / 1024 / page_kb;
	return pfnscope_amount(task->pgtables_pages);
}

static struct pfnscope_badness badness_of(const struct scoring *s,
					  const struct pfnscope_oom_task *task)
{
	return (struct pfnscope_badness){
		.rss = task->rss_pages,
		.swap = task->swap_pages,
		.tables = tables_of(s, task),
		.adj = task->score_adj,
		.root = !task->uid,
	};
}

/* What the task holds, without what its owner set. */
static int64_t held_by(const struct scoring *s,
		       const struct pfnscope_oom_task *task)
{
	const struct pfnscope_badness badness = badness_of(s, task);

	return pfnscope_badness_held(&badness);
}

static bool is_exempt(const struct pfnscope_oom_task *task)
{
	return task->score_adj == PFNSCOPE_ADJ_NEVER || task->pid == 1;
}

/* Pages that oom_score_adj adds, or takes off. */
static int64_t added_to(const struct scoring *s,
			const struct pfnscope_oom_task *task)
{
	const struct pfnscope_badness badness = badness_of(s, task);

	return pfnscope_badness_added(&badness, s->total);
}

/* PFNSCOPE_MISSING where it cannot be told. */
static int64_t score_of(const struct scoring *s,
			const struct pfnscope_oom_task *task)
{
	const struct pfnscope_badness badness = badness_of(s, task);

	return pfnscope_badness_score(&badness, s->total, s->version);
}

/* What these nodes have; reports have the zones of nodes that the request may use. */
static int64_t present_kb(const struct pfnscope_oom_report *report, const char *list)
{
	uint64_t nodes = pfnscope_node_bits(list);
	int64_t kb = 0;

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *zone = &report->zones[i];

		if (zone->has_line && zone->node >= 0 && zone->node < 64 &&
		    (nodes & (UINT64_C(1) << zone->node)))
			kb = pfnscope_plus(kb, zone->present_kb);
	}
	return kb ? kb : PFNSCOPE_MISSING;
}

/*
 * Of the machine, or of the nodes that the request was bound to, which since 5.0 the report says.
 */
static int64_t machine_kb(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer)
{
	int64_t kb = answer->dominant.usable_kb;

	if (!strcmp(report->constraint, "CONSTRAINT_MEMORY_POLICY"))
		kb = present_kb(report, report->nodemask);
	else if (!strcmp(report->constraint, "CONSTRAINT_CPUSET"))
		kb = present_kb(report, report->mems_allowed);
	return pfnscope_plus(kb, pfnscope_amount(report->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB]));
}

/*
 * How much swap the machine has is in no report of a cgroup: where nothing limits that of the cgroup, this is
 * not known.
 */
static int64_t swap_of_group(const struct pfnscope_oom_memcg *memcg)
{
	if (memcg->memsw.unlimited || memcg->swap.unlimited)
		return PFNSCOPE_MISSING;
	if (memcg->version == 1 && memcg->memsw.limit_kb >= 0)
		return pfnscope_minus(memcg->memsw.limit_kb, memcg->memory.limit_kb);
	return pfnscope_amount(memcg->swap.limit_kb);
}

static int64_t pages_of_kb(const struct pfnscope_oom_answer *answer, int64_t kb)
{
	return kb == PFNSCOPE_MISSING || answer->page_kb <= 0 ? PFNSCOPE_MISSING :
	       kb / answer->page_kb;
}

/* What the kernel takes oom_score_adj as a part of. */
static void find_total(struct scoring *s)
{
	const struct pfnscope_oom_memcg *memcg = &s->report->memcg;
	int64_t kb = machine_kb(s->report, s->answer);

	s->least = 0;
	if (s->report->kind == PFNSCOPE_OOM_MEMCG) {
		kb = memcg->memory.unlimited ? PFNSCOPE_MISSING : memcg->memory.limit_kb;
		s->least = pfnscope_or_zero(pages_of_kb(s->answer, kb));
		kb = pfnscope_plus(kb, swap_of_group(memcg));
	}
	s->total = pages_of_kb(s->answer, kb);
}

static const struct pfnscope_oom_task *
find_task(const struct pfnscope_oom_report *report, int64_t pid)
{
	for (size_t i = 0; i < report->nr_tasks; i++)
		if (report->tasks[i].pid == pid)
			return &report->tasks[i];
	return NULL;
}

/* The highest score; NULL where a score that could be higher is not known. */
static const struct pfnscope_oom_task *highest(const struct scoring *s)
{
	const struct pfnscope_oom_task *best = NULL;
	int64_t most = PFNSCOPE_MISSING;

	for (size_t i = 0; i < s->report->nr_tasks; i++) {
		const struct pfnscope_oom_task *task = &s->report->tasks[i];
		int64_t score = score_of(s, task);

		if (is_exempt(task))
			continue;
		if (score == PFNSCOPE_MISSING)
			return NULL;
		if (best && score <= most)
			continue;
		best = task;
		most = score;
	}
	return best;
}

/*
 * Scores highest with the least total there may be, and gains most from a larger one: it scored highest, whatever
 * the total.
 */
static bool dominates(const struct scoring *s,
		      const struct pfnscope_oom_task *dead)
{
	struct scoring least = *s;

	least.total = s->least;
	for (size_t i = 0; i < s->report->nr_tasks; i++) {
		const struct pfnscope_oom_task *task = &s->report->tasks[i];

		if (!is_exempt(task) && (score_of(&least, task) > score_of(&least, dead) ||
					 pfnscope_or_zero(task->score_adj) >
					 pfnscope_or_zero(dead->score_adj)))
			return false;
	}
	return true;
}

static const struct pfnscope_oom_task *largest_task(const struct scoring *s)
{
	const struct pfnscope_oom_task *best = NULL;

	for (size_t i = 0; i < s->report->nr_tasks; i++)
		if (!best || held_by(s, &s->report->tasks[i]) >
			     held_by(s, best))
			best = &s->report->tasks[i];
	return best;
}

/* "1.7G", or pages where the size of one is not known. */
static const char *amount(const struct scoring *s, int64_t pages, char *out,
			  size_t size)
{
	int64_t kb = pfnscope_times(pages, s->answer->page_kb);

	return kb == PFNSCOPE_MISSING ? pfnscope_oom_pages(pages, out, size) :
	       pfnscope_oom_size(kb, out, size);
}

static void parts(const struct scoring *s, const struct pfnscope_oom_task *task,
		  struct pfnscope_lines *lines, const char *how)
{
	char all[32], rss[32], swap[32], tables[32], adj[48] = "";

	if (held_by(s, task) == PFNSCOPE_MISSING)
		return;
	amount(s, held_by(s, task), all, sizeof(all));
	amount(s, pfnscope_amount(task->rss_pages), rss, sizeof(rss));
	amount(s, pfnscope_amount(task->swap_pages), swap, sizeof(swap));
	if (task->pgtables_bytes > 0 && s->answer->page_kb <= 0)
		pfnscope_oom_size(task->pgtables_bytes / 1024, tables, sizeof(tables));
	else
		amount(s, tables_of(s, task), tables, sizeof(tables));
	if (task->score_adj && task->score_adj != PFNSCOPE_MISSING)
		snprintf(adj, sizeof(adj), ", oom_score_adj %" PRId64,
			 task->score_adj);
	pfnscope_lines_add(lines, "%s: %s (rss %s, swap %s, page tables %s)%s.",
			   how, all, rss, swap, tables, adj);
}

/* A kill that frees next to nothing. */
static void too_small(const struct scoring *s,
		      const struct pfnscope_oom_task *dead,
		      struct pfnscope_lines *lines)
{
	int64_t usable = s->answer->dominant.usable_kb;
	int64_t kb = pfnscope_times(held_by(s, dead), s->answer->page_kb);
	char size[32], all[32];

	if (s->report->kind != PFNSCOPE_OOM_GLOBAL || usable <= 0 ||
	    kb == PFNSCOPE_MISSING || kb > usable / 50)
		return;
	pfnscope_lines_add(lines, "That is next to nothing of %s: its death "
			   "frees %s at most.",
			   pfnscope_oom_size(usable, all, sizeof(all)),
			   pfnscope_oom_size(kb, size, sizeof(size)));
}

static void spared(const struct scoring *s, const struct pfnscope_oom_task *big,
		   struct pfnscope_lines *lines)
{
	char size[32], off[32];

	amount(s, held_by(s, big), size, sizeof(size));
	if (big->score_adj == PFNSCOPE_ADJ_NEVER)
		pfnscope_lines_add(lines, "The largest task, %s (pid %" PRId64
				   ", %s), is exempt (oom_score_adj -1000).",
				   big->comm, big->pid, size);
	else if (big->pid == 1)
		pfnscope_lines_add(lines, "The largest task is init (%s), which "
				   "is never killed.", size);
	else if (big->score_adj < 0 && big->score_adj > PFNSCOPE_ADJ_NEVER &&
		 s->total != PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "The largest task, %s (pid %" PRId64
				   ", %s), scores less: oom_score_adj %" PRId64
				   " takes off %s.", big->comm, big->pid, size,
				   big->score_adj,
				   amount(s, -added_to(s, big), off,
					  sizeof(off)));
}

/* @who: how the one that was chosen is called in a sentence. */
static void compare_with_chosen(const struct scoring *s, const char *who,
				const struct pfnscope_oom_task *chosen,
				struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_task *best = highest(s);
	const struct pfnscope_oom_task *big = largest_task(s);
	char how[128];

	if (!best && dominates(s, chosen))
		best = chosen;
	if (chosen == best || (best && score_of(s, chosen) == score_of(s, best))) {
		if (s->report->nr_tasks > 1)
			snprintf(how, sizeof(how), "%s scored highest of the "
				 "%zu tasks listed", who, s->report->nr_tasks);
		else
			snprintf(how, sizeof(how), "%s is the only task listed", who);
		parts(s, chosen, lines, how);
		too_small(s, chosen, lines);
	} else {
		parts(s, chosen, lines, "What it held");
	}
	if (best && best != chosen && score_of(s, chosen) < score_of(s, best)) {
		snprintf(how, sizeof(how), "By the table %s (pid %" PRId64
			 ") scored higher, and was spared or gone already",
			 best->comm, best->pid);
		parts(s, best, lines, how);
	}
	if (big && big != chosen)
		spared(s, big, lines);
}

/* Up to 5.1 the child that scored most died in place of the one that was chosen. */
static void compare_with_victim(const struct scoring *s,
				const struct pfnscope_oom_task *dead,
				struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_victim *chosen = &s->report->chosen;
	const struct pfnscope_oom_task *parent = find_task(s->report, chosen->pid);

	if (!pfnscope_badness_spares_parent(s->version) || !parent || parent == dead) {
		compare_with_chosen(s, "It", dead, lines);
		return;
	}
	parts(s, dead, lines, "What it held");
	pfnscope_lines_add(lines, "It died in place of its parent %s (pid %" PRId64
			   "), which was chosen: kernels up to 5.1 do that.",
			   parent->comm, parent->pid);
	compare_with_chosen(s, "The parent", parent, lines);
}

/**
 * pfnscope_oom_sense - why this victim?
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences; none where the log lacks what the kernel compared
 */
void pfnscope_oom_sense(const struct pfnscope_oom_report *report,
			const struct pfnscope_oom_answer *answer,
			struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_task *dead =
		find_task(report, report->killed.pid);
	unsigned int version = pfnscope_oom_version(report);
	struct scoring s = {
		.report = report,
		.answer = answer,
		.version = version,
	};

	find_total(&s);
	if (report->allocating_task)
		pfnscope_lines_add(lines, "vm.oom_kill_allocating_task kills "
				   "whoever asks, not who holds the memory.");
	else if (dead && dead->oom_adj == PFNSCOPE_MISSING &&
		 version >= PFNSCOPE_KERNEL(2, 6, 36))
		compare_with_victim(&s, dead, lines);
	if (report->group_killed > 0)
		pfnscope_lines_add(lines, "%" PRId64 " more task%s of its cgroup "
				   "died with it as a group: memory.oom.group.",
				   report->group_killed,
				   report->group_killed == 1 ? "" : "s");
}
