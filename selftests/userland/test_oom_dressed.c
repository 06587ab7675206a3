// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every dump that was recorded in our guests, in every dress that people paste logs in: its facts,
 * its verdicts and its tables must be those of the dump as it was recorded.
 */
// with: oom-reports.c
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oom-reports.h"
#include "oomlog/undress.h"

#define FOLDER	"../fixtures/oom"
#define ROOM	(1 << 21)
#define LINES	1024

/* The bare lines of one dump, and what is read from it. */
struct dump {
	char name[64];
	char *line[LINES];
	size_t lines;
	struct json_object *reports;
};

static struct dump dumps[128];
static size_t nr_dumps;
static char dressed[ROOM];
static size_t used;

static void put(const char *text, size_t size)
{
	assert_true(used + size < ROOM);
	memcpy(dressed + used, text, size);
	used += size;
}

static void puts_(const char *text)
{
	put(text, strlen(text));
}

static void keep_line(void *context, const struct pfnscope_logline *line)
{
	struct dump *dump = context;

	assert_true(dump->lines < LINES);
	dump->line[dump->lines++] = strndup(line->text, line->size);
}

static int is_log(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".log");
}

static void load(const char *name, struct dump *dump)
{
	const struct pfnscope_loglines lines = { keep_line, dump };
	struct pfnscope_undress *undress;
	char path[512], *text;
	size_t size;

	snprintf(dump->name, sizeof(dump->name), "%s", name);
	snprintf(path, sizeof(path), FOLDER "/%s", name);
	text = oom_file(path, &size);
	assert_non_null(text);
	dump->reports = oom_reports(text, size);
	assert_int_equal(json_object_array_length(dump->reports), 1);
	undress = pfnscope_undress_new(&lines);
	pfnscope_undress_feed(undress, text, size);
	pfnscope_undress_end(undress);
	while (dump->lines && !*dump->line[dump->lines - 1])
		free(dump->line[--dump->lines]);
	free(text);
}

static int load_all(void **state)
{
	struct dirent **entries;
	int count = scandir(FOLDER, &entries, is_log, alphasort);

	(void)state;
	assert_true(count >= 60 && count <= 128);
	for (int i = 0; i < count; i++) {
		load(entries[i]->d_name, &dumps[nr_dumps++]);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

static int unload_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		for (size_t l = 0; l < dumps[i].lines; l++)
			free(dumps[i].line[l]);
		json_object_put(dumps[i].reports);
	}
	return 0;
}

/* The text that was put must hold @count reports, each like the dump's. */
static void same(const struct dump *dump, size_t count, const char *how)
{
	struct json_object *read = oom_reports(dressed, used);
	struct json_object *one = json_object_array_get_idx(dump->reports, 0);

	if (json_object_array_length(read) != count)
		fail_msg("%s, %s: %zu reports", dump->name, how,
			 json_object_array_length(read));
	for (size_t i = 0; i < count; i++)
		if (!json_object_equal(json_object_array_get_idx(read, i), one))
			fail_msg("%s, %s: %s\nis not %s", dump->name, how,
				 oom_plain(json_object_array_get_idx(read, i)),
				 oom_plain(one));
	json_object_put(read);
}

/* @prefix may hold one %zu, which is the number of the line, as a time or a place. */
static void prefix_line(const char *prefix, size_t number)
{
	const char *at = strstr(prefix, "%zu");
	char text[32];

	if (!at) {
		puts_(prefix);
		return;
	}
	put(prefix, (size_t)(at - prefix));
	snprintf(text, sizeof(text), "%zu", number + 10);
	puts_(text);
	puts_(at + 3);
}

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
};

static void dress_line(const struct dress *dress, const char *line, size_t number)
{
	prefix_line(dress->before, number);
	puts_(line);
	prefix_line(dress->behind, number);
}

static void prefixes(void **state)
{
	(void)state;
	for (size_t d = 0; d < sizeof(dresses) / sizeof(*dresses); d++)
		for (size_t i = 0; i < nr_dumps; i++) {
			used = 0;
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
			used = 0;
			for (size_t l = dumps[i].lines; l--;)
				dress_line(&records[d], dumps[i].line[l], l);
			same(&dumps[i], 1, records[d].before);
		}
}

static void piece(const char *text, size_t size)
{
	puts_("[   12.123456] ");
	put(text, size);
	puts_("\n[   12.123457]  ? other_cpu+0x1/0x2\n");
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
		used = 0;
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
				puts_("[   12.123456] ");
				puts_(line);
				puts_("\n");
			}
		}
		same(&dumps[i], 1, "number by number");
	}
}

/* Markdown took the asterisks of the lists for marks. */
static void lost_asterisks(void **state)
{
	static const char *const instead[] = { "_", "\\*", "&ast;", "" };

	(void)state;
	for (size_t k = 0; k < sizeof(instead) / sizeof(*instead); k++)
		for (size_t i = 0; i < nr_dumps; i++) {
			used = 0;
			for (size_t l = 0; l < dumps[i].lines; l++) {
				for (const char *at = dumps[i].line[l]; *at; at++)
					if (*at == '*')
						puts_(instead[k]);
					else
						put(at, 1);
				puts_("\n");
			}
			same(&dumps[i], 1, instead[k]);
		}
}

/* One stamped line, cut or wrapped, with a quote before each piece, or before the @first only. */
static void fold(const char *line, const char *quote, size_t column, bool words,
		 bool first)
{
	while (strlen(line) > column) {
		size_t cut = column;

		for (; words && cut > 30 && line[cut] != ' '; cut--)
			;
		if (words && line[cut] != ' ')
			cut = strcspn(line + 30, " ") + 30;
		if (!line[cut])
			break;
		puts_(quote);
		put(line, cut);
		puts_("\n");
		line += cut + words;
		if (first)
			quote = "";
	}
	puts_(quote);
	puts_(line);
	puts_("\n");
}

static void folded(const char *prefix, const char *quote, size_t column,
		   bool words, bool first)
{
	static char line[16384];

	for (size_t i = 0; i < nr_dumps; i++) {
		char how[80];

		used = 0;
		for (size_t l = 0; l < dumps[i].lines; l++) {
			snprintf(line, sizeof(line), "%s%s", prefix,
				 dumps[i].line[l]);
			fold(line, quote, column, words, first);
		}
		snprintf(how, sizeof(how), "%s at %zu behind \"%s%s\"", words ?
			 "wrapped" : "cut", column, quote, prefix);
		same(&dumps[i], 1, how);
	}
}

static void wrapped_lines(void **state)
{
	static const size_t columns[] = { 72, 76, 78, 80, 100 };

	(void)state;
	for (size_t c = 0; c < sizeof(columns) / sizeof(*columns); c++) {
		folded("[   12.123456] ", "", columns[c], true, false);
		folded("[   12.123456] ", "> ", columns[c], true, false);
		folded("Jun 18 07:44:52 host kernel: ", "", columns[c], true, false);
		folded("", "", columns[c], true, false);
		/* Quoted first and wrapped then. */
		folded("[   12.123456] ", "> > ", columns[c], true, true);
		folded("", "> ", columns[c], true, true);
	}
}

static bool is_stat(const char *line)
{
	size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz_");

	return name && line[name] == ' ' && line[name + 1 + strspn(line + name + 1, "0123456789")] == '\0';
}

/* The statistics of a cgroup are one record, its newlines escaped, wrapped by who pasted it. */
static void escaped_and_wrapped(void **state)
{
	static char text[16384];

	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		used = 0;
		for (size_t l = 0; l < dumps[i].lines; l++) {
			size_t size = (size_t)sprintf(text, "[   12.123456] %s", dumps[i].line[l]);

			while (is_stat(dumps[i].line[l]) && l + 1 < dumps[i].lines && is_stat(dumps[i].line[l + 1]))
				size += (size_t)snprintf(text + size, sizeof(text) - size, "\\x0a%s",
							 dumps[i].line[++l]);
			fold(text, "", 76, true, false);
		}
		same(&dumps[i], 1, "escaped and wrapped");
	}
}

static void cut_lines(void **state)
{
	static const size_t columns[] = { 80, 100, 132, 200 };

	(void)state;
	for (size_t c = 0; c < sizeof(columns) / sizeof(*columns); c++) {
		folded("[   12.123456] ", "", columns[c], false, false);
		folded("", "", columns[c], false, false);
	}
}

static void quoted_printable(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		used = 0;
		for (size_t l = 0; l < dumps[i].lines; l++) {
			size_t column = 0;

			for (const char *at = dumps[i].line[l]; *at; at++) {
				if (column > 71) {
					puts_("=\n");
					column = 0;
				}
				if (*at == '=')
					puts_("=3D");
				else
					put(at, 1);
				column += *at == '=' ? 3 : 1;
			}
			puts_("\n");
		}
		same(&dumps[i], 1, "quoted-printable");
	}
}

static void two_at_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++) {
		used = 0;
		for (size_t l = 0; l < dumps[i].lines; l++)
			for (int task = 0; task < 2; task++) {
				puts_(task ? "[   12.123456][  T200] " :
					     "[   12.123456][  T100] ");
				puts_(dumps[i].line[l]);
				puts_("\n");
			}
		same(&dumps[i], 2, "two tasks at once");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes),
		cmocka_unit_test(newest_first),
		cmocka_unit_test(lost_asterisks),
		cmocka_unit_test(number_by_number),
		cmocka_unit_test(wrapped_lines),
		cmocka_unit_test(cut_lines),
		cmocka_unit_test(escaped_and_wrapped),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(two_at_once),
	};

	return cmocka_run_group_tests(tests, load_all, unload_all);
}
