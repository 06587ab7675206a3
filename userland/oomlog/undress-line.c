// SPDX-License-Identifier: GPL-2.0-only
/*
 * The line that is being put together: where it ends, and that it may be more than one, of which some lost
 * their newlines and some were printed at the same time.
 */
#include "oomlog/joined.h"
#include "oomlog/look.h"
#include "oomlog/scan.h"
#include "oomlog/undress-inside.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"

/*
 * At the column where pagers and terminals cut a line they leave a mark: less
 * and journalctl '>', Emacs '\\', others dots. Return: its size, 0 without.
 */
static size_t mark_of_cut(const char *from, size_t size)
{
	static const char *const marks[] = { "...", "\342\200\246", "\342\206\251", "\342\206\265",
					     ">", "\\" };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		size_t length = strlen(marks[i]);

		if (size > length && !memcmp(from + size - length, marks[i], length))
			return length;
	}
	return 0;
}

static void emit(struct pfnscope_undress *u, const char *from, size_t size,
		 bool full)
{
	size_t mark = full ? mark_of_cut(from, size) : 0;
	const struct pfnscope_record record = {
		.text = from,
		.size = size - mark,
		.number = u->number,
		.width = u->width,
		.goes_on = u->goes_on,
		.full = full,
		.marked = mark != 0,
		.doubled = u->doubled,
	};

	pfnscope_strip_line(u->strip, &record);
}

/*
 * Two messages in one line: program output without a newline before a kernel
 * line, or two CPUs on one console. What is behind a second stamp is its own.
 */
static const char *hand_out_stamped(struct pfnscope_undress *u)
{
	struct pfnscope_scan s = pfnscope_scan_from(u->line, u->size);
	const char *from = s.at;
	bool seen = false;

	for (; s.at < s.end; s.at++) {
		if (*s.at != '[' || !pfnscope_look_is_stamp(s))
			continue;
		if (seen || s.at - from > 60) {
			emit(u, from, (size_t)(s.at - from), false);
			from = s.at;
		}
		seen = true;
	}
	return from;
}

#define HEAD_MAX	96

/* "Oct 27 18:00:02 web-1 kernel: ": what a logger puts before each message. */
struct head {
	char host[64];			/* "web-1 kernel: " */
	unsigned int words;		/* with the time before it */
};

/* Back over a word and the blanks before it. */
static const char *word_back(const char *at, const char *begin)
{
	while (at > begin && at[-1] == ' ')
		at--;
	while (at > begin && at[-1] != ' ')
		at--;
	return at;
}

/* "18:00:02", and the words of a date before it: "2024-10-27", "27", "Oct 27". */
static unsigned int words_of_time(const char *time, const char *begin)
{
	const char *day = word_back(time, begin), *month = word_back(day, begin);

	if (day == time || !isdigit((unsigned char)*day))
		return 1;
	return month != day && !isdigit((unsigned char)*month) && isblank((unsigned char)day[1 + !!isdigit((unsigned char)day[1])]) ?
	       3 : 2;
}

static bool head_of(struct pfnscope_scan line, struct head *head)
{
	struct pfnscope_scan kernel, time;
	const char *host, *at;

	if (line.end - line.at > HEAD_MAX)
		line.end = line.at + HEAD_MAX;
	if (!pfnscope_scan_find(&line, " kernel: ", &kernel))
		return false;
	host = word_back(kernel.at, line.at);
	at = word_back(host, line.at);
	time = (struct pfnscope_scan){ at, host };
	if (!pfnscope_scan_has(time, ":") || !isdigit((unsigned char)*at))
		return false;
	pfnscope_scan_copy(host, kernel.at + strlen(" kernel: "), head->host, sizeof(head->host));
	head->words = words_of_time(at, line.at);
	return true;
}

/* A log without stamps whose newlines were lost: the head of its first message comes again and again. */
static const char *hand_out_headed(struct pfnscope_undress *u)
{
	struct pfnscope_scan s = pfnscope_scan_from(u->line, u->size), next;
	const char *from = s.at;
	struct head head;

	if (!head_of(s, &head))
		return from;
	s.at += strlen(head.host);
	while (pfnscope_scan_find(&s, head.host, &next)) {
		const char *begin = next.at;

		for (unsigned int i = 0; i < head.words; i++)
			begin = word_back(begin, from);
		s.at = next.at + strlen(head.host);
		if (begin <= from)
			continue;
		emit(u, from, (size_t)(begin - from), false);
		from = begin;
	}
	return from;
}

static const char *hand_out_messages(struct pfnscope_undress *u)
{
	const char *from = hand_out_stamped(u);

	return from == u->line ? hand_out_headed(u) : from;
}

/**
 * pfnscope_undress_end_line - a line ends here
 * @u: the state
 * @full: it fills the column at which this text was cut
 */
void pfnscope_undress_end_line(struct pfnscope_undress *u, bool full)
{
	const char *from = hand_out_messages(u);

	emit(u, from, (size_t)(u->line + u->size - from), full);
	u->size = 0;
}

/* Newlines were lost: of the kernel's lines the last one, or row of a table, that its first word tells. */
static const char *last_joined(const struct pfnscope_undress *u)
{
	struct pfnscope_joined joined;
	const char *last = u->line, *next;

	pfnscope_joined_begin(&joined, pfnscope_scan_from(u->line, u->size));
	while ((next = pfnscope_joined_next(&joined)))
		if (joined.rows != PFNSCOPE_JOINED_STATS)
			last = next;
	return last;
}

/* There is no room: the last message, which is not whole yet, stays. */
static void make_room_in_line(struct pfnscope_undress *u)
{
	const char *from = hand_out_messages(u), *end = u->line + u->size;

	if (from == u->line) {
		from = last_joined(u);
		if (from == u->line)
			from = end;
		emit(u, u->line, (size_t)(from - u->line), false);
		u->goes_on = true;
	}
	u->size = (size_t)(end - from);
	memmove(u->line, from, u->size);
}

/**
 * pfnscope_undress_keep - one more character of the line
 * @u: the state
 * @c: the character
 *
 * A line longer than any of the kernel's may be many that lost their newlines.
 */
void pfnscope_undress_keep(struct pfnscope_undress *u, char c)
{
	u->broken = false;
	/* A blank that does not break, of a text that is not UTF-8. */
	if (c == '\240' && (!u->size || isascii(u->line[u->size - 1])))
		c = ' ';
	if (u->size == sizeof(u->line))
		make_room_in_line(u);
	u->line[u->size++] = c;
}
