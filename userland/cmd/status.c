// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope status, and pfnscope alone: the first screen. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/status.h"
#include "source/counters.h"
#include "source/limits.h"
#include "table/select.h"
#include "triage/worst.h"
#include "view/about.h"
#include "view/hugepages.h"
#include "view/incidents.h"
#include "view/pageblocks.h"
#include "view/reclaim.h"
#include "view/zones.h"

#define NODES	1024

static const struct pfnscope_option options[] = {
	{ "scan", NULL, "also the share of each node that cannot move: reads all pages" },
	{ "all", NULL, "every node, where there are more than fit" },
	{ NULL, NULL, NULL },
};

/* --- what cannot move, by node --- */

struct shares {
	uint64_t unmovable[NODES];
	uint64_t present[NODES];
};

static void take_block(void *context, const struct pfnscope_table *any)
{
	const struct PAGEBLOCKS_table *table = PAGEBLOCKS_OF(any);
	struct shares *shares = context;
	uint64_t node, unmovable, present;

	if (!pfnscope_table_number(CELL(table, 0, PAGEBLOCKS_node), &node) || node >= NODES ||
	    !pfnscope_table_number(CELL(table, 0, PAGEBLOCKS_unmovable_pages), &unmovable) ||
	    !pfnscope_table_number(CELL(table, 0, PAGEBLOCKS_present_pages), &present) ||
	    unmovable > present || present > UINT32_MAX)
		return;
	shares->unmovable[node] += unmovable;
	shares->present[node] += present;
}

static void add_shares(const struct shares *shares, struct STATUS_NODES_table *table)
{
	for (size_t node = 0; node < NODES; node++) {
		struct pfnscope_value *row;

		if (!shares->present[node])
			continue;
		row = pfnscope_table_add(&table->all);
		pfnscope_table_set_number(CELL(table, row, STATUS_NODES_node), node);
		pfnscope_table_set_number(CELL(table, row, STATUS_NODES_unmovable_permille),
					  shares->unmovable[node] * 1000 / shares->present[node]);
	}
}

/* Says in @what's place why @table is not whole. */
static void note_lack(struct pfnscope_screen *s, const char *what,
		      const struct pfnscope_table *table)
{
	if (table->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_lines_add(&s->lacking, "%s: %s", what, table->reason);
}

static int scan(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	struct shares *shares;
	struct pfnscope_row_taker taker = { .take = take_block };
	struct pfnscope_table *blocks;
	int failed;

	if (!pfnscope_run_value(run, "scan"))
		return 0;
	shares = pfnscope_calloc(1, sizeof(*shares));
	taker.context = shares;
	failed = pfnscope_view_each(run->source, &pfnscope_view_pageblocks, &taker,
				    &blocks, &run->error);
	if (!failed) {
		s->unmovable = pfnscope_table_new(&pfnscope_view_status_nodes);
		add_shares(shares, STATUS_NODES_FROM(s->unmovable));
		note_lack(s, "what cannot move", blocks);
		pfnscope_table_free(blocks);
	}
	free(shares);
	return failed;
}

/* --- what costs nothing to read --- */

static void say_highatomic(struct pfnscope_screen *s)
{
	for (size_t i = 0; i < s->machine.nr_zones; i++)
		if (s->machine.zones[i].managed &&
		    s->machine.zones[i].highatomic == PFNSCOPE_MISSING) {
			pfnscope_lines_add(&s->lacking, "pages reserved as highatomic: not "
				"known, FOR_KERNEL and FOR_MOVABLE may have them");
			return;
		}
}

static int read_zones(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	static const struct pfnscope_view *const views[] = {
		&pfnscope_view_about, &pfnscope_view_zones,
		&pfnscope_view_reclaim, NULL,
	};
	const struct pfnscope_request request = { .node = 0, .cpu = PFNSCOPE_MISSING };

	if (pfnscope_snapshot_read(run->source, views, &s->snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = s->snapshot.page_size_bytes;
	pfnscope_system_read(run->source, &s->system);
	if (pfnscope_machine_make(&s->snapshot, NULL,
				  pfnscope_release_version(s->system.version), NULL,
				  &request, &s->machine))
		return 0;
	pfnscope_free_cma_read(run->source, &s->machine);
	pfnscope_zones_settle_cma(pfnscope_snapshot_table(&s->snapshot,
							  &pfnscope_view_zones),
				  &s->machine);
	say_highatomic(s);
	return 0;
}

/* The last of the list; in the folder of an incident, that one. */
static int read_incident(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	char newest[] = "incident";

	if (pfnscope_view_read_file(run->source, &pfnscope_view_incidents,
				    "incidents/list", &s->incident, &run->error))
		return -1;
	if (s->incident->state == PFNSCOPE_TABLE_ABSENT) {
		pfnscope_table_free(s->incident);
		if (pfnscope_view_read_file(run->source, &pfnscope_view_incidents,
					    "header", &s->incident, &run->error))
			return -1;
	}
	pfnscope_table_sort(s->incident, s->incident->view, newest);
	pfnscope_table_limit_rows(s->incident, 1);
	return 0;
}

/* A folder of the module's files has its pools in them. */
static int read_pools(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	struct pfnscope_table *pools;

	s->pools = pfnscope_pools_read(run->source);
	if (s->pools->state == PFNSCOPE_TABLE_COMPLETE ||
	    pfnscope_source_is_live(run->source))
		return 0;
	if (pfnscope_view_read(run->source, &pfnscope_view_hugepages, &pools,
			       &run->error))
		return -1;
	if (pools->state == PFNSCOPE_TABLE_ABSENT) {
		pfnscope_table_free(pools);
		return 0;
	}
	pfnscope_table_free(s->pools);
	s->pools = pools;
	return 0;
}

static bool has_module(const struct pfnscope_screen *s)
{
	return pfnscope_snapshot_table(&s->snapshot, &pfnscope_view_about)->nr_rows;
}

/* An incident has its own moment, and neither pressure nor what was before it. */
static void say_all_lacking(const struct pfnscope_run *run, struct pfnscope_screen *s)
{
	note_lack(s, "zones", pfnscope_snapshot_table(&s->snapshot,
						      &pfnscope_view_zones));
	note_lack(s, "kswapd", pfnscope_snapshot_table(&s->snapshot,
						       &pfnscope_view_reclaim));
	if (!pfnscope_source_is_incident(run->source)) {
		note_lack(s, "pressure", s->pressure);
		note_lack(s, "events since boot", s->events);
	}
	note_lack(s, "huge pages", s->pools);
	/* The module has the list only while it records. */
	s->off = s->incident->state == PFNSCOPE_TABLE_ABSENT && has_module(s);
	if (!s->off)
		note_lack(s, "incidents", s->incident);
	if (s->answer.nodes->nr_rows && !s->answer.zone->nr_rows)
		pfnscope_lines_add(&s->lacking, "the worst zone: its free CMA pages "
				   "or its watermarks are not known");
}

static int read_screen(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	struct pfnscope_status_ask ask;

	if (read_zones(run, s) || read_incident(run, s) || read_pools(run, s) ||
	    scan(run, s))
		return -1;
	s->pressure = pfnscope_pressure_read(run->source);
	s->events = pfnscope_counted_read(run->source);
	ask = (struct pfnscope_status_ask){
		.machine = &s->machine,
		.reclaim = pfnscope_snapshot_table(&s->snapshot,
						   &pfnscope_view_reclaim),
		.unmovable = s->unmovable,
		.pressure = s->pressure,
		.incident = s->incident,
		.has_module = has_module(s),
	};
	pfnscope_status_make(&ask, &s->answer);
	say_all_lacking(run, s);
	if (s->answer.nodes->nr_rows)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			     "no zones to show (try: pfnscope doctor)");
}

static void clear_screen(struct pfnscope_screen *s)
{
	pfnscope_status_clear(&s->answer);
	pfnscope_lines_clear(&s->lacking);
	pfnscope_machine_clear(&s->machine);
	pfnscope_table_free(s->pressure);
	pfnscope_table_free(s->events);
	pfnscope_table_free(s->pools);
	pfnscope_table_free(s->incident);
	pfnscope_table_free(s->unmovable);
	pfnscope_snapshot_clear(&s->snapshot);
}

/* --- JSON --- */

static void add_rows(struct pfnscope_run *run, struct json_object *object,
		     const char *key, const struct pfnscope_table *table)
{
	json_object_object_add(object, key, table->state == PFNSCOPE_TABLE_ABSENT ?
			       NULL : pfnscope_json_rows(&run->format, table));
}

static void add_node_row(struct pfnscope_run *run, struct json_object *object,
			 const char *key, const struct pfnscope_table *table)
{
	json_object_object_add(object, key, table->nr_rows ?
			       pfnscope_json_row(&run->format, table, 0) : NULL);
}

#define KEY	PFNSCOPE_KEY
#define PART(kind, key, view, help) \
	PFNSCOPE_PART(kind, key, PFNSCOPE_OR_NULL, help, &pfnscope_view_##view, NULL)

static const struct pfnscope_shape status_keys[] = {
	KEY(STRING, "kernel_release", PFNSCOPE_OR_NULL, "release of the kernel"),
	PART(OBJECTS, "nodes", status_nodes, "what each has"),
	PART(OBJECT, "worst_zone", status_zone,
	     "the one with the least above its low watermark"),
	PART(OBJECTS, "pressure", pressure, "how long tasks waited for memory"),
	PART(OBJECT, "events", counted, "what has happened since boot"),
	PART(OBJECTS, "hugepages", hugepages, "the pools"),
	PART(OBJECT, "incident", incidents, "the last one"),
	KEY(STRING, "next_command", 0, "what to ask next, without \"pfnscope\""),
	KEY(STRING, "next_why", 0, "why that"),
	KEY(STRINGS, "not_known", 0, "what could not be read"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_document status_document = {
	.name = "status",
	.version = 1,
	.help = "the first screen",
	.keys = status_keys,
};

static int show_status_json(struct pfnscope_run *run, const struct pfnscope_screen *s)
{
	struct json_object *object = json_object_new_object();
	struct json_object *lacking = json_object_new_array();

	json_object_object_add(object, "kernel_release", *s->system.release ?
			       json_object_new_string(s->system.release) : NULL);
	add_rows(run, object, "nodes", s->answer.nodes);
	add_node_row(run, object, "worst_zone", s->answer.zone);
	add_rows(run, object, "pressure", s->pressure);
	add_node_row(run, object, "events", s->events);
	add_rows(run, object, "hugepages", s->pools);
	add_node_row(run, object, "incident", s->incident);
	json_object_object_add(object, "next_command",
			       json_object_new_string(s->answer.next));
	json_object_object_add(object, "next_why",
			       json_object_new_string(s->answer.why));
	for (size_t i = 0; i < s->lacking.count; i++)
		json_object_array_add(lacking,
				      json_object_new_string(s->lacking.line[i]));
	json_object_object_add(object, "not_known", lacking);
	return pfnscope_render_json(&run->format, &status_document, object, &run->error);
}

static int run_status(struct pfnscope_run *run)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct pfnscope_screen screen = { 0 };
	int status = read_screen(run, &screen);

	if (!status)
		status = json ? show_status_json(run, &screen) :
				pfnscope_status_text(run, &screen);
	for (size_t i = 0; !status && i < screen.lacking.count; i++)
		pfnscope_run_remark(run, "%s", screen.lacking.line[i]);
	if (!status && screen.lacking.count)
		status = PFNSCOPE_PARTIAL;
	clear_screen(&screen);
	return status;
}

const struct pfnscope_command pfnscope_cmd_status = {
	.name = "status",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "the first screen: what is free, what is worst, what to ask next",
	.description =
		"What pfnscope alone shows, from counters that cost nothing to read: each\n"
		"node, the zone with the least above its low watermark, pressure, kswapd,\n"
		"huge pages and the last incident. FOR_KERNEL and FOR_MOVABLE are the single\n"
		"pages that GFP_KERNEL and movable requests get before kswapd is woken.",
	.options = options,
	.document = &status_document,
	.examples = { "status", "status --scan --json" },
	.run = run_status,
};
