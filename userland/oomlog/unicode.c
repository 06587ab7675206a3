// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel prints ASCII. Word processors, web pages and phones make blanks
 * that do not break, dashes, curved quotes and wide letters of it, draw frames
 * around it, and put marks in between that nobody sees.
 */
#include "oomlog/unicode.h"

#include "base/array.h"

#define INVISIBLE	'\0'
#define WIDE		'\1'		/* of ASCII, in its order */

static const struct {
	int first;
	int last;
	char look;
} looks[] = {
	{ 0x00a0, 0x00a0, ' ' }, { 0x00ad, 0x00ad, INVISIBLE },
	{ 0x00d7, 0x00d7, '*' }, { 0x2000, 0x200a, ' ' },
	{ 0x200b, 0x200f, INVISIBLE }, { 0x2010, 0x2015, '-' },
	{ 0x2018, 0x201b, '\'' }, { 0x201c, 0x201f, '"' },
	{ 0x2028, 0x2029, '\n' }, { 0x202a, 0x202e, INVISIBLE },
	{ 0x202f, 0x202f, ' ' }, { 0x205f, 0x205f, ' ' },
	{ 0x2060, 0x206f, INVISIBLE }, { 0x2212, 0x2212, '-' },
	{ 0x2217, 0x2217, '*' }, { 0x2500, 0x2501, '-' },
	{ 0x2502, 0x2503, '|' }, { 0x2551, 0x2551, '|' },
	{ 0x3000, 0x3000, ' ' }, { 0xfeff, 0xfeff, INVISIBLE },
	{ 0xff01, 0xff5e, WIDE },
};

/* One character of two or three bytes. Return: its code, 0 where there is none. */
static int decode(struct pfnscope_scan *s)
{
	int lead = s->at < s->end ? (unsigned char)*s->at : 0;
	int more = lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : 0;
	int code = lead & (more == 1 ? 0x1f : 0xf);

	if (!more || s->end - s->at <= more)
		return 0;
	for (int i = 1; i <= more; i++) {
		if ((s->at[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (s->at[i] & 0x3f);
	}
	s->at += 1 + more;
	return code;
}

/**
 * pfnscope_unicode_ascii - which character of ASCII does one look like?
 * @code: of the character
 *
 * Return: that, 0 where it is invisible, or PFNSCOPE_UNICODE_OTHER.
 */
int pfnscope_unicode_ascii(int code)
{
	for (size_t i = 0; i < ARRAY_SIZE(looks); i++)
		if (code >= looks[i].first && code <= looks[i].last)
			return looks[i].look == WIDE ?
			       code - looks[i].first + '!' : looks[i].look;
	return PFNSCOPE_UNICODE_OTHER;
}

/**
 * pfnscope_unicode_look - read one character that looks like one of ASCII
 * @s: at a byte that is no ASCII; moved behind the character, if it does
 *
 * Return: as pfnscope_unicode_ascii().
 */
int pfnscope_unicode_look(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	int look = pfnscope_unicode_ascii(decode(&t));

	if (look != PFNSCOPE_UNICODE_OTHER)
		*s = t;
	return look;
}
