// SPDX-License-Identifier: GPL-2.0-only
/* The prefixes of one line: quotes, syslog, journal, kmsg, levels, times. */
#include "oomlog/scan.h"
#include "oomlog/undress.h"

#include <ctype.h>
#include <string.h>

/* Where a log daemon's own words end at the latest. */
#define TAG_REACH	200

static void quotes(struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	for (;;) {
		struct pfnscope_scan t = *s;

		pfnscope_scan_blanks(&t);
		if (!pfnscope_scan_char(&t, '>'))
			break;
		line->quotes++;
		pfnscope_scan_char(&t, ' ');
		*s = t;
	}
}

/* "<4>" of a console or of /proc/kmsg. */
static bool level(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	size_t digits;

	if (!pfnscope_scan_char(&t, '<'))
		return false;
	digits = pfnscope_scan_digits(&t);
	if (!digits || digits > 3 || !pfnscope_scan_char(&t, '>'))
		return false;
	*s = t;
	return true;
}

static void take_caller(struct pfnscope_scan s, struct pfnscope_logline *line)
{
	pfnscope_scan_word(&s, "] ,;", line->caller, sizeof(line->caller));
}

/* A record of /dev/kmsg: "4,1234,5678901,-,caller=T17;message". */
static bool kmsg_record(struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	struct pfnscope_scan t = *s, caller;

	for (int i = 0; i < 3; i++)
		if (!pfnscope_scan_digits(&t) || !pfnscope_scan_char(&t, ','))
			return false;
	if (t.at >= t.end || !strchr("-c+", *t.at))
		return false;
	caller = t;
	while (t.at < t.end && *t.at != ';' && *t.at != ' ')
		t.at++;
	caller.end = t.at;
	if (!pfnscope_scan_char(&t, ';'))
		return false;
	if (pfnscope_scan_after(&caller, "caller="))
		take_caller(caller, line);
	*s = t;
	return true;
}

static bool is_clock(struct pfnscope_scan s)
{
	if (s.end - s.at > 6)
		s.end = s.at + 6;
	return pfnscope_scan_digits(&s) == 2 && pfnscope_scan_char(&s, ':') &&
	       pfnscope_scan_digits(&s) == 2;
}

/*
 * A time in brackets: seconds, "+0.1", "Mon Mar 25 23:35:17 2019", ISO 8601,
 * "12.345678 <    0.000017>".
 */
static bool bracket_time(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	bool clock = false, dot = false, letters = false;

	if (!pfnscope_scan_char(&t, '['))
		return false;
	for (; t.at < t.end && *t.at != ']'; t.at++) {
		if (t.at - s->at > 40 || !strchr(" .,+-:TZ<>", *t.at)) {
			if (!isalnum((unsigned char)*t.at) ||
			    t.at - s->at > 40)
				return false;
		}
		letters |= isalpha((unsigned char)*t.at) != 0;
		dot |= *t.at == '.';
		clock |= is_clock(t) && !isdigit((unsigned char)t.at[-1]);
	}
	if (!pfnscope_scan_char(&t, ']') || !(clock || (dot && !letters)))
		return false;
	pfnscope_scan_char(&t, ' ');
	*s = t;
	return true;
}

/* A stamp has blanks too: wrapped, "[" ends a line and "828.600750]" follows. */
static bool broken_stamp(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

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

/* CONFIG_PRINTK_CALLER: "[ T5241]" of a task, "[    C1]" of a CPU. */
static bool caller(struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	struct pfnscope_scan t = *s, id;

	if (!pfnscope_scan_char(&t, '['))
		return false;
	pfnscope_scan_blanks(&t);
	id = t;
	if (!pfnscope_scan_char(&t, 'T') && !pfnscope_scan_char(&t, 'C'))
		return false;
	if (!pfnscope_scan_digits(&t) || !pfnscope_scan_char(&t, ']'))
		return false;
	take_caller(id, line);
	pfnscope_scan_char(&t, ' ');
	*s = t;
	return true;
}

/* dmesg -x: "kern  :warn  : ". */
static bool facility(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (!pfnscope_scan_skip(&t, "kern"))
		return false;
	pfnscope_scan_blanks(&t);
	if (!pfnscope_scan_char(&t, ':'))
		return false;
	while (t.at < t.end && (isalpha((unsigned char)*t.at) || *t.at == ' '))
		t.at++;
	if (!pfnscope_scan_char(&t, ':'))
		return false;
	*s = t;
	return true;
}

/* "kernel:" or "kernel[0]:" behind whatever date and host a daemon put. */
static bool kernel_tag(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (t.end - t.at > TAG_REACH)
		t.end = t.at + TAG_REACH;
	while (pfnscope_scan_after(&t, "kernel")) {
		const char *word = t.at - strlen("kernel");
		struct pfnscope_scan tag = t;

		if (word > s->at && word[-1] != ' ' && word[-1] != '\t')
			continue;
		if (pfnscope_scan_char(&tag, '[')) {
			pfnscope_scan_digits(&tag);
			if (!pfnscope_scan_char(&tag, ']'))
				continue;
		}
		if (!pfnscope_scan_char(&tag, ':'))
			continue;
		pfnscope_scan_char(&tag, ' ');
		s->at = tag.at;
		return true;
	}
	return false;
}

/* "Jun 18 07:44:52 " or "2024-03-13T11:16:48.123+01:00 ", without a tag. */
static bool date(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	size_t reach = 0;

	while (t.at < t.end && reach < 40 && !is_clock(t)) {
		char c = *t.at++;

		reach++;
		if (!isalnum((unsigned char)c) && c != ' ' && c != '-')
			return false;
	}
	if (reach < 7 || reach >= 40 || t.at >= t.end)
		return false;
	while (t.at < t.end && *t.at != ' ')
		t.at++;
	pfnscope_scan_blanks(&t);
	*s = t;
	return true;
}

/* What a container's log has behind its date: "stdout F ". */
static bool stream(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (!pfnscope_scan_skip(&t, "std") || (!pfnscope_scan_skip(&t, "out ") &&
					       !pfnscope_scan_skip(&t, "err ")))
		return false;
	if (!pfnscope_scan_skip(&t, "F ") && !pfnscope_scan_skip(&t, "P "))
		return false;
	*s = t;
	return true;
}

/* What a serial log of an MTK or Huawei kernel has: "(1)[123:comm]". */
static bool cpu_and_task(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (!pfnscope_scan_char(&t, '(') || !pfnscope_scan_digits(&t) ||
	    !pfnscope_scan_skip(&t, ")[") || !pfnscope_scan_digits(&t) ||
	    !pfnscope_scan_char(&t, ':'))
		return false;
	while (t.at < t.end && *t.at != ']')
		t.at++;
	if (!pfnscope_scan_char(&t, ']'))
		return false;
	*s = t;
	return true;
}

/* One prefix off. A line that had one begins a message of its own. */
static bool one_prefix(struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	struct pfnscope_scan t = *s;

	pfnscope_scan_blanks(&t);
	if (!level(&t) && !kmsg_record(&t, line) && !bracket_time(&t) &&
	    !broken_stamp(&t) && !facility(&t) && !kernel_tag(&t) &&
	    !(line->stamped && (caller(&t, line) || cpu_and_task(&t) ||
				stream(&t))) &&
	    !(pfnscope_scan_skip(&t, "MESSAGE=")) && !date(&t))
		return false;
	line->stamped = true;
	*s = t;
	return true;
}

/* Program output before the kernel's stamp: only the kernel's part counts. */
static void to_stamp(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	while (pfnscope_scan_after(&t, "[")) {
		struct pfnscope_scan here = { t.at - 1, t.end };
		struct pfnscope_scan after = here;

		if (here.at - s->at > 60)
			return;
		if (!bracket_time(&after))
			continue;
		s->at = here.at;
		return;
	}
}

/* What stands behind a line: blanks, and the break that HTML has there. */
static void suffix(struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	static const char *const breaks[] = { "<br>", "<br/>", "<br />" };

	for (size_t i = 0; i < sizeof(breaks) / sizeof(*breaks); i++) {
		size_t size = strlen(breaks[i]);

		if ((size_t)(s->end - s->at) >= size &&
		    !memcmp(s->end - size, breaks[i], size))
			s->end -= size;
	}
	line->spaced = s->end > s->at && (s->end[-1] == ' ' ||
					  s->end[-1] == '\t');
	while (s->end > s->at && (s->end[-1] == ' ' || s->end[-1] == '\t'))
		s->end--;
}

/* What JSON has behind a message, when that ended in an escaped newline. */
static bool is_json_rest(const struct pfnscope_scan *s)
{
	return pfnscope_scan_starts(s, "\",\"") ||
	       pfnscope_scan_starts(s, "\"}");
}

/**
 * pfnscope_undress_line - take the prefixes off one line
 * @text: the line
 * @size: its bytes
 * @line: filled in, but for the line number
 */
void pfnscope_undress_line(const char *text, size_t size,
			   struct pfnscope_logline *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(text, size);

	quotes(&s, line);
	for (int i = 0; i < 8 && one_prefix(&s, line); i++)
		;
	if (!line->stamped) {
		to_stamp(&s);
		while (one_prefix(&s, line))
			;
	}
	suffix(&s, line);
	if (is_json_rest(&s)) {
		line->stamped = true;
		s.at = s.end;
	}
	line->indented = s.at < s.end && (*s.at == ' ' || *s.at == '\t');
	pfnscope_scan_blanks(&s);
	line->text = s.at;
	line->size = (size_t)(s.end - s.at);
}
