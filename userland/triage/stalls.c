// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pressure of a cgroup is that of all tasks in it and below it, and any number of tasks
 * that wait at the same time count once; of stalls each row is of the tasks of one cgroup,
 * and the times of all of them add up. So rows are summed up the tree before the two are
 * set beside each other.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "triage/stalls.h"
#include "view/stalls.h"

#define NS_PER_US	1000

const struct pfnscope_view pfnscope_view_stall_shares =
	PFNSCOPE_VIEW(STALL_SHARES, "stall_shares");

/**
 * struct cause - what was waited for
 * @path: of the cgroup, NULL where it is gone
 * @event: the kind
 * @orders: of the requests, or NULL
 * @count: how often
 * @ns: how long
 * @longest: 0 where it is not known
 * @pages: reclaimed
 * @has_pages: of this kind that is known
 */
struct cause {
	const char *path;
	const char *event;
	const char *orders;
	uint64_t count;
	uint64_t ns;
	uint64_t longest;
	uint64_t pages;
	bool has_pages;
};

struct causes {
	struct cause *list;
	size_t count;
};

static struct cause *add_cause(struct causes *causes, const struct cause *cause)
{
	causes->list = pfnscope_realloc(causes->list, causes->count + 1, sizeof(*causes->list));
	causes->list[causes->count] = *cause;
	return &causes->list[causes->count++];
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* --- from one reading to the next --- */

static uint64_t number_of(const struct STALLS_table *table, size_t row, unsigned int column)
{
	uint64_t number = 0;

	pfnscope_table_number(&table->all, row, column, &number);
	return number;
}

/* The same cgroup, kind and orders. */
static bool is_same_row(const struct STALLS_table *a, size_t row, const struct STALLS_table *b,
			size_t other)
{
	uint64_t id = 0, other_id = 0;

	return pfnscope_table_number(CELL(a, row, STALLS_cgroup_id), &id) ==
		       pfnscope_table_number(CELL(b, other, STALLS_cgroup_id), &other_id) &&
	       id == other_id &&
	       same(pfnscope_table_string(CELL(a, row, STALLS_event)),
		    pfnscope_table_string(CELL(b, other, STALLS_event))) &&
	       same(pfnscope_table_string(CELL(a, row, STALLS_orders)),
		    pfnscope_table_string(CELL(b, other, STALLS_orders)));
}

/*
 * A row of @table like one of @other. They stand in the same order, but for some that came or
 * went: it looks from where the last one was, @at, on.
 */
static bool find_row(const struct STALLS_table *table, const struct STALLS_table *other,
		     size_t row, size_t *at)
{
	size_t count = table->all.nr_rows;

	for (size_t i = 0; i < count; i++) {
		if (!is_same_row(table, (*at + i) % count, other, row))
			continue;
		*at = (*at + i) % count;
		return true;
	}
	return false;
}

static struct cause cause_of(const struct STALLS_table *table, size_t row)
{
	return (struct cause){
		.path = pfnscope_table_string(CELL(table, row, STALLS_cgroup)),
		.event = pfnscope_table_string(CELL(table, row, STALLS_event)),
		.orders = pfnscope_table_string(CELL(table, row, STALLS_orders)),
		.count = number_of(table, row, STALLS_count),
		.ns = number_of(table, row, STALLS_total_ns),
		.longest = number_of(table, row, STALLS_longest_ns),
		.pages = number_of(table, row, STALLS_reclaimed_pages),
		.has_pages = pfnscope_table_cell(CELL(table, row, STALLS_reclaimed_pages)),
	};
}

/* A switch that was off meanwhile has begun anew. */
static void subtract(struct cause *cause, const struct cause *before)
{
	if (before->count > cause->count || before->ns > cause->ns)
		return;
	cause->count -= before->count;
	cause->ns -= before->ns;
	cause->pages -= before->pages < cause->pages ? before->pages : cause->pages;
	if (cause->longest <= before->longest)
		cause->longest = 0;
	/* It may be gone by now. */
	if (!cause->path)
		cause->path = before->path;
}

static struct causes causes_between(const struct pfnscope_table *before,
				    const struct pfnscope_table *after)
{
	const struct STALLS_table *now = STALLS_OF(after), *then = STALLS_OF(before);
	struct causes causes = { 0 };
	size_t at = 0;

	for (size_t row = 0; row < after->nr_rows; row++) {
		struct cause cause = cause_of(now, row), was;

		if (then && find_row(then, now, row, &at)) {
			was = cause_of(then, at);
			subtract(&cause, &was);
		}
		if (cause.count)
			add_cause(&causes, &cause);
	}
	return causes;
}

/* --- up the tree --- */

static bool is_in(const char *path, const char *group)
{
	size_t length = strlen(group);

	if (!strcmp(group, "/"))
		return true;
	return path && !strncmp(path, group, length) && (!path[length] || path[length] == '/');
}

static void add_up(struct causes *sums, const struct cause *cause)
{
	struct cause *sum;
	size_t i;

	for (i = 0; i < sums->count; i++)
		if (same(sums->list[i].event, cause->event) &&
		    same(sums->list[i].orders, cause->orders))
			break;
	if (i == sums->count) {
		add_cause(sums, cause);
		return;
	}
	sum = &sums->list[i];
	sum->count += cause->count;
	sum->ns += cause->ns;
	sum->pages += cause->pages;
	if (cause->longest > sum->longest)
		sum->longest = cause->longest;
}

static int longer_first(const void *a, const void *b)
{
	const struct cause *left = a, *right = b;

	return left->ns > right->ns ? -1 : left->ns < right->ns;
}

/* Of all that are in @group, or of those without a path where that is NULL. */
static struct causes causes_in(const struct causes *all, const char *group)
{
	struct causes sums = { 0 };

	for (size_t i = 0; i < all->count; i++)
		if (group ? is_in(all->list[i].path, group) : !all->list[i].path)
			add_up(&sums, &all->list[i]);
	if (sums.count)
		qsort(sums.list, sums.count, sizeof(*sums.list), longer_first);
	return sums;
}

/* --- the table --- */

/**
 * struct waited - a cgroup, of which there will be rows
 * @path: NULL for those that are gone
 * @pressure_ns: UINT64_MAX where it is not known
 * @causes: what it waited for
 * @ns: all of them together
 */
struct waited {
	const char *path;
	uint64_t pressure_ns;
	struct causes causes;
	uint64_t ns;
};

static uint64_t whole_of(const struct waited *waited)
{
	return waited->pressure_ns != UINT64_MAX && waited->pressure_ns > waited->ns ?
		waited->pressure_ns : waited->ns;
}

static struct pfnscope_value *add_share(struct STALL_SHARES_table *table, const struct waited *waited,
					const char *event, uint64_t ns)
{
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	uint64_t whole = whole_of(waited);

	if (waited->path)
		pfnscope_table_set_string(CELL(table, row, STALL_SHARES_cgroup), waited->path);
	if (waited->pressure_ns != UINT64_MAX)
		pfnscope_table_set_number(CELL(table, row, STALL_SHARES_pressure_ns), waited->pressure_ns);
	pfnscope_table_set_string(CELL(table, row, STALL_SHARES_event), event);
	pfnscope_table_set_number(CELL(table, row, STALL_SHARES_total_ns), ns);
	if (whole)
		pfnscope_table_set_number(CELL(table, row, STALL_SHARES_share_permille),
					  (uint64_t)((unsigned __int128)ns * 1000 / whole));
	return row;
}

static void add_rows(struct STALL_SHARES_table *table, const struct waited *waited)
{
	for (size_t i = 0; i < waited->causes.count; i++) {
		const struct cause *cause = &waited->causes.list[i];
		struct pfnscope_value *row = add_share(table, waited, cause->event, cause->ns);

		if (cause->orders)
			pfnscope_table_set_string(CELL(table, row, STALL_SHARES_orders), cause->orders);
		pfnscope_table_set_number(CELL(table, row, STALL_SHARES_count), cause->count);
		if (cause->longest)
			pfnscope_table_set_number(CELL(table, row, STALL_SHARES_longest_ns), cause->longest);
		if (cause->has_pages)
			pfnscope_table_set_number(CELL(table, row, STALL_SHARES_reclaimed_pages), cause->pages);
	}
	if (waited->pressure_ns != UINT64_MAX)
		add_share(table, waited, "other", whole_of(waited) - waited->ns);
}

static struct waited waited_by(const struct causes *all, const char *path, uint64_t pressure_ns)
{
	struct waited waited = { path, pressure_ns, causes_in(all, path), 0 };

	for (size_t i = 0; i < waited.causes.count; i++)
		waited.ns += waited.causes.list[i].ns;
	return waited;
}

static uint64_t pressure_of(const struct pfnscope_pressed *group)
{
	if (group->after_us == UINT64_MAX || group->before_us == UINT64_MAX ||
	    group->after_us < group->before_us)
		return UINT64_MAX;
	return (group->after_us - group->before_us) * NS_PER_US;
}

static int more_first(const void *a, const void *b)
{
	const struct waited *left = a, *right = b;
	uint64_t l = whole_of(left), r = whole_of(right);

	if (l != r)
		return l > r ? -1 : 1;
	/* One that all others are below comes first. */
	return left->path && right->path ? strcmp(left->path, right->path) :
	       !left->path - !right->path;
}

static int by_path(const void *path, const void *group)
{
	return strcmp(path, ((const struct pfnscope_pressed *)group)->path);
}

static bool has_pressure(const struct pfnscope_pressures *pressures, const char *path)
{
	return path && bsearch(path, pressures->groups, pressures->count,
			       sizeof(*pressures->groups), by_path);
}

static bool is_listed(const struct waited *list, size_t count, const char *path)
{
	while (count--)
		if (same(list[count].path, path))
			return true;
	return false;
}

/* Those that PSI knows, and those that only waited: of version 1, or gone. */
static struct waited *list_waited(const struct pfnscope_pressures *pressures,
				  const struct causes *all, size_t *count)
{
	struct waited *list = pfnscope_calloc(pressures->count + all->count + 1, sizeof(*list));

	for (*count = 0; *count < pressures->count; (*count)++)
		list[*count] = waited_by(all, pressures->groups[*count].path,
					 pressure_of(&pressures->groups[*count]));
	for (size_t i = 0; i < all->count; i++) {
		const char *path = all->list[i].path;

		if (!has_pressure(pressures, path) &&
		    !is_listed(list + pressures->count, *count - pressures->count, path)) {
			list[*count] = waited_by(all, path, UINT64_MAX);
			(*count)++;
		}
	}
	qsort(list, *count, sizeof(*list), more_first);
	return list;
}

/* The clocks of both, and what PSI leaves out because it was short, are no overlap. */
static bool is_more(const struct waited *waited)
{
	return waited->pressure_ns != UINT64_MAX &&
	       waited->ns > waited->pressure_ns + waited->pressure_ns / 50 + 10000000;
}

struct pfnscope_table *pfnscope_stall_shares(const struct pfnscope_pressures *pressures,
					     const struct pfnscope_table *before,
					     const struct pfnscope_table *after, bool *overlap)
{
	struct STALL_SHARES_table *table = STALL_SHARES_NEW();
	struct causes all = causes_between(before, after);
	size_t count;
	struct waited *list = list_waited(pressures, &all, &count);

	*overlap = false;
	if (after->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(&table->all, after->state, "%s", after->reason);
	for (size_t i = 0; i < count; i++) {
		if (whole_of(&list[i]))
			add_rows(table, &list[i]);
		*overlap |= is_more(&list[i]);
		free(list[i].causes.list);
	}
	free(list);
	free(all.list);
	return &table->all;
}
