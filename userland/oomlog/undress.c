// SPDX-License-Identifier: GPL-2.0-only
/*
 * Transport: cuts a text into lines while undoing what mail, journals, web pages
 * and consoles did to its bytes. It comes in pieces of any size; a block of it
 * is looked at as a whole before its bytes are, for what only many lines tell.
 * The prefixes of each line are the business of strip.c.
 */
#include "oomlog/look.h"
#include "oomlog/repeated.h"
#include "oomlog/scan.h"
#include "oomlog/spelling.h"
#include "oomlog/undress-inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* What stands before the cut of an escape: "\\x0" */
#define LONGEST_CUT	3

/* "720_4kB": the asterisks of a list were taken for marks of Markdown. */
static bool is_asterisk(const struct pfnscope_undress *u)
{
	struct pfnscope_scan s = u->in;

	return u->size && isdigit((unsigned char)u->line[u->size - 1]) &&
	       pfnscope_scan_digits(&s) && pfnscope_scan_starts(&s, "kB");
}

static bool ends_record(struct pfnscope_undress *u)
{
	struct pfnscope_scan s = u->in;

	pfnscope_scan_char(&s, '"');
	return pfnscope_scan_done(&s) || *s.at == '\n' || *s.at == '\r';
}

/* A newline in the message of a record: what follows goes on with it. */
static void newline_inside(struct pfnscope_undress *u)
{
	pfnscope_undress_end_line(u, false);
	u->broken = ends_record(u);
	u->goes_on = !u->broken;
	u->escaped = true;
}

/* A newline that somebody put into a record with escaped ones. */
static bool is_undone(struct pfnscope_undress *u)
{
	const char *end = u->in.at - 1;
	struct pfnscope_scan before = { u->block, end };
	enum pfnscope_wrap wrap;

	if (!u->escapes || u->json || end < u->block)
		return false;
	wrap = pfnscope_wrap_at(before, &u->in, pfnscope_scan_from(u->head, u->head_size),
				u->escaped, u->column);
	if (wrap == PFNSCOPE_WRAP_BLANK)
		pfnscope_undress_keep(u, ' ');
	u->number += wrap != PFNSCOPE_WRAP_NONE;
	return wrap != PFNSCOPE_WRAP_NONE;
}

/* A newline of the file: LF, CR LF, CR CR LF, or CR alone; LF CR is one too. */
static void undress_newline(struct pfnscope_undress *u, char c)
{
	if (c == '\r' && (!u->begun || (u->in.at < u->in.end &&
				       (*u->in.at == '\r' || *u->in.at == '\n'))))
		return;
	if (is_undone(u))
		return;
	if (u->paragraph && u->begun && u->in.at < u->in.end && *u->in.at != '\n' && *u->in.at != '\r') {
		pfnscope_undress_keep(u, ' ');
		u->width = 0;
		u->number++;
		return;
	}
	u->skipped = u->spaced && !u->begun && !u->skipped;
	if (!u->skipped && (!u->broken || u->size))
		pfnscope_undress_end_line(u, u->column && u->width == u->column);
	u->broken = false;
	u->goes_on = false;
	u->escaped = false;
	u->begun = false;
	u->width = 0;
	u->number++;
}

static void tag_break(struct pfnscope_undress *u)
{
	if (u->size)
		pfnscope_undress_end_line(u, false);
	u->goes_on = false;
	u->broken = true;
}

static void plain_byte(struct pfnscope_undress *u, unsigned char c)
{
	if (c == '_' && is_asterisk(u))
		pfnscope_undress_keep(u, '*');
	else if (c == '\t' || (c >= 0x20 && c != 0x7f))
		pfnscope_undress_keep(u, (char)c);
}

static bool near_cut(const struct pfnscope_undress *u)
{
	return u->column && u->width + LONGEST_CUT >= u->column;
}

/* The characters that may begin a spelling of another one. */
static const bool spells[256] = {
	['\\'] = true, ['#'] = true, ['^'] = true, ['&'] = true, ['<'] = true,
	['['] = true, [0x1b] = true, [0xc2] = true, [0xc3] = true,
	[0xe2] = true, [0xe3] = true, [0xef] = true,
};

static void character(struct pfnscope_undress *u)
{
	unsigned char c = (unsigned char)*u->in.at;
	enum pfnscope_spelled spelled = PFNSCOPE_SPELLED_ITSELF;
	char means = 0;

	if (spells[c])
		spelled = pfnscope_spelling(&u->in, near_cut(u), &means);
	switch (spelled) {
	case PFNSCOPE_SPELLED_ITSELF:
		u->in.at++;
		plain_byte(u, c);
		break;
	case PFNSCOPE_SPELLED_NOTHING:
		break;
	case PFNSCOPE_SPELLED_CHARACTER:
		pfnscope_undress_keep(u, means);
		break;
	case PFNSCOPE_SPELLED_NEWLINE:
		newline_inside(u);
		break;
	case PFNSCOPE_SPELLED_BREAK:
		tag_break(u);
		break;
	}
}

/* The message of a record, which may itself be dressed in any way. */
static void message(struct pfnscope_undress *u, const char *text, size_t size)
{
	struct pfnscope_scan outer = u->in;

	u->in = pfnscope_scan_from(text, size);
	while (!pfnscope_scan_done(&u->in)) {
		if (*u->in.at == '\n') {
			u->in.at++;
			newline_inside(u);
		} else {
			character(u);
		}
	}
	if (u->size)
		pfnscope_undress_end_line(u, false);
	u->goes_on = false;
	u->in = outer;
}

static void json(struct pfnscope_undress *u)
{
	size_t size;
	char *text;

	if (*u->in.at != '"') {
		u->in.at++;
		return;
	}
	text = pfnscope_records_value(pfnscope_records_key(&u->records), &u->in,
				      &size);
	if (text)
		message(u, text, size);
	free(text);
}

/* The first byte of a line of the file. */
static void begin_line(struct pfnscope_undress *u)
{
	const char *key = pfnscope_records_key(&u->records);
	struct pfnscope_scan line = u->in;
	const char *end;

	u->begun = true;
	u->json = false;
	u->head_size = (size_t)(line.end - line.at) < sizeof(u->head) ?
		       (size_t)(line.end - line.at) : sizeof(u->head);
	memcpy(u->head, line.at, u->head_size);
	if (!key)
		return;
	if (line.end - line.at > (ptrdiff_t)AHEAD)
		line.end = line.at + AHEAD;
	end = memchr(line.at, '\n', (size_t)(line.end - line.at));
	if (end)
		line.end = end;
	u->json = pfnscope_records_are_in(key, line);
}

/* An escape that was cut, and a list of bytes, have newlines of the file within. */
static void count_width(struct pfnscope_undress *u, const char *from)
{
	const char *at = from;

	while ((at = memchr(at, '\n', (size_t)(u->in.at - at)))) {
		from = ++at;
		u->number++;
		u->width = 0;
	}
	u->width += (size_t)(u->in.at - from);
}

static void next(struct pfnscope_undress *u)
{
	const char *from = u->in.at;

	if (pfnscope_mail_is_mark(&u->mail, *from)) {
		u->in.at++;
		u->number++;
		return;
	}
	if (!u->begun && *from != '\n' && *from != '\r')
		begin_line(u);
	if (*from == '\n' || *from == '\r') {
		u->in.at++;
		if (u->json)
			u->broken = true;
		undress_newline(u, *from);
		return;
	}
	if (u->json)
		json(u);
	else
		character(u);
	count_width(u, from);
}

/* What only a whole block of lines can tell. */
static void look(struct pfnscope_undress *u, bool last)
{
	char *text = u->block + u->looked;
	size_t size = u->filled - u->looked, column;

	size = pfnscope_mail_decode(&u->mail, text, &u->filled, size, last);
	column = pfnscope_look_column(text, size);
	if (column)
		u->column = column;
	u->spaced = pfnscope_look_spaced(text, size);
	u->doubled = pfnscope_repeated_text(text, size);
	pfnscope_records_learn(&u->records, pfnscope_scan_from(text, size));
	u->escapes |= pfnscope_wrap_possible(pfnscope_scan_from(text, size));
	u->paragraph = !u->escapes && pfnscope_look_paragraph(text, size);
	u->looked += size;
}

static void run(struct pfnscope_undress *u, bool last)
{
	size_t ahead = last ? 0 : AHEAD, done;

	look(u, last);
	u->in = pfnscope_scan_from(u->block, u->looked);
	while (u->in.end - u->in.at > (ptrdiff_t)ahead)
		next(u);
	done = (size_t)(u->in.at - u->block);
	memmove(u->block, u->in.at, u->filled - done);
	u->filled -= done;
	u->looked -= done;
}

/**
 * pfnscope_undress_new - begin a log
 * @out: takes its bare lines
 *
 * Return: the state; pfnscope_undress_end() frees it.
 */
struct pfnscope_undress *
pfnscope_undress_new(const struct pfnscope_loglines *out)
{
	struct pfnscope_undress *u = pfnscope_calloc(1, sizeof(*u));

	u->strip = pfnscope_strip_new(out);
	u->number = 1;
	return u;
}

/* What is encoded is decoded on its way into the block. */
static void fill(struct pfnscope_undress *u, struct pfnscope_scan *s, bool last)
{
	for (;;) {
		u->filled += pfnscope_encoded_undo(&u->encoded, s, u->block + u->filled,
						   sizeof(u->block) - u->filled, last);
		if (u->filled + 1 < sizeof(u->block))
			return;
		run(u, false);
	}
}

/* The head of a line that waits is looked at together with what comes now. */
static void fill_waiting(struct pfnscope_undress *u, struct pfnscope_scan *s)
{
	size_t old = u->undecided, part = sizeof(u->waiting) - old, taken;
	struct pfnscope_scan both;

	if (part > (size_t)(s->end - s->at))
		part = (size_t)(s->end - s->at);
	memcpy(u->waiting + old, s->at, part);
	both = pfnscope_scan_from(u->waiting, old + part);
	fill(u, &both, false);
	taken = (size_t)(both.at - u->waiting);
	u->undecided = taken < old ? old + part - taken : 0;
	memmove(u->waiting, both.at, u->undecided);
	s->at += taken < old ? part : taken - old;
}

/**
 * pfnscope_undress_feed - the next piece of the log
 * @undress: the state
 * @text: any bytes
 * @size: how many
 *
 * Linear in @size; memory does not grow.
 */
void pfnscope_undress_feed(struct pfnscope_undress *undress, const char *text,
			   size_t size)
{
	struct pfnscope_scan s = pfnscope_scan_from(text, size);

	while (!pfnscope_scan_done(&s)) {
		if (undress->undecided) {
			fill_waiting(undress, &s);
			continue;
		}
		fill(undress, &s, false);
		undress->undecided = (size_t)(s.end - s.at);
		memcpy(undress->waiting, s.at, undress->undecided);
		s.at = s.end;
	}
}

/**
 * pfnscope_undress_end - hand out the last lines, and free the state
 * @undress: the state
 */
void pfnscope_undress_end(struct pfnscope_undress *undress)
{
	struct pfnscope_scan s = pfnscope_scan_from(undress->waiting, undress->undecided);

	fill(undress, &s, true);
	run(undress, true);
	if (undress->size)
		pfnscope_undress_end_line(undress, false);
	pfnscope_strip_end(undress->strip);
	free(undress);
}
