// SPDX-License-Identifier: GPL-2.0-only
/* Zones that are open to a request, and those that are not. */
#include "allocator/nodes.h"
#include "base/checked.h"
#include "base/units.h"
#include "oomlog/room.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * pfnscope_oom_size - a size for people, as tables have it
 * @kb: the size, or PFNSCOPE_MISSING
 * @out: gets "12.5G"
 * @size: size of @out
 *
 * Return: @out.
 */
const char *pfnscope_oom_size(int64_t kb, char *out, size_t size)
{
	struct pfnscope_text text = { 0 };

	if (kb < 0) {
		snprintf(out, size, "?");
		return out;
	}
	pfnscope_units_bytes(&text, (unsigned __int128)kb * 1024);
	snprintf(out, size, "%s", text.data);
	free(text.data);
	return out;
}

/**
 * pfnscope_oom_pages - a number of pages for people
 * @pages: the number
 * @out: gets "1 page" or "2 pages"
 * @size: size of @out
 *
 * Return: @out.
 */
const char *pfnscope_oom_pages(int64_t pages, char *out, size_t size)
{
	snprintf(out, size, "%" PRId64 " page%s", pages,
		 pages == 1 ? "" : "s");
	return out;
}

/**
 * pfnscope_oom_bound_nodes - the nodes that cpuset or policy leave a request
 * @report: the report
 *
 * Return: as the kernel prints them, empty where the log does not tell.
 */
const char *pfnscope_oom_bound_nodes(const struct pfnscope_oom_report *report)
{
	if (strcmp(report->constraint, "CONSTRAINT_CPUSET") &&
	    pfnscope_node_bits(report->nodemask))
		return report->nodemask;
	return report->mems_allowed;
}

static void add_name(char *names, size_t size,
		     const struct pfnscope_oom_zone *zone)
{
	size_t used = strlen(names);
	char name[48];
	int length;

	if (zone->node == PFNSCOPE_MISSING)
		length = snprintf(name, sizeof(name), "%s", zone->zone);
	else
		length = snprintf(name, sizeof(name), "Node %" PRId64 " %s",
				  zone->node, zone->zone);
	if (used + (size_t)length + sizeof(", ...") >= size) {
		if (used && strcmp(names + used - 3, "..."))
			snprintf(names + used, size - used, ", ...");
		return;
	}
	snprintf(names + used, size - used, "%s%s", used ? ", " : "", name);
}

static void add_kb(int64_t *sum, int64_t kb)
{
	if (kb > 0 && kb < INT64_C(1) << 50)
		*sum += kb;
}

/* Up to 3.9 the kernel prints what is present, not what it manages. */
static int64_t zone_managed(const struct pfnscope_oom_zone *zone)
{
	return zone->managed_kb != PFNSCOPE_MISSING ? zone->managed_kb :
						      zone->present_kb;
}

/* By which the zone is closed: true for the class, false for the node. */
static bool is_closed(const struct pfnscope_oom_answer *answer, size_t i,
		      bool *by_class)
{
	const struct pfnscope_explain_zone *zone = &answer->zones[i];

	*by_class = answer->preferred_known && zone->class > answer->preferred;
	if (*by_class)
		return true;
	for (size_t j = 0; j < answer->nr_verdicts; j++)
		if (answer->verdicts[j].zone == zone)
			return answer->verdicts[j].reason ==
			       PFNSCOPE_REASON_NODE;
	return false;
}

static void take_highest(const struct pfnscope_oom_zone *zone,
			 struct pfnscope_oom_room *room)
{
	if (!*room->highest || pfnscope_class_named(zone->zone) >
			       pfnscope_class_named(room->highest))
		memcpy(room->highest, zone->zone, sizeof(room->highest));
}

static void room_take_zone(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer, size_t i,
			   struct pfnscope_oom_room *room)
{
	const struct pfnscope_oom_zone *zone = &report->zones[i];
	int64_t size = zone_managed(zone);
	bool by_class;

	if (!zone->has_line || !size)
		return;
	if (!is_closed(answer, i, &by_class)) {
		add_kb(&room->open_kb, size);
		add_kb(&room->open_free_kb, zone->free_kb);
		take_highest(zone, room);
		return;
	}
	add_kb(&room->closed_kb, size);
	add_kb(&room->closed_free_kb, zone->free_kb);
	add_name(room->closed, sizeof(room->closed), zone);
	if (by_class)
		room->by_class = true;
	else
		room->by_node = true;
}

/*
 * Nodes outside of cpuset and policy are not printed, and since 6.1 zones above
 * the class of the request are not either. mems_allowed proves nothing: without
 * a cpuset it names all nodes.
 */
static void take_unprinted(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer,
			   struct pfnscope_oom_room *room)
{
	bool by_node = pfnscope_node_bits(report->nodemask) ||
		       !strcmp(report->constraint, "CONSTRAINT_MEMORY_POLICY") ||
		       !strcmp(report->constraint, "CONSTRAINT_CPUSET");
	bool by_class = answer->preferred_known && !by_node &&
			answer->preferred < PFNSCOPE_CLASS_MOVABLE &&
			pfnscope_oom_version(report) >=
			PFNSCOPE_KERNEL(6, 1, 0);
	int64_t printed = room->open_free_kb + room->closed_free_kb;
	int64_t hidden = pfnscope_minus(answer->dominant.free_kb, printed);

	if ((!by_node && !by_class) || hidden < 4096 || hidden < printed / 8)
		return;
	room->by_node |= by_node;
	room->by_class |= by_class;
	room->closed_free_kb += hidden;
}

/**
 * pfnscope_oom_room - what is open to the request of a report
 * @report: the report
 * @answer: its answer
 * @room: gets it; nothing is closed where the request is not known
 */
void pfnscope_oom_room(const struct pfnscope_oom_report *report,
		       const struct pfnscope_oom_answer *answer,
		       struct pfnscope_oom_room *room)
{
	int64_t usable = answer->dominant.usable_kb;

	*room = (struct pfnscope_oom_room){ 0 };
	if (report->kind == PFNSCOPE_OOM_MEMCG || !answer->zones)
		return;
	for (size_t i = 0; i < report->nr_zones; i++)
		room_take_zone(report, answer, i, room);
	take_unprinted(report, answer, room);
	if (usable < room->open_kb + room->closed_kb)
		usable = room->open_kb + room->closed_kb;
	room->small = (room->by_class || room->by_node) &&
		      room->open_kb < usable / 2;
}
