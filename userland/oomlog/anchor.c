// SPDX-License-Identifier: GPL-2.0-only
/*
 * Anchors. What a transport puts before the kernel's text has any form; the
 * kernel's own lines have few. So they are looked for at the start of every
 * word, and what stands before one is a prefix.
 */
#include "oomlog/anchor.h"
#include "oomlog/line.h"

#include <ctype.h>

#include "base/array.h"

/* A prefix longer than this is none. */
#define REACH	512

struct fixed {
	const char *text;
	enum pfnscope_anchor_rank rank;
	bool whole;			/* nothing of the kernel's follows */
};

static const struct fixed fixed[] = {
	{ "Mem-Info:", PFNSCOPE_ANCHOR_BEGIN, true },
	{ "Mem-info:", PFNSCOPE_ANCHOR_BEGIN, true },
	{ "Memory cgroup stats for ", PFNSCOPE_ANCHOR_BEGIN, false },
	{ "Call Trace:", PFNSCOPE_ANCHOR_TRACE, true },
	{ "Call trace:", PFNSCOPE_ANCHOR_TRACE, true },
	{ "Hardware name: ", PFNSCOPE_ANCHOR_TASK, false },
	{ "Tasks state (memory values", PFNSCOPE_ANCHOR_TASKS, false },
	{ "[ pid ] ", PFNSCOPE_ANCHOR_TASKS, false },
	{ "[  pid  ] ", PFNSCOPE_ANCHOR_TASKS, false },
	{ "oom-kill:constraint=", PFNSCOPE_ANCHOR_CHOICE, false },
	{ "Out of memory: Kill", PFNSCOPE_ANCHOR_KILL, false },
	{ "Out of Memory: Kill", PFNSCOPE_ANCHOR_KILL, false },
	{ "Memory cgroup out of memory: Kill", PFNSCOPE_ANCHOR_KILL, false },
	{ "SLUB: Unable to allocate memory on ", PFNSCOPE_ANCHOR_KILL, false },
	{ "SLAB: Unable to allocate memory on ", PFNSCOPE_ANCHOR_KILL, false },
	{ "Kernel panic - not syncing: Out of memory", PFNSCOPE_ANCHOR_KILL, false },
	{ "Kernel panic - not syncing: out of memory", PFNSCOPE_ANCHOR_KILL, false },
	{ "Kernel panic - not syncing: System is deadlocked on memory", PFNSCOPE_ANCHOR_KILL, false },
};

static bool is_fixed(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	for (size_t i = 0; i < ARRAY_SIZE(fixed); i++) {
		if (!pfnscope_scan_skip(&s, fixed[i].text))
			continue;
		anchor->rank = fixed[i].rank;
		anchor->end = fixed[i].whole ? s.at : NULL;
		return true;
	}
	return false;
}

/* "CPU: 1 PID: 2210 Comm: ", with an UID since 6.12; up to 3.9 "Pid: 2210, comm: ". */
static bool is_task(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	anchor->rank = PFNSCOPE_ANCHOR_TASK;
	if (pfnscope_scan_skip(&s, "Pid: "))
		return pfnscope_scan_digits(&s) && pfnscope_scan_starts(&s, ", comm: ");
	if (!pfnscope_scan_skip(&s, "CPU: ") || !pfnscope_scan_digits(&s))
		return false;
	return pfnscope_scan_starts(&s, " PID: ") || pfnscope_scan_starts(&s, " UID: ");
}

/* "lowmem_reserve[]: 0 1902 1902" */
static bool is_reserve(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	if (!pfnscope_scan_skip(&s, "lowmem_reserve[]:"))
		return false;
	do {
		anchor->end = s.at;
		pfnscope_scan_blanks(&s);
	} while (pfnscope_scan_digits(&s));
	anchor->rank = PFNSCOPE_ANCHOR_ZONE;
	return true;
}

/* "memory: usage 204800kB, limit 204800kB, failcnt 660", also of swap. */
static bool is_usage(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	if (!pfnscope_scan_skip(&s, "memory: usage ") &&
	    !pfnscope_scan_skip(&s, "memory+swap: usage ") &&
	    !pfnscope_scan_skip(&s, "swap: usage ") &&
	    !pfnscope_scan_skip(&s, "kmem: usage "))
		return false;
	anchor->rank = PFNSCOPE_ANCHOR_BEGIN;
	if (pfnscope_scan_after(&s, "failcnt ") && pfnscope_scan_digits(&s))
		anchor->end = s.at;
	return true;
}

/* "Free swap  = 0kB" */
static bool is_swap(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	if (!pfnscope_scan_skip(&s, "Free swap") &&
	    !pfnscope_scan_skip(&s, "Total swap"))
		return false;
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_char(&s, '='))
		return false;
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_digits(&s) || !pfnscope_scan_skip(&s, "kB"))
		return false;
	anchor->rank = PFNSCOPE_ANCHOR_TOTAL;
	anchor->end = s.at;
	return true;
}

/* "524155 pages RAM" */
static bool anchors_total(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	static const char *const totals[] = {
		" pages RAM", " pages reserved", " pages cma reserved",
		" total pagecache pages", " pages in swap cache",
		" pages HighMem/MovableOnly", " pages hwpoisoned",
		" pages shared", " pages non-shared",
	};

	if (!pfnscope_scan_digits(&s))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(totals); i++) {
		if (!pfnscope_scan_skip(&s, totals[i]))
			continue;
		anchor->rank = PFNSCOPE_ANCHOR_TOTAL;
		anchor->end = s.at;
		return true;
	}
	return false;
}

static bool number_after(struct pfnscope_scan s, const char *key)
{
	return pfnscope_scan_skip(&s, key) && pfnscope_scan_digits(&s);
}

/* The first column of a list: "720*4kB", also where a '*' became a '_'. */
static bool is_column(struct pfnscope_scan s)
{
	pfnscope_scan_blanks(&s);
	return pfnscope_scan_digits(&s) &&
	       (pfnscope_scan_char(&s, '*') || pfnscope_scan_char(&s, '_')) &&
	       pfnscope_scan_digits(&s) && pfnscope_scan_skip(&s, "kB");
}

/* "Node 0 DMA free:4kB", "DMA: 1*4kB", "Node 0 active_anon:4kB" */
static bool anchors_zone(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	int64_t node;
	char zone[16];

	if (!pfnscope_line_node_zone(&s, &node, zone, sizeof(zone)))
		return false;
	anchor->past = s.at;
	anchor->rank = PFNSCOPE_ANCHOR_LIST;
	if (*zone && pfnscope_scan_char(&s, ':'))
		return is_column(s);
	pfnscope_scan_blanks(&s);
	if (*zone && number_after(s, "free:"))
		anchor->rank = PFNSCOPE_ANCHOR_ZONE;
	else if (number_after(s, "active_anon:"))
		anchor->rank = PFNSCOPE_ANCHOR_COUNTERS;
	else if (number_after(s, "hugepages_total="))
		anchor->rank = PFNSCOPE_ANCHOR_HUGEPAGES;
	else
		return false;
	return true;
}

/* "active_anon:1200 ": those of the machine are pages, without an unit. */
static bool is_counters(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	anchor->rank = PFNSCOPE_ANCHOR_COUNTERS;
	return pfnscope_scan_skip(&s, "active_anon:") &&
	       pfnscope_scan_digits(&s) && pfnscope_scan_char(&s, ' ');
}

/**
 * pfnscope_anchor_here - does the kernel's text begin here?
 * @s: at the start of a word
 * @anchor: which line, but for @at
 *
 * Return: whether it does.
 */
bool pfnscope_anchor_here(struct pfnscope_scan s, struct pfnscope_anchor *anchor)
{
	anchor->end = NULL;
	anchor->past = s.at + 1;
	switch (*s.at) {
	case 'M':
	case 'D':
	case 'H':
	case 'N':
		return is_fixed(s, anchor) || anchors_zone(s, anchor);
	case 'C':
		return is_fixed(s, anchor) || is_task(s, anchor);
	case 'P':
		return is_task(s, anchor);
	case 'F':
	case 'T':
		return is_fixed(s, anchor) || is_swap(s, anchor);
	case 'O':
	case 'o':
	case '[':
		return is_fixed(s, anchor);
	case 'm':
	case 's':
	case 'k':
		return is_usage(s, anchor);
	case 'K':
	case 'S':
		return is_fixed(s, anchor);
	case 'l':
		return is_reserve(s, anchor);
	case 'a':
		return is_counters(s, anchor);
	default:
		return isdigit((unsigned char)*s.at) && anchors_total(s, anchor);
	}
}

/* ",097" of a number that was made easy to read. */
static bool is_group(struct pfnscope_scan s)
{
	return isdigit((unsigned char)s.at[-1]) && pfnscope_scan_char(&s, ',') && pfnscope_scan_digits(&s) == 3;
}

/*
 * " [<c013fa77>] __alloc_pages+0x28b/0x29d" behind a prefix: i386 had no "Call Trace" above that. "RIP  [<" and
 * "<IRQ>  [<" have words of the kernel before it.
 */
static bool is_address(struct pfnscope_scan s, const char *begin)
{
	const char *before = s.at;
	uint64_t address;

	while (before > begin && before[-1] == ' ')
		before--;
	if (before == s.at || (before > begin && before[-1] != ':' && before[-1] != ']'))
		return false;
	return pfnscope_scan_skip(&s, "[<") && pfnscope_scan_hex(&s, &address) && pfnscope_scan_starts(&s, ">] ");
}

/**
 * pfnscope_anchor_find - where in a line does the kernel's text begin?
 * @line: any line
 * @anchor: the first one
 *
 * Return: false where no word of it is known to be the kernel's.
 */
bool pfnscope_anchor_find(struct pfnscope_scan line,
			  struct pfnscope_anchor *anchor)
{
	const char *begin = line.at;
	bool inside = false;		/* a word */
	const char *reach = line.end - line.at > REACH ? line.at + REACH :
							 line.end;

	for (; line.at < reach; line.at++) {
		if (!inside && pfnscope_anchor_here(line, anchor)) {
			anchor->at = line.at;
			return true;
		}
		if (*line.at == '[' && is_address(line, begin)) {
			*anchor = (struct pfnscope_anchor){ PFNSCOPE_ANCHOR_TRACE, line.at, line.at + 1, NULL };
			return true;
		}
		inside = isalnum((unsigned char)*line.at) || *line.at == '_' ||
			 (*line.at == ',' && inside && is_group(line));
	}
	return false;
}

/**
 * pfnscope_anchor_header - does a report begin in this line?
 * @line: any line
 *
 * Return: true if so; where in the line its text begins is not known, since
 * the name of a task may hold anything.
 */
bool pfnscope_anchor_header(struct pfnscope_scan line)
{
	return pfnscope_scan_after(&line, " invoked oom-killer:") ||
	       pfnscope_scan_after(&line, ": page allocation failure") ||
	       pfnscope_scan_after(&line, "vmalloc: allocation failure");
}
