// SPDX-License-Identifier: GPL-2.0-only
/*
 * A report as one page: where report.html names a file that one comes instead, and the answers
 * where its <main> is. What an answer says is never markup.
 */
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/units.h"
#include "render/report.h"

extern const char pfnscope_report_page[];
extern const char pfnscope_report_css[];
extern const char pfnscope_report_js[];
PFNSCOPE_EMBED(pfnscope_report_page, "render/report.html");
PFNSCOPE_EMBED(pfnscope_report_css, "render/report.css");
PFNSCOPE_EMBED(pfnscope_report_js, "render/report.js");

bool pfnscope_report_has(const struct pfnscope_report_part *part)
{
	return (part->text && *part->text) || part->picture;
}

/* More than that, for programs, a ticket does not need to carry: the command has it. */
#define JSON_LIMIT	(300 * 1024)
#define ALL_JSON_LIMIT	(900 * 1024)
/* The same for people: nobody scrolls through that. */
#define TEXT_LIMIT	(32 * 1024)
#define PICTURE_LIMIT	(256 * 1024)

static void put_escaped(const char *text, size_t length)
{
	for (; length; length--, text++)
		if (*text == '&')
			fputs("&amp;", stdout);
		else if (*text == '<')
			fputs("&lt;", stdout);
		else if (*text == '>')
			fputs("&gt;", stdout);
		else if (*text == '"')
			fputs("&quot;", stdout);
		else
			putchar(*text);
}

static void put_words(const char *words)
{
	put_escaped(words, strlen(words));
}

/* Up to the line that names a file. Returns what is behind it. */
static const char *report_until(const char *page, const char *line)
{
	const char *at = strstr(page, line);

	fwrite(page, 1, at ? (size_t)(at - page) : strlen(page), stdout);
	return at ? at + strlen(line) : "";
}

/* Within a script element nothing but "</script" and "<!--" means anything: JSON may escape a '<'. */
static void put_json(const char *json)
{
	fputs("<script type=\"application/json\">", stdout);
	for (; *json; json++)
		if (*json == '<')
			fputs("\\u003c", stdout);
		else
			putchar(*json);
	fputs("</script>\n", stdout);
}

/* A long answer up to the end of a line. */
static void put_text(const struct pfnscope_report_part *part)
{
	size_t length = strlen(part->text), cut = length;

	if (length > TEXT_LIMIT)
		for (cut = TEXT_LIMIT; cut && part->text[cut - 1] != '\n';)
			cut--;
	if (!length)
		return;
	fputs("<pre>", stdout);
	put_escaped(part->text, cut);
	fputs("</pre>\n", stdout);
	if (cut < length)
		printf("<p class=\"lacks\">%zu of %zu bytes: it is long</p>\n", cut, length);
}

static void put_remarks(const char *remarks)
{
	for (size_t length; *remarks; remarks += length + (remarks[length] == '\n')) {
		length = strcspn(remarks, "\n");
		if (!length)
			continue;
		fputs("<p class=\"lacks\">", stdout);
		put_escaped(remarks, length);
		fputs("</p>\n", stdout);
	}
}

/* "incidents-2": of incidents there are several. */
static void put_anchor(const struct pfnscope_report_part *part)
{
	for (const char *at = part->is_incident ? part->command : part->id; *at; at++)
		putchar(*at == ' ' ? '-' : *at);
}

static void put_part(const struct pfnscope_report_part *part, size_t *room)
{
	size_t length = part->json ? strlen(part->json) : 0;

	fputs("<section id=\"", stdout);
	put_anchor(part);
	fputs("\">\n<h2><a href=\"#", stdout);
	put_anchor(part);
	fputs("\">", stdout);
	put_words(part->title);
	fputs("</a></h2>\n<p><code>pfnscope ", stdout);
	put_words(part->command);
	fputs("</code></p>\n", stdout);
	if (part->picture && strlen(part->picture) <= PICTURE_LIMIT)
		printf("<div class=\"picture\">%s</div>\n", part->picture);
	else
		put_text(part);
	put_remarks(part->remarks);
	if (length && length <= JSON_LIMIT && length <= *room) {
		put_json(part->json);
		*room -= length;
	} else if (length) {
		printf("<p class=\"lacks\">what programs get of it, %zu bytes, is not in this page: --json has it</p>\n",
		       length);
	}
	fputs("</section>\n", stdout);
}

/* What could not be asked, all in one place. */
static void put_lacking(const struct pfnscope_report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->count; i++) {
		const struct pfnscope_report_part *part = &report->parts[i];

		if (pfnscope_report_has(part))
			continue;
		if (!any)
			fputs("<section id=\"lacking\">\n<h2>Not in this report</h2>\n", stdout);
		any = true;
		put_remarks(part->remarks);
	}
	if (any)
		fputs("</section>\n", stdout);
}

static void put_origin(const struct pfnscope_report *report)
{
	char date[40] = "";

	if (report->origin.taken_at >= 0)
		pfnscope_units_date(date, sizeof(date), (uint64_t)report->origin.taken_at * 1000000000);
	fputs("<p id=\"origin\">", stdout);
	put_words(*report->origin.host ? report->origin.host : "a machine without a name");
	fputs(", Linux ", stdout);
	put_words(*report->origin.kernel ? report->origin.kernel : "-");
	printf("%s%s%s</p>\n", *date ? ", " : "", date, *date ? " UTC" : "");
	if (report->redacted)
		fputs("<p class=\"redacted\">Redacted: names of tasks, cgroups, hosts and files are numbers that begin with x. "
		      "Equal ones are equal names; all other numbers are as they were.</p>\n", stdout);
}

static void put_contents(const struct pfnscope_report *report)
{
	fputs("<nav aria-label=\"Parts\">", stdout);
	for (size_t i = 0; i < report->count; i++) {
		if (!pfnscope_report_has(&report->parts[i]))
			continue;
		fputs("<a href=\"#", stdout);
		put_anchor(&report->parts[i]);
		fputs("\">", stdout);
		put_words(report->parts[i].title);
		fputs("</a> ", stdout);
	}
	fputs("</nav>\n", stdout);
}

/**
 * pfnscope_report_html - print the page
 * @report: what is in it
 */
void pfnscope_report_html(const struct pfnscope_report *report)
{
	const char *page = pfnscope_report_page;
	size_t room = ALL_JSON_LIMIT;

	page = report_until(page, "<link rel=\"stylesheet\" href=\"report.css\">");
	printf("<style>\n%s</style>", pfnscope_report_css);
	page = report_until(page, "</header>");
	put_origin(report);
	put_contents(report);
	fputs("</header>", stdout);
	page = report_until(page, "</main>");
	for (size_t i = 0; i < report->count; i++)
		if (pfnscope_report_has(&report->parts[i]))
			put_part(&report->parts[i], &room);
	put_lacking(report);
	fputs("</main>", stdout);
	page = report_until(page, "<script src=\"report.js\"></script>");
	printf("<script>\n%s</script>", pfnscope_report_js);
	fputs(page, stdout);
}
