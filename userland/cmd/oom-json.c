// SPDX-License-Identifier: GPL-2.0-only
/* One report as a JSON object: its tables, nested. */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>

#include "allocator/explain-table.h"
#include "cmd/oom.h"
#include "oomlog/table.h"
#include "render/shape.h"

#define KEY	PFNSCOPE_KEY
#define PART	PFNSCOPE_PART
#define OR_NULL	PFNSCOPE_OR_NULL
#define OR_ABSENT	PFNSCOPE_OR_ABSENT

/* In the unit that the kernel printed. */
static const struct pfnscope_shape memcg_keys[] = {
	{ "stats", PFNSCOPE_SHAPE_OBJECT, 0, "by the names of memory.stat",
	  &pfnscope_oom_view_stats, &pfnscope_oom_view_stats_kb, NULL },
	PFNSCOPE_KEYS_END
};

#define MEMCG_KEY(flags) \
	PART(OBJECT, "memcg", flags, "the cgroup whose limit it was", \
	     &pfnscope_oom_view_memcg, memcg_keys)

static const struct pfnscope_shape oom_zone_keys[] = {
	KEY(INTEGERS, "lowmem_reserve_pages", 0, "kept from requests of each class"),
	KEY(INTEGER_OF, "free_list", 0, "free blocks by order"),
	KEY(STRING_OF, "free_list_types", 0, "letters of their migratetypes, by order"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape numbers_keys[] = {
	KEY(INTEGERS, "protections", OR_ABSENT,
	    "lowmem_reserve of every class, where it is not known which counts"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape verdict_keys[] = {
	KEY(BOOLEAN, "passes", OR_NULL | OR_ABSENT,
	    "whether it would have served; null where that cannot be told, no key where no zone was asked"),
	PART(OBJECT, "numbers", OR_NULL, "every term of the comparison",
	     &pfnscope_view_numbers, numbers_keys),
	KEY(STRING, "detail", OR_ABSENT, "what the verdict does not say"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape dominant_keys[] = {
	PART(OBJECT, "all_kb", OR_NULL, "what each holder had",
	     &pfnscope_oom_view_holder, NULL),
	MEMCG_KEY(OR_NULL | OR_ABSENT),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape report_keys[] = {
	KEY(BOOLEAN, "forced", 0, "a person asked for it by SysRq"),
	KEY(BOOLEAN, "unread_lines", 0,
	    "lines within it stand behind a prefix that was not understood"),
	KEY(BOOLEAN, "panic", 0, "the kernel panicked"),
	MEMCG_KEY(OR_NULL),
	KEY(STRINGS, "zone_index_order_for_lowmem_reserve", OR_NULL,
	    "which class of request each number of lowmem_reserve is for"),
	PART(OBJECTS, "zones", 0, "as printed", &pfnscope_oom_view_zone, oom_zone_keys),
	PART(OBJECT, "mem_info_pages", OR_NULL, "counters of the machine, as printed",
	     &pfnscope_oom_view_memory, NULL),
	PART(OBJECT, "killed", OR_NULL, "the victim", &pfnscope_oom_view_victim, NULL),
	PART(OBJECTS, "verdict", 0, "what each zone says to the request",
	     &pfnscope_view_verdict, verdict_keys),
	PART(OBJECT, "most", OR_NULL,
	     "the largest part of memory, free memory included",
	     &pfnscope_oom_view_most, NULL),
	PART(OBJECT, "dominant", 0, "what held the memory",
	     &pfnscope_oom_view_dominant, dominant_keys),
	PART(OBJECTS, "tasks", 0, "the largest", &pfnscope_oom_view_task, NULL),
	PART(OBJECTS, "slabs", 0, "the largest that cannot shrink",
	     &pfnscope_oom_view_slab, NULL),
	PART(OBJECTS, "sites", 0, "who allocated most, where the kernel counts it",
	     &pfnscope_oom_view_site, NULL),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_shape oom_keys[] = {
	PART(OBJECTS, "reports", 0, "in their order in the log",
	     &pfnscope_oom_view_request, report_keys),
	PFNSCOPE_KEYS_END
};

const struct pfnscope_document pfnscope_oom_document = {
	.name = "oom",
	.version = 1,
	.help = "the reports of a log",
	.keys = oom_keys,
};

/* The first row of a table; takes over @table. */
static struct json_object *only_row(const struct pfnscope_format *format,
				    struct pfnscope_table *table)
{
	struct json_object *row = pfnscope_json_row(format, table, 0);

	pfnscope_table_free(table);
	return row;
}

static struct json_object *all_rows(const struct pfnscope_format *format,
				    struct pfnscope_table *table)
{
	struct json_object *rows = pfnscope_json_rows(format, table);

	pfnscope_table_free(table);
	return rows;
}

static struct json_object *integer(int64_t value)
{
	return value == PFNSCOPE_MISSING ? NULL : json_object_new_int64(value);
}

static struct json_object *integers(const int64_t *values, size_t count)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < count; i++)
		json_object_array_add(list, integer(values[i]));
	return list;
}

/* { "0": 12, "1": 3 }: blocks by order, and the letters of their types. */
static void add_free_list(struct json_object *object,
			  const struct pfnscope_oom_zone *zone)
{
	struct json_object *list = json_object_new_object();
	struct json_object *types = json_object_new_object();
	char order[16];

	for (unsigned int i = 0; i < zone->list_orders; i++) {
		snprintf(order, sizeof(order), "%u", i);
		json_object_object_add(list, order,
				       integer(zone->list_blocks[i]));
		if (!zone->list_types[i])
			continue;
		json_object_object_add(types, order, json_object_new_string(
			zone->list_letters[i]));
	}
	json_object_object_add(object, "free_list", list);
	json_object_object_add(object, "free_list_types", types);
}

static struct json_object *zones_json(const struct pfnscope_format *format,
				      const struct pfnscope_oom_report *report)
{
	struct json_object *list = all_rows(format,
					    pfnscope_oom_table_zones(report));

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *zone = &report->zones[i];
		struct json_object *object = json_object_array_get_idx(list, i);

		json_object_object_add(object, "lowmem_reserve_pages",
				       integers(zone->reserve_pages,
						zone->reserves));
		add_free_list(object, zone);
	}
	return list;
}

static struct json_object *classes(const struct pfnscope_oom_answer *answer)
{
	struct json_object *list;

	if (!answer->classes.count)
		return NULL;
	list = json_object_new_array();
	for (unsigned int i = 0; i < answer->classes.count; i++)
		json_object_array_add(list, json_object_new_string(
			pfnscope_class_name(answer->classes.class[i])));
	return list;
}

/* A cgroup at its limit is the whole verdict: no zone was asked. */
static struct json_object *memcg_verdict(const struct pfnscope_format *format)
{
	struct pfnscope_table *nothing = pfnscope_table_new(&pfnscope_view_verdict);
	struct json_object *verdict, *list;

	pfnscope_table_add(nothing);
	list = all_rows(format, nothing);
	verdict = json_object_array_get_idx(list, 0);
	json_object_object_add(verdict, "reason",
			       json_object_new_string("memcg limit, not zone"));
	json_object_object_add(verdict, "numbers", NULL);
	return list;
}

static struct json_object *numbers(const struct pfnscope_format *format,
				   const struct pfnscope_oom_answer *answer,
				   const struct pfnscope_verdict *verdict)
{
	const struct pfnscope_explain_zone *zone = verdict->zone;
	struct json_object *object =
		only_row(format, pfnscope_verdict_numbers(&answer->rules,
							  verdict));

	if (verdict->reason == PFNSCOPE_REASON_UNKNOWN)
		json_object_object_add(object, "protections",
				       integers(zone->reserve, zone->reserves));
	return object;
}

static struct json_object *passes(const struct pfnscope_verdict *verdict)
{
	enum pfnscope_passes passes = pfnscope_verdict_passes(verdict);

	return passes == PFNSCOPE_PASSES_UNKNOWN ? NULL :
	       json_object_new_boolean(passes == PFNSCOPE_PASSES_YES);
}

static struct json_object *verdicts(const struct pfnscope_format *format,
				    const struct pfnscope_oom_answer *answer)
{
	struct json_object *list =
		all_rows(format, pfnscope_verdict_table(answer->verdicts,
							answer->nr_verdicts));

	for (size_t i = 0; i < answer->nr_verdicts; i++) {
		struct json_object *object = json_object_array_get_idx(list, i);

		json_object_object_add(object, "passes",
				       passes(&answer->verdicts[i]));
		json_object_object_add(object, "numbers",
				       answer->verdicts[i].in_kb ? NULL :
				       numbers(format, answer,
					       &answer->verdicts[i]));
		if (answer->order_is_zero && answer->preferred_known)
			json_object_object_add(object, "detail",
				json_object_new_string(answer->order_lost ?
				"computed for order 0; the log does not tell the order" :
				"computed for order 0; the failure is not about pages"));
	}
	return list;
}

static struct json_object *memcg_json(const struct pfnscope_format *format,
				      const struct pfnscope_oom_memcg *memcg)
{
	struct json_object *object;

	if (!memcg->seen && !*memcg->path && !*memcg->task_path)
		return NULL;
	object = only_row(format, pfnscope_oom_table_memcg(memcg));
	json_object_object_add(object, "stats",
		only_row(format, pfnscope_oom_table_stats(memcg)));
	return object;
}

static struct json_object *dominant(const struct pfnscope_format *format,
				    const struct pfnscope_oom_report *report,
				    const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	struct json_object *object =
		only_row(format, pfnscope_oom_table_dominant(d));

	json_object_object_add(object, "all_kb", d->known ?
			       only_row(format, pfnscope_oom_table_holders(d)) :
			       NULL);
	if (report->kind == PFNSCOPE_OOM_MEMCG)
		json_object_object_add(object, "memcg",
				       memcg_json(format, &report->memcg));
	return object;
}

/* Not of the request: what the log says of the machine, yes or no. */
static void add_flags(struct json_object *object,
		      const struct pfnscope_oom_report *report)
{
	json_object_object_add(object, "forced",
			       json_object_new_boolean(report->forced));
	json_object_object_add(object, "unread_lines",
			       json_object_new_boolean(report->unread_lines != 0));
	json_object_object_add(object, "panic",
			       json_object_new_boolean(report->panicked));
}

/**
 * pfnscope_oom_json - a report as a JSON object
 * @format: as for every table
 * @report: the report
 * @answer: its answer
 *
 * Return: the object; json_object_put() frees it.
 */
struct json_object *
pfnscope_oom_json(const struct pfnscope_format *format,
		  const struct pfnscope_oom_report *report,
		  const struct pfnscope_oom_answer *answer)
{
	bool limit = report->kind == PFNSCOPE_OOM_MEMCG;
	struct json_object *object =
		only_row(format, pfnscope_oom_table_request(report, answer));

	add_flags(object, report);
	json_object_object_add(object, "memcg", memcg_json(format, &report->memcg));
	json_object_object_add(object, "zone_index_order_for_lowmem_reserve",
			       classes(answer));
	json_object_object_add(object, "zones", zones_json(format, report));
	json_object_object_add(object, "mem_info_pages", limit ? NULL :
		only_row(format, pfnscope_oom_table_memory(report)));
	json_object_object_add(object, "killed",
		report->killed.pid == PFNSCOPE_MISSING ? NULL :
		only_row(format, pfnscope_oom_table_victim(&report->killed)));
	json_object_object_add(object, "verdict", limit ? memcg_verdict(format) :
			       verdicts(format, answer));
	json_object_object_add(object, "most", *answer->dominant.most ?
		only_row(format, pfnscope_oom_table_most(&answer->dominant)) :
		NULL);
	json_object_object_add(object, "dominant",
			       dominant(format, report, answer));
	json_object_object_add(object, "tasks",
		all_rows(format, pfnscope_oom_table_tasks(report)));
	json_object_object_add(object, "slabs",
		all_rows(format, pfnscope_oom_table_slabs(report)));
	json_object_object_add(object, "sites",
		all_rows(format, pfnscope_oom_table_sites(report)));
	return object;
}
