// SPDX-License-Identifier: GPL-2.0-only
/* What grows between two readings, held against what is left: for memory that nobody gives back by himself. */
#include <inttypes.h>

#include "base/array.h"
#include "triage/check.h"

/* Less than that apart, a program that starts looks like a leak. */
#define SHORT_MS	60000
#define LONG_MS		600000
#define HOUR_MS		3600000

/* Of memory, in permille: less is no growth, as the files of /proc are not of one moment. */
#define LEAST		1

static const struct {
	const char *where;
	const char *meminfo;	/* NULL: what is in no counter */
	const char *cure;
} grows[] = {
	{ "slab", "SUnreclaim", "which cache: pfnscope slabs; who asked: pfnscope sites" },
	{ "pagetables", "PageTables", "grep -H VmPTE /proc/[0-9]*/status | sort -k2nr | head" },
	{ "stacks", "KernelStack", "ps -eo nlwp,pid,comm --sort=-nlwp | head" },
	{ "percpu", "Percpu", "each cgroup and BPF map has some" },
	{ "vmalloc", "VmallocUsed", "sort -k2nr /proc/vmallocinfo | head" },
	{ "unaccounted", NULL, "a driver's pages: pfnscope owners; who asked: pfnscope sites" },
};

static int64_t of(const struct pfnscope_facts *facts, const char *meminfo)
{
	return meminfo ? pfnscope_facts_meminfo(facts, meminfo) : pfnscope_unaccounted(facts);
}

/* @bytes in @ms; of what is available, what an hour of that takes. */
static void look_at_one(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			size_t i, int64_t bytes, int64_t ms)
{
	int64_t available = pfnscope_facts_meminfo(facts, "MemAvailable");
	int64_t an_hour = pfnscope_times(bytes, HOUR_MS);
	struct pfnscope_finding finding = {
		.where = grows[i].where,
		.most = ms >= LONG_MS ? PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_NOTE,
		.cure = grows[i].cure,
	};

	if (an_hour == PFNSCOPE_MISSING)
		return;
	an_hour /= ms;
	finding.number = pfnscope_permille(an_hour, available);
	if (finding.number == PFNSCOPE_MISSING)
		return;
	if (bytes <= 0 || pfnscope_permille(bytes, facts->ram) < LEAST)
		finding.number = 0;
	pfnscope_found(f, &finding, "%s more in %" PRId64 " s%s",
		       pfnscope_said_size(f, bytes < 0 ? 0 : bytes), ms / 1000, !finding.number ? "" :
		       pfnscope_said(f, ", %s an hour: the %s that are available last %" PRId64 " h",
				     pfnscope_said_size(f, an_hour),
				     pfnscope_said_size(f, available), available / an_hour));
}

static void look_growth(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t ms = pfnscope_minus(facts->now.uptime_ms, facts->before.uptime_ms);
	struct pfnscope_facts earlier = *facts;

	if (!facts->before.there || ms == PFNSCOPE_MISSING || ms < SHORT_MS) {
		pfnscope_found_none(f, "that takes two readings a minute apart and more: --before, --interval");
		return;
	}
	earlier.now = facts->before;
	for (size_t i = 0; i < ARRAY_SIZE(grows); i++) {
		int64_t bytes = pfnscope_minus(of(facts, grows[i].meminfo),
					       of(&earlier, grows[i].meminfo));

		if (bytes != PFNSCOPE_MISSING)
			look_at_one(facts, f, i, bytes, ms);
	}
	if (!f->found)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "SUnreclaim"));
}

#define NO PFNSCOPE_NO_LIMIT

/* A day, and an hour. */
const struct pfnscope_check pfnscope_checks_growth[] = {
	PFNSCOPE_CHECK("growth", look_growth, PERMILLE, FROM, 42, 1000, NO, R,
		       "at that pace what is available is gone in a day, or in an hour; a warning where it was watched for ten minutes",
		       "/proc/meminfo and /proc/vmstat of both readings",
		       "what slab, page tables, stacks, percpu, vmalloc and what is in no counter take of MemAvailable in an hour, by two readings a minute apart and more"),
	PFNSCOPE_CHECKS_END
};
