// SPDX-License-Identifier: GPL-2.0-only
/* The lines of a memory cgroup that reached its limit. */
#include "oomlog/parts.h"

#include <ctype.h>
#include <string.h>

static const char *const stat_names[PFNSCOPE_MEMCG_STATS] = {
	[PFNSCOPE_MEMCG_ANON] = "anon",
	[PFNSCOPE_MEMCG_FILE] = "file",
	[PFNSCOPE_MEMCG_CACHE] = "cache",
	[PFNSCOPE_MEMCG_RSS] = "rss",
	[PFNSCOPE_MEMCG_SHMEM] = "shmem",
	[PFNSCOPE_MEMCG_DIRTY] = "dirty",
	[PFNSCOPE_MEMCG_FILE_DIRTY] = "file_dirty",
	[PFNSCOPE_MEMCG_KERNEL] = "kernel",
	[PFNSCOPE_MEMCG_KERNEL_STACK] = "kernel_stack",
	[PFNSCOPE_MEMCG_PAGETABLES] = "pagetables",
	[PFNSCOPE_MEMCG_PERCPU] = "percpu",
	[PFNSCOPE_MEMCG_SOCK] = "sock",
	[PFNSCOPE_MEMCG_VMALLOC] = "vmalloc",
	[PFNSCOPE_MEMCG_SLAB] = "slab",
	[PFNSCOPE_MEMCG_SLAB_RECLAIMABLE] = "slab_reclaimable",
	[PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE] = "slab_unreclaimable",
	[PFNSCOPE_MEMCG_TOTAL_CACHE] = "total_cache",
	[PFNSCOPE_MEMCG_TOTAL_RSS] = "total_rss",
	[PFNSCOPE_MEMCG_TOTAL_DIRTY] = "total_dirty",
};

/**
 * pfnscope_oomlog_memcg_usage - read "memory: usage 4kB, limit 4kB, failcnt 0"
 * @line: the line, of memory, swap or kernel memory
 * @report: gets memory's numbers and the usage of kernel memory
 */
void pfnscope_oomlog_memcg_usage(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	memcg->seen = true;
	if (pfnscope_scan_starts(&line, "kmem:"))
		pfnscope_scan_value(line, "usage ", &memcg->kmem_usage_kb);
	if (!pfnscope_scan_starts(&line, "memory: ") ||
	    memcg->usage_kb != PFNSCOPE_MISSING)
		return;
	pfnscope_scan_value(line, "usage ", &memcg->usage_kb);
	pfnscope_scan_value(line, "limit ", &memcg->limit_kb);
	pfnscope_scan_value(line, "failcnt ", &memcg->failcnt);
}

static void take_stat(struct pfnscope_oom_memcg *memcg, const char *name,
		      size_t size, int64_t value)
{
	for (size_t i = 0; i < PFNSCOPE_MEMCG_STATS; i++)
		if (strlen(stat_names[i]) == size &&
		    !memcmp(stat_names[i], name, size) &&
		    memcg->stats[i] == PFNSCOPE_MISSING)
			memcg->stats[i] = value;
}

/* "cache:840KB rss:0KB" of cgroup v1, "anon 0 file 0" of later kernels */
static void read_stats(struct pfnscope_scan s, struct pfnscope_oom_memcg *memcg)
{
	while (!pfnscope_scan_done(&s)) {
		const char *name;
		size_t size;
		int64_t value;
		bool colon;

		pfnscope_scan_blanks(&s);
		name = s.at;
		while (s.at < s.end && (isalnum((unsigned char)*s.at) ||
					*s.at == '_'))
			s.at++;
		size = (size_t)(s.at - name);
		colon = pfnscope_scan_char(&s, ':');
		if (!colon && !pfnscope_scan_char(&s, ' ')) {
			if (!pfnscope_scan_done(&s))
				s.at++;
			continue;
		}
		if (!pfnscope_scan_number(&s, &value))
			continue;
		if (pfnscope_scan_skip(&s, "KB"))
			memcg->stats_in_kb = true;
		take_stat(memcg, name, size, value);
	}
}

/**
 * pfnscope_oomlog_memcg_stats - read "Memory cgroup stats for /x: ..."
 * @line: the line; a hierarchy has more of them, the first is the culprit's
 * @report: gets path and statistics
 */
void pfnscope_oomlog_memcg_stats(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	memcg->seen = true;
	if (pfnscope_scan_after(&line, " for ")) {
		struct pfnscope_scan path = line;

		pfnscope_scan_word(&path, ": ", memcg->path,
				   sizeof(memcg->path));
		line = path;
	}
	if (pfnscope_scan_after(&line, ":"))
		read_stats(line, memcg);
}

/**
 * pfnscope_oomlog_memcg_stat - read "anon 4096"
 * @line: one line of memory.stat
 * @report: gets it where it is one of those kept
 */
void pfnscope_oomlog_memcg_stat(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	read_stats(line, &report->memcg);
}

/**
 * pfnscope_oomlog_memcg_task - read "Task in /a killed as a result of limit of /b"
 * @line: the line
 * @report: gets the path of the cgroup whose limit it was
 */
void pfnscope_oomlog_memcg_task(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	if (!pfnscope_scan_after(&line, "limit of "))
		return;
	report->memcg.seen = true;
	if (!report->memcg.path[0])
		pfnscope_scan_word(&line, " ", report->memcg.path,
				   sizeof(report->memcg.path));
}
