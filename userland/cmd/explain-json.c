// SPDX-License-Identifier: GPL-2.0-only
/* The answer of explain as a JSON object: every term of every zone. */
#include <json-c/json.h>

#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "render/shape.h"
#include "table/row.h"

#define SHOWN	PFNSCOPE_SHOWN

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

#define KEY	PFNSCOPE_KEY
#define PART	PFNSCOPE_PART

static const struct pfnscope_shape attempt_keys[] = {
	KEY(STRING, "stage", 0, "fast, slow or reserves"),
	KEY(BOOLEAN, "made", 0, "whether it came to it"),
	KEY(STRING, "mark", 0, "watermark it is held against"),
	KEY(STRING, "alloc_flags", 0, "as the kernel calls them"),
	KEY(STRINGS, "notes", 0, "what else is to be said of it"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape said_keys[] = {
	KEY(INTEGER, "mark_pages", 0, "the watermark itself"),
	PART(OBJECT, "numbers", 0, "every term of the comparison",
	     &pfnscope_view_numbers, NULL),
	PFNSCOPE_KEYS_END
};

/* An attempt that the request never gets to has no key. */
#define SAID(stage) \
	PART(OBJECT, stage, PFNSCOPE_OR_ABSENT, \
	     "what the zone says to that attempt", &pfnscope_view_verdict, said_keys)

static const struct pfnscope_shape explain_zone_keys[] = {
	SAID("fast"),
	SAID("slow"),
	SAID("reserves"),
	PFNSCOPE_KEYS_END
};

#define ANSWER_KEYS \
	PART(OBJECTS, "attempts", 0, "how each was made", NULL, attempt_keys), \
	PART(OBJECTS, "zones", 0, "in the order of the zonelist", NULL, explain_zone_keys), \
	KEY(STRINGS, "next", 0, "what comes then"), \
	KEY(STRINGS, "changes", 0, "what would change the answer"), \
	KEY(STRINGS, "not_known", 0, "what these files do not tell")

static const struct pfnscope_shape then_keys[] = { ANSWER_KEYS, PFNSCOPE_KEYS_END };

static const struct pfnscope_shape what_if_keys[] = {
	PART(OBJECTS, "settings", 0, "what --set says", &pfnscope_view_set, NULL),
	PART(OBJECTS, "marks", 0, "of all zones, where --set changes them",
	     &pfnscope_view_what_if, NULL),
	KEY(INTEGER, "kept_pages", 0, "what the zones keep from users: totalreserve_pages"),
	KEY(INTEGER, "kept_then_pages", 0, "and what they would keep"),
	KEY(INTEGER, "commit_limit_bytes", 0, "CommitLimit, where --set changes what is promised"),
	KEY(INTEGER, "commit_limit_then_bytes", 0, "and what it would be"),
	PART(OBJECTS, "reclaimed", 0, "what reclaim would take, where --set changes what it goes by",
	     &pfnscope_view_reclaimed, NULL),
	PART(OBJECT, "answer", 0, "what the request would be told", &answer_view, then_keys),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape explain_keys[] = {
	ANSWER_KEYS,
	PART(OBJECT, "what_if", PFNSCOPE_OR_ABSENT, "with --set", NULL, what_if_keys),
	PFNSCOPE_KEYS_END
};

const struct pfnscope_document pfnscope_explain_document = {
	.name = "explain",
	.version = 1,
	.help = "what the page allocator would say to a request",
	.view = &answer_view,
	.keys = explain_keys,
};

static struct pfnscope_table *answer_table(const struct pfnscope_question *q)
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
		.kswapd_nodes = q->plan.kswapd_nodes ? kswapd : NULL,
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
					const struct pfnscope_question *q,
					const struct pfnscope_verdict *verdict)
{
	struct pfnscope_table *table = pfnscope_verdict_table(verdict, 1);
	struct pfnscope_table *numbers =
		pfnscope_verdict_numbers(&q->machine.rules, verdict);
	struct json_object *object = pfnscope_json_row(format, table, 0);

	json_object_object_add(object, "mark_pages",
			       verdict->mark == PFNSCOPE_MISSING ? NULL :
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
static struct json_object *attempts_json(const struct pfnscope_question *q)
{
	struct json_object *list = json_object_new_array();
	struct pfnscope_lines notes = { 0 };
	char flags[96];

	for (unsigned int i = 0; i < q->plan.nr_attempts; i++) {
		const struct pfnscope_attempt *a = &q->plan.attempts[i];
		struct json_object *object = json_object_new_object();

		pfnscope_alloc_flags_text(a->alloc_flags, flags, sizeof(flags));
		pfnscope_attempt_notes(&q->machine, a, &notes);
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

static struct json_object *answer_json(struct pfnscope_run *run,
				       const struct pfnscope_question *q)
{
	struct pfnscope_lines next = { 0 }, changes = { 0 }, unknown = { 0 };
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
	pfnscope_lines_join(&unknown, &q->lacking);
	pfnscope_plan_unknown(&q->machine, &q->plan, &unknown);
	json_object_object_add(object, "attempts", attempts_json(q));
	json_object_object_add(object, "zones", zones);
	json_object_object_add(object, "next", lines_json(&next));
	json_object_object_add(object, "changes", lines_json(&changes));
	json_object_object_add(object, "not_known", lines_json(&unknown));
	return object;
}

static struct json_object *pages_json(int64_t pages)
{
	return pages == PFNSCOPE_MISSING ? NULL : json_object_new_int64(pages);
}

static struct json_object *limit_json(const struct pfnscope_run *run,
				      const struct pfnscope_what_if *what_if,
				      const struct pfnscope_commit *commit)
{
	return !what_if->commits ? NULL :
	       pages_json(pfnscope_commit_limit(commit, (int64_t)run->format.page_size_bytes));
}

static struct json_object *what_if_json(struct pfnscope_run *run,
					const struct pfnscope_what_if *what_if)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "settings",
			       pfnscope_json_rows(&run->format, what_if->settings));
	json_object_object_add(object, "marks",
			       pfnscope_json_rows(&run->format, what_if->zones));
	json_object_object_add(object, "kept_pages", pages_json(what_if->kept));
	json_object_object_add(object, "kept_then_pages", pages_json(what_if->kept_then));
	json_object_object_add(object, "commit_limit_bytes",
			       limit_json(run, what_if, &what_if->commit));
	json_object_object_add(object, "commit_limit_then_bytes",
			       limit_json(run, what_if, &what_if->commit_then));
	json_object_object_add(object, "reclaimed",
			       pfnscope_json_rows(&run->format, what_if->reclaimed));
	json_object_object_add(object, "answer", answer_json(run, &what_if->then));
	return object;
}

/**
 * pfnscope_explain_json - print an answer as one JSON object
 * @run: the command
 * @q: the question, answered
 *
 * Return: a status.
 */
int pfnscope_explain_json(struct pfnscope_run *run,
			  const struct pfnscope_question *q)
{
	struct json_object *object = answer_json(run, q);

	if (q->what_if)
		json_object_object_add(object, "what_if", what_if_json(run, q->what_if));
	return pfnscope_render_json(&run->format, &pfnscope_explain_document,
				    object, &run->error);
}
