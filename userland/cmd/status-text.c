// SPDX-License-Identifier: GPL-2.0-only
/* The first screen for people: 24 lines of 80 columns. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/units.h"
#include "cmd/status.h"
#include "render/wrap.h"
#include "source/counters.h"
#include "table/select.h"
#include "view/about.h"
#include "view/hugepages.h"
#include "view/incidents.h"

#define say	pfnscope_render_text
#define NODES	8	/* rows that leave room for the rest */
#define INDENT	"            "

/* "0.04%", or "-" */
static void share_text(const struct pfnscope_table *pressure, size_t row,
		       unsigned int column, char *out, size_t size)
{
	uint64_t share;

	if (pfnscope_table_number(pressure, row, column, &share))
		snprintf(out, size, "%" PRIu64 ".%02" PRIu64 "%%", share / 100,
			 share % 100);
	else
		snprintf(out, size, "-");
}

/* "some 0.04%, full 0.00%" */
static char *shares_text(const struct PRESSURE_table *pressure, unsigned int column)
{
	struct pfnscope_text text = { 0 };
	char share[32];

	for (size_t row = 0; row < pressure->all.nr_rows; row++) {
		const char *scope = pfnscope_table_string(CELL(pressure, row, PRESSURE_scope));

		share_text(&pressure->all, row, column, share, sizeof(share));
		pfnscope_text_put_string(&text, row ? ", " : "");
		pfnscope_text_put_string(&text, scope ? scope : "-");
		pfnscope_text_put_char(&text, ' ');
		pfnscope_text_put_string(&text, share);
	}
	return text.data ? text.data : pfnscope_strdup("-");
}

static void pressure_text(const struct PRESSURE_table *pressure)
{
	char *recent, *longer;

	if (!pressure->all.nr_rows) {
		pfnscope_wrap("pressure    ", INDENT, "-");
		return;
	}
	recent = shares_text(pressure, PRESSURE_avg10_hundredths);
	longer = shares_text(pressure, PRESSURE_avg60_hundredths);
	pfnscope_wrap("pressure    ", INDENT,
		      "%s (10 s); %s (1 min)", recent, longer);
	free(recent);
	free(longer);
}

static void number_text(const struct pfnscope_table *table, size_t row,
			unsigned int column, char *out, size_t size)
{
	uint64_t number;

	if (pfnscope_table_number(table, row, column, &number))
		snprintf(out, size, "%" PRIu64, number);
	else
		snprintf(out, size, "-");
}

static void events_text(const struct COUNTED_table *events)
{
	char kills[24], stalls[24];

	number_text(CELL(events, 0, COUNTED_oom_kills), kills, sizeof(kills));
	number_text(CELL(events, 0, COUNTED_direct_reclaims), stalls, sizeof(stalls));
	pfnscope_wrap("since boot  ", INDENT, "OOM kills %s, direct reclaims %s",
		      kills, stalls);
}

/* A pool that is known to have no page is not worth a word. */
static bool is_pool_empty(const struct HUGEPAGES_table *pools, size_t row)
{
	uint64_t total, surplus = 0;

	pfnscope_table_number(CELL(pools, row, HUGEPAGES_surplus_hugepages), &surplus);
	return pfnscope_table_number(CELL(pools, row, HUGEPAGES_total_hugepages), &total) &&
	       !total && !surplus;
}

/* The host's pools, one behind the other. */
static void pools_text(const struct HUGEPAGES_table *pools)
{
	struct pfnscope_text text = { 0 };
	char total[24], free_pages[24];
	uint64_t bytes;

	for (size_t row = 0; row < pools->all.nr_rows; row++) {
		const char *scope = pfnscope_table_string(CELL(pools, row, HUGEPAGES_scope));
		char *more;

		if (!scope || *scope != 'h' || is_pool_empty(pools, row) ||
		    !pfnscope_table_number(CELL(pools, row, HUGEPAGES_size_bytes), &bytes))
			continue;
		number_text(CELL(pools, row, HUGEPAGES_total_hugepages), total, sizeof(total));
		number_text(CELL(pools, row, HUGEPAGES_free_hugepages), free_pages,
			    sizeof(free_pages));
		pfnscope_text_put_string(&text, text.length ? ", " : "");
		pfnscope_units_bytes(&text, bytes);
		more = pfnscope_format(": %s in the pool, %s free", total, free_pages);
		pfnscope_text_put_string(&text, more);
		free(more);
	}
	pfnscope_wrap("huge pages  ", INDENT, "%s", text.data ? text.data :
		      pools->all.state == PFNSCOPE_TABLE_COMPLETE || pools->all.nr_rows ?
		      "none in a pool" : "-");
	free(text.data);
}

/* --- incidents --- */

/* "5 min ago" of a live system; a recorded one has no now, but it has a date. */
static char *when_text(struct pfnscope_run *run, const struct INCIDENTS_table *incident)
{
	uint64_t ns;
	char date[40];
	int64_t age;

	if (pfnscope_table_number(CELL(incident, 0, INCIDENTS_real_ns), &ns))
		pfnscope_units_date(date, sizeof(date), ns);
	else
		*date = '\0';
	if (!*date)
		return pfnscope_strdup("at a time that is not known");
	age = (int64_t)time(NULL) - (int64_t)(ns / 1000000000);
	if (!pfnscope_source_is_live(run->source) || age < 0)
		return pfnscope_format("%s UTC", date);
	if (age < 120)
		return pfnscope_format("%" PRId64 " s ago, %s UTC", age, date);
	if (age < 7200)
		return pfnscope_format("%" PRId64 " min ago, %s UTC", age / 60, date);
	if (age < 2 * 86400)
		return pfnscope_format("%" PRId64 " h ago, %s UTC", age / 3600, date);
	return pfnscope_format("%" PRId64 " days ago, %s UTC", age / 86400, date);
}

/* "order 4 ", or "in /batch ": a cgroup at its limit was asked for no block. */
static char *request_text(const struct INCIDENTS_table *incident)
{
	const char *cgroup = pfnscope_table_string(CELL(incident, 0, INCIDENTS_cgroup));
	uint64_t order;

	if (pfnscope_table_number(CELL(incident, 0, INCIDENTS_order), &order))
		return pfnscope_format("order %" PRIu64 " ", order);
	return cgroup ? pfnscope_format("in %s ", cgroup) : pfnscope_strdup("");
}

static void incident_text(struct pfnscope_run *run, const struct pfnscope_screen *s)
{
	const struct INCIDENTS_table *incident = INCIDENTS_OF(s->incident);
	const char *kind = pfnscope_table_string(CELL(incident, 0, INCIDENTS_kind));
	const char *comm = pfnscope_table_string(CELL(incident, 0, INCIDENTS_comm));
	char number[24];
	char *when, *request;

	if (!incident->all.nr_rows) {
		pfnscope_wrap("incident    ", INDENT, "%s", s->off ?
			      "none is recorded" :
			      incident->all.state == PFNSCOPE_TABLE_COMPLETE ?
			      "none since recording began" : "-");
		return;
	}
	when = when_text(run, incident);
	number_text(CELL(incident, 0, INCIDENTS_incident), number, sizeof(number));
	request = request_text(incident);
	pfnscope_wrap("incident    ", INDENT, "%s: %s, %s, %sby %s", number,
		      kind ? kind : "-", when, request, comm ? comm : "-");
	free(when);
	free(request);
}

/* --- the screen --- */

static void head_text(const struct pfnscope_screen *s)
{
	const char *module = pfnscope_snapshot_about(&s->snapshot, "module_version");

	say("Linux %s, %s%s\n\n", *s->system.release ? s->system.release : "-",
	    module ? "module " : "without the module", module ? module : "");
}

static bool has_marks(const struct pfnscope_table *nodes)
{
	size_t marks = (size_t)pfnscope_view_field(nodes->view, "marks");

	for (size_t row = 0; row < nodes->nr_rows; row++)
		if (pfnscope_table_value(nodes, row, marks)->count)
			return true;
	return false;
}

/* Columns that there is something to say in. */
static const char *node_columns(struct pfnscope_run *run,
				const struct pfnscope_table *nodes)
{
	bool scan = pfnscope_run_value(run, "scan"), marks = has_marks(nodes);

	if (scan)
		return marks ? "+unmovable_permille,marks" : "+unmovable_permille";
	return marks ? "+marks" : NULL;
}

/* The nodes with the least for movable requests stay where not all fit. */
static int nodes_text(struct pfnscope_run *run, struct pfnscope_table *nodes)
{
	char least[] = "-movable_pages", by_node[] = "-node";
	struct pfnscope_format format = run->format;
	size_t more = 0;

	if (nodes->nr_rows > NODES && !pfnscope_run_value(run, "all")) {
		more = nodes->nr_rows - NODES;
		pfnscope_table_sort(nodes, nodes->view, least);
		pfnscope_table_limit_rows(nodes, NODES);
		pfnscope_table_sort(nodes, nodes->view, by_node);
	}
	format.columns = node_columns(run, nodes);
	if (pfnscope_render_table(&format, nodes, &run->error))
		return -1;
	if (more)
		say("%zu nodes with more: pfnscope status --all\n", more);
	say("\n");
	return 0;
}

/**
 * pfnscope_status_text - print the first screen
 * @run: the command
 * @s: what was read, and the answer; its table of nodes is cut
 *
 * Return: a status.
 */
int pfnscope_status_text(struct pfnscope_run *run, struct pfnscope_screen *s)
{
	head_text(s);
	if (nodes_text(run, s->answer.nodes))
		return -1;
	pfnscope_wrap("worst zone  ", INDENT, "%s",
		      *s->answer.words ? s->answer.words : "-");
	if (!pfnscope_source_is_incident(run->source)) {
		pressure_text(PRESSURE_OF(s->pressure));
		events_text(COUNTED_OF(s->events));
	}
	pools_text(HUGEPAGES_OF(s->pools));
	incident_text(run, s);
	pfnscope_wrap("next        ", INDENT, "pfnscope %s (%s%s)", s->answer.next,
		      s->answer.why, pfnscope_source_is_live(run->source) ? "" :
		      "; with the same --root");
	return pfnscope_render_finish(&run->error);
}
