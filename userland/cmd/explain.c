// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope explain: what the page allocator would say to a request now. */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "model/explain-table.h"
#include "model/gfp.h"
#include "model/plan.h"
#include "model/row.h"
#include "model/system.h"
#include "read/asking.h"
#include "read/blocks.h"
#include "read/system.h"
#include "read/zoneinfo.h"

#define say	pfnscope_render_text
#define SHOWN	PFNSCOPE_SHOWN

static const struct pfnscope_option options[] = {
	{ "gfp", "GFP", "flags by name (GFP_KERNEL|__GFP_COMP) or 0xMASK" },
	{ "order", "N", "two to this power pages, 0 if not given" },
	{ "node", "N", "node the caller names, as alloc_pages_node() does" },
	{ "pid", "PID", "asked by this task: its cpuset, memory policy, CPU" },
	{ "cpu", "N", "asked on this CPU: its node and its lists" },
	{ NULL, NULL, NULL },
};

#define ANSWER_ROW(INTEGER, STRING)					\
	STRING(outcome, SHOWN, "fast, slow, reserves, reclaim, fail or unknown") \
	INTEGER(served_node, SHOWN, "node of the zone that serves")	\
	STRING(served_zone, SHOWN, "zone that serves")			\
	STRING(gfp_flags, SHOWN, "flags of the request")		\
	INTEGER(order, SHOWN, "two to this power pages")		\
	INTEGER(node, SHOWN, "node it prefers")				\
	INTEGER(cpu, 0, "CPU it is asked on")				\
	STRING(cpuset_nodes, 0, "nodes of the task's cpuset")		\
	STRING(policy, 0, "the task's memory policy")			\
	STRING(kswapd_nodes, 0, "nodes whose kswapd it wakes")		\
	STRING(preferred_zone, SHOWN, "highest zone class it may use")	\
	STRING(kernel_release, 0, "kernel whose rules hold")		\
	STRING(kernel_version, 0, "of its sources")			\
	STRING(watermark_rule, 0, "how that kernel checks a zone")

PFNSCOPE_ROW(answer, ANSWER_ROW)

struct question {
	struct pfnscope_snapshot snapshot;
	struct pfnscope_table *blocks;
	struct pfnscope_system system;
	struct pfnscope_request request;
	struct pfnscope_policy policy;
	struct pfnscope_machine machine;
	struct pfnscope_plan plan;
};

/* The bits of this kernel where the module tells them, else of its series. */
static uint32_t mask_meaning(const struct question *q, uint64_t mask)
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

static int take_gfp(struct pfnscope_run *run, struct question *q)
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

static int64_t first_node(const struct question *q)
{
	const struct pfnscope_table *zones =
		pfnscope_snapshot_table(&q->snapshot, &pfnscope_view_zones);
	uint64_t node = 0;

	if (zones)
		pfnscope_table_number(zones, 0, "node", &node);
	return (int64_t)node;
}

/* Where the caller names a node, or asks for one only, no policy is asked. */
static void take_policy(struct question *q, bool node_named)
{
	if (node_named || (q->request.gfp & PFNSCOPE_GFP_THISNODE))
		return;
	q->request.nodes = q->policy.nodes;
	if (q->policy.node != PFNSCOPE_MISSING)
		q->request.node = q->policy.node;
}

static int take_place(struct pfnscope_run *run, struct question *q)
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

static void take_free_cma(void *context, uint64_t node, const char *zone,
			  uint64_t pages)
{
	struct pfnscope_machine *m = context;

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == (int64_t)node &&
		    !strcmp(m->zones[i].name, zone) && pages < INT64_MAX / 4)
			m->zones[i].cma = (int64_t)pages;
}

static int read_machine(struct pfnscope_run *run, struct question *q)
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
	pfnscope_zoneinfo_free_cma(run->source, take_free_cma, &q->machine);
	return 0;
}

static struct pfnscope_table *answer_table(const struct question *q)
{
	const struct pfnscope_explain_zone *served = NULL;
	char names[256], cpuset[96], kswapd[96];
	struct answer_row row = {
		.outcome = pfnscope_outcome_name(q->plan.outcome),
		.served_node = PFNSCOPE_MISSING,
		.gfp_flags = names,
		.order = q->request.order,
		.node = q->request.node,
		.cpu = q->request.cpu,
		.cpuset_nodes = q->request.cpuset ? cpuset : NULL,
		.policy = *q->policy.text ? q->policy.text : NULL,
		.kswapd_nodes = q->plan.kswapd_nodes &&
				q->plan.outcome != PFNSCOPE_OUTCOME_FAST ?
				kswapd : NULL,
		.preferred_zone = pfnscope_class_name(pfnscope_request_class(
			&q->machine.classes, q->request.gfp)),
		.kernel_release = q->system.release,
		.kernel_version = q->system.version,
		.watermark_rule = q->machine.rules.name,
	};

	pfnscope_gfp_text(q->request.gfp, names, sizeof(names));
	pfnscope_nodes_text(q->request.cpuset, cpuset, sizeof(cpuset));
	pfnscope_nodes_text(q->plan.kswapd_nodes, kswapd, sizeof(kswapd));
	if (q->plan.served)
		served = q->plan.served->zone;
	if (served) {
		row.served_node = served->node;
		row.served_zone = served->name;
	}
	return pfnscope_row_table(&answer_view, &row);
}

static struct json_object *attempt_json(const struct pfnscope_format *format,
					const struct question *q,
					const struct pfnscope_verdict *verdict)
{
	struct pfnscope_table *table = pfnscope_verdict_table(verdict, 1);
	struct pfnscope_table *numbers =
		pfnscope_verdict_numbers(&q->machine.rules, verdict);
	struct json_object *object = pfnscope_json_row(format, table, 0);

	json_object_object_add(object, "mark_pages",
			       json_object_new_int64(verdict->mark));
	json_object_object_add(object, "numbers",
			       pfnscope_json_row(format, numbers, 0));
	pfnscope_table_free(table);
	pfnscope_table_free(numbers);
	return object;
}

static struct json_object *lines_json(struct pfnscope_lines *lines)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < lines->count; i++)
		json_object_array_add(list,
				      json_object_new_string(lines->line[i]));
	pfnscope_lines_clear(lines);
	return list;
}

/* How each attempt was made; what each zone said to it is in zones. */
static struct json_object *attempts_json(const struct question *q)
{
	struct json_object *list = json_object_new_array();
	struct pfnscope_lines notes = { 0 };
	char flags[96];

	for (unsigned int i = 0; i < q->plan.nr_attempts; i++) {
		const struct pfnscope_attempt *a = &q->plan.attempts[i];
		struct json_object *object = json_object_new_object();

		pfnscope_alloc_flags_text(a->alloc_flags, flags, sizeof(flags));
		pfnscope_attempt_notes(a, &notes);
		json_object_object_add(object, "stage", json_object_new_string(
			pfnscope_stage_name(i)));
		json_object_object_add(object, "made", json_object_new_boolean(
			i <= q->plan.made));
		json_object_object_add(object, "mark", json_object_new_string(
			pfnscope_mark_name(a->mark)));
		json_object_object_add(object, "alloc_flags",
				       json_object_new_string(flags));
		json_object_object_add(object, "notes", lines_json(&notes));
		json_object_array_add(list, object);
	}
	return list;
}

static int show_json(struct pfnscope_run *run, const struct question *q)
{
	struct pfnscope_lines next = { 0 }, changes = { 0 };
	struct pfnscope_table *table = answer_table(q);
	struct json_object *object = pfnscope_json_row(&run->format, table, 0);
	struct json_object *zones = json_object_new_array();

	pfnscope_table_free(table);
	for (size_t i = 0; i < q->plan.count; i++) {
		struct json_object *zone = json_object_new_object();

		for (unsigned int a = 0; a < q->plan.nr_attempts; a++)
			json_object_object_add(zone, pfnscope_stage_name(a),
				attempt_json(&run->format, q,
					&q->plan.attempts[a].verdicts[i]));
		json_object_array_add(zones, zone);
	}
	pfnscope_plan_next(&q->request, &q->machine, &q->plan, &next);
	pfnscope_plan_changes(&q->request, &q->machine, &q->plan, &changes);
	json_object_object_add(object, "attempts", attempts_json(q));
	json_object_object_add(object, "zones", zones);
	json_object_object_add(object, "next", lines_json(&next));
	json_object_object_add(object, "changes", lines_json(&changes));
	return pfnscope_render_json(object, &run->error);
}

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

static void attempt_text(const struct question *q, enum pfnscope_stage stage)
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

static void verdict_text(const struct question *q)
{
	static const char *const texts[] = {
		[PFNSCOPE_OUTCOME_FAST] = "served at once by",
		[PFNSCOPE_OUTCOME_SLOW] = "served in the slow path by",
		[PFNSCOPE_OUTCOME_RESERVES] = "served as a last resort by",
		[PFNSCOPE_OUTCOME_RECLAIM] = "no zone serves: it waits for "
					     "reclaim",
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
static void task_text(const struct question *q)
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
		    "");
}

static int show_text(struct pfnscope_run *run, const struct question *q)
{
	struct pfnscope_lines next = { 0 }, changes = { 0 };

	verdict_text(q);
	task_text(q);
	for (unsigned int i = 0; i <= q->plan.made; i++)
		attempt_text(q, i);
	pfnscope_plan_next(&q->request, &q->machine, &q->plan, &next);
	lines_text("Then:", &next);
	pfnscope_plan_changes(&q->request, &q->machine, &q->plan, &changes);
	lines_text("What would change it:", &changes);
	return pfnscope_render_finish(&run->error);
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
	struct question q = { 0 };
	int status = read_machine(run, &q);

	if (!status) {
		pfnscope_plan_make(&q.machine, &q.request, &q.plan);
		status = json ? show_json(run, &q) : show_text(run, &q);
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
	.run = run_explain,
};
