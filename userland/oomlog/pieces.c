// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to 5.x free lists and reserves are printed number by number (KERN_CONT).
 * When another CPU prints in between, each number becomes a line with a time:
 * it belongs to the list that is not complete, whatever stands between them.
 */
#include "oomlog/pieces.h"

#include <ctype.h>

static struct pfnscope_scan text_of(const struct pfnscope_logical *line)
{
	return pfnscope_scan_from(line->text, line->size);
}

/* "Node 0", whose zone follows. */
static bool is_node(struct pfnscope_scan s)
{
	int64_t node;

	return pfnscope_scan_skip(&s, "Node ") &&
	       pfnscope_scan_number(&s, &node) && pfnscope_scan_done(&s);
}

static bool is_open(const struct pfnscope_logical *line)
{
	struct pfnscope_scan s = text_of(line);

	switch (line->kind) {
	case PFNSCOPE_LINE_RESERVE:
		return s.end > s.at && s.end[-1] == ':';
	case PFNSCOPE_LINE_LIST:
		return !pfnscope_scan_after(&s, "=");
	default:
		return is_node(s);
	}
}

/* "0" or "2868" alone. */
static bool is_number(struct pfnscope_scan s)
{
	return pfnscope_scan_digits(&s) && pfnscope_scan_done(&s);
}

/* "1*4kB", "(UM)", "= 15908kB" */
static bool is_of_list(struct pfnscope_scan s)
{
	if (pfnscope_scan_char(&s, '(')) {
		while (s.at < s.end && isupper((unsigned char)*s.at))
			s.at++;
		return pfnscope_scan_char(&s, ')');
	}
	if (pfnscope_scan_skip(&s, "= "))
		return pfnscope_scan_digits(&s) &&
		       pfnscope_scan_starts(&s, "kB");
	return pfnscope_scan_digits(&s) && pfnscope_scan_char(&s, '*') &&
	       pfnscope_scan_digits(&s) && pfnscope_scan_starts(&s, "kB");
}

static bool is_zone_piece(struct pfnscope_scan s)
{
	char zone[16];
	int64_t node;

	return pfnscope_line_node_zone(&s, &node, zone, sizeof(zone)) &&
	       node == INT64_MIN && *zone;
}

static bool is_piece(const struct pfnscope_logical *held,
		     const struct pfnscope_logical *line)
{
	struct pfnscope_scan s = text_of(line);

	if (strcmp(held->caller, line->caller) || strcmp(held->host, line->host) || line->unread)
		return false;
	switch (held->kind) {
	case PFNSCOPE_LINE_RESERVE:
		return is_number(s);
	case PFNSCOPE_LINE_LIST:
		return is_of_list(s);
	default:
		return is_zone_piece(s);
	}
}

/* What another CPU may print in between. */
static bool is_between(const struct pfnscope_logical *line)
{
	switch (line->kind) {
	case PFNSCOPE_LINE_OTHER:
		return !is_node(text_of(line));
	case PFNSCOPE_LINE_TASK:
	case PFNSCOPE_LINE_TRACE:
	case PFNSCOPE_LINE_TRACE_HEAD:
	case PFNSCOPE_LINE_FRAME:
		return true;
	default:
		return false;
	}
}

static void pieces_append(struct pfnscope_logical *held,
			  const struct pfnscope_logical *line)
{
	size_t size = line->size;

	if (held->size + 1 >= sizeof(held->text))
		return;
	held->text[held->size++] = ' ';
	if (size > sizeof(held->text) - held->size)
		size = sizeof(held->text) - held->size;
	memcpy(held->text + held->size, line->text, size);
	held->size += size;
	held->kind = pfnscope_line_kind(text_of(held));
}

static void hold(struct pfnscope_pieces *pieces,
		 const struct pfnscope_logical *line)
{
	memcpy(pieces->held.text, line->text, line->size);
	pieces->held.size = line->size;
	pieces->held.number = line->number;
	pieces->held.kind = line->kind;
	pieces->held.stamped = line->stamped;
	pieces->held.unread = line->unread;
	pieces->held.quotes = line->quotes;
	memcpy(pieces->held.caller, line->caller, sizeof(line->caller));
	memcpy(pieces->held.host, line->host, sizeof(line->host));
	pieces->holding = true;
}

/**
 * pfnscope_pieces_end - hand out the line that is being held
 * @pieces: the state
 */
void pfnscope_pieces_end(struct pfnscope_pieces *pieces)
{
	if (pieces->holding)
		pieces->out.line(pieces->out.context, &pieces->held);
	pieces->holding = false;
}

/**
 * pfnscope_pieces_line - take the next message
 * @pieces: the state
 * @line: the message
 */
void pfnscope_pieces_line(struct pfnscope_pieces *pieces,
			  const struct pfnscope_logical *line)
{
	if (pieces->holding && is_piece(&pieces->held, line)) {
		pieces_append(&pieces->held, line);
		if (pieces->held.kind != PFNSCOPE_LINE_RESERVE &&
		    !is_open(&pieces->held))
			pfnscope_pieces_end(pieces);
		return;
	}
	if (pieces->holding && is_between(line)) {
		pieces->out.line(pieces->out.context, line);
		return;
	}
	pfnscope_pieces_end(pieces);
	if (is_open(line))
		hold(pieces, line);
	else
		pieces->out.line(pieces->out.context, line);
}
