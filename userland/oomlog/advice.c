// SPDX-License-Identifier: GPL-2.0-only
/* Advice, each from one fact of the report. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/gfp.h"
#include "allocator/zone-advice.h"
#include "base/checked.h"
#include "oomlog/advice-inside.h"
#include "oomlog/min-free.h"

static bool any(const struct pfnscope_oom_answer *answer,
		enum pfnscope_reason reason)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (answer->verdicts[i].reason == reason)
			return true;
	return false;
}

/* Some zone lacks pages, rather than blocks or a right to them. */
static bool is_short(const struct pfnscope_oom_answer *answer)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (pfnscope_verdict_shortage(&answer->verdicts[i]))
			return true;
	return any(answer, PFNSCOPE_REASON_BELOW_MIN);
}

/* What kernels keep in HighMem is never slab. */
static void advise_lowmem(const struct pfnscope_oom_answer *answer,
			  const struct pfnscope_oom_room *room,
			  struct pfnscope_lines *lines)
{
	const int64_t *hold = answer->dominant.hold;
	int64_t slab = pfnscope_plus_known(
		hold[PFNSCOPE_HOLD_SLAB_RECLAIMABLE],
		hold[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE]);
	char size[32];

	pfnscope_lines_add(lines, "The kernel's own memory has to fit there: a "
			   "64-bit kernel has no such limit, less movable "
			   "memory widens it.");
	slab = pfnscope_plus_known(slab, hold[PFNSCOPE_HOLD_SLAB]);
	if (slab > room->open_kb / 4)
		pfnscope_lines_add(lines, "Slab lies there and nowhere else: "
				   "%s of it. slabtop names the caches.",
				   pfnscope_oom_size(slab, size, sizeof(size)));
}

static void advise_class(const struct pfnscope_oom_answer *answer,
			 const struct pfnscope_oom_room *room,
			 struct pfnscope_lines *lines)
{
	enum pfnscope_class class = answer->preferred;

	pfnscope_lines_add(lines, "Who holds it: pfnscope owners --zone %s.",
			   *room->highest ? room->highest :
			   pfnscope_class_name(class));
	if (class == PFNSCOPE_CLASS_DMA)
		pfnscope_lines_add(lines, "Does the caller need GFP_DMA? Few "
				   "devices do: dma_alloc_coherent() takes the "
				   "zone that the device can reach.");
	else if (class == PFNSCOPE_CLASS_DMA32)
		pfnscope_lines_add(lines, "Does the caller need GFP_DMA32? With "
				   "an IOMMU, or a wider dma_set_mask(), it can "
				   "use all memory.");
	else if (class == PFNSCOPE_CLASS_NORMAL)
		advise_lowmem(answer, room, lines);
}

static void advise_nodes(const struct pfnscope_oom_report *report,
			 struct pfnscope_lines *lines)
{
	bool cpuset = !strcmp(report->constraint, "CONSTRAINT_CPUSET");
	const char *nodes = pfnscope_oom_bound_nodes(report);
	bool one = *nodes && strspn(nodes, "0123456789") == strlen(nodes);

	pfnscope_lines_add(lines, "Who holds it: pfnscope owners --node %s. %s",
			   one ? nodes : "N", cpuset ? "More nodes in cpuset.mems, or "
			   "fewer tasks there, make room." :
			   "numactl --preferred falls back on others, --membind "
			   "does not.");
}

static void advise_order(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	bool pieces = any(answer, PFNSCOPE_REASON_NO_BLOCK) ||
		      any(answer, PFNSCOPE_REASON_TYPE) ||
		      any(answer, PFNSCOPE_REASON_LOOP);

	if (answer->request.order && pieces)
		pfnscope_lines_add(lines, "Memory was free but in small pieces: "
			"an order-%" PRId64 " request is fragile. Let the caller "
			"use kvmalloc or smaller pieces; compaction "
			"(vm.compact_memory) helps for a while.",
			report->order);
}

/* Areas of CMA are as large as the command line or the device tree says. */
static void advise_cma(const struct pfnscope_oom_answer *answer,
		       struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	char size[32];

	if (!any(answer, PFNSCOPE_REASON_APART) || d->free_cma_kb <= 0)
		return;
	pfnscope_lines_add(lines, "%s are free in CMA areas: smaller ones "
			   "(cma=SIZE, or the device tree) leave more to "
			   "requests like this.",
			   pfnscope_oom_size(d->free_cma_kb, size,
					     sizeof(size)));
}

/* What lowering the reserve would gain, at most; of a small zone no matter. */
static void advise_reserve(const struct pfnscope_oom_answer *answer,
			   const struct pfnscope_oom_room *room,
			   const struct pfnscope_verdict *v,
			   struct pfnscope_lines *lines)
{
	int64_t usable = answer->dominant.usable_kb;
	int64_t most = usable > room->open_kb ? usable : room->open_kb;
	int64_t kept = pfnscope_minus(v->terms.left, v->terms.min);
	char size[32];

	kept = pfnscope_times(kept, answer->page_kb);
	if (v->reason != PFNSCOPE_REASON_RESERVE || kept < most / 32)
		return;
	pfnscope_lines_add(lines, "%s has memory that vm.lowmem_reserve_ratio "
			   "keeps for requests that need that zone: %s.",
			   v->zone->name, pfnscope_oom_size(kept, size,
							    sizeof(size)));
}

static void advise_zones(const struct pfnscope_oom_answer *answer,
			 const struct pfnscope_oom_room *room,
			 struct pfnscope_lines *lines)
{
	const struct pfnscope_asked asked = {
		.rules = &answer->rules,
		.classes = &answer->classes,
		.request = &answer->request,
		.alloc_flags = answer->alloc_flags,
	};
	struct pfnscope_lines about = { 0 };

	for (size_t i = 0; i < answer->nr_verdicts; i++) {
		advise_reserve(answer, room, &answer->verdicts[i], lines);
		if (answer->page_kb != PFNSCOPE_MISSING)
			pfnscope_zone_advice(&asked, &answer->verdicts[i],
					     &about);
	}
	for (size_t i = 0; i < about.count; i++)
		pfnscope_lines_add(lines, "%s.", about.line[i]);
	pfnscope_lines_clear(&about);
}

static void advise_failure(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer,
			   struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_failure *f = &report->failure;
	bool vmalloc = !strcmp(f->what, "vmalloc") && !f->vmalloc_pages;
	int64_t usable = answer->dominant.usable_kb;

	if (usable > 0 && f->vmalloc_bytes / 1024 > usable)
		return;
	if (vmalloc && !f->vmalloc_bytes)
		pfnscope_lines_add(lines, "Nobody can be given 0 bytes: that is "
				   "a fault of the caller.");
	else if (f->vmalloc_excess)
		pfnscope_lines_add(lines, "More was asked for than the machine "
				   "has memory: the size itself is wrong.");
	else if (!strcmp(f->what, "vmap") ||
		 (vmalloc && report->order == PFNSCOPE_MISSING))
		pfnscope_lines_add(lines, "/proc/vmallocinfo names who holds "
				   "the address space of vmalloc; on 32-bit "
				   "kernels vmalloc=SIZE widens it.");
	else if (!strcmp(f->what, "cma"))
		pfnscope_lines_add(lines, "Pages of the area could not be moved "
				   "away: they are pinned or busy. A larger "
				   "area (cma=SIZE), or a second try, may do.");
	else if (!strcmp(f->what, "hugetlb"))
		pfnscope_lines_add(lines, "`pfnscope forecast` says how many "
				   "can be had, and what is in the way.");
	else if (!strcmp(f->what, "percpu") && strstr(f->where, "reserved chunk"))
		pfnscope_lines_add(lines, "Per-CPU variables of modules share "
				   "a chunk of 8 KiB a CPU, 64 KiB where "
				   "allocations are profiled: unload modules "
				   "that are not used, or build in the one "
				   "that did not load.");
}

/**
 * pfnscope_oom_advise - what to do about a report
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences, the weightiest first
 */
void pfnscope_oom_advise(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	bool failure = report->kind == PFNSCOPE_OOM_ALLOC_FAILURE;
	struct pfnscope_oom_room room;

	if (report->kind == PFNSCOPE_OOM_MEMCG) {
		pfnscope_oom_advise_cgroup(report, answer, lines);
		return;
	}
	if (answer->request.no_request ||
	    report->kind == PFNSCOPE_OOM_POLICY_KILL)
		return;
	if (failure)
		advise_failure(report, answer, lines);
	pfnscope_oom_room(report, answer, &room);
	if (room.by_class && room.small && is_short(answer))
		advise_class(answer, &room, lines);
	if (room.by_node && is_short(answer))
		advise_nodes(report, lines);
	if (!room.small && (is_short(answer) ||
			    (!failure && !answer->nr_verdicts)))
		pfnscope_oom_advise_holder(report, answer, lines);
	advise_order(report, answer, lines);
	advise_cma(answer, lines);
	advise_zones(answer, &room, lines);
	pfnscope_oom_advise_min_free(report, answer, lines);
}
