// SPDX-License-Identifier: GPL-2.0-only
/* The answer of explain for people: walk by walk, zone by zone. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "cmd/sites.h"
#include "render/wrap.h"

#define FEW	3	/* zones that are shown all: there is nothing to save */

static void zone_text(const struct pfnscope_question *q,
		      const struct pfnscope_verdict *v, bool serves)
{
	char zone[40], reason[96], comparison[320], take[96];

	pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_reason_text(v, reason, sizeof(reason));
	pfnscope_verdict_comparison(v, q->machine.page_kb, comparison,
				    sizeof(comparison));
	pfnscope_wrap("    ", "      ", "%s: %s", zone, serves ? "serves" :
		      v->reason == PFNSCOPE_REASON_PASSES ? "passes" : reason);
	if (*comparison)
		pfnscope_wrap("      ", "        ", "%s", comparison);
	if (v->reason != PFNSCOPE_REASON_PASSES)
		return;
	pfnscope_take_text(&v->take, v->order, take, sizeof(take));
	if (*take)
		pfnscope_wrap("      ", "        ", "%s", take);
}

/* The request may use the zone, and it has memory. */
static bool is_tried(const struct pfnscope_verdict *v)
{
	return v->reason != PFNSCOPE_REASON_CLASS &&
	       v->reason != PFNSCOPE_REASON_NODE &&
	       v->reason != PFNSCOPE_REASON_NO_MANAGED;
}

/* Where no zone serves, the one that lacks least; -1 where none is tried. */
static int nearest_zone(const struct pfnscope_question *q,
			const struct pfnscope_attempt *a)
{
	int nearest = -1;

	for (size_t i = 0; i < q->plan.count; i++)
		if (is_tried(&a->verdicts[i]) &&
		    (nearest < 0 ||
		     pfnscope_verdict_shortage(&a->verdicts[i]) <
		     pfnscope_verdict_shortage(&a->verdicts[nearest])))
			nearest = (int)i;
	return nearest;
}

static int first_tried(const struct pfnscope_question *q,
		       const struct pfnscope_attempt *a)
{
	for (size_t i = 0; i < q->plan.count; i++)
		if (is_tried(&a->verdicts[i]))
			return (int)i;
	return 0;
}

/* The zone asked first, and the one that serves or comes nearest to it. */
static void zones_text(const struct pfnscope_run *run,
		       const struct pfnscope_question *q,
		       const struct pfnscope_attempt *a)
{
	int first = first_tried(q, a);
	int last = a->served >= 0 ? a->served : nearest_zone(q, a);
	bool every = run->verbose || q->plan.count <= FEW;
	size_t left_out = 0;

	for (size_t i = 0; i < q->plan.count; i++)
		if (every || (int)i == first || (int)i == last)
			zone_text(q, &a->verdicts[i], a->served == (int)i);
		else
			left_out++;
	if (left_out)
		pfnscope_wrap("    ", "      ", "(%zu more zone%s: --verbose)", left_out,
			      left_out == 1 ? "" : "s");
}

static void attempt_text(const struct pfnscope_run *run,
			 const struct pfnscope_question *q, enum pfnscope_stage stage)
{
	static const char *const titles[] = {
		[PFNSCOPE_STAGE_FAST] = "Fast path, low watermark",
		[PFNSCOPE_STAGE_SLOW] = "Slow path, min watermark",
		[PFNSCOPE_STAGE_RESERVES] = "Again, without cpuset and policy",
	};
	const struct pfnscope_attempt *a = &q->plan.attempts[stage];
	struct pfnscope_lines notes = { 0 };
	char flags[96];

	pfnscope_alloc_flags_text(a->alloc_flags, flags, sizeof(flags));
	pfnscope_wrap("  ", "    ", "%s%s%s:", titles[stage], *flags ? ", with " : "",
		      flags);
	pfnscope_attempt_notes(&q->machine, a, &notes);
	for (size_t i = 0; i < notes.count; i++)
		pfnscope_wrap("    ", "     ", "(%s)", notes.line[i]);
	pfnscope_lines_clear(&notes);
	zones_text(run, q, a);
}

static void lines_text(const char *title, struct pfnscope_lines *lines)
{
	if (lines->count)
		pfnscope_wrap("  ", "", "%s", title);
	for (size_t i = 0; i < lines->count; i++)
		pfnscope_wrap("    ", "      ", "%s", lines->line[i]);
	pfnscope_lines_clear(lines);
}

static void verdict_text(const struct pfnscope_question *q)
{
	static const char *const texts[] = {
		[PFNSCOPE_OUTCOME_FAST] = "served at once by",
		[PFNSCOPE_OUTCOME_SLOW] = "served in the slow path by",
		[PFNSCOPE_OUTCOME_RESERVES] = "served only without cpuset and policy by",
		[PFNSCOPE_OUTCOME_RECLAIM] = "no zone serves: it waits for reclaim",
		[PFNSCOPE_OUTCOME_FAIL] = "fails: no zone serves",
		[PFNSCOPE_OUTCOME_UNKNOWN] = "cannot be told from these files",
	};
	char names[256], zone[40] = "";

	pfnscope_gfp_text(q->request.gfp, names, sizeof(names));
	if (q->plan.served)
		pfnscope_verdict_zone(q->plan.served, zone, sizeof(zone));
	pfnscope_wrap("", "  ", "%s, order %u, node %" PRId64 ": %s%s%s",
		      *names ? names : "no flags", q->request.order, q->request.node,
		      texts[q->plan.outcome], *zone ? " " : "", zone);
}

/* What the task has to say, and what of it cannot be followed. */
static void task_text(const struct pfnscope_question *q)
{
	char nodes[104];

	if (q->request.cpuset) {
		pfnscope_nodes_words(q->request.cpuset, nodes, sizeof(nodes));
		pfnscope_wrap("  ", "    ", "cpuset: %s%s", nodes,
			      q->request.gfp & PFNSCOPE_GFP_HARDWALL ? "" :
			      " at first; the slow path may use an ancestor's");
	}
	if (*q->policy.text)
		pfnscope_wrap("  ", "    ", "memory policy: %s%s", q->policy.text,
			      q->policy.rotates ?
			      ", whose next node cannot be told: the preferred one is taken" :
			      q->policy.above ?
			      ": not for zones as low as these" :
			      q->policy.passed ?
			      ": none of its nodes serves without waiting" : "");
}

/* Who asked for what a zone holds, where that is known. */
static void zone_askers(struct pfnscope_run *run, const struct pfnscope_verdict *v,
			struct pfnscope_lines *lines)
{
	struct pfnscope_where where = { 0 };
	char zone[40], node[24], *askers;

	snprintf(node, sizeof(node), "%" PRId64, v->zone->node);
	pfnscope_where_equal(&where, "node", node, &run->error);
	pfnscope_where_equal(&where, "zone", v->zone->name, &run->error);
	askers = pfnscope_sites_askers(run, &where);
	pfnscope_verdict_zone(v, zone, sizeof(zone));
	if (askers)
		pfnscope_lines_add(lines, "%s: %s", zone, askers);
	pfnscope_where_clear(&where);
	free(askers);
}

static void askers_text(struct pfnscope_run *run, const struct pfnscope_question *q)
{
	const struct pfnscope_attempt *last = &q->plan.attempts[q->plan.made];
	struct pfnscope_lines lines = { 0 };

	for (size_t i = 0; !q->plan.served && i < q->plan.count; i++)
		if (is_tried(&last->verdicts[i]))
			zone_askers(run, &last->verdicts[i], &lines);
	lines_text("Who asked for what is held there (pfnscope sites):", &lines);
}

static void answer_text(struct pfnscope_run *run, const struct pfnscope_question *q)
{
	struct pfnscope_lines next = { 0 }, changes = { 0 }, unknown = { 0 };

	verdict_text(q);
	task_text(q);
	for (unsigned int i = 0; i < q->plan.nr_attempts && i <= q->plan.made; i++)
		attempt_text(run, q, i);
	pfnscope_plan_next(&q->request, &q->machine, &q->plan, &next);
	lines_text("Then:", &next);
	pfnscope_plan_changes(&q->request, &q->machine, &q->plan, &changes);
	lines_text("What would change it:", &changes);
	askers_text(run, q);
	pfnscope_lines_join(&unknown, &q->lacking);
	pfnscope_plan_unknown(&q->machine, &q->plan, &unknown);
	lines_text("Not known from these files:", &unknown);
}

/**
 * pfnscope_explain_text - print an answer for people
 * @run: the command
 * @q: the question, answered
 *
 * Return: a status.
 */
int pfnscope_explain_text(struct pfnscope_run *run,
			  const struct pfnscope_question *q)
{
	answer_text(run, q);
	if (q->what_if) {
		pfnscope_what_if_heading(q->what_if);
		answer_text(run, &q->what_if->then);
		if (pfnscope_what_if_text(run, q->what_if))
			return -1;
	}
	return pfnscope_render_finish(&run->error);
}
