// SPDX-License-Identifier: GPL-2.0-only
/* The counters of the whole machine and of whole nodes. */
#include "oomlog/parts.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"

struct counter {
	const char *name;
	enum pfnscope_oom_counter counter;
};

static const struct counter counters[] = {
	{ "active_anon", PFNSCOPE_MEM_ACTIVE_ANON },
	{ "inactive_anon", PFNSCOPE_MEM_INACTIVE_ANON },
	{ "isolated_anon", PFNSCOPE_MEM_ISOLATED_ANON },
	{ "active_file", PFNSCOPE_MEM_ACTIVE_FILE },
	{ "inactive_file", PFNSCOPE_MEM_INACTIVE_FILE },
	{ "isolated_file", PFNSCOPE_MEM_ISOLATED_FILE },
	{ "active", PFNSCOPE_MEM_ACTIVE },
	{ "inactive", PFNSCOPE_MEM_INACTIVE },
	{ "unevictable", PFNSCOPE_MEM_UNEVICTABLE },
	{ "dirty", PFNSCOPE_MEM_DIRTY },
	{ "writeback", PFNSCOPE_MEM_WRITEBACK },
	{ "slab", PFNSCOPE_MEM_SLAB },
	{ "slab_reclaimable", PFNSCOPE_MEM_SLAB_RECLAIMABLE },
	{ "slab_unreclaimable", PFNSCOPE_MEM_SLAB_UNRECLAIMABLE },
	{ "mapped", PFNSCOPE_MEM_MAPPED },
	{ "shmem", PFNSCOPE_MEM_SHMEM },
	{ "pagetables", PFNSCOPE_MEM_PAGETABLES },
	{ "sec_pagetables", PFNSCOPE_MEM_SEC_PAGETABLES },
	{ "bounce", PFNSCOPE_MEM_BOUNCE },
	{ "free", PFNSCOPE_MEM_FREE },
	{ "free_pcp", PFNSCOPE_MEM_FREE_PCP },
	{ "free_cma", PFNSCOPE_MEM_FREE_CMA },
	/* In the lines of nodes and zones only. */
	{ "isolated(anon)", PFNSCOPE_MEM_ISOLATED_ANON },
	{ "isolated(file)", PFNSCOPE_MEM_ISOLATED_FILE },
	{ "kernel_stack", PFNSCOPE_MEM_KERNEL_STACK_KB },
	{ "mlocked", PFNSCOPE_MEM_MLOCKED_KB },
	{ "balloon", PFNSCOPE_MEM_BALLOON_KB },
	{ "gpu_active", PFNSCOPE_MEM_GPU_ACTIVE_KB },
	{ "gpu_reclaim", PFNSCOPE_MEM_GPU_RECLAIM_KB },
};

static bool same_name(const char *from, const char *to, const char *name)
{
	size_t size = strlen(name);

	if ((size_t)(to - from) != size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (tolower((unsigned char)from[i]) != name[i])
			return false;
	return true;
}

/* A number with a unit is of a node's line, whose head was cut off. */
static bool pages(struct pfnscope_scan *line, int64_t *value)
{
	return pfnscope_scan_number(line, value) &&
	       !pfnscope_scan_starts(line, "kB") && !pfnscope_scan_starts(line, "KB");
}

/* "name:1" or, @in_kb, "name:1kB": the next such pair; a number without its unit was cut. */
static bool next_pair(struct pfnscope_scan *line, bool in_kb,
		      const struct counter **which, int64_t *value)
{
	while (!pfnscope_scan_done(line)) {
		const char *from, *to;

		pfnscope_scan_blanks(line);
		from = line->at;
		while (line->at < line->end && *line->at != ':' &&
		       *line->at != ' ')
			line->at++;
		to = line->at;
		if (!pfnscope_scan_char(line, ':') ||
		    (in_kb ? !pfnscope_scan_kb(line, value) : !pages(line, value)))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(counters); i++) {
			if (!same_name(from, to, counters[i].name))
				continue;
			*which = &counters[i];
			return true;
		}
	}
	return false;
}

/**
 * pfnscope_oomlog_counters - read "active_anon:1 inactive_anon:2 ..."
 * @line: the line; up to 2.6.31 its first word has a capital
 * @report: gets the counters, in pages
 */
void pfnscope_oomlog_counters(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report)
{
	const struct counter *which;
	int64_t value;

	while (next_pair(&line, false, &which, &value))
		report->counters[which->counter] = value;
}

static void add_to_sum(int64_t *sum, int64_t value)
{
	if (value < 0 || value > INT64_C(1) << 50)
		return;
	*sum = *sum == PFNSCOPE_MISSING ? value : *sum + value;
}

/**
 * pfnscope_oomlog_sums - add the figures of one node or zone to the others'
 * @line: its line, in kB
 * @sums: the sums, by counter
 */
void pfnscope_oomlog_sums(struct pfnscope_scan line,
			  struct pfnscope_oom_sums *sums)
{
	const struct counter *which;
	int64_t value;

	sums->lines++;
	while (next_pair(&line, true, &which, &value)) {
		add_to_sum(&sums->kb[which->counter], value);
		sums->seen[which->counter]++;
	}
}

/**
 * pfnscope_oomlog_node - read the line of a node
 * @line: "Node 0 active_anon:4kB ..."
 * @report: gets its figures
 */
void pfnscope_oomlog_node(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_sums *sums = &report->node_sums;
	struct pfnscope_scan s = line;
	int64_t node;

	pfnscope_oomlog_sums(line, sums);
	if (pfnscope_scan_skip(&s, "Node ") && pfnscope_scan_number(&s, &node))
		sums->from_first |= !node;
}

/**
 * pfnscope_oomlog_pcp - read "CPU    0: hi:  186, btch:  31 usd:  37"
 * @line: the line; old kernels name hot and cold pages in one
 * @report: gets the sum, in pages
 */
void pfnscope_oomlog_pcp(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report)
{
	int64_t used;

	while (pfnscope_scan_after(&line, "usd:")) {
		pfnscope_scan_blanks(&line);
		if (pfnscope_scan_number(&line, &used))
			add_to_sum(&report->pcp_used, used);
	}
}

struct total {
	const char *text;
	enum pfnscope_oom_counter counter;
};

/* The number stands in front. Old and new wording; ARM tells once more what is free. */
static const struct total totals[] = {
	{ "pages RAM", PFNSCOPE_MEM_RAM },
	{ "pages of RAM", PFNSCOPE_MEM_RAM },
	{ "pages HighMem", PFNSCOPE_MEM_HIGHMEM },
	{ "pages of HIGHMEM", PFNSCOPE_MEM_HIGHMEM },
	{ "pages reserved", PFNSCOPE_MEM_RESERVED },
	{ "reserved pages", PFNSCOPE_MEM_RESERVED },
	{ "total pagecache pages", PFNSCOPE_MEM_PAGECACHE },
	{ "pagecache pages", PFNSCOPE_MEM_PAGECACHE },
	{ "pages in swap cache", PFNSCOPE_MEM_SWAPCACHE },
	{ "pages cma reserved", PFNSCOPE_MEM_CMA_RESERVED },
	{ "pages hwpoisoned", PFNSCOPE_MEM_HWPOISONED },
	{ "free pages", PFNSCOPE_MEM_FREE },
};

/**
 * pfnscope_oomlog_total - read "2097012 pages RAM"
 * @line: the line
 * @report: gets the number where it is one of those kept
 */
void pfnscope_oomlog_total(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report)
{
	int64_t value;

	if (!pfnscope_scan_number(&line, &value))
		return;
	pfnscope_scan_blanks(&line);
	for (size_t i = 0; i < ARRAY_SIZE(totals); i++)
		if (pfnscope_scan_starts(&line, totals[i].text) &&
		    (totals[i].counter != PFNSCOPE_MEM_FREE || report->counters[PFNSCOPE_MEM_FREE] == PFNSCOPE_MISSING))
			report->counters[totals[i].counter] = value;
}

/**
 * pfnscope_oomlog_swap - read "Free swap  = 0kB" or "Free swap:   0kB"
 * @line: the line
 * @report: gets the number
 */
void pfnscope_oomlog_swap(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	enum pfnscope_oom_counter counter = PFNSCOPE_MEM_SWAP_TOTAL_KB;
	int64_t value;

	if (pfnscope_scan_skip(&line, "Free swap"))
		counter = PFNSCOPE_MEM_SWAP_FREE_KB;
	else if (!pfnscope_scan_skip(&line, "Total swap"))
		return;
	while (line.at < line.end && strchr(" =:", *line.at))
		line.at++;
	if (pfnscope_scan_number(&line, &value))
		report->counters[counter] = value;
}

/**
 * pfnscope_oomlog_hugepages - read the huge page pool of one node and size
 * @line: "Node 0 hugepages_total=2 ... hugepages_size=2048kB"
 * @report: gets the sum over all pools
 */
void pfnscope_oomlog_hugepages(struct pfnscope_scan line,
			       struct pfnscope_oom_report *report)
{
	int64_t *sums = report->counters;
	int64_t total, unused, size, node;

	if (!pfnscope_scan_value(line, "hugepages_total=", &total) ||
	    !pfnscope_scan_value(line, "hugepages_size=", &size))
		return;
	if (total < 0 || total > INT32_MAX || size < 0 || size > INT32_MAX)
		return;
	report->pool_lines++;
	if (pfnscope_scan_value(line, "Node ", &node) && node >= 0 && node < 64)
		report->pool_nodes |= UINT64_C(1) << node;
	add_to_sum(&sums[PFNSCOPE_MEM_HUGEPAGES_KB], total * size);
	if (pfnscope_scan_value(line, "hugepages_free=", &unused) &&
	    unused >= 0 && unused <= total)
		add_to_sum(&sums[PFNSCOPE_MEM_HUGEPAGES_FREE_KB], unused * size);
}
