// SPDX-License-Identifier: GPL-2.0-only
/* The answer of explain for people: walk by walk, zone by zone. */
#include <inttypes.h>
#include <stdio.h>

#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "cmd/explain.h"

#define say	pfnscope_render_text

static void zone_text(const struct pfnscope_verdict *v, bool serves)
{
	char zone[40], reason[96], inequality[224], take[96];

	pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_reason_text(v, reason, sizeof(reason));
	pfnscope_verdict_inequality(v, inequality, sizeof(inequality));
	say("    %s: %s\n", zone, serves ? "serves" :
	    v->reason == PFNSCOPE_REASON_PASSES ? "passes" : reason);
	if (*inequality)
		say("      %s\n", inequality);
	if (v->reason != PFNSCOPE_REASON_PASSES)
		return;
	pfnscope_take_text(&v->take, v->order, take, sizeof(take));
	if (*take)
		say("      %s\n", take);
}

static void attempt_text(const struct pfnscope_question *q, enum pfnscope_stage stage)
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
	say("  %s%s%s:\n", titles[stage], *flags ? ", with " : "", flags);
	pfnscope_attempt_notes(a, &notes);
	for (size_t i = 0; i < notes.count; i++)
		say("    (%s)\n", notes.line[i]);
	pfnscope_lines_clear(&notes);
	for (size_t i = 0; i < q->plan.count; i++)
		zone_text(&a->verdicts[i], a->served == (int)i);
}

static void lines_text(const char *title, struct pfnscope_lines *lines)
{
	if (lines->count)
		say("  %s\n", title);
	for (size_t i = 0; i < lines->count; i++)
		say("    %s\n", lines->line[i]);
	pfnscope_lines_clear(lines);
}

static void verdict_text(const struct pfnscope_question *q)
{
	static const char *const texts[] = {
		[PFNSCOPE_OUTCOME_FAST] = "served at once by",
		[PFNSCOPE_OUTCOME_SLOW] = "served in the slow path by",
		[PFNSCOPE_OUTCOME_RESERVES] = "served as a last resort by",
		[PFNSCOPE_OUTCOME_RECLAIM] = "no zone serves: it waits for reclaim",
		[PFNSCOPE_OUTCOME_FAIL] = "fails: no zone serves",
		[PFNSCOPE_OUTCOME_UNKNOWN] = "cannot be told from these files",
	};
	char names[256], zone[40] = "";

	pfnscope_gfp_text(q->request.gfp, names, sizeof(names));
	if (q->plan.served)
		pfnscope_verdict_zone(q->plan.served, zone, sizeof(zone));
	say("%s, order %u, node %" PRId64 ": %s%s%s\n",
	    *names ? names : "no flags", q->request.order, q->request.node,
	    texts[q->plan.outcome], *zone ? " " : "", zone);
}

/* What the task has to say, and what of it cannot be followed. */
static void task_text(const struct pfnscope_question *q)
{
	char nodes[96];

	if (q->request.cpuset) {
		pfnscope_nodes_text(q->request.cpuset, nodes, sizeof(nodes));
		say("  cpuset: nodes %s%s\n", nodes,
		    q->request.gfp & PFNSCOPE_GFP_HARDWALL ? "" :
		    " at first; the slow path may use an ancestor's");
	}
	if (*q->policy.text)
		say("  memory policy: %s%s\n", q->policy.text,
		    q->policy.rotates ?
		    ", whose next node cannot be told: the preferred one is taken" :
		    q->policy.passed ?
		    ": none of its nodes serves without waiting" : "");
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
	struct pfnscope_lines next = { 0 }, changes = { 0 }, unknown = { 0 };

	verdict_text(q);
	task_text(q);
	for (unsigned int i = 0; i < q->plan.nr_attempts && i <= q->plan.made; i++)
		attempt_text(q, i);
	pfnscope_plan_next(&q->request, &q->machine, &q->plan, &next);
	lines_text("Then:", &next);
	pfnscope_plan_changes(&q->request, &q->machine, &q->plan, &changes);
	lines_text("What would change it:", &changes);
	pfnscope_lines_join(&unknown, &q->lacking);
	pfnscope_plan_unknown(&q->machine, &q->plan, &unknown);
	lines_text("Not known from these files:", &unknown);
	return pfnscope_render_finish(&run->error);
}
