// SPDX-License-Identifier: GPL-2.0-only
/* Huge pages, and blocks that are large enough. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"
#include "source/counters.h"
#include "source/words.h"
#include "triage/check.h"
#include "triage/worst.h"
#include "view/hugepages.h"

/* --- pools --- */

static bool is_host(const struct HUGEPAGES_table *pools, size_t row)
{
	const char *scope = pfnscope_table_string(CELL(pools, row, HUGEPAGES_scope));

	return scope && !strcmp(scope, "host");
}

static void look_at_pool(const struct HUGEPAGES_table *pools, size_t row,
			 struct pfnscope_findings *f)
{
	uint64_t size, total, free_pages, reserved = 0;
	struct pfnscope_finding finding = { 0 };
	int64_t idle;

	if (!is_host(pools, row) ||
	    !pfnscope_table_number(CELL(pools, row, HUGEPAGES_size_bytes), &size) ||
	    !pfnscope_table_number(CELL(pools, row, HUGEPAGES_total_hugepages), &total) ||
	    !pfnscope_table_number(CELL(pools, row, HUGEPAGES_free_hugepages), &free_pages) ||
	    !total || total > INT32_MAX || free_pages > total)
		return;
	pfnscope_table_number(CELL(pools, row, HUGEPAGES_reserved_hugepages), &reserved);
	idle = reserved > free_pages ? 0 : (int64_t)(free_pages - reserved);
	finding.where = pfnscope_said_size(f, (int64_t)size);
	finding.number = pfnscope_permille(idle, (int64_t)total);
	finding.cure = pfnscope_said(f, "echo %" PRIu64 " >/sys/kernel/mm/hugepages/hugepages-%" PRIu64 "kB/nr_hugepages",
				       total - (uint64_t)idle, size / 1024);
	pfnscope_found(f, &finding, "%" PRIu64 " in the pool, %" PRIu64 " free, %" PRIu64
		       " of them reserved%s", total, free_pages, reserved,
		       idle ? "" : ": the next mapping gets none");
}

static void look_pools(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct HUGEPAGES_table *pools = HUGEPAGES_FROM(pfnscope_pools_read(facts->source));

	for (size_t row = 0; row < pools->all.nr_rows; row++)
		look_at_pool(pools, row, f);
	if (!f->found && !pools->all.nr_rows && pools->all.reason)
		pfnscope_found_unknown(f, "%s", pools->all.reason);
	else if (!f->found)
		pfnscope_found_none(f, "no pool has any");
	pfnscope_table_free(&pools->all);
}

/* A pool that leaves nothing to those who cannot use it. */
static void look_share(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t total = pfnscope_facts_meminfo(facts, "MemTotal");
	int64_t pools = pfnscope_facts_meminfo(facts, "Hugetlb");
	int64_t available = pfnscope_permille(pfnscope_facts_meminfo(facts, "MemAvailable"),
					      total);
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(pools, total),
		.most = available >= 30 ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_CRIT,
		.cure = "make the pools smaller; what of them is idle: pfnscope hugepages",
	};

	if (finding.number == PFNSCOPE_MISSING || available == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.meminfo,
			"/proc/meminfo", "Hugetlb"));
	else
		pfnscope_found(f, &finding, "%s of %s are in pools, %s are available",
			       pfnscope_said_size(f, pools), pfnscope_said_size(f, total),
			       pfnscope_said_size(f, pfnscope_facts_meminfo(facts, "MemAvailable")));
}

/* --- transparent ones --- */

#define SOME	20	/* faults from which on a share says something */

static void look_thp(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate got = pfnscope_facts_rate(facts, "thp_fault_alloc");
	struct pfnscope_rate lost = pfnscope_facts_rate(facts, "thp_fault_fallback");
	char *defrag = pfnscope_word_in_brackets(facts->source,
		"sys/kernel/mm/transparent_hugepage/defrag");
	char *enabled = pfnscope_word_in_brackets(facts->source,
		"sys/kernel/mm/transparent_hugepage/enabled");
	struct pfnscope_finding finding = {
		.cure = "pfnscope forecast",
	};

	if (got.over == PFNSCOPE_OVER_NOTHING || lost.over == PFNSCOPE_OVER_NOTHING) {
		pfnscope_found_none(f, "this kernel counts none");
	} else if (got.count + lost.count < SOME) {
		pfnscope_found_none(f, "%" PRId64 " faults got one and %" PRId64 " did not %s; enabled is %s, defrag %s",
				    got.count, lost.count, pfnscope_said_over(f, &got),
				    enabled ? enabled : "-", defrag ? defrag : "-");
	} else {
		finding.number = pfnscope_permille(lost.count, got.count + lost.count);
		pfnscope_found(f, &finding, "%" PRId64 " faults got one and %" PRId64 " did not %s; enabled is %s, defrag %s",
			       got.count, lost.count, pfnscope_said_over(f, &got),
			       enabled ? enabled : "-", defrag ? defrag : "-");
	}
	free(defrag);
	free(enabled);
}

#define LONG_MS	60000

static void look_compact_stall(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate rate = pfnscope_facts_rate(facts, "compact_stall");
	const struct pfnscope_finding finding = {
		.most = rate.over == PFNSCOPE_OVER_INTERVAL && rate.ms >= LONG_MS ?
			PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_NOTE,
		.cure = "echo defer+madvise >/sys/kernel/mm/transparent_hugepage/defrag",
	};

	if (rate.over == PFNSCOPE_OVER_NOTHING)
		pfnscope_found_none(f, "this kernel does not compact");
	else
		pfnscope_found_rate(f, &rate, rate.count, &finding,
				    pfnscope_said(f, "%" PRId64 " requests had to compact",
						  rate.count));
}

static void look_fail(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t failed = pfnscope_number(&facts->now.vmstat, "compact_fail");
	int64_t went = pfnscope_number(&facts->now.vmstat, "compact_success");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(failed, pfnscope_plus(failed, went)),
		.cure = "pfnscope forecast; pfnscope owners --by-block",
	};

	if (failed == PFNSCOPE_MISSING || went == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "this kernel does not compact");
	else if (went <= 10000)
		pfnscope_found_none(f, "%" PRId64 " failed and %" PRId64 " did not since boot: too few to tell",
				    failed, went);
	else
		pfnscope_found(f, &finding, "%" PRId64 " failed and %" PRId64 " did not since boot",
			       failed, went);
}

/* --- blocks --- */

static int64_t blocks_at(const struct pfnscope_machine *m, unsigned int order,
			 bool movable)
{
	int64_t count = 0;

	for (size_t i = 0; i < m->nr_zones; i++) {
		if (m->zones[i].managed <= 0)
			continue;
		if (!m->zones[i].area_known)
			return PFNSCOPE_MISSING;
		if (movable || m->zones[i].class != PFNSCOPE_CLASS_MOVABLE)
			count += (int64_t)pfnscope_free_blocks_at(&m->zones[i].area, order);
	}
	return m->nr_zones ? count : PFNSCOPE_MISSING;
}

static enum pfnscope_outcome order_outcome(const struct pfnscope_machine *m, unsigned int order)
{
	const struct pfnscope_request request = {
		.gfp = PFNSCOPE_ASK_KERNEL,
		.gfp_known = true,
		.order = order,
		.node = m->zones[0].node,
		.cpu = PFNSCOPE_MISSING,
	};
	enum pfnscope_outcome outcome;
	struct pfnscope_plan plan;

	pfnscope_plan_make(m, &request, &plan);
	outcome = plan.outcome;
	pfnscope_plan_clear(&plan);
	return outcome;
}

static bool waits(enum pfnscope_outcome outcome)
{
	return outcome == PFNSCOPE_OUTCOME_RECLAIM || outcome == PFNSCOPE_OUTCOME_FAIL;
}

static void look_order_3(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	struct pfnscope_finding finding = {
		.judged = true,
		.number = blocks_at(m, 3, false),
		.cure = "pfnscope frag; echo 1 >/proc/sys/vm/compact_memory moves what can move",
	};
	enum pfnscope_outcome outcome;

	if (finding.number == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "the zones or their free blocks are not known");
		return;
	}
	outcome = order_outcome(m, 3);
	if (waits(outcome))
		finding.level = waits(order_outcome(m, 0)) ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_WARN;
	else if (outcome == PFNSCOPE_OUTCOME_SLOW)
		finding.level = PFNSCOPE_LEVEL_NOTE;
	else if (outcome == PFNSCOPE_OUTCOME_UNKNOWN)
		finding.level = PFNSCOPE_LEVEL_UNKNOWN;
	pfnscope_found(f, &finding, "free blocks of order 3 and above; a GFP_KERNEL request for one: %s%s",
		       pfnscope_outcome_name(outcome), waits(outcome) && waits(order_outcome(m, 0)) ?
		       ", as one for a single page: memory is short, not in pieces" : "");
}

static void look_huge_blocks(const struct pfnscope_facts *facts,
			     struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	const struct pfnscope_finding finding = {
		.number = blocks_at(m, m->rules.pageblock_order, true),
		.cure = "how many can be made, and who is in the way: pfnscope forecast",
	};

	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "the zones or their free blocks are not known");
	else
		pfnscope_found(f, &finding, "free blocks of order %u and above",
			       m->rules.pageblock_order);
}

/* --- CMA, KSM --- */

static void look_cma(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t total = pfnscope_facts_meminfo(facts, "CmaTotal");
	int64_t left = pfnscope_facts_meminfo(facts, "CmaFree");
	const struct pfnscope_finding finding = {
		.number = left,
		.cure = "pfnscope pageblocks --where migratetype=CMA",
	};

	if (total == PFNSCOPE_MISSING || !total)
		pfnscope_found_none(f, "there is no CMA area");
	else
		pfnscope_found(f, &finding, "%s of %s are free", pfnscope_said_size(f, left),
			       pfnscope_said_size(f, total));
}

#define KSM	"sys/kernel/mm/ksm/"

static void look_ksm(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t run = pfnscope_number_in(facts->source, KSM "run");
	int64_t shared = pfnscope_number_in(facts->source, KSM "pages_shared");
	int64_t sharing = pfnscope_number_in(facts->source, KSM "pages_sharing");
	const struct pfnscope_finding finding = {
		.number = sharing,
		.cure = "echo 0 >/sys/kernel/mm/ksm/run",
		.judged = true,
		.level = sharing < shared ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK,
	};

	if (run == PFNSCOPE_MISSING && pfnscope_source_is_live(facts->source))
		pfnscope_found_none(f, "this kernel has none");
	else if (run == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "/" KSM "run: cannot be read");
	else if (run != 1)
		pfnscope_found_none(f, "it does not run");
	else if (shared == PFNSCOPE_MISSING || sharing == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "/" KSM "pages_sharing: cannot be read");
	else
		pfnscope_found(f, &finding, "%" PRId64 " pages are saved by %" PRId64 " that are shared",
			       sharing, shared);
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_huge[] = {
	PFNSCOPE_CHECK("hugetlb", look_pools, PERMILLE, FROM, 500, NO, NO, P,
		       "hotsos looks at the pools; half of one idle is worth a word",
		       "/sys/kernel/mm/hugepages/, or /proc/meminfo",
		       "huge pages of a pool that are free and not reserved"),
	PFNSCOPE_CHECK("hugetlb.share", look_share, PERMILLE, FROM, NO, 800, NO, P,
		       "hotsos: above 80 % of memory while less than 3 % are available",
		       "/proc/meminfo",
		       "Hugetlb, of MemTotal; a note while 3 % and more are available"),
	PFNSCOPE_CHECK("thp", look_thp, PERMILLE, FROM, 500, NO, NO, R,
		       "more faults went without one than got one; of 20 and more",
		       "/proc/vmstat", "thp_fault_fallback, of all faults that asked for a huge page"),
	PFNSCOPE_CHECK("compaction", look_compact_stall, COUNT, FROM, 1, 1, NO, P,
		       "the USE method: somebody waited; a warning where it was watched for a minute",
		       "/proc/vmstat", "compact_stall, requests that had to compact memory themselves"),
	PFNSCOPE_CHECK("compaction.fail", look_fail, PERMILLE, FROM, 100, NO, NO, P,
		       "hotsos: 10 % where more than 10,000 succeeded",
		       "/proc/vmstat", "compact_fail, of compact_fail and compact_success since boot"),
	PFNSCOPE_CHECK_WORDS("order.3", look_order_3, COUNT, "kswapd", "has to wait", NULL, K,
			     "PAGE_ALLOC_COSTLY_ORDER: up to order 3 the kernel takes it that a request can be served",
			     "zones and freelists of the module, or /proc/zoneinfo and /proc/buddyinfo",
			     "free blocks of order 3 and above, and what a GFP_KERNEL request for one meets"),
	PFNSCOPE_CHECK("order.huge", look_huge_blocks, COUNT, BELOW_IT, 1, NO, NO, K,
		       "without a free block of that size a huge page needs compaction first",
		       "zones and freelists of the module, or /proc/buddyinfo",
		       "free blocks of a pageblock and above, in all zones"),
	PFNSCOPE_CHECK("cma", look_cma, BYTES, BELOW_IT, 1, NO, NO, K,
		       "cma_alloc() has to move pages where none is free",
		       "/proc/meminfo", "CmaFree"),
	PFNSCOPE_CHECK_WORDS("ksm", look_ksm, COUNT, "< shared", NULL, NULL, R,
			     "a page that is shared once saves none: pages_sharing below pages_shared is work for little",
			     "/sys/kernel/mm/ksm/", "pages that same-page merging saves"),
	PFNSCOPE_CHECKS_END
};
