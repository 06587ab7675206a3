// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope explain: what the page allocator would say to a request now. */
#include <stdlib.h>
#include <string.h>

#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "source/blocks.h"
#include "source/limits.h"
#include "source/system.h"
#include "source/zoneinfo.h"

static const struct pfnscope_option options[] = {
	{ "gfp", "GFP", "flags by name (GFP_KERNEL|__GFP_COMP) or 0xMASK" },
	{ "order", "N", "two to this power pages, 0 if not given" },
	{ "node", "N", "node the caller names, as alloc_pages_node() does" },
	{ "pid", "PID", "asked by this task: its cpuset, memory policy, CPU" },
	{ "cpu", "N", "asked on this CPU: its node and its lists" },
	{ NULL, NULL, NULL },
};

/* The bits of this kernel where the module tells them, else of its series. */
static uint32_t mask_meaning(const struct pfnscope_question *q, uint64_t mask)
{
	const struct pfnscope_table *bits =
		pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_gfp);
	uint32_t gfp = 0;
	uint64_t value;

	for (size_t row = 0; bits && row < bits->nr_rows; row++) {
		const char *kind = pfnscope_table_string(bits, row, "kind");
		const char *name = pfnscope_table_string(bits, row, "name");

		if (kind && name && !strcmp(kind, "bit") &&
		    pfnscope_table_number(bits, row, "value", &value) &&
		    (mask & value))
			gfp |= pfnscope_gfp_named(name);
	}
	if (bits && bits->nr_rows)
		return gfp;
	return pfnscope_gfp_from_mask(mask,
		pfnscope_release_version(q->system.version), &value);
}

static int take_gfp(struct pfnscope_run *run, struct pfnscope_question *q)
{
	const char *gfp = pfnscope_run_value(run, "gfp");
	char bad[40], *end;

	if (!gfp)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"which request? --gfp GFP_KERNEL, and --order N");
	q->request.gfp_known = true;
	if (!strncmp(gfp, "0x", 2)) {
		uint64_t mask = strtoull(gfp, &end, 16);

		if (*end || !gfp[2])
			return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				"--gfp: not a mask: \"%s\"", gfp);
		q->request.gfp = mask_meaning(q, mask);
		return 0;
	}
	if (!pfnscope_gfp_from_names(gfp, &q->request.gfp, bad, sizeof(bad)))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--gfp: no such flag: \"%s\" (pfnscope gfp lists them)",
			bad);
	return 0;
}

static int64_t first_node(const struct pfnscope_question *q)
{
	const struct pfnscope_table *zones =
		pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_zones);
	uint64_t node = 0;

	if (zones)
		pfnscope_table_number(zones, 0, "node", &node);
	return (int64_t)node;
}

/* Where the caller names a node, or asks for one only, no policy is asked. */
static void take_policy(struct pfnscope_question *q, bool node_named)
{
	if (node_named || (q->request.gfp & PFNSCOPE_GFP_THISNODE))
		return;
	q->request.nodes = q->policy.nodes;
	if (q->policy.node != PFNSCOPE_MISSING)
		q->request.node = q->policy.node;
}

static int take_place(struct pfnscope_run *run, struct pfnscope_question *q)
{
	uint64_t order = 0, node = UINT64_MAX, cpu = UINT64_MAX, pid = 0;

	if (pfnscope_run_number(run, "order", PFNSCOPE_ORDERS - 1, &order) ||
	    pfnscope_run_number(run, "node", 1023, &node) ||
	    pfnscope_run_number(run, "cpu", 65535, &cpu) ||
	    pfnscope_run_number(run, "pid", INT32_MAX, &pid))
		return -1;
	q->request.order = (unsigned int)order;
	q->request.node = PFNSCOPE_MISSING;
	q->policy.node = PFNSCOPE_MISSING;
	q->request.cpu = cpu == UINT64_MAX ? PFNSCOPE_MISSING : (int64_t)cpu;
	if (pid && pfnscope_task_read(run->source, pid, &q->request,
				      &q->policy, &run->error))
		return -1;
	if (q->request.cpu != PFNSCOPE_MISSING)
		q->request.node = pfnscope_cpu_node(run->source,
						    (uint64_t)q->request.cpu);
	take_policy(q, node != UINT64_MAX);
	if (node != UINT64_MAX)
		q->request.node = (int64_t)node;
	if (q->request.node == PFNSCOPE_MISSING)
		q->request.node = first_node(q);
	return 0;
}

/*
 * Free CMA pages as the kernel counts them: its watermark check reads this
 * figure, which lags behind the lists by what the CPUs have not added.
 */
static void take_free_cma(void *context, uint64_t node, const char *zone,
			  const char *name, uint64_t pages)
{
	struct pfnscope_machine *m = context;

	if (strcmp(name, "nr_free_cma"))
		return;
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == (int64_t)node &&
		    !strcmp(m->zones[i].name, zone) && pages < INT64_MAX / 4)
			m->zones[i].cma = (int64_t)pages;
}

static int read_machine(struct pfnscope_run *run, struct pfnscope_question *q)
{
	static const struct pfnscope_view *const views[] = {
		&pfnscope_view_about, &pfnscope_view_zones,
		&pfnscope_view_zonelists, &pfnscope_view_gfp,
		&pfnscope_view_pcp, &pfnscope_view_reclaim, NULL,
	};

	if (pfnscope_snapshot_read(run->source, views, &q->snapshot,
				   &run->error) ||
	    pfnscope_blocks_read(run->source, &q->blocks, &run->error))
		return -1;
	run->format.page_size_bytes = q->snapshot.page_size_bytes;
	pfnscope_system_read(run->source, &q->system);
	if (take_gfp(run, q) || take_place(run, q))
		return -1;
	if (pfnscope_machine_make(&q->snapshot, q->blocks,
				  pfnscope_release_version(q->system.version),
				  &q->request, &q->machine))
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"no zones to explain (try: pfnscope doctor)");
	pfnscope_zoneinfo_numbers(run->source, take_free_cma, &q->machine);
	pfnscope_limits_read(run->source, &q->machine.limits);
	return 0;
}

static int status_of(enum pfnscope_outcome outcome)
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
	int status = read_machine(run, &q);

	if (!status) {
		pfnscope_plan_make(&q.machine, &q.request, &q.plan);
		status = json ? pfnscope_explain_json(run, &q) : pfnscope_explain_text(run, &q);
	}
	if (!status)
		status = status_of(q.plan.outcome);
	pfnscope_plan_clear(&q.plan);
	pfnscope_machine_clear(&q.machine);
	pfnscope_table_free(q.blocks);
	pfnscope_snapshot_clear(&q.snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_explain = {
	.name = "explain",
	.summary = "would the page allocator serve this request, and if not, why",
	.description =
		"Follows a request zone by zone along the zonelist: the fast path at the\n"
		"low watermark, the slow path with what its flags allow, each comparison\n"
		"with its numbers, and what would change the answer. Exit status 0: it\n"
		"would be served; 1: only after reclaim; 2: it fails; 3: not enough data.",
	.options = options,
	.json = true,
	.run = run_explain,
};
