// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope incidents: the OOM kills and failures that were recorded. */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "base/alloc.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "source/origin.h"
#include "source/parse.h"
#include "source/system.h"
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

static int by_number(const void *a, const void *b)
{
	const struct pfnscope_value *one = a, *other = b;

	return (one->number > other->number) - (one->number < other->number);
}

/* The module lists them by their places; the number is the first field. */
static void sort_rows(struct pfnscope_table *table)
{
	if (table->nr_rows)
		qsort(table->cells, table->nr_rows,
		      table->view->nr_fields * sizeof(*table->cells),
		      by_number);
}

/* Off is not the same as nothing recorded. */
static int list(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status;

	if (pfnscope_view_read_file(run->source, &pfnscope_view_incidents,
				    FOLDER "/list", &table, &run->error))
		return -1;
	if (table->state == PFNSCOPE_TABLE_ABSENT &&
	    pfnscope_source_has(run->source, PFNSCOPE_DEBUGFS "/control")) {
		status = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"nothing is recorded: switch it on by "
			"echo 16 >/" PFNSCOPE_DEBUGFS "/control/incidents");
	} else {
		sort_rows(table);
		status = pfnscope_run_show(run, table);
	}
	pfnscope_table_free(table);
	return status;
}

static int read_part(struct pfnscope_run *run, const char *number,
		     const char *file, const struct pfnscope_view *view,
		     struct pfnscope_table **table)
{
	char *path = pfnscope_format(FOLDER "/%s/%s", number, file);
	int failed = pfnscope_view_read_file(run->source, view, path, table,
					     &run->error);

	free(path);
	return failed;
}

/* A word of the header, to be freed. Tasks choose their own names. */
static char *word_of(const struct pfnscope_table *head, unsigned int column)
{
	const char *word = pfnscope_table_string(head, 0, column);

	return pfnscope_text_printable(word ? word : "-");
}

static uint64_t number_of(const struct pfnscope_table *head, unsigned int column)
{
	uint64_t number = 0;

	pfnscope_table_number(head, 0, column, &number);
	return number;
}

static void say_request(struct pfnscope_run *run,
			const struct pfnscope_table *head)
{
	struct pfnscope_system system;
	char names[256];
	uint64_t mask, rest;

	if (!pfnscope_table_number(head, 0, INCIDENTS_gfp_mask, &mask))
		return;
	pfnscope_system_read(run->source, &system);
	pfnscope_gfp_text(pfnscope_gfp_from_mask(mask,
				pfnscope_release_version(system.release),
				&rest), names, sizeof(names));
	say("  asked for order %" PRIu64 ", gfp_mask %#" PRIx64 " (%s)\n",
	    number_of(head, INCIDENTS_order), mask, names);
}

static void say_victim(const struct pfnscope_table *head)
{
	uint64_t victim;
	char *comm;

	if (!pfnscope_table_number(head, 0, INCIDENTS_victim_pid, &victim))
		return;
	comm = word_of(head, INCIDENTS_victim_comm);
	say("  killed %s (pid %" PRIu64 ")\n", comm, victim);
	free(comm);
}

static void say_head(struct pfnscope_run *run, const char *number,
		     const struct pfnscope_table *head)
{
	char *kind = word_of(head, INCIDENTS_kind), *comm = word_of(head, INCIDENTS_comm);
	char *constraint = word_of(head, INCIDENTS_constraint);
	char *cgroup = word_of(head, INCIDENTS_cgroup);
	uint64_t ns = number_of(head, INCIDENTS_boot_ns);

	say("incident %s: %s, %" PRIu64 ".%03" PRIu64 " s after boot, %s "
	    "(pid %" PRIu64 ") on CPU %" PRIu64 "\n", number, kind,
	    ns / 1000000000, ns / 1000000 % 1000, comm,
	    number_of(head, INCIDENTS_pid), number_of(head, INCIDENTS_cpu));
	say_request(run, head);
	say("  constraint %s, cgroup %s\n", constraint, cgroup);
	say_victim(head);
	free(kind);
	free(comm);
	free(constraint);
	free(cgroup);
}

#define TABLE(name) \
	PFNSCOPE_PART(OBJECTS, #name, 0, "as it was then", \
		      &pfnscope_view_##name, NULL)

static const struct pfnscope_shape keys[] = {
	TABLE(zones), TABLE(freelists), TABLE(lru), TABLE(pcp), TABLE(slabs),
	TABLE(owners), TABLE(contiguity), TABLE(hugepages), TABLE(reclaim),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_document document = {
	.name = "incident",
	.version = 1,
	.help = "an OOM kill or a failed allocation, and its tables",
	.view = &pfnscope_view_incidents,
	.keys = keys,
};

static int show_json(struct pfnscope_run *run, const char *number,
		     const struct pfnscope_table *head)
{
	struct json_object *object = pfnscope_json_row(&run->format, head, 0);

	for (const struct pfnscope_shape *part = keys; part->key; part++) {
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
	return pfnscope_render_json(&run->format, &document, object, &run->error);
}

/* The zones for people; what else there is has its own command. */
static int show_text(struct pfnscope_run *run, const char *number,
		     const struct pfnscope_table *head)
{
	struct pfnscope_format format = run->format;
	struct pfnscope_table *zones;
	int status;

	/* -o is about the list. */
	format.columns = NULL;
	if (read_part(run, number, "zones", &pfnscope_view_zones, &zones))
		return -1;
	say_head(run, number, head);
	say("\n");
	status = pfnscope_render_table(&format, zones, &run->error);
	pfnscope_table_free(zones);
	if (status)
		return -1;
	say("\nits other tables: pfnscope --root /" PFNSCOPE_DEBUGFS "/"
	    FOLDER "/%s COMMAND\n", number);
	return pfnscope_render_finish(&run->error);
}

static int show(struct pfnscope_run *run, const char *number)
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
	if (head->nr_rows)
		status = json ? show_json(run, number, head) :
				show_text(run, number, head);
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
	status = run->nr_arguments ? show(run, run->arguments[0]) : list(run);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_incidents = {
	.name = "incidents",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "the OOM kills and failed allocations that were recorded",
	.description =
		"Lists them, or shows one by its number. They are recorded while\n"
		"control/incidents is not 0; the tables of one are read by the other\n"
		"commands with --root and its directory.",
	.arguments = "[NUMBER]",
	.view = &pfnscope_view_incidents,
	.document = &document,
	.examples = { "incidents", "incidents 1 --json" },
	.run = run_incidents,
};
