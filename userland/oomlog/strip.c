// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines wait here until as many of those behind them are known, so that the
 * first line of a report is read by what its later ones teach: its prefix, what
 * a table has behind the message, and whether the newest line comes first.
 */
#include "oomlog/anchor.h"
#include "oomlog/line.h"
#include "oomlog/partial.h"
#include "oomlog/shape.h"
#include "oomlog/strip.h"
#include "oomlog/suffix.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* A report with a table of thousands of tasks has less. */
#define WAITING_BYTES	(1024UL * 1024)
#define WAITING_LINES	16384

/* Lines that tell where a text is wrapped: half a report. */
#define NEARBY		32
#define LONGEST_WORD	48

/* Between two lines without a known prefix, or above them. */
#define NO_ANCHOR	SIZE_MAX

struct waiting {
	size_t at;
	size_t size;
	size_t number;
	size_t width;
	size_t anchor;			/* offset of the kernel's text */
	bool goes_on;
	bool full;
	bool marked;
	bool wraps;			/* its words are short enough to be wrapped */
	bool header;
};

struct pfnscope_strip {
	struct pfnscope_loglines out;
	struct pfnscope_shapes shapes;
	struct pfnscope_suffixes suffixes;
	struct pfnscope_logline last;
	enum pfnscope_anchor_rank rank;	/* of the last anchor */
	unsigned int ups;
	unsigned int downs;
	bool lost;			/* the last prefix was not understood */
	bool complete;			/* the last line learnt from: nothing can go on with it */
	unsigned int alone;		/* such lines with another's line behind */
	unsigned int together;		/* with another line of the same log */
	bool quoted;			/* the present one ends with a quote */
	bool escaped;			/* newlines of the present record were */
	bool partial;			/* the last line waiting is not whole */
	size_t used;
	size_t count;
	struct waiting line[WAITING_LINES];
	char text[WAITING_BYTES];
};

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

static unsigned int quotes(struct pfnscope_scan *s)
{
	unsigned int depth = 0;

	for (;;) {
		struct pfnscope_scan t = *s;

		pfnscope_scan_blanks(&t);
		if (!pfnscope_scan_char(&t, '>'))
			return depth;
		depth++;
		pfnscope_scan_char(&t, ' ');
		*s = t;
	}
}

/* A stamp has blanks too: wrapped, "[" ends a line and "828.600750]" follows. */
static bool broken_stamp(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	pfnscope_scan_blanks(&t);
	if (pfnscope_scan_char(&t, '[') && pfnscope_scan_done(&t)) {
		*s = t;
		return true;
	}
	t = *s;
	if (!pfnscope_scan_digits(&t) || !pfnscope_scan_char(&t, '.') ||
	    pfnscope_scan_digits(&t) != 6 || !pfnscope_scan_char(&t, ']'))
		return false;
	pfnscope_scan_char(&t, ' ');
	*s = t;
	return true;
}

/* CONFIG_PRINTK_CALLER: "[ T5241]" of a task, "[    C1]" of a CPU, "caller=T1". */
static void take_caller(struct pfnscope_scan prefix,
			struct pfnscope_logline *line)
{
	struct pfnscope_scan s = prefix;

	for (; s.at < s.end; s.at++) {
		struct pfnscope_scan t = s, id;

		if (!pfnscope_scan_skip(&t, "caller=") &&
		    !pfnscope_scan_char(&t, '['))
			continue;
		pfnscope_scan_blanks(&t);
		id = t;
		if (!pfnscope_scan_char(&t, 'T') && !pfnscope_scan_char(&t, 'C'))
			continue;
		if (!pfnscope_scan_digits(&t) || t.at >= t.end ||
		    !strchr("];,", *t.at))
			continue;
		pfnscope_scan_word(&id, "];,", line->caller,
				   sizeof(line->caller));
	}
}

static bool is_known(struct pfnscope_scan s)
{
	pfnscope_scan_blanks(&s);
	return pfnscope_line_kind(s) != PFNSCOPE_LINE_OTHER;
}

/* Marks and words without a time may also be the beginning of a bare line. */
static bool is_prefix(const struct pfnscope_match *match,
		      struct pfnscope_scan line)
{
	return match->whole && (match->clock || is_known(match->rest) ||
				!is_known(line));
}

/*
 * A record of the same log without the kernel's own time goes on with the line
 * before; any other is not the kernel's, and ends it.
 */
static void other_record(const struct pfnscope_match *match,
			 struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	*s = match->rest;
	line->stamped = !match->stamp_missing;
}

/* Read from the kernel's own words on; what else this log holds is unknown. */
static void from_anchor(struct pfnscope_strip *strip,
			const struct waiting *waiting, struct pfnscope_scan *s,
			struct pfnscope_logline *line)
{
	s->at = strip->text + waiting->at + waiting->anchor;
	line->stamped = true;
	strip->lost = true;
}

static void off(struct pfnscope_strip *strip,
		const struct pfnscope_match *match, struct pfnscope_scan *s,
		struct pfnscope_logline *line)
{
	strip->quoted = match->rest.at > s->at && match->rest.at[-1] == '"';
	take_caller((struct pfnscope_scan){ s->at, match->rest.at }, line);
	*s = match->rest;
	line->stamped |= match->words;
}

/* In journalctl -o verbose, tables of records, dumps of arrays. */
static bool has_lines_between(const struct pfnscope_strip *strip)
{
	return strip->alone >= 2 && strip->alone > 2 * strip->together;
}

/* No prefix, and no line that is known: the rest of a wrapped one, or another's. */
static void without_prefix(const struct pfnscope_strip *strip,
			   struct pfnscope_scan bare, struct pfnscope_logline *line)
{
	line->unread = strip->lost && !pfnscope_scan_done(&bare);
	line->stamped |= line->unread || has_lines_between(strip) ||
			 pfnscope_scan_time_of_day(bare);
}

static void take_prefix(struct pfnscope_strip *strip,
			const struct waiting *waiting, struct pfnscope_scan *s,
			struct pfnscope_logline *line)
{
	bool anchored = waiting->anchor != NO_ANCHOR;
	struct pfnscope_match match;
	struct pfnscope_scan bare = *s;

	pfnscope_scan_blanks(&bare);
	if ((pfnscope_shapes_match(&strip->shapes, *s, &match) &&
	     is_prefix(&match, *s)) ||
	    (!match.whole && pfnscope_shapes_inside(&strip->shapes, *s, &match))) {
		off(strip, &match, s, line);
		/* A console that stamps what already has a stamp. */
		while (pfnscope_shapes_match(&strip->shapes, *s, &match) &&
		       match.whole && match.clock)
			off(strip, &match, s, line);
		strip->lost = false;
	} else if (!anchored && !match.whole && match.rest.at > s->at) {
		other_record(&match, s, line);
	} else if (broken_stamp(s)) {
		line->stamped = true;
	} else if (is_known(bare)) {
		strip->lost = false;
	} else if (anchored) {
		from_anchor(strip, waiting, s, line);
	} else {
		without_prefix(strip, bare, line);
	}
}

/* What JSON has behind a message, when that ended in an escaped newline. */
static bool is_json_rest(const struct pfnscope_scan *s)
{
	return pfnscope_scan_starts(s, "\",\"") ||
	       pfnscope_scan_starts(s, "\"}");
}

/* Tabs told columns apart; within the message they are the blanks of someone's editor. */
static void put(struct pfnscope_strip *strip, struct pfnscope_scan s,
		struct pfnscope_logline line)
{
	char *tab = strip->text + (s.at - strip->text);

	line.spaced = s.end > s.at && isblank((unsigned char)s.end[-1]);
	while (s.end > s.at && isblank((unsigned char)s.end[-1]))
		s.end--;
	if (is_json_rest(&s)) {
		line.stamped = true;
		s.at = s.end;
	}
	while ((tab = memchr(tab, '\t', (size_t)(s.end - tab))))
		*tab = ' ';
	line.indented = s.at < s.end && isblank((unsigned char)*s.at);
	pfnscope_scan_blanks(&s);
	line.text = s.at;
	line.size = (size_t)(s.end - s.at);
	strip->out.line(strip->out.context, &line);
	strip->last = line;
}

/* Where the newlines of a report were lost, each of its lines begins anew. */
static void put_each(struct pfnscope_strip *strip, struct pfnscope_scan s,
		     struct pfnscope_logline line)
{
	struct pfnscope_scan behind = s;
	struct pfnscope_anchor anchor;
	const char *first;

	pfnscope_scan_blanks(&behind);
	if (!is_known(behind)) {
		put(strip, s, line);
		return;
	}
	first = behind.at;
	while (pfnscope_anchor_find(behind, &anchor)) {
		if (anchor.at > first && isblank((unsigned char)anchor.at[-1])) {
			put(strip, (struct pfnscope_scan){ s.at, anchor.at },
			    line);
			line.stamped = true;
			s.at = anchor.at;
		}
		behind.at = anchor.past;
	}
	put(strip, s, line);
}

/* The quote that closes what the prefix opened. */
static void to_quote(struct pfnscope_scan *s)
{
	const char *at = s->at;

	for (; at < s->end; at++)
		if (*at == '"' && (at + 1 == s->end || strchr(",;}\t ", at[1])))
			s->end = at;
}

/* The longest of the lines around this one: where the text is wrapped, its width. */
static size_t widest_nearby(const struct pfnscope_strip *strip,
			    const struct waiting *waiting)
{
	const struct waiting *from = waiting, *to = strip->line + strip->count;
	size_t widest = 0;

	from = from - strip->line > NEARBY ? from - NEARBY : strip->line;
	to = to - waiting > NEARBY ? waiting + NEARBY : to;
	for (; from < to; from++)
		if (from->wraps && from->width > widest)
			widest = from->width;
	return widest;
}

/* Who wraps at blanks does so where the next word has no room. */
static bool had_room(const struct pfnscope_strip *strip,
		     const struct waiting *waiting, struct pfnscope_scan s)
{
	const char *end;

	pfnscope_scan_blanks(&s);
	end = memchr(s.at, ' ', (size_t)(s.end - s.at));
	return strip->last.width + 1 + (size_t)((end ? end : s.end) - s.at) <=
	       widest_nearby(strip, waiting);
}

/* A record of several lines has its time and its caller before the first. */
static void inherit(struct pfnscope_logline *line,
		    const struct pfnscope_logline *last)
{
	line->stamped = true;
	memcpy(line->caller, last->caller, sizeof(line->caller));
}

static void strip_one(struct pfnscope_strip *strip,
		      const struct waiting *waiting)
{
	struct pfnscope_scan s = pfnscope_scan_from(strip->text + waiting->at,
						    waiting->size);
	struct pfnscope_logline line = {
		.number = waiting->number,
		.width = waiting->width,
		.full = waiting->full,
		.marked = waiting->marked,
	};

	if (waiting->goes_on && (strip->last.stamped || strip->escaped)) {
		inherit(&line, &strip->last);
		strip->escaped = true;
	}
	line.quotes = quotes(&s);
	line.room = had_room(strip, waiting, s);
	strip->quoted = false;
	line.prefix = s.at;
	take_prefix(strip, waiting, &s, &line);
	if (line.stamped && !waiting->goes_on)
		strip->escaped = false;
	line.prefix_size = (size_t)(s.at - line.prefix);
	if (!pfnscope_suffix_cut(&strip->suffixes, &s) && strip->quoted)
		to_quote(&s);
	if (waiting->anchor == NO_ANCHOR)
		put(strip, s, line);
	else
		put_each(strip, s, line);
}

/* Kibana, CloudWatch and journalctl -r put the newest record first. */
static bool is_reversed(const struct pfnscope_strip *strip)
{
	return strip->downs >= 3 && strip->downs > 2 * strip->ups;
}

/* Records from the last to the first; the lines of one stay in their order. */
static void backwards(struct pfnscope_strip *strip, size_t from, size_t to)
{
	while (to > from) {
		size_t first = to - 1;

		while (first > from && strip->line[first].goes_on)
			first--;
		for (size_t i = first; i < to; i++)
			strip_one(strip, &strip->line[i]);
		to = first;
	}
}

/* Return: lines handed out: whole reports, each ends with its header. */
static size_t drain_reversed(struct pfnscope_strip *strip, size_t count)
{
	size_t from = 0;

	for (size_t i = 0; i < strip->count; i++) {
		if (!strip->line[i].header)
			continue;
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
		for (size_t i = 0; i < count; i++)
			strip_one(strip, &strip->line[i]);
	left = strip->count - count;
	shift = left ? strip->line[count].at : strip->used;
	memmove(strip->text, strip->text + shift, strip->used - shift);
	memmove(strip->line, strip->line + count, left * sizeof(*strip->line));
	for (size_t i = 0; i < left; i++)
		strip->line[i].at -= shift;
	strip->used -= shift;
	strip->count = left;
}

static void learn_order(struct pfnscope_strip *strip,
			enum pfnscope_anchor_rank rank)
{
	if (strip->rank != PFNSCOPE_ANCHOR_NONE) {
		strip->ups += rank > strip->rank;
		strip->downs += rank < strip->rank;
	}
	strip->rank = rank;
}

/* Is what stands behind a line that is complete of this log, or between its records? */
static void learn_between(struct pfnscope_strip *strip, struct pfnscope_scan s)
{
	struct pfnscope_match match;

	if (!strip->complete || pfnscope_scan_done(&s))
		return;
	strip->complete = false;
	if (is_known(s) ||
	    (pfnscope_shapes_match(&strip->shapes, s, &match) && match.whole))
		strip->together++;
	else
		strip->alone++;
}

/* "... Mem-Info:" behind a prefix, and no more of it. */
static bool is_complete(const struct pfnscope_anchor *anchor, struct pfnscope_scan s)
{
	const char *at = anchor->end;

	if (!at || anchor->at == s.at || anchor->rank == PFNSCOPE_ANCHOR_ZONE)
		return false;
	while (at < s.end && !isalnum((unsigned char)*at))
		at++;
	return at == s.end;
}

static void learn(struct pfnscope_strip *strip, struct waiting *waiting,
		  struct pfnscope_scan s)
{
	struct pfnscope_scan prefix;
	struct pfnscope_anchor anchor;
	const char *text = s.at;

	waiting->header = pfnscope_anchor_header(s);
	quotes(&s);
	learn_between(strip, s);
	if (!pfnscope_anchor_find(s, &anchor))
		return;
	strip->complete = is_complete(&anchor, s);
	waiting->anchor = (size_t)(anchor.at - text);
	learn_order(strip, anchor.rank);
	if (anchor.end)
		pfnscope_suffix_learn(&strip->suffixes, &anchor, s.end);
	prefix = (struct pfnscope_scan){ s.at, anchor.at };
	pfnscope_scan_blanks(&s);
	if (s.at < anchor.at && !is_known(s))
		pfnscope_shapes_learn(&strip->shapes, prefix, anchor.rank);
}

static void make_room(struct pfnscope_strip *strip, size_t size)
{
	if (strip->used + size > WAITING_BYTES || strip->count == WAITING_LINES)
		drain(strip, strip->count / 2 + 1);
	if (strip->used + size > WAITING_BYTES)
		drain(strip, strip->count);
}

static void store(struct pfnscope_strip *strip, struct waiting *waiting,
		  struct pfnscope_scan s)
{
	size_t size = (size_t)(s.end - s.at);

	memcpy(strip->text + strip->used, s.at, size);
	strip->used += size;
	waiting->size += size;
}

/* "Node" ends the line before: the number of the node is no prefix of its zone. */
static bool is_behind_node(const struct pfnscope_strip *strip,
			   const struct waiting *waiting)
{
	const char *end = strip->text + waiting->at;

	while (end > strip->text && isblank((unsigned char)end[-1]))
		end--;
	return end - strip->text >= 4 && !memcmp(end - 4, "Node", 4);
}

static void learn_last(struct pfnscope_strip *strip)
{
	struct waiting *waiting = &strip->line[strip->count - 1];

	if (is_behind_node(strip, waiting))
		return;
	learn(strip, waiting,
	      pfnscope_scan_from(strip->text + waiting->at, waiting->size));
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
		learn_last(strip);
	strip->line[strip->count++] = (struct waiting){
		.at = strip->used,
		.number = record->number,
		.width = record->width,
		.anchor = NO_ANCHOR,
		.goes_on = record->goes_on,
		.full = record->full,
		.marked = record->marked,
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
		learn_last(strip);
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
