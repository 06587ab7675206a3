/* SPDX-License-Identifier: GPL-2.0-only */
/* What a report is made of. */
#ifndef PFNSCOPE_CMD_REPORT_H
#define PFNSCOPE_CMD_REPORT_H

#include "cmd/cmd.h"
#include "render/report.h"

/*
 * All of them, in their order, once: a document's name, its command, a title, and what else
 * there is to it. Others are no key of their own.
 */
#define REPORT_PARTS(DOCUMENT, OTHER) \
	DOCUMENT(status, status, "First screen") \
	DOCUMENT(triage, triage, "What is wrong") \
	DOCUMENT(zones, zones, "Zones") \
	DOCUMENT(owners, owners, "Who holds it") \
	DOCUMENT(sites, sites, "Who asked for it", .top = 20) \
	DOCUMENT(slabs, slabs, "Slab caches", .top = 15) \
	DOCUMENT(shrinkers, shrinkers, "Caches that can shrink", .top = 15) \
	DOCUMENT(frag, frag, "Fragmentation") \
	DOCUMENT(forecast, forecast, "Huge pages to be had") \
	DOCUMENT(hugepages, hugepages, "Pools of huge pages") \
	DOCUMENT(thp, thp, "Transparent huge pages") \
	DOCUMENT(lru, lru, "Memory cgroups", .top = 64) \
	DOCUMENT(reclaim, reclaim, "Reclaim") \
	DOCUMENT(reclaim_plan, reclaim, "What reclaim would take next", .option = "plan", .top = 64) \
	DOCUMENT(swap, swap, "Swap") \
	DOCUMENT(next, oom_next, "Whom the OOM killer would take now") \
	DOCUMENT(incidents, incidents, "Incidents") \
	OTHER(incident, incidents, "Incident", .each = true) \
	OTHER(map, map, "Map", .picture = "svg") \
	DOCUMENT(about, about, "Module")

/*
 * Runs them all: @text for people, @json for programs, with both also what is drawn.
 * Return: 0, or -1 with the error of @run.
 */
int pfnscope_report_ask(struct pfnscope_run *run, bool json, bool text,
			struct pfnscope_report *report);
void pfnscope_report_clear(struct pfnscope_report *report);

#endif
