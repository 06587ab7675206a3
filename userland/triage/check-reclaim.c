// SPDX-License-Identifier: GPL-2.0-only
/* Reclaim: what comes back as soon as it is gone, who has to wait, and who gave up. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "source/words.h"
#include "source/zoneinfo.h"
#include "triage/check.h"
#include "view/reclaim.h"

static const char *vmstat_lack(const struct pfnscope_facts *facts,
			       struct pfnscope_findings *f, const char *name)
{
	return pfnscope_said_lack(f, &facts->now.vmstat, "/proc/vmstat", name);
}

/* --- refaults --- */

#define FEW	256	/* refaults a second, 1 MiB: less is nothing, however small the cache */

static struct pfnscope_rate refault_rate(const struct pfnscope_facts *facts)
{
	struct pfnscope_rate rate = pfnscope_facts_rate(facts, "workingset_refault_*");

	/* One counter for both up to 5.8. */
	return rate.over == PFNSCOPE_OVER_NOTHING ?
	       pfnscope_facts_rate(facts, "workingset_refault") : rate;
}

static void look_thrash(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate rate = refault_rate(facts);
	int64_t file = pfnscope_plus(pfnscope_number(&facts->now.vmstat, "nr_active_file"),
				     pfnscope_number(&facts->now.vmstat, "nr_inactive_file"));
	int64_t each = pfnscope_rate_each(&rate, 10000), number;
	const struct pfnscope_finding finding = {
		.most = each != PFNSCOPE_MISSING && each < 10 * FEW ?
			PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_CRIT,
		.cure = "more runs than fits: end or move something; whose: pfnscope lru",
	};

	if (rate.over == PFNSCOPE_OVER_NOTHING || file == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", vmstat_lack(facts, f, "workingset_refault"));
		return;
	}
	number = pfnscope_permille(each, file < 1 ? 1 : file);
	pfnscope_found_rate(f, &rate, number, &finding,
			    pfnscope_said(f, "%" PRId64 " pages were read back, %" PRId64
					  " are on the lists of files;", rate.count, file));
}

static void look_majfault(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate rate = pfnscope_facts_rate(facts, "pgmajfault");
	const struct pfnscope_finding finding = {
		.cure = "programs that start read their files: look again; pidstat -r 1",
	};

	pfnscope_found_rate(f, &rate, pfnscope_rate_each(&rate, 1000), &finding,
			    rate.over == PFNSCOPE_OVER_NOTHING ?
			    vmstat_lack(facts, f, "pgmajfault") :
			    pfnscope_said(f, "%" PRId64 " faults waited for a device", rate.count));
}

/* --- who has to reclaim himself --- */

#define LONG_MS	60000

static void look_stall(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate rate = pfnscope_facts_rate(facts, "allocstall*");
	const struct pfnscope_finding finding = {
		.most = rate.over == PFNSCOPE_OVER_INTERVAL && rate.ms >= LONG_MS ?
			PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_NOTE,
		.cure = "pfnscope reclaim; vm.watermark_scale_factor lets kswapd begin earlier",
	};

	pfnscope_found_rate(f, &rate, rate.count, &finding,
			    rate.over == PFNSCOPE_OVER_NOTHING ?
			    vmstat_lack(facts, f, "allocstall") :
			    pfnscope_said(f, "%" PRId64 " requests had to reclaim", rate.count));
}

/* --- kswapd --- */

static void look_at_kswapd(struct pfnscope_findings *f,
			   const struct RECLAIM_table *reclaim, size_t row)
{
	const char *scope = pfnscope_table_string(CELL(reclaim, row, RECLAIM_scope));
	struct pfnscope_finding finding = {
		.cure = "who holds it: pfnscope owners; what is locked: pfnscope lru",
	};
	uint64_t node, failures;

	if (!scope || strcmp(scope, "node") ||
	    !pfnscope_table_number(CELL(reclaim, row, RECLAIM_node), &node) ||
	    !pfnscope_table_number(CELL(reclaim, row, RECLAIM_kswapd_failures), &failures) ||
	    failures > INT32_MAX)
		return;
	finding.where = pfnscope_said(f, "Node %" PRIu64, node);
	finding.number = (int64_t)failures;
	pfnscope_found(f, &finding, "%" PRIu64 " runs in a row reclaimed nothing", failures);
}

struct nodes {
	struct pfnscope_findings *findings;
	uint64_t last;
	bool any;
};

/* Without the module: whether it is 16 and more. */
static void take_unreclaimable(void *context, uint64_t node, const char *zone,
			       const char *name, uint64_t number)
{
	struct nodes *nodes = context;
	struct pfnscope_finding finding = {
		.judged = true,
		.level = number ? PFNSCOPE_LEVEL_CRIT : PFNSCOPE_LEVEL_OK,
		.number = number ? 16 : PFNSCOPE_MISSING,
		.cure = "who holds it: pfnscope owners; what is locked: pfnscope lru",
	};

	(void)zone;
	if (strcmp(name, "node_unreclaimable:") || (nodes->any && node == nodes->last))
		return;
	nodes->last = node;
	nodes->any = true;
	finding.where = pfnscope_said(nodes->findings, "Node %" PRIu64, node);
	pfnscope_found(nodes->findings, &finding, number ?
		       "it gave up: /proc/zoneinfo has node_unreclaimable 1" :
		       "it did not give up; how many runs failed is in reclaim of the module alone");
}

static void look_kswapd(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct RECLAIM_table *reclaim = RECLAIM_IN(&facts->now.snapshot);
	struct nodes nodes = { .findings = f };

	for (size_t row = 0; reclaim && row < reclaim->all.nr_rows; row++)
		look_at_kswapd(f, reclaim, row);
	if (!f->found)
		pfnscope_zoneinfo_numbers(facts->source, take_unreclaimable, &nodes);
	if (!f->found)
		pfnscope_found_unknown(f, "neither the module nor /proc/zoneinfo can be read");
}

/* --- what raises the marks for a while --- */

static void look_boost(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	struct pfnscope_finding finding = {
		.cure = "types were mixed in pageblocks: pfnscope pageblocks",
	};
	bool known = false;

	for (size_t i = 0; i < m->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &m->zones[i];

		if (zone->boost == PFNSCOPE_MISSING)
			continue;
		known = true;
		if (!zone->boost)
			continue;
		finding.where = pfnscope_said(f, "Node %" PRId64 " %s", zone->node, zone->name);
		finding.number = pfnscope_times(zone->boost, facts->page_bytes);
		pfnscope_found(f, &finding, "%" PRId64 " pages are added to its watermarks until kswapd is done",
			       zone->boost);
	}
	if (!f->found && known)
		pfnscope_found_none(f, "no zone has one");
	else if (!f->found)
		pfnscope_found_unknown(f, "no file tells the boosts of the zones");
}

/* --- the multi-gen LRU --- */

static void look_lru(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	char *enabled = pfnscope_word_of_first_line(facts->source,
						    "sys/kernel/mm/lru_gen/enabled", 0);
	struct pfnscope_finding finding = {
		.number = pfnscope_number_in(facts->source,
					     "sys/kernel/mm/lru_gen/min_ttl_ms"),
		.cure = "echo 0 >/sys/kernel/mm/lru_gen/min_ttl_ms",
	};

	if (finding.number == PFNSCOPE_UNLIMITED || !enabled)
		finding.number = PFNSCOPE_MISSING;
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "the LRU lists are active and inactive: no multi-gen LRU here");
	else if (!strtoul(enabled, NULL, 0))
		pfnscope_found_none(f, "the LRU lists are active and inactive: the multi-gen LRU is switched off");
	else
		pfnscope_found(f, &finding, "enabled is %s, min_ttl_ms %" PRId64, enabled,
			       finding.number);
	free(enabled);
}

/* --- cgroups that are gone and still hold memory --- */

static void look_dying(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	static const char *const places[] = {
		"sys/fs/cgroup/cgroup.stat", "sys/fs/cgroup/unified/cgroup.stat",
	};
	struct pfnscope_finding finding = {
		.number = PFNSCOPE_MISSING,
		.cure = "what pins them: pfnscope owners --kind dying_cgroup",
	};

	for (size_t i = 0; i < 2 && finding.number == PFNSCOPE_MISSING; i++) {
		struct pfnscope_numbers numbers = { 0 };

		pfnscope_numbers_read(facts->source, places[i], &numbers);
		finding.number = pfnscope_number(&numbers, "nr_dying_descendants");
		pfnscope_numbers_clear(&numbers);
	}
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "/%s: cannot be read", places[0]);
	else
		pfnscope_found(f, &finding, "%" PRId64 " cgroups were removed and are still there",
			       finding.number);
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_reclaim[] = {
	PFNSCOPE_CHECK("thrash", look_thrash, PERMILLE, FROM, NO, 300, 1000, P,
		       "Android's lmkd: 30 % on phones with little memory, 100 % else; below 256 pages a second a note",
		       "/proc/vmstat",
		       "refaults of files and of anonymous memory in 10 s, of the pages on the lists of files"),
	PFNSCOPE_CHECK("majfault", look_majfault, PER_SECOND, FROM, 500, 1000, NO, P,
		       "node-exporter's mixin 500, awesome-prometheus-alerts 1000, both of them for minutes: of a second it is less",
		       "/proc/vmstat", "pgmajfault, faults that waited for a device"),
	PFNSCOPE_CHECK("stall", look_stall, COUNT, FROM, 1, 1, NO, P,
		       "the USE method counts any as saturation; a warning where it was watched for a minute",
		       "/proc/vmstat", "allocstall, requests that had to reclaim themselves"),
	PFNSCOPE_CHECK("kswapd", look_kswapd, COUNT, FROM, 1, NO, 16, K,
		       "MAX_RECLAIM_RETRIES: at 16 kswapd is not woken any more, until others have reclaimed for the node",
		       "reclaim of the module, or /proc/zoneinfo",
		       "runs of a node's kswapd in a row that reclaimed nothing"),
	PFNSCOPE_CHECK("boost", look_boost, BYTES, FROM, 1, NO, NO, K,
		       "boost_watermark(): watermarks are higher until kswapd has reclaimed so much",
		       "zones of the module, or /proc/zoneinfo",
		       "what is added to the watermarks of a zone"),
	PFNSCOPE_CHECK("lru.min_ttl", look_lru, COUNT, FROM, 1, NO, NO, K,
		       "lru_gen_age_node(): where nothing is older than that, the OOM killer is called",
		       "/sys/kernel/mm/lru_gen/", "min_ttl_ms of the multi-gen LRU"),
	PFNSCOPE_CHECK("dying", look_dying, COUNT, FROM, 10001, NO, NO, P,
		       "koordinator#1016 saw trouble from 10,000 on",
		       "/sys/fs/cgroup/cgroup.stat", "nr_dying_descendants of the root"),
	PFNSCOPE_CHECKS_END
};
