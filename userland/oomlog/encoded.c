// SPDX-License-Identifier: GPL-2.0-only
/*
 * A log within a mail, a ticket or an address: blocks of base64, "TWVtLUluZm8", and
 * lines whose blanks and newlines are percent signs, "Mem-Info%3A%0A". A line is
 * one of these if its first bytes have no blank and mean text.
 */
#include "oomlog/encoded.h"

#include "oomlog/scan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A line of base64 has 76 bytes in mails and 64 in keys. */
#define SHORTEST	60

/* "%0A" */
#define PERCENT_SIZE	3

/* So many percent signs in a line without a blank are no text. */
#define PERCENTS	4

static int base64_value(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? memchr(digits, c, sizeof(digits) - 1) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Add one digit. Return: true where a byte is whole. */
static bool base64_digit(struct pfnscope_encoded *encoded, int value, char *byte)
{
	encoded->bits = encoded->bits << 6 | (uint32_t)value;
	encoded->count += 6;
	if (encoded->count < 8)
		return false;
	encoded->count -= 8;
	*byte = (char)(encoded->bits >> encoded->count);
	encoded->bits &= (1U << encoded->count) - 1;
	return true;
}

static bool is_text(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte == '\n' || byte == '\r' || byte == '\t' || byte == 0x1b ||
	       (byte >= 0x20 && byte != 0x7f);
}

/* Does this line mean text that has a blank? A key or a hash does not. */
static bool is_base64(struct pfnscope_scan line)
{
	struct pfnscope_encoded encoded = { 0 };
	bool blank = false;
	char byte;

	if (line.end - line.at < SHORTEST)
		return false;
	for (; line.at < line.end && *line.at != '='; line.at++) {
		int value = base64_value(*line.at);

		if (value < 0)
			return false;
		if (!base64_digit(&encoded, value, &byte))
			continue;
		if (!is_text(byte))
			return false;
		blank |= byte == ' ';
	}
	return blank;
}

static int percent_value(struct pfnscope_scan s)
{
	char digits[3] = "";

	if (s.end - s.at < PERCENT_SIZE || *s.at != '%' || !isxdigit((unsigned char)s.at[1]) ||
	    !isxdigit((unsigned char)s.at[2]))
		return -1;
	memcpy(digits, s.at + 1, 2);
	return (int)strtol(digits, NULL, 16);
}

/* Where blanks are "%20" a '+' is one, of "foo+0x1/0x2". */
static bool is_percent(struct pfnscope_scan line, bool *plus)
{
	unsigned int blanks = 0, pluses = 0, others = 0;

	for (; line.at < line.end; line.at++) {
		int value = percent_value(line);

		if (*line.at == ' ')
			return false;
		blanks += value == ' ';
		pluses += *line.at == '+';
		others += value >= 0;
	}
	*plus = !blanks;
	return others >= PERCENTS && (blanks >= PERCENTS || pluses >= PERCENTS);
}

/* The first bytes of the line at hand. */
static struct pfnscope_scan head_of(const char *at, size_t size)
{
	struct pfnscope_scan s = pfnscope_scan_from(at, size);
	const char *end;

	if (size > PFNSCOPE_ENCODED_AHEAD)
		s.end = s.at + PFNSCOPE_ENCODED_AHEAD;
	end = memchr(s.at, '\n', (size_t)(s.end - s.at));
	if (end)
		s.end = end;
	while (s.end > s.at && s.end[-1] == '\r')
		s.end--;
	return s;
}

/* A block goes on in the next line with the bits of this one; its last is shorter. */
static bool block_goes_on(const struct pfnscope_encoded *e, struct pfnscope_scan head)
{
	if (e->encoding != PFNSCOPE_ENCODING_BASE64 || e->padded)
		return false;
	for (; head.at < head.end; head.at++)
		if (base64_value(*head.at) < 0 && *head.at != '=')
			return false;
	return true;
}

/* Return: bytes written: a block that has ended ends its line. */
static size_t begin_encoded(struct pfnscope_encoded *e, struct pfnscope_scan head, char *out)
{
	bool before = e->encoding == PFNSCOPE_ENCODING_BASE64;

	e->begun = true;
	if (block_goes_on(e, head))
		return 0;
	e->encoding = PFNSCOPE_ENCODING_NONE;
	if (is_base64(head))
		e->encoding = PFNSCOPE_ENCODING_BASE64;
	else if (is_percent(head, &e->plus))
		e->encoding = PFNSCOPE_ENCODING_PERCENT;
	e->bits = 0;
	e->count = 0;
	e->padded = false;
	if (before)
		*out = '\n';
	return before;
}

/* The characters of an encoded line up to its end. Return: bytes written. */
static size_t undo(struct pfnscope_encoded *e, struct pfnscope_scan *s, char *out, size_t room)
{
	bool block = e->encoding == PFNSCOPE_ENCODING_BASE64;
	size_t made = 0;

	while (s->at < s->end && made < room && e->begun) {
		int value = block ? base64_value(*s->at) : percent_value(*s);

		e->begun = *s->at != '\n';
		e->padded |= block && *s->at == '=';
		if (block)
			made += value >= 0 && base64_digit(e, value, &out[made]);
		else
			out[made++] = value >= 0 ? (char)value :
				      e->plus && *s->at == '+' ? ' ' : *s->at;
		s->at += block || value < 0 ? 1 : PERCENT_SIZE;
	}
	return made;
}

static size_t copy_plain(struct pfnscope_encoded *e, struct pfnscope_scan *s, char *out,
			 size_t room)
{
	size_t size = (size_t)(s->end - s->at);
	const char *end;

	if (size > room)
		size = room;
	end = memchr(s->at, '\n', size);
	if (end)
		size = (size_t)(end + 1 - s->at);
	memcpy(out, s->at, size);
	s->at += size;
	e->begun = !end;
	return size;
}

/* Enough of the line to tell what it is? An escape must not be cut either. */
static bool can_tell(const struct pfnscope_encoded *e, const struct pfnscope_scan *s, bool last)
{
	size_t size = (size_t)(s->end - s->at);
	size_t need = e->begun ? PERCENT_SIZE : PFNSCOPE_ENCODED_AHEAD;

	if (e->begun && e->encoding != PFNSCOPE_ENCODING_PERCENT)
		return size;
	return size >= need || (size && (last || memchr(s->at, '\n', size)));
}

/**
 * pfnscope_encoded_undo - decode what is encoded, copy what is not
 * @e: the state
 * @s: the text, moved behind what was taken
 * @out: gets it
 * @room: bytes that fit, two at least
 * @last: nothing follows
 *
 * Return: bytes written. What is left of @s, PFNSCOPE_ENCODED_AHEAD bytes at
 * most if there was room, waits for more.
 */
size_t pfnscope_encoded_undo(struct pfnscope_encoded *e, struct pfnscope_scan *s, char *out,
			     size_t room, bool last)
{
	size_t made = 0;

	while (room - made > 1 && can_tell(e, s, last)) {
		if (!e->begun)
			made += begin_encoded(e, head_of(s->at, (size_t)(s->end - s->at)),
					      out + made);
		if (e->encoding == PFNSCOPE_ENCODING_NONE)
			made += copy_plain(e, s, out + made, room - made);
		else
			made += undo(e, s, out + made, room - made);
	}
	return made;
}
