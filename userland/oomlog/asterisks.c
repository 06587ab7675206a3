// SPDX-License-Identifier: GPL-2.0-only
/*
 * "Node 0 DMA: 14kB 18kB 016kB = 28kB" was "1*4kB 1*8kB 0*16kB": Markdown takes
 * asterisks in pairs for marks. The size of each column is twice that of the one
 * before, and the sum at the end tells whether the counts were read right.
 */
#include "oomlog/asterisks.h"

#include <inttypes.h>
#include <stdio.h>

#define LARGEST_PAGE_KB	256

/* The digits at the cursor without @tail. Return: false where it is not theirs. */
static bool count_before(struct pfnscope_scan *s, const char *tail,
			 int64_t *count)
{
	struct pfnscope_scan t = *s, digits = *s;
	size_t size = pfnscope_scan_digits(&t), length = strlen(tail);

	if (pfnscope_scan_char(&t, '*')) {
		digits.end = digits.at + size;
		if (!pfnscope_scan_skip(&t, tail))
			return false;
	} else {
		if (size <= length || memcmp(t.at - length, tail, length))
			return false;
		digits.end = t.at - length;
	}
	*s = t;
	return pfnscope_scan_number(&digits, count) &&
	       pfnscope_scan_skip(s, "kB") && *count < INT64_C(1) << 40;
}

static bool add_logical(struct pfnscope_logical *out, const char *text, size_t size)
{
	if (size >= sizeof(out->text) - out->size)
		return false;
	memcpy(out->text + out->size, text, size);
	out->size += size;
	return true;
}

/* Types, the sum, the name of the zone: as they are, up to the next blank. */
static bool copy_word(struct pfnscope_scan *s, struct pfnscope_logical *out)
{
	const char *from = s->at;

	pfnscope_scan_blanks(s);
	while (s->at < s->end && *s->at != ' ' && *s->at != '\t')
		s->at++;
	return add_logical(out, from, (size_t)(s->at - from));
}

static bool column(struct pfnscope_scan *s, struct pfnscope_logical *out,
		   int64_t size_kb, int64_t *sum)
{
	char tail[24], text[64];
	int64_t count;
	int length;

	snprintf(tail, sizeof(tail), "%" PRId64, size_kb);
	if (!count_before(s, tail, &count))
		return false;
	*sum += count * size_kb;
	length = snprintf(text, sizeof(text), " %" PRId64 "*%skB", count, tail);
	return add_logical(out, text, (size_t)length);
}

/* Return: true where columns from @size_kb on give the sum that was printed. */
static bool restore(struct pfnscope_scan s, struct pfnscope_logical *out,
		    int64_t size_kb)
{
	int64_t sum = 0, total = -1;

	for (int columns = 0; !pfnscope_scan_done(&s);) {
		struct pfnscope_scan word = s;

		pfnscope_scan_blanks(&word);
		if (pfnscope_scan_done(&word))
			break;
		if (*word.at >= '0' && *word.at <= '9') {
			if (columns++ == 20 || !column(&word, out, size_kb, &sum))
				return false;
			size_kb *= 2;
			s = word;
			continue;
		}
		if (pfnscope_scan_skip(&word, "= ") &&
		    pfnscope_scan_number(&word, &total))
			return add_logical(out, s.at, (size_t)(s.end - s.at)) &&
			       sum == total;
		if (!copy_word(&s, out))
			return false;
	}
	return false;
}

/**
 * pfnscope_asterisks_restore - put the asterisks of a free list back
 * @line: the list
 * @restored: the same with its asterisks
 *
 * Return: false where none is missing or the list cannot be told.
 */
bool pfnscope_asterisks_restore(const struct pfnscope_logical *line,
				struct pfnscope_logical *restored)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);

	if (!pfnscope_scan_after(&s, ":"))
		return false;
	for (int64_t kb = 4; kb <= LARGEST_PAGE_KB; kb *= 2) {
		memcpy(restored, line, sizeof(*line));
		restored->size = (size_t)(s.at - line->text);
		if (restore(s, restored, kb))
			return true;
	}
	return false;
}
