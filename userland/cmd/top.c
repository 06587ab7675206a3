// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope top: what other commands show, read again and again. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/top.h"

#define SECOND	1000000000LL
#define EVERY	"2"
#define SLOWEST	3600

static const struct pfnscope_option options[] = {
	{ "delay", "SECONDS", "between readings: " EVERY " if not given, 0.1 at least" },
	{ "page", "PAGE", "to begin with: a number, or a name" },
	{ "sort", "COLUMNS", "as of the commands; the key F does the same" },
	{ "filter", "WORD", "only rows with this word in them; the key / does the same" },
	{ "batch", NULL, "lines for a file or a pipe, in place of a whole screen" },
	{ "count", "N", "end after so many readings: without end if not given" },
	{ NULL, NULL, NULL },
};

/* "0.5" or "2", in nanoseconds. */
static int delay_of(struct pfnscope_run *run, int64_t *ns)
{
	const char *text = pfnscope_run_value(run, "delay");
	size_t whole = strspn(text ? text : EVERY, "0123456789"), rest;
	char *end;

	if (!text)
		text = EVERY;
	rest = text[whole] == '.' ? 1 + strspn(text + whole + 1, "0123456789") : 0;
	*ns = whole + rest > 1 || whole ? (int64_t)(strtod(text, &end) * SECOND) : 0;
	if (!text[whole + rest] && *ns >= SECOND / 10 && *ns <= SLOWEST * SECOND)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--delay: not a number of seconds from 0.1 to %d: \"%s\"",
			     SLOWEST, text);
}

static int page_of(struct pfnscope_run *run, size_t *page)
{
	const char *name = pfnscope_run_value(run, "page");
	struct pfnscope_text names = { 0 };
	int found = name ? pfnscope_top_find(name) : 0;

	*page = (size_t)found;
	if (found >= 0)
		return 0;
	for (size_t i = 0; i < pfnscope_top_count(); i++) {
		pfnscope_text_put_string(&names, i ? ", " : "");
		pfnscope_text_put_string(&names, pfnscope_top_pages[i].name);
	}
	pfnscope_fail(&run->error, PFNSCOPE_USAGE, "--page: no page \"%s\": there are %s",
		      name, names.data);
	free(names.data);
	return -1;
}

/* --- batch --- */

static void wait_until(int64_t ns)
{
	const struct timespec then = { .tv_sec = ns / SECOND, .tv_nsec = ns % SECOND };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &then, NULL))
		;
}

static int print_page(struct pfnscope_top *top)
{
	char *text = pfnscope_top_text(top, false);
	char *cost = pfnscope_top_cost_text(top);

	pfnscope_render_text("%stop: %s, reading %llu, cost %s\n\n%s",
			     top->tick > 1 ? "\n" : "", pfnscope_top_pages[top->page].name,
			     (unsigned long long)top->tick, cost, text);
	free(cost);
	free(text);
	return pfnscope_render_finish(&top->run->error);
}

/* What was recorded does not change. No reading follows sooner on one that was late. */
static int run_batch(struct pfnscope_top *top, int64_t every, uint64_t count)
{
	bool json = top->run->format.kind == PFNSCOPE_FORMAT_JSON;

	top->run->format.colours = false;
	if (!pfnscope_source_is_live(top->run->source))
		count = 1;
	for (;;) {
		pfnscope_top_read(top, PFNSCOPE_TOP_TICK);
		if (json ? pfnscope_top_json(top) : print_page(top))
			return -1;
		if (!--count)
			return PFNSCOPE_OK;
		wait_until(top->taken_ns + every);
	}
}

/* --- the command --- */

static char *copy_of(struct pfnscope_run *run, const char *option)
{
	const char *value = pfnscope_run_value(run, option);

	return value && *value ? pfnscope_strdup(value) : NULL;
}

static int run_top(struct pfnscope_run *run)
{
	bool batch = pfnscope_run_value(run, "batch") ||
		     run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct pfnscope_top top = { .run = run };
	uint64_t count = 0;
	int64_t every;
	int status;

	if (delay_of(run, &every) || page_of(run, &top.page) ||
	    pfnscope_run_number(run, "count", UINT32_MAX, &count))
		return -1;
	if (!batch && !isatty(STDOUT_FILENO))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "top: standard output is no terminal (for a file or a pipe: pfnscope top -b)");
	top.changes = pfnscope_changes_new();
	pfnscope_top_recordings(&top);
	top.sort = copy_of(run, "sort");
	top.filter = copy_of(run, "filter");
	status = batch ? run_batch(&top, every, count) :
			 pfnscope_top_live(&top, every, count);
	pfnscope_top_clear(&top);
	return status;
}

const struct pfnscope_command pfnscope_cmd_top = {
	.name = "top",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "what other commands show, live, and what changes each second",
	.description =
		"A page a subject: overview, zones, freelists, reclaim, lru, slabs, hugepages,\n"
		"swap, events and map, by the keys 1 to 9 and 0. A number that changed since the\n"
		"reading before is followed by its change each second. What looks at every page\n"
		"frame is read at the key s and each 10 seconds, and takes a twentieth of a CPU\n"
		"at most; everything else a hundredth. The key h lists the keys.",
	.document = &pfnscope_top_document,
	.options = options,
	.letters = "d---bn",
	.unrecorded = true,
	.examples = { "top -b -n 1", "top -J -n 1 --page slabs" },
	.run = run_top,
};
