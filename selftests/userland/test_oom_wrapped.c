// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every dump that was recorded in our guests, wrapped and cut as mail clients, forms and terminals
 * do it: what is read must be what is read from the dump as it was recorded.
 */
// with: oom-reports.c oom-dumps.c
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "oom-dumps.h"

/* Where a line is broken: anywhere, at blanks, or behind the hyphens of words too. */
enum wrap { CUT, BLANKS, HYPHENS };

static bool breaks_at(const char *line, size_t at, enum wrap wrap)
{
	return line[at] == ' ' || (wrap == HYPHENS && line[at - 1] == '-' && isalnum((unsigned char)line[at - 2]) &&
				   isalnum((unsigned char)line[at]));
}

static size_t break_of(const char *line, size_t column, enum wrap wrap)
{
	size_t cut = column;

	if (wrap == CUT)
		return cut;
	while (cut > 30 && !breaks_at(line, cut, wrap))
		cut--;
	if (!breaks_at(line, cut, wrap))
		for (cut = 30; line[cut] && !breaks_at(line, cut, wrap);)
			cut++;
	return cut;
}

static const char *newline = "\n";

/* One stamped line, cut or wrapped, with a quote before each piece, or before the @first only. */
static void fold(const char *line, const char *quote, size_t column, enum wrap wrap,
		 bool first)
{
	while (strlen(line) > column) {
		size_t cut = break_of(line, column, wrap);

		if (!line[cut])
			break;
		put_text(quote);
		put(line, cut);
		put_text(newline);
		line += cut + (line[cut] == ' ' && wrap != CUT);
		if (first)
			quote = "";
	}
	put_text(quote);
	put_text(line);
	put_text(newline);
}

static void folded(const char *prefix, const char *quote, size_t column,
		   enum wrap wrap, bool first)
{
	static char line[16384];

	for (size_t i = 0; i < nr_dumps; i++) {
		char how[80];

		undress();
		for (size_t l = 0; l < dumps[i].lines; l++) {
			snprintf(line, sizeof(line), "%s%s", prefix,
				 dumps[i].line[l]);
			fold(line, quote, column, wrap, first);
		}
		snprintf(how, sizeof(how), "%s at %zu behind \"%s%s\"", wrap ?
			 "wrapped" : "cut", column, quote, prefix);
		same(&dumps[i], 1, how);
	}
}

static void wrapped_lines(void **state)
{
	static const size_t columns[] = { 72, 76, 78, 80, 100 };

	(void)state;
	for (size_t c = 0; c < sizeof(columns) / sizeof(*columns); c++) {
		folded("[   12.123456] ", "", columns[c], BLANKS, false);
		folded("[   12.123456] ", "> ", columns[c], BLANKS, false);
		folded("Jun 18 07:44:52 host kernel: ", "", columns[c], BLANKS, false);
		folded("", "", columns[c], BLANKS, false);
		/* Quoted first and wrapped then. */
		folded("[   12.123456] ", "> > ", columns[c], BLANKS, true);
		folded("", "> ", columns[c], BLANKS, true);
	}
}

/* Editors and browsers: "invoked oom-", "killer:". */
static void wrapped_at_hyphens(void **state)
{
	static const size_t columns[] = { 64, 72, 76, 79, 100 };

	(void)state;
	for (size_t c = 0; c < sizeof(columns) / sizeof(*columns); c++) {
		folded("[   12.123456] ", "", columns[c], HYPHENS, false);
		folded("[   12.123456] ", "> ", columns[c], HYPHENS, false);
		folded("Jun 18 07:44:52 host kernel: ", "", columns[c], HYPHENS, false);
		folded("", "", columns[c], HYPHENS, false);
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
		undress();
		for (size_t l = 0; l < dumps[i].lines; l++) {
			size_t size = (size_t)sprintf(text, "[   12.123456] %s", dumps[i].line[l]);

			while (is_stat(dumps[i].line[l]) && l + 1 < dumps[i].lines && is_stat(dumps[i].line[l + 1]))
				size += (size_t)snprintf(text + size, sizeof(text) - size, "\\x0a%s",
							 dumps[i].line[++l]);
			fold(text, "", 76, BLANKS, false);
		}
		same(&dumps[i], 1, "escaped and wrapped");
	}
}

/* The whole report is one record, its newlines escaped in some way. */
static void one_record(const char *before, const char *each, const char *escaped, const char *quote,
		       size_t column, enum wrap wrap)
{
	static char text[1 << 17];

	for (size_t i = 0; i < nr_dumps; i++) {
		size_t size = (size_t)sprintf(text, "%s", before);

		for (size_t l = 0; l < dumps[i].lines; l++) {
			assert_true(size + 2 * strlen(dumps[i].line[l]) < sizeof(text));
			size += (size_t)sprintf(text + size, "%s%s%s", l ? escaped : "", each, dumps[i].line[l]);
		}
		undress();
		fold(text, quote, column, wrap, false);
		same(&dumps[i], 1, escaped);
	}
}

static void whole_escaped_and_wrapped(void **state)
{
	(void)state;
	one_record("[   12.123456]", " ", "\\x0a", "", 76, BLANKS);
	one_record("", "[   12.123456] ", "\\n", "", 80, BLANKS);
	one_record("Jun 18 07:44:52 host kernel:", " ", "#012", "", 78, BLANKS);
	one_record("", "[   12.123456] ", "\\n", "> ", 80, BLANKS);
	one_record("", "[   12.123456] ", "\\n", "", 80, CUT);
	one_record("", "[   12.123456] ", "\\n", "", 90, HYPHENS);
}

/* A form took the newlines for blanks, and somebody wrapped the paragraph. */
static void one_paragraph(void **state)
{
	(void)state;
	one_record("", "[   12.123456] ", " ", "", 76, BLANKS);
	one_record("", "[   12.123456] ", " ", "", 100, BLANKS);
}

/* No stamp tells where a line of the kernel began; up to twice as long as what is kept of a line. */
static void one_line(void **state)
{
	(void)state;
	one_record("", "", " ", "", 1 << 17, BLANKS);
	one_record("", "", "  ", "", 1 << 17, BLANKS);
	one_record("Jun 18 07:44:52 host kernel: ", "", " ", "", 1 << 17, BLANKS);
}

/* A form or a terminal that leaves no mark; where few lines are longer, nothing tells that any was. */
static void cut_without_mark(void **state)
{
	static const size_t columns[] = { 72, 80 };
	static const char *const prefixes[] = {
		"", "[   12.123456] ", "Jun 18 07:44:52 host kernel: [   12.123456] ",
	};
	char line[512];

	(void)state;
	for (size_t k = 0; k < 2 * 3; k++)
		for (size_t i = 0; i < nr_dumps; i++) {
			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				snprintf(line, columns[k / 3] + 1, "%s%s", prefixes[k % 3],
					 dumps[i].line[l]);
				put_text(line);
				put_text("\n");
			}
			same_or_missing(&dumps[i], "cut without a mark");
		}
}

/* Pagers cut what does not fit: a number that was cut is no smaller number. */
static void cut_by_pagers(void **state)
{
	static const size_t columns[] = { 72, 80, 100, 120, 132, 165, 211 };
	static const char *const marks[] = { ">", "..." };
	char line[256];

	(void)state;
	for (size_t k = 0; k < 2 * sizeof(columns) / sizeof(*columns); k++)
		for (size_t i = 0; i < nr_dumps; i++) {
			size_t column = columns[k / 2];
			const char *mark = marks[k % 2];

			undress();
			for (size_t l = 0; l < dumps[i].lines; l++) {
				snprintf(line, column + 1, "[   12.123456] %s", dumps[i].line[l]);
				if (strlen(dumps[i].line[l]) + 15 > column)
					strcpy(line + column - strlen(mark), mark);
				put_text(line);
				put_text("\n");
			}
			same_or_missing(&dumps[i], mark);
		}
}

static void cut_lines(void **state)
{
	static const size_t columns[] = { 80, 100, 132, 200 };

	(void)state;
	for (size_t c = 0; c < sizeof(columns) / sizeof(*columns); c++) {
		folded("[   12.123456] ", "", columns[c], CUT, false);
		folded("", "", columns[c], CUT, false);
	}
}

/* An empty line behind each piece tells nothing. */
static void wrapped_and_spaced(void **state)
{
	(void)state;
	newline = "\n\n";
	folded("[   12.123456] ", "", 76, BLANKS, false);
	folded("Jun 18 07:44:52 host kernel: ", "", 80, BLANKS, false);
	folded("[   12.123456] ", "", 100, CUT, false);
	newline = "\n";
}

/* Without a frame another function seems to have asked; only totals tell that zones are not all told. */
static bool is_told_once(const char *line)
{
	return strstr(line, "+0x") || strstr(line, "pages RAM") || strstr(line, "pages reserved") ||
	       strstr(line, "hugepages_");
}

/* Lines that got lost, alone or together, take their facts with them and change no others. */
static void lost_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < nr_dumps; i++)
		for (size_t from = 0; from < dumps[i].lines; from += 2)
			for (size_t lost = 1; lost < 5; lost += 3) {
				undress();
				for (size_t l = 0; l < dumps[i].lines; l++) {
					if (l >= from && l < from + lost && !is_told_once(dumps[i].line[l]))
						continue;
					put_text("[   12.123456] ");
					put_text(dumps[i].line[l]);
					put_text("\n");
				}
				same_or_missing(&dumps[i], "lost lines");
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapped_lines),
		cmocka_unit_test(cut_lines),
		cmocka_unit_test(cut_without_mark),
		cmocka_unit_test(cut_by_pagers),
		cmocka_unit_test(wrapped_and_spaced),
		cmocka_unit_test(one_paragraph),
		cmocka_unit_test(one_line),
		cmocka_unit_test(lost_lines),
		cmocka_unit_test(wrapped_at_hyphens),
		cmocka_unit_test(escaped_and_wrapped),
		cmocka_unit_test(whole_escaped_and_wrapped),
	};

	return cmocka_run_group_tests(tests, load_all, unload_all);
}
