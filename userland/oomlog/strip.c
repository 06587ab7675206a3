// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines wait here until as many of those behind them are known, so that the
 * first line of a report is read by what its later ones teach: its prefix, what
 * a table has behind the message, and whether the newest line comes first.
 */
#include "oomlog/partial.h"
#include "oomlog/strip-inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define LONGEST_WORD	48

/**
 * pfnscope_strip_new - begin a log
 * @out: takes the bare lines
 *
 * Return: the state; pfnscope_strip_end() frees it.
 */
struct pfnscope_strip *pfnscope_strip_new(const struct pfnscope_loglines *out)
{
	struct pfnscope_strip *strip = pfnscope_calloc(1, sizeof(*strip));

	strip->out = *out;
	pfnscope_shapes_init(&strip->shapes);
	return strip;
}

/* Kibana, CloudWatch and journalctl -r put the newest record first. */
static bool is_reversed(const struct pfnscope_strip *strip)
{
	return strip->downs >= 3 && strip->downs > 2 * strip->ups;
}

static struct pfnscope_scan text_of_line(const struct pfnscope_strip *strip, size_t i)
{
	return pfnscope_scan_from(strip->text + strip->line[i].at, strip->line[i].size);
}

/* Whether a line begins as the records of this log do, with a time. */
static bool has_clock(const struct pfnscope_strip *strip, size_t i)
{
	struct pfnscope_match match;

	return pfnscope_shapes_match(&strip->shapes, text_of_line(strip, i), &match) && match.clock;
}

/* Whether those lines that are known do: then one without goes on with the record above. */
static bool are_clocked(const struct pfnscope_strip *strip)
{
	size_t with = 0, without = 0;

	for (size_t i = 0; i < strip->count; i++)
		if (strip->line[i].anchor != PFNSCOPE_NO_ANCHOR) {
			bool clock = has_clock(strip, i);

			with += clock;
			without += !clock;
		}
	return with >= 3 && with > without;
}

/*
 * Which lines go on with the one above them: escaped newlines say so, and where each
 * record begins with a time, what was wrapped or cut after that has none.
 */
static void find_records(struct pfnscope_strip *strip)
{
	bool clocked = are_clocked(strip);

	for (size_t i = 0; i < strip->count; i++)
		strip->line[i].inside = strip->line[i].goes_on || (clocked && i && !has_clock(strip, i));
}

/* Records from the last to the first; the lines of one stay in their order. */
static void backwards(struct pfnscope_strip *strip, size_t from, size_t to)
{
	while (to > from) {
		size_t first = to - 1;

		while (first > from && strip->line[first].inside)
			first--;
		for (size_t i = first; i < to; i++)
			pfnscope_strip_bare(strip, &strip->line[i]);
		to = first;
	}
}

/* Return: lines handed out: whole reports, each ends with its header. */
static size_t drain_reversed(struct pfnscope_strip *strip, size_t count)
{
	size_t from = 0;

	find_records(strip);
	for (size_t i = 0; i < strip->count; i++) {
		if (!strip->line[i].header)
			continue;
		while (i + 1 < strip->count && strip->line[i + 1].inside)
			i++;
		backwards(strip, from, i + 1);
		from = i + 1;
	}
	if (from < count) {
		backwards(strip, from, count);
		from = count;
	}
	return from;
}

/* Hand out the first @count lines, or a few more. */
static void drain(struct pfnscope_strip *strip, size_t count)
{
	size_t left, shift;

	if (is_reversed(strip))
		count = drain_reversed(strip, count);
	else
		count = pfnscope_strip_drain(strip, count);
	left = strip->count - count;
	shift = left ? strip->line[count].at : strip->used;
	memmove(strip->text, strip->text + shift, strip->used - shift);
	memmove(strip->line, strip->line + count, left * sizeof(*strip->line));
	for (size_t i = 0; i < left; i++)
		strip->line[i].at -= shift;
	strip->used -= shift;
	strip->count = left;
}

static void make_room(struct pfnscope_strip *strip, size_t size)
{
	if (strip->used + size > PFNSCOPE_WAITING_BYTES ||
	    strip->count == PFNSCOPE_WAITING_LINES)
		drain(strip, strip->count / 2 + 1);
	if (strip->used + size > PFNSCOPE_WAITING_BYTES)
		drain(strip, strip->count);
}

static void store(struct pfnscope_strip *strip,
		  struct pfnscope_waiting *waiting, struct pfnscope_scan s)
{
	size_t size = (size_t)(s.end - s.at);

	memcpy(strip->text + strip->used, s.at, size);
	strip->used += size;
	waiting->size += size;
}

/* A word that is longer than the text is wide stands out of it. */
static bool wraps(const struct pfnscope_record *record)
{
	const char *blank = memrchr(record->text, ' ', record->size);
	const char *word = blank ? blank + 1 : record->text;

	return record->text + record->size - word < LONGEST_WORD;
}

static void begin_waiting(struct pfnscope_strip *strip,
			  const struct pfnscope_record *record)
{
	/* What seemed to be a part was whole. */
	if (strip->partial && strip->count)
		pfnscope_strip_learn(strip);
	strip->line[strip->count++] = (struct pfnscope_waiting){
		.at = strip->used,
		.number = record->number,
		.width = record->width,
		.anchor = PFNSCOPE_NO_ANCHOR,
		.goes_on = record->goes_on,
		.full = record->full,
		.marked = record->marked,
		.doubled = record->doubled,
		.wraps = wraps(record),
	};
}

/**
 * pfnscope_strip_line - take the next line
 * @strip: the state
 * @record: the line
 */
void pfnscope_strip_line(struct pfnscope_strip *strip,
			 const struct pfnscope_record *record)
{
	struct pfnscope_scan s = pfnscope_scan_from(record->text, record->size), rest = s;
	enum pfnscope_partial partial = pfnscope_partial_take(&rest);

	make_room(strip, record->size);
	if (strip->partial && partial != PFNSCOPE_PARTIAL_NONE && strip->count) {
		strip->line[strip->count - 1].full = false;
		s = rest;
	} else {
		begin_waiting(strip, record);
	}
	store(strip, &strip->line[strip->count - 1], s);
	if (!record->goes_on)
		strip->partial = partial == PFNSCOPE_PARTIAL_MORE;
	if (!strip->partial)
		pfnscope_strip_learn(strip);
}

/**
 * pfnscope_strip_end - hand out what is waiting, and free the state
 * @strip: the state
 */
void pfnscope_strip_end(struct pfnscope_strip *strip)
{
	drain(strip, strip->count);
	free(strip);
}
