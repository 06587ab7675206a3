// SPDX-License-Identifier: GPL-2.0-only
/* What a check finds: its level by the limits, and its words. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "base/units.h"
#include "triage/level.h"

static const char *const levels[] = {
	[PFNSCOPE_LEVEL_OK] = "ok",
	[PFNSCOPE_LEVEL_NOTE] = "note",
	[PFNSCOPE_LEVEL_WARN] = "warn",
	[PFNSCOPE_LEVEL_CRIT] = "crit",
	[PFNSCOPE_LEVEL_UNKNOWN] = "unknown",
};

static const char *const units[] = {
	[PFNSCOPE_IN_PERMILLE] = "permille",
	[PFNSCOPE_IN_BYTES] = "bytes",
	[PFNSCOPE_IN_COUNT] = "count",
	[PFNSCOPE_IN_PER_SECOND] = "per_second",
	[PFNSCOPE_IN_MS] = "ms",
};

static const char kinds[][2] = {
	[PFNSCOPE_LIMIT_K] = "K",
	[PFNSCOPE_LIMIT_P] = "P",
	[PFNSCOPE_LIMIT_M] = "M",
	[PFNSCOPE_LIMIT_R] = "R",
};

const char *pfnscope_level_name(enum pfnscope_level level)
{
	return levels[level];
}

enum pfnscope_level pfnscope_level_named(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_SIZE(levels); i++)
		if (!strcmp(levels[i], name))
			return (enum pfnscope_level)i;
	return PFNSCOPE_LEVEL_UNKNOWN;
}

const char *pfnscope_kind_name(enum pfnscope_limit_kind kind)
{
	return kinds[kind];
}

/* --- words --- */

char *pfnscope_check_value(enum pfnscope_check_unit unit, int64_t number)
{
	struct pfnscope_text text = { 0 };

	switch (unit) {
	case PFNSCOPE_IN_PERMILLE:
		return number % 10 ?
		       pfnscope_format("%" PRId64 ".%d%%", number / 10,
				       (int)(number < 0 ? -number : number) % 10) :
		       pfnscope_format("%" PRId64 "%%", number / 10);
	case PFNSCOPE_IN_PER_SECOND:
		return pfnscope_format("%" PRId64 "/s", number);
	case PFNSCOPE_IN_MS:
		return pfnscope_format("%" PRId64 "ms", number);
	case PFNSCOPE_IN_BYTES:
		pfnscope_units_bytes(&text, number < 0 ? 0 : (uint64_t)number);
		return text.data;
	default:
		return pfnscope_format("%" PRId64, number);
	}
}

const char *pfnscope_said(struct pfnscope_findings *findings, const char *format, ...)
{
	const char *kept;
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	kept = pfnscope_table_keep_string(findings->table, text);
	free(text);
	return kept;
}

const char *pfnscope_said_size(struct pfnscope_findings *findings, int64_t bytes)
{
	char *text = bytes < 0 ? pfnscope_strdup("-") :
		     pfnscope_check_value(PFNSCOPE_IN_BYTES, bytes);
	const char *kept = pfnscope_table_keep_string(findings->table, text);

	free(text);
	return kept;
}

const char *pfnscope_said_over(struct pfnscope_findings *findings,
			       const struct pfnscope_rate *rate)
{
	switch (rate->over) {
	case PFNSCOPE_OVER_INTERVAL:
		return pfnscope_said(findings, "in %" PRId64 ".%d s", rate->ms / 1000,
				     (int)(rate->ms % 1000) / 100);
	case PFNSCOPE_OVER_UPTIME:
		return pfnscope_said(findings, "since boot, %" PRId64 " s ago",
				     rate->ms / 1000);
	case PFNSCOPE_OVER_LIFE:
		return pfnscope_said(findings, "since it was made, at most %" PRId64 " s ago",
				     rate->ms / 1000);
	default:
		return "since boot";
	}
}

const char *pfnscope_said_lack(struct pfnscope_findings *findings,
			       const struct pfnscope_numbers *numbers,
			       const char *file, const char *name)
{
	return numbers->why ? pfnscope_said(findings, "%s", numbers->why) :
	       pfnscope_said(findings, "%s has no %s", file, name);
}

/* --- levels --- */

static bool is_past(const struct pfnscope_check *check, int64_t number, int64_t limit)
{
	if (limit == PFNSCOPE_MISSING)
		return false;
	return check->side == PFNSCOPE_FROM ? number >= limit : number < limit;
}

enum pfnscope_level pfnscope_check_grade(const struct pfnscope_check *check,
					 int64_t number)
{
	enum pfnscope_level level = PFNSCOPE_LEVEL_CRIT;

	if (number == PFNSCOPE_MISSING)
		return PFNSCOPE_LEVEL_UNKNOWN;
	while (level > PFNSCOPE_LEVEL_OK &&
	       !is_past(check, number, check->limit[level]))
		level--;
	return level;
}

/* ">= 10%", to be freed; NULL where there is none. */
char *pfnscope_check_limit(const struct pfnscope_check *check, enum pfnscope_level level)
{
	char *value, *text;

	if (check->words[level])
		return pfnscope_strdup(check->words[level]);
	if (check->limit[level] == PFNSCOPE_MISSING)
		return NULL;
	value = pfnscope_check_value(check->unit, check->limit[level]);
	text = pfnscope_format("%s %s", check->side == PFNSCOPE_FROM ? ">=" : "<", value);
	free(value);
	return text;
}

/* The limit of that level, else the next one above. */
static char *limit_text(const struct pfnscope_check *check, enum pfnscope_level level)
{
	char *text = NULL;

	if (level == PFNSCOPE_LEVEL_UNKNOWN || level == PFNSCOPE_LEVEL_OK)
		level = PFNSCOPE_LEVEL_NOTE;
	for (; !text && level <= PFNSCOPE_LEVEL_CRIT; level++)
		text = pfnscope_check_limit(check, level);
	return text;
}

static void add_finding(struct pfnscope_findings *findings, enum pfnscope_level level,
			const struct pfnscope_finding *finding, const char *because)
{
	const struct pfnscope_check *check = findings->check;
	struct TRIAGE_table *table = TRIAGE_FROM(findings->table);
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	char *value = NULL, *limit = limit_text(check, level);

	if (finding->number != PFNSCOPE_MISSING) {
		value = pfnscope_check_value(check->unit, finding->number);
		pfnscope_table_set_signed(CELL(table, row, TRIAGE_number), finding->number);
		pfnscope_table_set_string(CELL(table, row, TRIAGE_value), value);
	}
	pfnscope_table_set_string(CELL(table, row, TRIAGE_level), levels[level]);
	pfnscope_table_set_string(CELL(table, row, TRIAGE_check), check->id);
	pfnscope_table_set_string(CELL(table, row, TRIAGE_unit), units[check->unit]);
	pfnscope_table_set_string(CELL(table, row, TRIAGE_kind), kinds[check->kind]);
	pfnscope_table_set_string(CELL(table, row, TRIAGE_because), because);
	if (finding->where)
		pfnscope_table_set_string(CELL(table, row, TRIAGE_where), finding->where);
	if (limit)
		pfnscope_table_set_string(CELL(table, row, TRIAGE_limit), limit);
	if (finding->cure && level > PFNSCOPE_LEVEL_OK &&
	    level < PFNSCOPE_LEVEL_UNKNOWN)
		pfnscope_table_set_string(CELL(table, row, TRIAGE_do), finding->cure);
	findings->found = true;
	free(value);
	free(limit);
}

void pfnscope_found(struct pfnscope_findings *findings,
		    const struct pfnscope_finding *finding, const char *because, ...)
{
	enum pfnscope_level level = pfnscope_check_grade(findings->check, finding->number);
	va_list arguments;
	char *text;

	if (finding->judged)
		level = finding->level;
	if (finding->most && level <= PFNSCOPE_LEVEL_CRIT && level > finding->most)
		level = finding->most;
	va_start(arguments, because);
	text = pfnscope_vformat(because, arguments);
	va_end(arguments);
	add_finding(findings, level, finding, text);
	free(text);
}

static void found_nothing(struct pfnscope_findings *findings, enum pfnscope_level level,
			  const char *because, va_list arguments)
{
	const struct pfnscope_finding finding = { .number = PFNSCOPE_MISSING };
	char *text = pfnscope_vformat(because, arguments);

	add_finding(findings, level, &finding, text);
	free(text);
}

void pfnscope_found_none(struct pfnscope_findings *findings, const char *because, ...)
{
	va_list arguments;

	va_start(arguments, because);
	found_nothing(findings, PFNSCOPE_LEVEL_OK, because, arguments);
	va_end(arguments);
}

void pfnscope_found_unknown(struct pfnscope_findings *findings, const char *because, ...)
{
	va_list arguments;

	va_start(arguments, because);
	found_nothing(findings, PFNSCOPE_LEVEL_UNKNOWN, because, arguments);
	va_end(arguments);
}

void pfnscope_found_rate(struct pfnscope_findings *findings,
			 const struct pfnscope_rate *rate, int64_t number,
			 const struct pfnscope_finding *finding, const char *because)
{
	const char *over = pfnscope_said_over(findings, rate);
	struct pfnscope_finding told = *finding;
	enum pfnscope_level level;

	told.number = number;
	if (rate->over == PFNSCOPE_OVER_NOTHING) {
		pfnscope_found_unknown(findings, "%s", because);
		return;
	}
	if (rate->over == PFNSCOPE_OVER_INTERVAL || !rate->count) {
		if (!rate->count)
			told.number = 0;
		pfnscope_found(findings, &told, "%s %s", because, over);
		return;
	}
	level = pfnscope_check_grade(findings->check, number);
	if (level == PFNSCOPE_LEVEL_OK || level == PFNSCOPE_LEVEL_UNKNOWN) {
		pfnscope_found_unknown(findings, "one reading: %s %s", because, over);
		return;
	}
	if (!told.most || told.most > PFNSCOPE_LEVEL_WARN)
		told.most = PFNSCOPE_LEVEL_WARN;
	pfnscope_found(findings, &told, "%s %s", because, over);
}
