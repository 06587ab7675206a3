// SPDX-License-Identifier: GPL-2.0-only
/* Recognising the kernel's lines by their shape, whatever they mean. */
#include "oomlog/line.h"
#include "oomlog/parts.h"
#include "oomlog/trace.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"

/* "file 0" of memory.stat and "<TASK>" have six bytes. */
#define SHORTEST	4

/* A shape shows in so many bytes; the longest word or opening has 28. */
#define SHAPE_REACH	256
#define LONGEST_WORD	32

struct opening {
	const char *text;
	enum pfnscope_line_kind kind;
};

/* Lines known by how they begin. */
static const struct opening openings[] = {
	{ "Mem-Info:", PFNSCOPE_LINE_MEM_INFO },
	{ "Mem-info:", PFNSCOPE_LINE_MEM_INFO },
	{ "Pid:", PFNSCOPE_LINE_TASK },
	{ "Call Trace", PFNSCOPE_LINE_TRACE_HEAD },
	{ "Call trace", PFNSCOPE_LINE_TRACE_HEAD },
	{ "Backtrace:", PFNSCOPE_LINE_TRACE_HEAD },
	{ "Stack :", PFNSCOPE_LINE_TRACE },
	{ "Hardware name:", PFNSCOPE_LINE_TRACE },
	{ "Workqueue:", PFNSCOPE_LINE_TRACE },
	{ "Tainted: [", PFNSCOPE_LINE_TRACE },
	{ "Modules linked in:", PFNSCOPE_LINE_TRACE },
	{ "RIP:", PFNSCOPE_LINE_TRACE },
	{ "EIP:", PFNSCOPE_LINE_TRACE },
	{ "RSP:", PFNSCOPE_LINE_TRACE },
	{ "RAX:", PFNSCOPE_LINE_TRACE },
	{ "RDX:", PFNSCOPE_LINE_TRACE },
	{ "RBP:", PFNSCOPE_LINE_TRACE },
	{ "R10:", PFNSCOPE_LINE_TRACE },
	{ "R13:", PFNSCOPE_LINE_TRACE },
	{ "Code:", PFNSCOPE_LINE_TRACE },
	{ "<TASK>", PFNSCOPE_LINE_TRACE },
	{ "</TASK>", PFNSCOPE_LINE_TRACE },
	{ "[<", PFNSCOPE_LINE_TRACE },
	{ "Active_anon:", PFNSCOPE_LINE_COUNTERS },
	{ "Active:", PFNSCOPE_LINE_COUNTERS },
	{ "Free pages:", PFNSCOPE_LINE_OTHER },
	{ "lowmem_reserve[]:", PFNSCOPE_LINE_RESERVE },
	{ "protections[]:", PFNSCOPE_LINE_RESERVE },
	{ "Free swap", PFNSCOPE_LINE_SWAP },
	{ "Total swap", PFNSCOPE_LINE_SWAP },
	{ "Swap cache", PFNSCOPE_LINE_OTHER },
	{ "Tasks state", PFNSCOPE_LINE_OTHER },
	{ "[ pid ]", PFNSCOPE_LINE_TASK_HEAD },
	{ "[  pid  ]", PFNSCOPE_LINE_TASK_HEAD },
	{ "Unreclaimable slab info:", PFNSCOPE_LINE_SLAB_HEAD },
	{ "memory: usage", PFNSCOPE_LINE_MEMCG_USAGE },
	{ "memory+swap: usage", PFNSCOPE_LINE_MEMCG_USAGE },
	{ "swap: usage", PFNSCOPE_LINE_MEMCG_USAGE },
	{ "kmem: usage", PFNSCOPE_LINE_MEMCG_USAGE },
	{ "Memory cgroup stats", PFNSCOPE_LINE_MEMCG_STATS },
	{ "Memory cgroup min protection", PFNSCOPE_LINE_OTHER },
	{ "Task in ", PFNSCOPE_LINE_MEMCG_TASK },
	{ "Tasks in ", PFNSCOPE_LINE_GROUP_KILL },
	{ "oom-kill:", PFNSCOPE_LINE_CONSTRAINT },
	{ "oom_reaper:", PFNSCOPE_LINE_AFTERMATH },
	{ "Linux version ", PFNSCOPE_LINE_BANNER },
	{ "vmalloc: allocation failure", PFNSCOPE_LINE_VMALLOC },
	{ "SLUB: Unable", PFNSCOPE_LINE_SLAB_FAILURE },
	{ "SLAB: Unable", PFNSCOPE_LINE_SLAB_FAILURE },
	{ "cache: ", PFNSCOPE_LINE_SLAB_CACHE },
	{ "Kernel panic", PFNSCOPE_LINE_PANIC },
};

/* Lines known by words anywhere, since anything may stand in front. */
static const struct opening words[] = {
	{ "oom-killer:", PFNSCOPE_LINE_HEADER },
	{ "page allocation failure", PFNSCOPE_LINE_HEADER },
	{ "page allocation stall", PFNSCOPE_LINE_HEADER },
	{ "vmalloc: allocation failure", PFNSCOPE_LINE_HEADER },
	{ "vmalloc error: ", PFNSCOPE_LINE_HEADER },
	{ "-order allocation failed (gfp=", PFNSCOPE_LINE_HEADER },
	{ "possible memory allocation deadlock", PFNSCOPE_LINE_HEADER },
	{ "Allocation of length ", PFNSCOPE_LINE_HEADER },
	{ "vmap allocation for size ", PFNSCOPE_LINE_VMALLOC },
	{ "allocation failed: out of vmalloc space", PFNSCOPE_LINE_VMALLOC },
	{ "vmalloc_node_range for size ", PFNSCOPE_LINE_VMALLOC },
	{ "alloc failed, req-size: ", PFNSCOPE_LINE_CMA },
	{ "number of available pages: ", PFNSCOPE_LINE_CMA_FREE },
	{ "percpu: allocation failed, ", PFNSCOPE_LINE_PERCPU },
	{ "Show Memory", PFNSCOPE_LINE_SYSRQ_MEMORY },
	{ "Manual OOM execution", PFNSCOPE_LINE_SYSRQ_OOM },
	{ "Only allocated ", PFNSCOPE_LINE_HUGETLB },
	{ "lowmemorykiller: send sigkill", PFNSCOPE_LINE_LOWMEMORY },
	{ " due to memory pressure for /", PFNSCOPE_LINE_OOMD },
	{ " due to memory used (", PFNSCOPE_LINE_OOMD },
	{ "no killable process", PFNSCOPE_LINE_NO_VICTIM },
	{ "sharing same memory", PFNSCOPE_LINE_AFTERMATH },
	{ "Killed process ", PFNSCOPE_LINE_KILL },
	{ "is already exiting. Skip killing", PFNSCOPE_LINE_KILL },
	{ "Kill process ", PFNSCOPE_LINE_KILL },
	{ "kill process ", PFNSCOPE_LINE_KILL },
	{ "OOM killed process ", PFNSCOPE_LINE_KILL },
	{ "oom-kill:constraint=", PFNSCOPE_LINE_CONSTRAINT },
	{ " btch:", PFNSCOPE_LINE_PCP },
	{ " PID: ", PFNSCOPE_LINE_TASK },
	{ " cpuset=", PFNSCOPE_LINE_CPUSET },
	{ " killed as a result of limit of ", PFNSCOPE_LINE_MEMCG_TASK },
};

static const char *const zone_names[] = {
	"DMA32", "DMA", "Normal", "HighMem", "Movable", "Device",
};

/**
 * pfnscope_line_node_zone - read "Node 0 Normal" or "Normal"
 * @s: the cursor, moved behind it
 * @node: the node, PFNSCOPE_MISSING (INT64_MIN) where none is printed
 * @zone: the zone, empty for a line about the whole node
 * @size: size of @zone
 *
 * Return: false where neither stands there.
 */
bool pfnscope_line_node_zone(struct pfnscope_scan *s, int64_t *node,
			     char *zone, size_t size)
{
	struct pfnscope_scan t = *s;
	bool any = false;

	*node = INT64_MIN;
	*zone = '\0';
	if (pfnscope_scan_skip(&t, "Node ")) {
		if (!pfnscope_scan_number(&t, node) || *node < 0)
			return false;
		pfnscope_scan_blanks(&t);
		any = true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(zone_names); i++) {
		struct pfnscope_scan name = t;

		if (!pfnscope_scan_skip(&name, zone_names[i]))
			continue;
		if (name.at < name.end && *name.at != ' ' && *name.at != ':')
			continue;
		pfnscope_scan_copy(t.at, name.at, zone, size);
		t = name;
		any = true;
		break;
	}
	*s = t;
	return any;
}

static enum pfnscope_line_kind zone_kind(struct pfnscope_scan s)
{
	int64_t node, ignored;
	char zone[16];

	if (!pfnscope_line_node_zone(&s, &node, zone, sizeof(zone)))
		return PFNSCOPE_LINE_OTHER;
	if (*zone && pfnscope_scan_char(&s, ':')) {
		pfnscope_scan_blanks(&s);
		return pfnscope_scan_done(&s) ||
		       isdigit((unsigned char)*s.at) ? PFNSCOPE_LINE_LIST :
						       PFNSCOPE_LINE_OTHER;
	}
	pfnscope_scan_blanks(&s);
	if (*zone && pfnscope_scan_starts(&s, "free:"))
		return PFNSCOPE_LINE_ZONE;
	if (*zone && pfnscope_scan_starts(&s, "per-cpu:"))
		return PFNSCOPE_LINE_PCP;
	if (pfnscope_scan_starts(&s, "hugepages_total"))
		return PFNSCOPE_LINE_HUGEPAGES;
	if (!*zone && pfnscope_scan_starts(&s, "active_anon:"))
		return PFNSCOPE_LINE_NODE;
	if (pfnscope_scan_value(s, "free:", &ignored))
		return PFNSCOPE_LINE_ZONE;
	return PFNSCOPE_LINE_OTHER;
}

/* The counters of the whole machine are pages: no unit behind the number. */
static enum pfnscope_line_kind counters_kind(struct pfnscope_scan s)
{
	bool first = pfnscope_scan_starts(&s, "active_anon:");
	int64_t value;

	while (s.at < s.end && (islower((unsigned char)*s.at) || *s.at == '_'))
		s.at++;
	if (!pfnscope_scan_char(&s, ':') || !pfnscope_scan_number(&s, &value))
		return PFNSCOPE_LINE_OTHER;
	if (!pfnscope_scan_done(&s) && *s.at != ' ')
		return PFNSCOPE_LINE_OTHER;
	return first ? PFNSCOPE_LINE_COUNTERS : PFNSCOPE_LINE_COUNTERS_MORE;
}

/**
 * pfnscope_line_task_row - "[  624]     0   624 ..."
 * @s: the beginning of a line
 *
 * Return: whether it is a row of the table of tasks.
 */
bool pfnscope_line_task_row(struct pfnscope_scan s)
{
	int64_t pid;

	if (!pfnscope_scan_char(&s, '['))
		return false;
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_number(&s, &pid) || !pfnscope_scan_char(&s, ']'))
		return false;
	pfnscope_scan_blanks(&s);
	return pfnscope_scan_digits(&s) != 0;
}

/* "2097012 pages RAM", "3561 total pagecache pages", "0 reserved pages" */
static bool is_total_line(struct pfnscope_scan s)
{
	struct pfnscope_scan pages;

	if (!pfnscope_scan_digits(&s) || !pfnscope_scan_char(&s, ' '))
		return false;
	if (s.end - s.at > 40)
		s.end = s.at + 40;
	return pfnscope_scan_find(&s, "pages", &pages);
}

/**
 * pfnscope_line_slab_row - "kmalloc-2048           59164KB      59164KB"
 * @s: the beginning of a line
 *
 * Return: whether it is a row of the table of slab caches.
 */
bool pfnscope_line_slab_row(struct pfnscope_scan s)
{
	int64_t kb;

	while (s.at < s.end && *s.at != ' ')
		s.at++;
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_number(&s, &kb) || !pfnscope_scan_skip(&s, "KB"))
		return false;
	pfnscope_scan_blanks(&s);
	return pfnscope_scan_number(&s, &kb) && pfnscope_scan_skip(&s, "KB");
}

/* "slab_unreclaimable 274432": a name, a number, nothing else. */
static bool is_stat(struct pfnscope_scan s)
{
	if (s.at >= s.end || !islower((unsigned char)*s.at))
		return false;
	while (s.at < s.end && (islower((unsigned char)*s.at) ||
				isdigit((unsigned char)*s.at) || *s.at == '_'))
		s.at++;
	return pfnscope_scan_skip(&s, " ") && pfnscope_scan_digits(&s) &&
	       pfnscope_scan_done(&s);
}

static bool is_frame(struct pfnscope_scan s)
{
	struct pfnscope_frame frame;

	return pfnscope_frame_next(&s, &frame);
}

static enum pfnscope_line_kind shape_kind(struct pfnscope_scan line)
{
	enum pfnscope_line_kind kind = zone_kind(line);

	if (kind == PFNSCOPE_LINE_OTHER)
		kind = counters_kind(line);
	if (kind != PFNSCOPE_LINE_OTHER)
		return kind;
	if (pfnscope_line_task_row(line))
		return PFNSCOPE_LINE_TASK_ROW;
	if (pfnscope_oomlog_is_site(line))
		return PFNSCOPE_LINE_SITE;
	if (is_total_line(line))
		return PFNSCOPE_LINE_TOTAL;
	if (is_stat(line))
		return PFNSCOPE_LINE_STAT;
	if (pfnscope_line_slab_row(line))
		return PFNSCOPE_LINE_SLAB_ROW;
	if (is_frame(line))
		return PFNSCOPE_LINE_FRAME;
	return PFNSCOPE_LINE_OTHER;
}

/*
 * "Killing 'app' (12)" of a driver, "Kill 'app' (12), uid 1" of lmkd, and of the first
 * drivers "send sigkill to 12 (app), adj 9, size 10" without a name in front.
 */
static bool is_lowmemory(struct pfnscope_scan s)
{
	int64_t pid;

	if (pfnscope_scan_skip(&s, "send sigkill to "))
		return pfnscope_scan_number(&s, &pid) && pfnscope_scan_has(s, "), adj ");
	if (!pfnscope_scan_after(&s, "Kill"))
		return false;
	pfnscope_scan_skip(&s, "ing");
	if (!pfnscope_scan_skip(&s, " '") || !pfnscope_scan_after(&s, "' (") ||
	    !pfnscope_scan_number(&s, &pid) || !pfnscope_scan_char(&s, ')'))
		return false;
	return pfnscope_scan_has(s, "adj ") || pfnscope_scan_has(s, "to free ");
}

/* Lines known by several words, or by a rule. */
static enum pfnscope_line_kind rule_kind(struct pfnscope_scan line)
{
	if (pfnscope_oomlog_is_header(line))
		return PFNSCOPE_LINE_HEADER;
	if (is_lowmemory(line))
		return PFNSCOPE_LINE_LOWMEMORY;
	return PFNSCOPE_LINE_OTHER;
}

static enum pfnscope_line_kind opening_kind(struct pfnscope_scan line)
{
	for (size_t i = 0; i < ARRAY_SIZE(openings); i++)
		if (pfnscope_scan_starts(&line, openings[i].text))
			return openings[i].kind;
	return PFNSCOPE_LINE_OTHER;
}

static enum pfnscope_line_kind word_kind(struct pfnscope_scan line)
{
	struct pfnscope_scan found;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (pfnscope_scan_find(&line, words[i].text, &found))
			return words[i].kind;
	return PFNSCOPE_LINE_OTHER;
}

/**
 * pfnscope_line_kind_grown - which line is this, now that more was joined to it?
 * @line: the line as it is now
 * @before: bytes it had when its kind was still PFNSCOPE_LINE_OTHER
 *
 * Looks only where the new bytes can matter: else a line joined of many pieces
 * is read as often as it has pieces.
 *
 * Return: as pfnscope_line_kind().
 */
enum pfnscope_line_kind pfnscope_line_kind_grown(struct pfnscope_scan line,
						 size_t before)
{
	enum pfnscope_line_kind kind = PFNSCOPE_LINE_OTHER;
	struct pfnscope_scan whole = line;

	if (line.end - line.at < SHORTEST)
		return PFNSCOPE_LINE_OTHER;
	if (before < SHAPE_REACH)
		kind = shape_kind(line);
	if (before < LONGEST_WORD && kind == PFNSCOPE_LINE_OTHER)
		kind = opening_kind(line);
	if (kind != PFNSCOPE_LINE_OTHER)
		return kind;
	if (before > LONGEST_WORD)
		line.at += before - LONGEST_WORD;
	kind = word_kind(line);
	return kind == PFNSCOPE_LINE_OTHER ? rule_kind(whole) : kind;
}

/**
 * pfnscope_line_kind - which line of a report is this?
 * @line: a line without prefixes
 *
 * Return: its kind, PFNSCOPE_LINE_OTHER for all that is no part of a report.
 */
enum pfnscope_line_kind pfnscope_line_kind(struct pfnscope_scan line)
{
	return pfnscope_line_kind_grown(line, 0);
}
