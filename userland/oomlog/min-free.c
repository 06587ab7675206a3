// SPDX-License-Identifier: GPL-2.0-only
/*
 * The min watermarks of the zones below HighMem are shares of
 * vm.min_free_kbytes, so their sum is its value. The kernel's own choice is
 * init_per_zone_wmark_min(); transparent huge pages raise it further.
 */
#include "allocator/gfp.h"
#include "allocator/watermarks.h"
#include "base/checked.h"
#include "oomlog/min-free.h"
#include "oomlog/room.h"

#include <inttypes.h>

/* More than a twentieth the kernel does not take by itself. */
#define LARGE_PART	20

static bool is_lowmem(const struct pfnscope_oom_zone *zone)
{
	return zone->has_line && pfnscope_class_named(zone->zone) <=
	       PFNSCOPE_CLASS_NORMAL;
}

/* A figure in kB as far as it can be one. */
static int64_t sane_kb(int64_t kb)
{
	return kb < 0 || kb > INT64_C(1) << 50 ? PFNSCOPE_MISSING : kb;
}

/**
 * pfnscope_oom_min_free_kb - vm.min_free_kbytes of the machine
 * @report: the report
 *
 * Return: kB, within a page for each zone; PFNSCOPE_MISSING where a zone's min
 * is not printed.
 */
int64_t pfnscope_oom_min_free_kb(const struct pfnscope_oom_report *report)
{
	int64_t sum = PFNSCOPE_MISSING;

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *zone = &report->zones[i];
		int64_t min = sane_kb(zone->min_kb);

		if (!is_lowmem(zone))
			continue;
		if (zone->boost_kb > 0)
			min = pfnscope_minus(min, sane_kb(zone->boost_kb));
		if (min == PFNSCOPE_MISSING)
			return min;
		sum = pfnscope_plus_known(sum, min);
	}
	return sum;
}

static int64_t report_lowmem_kb(const struct pfnscope_oom_report *report)
{
	int64_t sum = PFNSCOPE_MISSING;

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *zone = &report->zones[i];
		int64_t left = pfnscope_minus(sane_kb(zone->managed_kb),
					      sane_kb(zone->high_kb));

		if (!is_lowmem(zone))
			continue;
		if (left == PFNSCOPE_MISSING)
			return left;
		sum = pfnscope_plus_known(sum, left > 0 ? left : 0);
	}
	return sum;
}

/**
 * pfnscope_oom_min_free_default_kb - what the kernel would set it to
 * @r: the report
 *
 * Return: kB, PFNSCOPE_MISSING where the log lacks the sizes of the zones.
 */
int64_t pfnscope_oom_min_free_default_kb(const struct pfnscope_oom_report *r)
{
	return pfnscope_min_free_default_kb(report_lowmem_kb(r), pfnscope_oom_version(r));
}

/* Would a zone that fails have served, with min as small as that? */
static bool would_serve(const struct pfnscope_oom_answer *answer, int64_t now,
			int64_t less)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++) {
		struct pfnscope_explain_zone zone = *answer->verdicts[i].zone;
		struct pfnscope_verdict v;

		if (!pfnscope_verdict_shortage(&answer->verdicts[i]) ||
		    zone.class > PFNSCOPE_CLASS_NORMAL || zone.boost > 0)
			continue;
		zone.min = (int64_t)((double)zone.min * (double)less /
				     (double)now);
		pfnscope_explain_zone(&answer->rules, &answer->classes,
				      &answer->request, PFNSCOPE_MARK_MIN,
				      answer->alloc_flags, &zone, &v);
		if (v.reason == PFNSCOPE_REASON_PASSES)
			return true;
	}
	return false;
}

static void too_large(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer, int64_t now,
		      struct pfnscope_lines *lines)
{
	int64_t less = pfnscope_oom_min_free_default_kb(report);
	char size[32];

	if (less == PFNSCOPE_MISSING || less >= now ||
	    !would_serve(answer, now, less))
		return;
	pfnscope_lines_add(lines, "vm.min_free_kbytes keeps %s from all but the "
			   "most urgent requests. The kernel's own choice here "
			   "is about %" PRId64 ": with it this request would "
			   "have been served.",
			   pfnscope_oom_size(now, size, sizeof(size)), less);
}

/**
 * pfnscope_oom_advise_min_free - which value to set, and what it costs
 * @report: the report
 * @answer: its answer
 * @lines: gets the advice where one follows from the report
 */
void pfnscope_oom_advise_min_free(const struct pfnscope_oom_report *report,
				  const struct pfnscope_oom_answer *answer,
				  struct pfnscope_lines *lines)
{
	int64_t now = pfnscope_oom_min_free_kb(report);
	int64_t usable = answer->dominant.usable_kb;
	struct pfnscope_oom_room room;
	char size[32];

	if (now <= 0 || usable <= 0 || !answer->dominant.zones_complete)
		return;
	if (now > usable / LARGE_PART) {
		too_large(report, answer, now, lines);
		return;
	}
	pfnscope_oom_room(report, answer, &room);
	if (report->kind != PFNSCOPE_OOM_ALLOC_FAILURE ||
	    (answer->request.gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) ||
	    !answer->request.gfp_known || room.small ||
	    2 * now > usable / LARGE_PART)
		return;
	pfnscope_lines_add(lines, "vm.min_free_kbytes is about %" PRId64 " now. "
			   "Twice as much, %" PRId64 ", lets kswapd begin "
			   "earlier and costs %s that nobody else may use.",
			   now, 2 * now, pfnscope_oom_size(now, size,
							   sizeof(size)));
}
