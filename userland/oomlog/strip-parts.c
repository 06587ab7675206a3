// SPDX-License-Identifier: GPL-2.0-only
/*
 * Persistent storage keeps the kernel's last words in parts, the newest first; within each the lines are in their
 * order. `cat /sys/fs/pstore/dmesg-*` has them so: "Panic#1 Part1", "Panic#1 Part2", ...
 */
#include "oomlog/strip-inside.h"

#include <ctype.h>

/* Return: the number of the part that begins with line @i, 0 where none does. */
static int64_t part_of(const struct pfnscope_strip *strip, size_t i)
{
	struct pfnscope_scan s = pfnscope_scan_from(strip->text + strip->line[i].at, strip->line[i].size);
	int64_t part;

	pfnscope_strip_quotes(&s);
	pfnscope_scan_blanks(&s);
	if (s.at >= s.end || !isupper((unsigned char)*s.at))
		return 0;
	while (s.at < s.end && isalpha((unsigned char)*s.at))
		s.at++;
	if (!pfnscope_scan_char(&s, '#') || !pfnscope_scan_digits(&s) || !pfnscope_scan_skip(&s, " Part") ||
	    !pfnscope_scan_number(&s, &part))
		return 0;
	pfnscope_scan_blanks(&s);
	return pfnscope_scan_done(&s) ? part : 0;
}

/* Return: the line that ends the part which begins with line @i. */
static size_t end_of(const struct pfnscope_strip *strip, size_t i)
{
	do {
		i++;
	} while (i < strip->count && !part_of(strip, i));
	return i;
}

/* Return: the line that ends the parts which follow that of line @i, each with the next number. */
static size_t end_of_all(const struct pfnscope_strip *strip, size_t i)
{
	int64_t part = part_of(strip, i);
	size_t end = end_of(strip, i);

	while (part && end < strip->count && part_of(strip, end) == ++part)
		end = end_of(strip, end);
	return end;
}

static void from_last(struct pfnscope_strip *strip, size_t from, size_t to)
{
	for (size_t end = to; end > from;) {
		size_t begin = end - 1;

		while (!part_of(strip, begin))
			begin--;
		for (size_t i = begin; i < end; i++)
			pfnscope_strip_bare(strip, &strip->line[i]);
		end = begin;
	}
}

/**
 * pfnscope_strip_drain - hand out lines in their order
 * @strip: the state
 * @count: the first lines of those that wait
 *
 * Return: lines handed out: all of parts that belong together.
 */
size_t pfnscope_strip_drain(struct pfnscope_strip *strip, size_t count)
{
	size_t i = 0;

	while (i < count) {
		if (!part_of(strip, i)) {
			pfnscope_strip_bare(strip, &strip->line[i++]);
		} else {
			size_t end = end_of_all(strip, i);

			from_last(strip, i, end);
			i = end;
		}
	}
	return i;
}
