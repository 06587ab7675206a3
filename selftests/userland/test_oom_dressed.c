// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every dump that was recorded in our guests, in every dress that people paste logs in: its facts,
 * its verdicts and its tables must be those of the dump as it was recorded.
 */
// with: oom-reports.c oom-dumps.c
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "oom-dumps.h"

struct dress {
	const char *before;
	const char *behind;
};

#define T	"%zu.123456"

static const struct dress dresses[] = {
	{ "", "\n" }, { "", "\r\n" }, { "    ", "\n" }, { "\t", "\n" },
	{ "[  " T "] ", "\n" }, { "[  " T "] ", "\r\n" },
	{ "[  " T "] ", "\r\r\n" }, { "[  " T "] ", "\n\n" },
	{ "[  " T "][ T5241] ", "\n" }, { "[  " T "][    C1] ", "\n" },
	{ "[Sat Nov 21 11:10:59 2026] ", "\n" }, { "[  +0.000012] ", "\n" },
	{ "[   " T " <    0.000017>] ", "\n" },
	{ "[2024-03-13T11:16:48,123456+08:00] ", "\n" },
	{ "kern  :warn  : [  " T "] ", "\n" },
	{ "Jun 18 07:44:52 host.example.org kernel: [  " T "] ", "\n" },
	{ "Jun  8 07:44:52 host kernel: ", "\n" },
	{ "2024-03-13T11:16:48.123456+01:00 host kernel: [  " T "] ", "\n" },
	{ "2024-03-13T11:16:48+0100 host kernel: ", "\n" },
	{ "[   " T "] host kernel: ", "\n" },
	{ "1710325008.123456 host kernel: ", "\n" },
	{ "Wed 2024-03-13 11:16:48 CET host kernel: ", "\n" },
	{ "4,%zu,123456,-;", "\n" }, { "4,%zu,123456,-,caller=T52;", "\n" },
	{ "4,%zu,123456,-,ncfrag=0/33;", "\n" },
	{ "<4>", "\n" }, { "<4>[  " T "] ", "\n" }, { "MESSAGE=", "\n" },
	{ "> [  " T "] ", "\n" }, { ">> ", "\n" },
	{ "> > Jun 18 07:44:52 host kernel: ", "\n" },
	{ "| [  " T "] ", "\n" }, { "%zu:[  1.123456] ", "\n" },
	{ "/var/log/kern.log:Jun 18 07:44:52 host kernel: [  " T "] ", "\n" },
	{ "\033[32m[  " T "] \033[0m\033[33m", "\033[0m\n" },
	{ "{\"log\":\"[  " T "] ", "\\n\",\"stream\":\"stdout\",\"time\":\"x\"}\n" },
	{ "2024-03-13T11:16:48.123456789Z stdout F [  " T "] ", "\n" },
	{ "[  " T "] ", "<br>\n" },
	{ "[  " T "] ", "\n[  1.000001] usb 1-1: device not accepting address\n" },
	{ "login: [  " T "] ", "\r\n" },
	/* Dates in the language of the machine, as dmesg -T prints them. */
	{ "[\344\272\224 5\346\234\210 15 17:19:17 2026] ", "\n" },
	{ "[\346\234\210  5\346\234\210 19 18:14:43 2025] ", "\n" },
	{ "[\320\237\320\275 \320\274\320\260\321\217 19 18:14:43 2025] ", "\n" },
	{ "[ven. nov. 28 07:26:44 2025] ", "\n" },
	/* Loggers. */
	{ "<4>1 2025-05-19T18:14:43.465831Z host kernel - - - [  " T "] ", "\n" },
	{ "<0.4> 2019-07-25 18:19:19 host kernel - - - [  " T "] ", "\n" },
	{ "May 19 18:14:43 node-a [  " T "] ", "\n" },
	{ "May 19 18:14:43 node-a ", "\n" },
	{ "05-19 18:14:43.465     0     0 W kernel  : ", "\n" },
	{ "05-19 18:14:43.%zu     0     0 W kernel  : [  " T "] ", "\n" },
	{ "W/kernel  (    0): [  " T "] ", "\n" },
	{ "<4>[  " T "] c%zu (0) ", "\n" }, { "<4>[  " T "] (1)[123:kworker/0:1]", "\n" },
	{ "[2-%zu.1870] ", "\n" }, { "kernel: [  " T "] ", "\n" },
	{ "~%zu~ node-a ~K~ ", "\n" }, { "[ ] ", "\n" }, { "[INFO] ", "\n" },
	{ "host-%zu | [  " T "] ", "\n" }, { "Sep 15 14:44:55.%zu [  " T "] ", "\n" },
	{ "time=2024-03-13T11:16:48Z level=warn msg=\"", "\"\n" },
	/* Tables, also with columns behind the message. */
	{ "2025-05-19T18:14:43Z,node-a,kernel,warning,\"", "\"\n" },
	{ "%zu,\"", "\",\"kernel\",\"2025-05-19T18:14:43Z\"\n" },
	{ "2025-05-19 18:14:43\tnode-a\tkernel\t", "\tWARN\n" },
	{ "Mar 5, 2024 @ 12:00:00.%zu\tnode-a\t", "\n" },
	{ "| 2025-05-19 18:14:43 | ", " |\n" },
	{ "<tr><td>2025-05-19 18:14:43</td><td>", "</td></tr>\n" },
	/* Records of JSON on a line, printed wide, of bytes, within another. */
	{ "{\"_HOSTNAME\": \"h\", \"PRIORITY\": \"4\", \"MESSAGE\": \"", "\", \"N\": {\"a\": \"b\"}}\n" },
	{ "      {\n         \"pri\": 4,\n         \"time\":    %zu.200000,\n"
	  "         \"msg\": \"", "\"\n      },\n" },
	{ "{\"time\":\"x\",\"kubernetes\":{\"pod\":\"a\"},\"log\":\"<4>[  " T "] ", "\\n\"}," },
	{ "{\"message\":\"\\u001b[33m[  " T "]\\u001b[0m ", "\",\"event\":{\"n\":%zu}}\n" },
	{ "May 19 18:14:43 node-a dockerd[12]: {\"log\":\"", "\\n\",\"stream\":\"stdout\"}\n" },
	{ "{\\\"MESSAGE\\\":\\\"", "\\\",\\\"PRIORITY\\\":\\\"4\\\"}\n" },
	{ "{\n\t\"__CURSOR\" : \"s=%zu\",\n\t\"MESSAGE\" : \"", "\"\n}\n" },
	/* Records over several lines, of which one is the message; other programs' lines. */
	{ "Fri 2026-11-27 06:40:20.123456 CET [s=abc;i=%zu]\n    _TRANSPORT=kernel\n    MESSAGE=",
	  "\n    _BOOT_ID=0123456789abcdef\n    PRIORITY=4\n" },
	{ "__CURSOR=s=abc;i=%zu\n_TRANSPORT=kernel\nMESSAGE=", "\n_BOOT_ID=ab\n\n" },
	{ "-[ RECORD %zu ]-----\nts  | 2026-11-27\nmsg | ", "\n" }, { "ts   : %zu\nline : ", "\n\n" },
	{ "  [%zu]=>\n  string(20) \"[  1.123456] ", "\"\n" }, { "%zu\n[  1.123456] ", "\n" },
	{ "[  " T "] ", "\n2026-11-27 06:40:20 INFO app: done, order=5 free:12\n" },
	/* Colours: of terminals, shown as text, with the invisible byte lost. */
	{ "^[[32m[  " T "] ^[[0m", "\n" }, { "#033[32m[  " T "] #033[0m", "\n" },
	{ "\\x1b[32m[  " T "] \\x1b[0m", "\n" }, { "[32m[  " T "] [0m[33m", "[0m\n" },
	{ "\\033[0;32m[  " T "]\\033[0m ", "\n" }, { "[  " T "] ", "^M\n" },
	/* Newlines of other kinds. */
	{ "[  " T "] ", "\r" }, { "[  " T "] ", "\n\r" }, { "", "\r" }, { "", "<br>" },
	{ "", "<br />\n" }, { "[  " T "] ", "</p>\n<p>" }, { "", "\\r\\n" },
	{ "[  " T "] ", "\\\\n" }, { "<div class=\"line\">[  " T "] ", "</div>" },
	/* Markup. */
	{ "    [  " T "] ", "  \n" }, { "> [  " T "] ", "\r\n" }, { "+[  " T "] ", "\n" },
	{ "dmesg.0:%zu:[  " T "] ", "\n" }, { "&gt; [&nbsp; " T "] ", "<br>\n" },
	{ "\\[  " T "\\] ", "\n" }, { "\357\273\277[  " T "] ", "\n" },
	{ "> > \302\240[ \302\240" T "] ", "\n" },
	/* Frames around it, and marks that nobody sees. */
	{ "\342\224\202 [  " T "] ", " \342\224\202\n" },
	{ "\342\200\213[  " T "] ", "\342\200\213\n" },
};

static void dress_line(const struct dress *dress, const char *line, size_t number)
{
	put_prefix(dress->before, number);
	put_text(line);
	put_prefix(dress->behind, number);
}

static void prefixes(void **state)
{
	(void)state;
	for (size_t d = 0; d < sizeof(dresses) / sizeof(*dresses); d++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++)
				dress_line(&dresses[d], dumps[i].line[l], l);
			same(&dumps[i], 1, dresses[d].before);
		}
}

/* Exports of log services and journalctl -r: the newest record first. */
static void newest_first(void **state)
{
	static const struct dress records[] = {
		{ "[  " T "] ", "\n" }, { "", "\n" },
		{ "2025-05-19T18:14:43.%zuZ,node-a,\"", "\"\n" },
		{ "{\"@timestamp\":%zu,\"message\":\"", "\"}\n" },
	};

	(void)state;
	for (size_t d = 0; d < sizeof(records) / sizeof(*records); d++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = dumps[i].lines; l--;)
				dress_line(&records[d], dumps[i].line[l], l);
			same(&dumps[i], 1, records[d].before);
		}
}

static void piece(const char *text, size_t size)
{
	put_text("[   12.123456] ");
	put(text, size);
	put_text("\n[   12.123457]  ? other_cpu+0x1/0x2\n");
}

/* Each word on its own line, with a time and another CPU's lines in between. */
static void in_pieces(const char *line)
{
	while (*line) {
		size_t size = strcspn(line, " ");

		/* "Node 0 " and "= 4kB" were printed at once. */
		if (!strncmp(line, "Node ", 5) || *line == '=')
			size += 1 + strcspn(line + size + 1, " ");
		piece(line, size);
		line += size + (line[size] == ' ');
	}
}

/* Kernels up to 5.x print lists number by number, while other CPUs print. */
static void number_by_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++) {
			const char *line = dumps[i].line[l];

			if (!strncmp(line, "lowmem_reserve[]:", 17) ||
			    (!strncmp(line, "Node ", 5) && strstr(line, "*4kB"))) {
				in_pieces(line);
			} else if (!strncmp(line, "Node ", 5) &&
				   strstr(line, " free:")) {
				piece(line, 6);
				piece(line + 7, strlen(line + 7));
			} else {
				put_text("[   12.123456] ");
				put_text(line);
				put_text("\n");
			}
		}
		same(&dumps[i], 1, "number by number");
	}
}

/* A record, and what was wrapped at blanks or cut at a column since: its pieces follow it. */
static void put_pieces(const char *record, size_t width, bool blanks)
{
	while (strlen(record) > width) {
		size_t size = width;

		while (blanks && size && record[size] != ' ')
			size--;
		if (!size)
			break;
		put(record, size);
		put_text("\n");
		record += size + (record[size] == ' ' && blanks);
	}
	put_text(record);
	put_text("\n");
}

/* Such an export, pasted into what is not as wide. */
static void newest_first_in_pieces(void **state)
{
	static char record[1 << 14];

	(void)state;
	for (int blanks = 0; blanks < 2; blanks++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = dumps[i].lines; l--;) {
				snprintf(record, sizeof(record), "[   %zu.123456] %s", l + 10,
					 dumps[i].line[l]);
				put_pieces(record, blanks ? 76 : 80, blanks);
			}
			same(&dumps[i], 1, blanks ? "newest first, wrapped" : "newest first, cut");
		}
}

/* What tells the columns of a table of tasks got lost. */
static void table_without_heading(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++)
			if (!strstr(dumps[i].line[l], "total_vm"))
				dress_line(&dresses[4], dumps[i].line[l], l);
		same(&dumps[i], 1, "no heading");
	}
}

/* Markdown took the asterisks of the lists for marks. */
static void lost_asterisks(void **state)
{
	static const char *const instead[] = { "_", "\\*", "&ast;", "" };

	(void)state;
	for (size_t k = 0; k < sizeof(instead) / sizeof(*instead); k++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				for (const char *at = dumps[i].line[l]; *at; at++)
					if (*at == '*')
						put_text(instead[k]);
					else
						put(at, 1);
				put_text("\n");
			}
			same(&dumps[i], 1, instead[k]);
		}
}

static void quoted_printable(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++) {
			size_t column = 0;

			for (const char *at = dumps[i].line[l]; *at; at++) {
				if (column > 71) {
					put_text("=\n");
					column = 0;
				}
				if (*at == '=')
					put_text("=3D");
				else
					put(at, 1);
				column += *at == '=' ? 3 : 1;
			}
			put_text("\n");
		}
		same(&dumps[i], 1, "quoted-printable");
	}
}

static void put_base64(const char *text, size_t size, size_t width)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0, column = 0; at < size; at += 3, column += 4) {
		unsigned long bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (at + k < size ? (unsigned char)text[at + k] : 0);
		if (width && column == width) {
			put_text("\n");
			column = 0;
		}
		for (size_t k = 0; k < 4; k++)
			put(at + k > size ? "=" : &digits[bits >> (18 - 6 * k) & 63], 1);
	}
	put_text("\n");
}

static void put_percent(const char *text, const char *blank)
{
	char code[4];

	for (; *text; text++) {
		snprintf(code, sizeof(code), "%%%02X", (unsigned char)*text);
		if (*text == ' ')
			put_text(blank);
		else if (isalnum((unsigned char)*text) || strchr("-._~", *text))
			put(text, 1);
		else
			put_text(code);
	}
	put_text("\n");
}

/* Blocks of base64 in mails and tickets, addresses with a log in them; text before and behind. */
static void encoded(void **state)
{
	static char log[1 << 17];

	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		size_t size = 0;

		for (size_t l = 0; l < dumps[i].lines; l++)
			size += (size_t)snprintf(log + size, sizeof(log) - size, "[   12.123456] %s\n", dumps[i].line[l]);
		assert_true(size < sizeof(log));
		for (int kind = 0; kind < 5; kind++) {
			static const char *const kinds[] = { "base64 at 76", "base64 at 64", "base64 in one line", "%20", "+" };

			undress();
			put_text("Content-Transfer-Encoding: any\n\n");
			if (kind < 3)
				put_base64(log, size, kind == 0 ? 76 : kind == 1 ? 64 : 0);
			else
				put_percent(log, kinds[kind]);
			put_text("\nRegards\n");
			same(&dumps[i], 1, kinds[kind]);
		}
	}
}

static void two_at_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++)
			for (int task = 0; task < 2; task++) {
				put_text(task ? "[   12.123456][  T200] " :
					     "[   12.123456][  T100] ");
				put_text(dumps[i].line[l]);
				put_text("\n");
			}
		same(&dumps[i], 2, "two tasks at once");
	}
}

struct other {
	char ascii;
	const char *instead;
};

/* What editors, phones and web pages make of a character. */
static void other_characters(void **state)
{
	static const struct other others[] = {
		{ ' ', "\t" }, { ' ', "  " }, { ' ', "\302\240" }, { ' ', "\240" }, { ' ', "&nbsp;" },
		{ ' ', "\342\200\211" }, { ' ', "\343\200\200" }, { '-', "\342\200\223" }, { '-', "&#8209;" },
		{ '*', "\303\227" }, { '*', "&times;" }, { '(', "\357\274\210" }, { ':', "\357\274\232" },
	};

	(void)state;
	for (size_t o = 0; o < sizeof(others) / sizeof(*others); o++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				put_text("[   12.123456] ");
				for (const char *at = dumps[i].line[l]; *at; at++)
					if (*at == others[o].ascii)
						put_text(others[o].instead);
					else
						put(at, 1);
				put_text("\n");
			}
			same(&dumps[i], 1, others[o].instead);
		}
}

static void put_bytes(const char *line, const char *between)
{
	char number[8];

	for (const char *at = line; *at; at++) {
		snprintf(number, sizeof(number), "%u", (unsigned char)*at);
		put_text(at > line ? between : "");
		put_text(number);
	}
}

/* journald writes a message that is no text, or a long one, as a list of bytes. */
static void lists_of_bytes(void **state)
{
	static const char *const betweens[] = { ",", ", ", ",\n\t\t" };

	(void)state;
	for (size_t b = 0; b < 3; b++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				put_text("{\"PRIORITY\" : \"4\", \"MESSAGE\" : [");
				put_bytes(dumps[i].line[l], betweens[b]);
				put_text("], \"_BOOT_ID\" : \"x\"}\n");
			}
			same(&dumps[i], 1, "lists of bytes");
		}
}

/* A member for the beginning of each message, and one for the whole. */
static void cut_members(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++) {
			const char *line = dumps[i].line[l];

			put_text("{\"short_message\": \"");
			put(line, strlen(line) < 40 ? strlen(line) : 40);
			put_text("\", \"full_message\": \"");
			put_text(line);
			put_text("\"}\n");
		}
		same(&dumps[i], 1, "cut members");
	}
}

/* The runtime of a container writes a long line in parts. */
static void parts(void **state)
{
	static const size_t sizes[] = { 60, 100, 150 };

	(void)state;
	for (size_t s = 0; s < 3; s++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				const char *at = dumps[i].line[l];

				for (; strlen(at) > sizes[s]; at += sizes[s]) {
					put_text("2024-03-13T11:16:48.123456789Z stdout P ");
					put(at, sizes[s]);
					put_text("\n");
				}
				put_text("2024-03-13T11:16:48.123456789Z stdout F ");
				put_text(at);
				put_text("\n");
			}
			same(&dumps[i], 1, "parts of lines");
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes),
		cmocka_unit_test(newest_first),
		cmocka_unit_test(newest_first_in_pieces),
		cmocka_unit_test(table_without_heading),
		cmocka_unit_test(lost_asterisks),
		cmocka_unit_test(other_characters),
		cmocka_unit_test(lists_of_bytes),
		cmocka_unit_test(cut_members),
		cmocka_unit_test(parts),
		cmocka_unit_test(number_by_number),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(encoded),
		cmocka_unit_test(two_at_once),
	};

	return cmocka_run_group_tests(tests, load_all, unload_all);
}
