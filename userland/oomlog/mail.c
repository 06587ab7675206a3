// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quoted-printable: "=3D" is a '=', and a '=' at the end of a line means that
 * the line goes on. It is undone before anything else is looked for, since it
 * splits words, tags and escapes anywhere.
 */
#include "oomlog/mail.h"
#include "oomlog/scan.h"

#include <ctype.h>

/* '=', blanks that a relay put there, CR and LF are seen as a whole. */
#define LONGEST		16

static bool skip_newline(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	pfnscope_scan_blanks(&t);
	pfnscope_scan_char(&t, '\r');
	if (!pfnscope_scan_char(&t, '\n'))
		return false;
	*s = t;
	return true;
}

static int hex_pair(const struct pfnscope_scan *s)
{
	int value = 0;

	if (s->end - s->at < 2)
		return -1;
	for (int i = 0; i < 2; i++) {
		int c = (unsigned char)s->at[i];

		if (!isdigit(c) && (c < 'A' || c > 'F'))
			return -1;
		value = value * 16 + (isdigit(c) ? c - '0' : c - 'A' + 10);
	}
	return value;
}

/*
 * Behind a '=': bytes that a kernel log never holds otherwise are decoded.
 * "=10" stays: only a part of the text may be encoded, and this is "order=10".
 */
static char *equals_sign(struct pfnscope_mail *mail, struct pfnscope_scan *s,
			 char *out)
{
	int value = hex_pair(s);

	if (skip_newline(s)) {
		mail->undone++;
		return out;
	}
	if (value == '=' || value == ' ' || value == '\t' || value == '>' ||
	    value >= 0x80) {
		s->at += 2;
		*out++ = (char)value;
	} else {
		*out++ = '=';
	}
	return out;
}

/*
 * Each newline that was undone left two bytes of room, but those of the block
 * before are in use again: then its mark waits for the next line.
 */
static char *mail_newline(struct pfnscope_mail *mail, const struct pfnscope_scan *s,
			  char *out)
{
	*out++ = '\n';
	for (; mail->undone && out < s->at; mail->undone--)
		*out++ = PFNSCOPE_MAIL_MARK;
	return out;
}

/**
 * pfnscope_mail_decode - undo quoted-printable in place, where there is any
 * @mail: what was seen so far
 * @text: bytes that were not decoded
 * @filled: a size that has these bytes as its last; it becomes less
 * @size: how many they are
 * @last: nothing follows them
 *
 * Return: bytes of @text that are decoded; the few behind them wait for more.
 */
size_t pfnscope_mail_decode(struct pfnscope_mail *mail, char *text,
			    size_t *filled, size_t size, bool last)
{
	struct pfnscope_scan s = pfnscope_scan_from(text, size);
	char *out = text;
	size_t left;

	mail->encoded |= memmem(text, size, "=3D", 3) != NULL;
	if (!mail->encoded)
		return size;
	while (s.at < s.end) {
		if (!last && s.end - s.at < LONGEST && *s.at == '=')
			break;
		if (pfnscope_scan_char(&s, '='))
			out = equals_sign(mail, &s, out);
		else if (*s.at == '\n' && s.at++)
			out = mail_newline(mail, &s, out);
		else
			*out++ = *s.at++;
	}
	left = (size_t)(s.end - s.at);
	memmove(out, s.at, left);
	*filled -= (size_t)(s.at - out);
	return (size_t)(out - text);
}
