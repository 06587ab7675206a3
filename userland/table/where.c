// SPDX-License-Identifier: GPL-2.0-only
/* Conditions on rows, as --where, --node and --zone give them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "table/select.h"
#include "table/where.h"

/* Longer signs first: the first that fits is taken. */
static const struct {
	const char *sign;
	enum pfnscope_comparison comparison;
} signs[] = {
	{ "!=", PFNSCOPE_UNEQUAL },
	{ "<=", PFNSCOPE_LESS_OR_EQUAL },
	{ ">=", PFNSCOPE_GREATER_OR_EQUAL },
	{ "==", PFNSCOPE_EQUAL },
	{ "=", PFNSCOPE_EQUAL },
	{ "<", PFNSCOPE_LESS },
	{ ">", PFNSCOPE_GREATER },
};

#define SIGNS	ARRAY_SIZE(signs)

static const char *const size_units[] = { "", "K", "M", "G", "T", "P", NULL };
static const char *const time_units[] = { "ns", "us", "ms", "s", NULL };
static const char *const share_units[] = { "", "%", NULL };

/* What a condition asks of one field, once its column is found. */
struct test {
	const struct pfnscope_field *field;
	size_t index;
	enum pfnscope_comparison comparison;
	bool scaled;		/* @number is in bytes or in nanoseconds */
	__int128 number;
	const char *word;
};

static struct pfnscope_condition *new_condition(struct pfnscope_where *where,
						struct pfnscope_error *error)
{
	if (where->count < PFNSCOPE_CONDITIONS)
		return &where->conditions[where->count++];
	pfnscope_fail(error, PFNSCOPE_USAGE, "at most %d conditions",
		      PFNSCOPE_CONDITIONS);
	return NULL;
}

int pfnscope_where_add(struct pfnscope_where *where, const char *text,
		       struct pfnscope_error *error)
{
	size_t length = strcspn(text, "!<>="), i;
	struct pfnscope_condition *condition;
	const char *at = text + length;

	for (i = 0; i < SIGNS; i++)
		if (!strncmp(at, signs[i].sign, strlen(signs[i].sign)))
			break;
	if (!length || i == SIGNS || !at[strlen(signs[i].sign)])
		return pfnscope_fail(error, PFNSCOPE_USAGE,
			"--where: not COLUMN, a sign as in < <= = != >= >, and a value: \"%s\"",
			text);
	condition = new_condition(where, error);
	if (!condition)
		return -1;
	condition->column = pfnscope_strndup(text, length);
	condition->comparison = signs[i].comparison;
	condition->value = at + strlen(signs[i].sign);
	return 0;
}

int pfnscope_where_equal(struct pfnscope_where *where, const char *column,
			 const char *value, struct pfnscope_error *error)
{
	struct pfnscope_condition *condition = new_condition(where, error);
	size_t length = strlen(column) + 1;

	if (!condition)
		return -1;
	condition->column = pfnscope_calloc(length + strlen(value) + 1, 1);
	condition->comparison = PFNSCOPE_EQUAL;
	condition->value = memcpy(condition->column + length, value, strlen(value));
	memcpy(condition->column, column, length);
	return 0;
}

void pfnscope_where_clear(struct pfnscope_where *where)
{
	while (where->count)
		free(where->conditions[--where->count].column);
}

static bool is_time(const struct pfnscope_field *field)
{
	return field->unit == PFNSCOPE_UNIT_NS || field->unit == PFNSCOPE_UNIT_MS;
}

/* Factor of the unit at @unit, 0 where it is none; @steps of @step each. */
static uint64_t factor_of(const char *unit, const char *const *units,
			  uint64_t step, bool bytes)
{
	uint64_t factor = 1;

	for (; *units; units++, factor *= step) {
		size_t length = strlen(*units);

		if (strncasecmp(unit, *units, length))
			continue;
		if (!unit[length] || (bytes && length &&
				      (!strcasecmp(unit + length, "B") ||
				       !strcasecmp(unit + length, "iB"))))
			return factor;
	}
	return bytes && !strcasecmp(unit, "B") ? 1 : 0;
}

/* "12", with a unit "1M" of sizes, "5ms" of times, "50%" of shares; below 0 where the field can be. */
static bool set_number(struct test *test, const char *value)
{
	bool negative = test->field->type == PFNSCOPE_SIGNED && *value == '-';
	size_t digits = strspn(value += negative, "0123456789");
	const char *unit = value + digits;
	uint64_t factor = 0;

	if (!digits || digits > 20)
		return false;
	for (test->number = 0; value < unit; value++)
		test->number = test->number * 10 + (*value - '0');
	if (negative)
		test->number = -test->number;
	if (!*unit)
		return true;
	if (pfnscope_field_is_size(test->field))
		factor = factor_of(unit, size_units, 1024, true);
	else if (is_time(test->field))
		factor = factor_of(unit, time_units, 1000, false);
	else if (test->field->unit == PFNSCOPE_UNIT_PERMILLE)
		factor = factor_of(unit, share_units, 10, false);
	test->scaled = true;
	test->number *= factor;
	return factor;
}

static int set_value(struct test *test, const struct pfnscope_condition *from,
		     struct pfnscope_error *error)
{
	bool ordered = from->comparison > PFNSCOPE_UNEQUAL;

	switch (test->field->type) {
	case PFNSCOPE_NUMBER:
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_SIGNED:
		if (set_number(test, from->value))
			return 0;
		return pfnscope_fail(error, PFNSCOPE_USAGE,
			"%s: not a number%s: \"%s\"", test->field->name,
			pfnscope_field_is_size(test->field) ? " or a size such as 1M" :
			is_time(test->field) ? " or a time such as 5ms" : "",
			from->value);
	case PFNSCOPE_STRING:
	case PFNSCOPE_WORDS:
		test->word = from->value;
		if (!ordered)
			return 0;
	}
	return pfnscope_fail(error, PFNSCOPE_USAGE,
			     "%s: words are compared by = and != only",
			     test->field->name);
}

static int make_test(const struct pfnscope_condition *from,
		     const struct pfnscope_view *view, struct test *test,
		     struct pfnscope_error *error)
{
	int field = pfnscope_view_find(view, from->column);

	if (field < 0) {
		pfnscope_fail(error, PFNSCOPE_USAGE,
			      "%s has no column \"%s\" (pfnscope %s --help lists them)",
			      view->name, from->column, view->name);
		return -1;
	}
	*test = (struct test) {
		.field = &view->fields[field],
		.index = (size_t)field,
		.comparison = from->comparison,
	};
	return set_value(test, from, error);
}

int pfnscope_where_check(const struct pfnscope_where *where,
			 const struct pfnscope_view *view,
			 struct pfnscope_error *error)
{
	struct test test;
	size_t i;

	for (i = 0; i < where->count; i++)
		if (make_test(&where->conditions[i], view, &test, error))
			return -1;
	return 0;
}

static bool compares(enum pfnscope_comparison how, int order)
{
	switch (how) {
	case PFNSCOPE_EQUAL: return !order;
	case PFNSCOPE_UNEQUAL: return order;
	case PFNSCOPE_LESS: return order < 0;
	case PFNSCOPE_LESS_OR_EQUAL: return order <= 0;
	case PFNSCOPE_GREATER: return order > 0;
	case PFNSCOPE_GREATER_OR_EQUAL: return order >= 0;
	}
	return false;
}

static bool number_fits(const struct test *test, __int128 number,
			uint64_t page_size)
{
	__int128 scaled = number;

	if (test->scaled && test->field->unit == PFNSCOPE_UNIT_PAGES)
		scaled *= page_size;
	else if (test->scaled && test->field->unit == PFNSCOPE_UNIT_MS)
		scaled *= 1000000;
	return compares(test->comparison, (scaled > test->number) -
					  (scaled < test->number));
}

static bool word_fits(const struct test *test, const char *word)
{
	return compares(test->comparison, strcasecmp(word, test->word));
}

/* Of a list one element has to fit; for != all of them. */
static bool list_fits(const struct test *test,
		      const struct pfnscope_value *value, uint64_t page_size)
{
	bool all = test->comparison == PFNSCOPE_UNEQUAL;
	uint32_t i;

	for (i = 0; i < value->count; i++) {
		bool fits = test->field->type == PFNSCOPE_WORDS ?
			    word_fits(test, value->words[i]) :
			    number_fits(test, value->numbers[i], page_size);

		if (fits != all)
			return fits;
	}
	return all;
}

static bool fits(const struct test *test, const struct pfnscope_table *table,
		 size_t row, uint64_t page_size)
{
	const struct pfnscope_value *value;

	value = pfnscope_table_value(table, row, test->index);
	if (!value->known)
		return false;
	switch (test->field->type) {
	case PFNSCOPE_NUMBER:
		return number_fits(test, value->number, page_size);
	case PFNSCOPE_SIGNED:
		return number_fits(test, value->integer, page_size);
	case PFNSCOPE_STRING:
		return word_fits(test, value->string);
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_WORDS:
		break;
	}
	return list_fits(test, value, page_size);
}

struct tests {
	struct test test[PFNSCOPE_CONDITIONS];
	size_t count;
	uint64_t page_size;
};

static bool all_fit(const struct pfnscope_table *table, size_t row,
		    const void *context)
{
	const struct tests *tests = context;
	size_t i;

	for (i = 0; i < tests->count; i++)
		if (!fits(&tests->test[i], table, row, tests->page_size))
			return false;
	return true;
}

static bool fits_somewhere(const struct test *test,
			   const struct pfnscope_table *table,
			   uint64_t page_size)
{
	size_t row;

	for (row = 0; row < table->nr_rows; row++)
		if (fits(test, table, row, page_size))
			return true;
	return false;
}

static bool same_cell(const struct pfnscope_field *field,
		      const struct pfnscope_value *a,
		      const struct pfnscope_value *b)
{
	return field->type == PFNSCOPE_STRING ? !strcmp(a->string, b->string) :
	       a->number == b->number;
}

static bool seen_before(const struct pfnscope_table *table, size_t row,
			size_t field)
{
	const struct pfnscope_value *cell = pfnscope_table_value(table, row, field);
	size_t i;

	for (i = 0; i < row; i++) {
		const struct pfnscope_value *other =
			pfnscope_table_value(table, i, field);

		if (other->known && same_cell(&table->view->fields[field],
					      other, cell))
			return true;
	}
	return false;
}

/* ": there are DMA, DMA32", of the first rows, as a hint. */
static void put_values(struct pfnscope_text *text, const struct test *test,
		       const struct pfnscope_table *table, uint64_t page_size)
{
	size_t row, count = 0, last = table->nr_rows < 1000 ? table->nr_rows : 1000;

	if (test->field->type != PFNSCOPE_STRING &&
	    test->field->type != PFNSCOPE_NUMBER)
		return;
	for (row = 0; row < last && count < 8; row++) {
		const struct pfnscope_value *value =
			pfnscope_table_value(table, row, test->index);

		if (!value->known || seen_before(table, row, test->index))
			continue;
		pfnscope_text_put_string(text, count++ ? ", " : ": there are ");
		if (test->field->type == PFNSCOPE_STRING)
			pfnscope_text_put_printable(text, value->string, "");
		else
			pfnscope_field_put(text, test->field, value->number, page_size);
	}
	if (row < last)
		pfnscope_text_put_string(text, ", ...");
}

static const char *sign_of(enum pfnscope_comparison comparison)
{
	static const char *const of[] = {
		[PFNSCOPE_EQUAL] = "=", [PFNSCOPE_UNEQUAL] = "!=",
		[PFNSCOPE_LESS] = "<", [PFNSCOPE_LESS_OR_EQUAL] = "<=",
		[PFNSCOPE_GREATER] = ">", [PFNSCOPE_GREATER_OR_EQUAL] = ">=",
	};

	return of[comparison];
}

/* The condition that nothing fulfils, or else that no row fulfils all. */
static char *why_none(const struct pfnscope_where *where,
		      const struct tests *tests,
		      const struct pfnscope_table *table)
{
	struct pfnscope_text text = { 0 };
	const struct pfnscope_condition *from;
	size_t i;

	for (i = 0; i < tests->count; i++)
		if (!fits_somewhere(&tests->test[i], table, tests->page_size))
			break;
	if (i == tests->count)
		return pfnscope_strdup("no row fulfils all conditions together");
	from = &where->conditions[i];
	pfnscope_text_put_string(&text, "no row with ");
	pfnscope_text_put_printable(&text, from->column, "");
	pfnscope_text_put_char(&text, ' ');
	pfnscope_text_put_string(&text, sign_of(from->comparison));
	pfnscope_text_put_char(&text, ' ');
	pfnscope_text_put_printable(&text, from->value, "");
	put_values(&text, &tests->test[i], table, tests->page_size);
	return text.data;
}

char *pfnscope_where_apply(const struct pfnscope_where *where,
			   struct pfnscope_table *table, uint64_t page_size)
{
	struct tests tests = { .count = where->count, .page_size = page_size };
	struct pfnscope_error error = { 0 };
	char *why = NULL;
	size_t i;

	for (i = 0; i < where->count; i++)
		if (make_test(&where->conditions[i], table->view,
			      &tests.test[i], &error))
			return pfnscope_strdup(error.text);
	if (!table->nr_rows || !tests.count)
		return NULL;
	for (i = 0; i < table->nr_rows; i++)
		if (all_fit(table, i, &tests))
			break;
	if (i == table->nr_rows)
		why = why_none(where, &tests, table);
	pfnscope_table_filter(table, all_fit, &tests);
	return why;
}
