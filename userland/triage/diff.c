// SPDX-License-Identifier: GPL-2.0-only
/* Joins the numbers of two moments by their names, and keeps what changed. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/text.h"
#include "base/units.h"
#include "triage/diff.h"

const struct pfnscope_view pfnscope_view_diff = PFNSCOPE_VIEW(DIFF, "diff");

#define DIFF_BRIEF_ROW DIFF_ROW
#define DIFF_BRIEF_FIELDS(F, V) \
	DIFF_NAME_FIELDS(F, V) \
	F(V, STRING, before, SHOWN, NULL, "how much it was") \
	F(V, STRING, after, SHOWN, NULL, "how much it is") \
	F(V, STRING, change, SHOWN, NULL, "by how much it grew") \
	F(V, STRING, per_hour, SHOWN, NULL, "the same for each hour")

PFNSCOPE_COLUMNS(DIFF_BRIEF);
static const struct pfnscope_view brief_view = PFNSCOPE_VIEW(DIFF_BRIEF, "diff");
PFNSCOPE_TABLE(DIFF_BRIEF, brief_view);

/* One that changed; of the two, what there was. */
struct change {
	const struct pfnscope_number_of *before;
	const struct pfnscope_number_of *after;
	int64_t by;
};

struct changes {
	struct change *all;
	size_t count;
	size_t room;
};

static const struct pfnscope_number_of *either(const struct change *change)
{
	return change->after ? change->after : change->before;
}

static void note(struct changes *changes, const struct pfnscope_number_of *before,
		 const struct pfnscope_number_of *after)
{
	int64_t by = (after ? after->number : 0) - (before ? before->number : 0);

	if (!by)
		return;
	if (changes->count == changes->room) {
		changes->room = changes->room ? 2 * changes->room : 256;
		changes->all = pfnscope_realloc(changes->all, changes->room,
						sizeof(*changes->all));
	}
	changes->all[changes->count++] = (struct change){ before, after, by };
}

/* Whether anything is known of the table that @name is of. */
static bool has_table(const struct pfnscope_series *series, const char *name)
{
	size_t low = 0, high = series->count, length = strcspn(name, "\t") + 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(series->all[middle].name, name, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < series->count && !strncmp(series->all[low].name, name, length);
}

/* A table that one of them lacks was not read there: that is no change. */
static void note_alone(struct changes *changes, const struct pfnscope_number_of *before,
		       const struct pfnscope_number_of *after,
		       const struct pfnscope_series *other)
{
	const struct pfnscope_number_of *of = before ? before : after;

	if (of && has_table(other, of->name))
		note(changes, before, after);
}

/* Both are in the order of their names. */
static void join_series(struct changes *changes, const struct pfnscope_series *before,
			const struct pfnscope_series *after)
{
	size_t b = 0, a = 0;

	while (b < before->count || a < after->count) {
		int order = b == before->count ? 1 : a == after->count ? -1 :
			    strcmp(before->all[b].name, after->all[a].name);

		if (!order)
			note(changes, &before->all[b], &after->all[a]);
		else if (order < 0)
			note_alone(changes, &before->all[b], NULL, after);
		else
			note_alone(changes, NULL, &after->all[a], before);
		b += order <= 0;
		a += order >= 0;
	}
}

static int by_change(const void *a, const void *b)
{
	const struct change *one = a, *other = b;
	int64_t first = llabs(one->by), second = llabs(other->by);

	if (either(one)->bytes != either(other)->bytes)
		return either(one)->bytes ? -1 : 1;
	if (first != second)
		return first > second ? -1 : 1;
	return strcmp(either(one)->name, either(other)->name);
}

/* The part of a name up to the next separator. */
static void set_part(struct pfnscope_table *table, struct pfnscope_value *row,
		     unsigned int column, const char **name)
{
	size_t length = strcspn(*name, "\t");
	char *part = pfnscope_strndup(*name, length);

	if (*part)
		pfnscope_table_set_string(table, row, column, part);
	free(part);
	*name += length + ((*name)[length] != '\0');
}

static void add_change_row(struct DIFF_table *table, const struct change *change,
			   int64_t seconds)
{
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	const char *name = either(change)->name;

	set_part(CELL(table, row, DIFF_table), &name);
	set_part(CELL(table, row, DIFF_key), &name);
	set_part(CELL(table, row, DIFF_number), &name);
	pfnscope_table_set_string(CELL(table, row, DIFF_unit),
				  either(change)->bytes ? "bytes" : "count");
	if (change->before)
		pfnscope_table_set_signed(CELL(table, row, DIFF_before), change->before->number);
	if (change->after)
		pfnscope_table_set_signed(CELL(table, row, DIFF_after), change->after->number);
	pfnscope_table_set_signed(CELL(table, row, DIFF_change), change->by);
	if (seconds > 0)
		pfnscope_table_set_signed(CELL(table, row, DIFF_per_hour),
					  (int64_t)((__int128)change->by * 3600 / seconds));
}

struct pfnscope_table *pfnscope_diff(const struct pfnscope_series *before,
				     const struct pfnscope_series *after, int64_t seconds)
{
	struct DIFF_table *table = DIFF_NEW();
	struct changes changes = { 0 };

	join_series(&changes, before, after);
	if (changes.count)
		qsort(changes.all, changes.count, sizeof(*changes.all), by_change);
	for (size_t i = 0; i < changes.count; i++)
		add_change_row(table, &changes.all[i], seconds);
	free(changes.all);
	return &table->all;
}

/* --- for people --- */

static void set_words(struct pfnscope_table *brief, struct pfnscope_value *row,
		      unsigned int to, const struct pfnscope_value *from, bool bytes,
		      bool sign)
{
	struct pfnscope_text out = { 0 };
	uint64_t size;

	if (!from->known)
		return;
	size = from->integer < 0 ? -(uint64_t)from->integer : (uint64_t)from->integer;
	if (from->integer < 0 || sign)
		pfnscope_text_put_char(&out, from->integer < 0 ? '-' : '+');
	if (bytes)
		pfnscope_units_bytes(&out, size);
	else
		pfnscope_text_put_number(&out, size, 10);
	pfnscope_table_set_string(brief, row, to, out.data);
	free(out.data);
}

struct pfnscope_table *pfnscope_diff_brief(const struct pfnscope_table *any)
{
	const struct DIFF_table *table = DIFF_OF(any);
	static const struct {
		unsigned int from, to;
		bool sign;
	} cells[] = {
		{ DIFF_before, DIFF_BRIEF_before, false }, { DIFF_after, DIFF_BRIEF_after, false },
		{ DIFF_change, DIFF_BRIEF_change, true }, { DIFF_per_hour, DIFF_BRIEF_per_hour, true },
	};
	struct pfnscope_table *brief = pfnscope_table_new(&brief_view);

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		struct pfnscope_value *to = pfnscope_table_add(brief);
		const char *unit = pfnscope_table_string(CELL(table, row, DIFF_unit));

		pfnscope_table_copy(brief, to, &table->all, row);
		for (size_t i = 0; i < ARRAY_SIZE(cells); i++)
			set_words(brief, to, cells[i].to,
				  pfnscope_table_value(&table->all, row, cells[i].from),
				  unit && !strcmp(unit, "bytes"), cells[i].sign);
	}
	return brief;
}
