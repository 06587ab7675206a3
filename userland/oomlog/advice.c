// SPDX-License-Identifier: GPL-2.0-only
/* Advice and gaps, each from one fact of the report. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/gfp.h"
#include "oomlog/advice.h"

static bool any(const struct pfnscope_oom_answer *answer,
		enum pfnscope_reason reason)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (answer->verdicts[i].reason == reason)
			return true;
	return false;
}

static bool passes_without_boost(const struct pfnscope_verdict *v)
{
	const struct pfnscope_explain_zone *zone = v->zone;

	return v->checked && zone->boost > 0 &&
	       v->reason == PFNSCOPE_REASON_BELOW_MIN &&
	       v->terms.left > v->terms.right - zone->boost;
}

static void advise_zone(const struct pfnscope_verdict *v,
			struct pfnscope_lines *lines)
{
	const char *name = v->zone->name;

	switch (v->reason) {
	case PFNSCOPE_REASON_RESERVE:
		pfnscope_lines_add(lines, "%s has memory that "
			"vm.lowmem_reserve_ratio keeps for requests that need "
			"that zone: %" PRId64 " pages.", name, v->reserve);
		break;
	case PFNSCOPE_REASON_NO_MANAGED:
		pfnscope_lines_add(lines, "%s holds no memory on this machine: "
			"the caller should not insist on it.", name);
		break;
	default:
		break;
	}
	if (passes_without_boost(v))
		pfnscope_lines_add(lines, "%s fails only because of the "
			"watermark boost (%" PRId64 " pages): a fragmenting "
			"fallback raised it; vm.watermark_boost_factor.", name,
			v->zone->boost);
}

static void advise_order(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	if (!any(answer, PFNSCOPE_REASON_NO_BLOCK) &&
	    !any(answer, PFNSCOPE_REASON_TYPE) &&
	    !any(answer, PFNSCOPE_REASON_LOOP))
		return;
	pfnscope_lines_add(lines, "Memory was free but in small pieces: an "
		"order-%" PRId64 " request is fragile. Let the caller use "
		"kvmalloc or smaller pieces; vm.min_free_kbytes and compaction "
		"help for a while.", report->order);
	if (any(answer, PFNSCOPE_REASON_TYPE))
		pfnscope_lines_add(lines, "The blocks large enough are kept "
			"for CMA or for high-order atomic requests.");
}

/* A zone that could serve: the failure lies outside of this snapshot. */
static void advise_passing(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer,
			   struct pfnscope_lines *lines)
{
	if (answer->request.no_request)
		pfnscope_lines_add(lines, "gfp 0x0 is a page fault that failed "
			"elsewhere (a cgroup limit, a driver): no zone was "
			"short.");
	else if (!strcmp(report->failure.what, "vmalloc") &&
		 report->order == PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "vmalloc failed without needing a "
			"page: address space or the size asked for, not "
			"memory.");
	else if (!(answer->request.gfp & PFNSCOPE_GFP_DIRECT_RECLAIM))
		pfnscope_lines_add(lines, "The request may not wait: memory was "
			"freed between the failure and the printing. Callers "
			"of that kind must expect it; more vm.min_free_kbytes "
			"makes it rarer.");
	else
		pfnscope_lines_add(lines, "A zone could serve when this was "
			"printed: reclaim or an exit had just freed memory, or "
			"reclaim gave up too early.");
}

static bool no_swap(const struct pfnscope_oom_report *report)
{
	return !report->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB];
}

static bool swap_full(const struct pfnscope_oom_report *report)
{
	int64_t total = report->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB];
	int64_t left = report->counters[PFNSCOPE_MEM_SWAP_FREE_KB];

	return total > 0 && left != PFNSCOPE_MISSING && left < total / 100;
}

struct holder_advice {
	const char *category;
	const char *text;
};

static const struct holder_advice holders[] = {
	{ "anon", "Tasks hold it: the task table names the largest." },
	{ "anon (rss)", "Tasks of the cgroup hold it." },
	{ "shmem", "Shared memory and tmpfs hold it: no kill frees it; look "
	  "into /dev/shm, /tmp and ipcs -m." },
	{ "file (dirty page cache)", "Page cache waits to be written faster "
	  "than the disk takes it: lower vm.dirty_bytes, or a larger limit." },
	{ "slab_unreclaimable", "Kernel objects hold it and killing does not "
	  "free them: slabtop, or `pfnscope slabs`, names the cache." },
	{ "slab_reclaimable", "Dentries and inodes hold it: reclaim should "
	  "have freed them; look for what pins them." },
	{ "slab_not_split", "Kernel objects hold it: slabtop names the cache." },
	{ "kernel_stack", "Stacks hold it: too many threads." },
	{ "pagetables", "Page tables hold it: sparse mappings of many tasks." },
	{ "unevictable", "Locked or ramfs pages hold it: mlock, an initramfs." },
	{ "unaccounted", "No counter of the report names it: huge page pools, "
	  "drivers, vmalloc, balloons." },
	{ "kernel memory (kmem) not broken down", "Kernel memory that the "
	  "cgroup's statistics do not name: vmalloc, drivers." },
};

static void advise_holder(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines)
{
	const char *category = answer->dominant.category;

	for (size_t i = 0; i < sizeof(holders) / sizeof(*holders); i++)
		if (!strcmp(holders[i].category, category))
			pfnscope_lines_add(lines, "%s", holders[i].text);
	if (strcmp(category, "anon") && strcmp(category, "shmem"))
		return;
	if (no_swap(report))
		pfnscope_lines_add(lines, "There is no swap: such memory has "
			"nowhere to go.");
	else if (swap_full(report))
		pfnscope_lines_add(lines, "Swap is full.");
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
	if (report->kind == PFNSCOPE_OOM_MEMCG)
		pfnscope_lines_add(lines, "Raise memory.max of %s, or make its "
			"tasks smaller.", report->memcg.path[0] ?
			report->memcg.path : "the cgroup");
	if (any(answer, PFNSCOPE_REASON_PASSES))
		advise_passing(report, answer, lines);
	if (report->kind != PFNSCOPE_OOM_ALLOC_FAILURE || answer->nr_verdicts)
		advise_holder(report, answer, lines);
	advise_order(report, answer, lines);
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		advise_zone(&answer->verdicts[i], lines);
}

/**
 * pfnscope_oom_missing - what a report does not tell
 * @report: the report
 * @answer: its answer
 * @lines: gets a line for each gap
 */
void pfnscope_oom_missing(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines)
{
	bool memcg = report->kind == PFNSCOPE_OOM_MEMCG;

	if (report->unread_lines)
		pfnscope_lines_add(lines, "%zu lines that stand within it behind "
				   "a prefix that was not understood",
				   report->unread_lines);
	if (!report->has_gfp)
		pfnscope_lines_add(lines, "the header line: who asked, with "
				   "which gfp flags, for which order");
	if (!report->era.release[0])
		pfnscope_lines_add(lines, "the kernel release; rules taken "
				   "from the shape of the lines: %s",
				   answer->rules.name);
	if (!memcg && !report->nr_zones)
		pfnscope_lines_add(lines, "the zones");
	if (!memcg && report->nr_zones && !answer->classes.count)
		pfnscope_lines_add(lines, "the lowmem_reserve lines");
	if (answer->page_kb == PFNSCOPE_MISSING && !memcg)
		pfnscope_lines_add(lines, "the page size, and so pages");
	if (report->kind == PFNSCOPE_OOM_GLOBAL && !report->nr_tasks)
		pfnscope_lines_add(lines, "the task table");
	if (memcg && report->memcg.memory.usage_kb == PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "usage and limit of the cgroup");
	if ((memcg || report->kind == PFNSCOPE_OOM_GLOBAL) &&
	    report->killed.pid == PFNSCOPE_MISSING && !report->no_killable)
		pfnscope_lines_add(lines, "who was killed");
	else if (report->killed.pid != PFNSCOPE_MISSING && !report->killed_line)
		pfnscope_lines_add(lines, "the line that tells the death of the "
				   "task chosen");
}

static const struct pfnscope_oom_task *
find_task(const struct pfnscope_oom_report *report, int64_t pid)
{
	for (size_t i = 0; i < report->nr_tasks; i++)
		if (report->tasks[i].pid == pid)
			return &report->tasks[i];
	return NULL;
}

/**
 * pfnscope_oom_sense - did the choice of the victim make sense?
 * @report: the report
 * @page_kb: page size
 * @out: gets a sentence, empty where the task table is not there
 * @size: size of @out
 */
void pfnscope_oom_sense(const struct pfnscope_oom_report *report,
			int64_t page_kb, char *out, size_t size)
{
	const struct pfnscope_oom_task *top = report->tasks;
	const struct pfnscope_oom_task *dead =
		find_task(report, report->killed.pid);

	*out = '\0';
	if (report->allocating_task) {
		snprintf(out, size, "vm.oom_kill_allocating_task kills whoever "
			 "asks, not who holds the memory.");
	} else if (!report->nr_tasks || page_kb == PFNSCOPE_MISSING) {
		return;
	} else if (dead == top) {
		snprintf(out, size, "It was the largest task: the choice makes "
			 "sense.");
	} else if (top->score_adj == -1000) {
		snprintf(out, size, "The largest task, %s (pid %" PRId64 "), is "
			 "exempt (oom_score_adj -1000).", top->comm, top->pid);
	} else {
		snprintf(out, size, "The largest task was %s (pid %" PRId64
			 ", %" PRId64 " kB): oom_score_adj, swap or page tables "
			 "decided otherwise.", top->comm, top->pid,
			 top->rss_pages > 0 && top->rss_pages < INT32_MAX ?
			 top->rss_pages * page_kb : 0);
	}
}
