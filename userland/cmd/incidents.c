// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope incidents: the OOM kills and failures that were recorded. */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/plan.h"
#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "base/units.h"
#include "cmd/cmd.h"
#include "render/wrap.h"
#include "source/origin.h"
#include "source/parse.h"
#include "source/system.h"
#include "table/select.h"
#include "triage/incident.h"
#include "view/brief.h"
#include "view/contiguity.h"
#include "view/freelists.h"
#include "view/hugepages.h"
#include "view/incidents.h"
#include "view/lru.h"
#include "view/owners.h"
#include "view/pcp.h"
#include "view/reclaim.h"
#include "view/slabs.h"
#include "view/zones.h"

#define say	pfnscope_render_text
#define FOLDER	"incidents"

/* So that one incident is one screen. */
#define OWNERS	5
#define NAMES	10

static int by_number(const void *a, const void *b)
{
	const struct pfnscope_value *one = a, *other = b;

	return (one->number > other->number) - (one->number < other->number);
}

/* The module lists them by their places; the number is the first field. */
static void sort_by_number(struct pfnscope_table *table)
{
	if (table->nr_rows)
		qsort(table->cells, table->nr_rows,
		      table->view->nr_fields * sizeof(*table->cells),
		      by_number);
}

/* Whether the root is the folder of one. */
static bool is_own(const struct pfnscope_run *run)
{
	return pfnscope_source_is_incident(run->source);
}

/* Off is not the same as nothing recorded. */
static int list_incidents(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status;

	if (pfnscope_view_read_file(run->source, &pfnscope_view_incidents,
				    is_own(run) ? "header" : FOLDER "/list", &table,
				    &run->error))
		return -1;
	if (table->state == PFNSCOPE_TABLE_ABSENT &&
	    pfnscope_source_has(run->source, PFNSCOPE_DEBUGFS "/control")) {
		status = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"nothing is recorded: switch it on by "
			"echo 16 >/" PFNSCOPE_DEBUGFS "/control/incidents");
	} else {
		sort_by_number(table);
		status = pfnscope_run_show(run, table);
	}
	pfnscope_table_free(table);
	return status;
}

/* A word of the header, to be freed. Tasks choose their own names. */
static char *word_of(const struct pfnscope_table *head, unsigned int column)
{
	const char *word = pfnscope_table_string(head, 0, column);

	return pfnscope_text_printable(word ? word : "-");
}

static int read_part(struct pfnscope_run *run, const char *number,
		     const char *file, const struct pfnscope_view *view,
		     struct pfnscope_table **table)
{
	char *path = is_own(run) ? pfnscope_strdup(file) :
		     pfnscope_format(FOLDER "/%s/%s", number, file);
	int failed = pfnscope_view_read_file(run->source, view, path, table,
					     &run->error);

	free(path);
	return failed;
}

/* What it looked like then: about is the module's, the rest the incident's. */
static int read_incident_state(struct pfnscope_run *run, const char *number,
			       struct pfnscope_snapshot *snapshot)
{
	static const struct pfnscope_view *const parts[] = {
		&pfnscope_view_zones, &pfnscope_view_reclaim,
	};
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_table *table;

	if (pfnscope_snapshot_read(run->source, none, snapshot, &run->error))
		return -1;
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (read_part(run, number, parts[i]->name, parts[i], &table)) {
			pfnscope_snapshot_clear(snapshot);
			return -1;
		}
		pfnscope_snapshot_add(snapshot, table);
	}
	return 0;
}

/* What is said of one; less of it where its tables are damaged. */
static void make_incident(struct pfnscope_run *run, const struct INCIDENTS_table *list,
			  size_t row, struct pfnscope_incident *incident)
{
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_system system;
	uint64_t incident_number = pfnscope_table_or_zero(CELL(list, row, INCIDENTS_incident));
	char *number = pfnscope_format("%" PRIu64, incident_number);
	int failed = read_incident_state(run, number, &snapshot);

	pfnscope_system_read(run->source, &system);
	pfnscope_incident_make(&list->all, row, &snapshot,
			       pfnscope_release_version(system.version), incident);
	if (failed)
		pfnscope_run_remark(run, "%s", run->error.text);
	run->error = (struct pfnscope_error){ 0 };
	pfnscope_snapshot_clear(&snapshot);
	free(number);
}

static struct pfnscope_table *tell_list(struct pfnscope_run *run,
					const struct pfnscope_table *any)
{
	const struct INCIDENTS_table *list = INCIDENTS_OF(any);
	struct pfnscope_table *table = pfnscope_incidents_new();
	struct pfnscope_incident incident;

	for (size_t row = 0; row < list->all.nr_rows; row++) {
		make_incident(run, list, row, &incident);
		pfnscope_incidents_add(table, &list->all, row, &incident);
	}
	return table;
}

static void say_request(const struct INCIDENTS_table *head,
			const struct pfnscope_incident *incident)
{
	if (!*incident->gfp)
		return;
	pfnscope_wrap("  ", "    ", "asked for order %" PRIu64 ", %s (gfp_mask %#" PRIx64 ")",
		      pfnscope_table_or_zero(CELL(head, 0, INCIDENTS_order)), incident->gfp,
		      pfnscope_table_or_zero(CELL(head, 0, INCIDENTS_gfp_mask)));
	if (*incident->words)
		pfnscope_wrap("  ", "    ", "worst zone for it: Node %" PRId64 " %s: %s",
			      incident->node, incident->zone, incident->words);
}

static void say_victim(const struct INCIDENTS_table *head)
{
	uint64_t victim;
	char *comm;

	if (!pfnscope_table_number(CELL(head, 0, INCIDENTS_victim_pid), &victim))
		return;
	comm = word_of(&head->all, INCIDENTS_victim_comm);
	say("  killed %s (pid %" PRIu64 ")\n", comm, victim);
	free(comm);
}

/* ", 2026-11-21 11:12:12 UTC", to be freed. */
static char *date_of(const struct INCIDENTS_table *head)
{
	char date[40] = "";
	uint64_t ns;

	if (pfnscope_table_number(CELL(head, 0, INCIDENTS_real_ns), &ns))
		pfnscope_units_date(date, sizeof(date), ns);
	return *date ? pfnscope_format(", %s UTC", date) : pfnscope_strdup("");
}

static void say_incident_head(const char *number, const struct INCIDENTS_table *head,
			      const struct pfnscope_incident *incident)
{
	char *kind = word_of(&head->all, INCIDENTS_kind);
	char *comm = word_of(&head->all, INCIDENTS_comm);
	char *constraint = word_of(&head->all, INCIDENTS_constraint);
	char *cgroup = word_of(&head->all, INCIDENTS_cgroup);
	char *date = date_of(head);
	uint64_t ns = pfnscope_table_or_zero(CELL(head, 0, INCIDENTS_boot_ns));

	pfnscope_wrap("", "  ", "incident %s: %s%s, %" PRIu64 ".%03" PRIu64
		      " s after boot, %s (pid %" PRIu64 ") on CPU %" PRIu64,
		      number, kind, date, ns / 1000000000, ns / 1000000 % 1000,
		      comm, pfnscope_table_or_zero(CELL(head, 0, INCIDENTS_pid)),
		      pfnscope_table_or_zero(CELL(head, 0, INCIDENTS_cpu)));
	say_request(head, incident);
	say("  constraint %s, cgroup %s\n", constraint, cgroup);
	say_victim(head);
	free(kind);
	free(comm);
	free(constraint);
	free(cgroup);
	free(date);
}

#define TABLE(name) \
	PFNSCOPE_PART(OBJECTS, #name, 0, "as it was then", \
		      &pfnscope_view_##name, NULL)

static const struct pfnscope_shape incident_keys[] = {
	TABLE(zones), TABLE(freelists), TABLE(lru), TABLE(pcp), TABLE(slabs),
	TABLE(owners), TABLE(contiguity), TABLE(hugepages), TABLE(reclaim),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_document incident_document = {
	.name = "incident",
	.version = 1,
	.help = "an OOM kill or a failed allocation, and its tables",
	.view = &pfnscope_view_incidents,
	.keys = incident_keys,
};

static int show_incident_json(struct pfnscope_run *run, const char *number,
			      const struct pfnscope_table *head)
{
	struct json_object *object = pfnscope_json_row(&run->format, head, 0);

	for (const struct pfnscope_shape *part = incident_keys; part->key; part++) {
		struct pfnscope_table *table;

		if (read_part(run, number, part->key, part->view, &table)) {
			json_object_put(object);
			return -1;
		}
		json_object_object_add(object, part->key,
				       pfnscope_json_rows(&run->format, table));
		pfnscope_json_remark(object, table);
		pfnscope_table_free(table);
	}
	run->head.origin.taken_at = pfnscope_origin_of_incident(head, 0);
	return pfnscope_render_json(&run->format, &incident_document, object, &run->error);
}

static int show_classes(struct pfnscope_run *run, const struct pfnscope_table *owners)
{
	struct pfnscope_table *brief = pfnscope_owners_brief(owners);
	char sort[] = "pages";
	int failed;

	if (!brief)
		return 0;
	pfnscope_table_sort(brief, brief->view, sort);
	pfnscope_table_limit_rows(brief, OWNERS);
	say("\n");
	failed = pfnscope_render_table(&run->format, brief, &run->error);
	pfnscope_table_free(brief);
	return failed;
}

static void say_names(const struct pfnscope_run *run, struct pfnscope_table *owners)
{
	char *names = pfnscope_owners_names(owners, NAMES, run->format.page_size_bytes);

	if (names)
		pfnscope_wrap("", "  ", "by name: %s", names);
	free(names);
}

/* Who held the zone that could not give it: the largest classes, and the names behind them. */
static int show_owners(struct pfnscope_run *run, const char *number,
		       const struct pfnscope_incident *incident)
{
	struct pfnscope_where where = { 0 };
	struct pfnscope_table *owners;
	char *node = pfnscope_format("%" PRId64, incident->node), *none;
	int failed = 0;

	if (read_part(run, number, "owners", &pfnscope_view_owners, &owners)) {
		free(node);
		return -1;
	}
	pfnscope_where_equal(&where, "node", node, &run->error);
	pfnscope_where_equal(&where, "zone", incident->zone, &run->error);
	none = pfnscope_where_apply(&where, owners, run->format.page_size_bytes);
	if (!none) {
		failed = show_classes(run, owners);
		say_names(run, owners);
	}
	pfnscope_table_free(owners);
	pfnscope_where_clear(&where);
	free(none);
	free(node);
	return failed;
}

/* Zones and owners for people; what else there is has its own command. */
static int show_incident_text(struct pfnscope_run *run, const char *number,
			      const struct INCIDENTS_table *head)
{
	struct pfnscope_incident incident;
	struct pfnscope_table *zones;
	int failed;

	/* -o is about the list. */
	run->format.columns = NULL;
	if (read_part(run, number, "zones", &pfnscope_view_zones, &zones))
		return -1;
	make_incident(run, head, 0, &incident);
	say_incident_head(number, head, &incident);
	say("\n");
	if (!run->all)
		pfnscope_table_filter(zones, pfnscope_zones_shown, NULL);
	failed = pfnscope_render_table(&run->format, zones, &run->error) ||
		 (*incident.zone && show_owners(run, number, &incident));
	pfnscope_table_free(zones);
	if (failed)
		return -1;
	if (!is_own(run))
		say("\nits other tables: pfnscope --root /" PFNSCOPE_DEBUGFS "/"
		    FOLDER "/%s COMMAND\n", number);
	return pfnscope_render_finish(&run->error);
}

static int show_incident(struct pfnscope_run *run, const char *number)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct pfnscope_table *head;
	uint64_t digits;
	int status;

	if (pfnscope_digits(number, strlen(number), &digits))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "not a number of an incident: \"%s\"",
				     number);
	if (read_part(run, number, "header", &pfnscope_view_incidents, &head))
		return -1;
	if (head->nr_rows &&
	    pfnscope_table_or_zero(CELL(INCIDENTS_OF(head), 0, INCIDENTS_incident)) == digits)
		status = json ? show_incident_json(run, number, head) :
				show_incident_text(run, number, INCIDENTS_OF(head));
	else
		status = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"no incident %s (pfnscope incidents lists them)",
			number);
	pfnscope_table_free(head);
	return status;
}

static int run_incidents(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	int status;

	if (run->nr_arguments > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one incident at a time: \"%s\"",
				     run->arguments[1]);
	if (pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	status = run->nr_arguments ? show_incident(run, run->arguments[0]) : list_incidents(run);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_incidents = {
	.name = "incidents",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "the OOM kills and failed allocations that were recorded",
	.description =
		"Lists them, or shows one by its number. They are recorded while\n"
		"control/incidents is not 0; the tables of one are read by the other\n"
		"commands with --root and its directory.",
	.arguments = "[NUMBER]",
	.view = &pfnscope_view_incidents,
	.document = &incident_document,
	.others = { { "Without --all and -o", &pfnscope_view_incidents_brief, false } },
	.tell = tell_list,
	.weighs = { "incident" },
	.examples = { "incidents", "incidents 1 --json" },
	.run = run_incidents,
};
