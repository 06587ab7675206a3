// SPDX-License-Identifier: GPL-2.0-only
/* Is there memory: what is available, what each request may still take, who waits. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/explain-table.h"
#include "source/parse.h"
#include "triage/check.h"
#include "triage/pressure.h"
#include "triage/worst.h"

/* A line "name type number" of the statistics of ZFS; 0 where there is none. */
static int64_t arc_number(const struct pfnscope_source *source, const char *name)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token word, type;
	uint64_t number = 0;
	bool found = false;

	if (pfnscope_source_input(source, "proc/spl/kstat/zfs/arcstats", &parser.input))
		return 0;
	while (!found && pfnscope_parse_line(&parser) > 0)
		found = pfnscope_parse_word(&parser, &word) && !strcmp(word.text, name) &&
			pfnscope_parse_word(&parser, &type) &&
			pfnscope_parse_word(&parser, &word) &&
			!pfnscope_digits(word.text, word.length, &number) &&
			number < (uint64_t)PFNSCOPE_NUMBER_MAX;
	pfnscope_input_close(parser.input);
	return found ? (int64_t)number : 0;
}

/* That cache is neither page cache nor slab: what is above its minimum can be had. */
static int64_t arc_bytes(const struct pfnscope_facts *facts)
{
	int64_t above = arc_number(facts->source, "size") -
			arc_number(facts->source, "c_min");

	return above < 0 ? 0 : above;
}

static void look_available(const struct pfnscope_facts *facts,
			   struct pfnscope_findings *f)
{
	int64_t available = pfnscope_facts_meminfo(facts, "MemAvailable");
	int64_t arc = arc_bytes(facts);
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(pfnscope_plus(available, arc), facts->ram),
		.cure = "ps -eo pid,rss,comm --sort=-rss | head; by zone: pfnscope owners",
	};

	if (finding.number == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "MemAvailable"));
		return;
	}
	pfnscope_found(f, &finding, "%s of %s that are no huge pages%s%s",
		       pfnscope_said_size(f, pfnscope_plus(available, arc)),
		       pfnscope_said_size(f, facts->ram),
		       arc ? ", of which in the cache of ZFS " : "",
		       arc ? pfnscope_said_size(f, arc) : "");
}

/* --- headroom: the comparison of the allocator --- */

/* What such a request finds above @mark and reserve in the zone where that is most. */
static int64_t most_above(const struct pfnscope_machine *m, uint32_t gfp,
			  enum pfnscope_mark mark, char *zone, size_t size)
{
	int64_t most = PFNSCOPE_MISSING;

	for (size_t i = 0; i < m->nr_zones; i++) {
		struct pfnscope_verdict v;
		int64_t above;

		pfnscope_zone_ask(m, gfp, mark, &m->zones[i], &v);
		if (!v.checked || m->zones[i].cma == PFNSCOPE_MISSING)
			continue;
		above = pfnscope_minus(v.terms.left, v.terms.right);
		if (above == PFNSCOPE_MISSING || above <= most)
			continue;
		most = above;
		pfnscope_verdict_zone(&v, zone, size);
	}
	return most;
}

/* The better of two moments: that kswapd is at work for one is no news. */
static int64_t most_of_both(const struct pfnscope_facts *facts, uint32_t gfp,
			    enum pfnscope_mark mark, char *zone, size_t size)
{
	int64_t now = most_above(&facts->now.machine, gfp, mark, zone, size);
	int64_t before = most_above(&facts->before.machine, gfp, mark, zone, size);

	return now == PFNSCOPE_MISSING || now > before ? now : before;
}

static void look_headroom_of(const struct pfnscope_facts *facts,
			     struct pfnscope_findings *f, const char *who,
			     uint32_t gfp, const char *cure)
{
	char zone[40] = "", other[40];
	int64_t above_low = most_of_both(facts, gfp, PFNSCOPE_MARK_LOW, zone, sizeof(zone));
	int64_t above_min = most_of_both(facts, gfp, PFNSCOPE_MARK_MIN, other, sizeof(other));
	const struct pfnscope_finding finding = {
		.where = who,
		.number = pfnscope_times(above_low, facts->page_bytes),
		.judged = true,
		.level = above_min <= 0 ? PFNSCOPE_LEVEL_CRIT :
			 above_low <= 0 ? PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_OK,
		.cure = cure,
	};

	if (above_low == PFNSCOPE_MISSING || above_min == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", facts->now.machine.nr_zones ?
			"free CMA pages or watermarks of the zones are not known" :
			"no zones: neither the module nor /proc/zoneinfo can be read");
		return;
	}
	pfnscope_found(f, &finding, "%s has most for %s requests: %" PRId64
		       " pages above low watermark and reserve, %" PRId64 " above min%s",
		       zone, who, above_low, above_min,
		       facts->before.there ? ", at the better of two moments" : "");
}

static void look_headroom(const struct pfnscope_facts *facts,
			  struct pfnscope_findings *f)
{
	look_headroom_of(facts, f, "kernel", PFNSCOPE_ASK_KERNEL,
			 "pfnscope explain --gfp GFP_KERNEL; who holds it: pfnscope owners");
	look_headroom_of(facts, f, "movable", PFNSCOPE_ASK_MOVABLE,
			 "pfnscope explain --gfp GFP_HIGHUSER_MOVABLE; who: pfnscope owners");
}

/* --- each zone, for what it is there for --- */

static void look_at_zone(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			 const struct pfnscope_explain_zone *zone)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	uint32_t gfp = pfnscope_zone_own(zone->class);
	struct pfnscope_finding finding = { .judged = true };
	struct pfnscope_verdict low, min;
	char name[40], text[224];
	int64_t above;

	pfnscope_zone_ask(m, gfp, PFNSCOPE_MARK_LOW, zone, &low);
	pfnscope_zone_ask(m, gfp, PFNSCOPE_MARK_MIN, zone, &min);
	if (!low.checked || !min.checked || zone->cma == PFNSCOPE_MISSING)
		return;
	pfnscope_verdict_zone(&low, name, sizeof(name));
	above = pfnscope_minus(low.terms.left, low.terms.min);
	finding.where = name;
	finding.number = pfnscope_times(above, facts->page_bytes);
	if (min.terms.left <= min.terms.min)
		finding.level = PFNSCOPE_LEVEL_WARN;
	else if (above <= 0)
		finding.level = PFNSCOPE_LEVEL_NOTE;
	finding.cure = pfnscope_said(f, "pfnscope owners --node %" PRId64 " --zone %s",
				       zone->node, zone->name);
	pfnscope_verdict_comparison(finding.level == PFNSCOPE_LEVEL_WARN ? &min : &low,
				    m->page_kb, text, sizeof(text));
	pfnscope_found(f, &finding, "%s", text);
}

static void look_zones(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;

	for (size_t i = 0; i < m->nr_zones; i++)
		look_at_zone(facts, f, &m->zones[i]);
	if (!f->found)
		pfnscope_found_unknown(f, "no zone whose numbers are all known");
}

/* --- pressure --- */

static void look_some(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	pfnscope_look_pressure(f, facts->now.pressure, facts->before.pressure, "some");
}

static void look_full(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	pfnscope_look_pressure(f, facts->now.pressure, facts->before.pressure, "full");
}

#define NO PFNSCOPE_NO_LIMIT
#define PSI "/proc/pressure/memory"

const struct pfnscope_check pfnscope_checks_memory[] = {
	PFNSCOPE_CHECK("available", look_available, PERMILLE, BELOW_IT, NO, 100, 50, P,
		       "netdata and earlyoom act at 10 %, nohang kills at 5 %",
		       "/proc/meminfo; of ZFS /proc/spl/kstat/zfs/arcstats",
		       "MemAvailable, and what the cache of ZFS has above its minimum, as a share of MemTotal without Hugetlb"),
	PFNSCOPE_CHECK_WORDS("headroom", look_headroom, BYTES, NULL, "<= low", "<= min", K,
			     "__zone_watermark_ok(): at low kswapd is woken, at min the request has to reclaim",
			     "zones of the module, or /proc/zoneinfo",
			     "free above low watermark and lowmem_reserve, for single pages, in the zone that has most for such requests"),
	PFNSCOPE_CHECK_WORDS("zone", look_zones, BYTES, "<= low", "<= min", NULL, K,
			     "__zone_watermark_ok() for the zone's own requests: at low kswapd is woken, at min they have to reclaim",
			     "zones of the module, or /proc/zoneinfo",
			     "free above the low watermark of one zone, for requests that have a right to it"),
	PFNSCOPE_CHECK("psi.some", look_some, PERMILLE, FROM, NO, PFNSCOPE_PRESSURE_SOME, NO, P,
		       "systemd's protocol for services and psi-notify 10 %; rising as oomd wants it",
		       PSI, "time in which some task waited for memory, of the last 10 s; a note until the last minute is over the limit too"),
	PFNSCOPE_CHECK("psi.full", look_full, PERMILLE, FROM, NO, 50, 400, P,
		       "GLib's warning 5 %, nohang 40 %, systemd-oomd kills at 60 %; rising as oomd wants it",
		       PSI, "time in which all tasks waited for memory, of the last 10 s; a note until the last minute is over the limit too"),
	PFNSCOPE_CHECKS_END
};
