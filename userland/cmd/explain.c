// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope explain: what the page allocator would say to a request now. */
#include <stdlib.h>
#include <string.h>

#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "source/blocks.h"
#include "source/limits.h"
#include "source/system.h"
#include "view/about.h"
#include "view/pcp.h"
#include "view/reclaim.h"
#include "view/zonelists.h"
#include "view/zones.h"

static const struct pfnscope_option options[] = {
	{ "gfp", "GFP", "flags by name (GFP_KERNEL|__GFP_COMP) or 0xMASK" },
	{ "order", "N", "two to this power pages, 0 if not given" },
	{ "node", "N", "node the caller names, as alloc_pages_node() does" },
	{ "pid", "PID", "asked by this task: its cpuset, memory policy, CPU" },
	{ "cpu", "N", "asked on this CPU: its node and its lists" },
	{ "set", "KEY=VALUE", "also what if, such as vm.min_free_kbytes=65536; may be given again" },
	{ NULL, NULL, NULL },
};

/* Files of the module in whose place the answer had to do with less. */
static void note_lacking(struct pfnscope_question *q)
{
	const struct pfnscope_table *zones =
		pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_zones);
	const struct pfnscope_table *pcp =
		pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_pcp);

	if (zones->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_lines_add(&q->lacking, "zones: %s", zones->reason);
	if (!q->blocks)
		pfnscope_lines_add(&q->lacking, "free blocks: neither freelists nor "
				   "/proc/pagetypeinfo nor /proc/buddyinfo can be read");
	else if (q->blocks->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_lines_add(&q->lacking, "free blocks: %s",
				   q->blocks->reason);
	if (q->request.cpu != PFNSCOPE_MISSING && pcp &&
	    pcp->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_lines_add(&q->lacking, "what CPU %lld has on its lists: %s",
				   (long long)q->request.cpu, pcp->reason);
}

static void make_plan(struct pfnscope_question *q)
{
	uint64_t nodes = q->request.nodes;

	if (nodes && q->policy.first) {
		pfnscope_plan_first(&q->machine, &q->request, &q->plan);
		q->policy.passed = !q->request.nodes;
		return;
	}
	if (nodes && !pfnscope_policy_binds(&q->machine, &q->request)) {
		q->request.nodes = 0;
		q->policy.above = true;
	}
	pfnscope_plan_make(&q->machine, &q->request, &q->plan);
}

static int read_question(struct pfnscope_run *run, struct pfnscope_question *q)
{
	static const struct pfnscope_view *const views[] = {
		&pfnscope_view_about, &pfnscope_view_zones,
		&pfnscope_view_zonelists, &pfnscope_view_gfp,
		&pfnscope_view_pcp, &pfnscope_view_reclaim, NULL,
	};
	struct pfnscope_distances distances;

	if (pfnscope_snapshot_read(run->source, views, &q->snapshot,
				   &run->error) ||
	    pfnscope_blocks_read(run->source, &q->blocks, &run->error))
		return -1;
	run->format.page_size_bytes = q->snapshot.page_size_bytes;
	pfnscope_system_read(run->source, &q->system);
	if (!pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_zones)->nr_rows)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"no zones to explain (try: pfnscope doctor)");
	if (pfnscope_explain_ask(run, q))
		return -1;
	pfnscope_distances_read(run->source, q->request.node, &distances);
	if (pfnscope_machine_make(&q->snapshot, q->blocks,
				  pfnscope_release_version(q->system.version),
				  &distances, &q->request, &q->machine))
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"no zones to explain (try: pfnscope doctor)");
	note_lacking(q);
	pfnscope_free_cma_read(run->source, &q->machine);
	pfnscope_limits_read(run->source, &q->machine.limits);
	return 0;
}

static int status_of_outcome(enum pfnscope_outcome outcome)
{
	switch (outcome) {
	case PFNSCOPE_OUTCOME_RECLAIM:
		return PFNSCOPE_WARNING;
	case PFNSCOPE_OUTCOME_FAIL:
		return PFNSCOPE_CRITICAL;
	case PFNSCOPE_OUTCOME_UNKNOWN:
		return PFNSCOPE_PARTIAL;
	default:
		return PFNSCOPE_OK;
	}
}

static int run_explain(struct pfnscope_run *run)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct pfnscope_question q = { 0 };
	int status = read_question(run, &q);

	if (!status && !(status = pfnscope_explain_set(run, &q))) {
		make_plan(&q);
		if (q.what_if)
			make_plan(&q.what_if->then);
		status = json ? pfnscope_explain_json(run, &q) : pfnscope_explain_text(run, &q);
	}
	if (!status)
		status = q.lacking.count ||
			 q.machine.list_from != PFNSCOPE_LIST_CERTAIN ?
			 PFNSCOPE_PARTIAL :
			 status_of_outcome(q.what_if ? q.what_if->then.plan.outcome :
					   q.plan.outcome);
	pfnscope_what_if_free(q.what_if);
	pfnscope_lines_clear(&q.lacking);
	pfnscope_plan_clear(&q.plan);
	pfnscope_machine_clear(&q.machine);
	pfnscope_table_free(q.blocks);
	pfnscope_snapshot_clear(&q.snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_explain = {
	.name = "explain",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "would the page allocator serve this request, and if not, why",
	.description =
		"Follows a request zone by zone along the zonelist: the fast path at the\n"
		"low watermark, the slow path with what its flags allow, the comparisons that\n"
		"decide, and what would change the answer. Exit status 0: it would be served;\n"
		"1: only after reclaim; 2: it fails; 3: not enough data. With --set, what the\n"
		"answer and the watermarks would be, and the status is that one's.",
	.options = options,
	.repeats = "set",
	.document = &pfnscope_explain_document,
	.verbose = true,
	.recorded = { "gfp", "GFP_KERNEL" },
	.examples = { "explain --gfp GFP_KERNEL --order 4",
		      "explain --gfp GFP_KERNEL --set vm.min_free_kbytes=131072" },
	.run = run_explain,
};
