// SPDX-License-Identifier: GPL-2.0-only
/* Incidents for people: who asked for what, when, and which zone could not give it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/explain-table.h"
#include "base/array.h"
#include "base/units.h"
#include "triage/incident.h"
#include "triage/worst.h"
#include "view/incidents.h"
#include "view/zones.h"

const struct pfnscope_view pfnscope_view_incidents_brief =
	PFNSCOPE_VIEW(INCIDENTS_BRIEF, "incidents");

/* A limit of a memory cgroup is no matter of zones. */
static bool is_of_zones(const struct INCIDENTS_table *list, size_t row)
{
	const char *kind = pfnscope_table_string(CELL(list, row, INCIDENTS_kind));

	return kind && strcmp(kind, "memcg_oom");
}

static void find_zone(const struct pfnscope_snapshot *snapshot, unsigned int version,
		      uint32_t gfp, struct pfnscope_incident *incident)
{
	const struct pfnscope_request request = { .node = 0, .cpu = PFNSCOPE_MISSING };
	struct pfnscope_machine machine;
	struct pfnscope_verdict worst = { 0 };

	if (pfnscope_machine_make(snapshot, NULL, version, NULL, &request, &machine))
		return;
	pfnscope_zones_settle_cma(pfnscope_snapshot_table(snapshot,
							  &pfnscope_view_zones),
				  &machine);
	if (pfnscope_zone_worst(&machine, &gfp, PFNSCOPE_MARK_MIN, &worst)) {
		incident->node = worst.zone->node;
		snprintf(incident->zone, sizeof(incident->zone), "%s",
			 worst.zone->name);
		pfnscope_verdict_comparison(&worst, machine.page_kb, incident->words,
					    sizeof(incident->words));
	}
	pfnscope_machine_clear(&machine);
}

void pfnscope_incident_make(const struct pfnscope_table *any, size_t row,
			    const struct pfnscope_snapshot *snapshot,
			    unsigned int version, struct pfnscope_incident *incident)
{
	const struct INCIDENTS_table *list = INCIDENTS_OF(any);
	uint64_t mask, rest;
	uint32_t gfp;

	*incident = (struct pfnscope_incident){ .node = PFNSCOPE_MISSING };
	if (!pfnscope_table_number(CELL(list, row, INCIDENTS_gfp_mask), &mask))
		return;
	gfp = pfnscope_gfp_from_mask(mask, version, &rest);
	pfnscope_gfp_text(gfp, incident->gfp, sizeof(incident->gfp));
	if (is_of_zones(list, row))
		find_zone(snapshot, version, gfp, incident);
}

struct pfnscope_table *pfnscope_incidents_new(void)
{
	return pfnscope_table_new(&pfnscope_view_incidents_brief);
}

struct pair {
	unsigned int from;
	unsigned int to;
};

static void copy_cells(struct pfnscope_table *table, struct pfnscope_value *cells,
		       const struct pfnscope_table *list, size_t row)
{
	static const struct pair numbers[] = {
		{ INCIDENTS_incident, INCIDENTS_BRIEF_incident },
		{ INCIDENTS_boot_ns, INCIDENTS_BRIEF_boot_ns },
		{ INCIDENTS_order, INCIDENTS_BRIEF_order },
	};
	static const struct pair strings[] = {
		{ INCIDENTS_kind, INCIDENTS_BRIEF_kind },
		{ INCIDENTS_comm, INCIDENTS_BRIEF_comm },
		{ INCIDENTS_victim_comm, INCIDENTS_BRIEF_victim_comm },
	};
	uint64_t number;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		if (pfnscope_table_number(list, row, numbers[i].from, &number))
			pfnscope_table_set_number(table, cells, numbers[i].to, number);
	for (size_t i = 0; i < ARRAY_SIZE(strings); i++) {
		const char *string = pfnscope_table_string(list, row, strings[i].from);

		if (string)
			pfnscope_table_set_string(table, cells, strings[i].to, string);
	}
}

void pfnscope_incidents_add(struct pfnscope_table *any,
			    const struct pfnscope_table *any_list, size_t row,
			    const struct pfnscope_incident *incident)
{
	struct INCIDENTS_BRIEF_table *table = INCIDENTS_BRIEF_FROM(any);
	const struct INCIDENTS_table *list = INCIDENTS_OF(any_list);
	struct pfnscope_value *cells = pfnscope_table_add(&table->all);
	char text[40];
	uint64_t ns;

	copy_cells(&table->all, cells, &list->all, row);
	if (pfnscope_table_number(CELL(list, row, INCIDENTS_real_ns), &ns)) {
		pfnscope_units_date(text, sizeof(text), ns);
		pfnscope_table_set_string(CELL(table, cells, INCIDENTS_BRIEF_utc), text);
	}
	if (incident->node != PFNSCOPE_MISSING) {
		snprintf(text, sizeof(text), "%" PRId64 "/%s", incident->node,
			 incident->zone);
		pfnscope_table_set_string(CELL(table, cells, INCIDENTS_BRIEF_zone), text);
	}
	if (*incident->gfp)
		pfnscope_table_set_string(CELL(table, cells, INCIDENTS_BRIEF_gfp), incident->gfp);
}
