// SPDX-License-Identifier: GPL-2.0-only
/*
 * The console and the journal in one file, or a file and a copy of it merged by time: each line is there twice,
 * with the same microsecond. What a report says once is dropped the second time. A death is told once anyhow,
 * also where somebody quotes its line below the report.
 */
#include "oomlog/repeated.h"

#include <string.h>

#include "oomlog/look.h"

/*
 * What differs from any other line of the same report. Zones say alike what they keep, frames come again, and
 * allocators fail twice within a tick of a coarse clock.
 */
static bool is_single(enum pfnscope_line_kind kind)
{
	switch (kind) {
	case PFNSCOPE_LINE_HEADER:
	case PFNSCOPE_LINE_TASK:
	case PFNSCOPE_LINE_TRACE_HEAD:
	case PFNSCOPE_LINE_MEM_INFO:
	case PFNSCOPE_LINE_COUNTERS:
	case PFNSCOPE_LINE_NODE:
	case PFNSCOPE_LINE_ZONE:
	case PFNSCOPE_LINE_LIST:
	case PFNSCOPE_LINE_HUGEPAGES:
	case PFNSCOPE_LINE_TOTAL:
	case PFNSCOPE_LINE_SWAP:
	case PFNSCOPE_LINE_TASK_HEAD:
	case PFNSCOPE_LINE_TASK_ROW:
	case PFNSCOPE_LINE_SLAB_ROW:
	case PFNSCOPE_LINE_SITE:
	case PFNSCOPE_LINE_MEMCG_USAGE:
	case PFNSCOPE_LINE_MEMCG_STATS:
	case PFNSCOPE_LINE_CONSTRAINT:
	case PFNSCOPE_LINE_KILL:
	case PFNSCOPE_LINE_NO_VICTIM:
		return true;
	default:
		return false;
	}
}

/* What stands in front of a message has not more. */
#define STAMP_REACH	96

static bool has_stamp(struct pfnscope_scan s)
{
	for (; s.at < s.end; s.at++)
		if (*s.at == '[' && pfnscope_look_is_stamp(s))
			return true;
	return false;
}

/* Frames, and numbers of a list that were printed one by one, "0*8kB", come again in any report. */
#define SHORT_MESSAGE	12

static bool is_counted(struct pfnscope_scan line)
{
	struct pfnscope_scan head = line, message = line;

	if (head.end - head.at > STAMP_REACH)
		head.end = head.at + STAMP_REACH;
	return has_stamp(head) && pfnscope_scan_after(&message, "] ") && message.end - message.at >= SHORT_MESSAGE &&
	       !pfnscope_scan_has(message, "+0x");
}

#define FIRST_SUM	UINT64_C(14695981039346656037)

/* As FNV-1a, but of eight bytes at a time: no two of 64 lines that differ have the same. */
static uint64_t add(uint64_t sum, const char *from, size_t size)
{
	uint64_t word;

	for (size_t i = 0; i < size; i += sizeof(word)) {
		size_t part = size - i < sizeof(word) ? size - i : sizeof(word);

		word = part;
		memcpy(&word, from + i, part);
		sum = (sum ^ word) * UINT64_C(1099511628211);
		sum ^= sum >> 29;
	}
	return sum;
}

/* Is it among the last ones? Else it is now. */
static bool is_among(struct pfnscope_repeated *repeated, uint64_t sum)
{
	for (size_t i = 0; i < PFNSCOPE_REPEATED_LINES; i++)
		if (repeated->sum[i] == sum)
			return true;
	repeated->sum[repeated->next] = sum;
	repeated->next = (repeated->next + 1) % PFNSCOPE_REPEATED_LINES;
	return false;
}

/* "Memory cgroup out of memory: Killed process 4194303 (" */
#define KILL_HEAD	52

/* Fewer prove nothing. */
#define REPEATED_LEAST	4

/**
 * pfnscope_repeated_text - are the lines of a text there twice?
 * @text: a block of it
 * @size: its bytes
 *
 * Return: true where most of those with a time of the kernel are.
 */
bool pfnscope_repeated_text(const char *text, size_t size)
{
	struct pfnscope_repeated last = { 0 };
	const char *end = text + size;
	size_t lines = 0, twice = 0;

	while (text < end) {
		const char *to = memchr(text, '\n', (size_t)(end - text));
		size_t width = (size_t)((to ? to : end) - text);

		if (is_counted(pfnscope_scan_from(text, width))) {
			twice += is_among(&last, add(FIRST_SUM, text, width));
			lines++;
		}
		/* Of a long log a part is enough. */
		if (lines >= 1024 && twice * 8 < lines)
			return false;
		text = to ? to + 1 : end;
	}
	return twice >= REPEATED_LEAST && twice * 5 >= lines * 2;
}

/**
 * pfnscope_repeated_line - was this line there a moment ago?
 * @repeated: the last lines
 * @line: the line
 *
 * Return: true for one that no report has twice, with all that stands in front of it.
 */
bool pfnscope_repeated_line(struct pfnscope_repeated *repeated, const struct pfnscope_logical *line)
{
	size_t size = line->size;
	uint64_t sum;

	if ((!line->doubled && line->kind != PFNSCOPE_LINE_KILL) || !is_single(line->kind) ||
	    !has_stamp(pfnscope_scan_from(line->prefix, strlen(line->prefix))))
		return false;
	sum = add(FIRST_SUM, line->prefix, strlen(line->prefix) + 1);
	/* Somebody's words may stand behind it. */
	if (line->kind == PFNSCOPE_LINE_KILL && size > KILL_HEAD)
		size = KILL_HEAD;
	return is_among(repeated, add(sum, line->text, size));
}
