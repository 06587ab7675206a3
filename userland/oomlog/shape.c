// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefixes. No list of the formats of loggers: what stands before the kernel's
 * text in lines where that is known is cut into words, marks and groups in
 * brackets. What is the same each time must be the same in other lines; numbers,
 * and words beside a time of day, may differ.
 */
#include "oomlog/shape.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"

#define LONGEST_PREFIX	400
#define LONGEST_GROUP	48
#define INSIDE_REACH	80

enum { MARK_DOT = 1, MARK_COLON = 2, MARK_CALLER = 4 };

/* Letters of any language: what is no ASCII belongs to words. */
static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* "    T17" or " C1": CONFIG_PRINTK_CALLER. */
static bool is_caller(const char *at, const char *end)
{
	while (at < end && pfnscope_scan_is_blank(*at))
		at++;
	if (at >= end || (*at != 'T' && *at != 'C') || at + 1 == end)
		return false;
	while (++at < end)
		if (!isdigit((unsigned char)*at))
			return false;
	return true;
}

/* "[...]" at the cursor. Return: its size, 0 where there is none. */
static size_t group(struct pfnscope_scan s, unsigned char *marks)
{
	const char *at = s.at + 1;

	*marks = 0;
	if (s.at >= s.end || *s.at != '[')
		return 0;
	for (; at < s.end && *at != ']'; at++) {
		if (*at == '[' || at - s.at > LONGEST_GROUP)
			return 0;
		*marks |= *at == '.' ? MARK_DOT : *at == ':' ? MARK_COLON : 0;
	}
	if (at >= s.end || at == s.at + 1)
		return 0;
	if (is_caller(s.at + 1, at))
		*marks |= MARK_CALLER;
	return (size_t)(at + 1 - s.at);
}

static bool all_digits(const char *from, const char *to)
{
	for (; from < to; from++)
		if (!isdigit((unsigned char)*from))
			return false;
	return true;
}

static void take_word(struct pfnscope_scan *s, struct pfnscope_token *token)
{
	const char *from = s->at;
	size_t size;

	while (s->at < s->end && is_word(*s->at))
		s->at++;
	size = (size_t)(s->at - from);
	token->kind = 'w';
	token->digits = all_digits(from, s->at);
	if (token->digits || size > sizeof(token->text))
		return;
	token->size = (unsigned char)size;
	memcpy(token->text, from, size);
}

/* Return: false at the end of the prefix. */
static bool take_token(struct pfnscope_scan *s, struct pfnscope_token *token)
{
	size_t size;

	*token = (struct pfnscope_token){ 0 };
	while (s->at < s->end && pfnscope_scan_is_blank(*s->at))
		s->at++;
	if (s->at >= s->end)
		return false;
	size = group(*s, &token->marks);
	if (size) {
		token->kind = 'B';
		s->at += size;
	} else if (is_word(*s->at)) {
		take_word(s, token);
	} else {
		token->kind = *s->at++;
	}
	return true;
}

static bool is_clock_group(const struct pfnscope_token *token)
{
	return token->kind == 'B' && token->marks & (MARK_DOT | MARK_COLON);
}

/* "14:43" or "139.200" as three pieces, of which the last is @i. */
static bool is_clock(const struct pfnscope_token *token, unsigned int i)
{
	if (is_clock_group(&token[i]))
		return true;
	return i >= 2 && token[i].digits &&
	       (token[i - 1].kind == ':' || token[i - 1].kind == '.') &&
	       token[i - 2].kind == 'w' && (token[i - 2].digits ||
		isdigit((unsigned char)token[i - 2].text[0]));
}

static bool shape_of(struct pfnscope_scan prefix, struct pfnscope_shape *shape)
{
	struct pfnscope_token token;
	const char *behind = prefix.end;

	*shape = (struct pfnscope_shape){ .seen = 1 };
	if (prefix.end - prefix.at > LONGEST_PREFIX)
		return false;
	while (behind > prefix.at && pfnscope_scan_is_blank(behind[-1]))
		behind--;
	shape->blanks = (unsigned int)(prefix.end - behind);
	while (take_token(&prefix, &token)) {
		unsigned int n = shape->count;

		if (n >= PFNSCOPE_SHAPE_TOKENS)
			return false;
		shape->token[n] = token;
		shape->count++;
		if (is_clock(shape->token, n))
			shape->clock = n + 1;
	}
	return shape->count;
}

static bool same_shape(const struct pfnscope_shape *a,
		       const struct pfnscope_shape *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned int i = 0; i < a->count; i++)
		if (a->token[i].kind != b->token[i].kind ||
		    a->token[i].marks != b->token[i].marks)
			return false;
	return true;
}

static void merge(struct pfnscope_shape *shape, const struct pfnscope_shape *new)
{
	for (unsigned int i = 0; i < shape->count; i++) {
		struct pfnscope_token *a = &shape->token[i];
		const struct pfnscope_token *b = &new->token[i];

		a->digits &= b->digits;
		if (a->size != b->size || memcmp(a->text, b->text, a->size))
			a->size = 0;
	}
	if (new->blanks < shape->blanks)
		shape->blanks = new->blanks;
	if (!shape->clock)
		shape->clock = new->clock;
	shape->ranks |= new->ranks;
	shape->seen++;
}

/*
 * One line may have anything before the kernel's text, a sentence for example.
 * What a time is part of, or what stands before lines of different kinds, is a
 * prefix.
 */
static bool is_trusted(const struct pfnscope_shape *shape)
{
	return shape->clock || (shape->ranks & (shape->ranks - 1));
}

/* Where the table is full, what was seen least makes room. */
static struct pfnscope_shape *shape_room(struct pfnscope_shapes *shapes)
{
	struct pfnscope_shape *least = &shapes->shape[0];

	if (shapes->count < PFNSCOPE_SHAPES)
		return &shapes->shape[shapes->count++];
	for (unsigned int i = 1; i < shapes->count; i++)
		if (shapes->shape[i].seen < least->seen)
			least = &shapes->shape[i];
	return least;
}

/**
 * pfnscope_shapes_learn - a prefix was seen
 * @shapes: what is known so far
 * @prefix: what stood before the kernel's text, with the blanks behind it
 * @rank: which line of the kernel it was
 */
void pfnscope_shapes_learn(struct pfnscope_shapes *shapes,
			   struct pfnscope_scan prefix,
			   enum pfnscope_anchor_rank rank)
{
	struct pfnscope_shape new;

	if (!shape_of(prefix, &new))
		return;
	new.ranks = 1U << rank;
	for (unsigned int i = 0; i < shapes->count; i++)
		if (same_shape(&shapes->shape[i], &new)) {
			merge(&shapes->shape[i], &new);
			return;
		}
	*shape_room(shapes) = new;
}

/**
 * pfnscope_shapes_init - what the kernel itself puts before its lines, and klogd
 * @shapes: knows nothing but that afterwards
 */
void pfnscope_shapes_init(struct pfnscope_shapes *shapes)
{
	static const char *const own[] = {
		"[    0.000001] ", "[    0.000001][    T1] ", "<4>",
		"<4>[    0.000001] ", "<4>[    0.000001][    T1] ",
		"kernel: ",
	};

	shapes->count = 0;
	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		struct pfnscope_scan s = pfnscope_scan_from(own[i],
							    strlen(own[i]));

		pfnscope_shapes_learn(shapes, s, PFNSCOPE_ANCHOR_TASK);
		pfnscope_shapes_learn(shapes, s, PFNSCOPE_ANCHOR_TRACE);
	}
}

static bool all_hex(const char *from, const char *to)
{
	for (; from < to; from++)
		if (!isxdigit((unsigned char)*from))
			return false;
	return true;
}

static bool match_word(struct pfnscope_scan *s,
		       const struct pfnscope_token *token, bool strict)
{
	const char *from = s->at;

	while (s->at < s->end && is_word(*s->at))
		s->at++;
	if (s->at == from)
		return false;
	if (token->digits)
		return all_hex(from, s->at);
	if (!token->size || !strict)
		return true;
	return (size_t)(s->at - from) == token->size &&
	       !memcmp(from, token->text, token->size);
}

static bool match_token(struct pfnscope_scan *s,
			const struct pfnscope_token *token, bool strict)
{
	unsigned char marks;
	size_t size;

	switch (token->kind) {
	case 'w':
		return match_word(s, token, strict);
	case 'B':
		size = group(*s, &marks);
		s->at += size;
		return size && (marks & token->marks) == token->marks;
	default:
		return pfnscope_scan_char(s, token->kind);
	}
}

/* Return: pieces that are there; @s is moved behind them. */
static unsigned int match_shape(const struct pfnscope_shape *shape,
				struct pfnscope_scan *s)
{
	unsigned int i;

	for (i = 0; i < shape->count; i++) {
		struct pfnscope_scan t = *s;

		pfnscope_scan_blanks(&t);
		if (!match_token(&t, &shape->token[i], !shape->clock))
			break;
		*s = t;
	}
	return i;
}

/* What is behind the blanks that always stood there is the kernel's own. */
static void skip_blanks(struct pfnscope_scan *s, unsigned int blanks)
{
	while (blanks-- && s->at < s->end && pfnscope_scan_is_blank(*s->at))
		s->at++;
}

static bool has_words(const struct pfnscope_shape *shape)
{
	for (unsigned int i = 0; i < shape->count; i++)
		if (shape->token[i].kind == 'w' || shape->token[i].kind == 'B')
			return true;
	return false;
}

static bool begins_with_anchor(struct pfnscope_scan s)
{
	struct pfnscope_anchor anchor;

	pfnscope_scan_blanks(&s);
	return pfnscope_anchor_find(s, &anchor) && anchor.at == s.at;
}

/* Of two readings that before the kernel's text, else the longer. */
static bool is_better(const struct pfnscope_match *match,
		      struct pfnscope_scan rest)
{
	bool old, new;

	if (!match->whole || match->rest.at == rest.at)
		return !match->whole;
	old = begins_with_anchor(match->rest);
	new = begins_with_anchor(rest);
	return old == new ? rest.at > match->rest.at : new;
}

static void take_match(const struct pfnscope_shape *shape,
		       struct pfnscope_scan s, unsigned int pieces,
		       struct pfnscope_match *match)
{
	bool whole = pieces == shape->count;

	if (whole)
		skip_blanks(&s, shape->blanks);
	if (whole ? !is_better(match, s) : match->whole ||
	    !shape->clock || pieces < shape->clock ||
	    s.at <= match->rest.at)
		return;
	match->rest = s;
	match->whole = whole;
	match->words = has_words(shape);
	match->clock = shape->clock != 0;
	match->stamp_missing = !whole && pieces + 1 == shape->count &&
			       is_clock_group(&shape->token[pieces]);
}

/**
 * pfnscope_shapes_match - does a line begin with a known prefix?
 * @shapes: what is known
 * @line: the line
 * @match: what was found
 *
 * Return: true where all of a prefix is there, or all up to a time: then the
 * line is a record of the same log, but not the kernel's.
 */
bool pfnscope_shapes_match(const struct pfnscope_shapes *shapes,
			   struct pfnscope_scan line,
			   struct pfnscope_match *match)
{
	*match = (struct pfnscope_match){ .rest = line };
	for (unsigned int i = 0; i < shapes->count; i++) {
		const struct pfnscope_shape *shape = &shapes->shape[i];
		struct pfnscope_scan s = line;
		unsigned int pieces;

		if (!is_trusted(shape))
			continue;
		pieces = match_shape(shape, &s);
		if (pieces)
			take_match(shape, s, pieces, match);
	}
	return match->rest.at > line.at;
}

/**
 * pfnscope_shapes_inside - does a known time in brackets stand in the line?
 * @shapes: what is known
 * @line: the line, which does not begin with a prefix
 * @match: what was found
 *
 * What a program printed without a newline stands before it.
 *
 * Return: true if so.
 */
bool pfnscope_shapes_inside(const struct pfnscope_shapes *shapes,
			    struct pfnscope_scan line,
			    struct pfnscope_match *match)
{
	const char *reach = line.end - line.at > INSIDE_REACH ?
			    line.at + INSIDE_REACH : line.end;

	for (; line.at < reach; line.at++) {
		if (*line.at != '[')
			continue;
		for (unsigned int i = 0; i < shapes->count; i++) {
			const struct pfnscope_shape *shape = &shapes->shape[i];
			struct pfnscope_scan s = line;

			if (!is_clock_group(&shape->token[0]) ||
			    match_shape(shape, &s) != shape->count)
				continue;
			*match = (struct pfnscope_match){ .rest = line };
			take_match(shape, s, shape->count, match);
			return true;
		}
	}
	return false;
}
