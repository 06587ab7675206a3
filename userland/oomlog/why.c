// SPDX-License-Identifier: GPL-2.0-only
/* Why a request got nothing although memory was free, and what that means. */
#include <inttypes.h>
#include <string.h>

#include "allocator/gfp.h"
#include "oomlog/advice.h"
#include "base/array.h"

/* Above it the kernel neither insists nor kills. */
#define COSTLY_ORDER	3

struct whole {
	const struct pfnscope_oom_report *report;
	const struct pfnscope_oom_answer *answer;
	struct pfnscope_oom_room room;
	struct pfnscope_lines *lines;
};

static void by_class(const struct whole *w)
{
	const char *zone = pfnscope_class_name(w->answer->preferred);
	char open[32], closed[32];

	pfnscope_oom_size(w->room.open_kb, open, sizeof(open));
	pfnscope_oom_size(w->room.closed_free_kb, closed, sizeof(closed));
	if (w->answer->preferred == PFNSCOPE_CLASS_DMA)
		pfnscope_lines_add(w->lines, "Only ZONE_DMA counts: %s of it; "
				   "%s free are closed to this request.", open,
				   closed);
	else
		pfnscope_lines_add(w->lines, "Only zones up to %s count: %s of "
				   "memory; %s free are closed to this "
				   "request.", zone, open, closed);
}

static void nothing_open(const struct whole *w)
{
	char closed[32];

	pfnscope_lines_add(w->lines, "No zone that it may use has memory: %s "
			   "free are closed to it (%s).",
			   pfnscope_oom_size(w->room.closed_free_kb, closed,
					     sizeof(closed)), w->room.closed);
}

static bool is_constraint(const struct whole *w, const char *name)
{
	return !strcmp(w->report->constraint, name);
}

static const char *what_binds(const struct whole *w)
{
	if (is_constraint(w, "CONSTRAINT_CPUSET"))
		return "cpuset";
	if (is_constraint(w, "CONSTRAINT_MEMORY_POLICY"))
		return "memory policy";
	return "nodemask";
}

static void by_node(const struct whole *w)
{
	const char *nodes = pfnscope_oom_bound_nodes(w->report);
	bool one = strspn(nodes, "0123456789") == strlen(nodes);
	char closed[32];

	pfnscope_oom_size(w->room.closed_free_kb, closed, sizeof(closed));
	if (w->room.by_class && !w->room.open_kb)
		pfnscope_lines_add(w->lines, "Its %s leaves it node%s %s, where "
				   "no zone is open to it (%s): this request is "
				   "not movable. %s free are closed to it.",
				   what_binds(w), one ? "" : "s",
				   *nodes ? nodes : "?", w->room.closed, closed);
	else
		pfnscope_lines_add(w->lines, "Its %s leaves it node%s %s; %s "
				   "free on other nodes are closed to it.",
				   what_binds(w), one ? "" : "s",
				   *nodes ? nodes : "?", closed);
}

/* Which nodes fail in each zone? Only such a one can have been asked. */
static void short_nodes(const struct whole *w, uint64_t *shorts, uint64_t *all)
{
	uint64_t passing = 0;

	*all = 0;
	for (size_t i = 0; i < w->answer->nr_verdicts; i++) {
		const struct pfnscope_verdict *v = &w->answer->verdicts[i];
		int64_t node = v->zone->node;

		if (node < 0 || node > 63)
			continue;
		*all |= UINT64_C(1) << node;
		if (pfnscope_verdict_passes(v) != PFNSCOPE_PASSES_NO)
			passing |= UINT64_C(1) << node;
	}
	*shorts = *all & ~passing;
}

static void this_node(const struct whole *w)
{
	uint64_t shorts, all;

	short_nodes(w, &shorts, &all);
	pfnscope_lines_add(w->lines, "__GFP_THISNODE: only one node counts, and "
			   "the log does not say which.");
	for (int node = 0; node < 64; node++)
		if (shorts >> node & 1)
			pfnscope_lines_add(w->lines, "Node %d was short%s.",
					   node, shorts & (shorts - 1) ? "" :
					   ", so likely it was asked for that one");
}

/* All that is free above the watermark is kept for others. */
static void set_apart(const struct whole *w)
{
	bool cma = false, high = false;

	for (size_t i = 0; i < w->answer->nr_verdicts; i++) {
		const struct pfnscope_verdict *v = &w->answer->verdicts[i];
		uint32_t types = v->terms.types;

		if (v->reason != PFNSCOPE_REASON_APART &&
		    v->reason != PFNSCOPE_REASON_TYPE)
			continue;
		cma |= v->zone->cma > 0 ||
		       (types & PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA));
		high |= v->zone->highatomic > 0 ||
			(types & PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC));
	}
	if (cma)
		pfnscope_lines_add(w->lines, "Free CMA memory is for movable "
				   "requests only, and this is none.");
	if (high)
		pfnscope_lines_add(w->lines, "Free highatomic blocks are kept "
				   "for high-order requests that may not wait.");
}

/* Since 2.6.0: more pages than the machine has are refused at once. */
static bool is_beyond_memory(const struct whole *w)
{
	int64_t kb = w->report->failure.vmalloc_bytes / 1024;
	int64_t usable = w->answer->dominant.usable_kb;
	char asked[32], there[32];

	if (usable <= 0 || kb <= usable || w->report->failure.vmalloc_pages)
		return false;
	pfnscope_lines_add(w->lines, "vmalloc never gives more than all memory: "
			   "%s are asked for, %s are there. The size is wrong.",
			   pfnscope_oom_size(kb, asked, sizeof(asked)),
			   pfnscope_oom_size(usable, there, sizeof(there)));
	return true;
}

static bool any_zone_passes(const struct pfnscope_oom_answer *answer)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (answer->verdicts[i].reason == PFNSCOPE_REASON_PASSES)
			return true;
	return false;
}

/* A zone that could serve: the reason lies outside of this snapshot. */
static void passing(const struct whole *w)
{
	uint32_t gfp = w->answer->request.gfp;
	const struct pfnscope_oom_failure *f = &w->report->failure;

	if (!strcmp(f->what, "vmalloc") && !f->vmalloc_pages)
		pfnscope_lines_add(w->lines, "Pages were there: vmalloc lacked "
				   "address space, or could not give such a "
				   "size.");
	else if (!(gfp & PFNSCOPE_GFP_DIRECT_RECLAIM))
		pfnscope_lines_add(w->lines, "A zone could serve when this was "
				   "printed: memory was freed between the "
				   "failure and the printing.");
	else
		pfnscope_lines_add(w->lines, "A zone could serve when this was "
				   "printed: reclaim or an exit had just freed "
				   "memory, or reclaim gave up too early.");
}

/* These ask for more than one block of pages: other rules hold. */
static bool is_of_areas(const char *what)
{
	static const char *const areas[] = {
		"vmalloc", "vmap", "cma", "hugetlb", "percpu",
	};

	for (size_t i = 0; i < ARRAY_SIZE(areas); i++)
		if (!strcmp(what, areas[i]))
			return true;
	return false;
}

static void harm(const struct whole *w)
{
	const struct pfnscope_request *r = &w->answer->request;
	bool low = w->answer->preferred < PFNSCOPE_CLASS_NORMAL;

	if (w->report->kind == PFNSCOPE_OOM_ALLOC_STALL)
		pfnscope_lines_add(w->lines, "It was not refused, it goes on trying: "
			"whoever waits for that task waits along. Slow swap or "
			"disks make reclaim take so long, or memory that it cannot "
			"free.");
	if (w->report->kind != PFNSCOPE_OOM_ALLOC_FAILURE || !r->gfp_known ||
	    is_of_areas(w->report->failure.what))
		return;
	if (!(r->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM))
		pfnscope_lines_add(w->lines, "The caller may not wait and has "
			"to cope: it tries again, or drops what it was to do (a "
			"packet, say). Now and then that is noise; many in a "
			"row are lost work.");
	else if (r->gfp & PFNSCOPE_GFP_NORETRY)
		pfnscope_lines_add(w->lines, "__GFP_NORETRY: callers that ask "
			"so have a fallback. Likely noise, for lack of "
			"__GFP_NOWARN, unless an error of theirs follows.");
	else if (r->gfp & PFNSCOPE_GFP_RETRY_MAYFAIL)
		pfnscope_lines_add(w->lines, "__GFP_RETRY_MAYFAIL: the caller "
			"would rather fail than have a task killed. Harm is "
			"done if an error of its own follows.");
	else if (r->order > COSTLY_ORDER)
		pfnscope_lines_add(w->lines, "Above order %d the kernel does "
			"not insist: the caller gets an error. Harm is done if "
			"it has no fallback.", COSTLY_ORDER);
	else if (low || (r->gfp & PFNSCOPE_GFP_THISNODE))
		pfnscope_lines_add(w->lines, "No task is killed for such a "
			"request: it fails, and its caller gets an error.");
	else
		pfnscope_lines_add(w->lines, "A request like this is refused "
			"only to a task that is being killed or that frees "
			"memory itself (PF_MEMALLOC), or during suspend.");
}

/**
 * pfnscope_oom_why - what the verdicts of the zones do not say by themselves
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences, the weightiest first
 */
void pfnscope_oom_why(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer,
		      struct pfnscope_lines *lines)
{
	struct whole w = { .report = report, .answer = answer, .lines = lines };

	if (report->kind == PFNSCOPE_OOM_MEMCG)
		return;
	if (answer->request.no_request) {
		pfnscope_lines_add(lines, "gfp 0x0: a page fault gave up, be it "
				   "at a cgroup's limit or in a driver, and the "
				   "OOM killer was called. No zone was asked.");
		return;
	}
	if (report->forced && report->kind == PFNSCOPE_OOM_GLOBAL)
		pfnscope_lines_add(lines, "SysRq-F asks for a kill: no request "
				   "failed, and no zone has to be short.");
	pfnscope_oom_room(report, answer, &w.room);
	if (w.room.by_class && w.room.open_kb && w.room.closed_free_kb > 0 &&
	    !any_zone_passes(answer))
		by_class(&w);
	if (w.room.by_class && !w.room.open_kb && !w.room.by_node)
		nothing_open(&w);
	if (w.room.by_node)
		by_node(&w);
	if (answer->one_node)
		this_node(&w);
	set_apart(&w);
	if (!is_beyond_memory(&w) && any_zone_passes(answer) && !report->forced)
		passing(&w);
	harm(&w);
}
