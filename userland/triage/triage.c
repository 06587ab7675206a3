// SPDX-License-Identifier: GPL-2.0-only
/* All checks of a host, in the order of their weight. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "triage/level.h"
#include "triage/triage.h"

const struct pfnscope_view pfnscope_view_triage = PFNSCOPE_VIEW(TRIAGE, "triage");
const struct pfnscope_view pfnscope_view_limits = PFNSCOPE_VIEW(LIMITS, "limits");

static const struct pfnscope_check *const subjects[] = {
	pfnscope_checks_memory, pfnscope_checks_waits, pfnscope_checks_reclaim,
	pfnscope_checks_swap, pfnscope_checks_write, pfnscope_checks_kernel,
	pfnscope_checks_growth, pfnscope_checks_huge,
	pfnscope_checks_numa, pfnscope_checks_events, pfnscope_checks_settings,
	pfnscope_checks_memcg, pfnscope_checks_task,
};

const struct pfnscope_check *pfnscope_triage_next(const struct pfnscope_check *check)
{
	if (!check)
		return subjects[0];
	if ((++check)->id)
		return check;
	for (size_t i = 0; i + 1 < ARRAY_SIZE(subjects); i++) {
		const struct pfnscope_check *last = subjects[i];

		while (last->id)
			last++;
		if (last == check)
			return subjects[i + 1];
	}
	return NULL;
}

/* --- the answer --- */

static enum pfnscope_level level_of(const struct TRIAGE_table *table, size_t row)
{
	return pfnscope_level_named(pfnscope_table_string(CELL(table, row, TRIAGE_level)));
}

/* Moves the rows of a level behind those that were moved before. */
static size_t gather(struct TRIAGE_table *table, enum pfnscope_level level,
		     size_t gathered)
{
	const size_t fields = table->all.view->nr_fields, size = fields * sizeof(*table->all.cells);
	struct pfnscope_value *kept = pfnscope_calloc(fields, sizeof(*kept));

	for (size_t row = gathered; row < table->all.nr_rows; row++) {
		struct pfnscope_value *to = pfnscope_table_row(&table->all, gathered);

		if (level_of(table, row) != level)
			continue;
		memcpy(kept, pfnscope_table_row(&table->all, row), size);
		memmove(to + fields, to, (row - gathered) * size);
		memcpy(to, kept, size);
		gathered++;
	}
	free(kept);
	return gathered;
}

static void worst_first(struct TRIAGE_table *table)
{
	static const enum pfnscope_level order[] = {
		PFNSCOPE_LEVEL_CRIT, PFNSCOPE_LEVEL_WARN, PFNSCOPE_LEVEL_NOTE,
		PFNSCOPE_LEVEL_UNKNOWN, PFNSCOPE_LEVEL_OK,
	};
	size_t gathered = 0;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		gathered = gather(table, order[i], gathered);
}

static bool is_check_of(const struct pfnscope_check *check, const char *subject)
{
	return !strncmp(check->id, subject, strlen(subject));
}

/* A cgroup has those of its own file, and what else is to be said of a container. */
static bool is_asked(const struct pfnscope_check *check, const struct pfnscope_facts *facts)
{
	bool of_group = is_check_of(check, "cgroup."), of_task = is_check_of(check, "process.");

	if (facts->task)
		return of_task;
	if (facts->group)
		return of_group || !strcmp(check->id, "container");
	return !of_group && !of_task;
}

struct pfnscope_table *pfnscope_triage(const struct pfnscope_facts *facts)
{
	struct pfnscope_findings findings = {
		.table = pfnscope_table_new(&pfnscope_view_triage),
	};
	const struct pfnscope_check *check = NULL;

	while ((check = pfnscope_triage_next(check))) {
		if (!is_asked(check, facts))
			continue;
		findings.check = check;
		findings.found = false;
		check->look(facts, &findings);
		if (!findings.found)
			pfnscope_found_none(&findings, "there is none");
	}
	worst_first(TRIAGE_FROM(findings.table));
	return findings.table;
}

enum pfnscope_level pfnscope_triage_worst(const struct pfnscope_table *any)
{
	const struct TRIAGE_table *table = TRIAGE_OF(any);
	enum pfnscope_level worst = PFNSCOPE_LEVEL_OK;

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		enum pfnscope_level level = level_of(table, row);

		if (level != PFNSCOPE_LEVEL_UNKNOWN && level > worst)
			worst = level;
	}
	return worst;
}

bool pfnscope_triage_lacks(const struct pfnscope_table *any)
{
	const struct TRIAGE_table *table = TRIAGE_OF(any);

	for (size_t row = 0; row < table->all.nr_rows; row++)
		if (level_of(table, row) == PFNSCOPE_LEVEL_UNKNOWN)
			return true;
	return false;
}

/* --- for people --- */

/* A number without a limit is there to be read. */
static bool is_figure(const struct TRIAGE_table *table, size_t row)
{
	return level_of(table, row) == PFNSCOPE_LEVEL_OK &&
	       !pfnscope_table_string(CELL(table, row, TRIAGE_limit)) &&
	       pfnscope_table_string(CELL(table, row, TRIAGE_value));
}

static bool is_same_cell(const struct pfnscope_table *table, size_t a, size_t b,
			 unsigned int column)
{
	const char *one = pfnscope_table_string(table, a, column);
	const char *other = pfnscope_table_string(table, b, column);

	return one && other && !strcmp(one, other);
}

static bool is_folded(const struct TRIAGE_table *table, size_t row,
		      enum pfnscope_level level)
{
	return level_of(table, row) == level && !is_figure(table, row);
}

/* Whether a row above, that is folded too, has the same there. */
static bool is_folded_above(const struct TRIAGE_table *table, size_t row,
			    enum pfnscope_level level, unsigned int column)
{
	for (size_t above = row; above--;)
		if (is_folded(table, above, level) && is_same_cell(&table->all, row, above, column))
			return true;
	return false;
}

static void put_check_name(struct pfnscope_text *text, const struct TRIAGE_table *table,
			   size_t row, const char *before)
{
	pfnscope_text_put_string(text, before);
	pfnscope_text_put_string(text, pfnscope_table_string(CELL(table, row, TRIAGE_check)));
}

/* "swap.used, swap.rate: no such file": those that lack the same, and what. */
static void put_lack(struct pfnscope_text *text, const struct TRIAGE_table *table,
		     size_t row)
{
	const char *before = text->length ? "; " : "";

	for (size_t other = row; other < table->all.nr_rows; other++) {
		if (!is_folded(table, other, PFNSCOPE_LEVEL_UNKNOWN) ||
		    !is_same_cell(&table->all, row, other, TRIAGE_because) ||
		    (other > row && is_same_cell(&table->all, other, other - 1, TRIAGE_check)))
			continue;
		put_check_name(text, table, other, before);
		before = ", ";
	}
	pfnscope_text_put_string(text, ": ");
	pfnscope_text_put_string(text, pfnscope_table_string(CELL(table, row, TRIAGE_because)));
}

/* The names of the checks with that level, each once, and what they lack. */
static char *names_of(const struct TRIAGE_table *table, enum pfnscope_level level,
		      size_t *count)
{
	struct pfnscope_text text = { 0 };

	*count = 0;
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		if (!is_folded(table, row, level))
			continue;
		*count += !is_folded_above(table, row, level, TRIAGE_check);
		if (level == PFNSCOPE_LEVEL_UNKNOWN) {
			if (!is_folded_above(table, row, level, TRIAGE_because))
				put_lack(&text, table, row);
		} else if (!is_folded_above(table, row, level, TRIAGE_check)) {
			put_check_name(&text, table, row, text.length ? ", " : "");
		}
	}
	return text.data;
}

static void fold(const struct TRIAGE_table *from, enum pfnscope_level level,
		 struct TRIAGE_table *table)
{
	struct pfnscope_value *row;
	char *names, *check;
	size_t count;

	names = names_of(from, level, &count);
	if (names) {
		row = pfnscope_table_add(&table->all);
		check = pfnscope_format("(%zu)", count);
		pfnscope_table_set_string(CELL(table, row, TRIAGE_level),
					  pfnscope_level_name(level));
		pfnscope_table_set_string(CELL(table, row, TRIAGE_check), check);
		pfnscope_table_set_string(CELL(table, row, TRIAGE_because), names);
		free(check);
	}
	free(names);
}

#define ALIKE	3	/* rows of one check and level that are shown */

/* How many rows of that check and level stand above. */
static size_t alike_above(const struct pfnscope_table *table, size_t row)
{
	size_t count = 0;

	for (size_t above = row; above--;)
		count += is_same_cell(table, row, above, TRIAGE_check) &&
			 is_same_cell(table, row, above, TRIAGE_level);
	return count;
}

static void add_shown(struct TRIAGE_table *brief, const struct TRIAGE_table *table,
		      size_t row)
{
	size_t alike = alike_above(&table->all, row), more = 1;
	struct pfnscope_value *cells;
	char *others;

	if (alike > ALIKE)
		return;
	cells = pfnscope_table_add(&brief->all);
	if (alike < ALIKE) {
		pfnscope_table_copy(&brief->all, cells, &table->all, row);
		return;
	}
	for (size_t other = row + 1; other < table->all.nr_rows; other++)
		more += is_same_cell(&table->all, row, other, TRIAGE_check) &&
			is_same_cell(&table->all, row, other, TRIAGE_level);
	others = pfnscope_format("(%zu others)", more);
	pfnscope_table_set_string(CELL(brief, cells, TRIAGE_level),
				  pfnscope_level_name(level_of(table, row)));
	pfnscope_table_set_string(CELL(brief, cells, TRIAGE_check),
				  pfnscope_table_string(CELL(table, row, TRIAGE_check)));
	pfnscope_table_set_string(CELL(brief, cells, TRIAGE_where), others);
	free(others);
}

struct pfnscope_table *pfnscope_triage_brief(const struct pfnscope_table *any)
{
	const struct TRIAGE_table *table;
	struct TRIAGE_table *brief;

	if (any->view != &pfnscope_view_triage)
		return NULL;
	table = TRIAGE_OF(any);
	brief = TRIAGE_NEW();
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		enum pfnscope_level level = level_of(table, row);

		if ((level != PFNSCOPE_LEVEL_OK && level != PFNSCOPE_LEVEL_UNKNOWN) ||
		    is_figure(table, row))
			add_shown(brief, table, row);
	}
	fold(table, PFNSCOPE_LEVEL_UNKNOWN, brief);
	fold(table, PFNSCOPE_LEVEL_OK, brief);
	return &brief->all;
}

/* --- the limits --- */

static void add_limits(struct LIMITS_table *table, const struct pfnscope_check *check)
{
	static const unsigned int columns[] = {
		[PFNSCOPE_LEVEL_NOTE] = LIMITS_note,
		[PFNSCOPE_LEVEL_WARN] = LIMITS_warn,
		[PFNSCOPE_LEVEL_CRIT] = LIMITS_crit,
	};
	struct pfnscope_value *row = pfnscope_table_add(&table->all);

	pfnscope_table_set_string(CELL(table, row, LIMITS_check), check->id);
	for (size_t i = PFNSCOPE_LEVEL_NOTE; i < ARRAY_SIZE(columns); i++) {
		char *limit = pfnscope_check_limit(check, (enum pfnscope_level)i);

		if (limit)
			pfnscope_table_set_string(&table->all, row, columns[i], limit);
		free(limit);
	}
	pfnscope_table_set_string(CELL(table, row, LIMITS_kind), pfnscope_kind_name(check->kind));
	pfnscope_table_set_string(CELL(table, row, LIMITS_source), check->source);
	pfnscope_table_set_string(CELL(table, row, LIMITS_number), check->what);
	pfnscope_table_set_string(CELL(table, row, LIMITS_files), check->files);
}

struct pfnscope_table *pfnscope_triage_limits(const char *only)
{
	struct LIMITS_table *table = LIMITS_NEW();
	const struct pfnscope_check *check = NULL;

	while ((check = pfnscope_triage_next(check)))
		if (!only || !strcmp(only, check->id))
			add_limits(table, check);
	return &table->all;
}
