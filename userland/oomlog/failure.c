// SPDX-License-Identifier: GPL-2.0-only
/* Allocators that give up in lines of their own. */
#include "oomlog/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void set_what(struct pfnscope_oom_report *report, const char *what)
{
	report->kind = PFNSCOPE_OOM_ALLOC_FAILURE;
	snprintf(report->failure.what, sizeof(report->failure.what), "%s",
		 what);
}

/**
 * pfnscope_oomlog_vmalloc - read a line of vmalloc in front of a header
 * @line: up to 4.8 "vmalloc: allocation failure: 4096 bytes", in all "vmap
 *	allocation for size 8192 failed" (with the guard page)
 * @report: gets size and kind
 */
void pfnscope_oomlog_vmalloc(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report)
{
	bool vmap = !strcmp(report->failure.what, "vmap") ||
		    !*report->failure.what;
	int64_t bytes;

	if (pfnscope_scan_value(line, "for size ", &bytes)) {
		report->failure.vmalloc_bytes = bytes;
	} else {
		vmap &= pfnscope_scan_has(line, "allocation failed: out");
		pfnscope_oomlog_vmalloc_size(line, &report->failure);
	}
	set_what(report, vmap ? "vmap" : "vmalloc");
}

/**
 * pfnscope_oomlog_slab - read "SLUB: Unable to allocate memory on node -1 ..."
 * @line: the line, of SLUB or SLAB
 * @report: gets it, unless it is of the page allocator's failure that was told
 */
void pfnscope_oomlog_slab(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	if (report->kind == PFNSCOPE_OOM_UNKNOWN &&
	    pfnscope_oomlog_trace_kind(report) == PFNSCOPE_OOM_UNKNOWN) {
		set_what(report, "slab");
		pfnscope_oomlog_gfp(line, report);
	}
	report->failure.slab = true;
}

/* "tw_sock_TCPv6(960:helper-logs)": a cache of one cgroup, up to 5.8. */
static void split_cache(struct pfnscope_oom_failure *failure)
{
	char *open = strchr(failure->where, '('), *colon, *close;

	if (!open)
		return;
	colon = strchr(open, ':');
	close = strrchr(open, ')');
	if (!colon || !close || close < colon)
		return;
	*close = '\0';
	snprintf(failure->memcg, sizeof(failure->memcg), "%s", colon + 1);
	*open = '\0';
}

/**
 * pfnscope_oomlog_slab_cache - read "cache: kmalloc-64, object size: 64, ..."
 * @line: the line below the one of SLUB
 * @report: gets name and cgroup
 */
void pfnscope_oomlog_slab_cache(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;

	if (!failure->slab || *failure->where)
		return;
	pfnscope_scan_skip(&line, "cache: ");
	pfnscope_scan_word(&line, ",", failure->where, sizeof(failure->where));
	split_cache(failure);
}

/**
 * pfnscope_oomlog_cma - read "cma: cma_alloc: area: alloc failed, req-size: 4 pages"
 * @line: the line; 5.10 and later name the area
 * @report: gets pages and area
 */
void pfnscope_oomlog_cma(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;
	struct pfnscope_scan s = line;

	set_what(report, "cma");
	pfnscope_scan_value(line, "req-size: ", &failure->count);
	if (!pfnscope_scan_after(&s, "cma_alloc: ") ||
	    pfnscope_scan_starts(&s, "alloc failed"))
		return;
	pfnscope_scan_word(&s, ":", failure->where, sizeof(failure->where));
}

/**
 * pfnscope_oomlog_cma_free - read "number of available pages: 3@125=> 3 free of 16"
 * @line: the line below
 * @report: gets what was free, in pages
 */
void pfnscope_oomlog_cma_free(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;

	if (strcmp(failure->what, "cma") || !pfnscope_scan_after(&line, "=> "))
		return;
	if (pfnscope_scan_number(&line, &failure->got))
		pfnscope_scan_value(line, "free of ", &failure->of);
}

/* "2.00 MiB", "1.00 GiB", "64.0 KiB": a huge page's size is a whole number. */
static int64_t size_kb(struct pfnscope_scan s)
{
	int64_t size, ignored;

	if (!pfnscope_scan_number(&s, &size) || size < 0 || size > 1 << 20)
		return PFNSCOPE_MISSING;
	if (pfnscope_scan_char(&s, '.'))
		pfnscope_scan_number(&s, &ignored);
	pfnscope_scan_blanks(&s);
	if (pfnscope_scan_starts(&s, "G"))
		return size << 20;
	if (pfnscope_scan_starts(&s, "M"))
		return size << 10;
	return size;
}

/**
 * pfnscope_oomlog_hugetlb - read "HugeTLB: allocating 4 of page size 2.00 MiB
 *	failed.  Only allocated 1 hugepages."
 * @line: the line
 * @report: gets the three numbers
 */
void pfnscope_oomlog_hugetlb(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;
	struct pfnscope_scan s = line;
	int64_t node;

	set_what(report, "hugetlb");
	pfnscope_scan_value(line, "allocating ", &failure->count);
	pfnscope_scan_value(line, "allocated ", &failure->got);
	if (pfnscope_scan_value(line, "failed node", &node))
		snprintf(failure->where, sizeof(failure->where), "node %" PRId64, node);
	if (pfnscope_scan_after(&s, "page size "))
		failure->unit_kb = size_kb(s);
}

/**
 * pfnscope_oomlog_percpu - read "percpu: allocation failed, size=8 align=8 ..."
 * @line: the line
 * @report: gets what it says
 */
void pfnscope_oomlog_percpu(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report)
{
	set_what(report, "percpu");
	if (pfnscope_scan_after(&line, "allocation failed, "))
		pfnscope_scan_copy(line.at, line.end, report->failure.where,
				   sizeof(report->failure.where));
}
