// SPDX-License-Identifier: GPL-2.0-only
/* What tables have more or less than when they were read before. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "table/changes.h"

/* A row as it was: which one it is, and its numbers. */
struct kept_row {
	char *key;
	const int64_t *values;
};

/* A table as it was. What is not known in it is INT64_MIN. */
struct image {
	int64_t at_ns;
	size_t nr_fields;
	size_t nr_rows;
	char **names;
	int64_t *values;
	struct kept_row *rows;
};

/* One table, at two readings. */
struct slot {
	char *name;
	uint64_t tick;
	struct image before;
	struct image last;
};

struct pfnscope_changes {
	struct slot *slots;
	size_t count;
	uint64_t tick;
	int64_t now_ns;
};

struct pfnscope_changes *pfnscope_changes_new(void)
{
	return pfnscope_calloc(1, sizeof(struct pfnscope_changes));
}

static void clear_image(struct image *image)
{
	for (size_t i = 0; i < image->nr_rows; i++)
		free(image->rows[i].key);
	for (size_t i = 0; i < image->nr_fields; i++)
		free(image->names[i]);
	free(image->names);
	free(image->values);
	free(image->rows);
	*image = (struct image){ 0 };
}

void pfnscope_changes_free(struct pfnscope_changes *changes)
{
	for (size_t i = 0; changes && i < changes->count; i++) {
		clear_image(&changes->slots[i].before);
		clear_image(&changes->slots[i].last);
		free(changes->slots[i].name);
	}
	if (changes)
		free(changes->slots);
	free(changes);
}

void pfnscope_changes_tick(struct pfnscope_changes *changes, int64_t now_ns)
{
	changes->tick++;
	changes->now_ns = now_ns;
}

void pfnscope_changes_again(struct pfnscope_changes *changes, int64_t now_ns)
{
	changes->now_ns = now_ns;
}

/* "node=0 zone=DMA ": no cell has a blank that is not escaped. */
static char *row_key(const struct pfnscope_table *table, size_t row)
{
	struct pfnscope_text key = { 0 };

	for (size_t i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_field *field = &table->view->fields[i];
		const struct pfnscope_value *value = pfnscope_table_value(table, row, i);

		if (!(field->flags & PFNSCOPE_WHICH) || !value->known)
			continue;
		pfnscope_text_put_string(&key, field->name);
		pfnscope_text_put_char(&key, '=');
		if (field->type == PFNSCOPE_STRING)
			pfnscope_text_put_printable(&key, value->string, " \\");
		else
			pfnscope_text_put_number(&key, value->number, 10);
		pfnscope_text_put_char(&key, ' ');
	}
	return key.data ? key.data : pfnscope_strdup("");
}

/* What counts something, as a place, a share, an age or the name of the row do not. */
static bool is_counted(const struct pfnscope_field *field)
{
	if (!pfnscope_field_is_number(field) || field->flags & PFNSCOPE_WHICH)
		return false;
	switch (field->unit) {
	case PFNSCOPE_UNIT_NONE:
	case PFNSCOPE_UNIT_PAGES:
	case PFNSCOPE_UNIT_BYTES:
	case PFNSCOPE_UNIT_NS:
		return true;
	default:
		return false;
	}
}

static int64_t counted_number(const struct pfnscope_table *table, size_t row, size_t field)
{
	const struct pfnscope_value *value = pfnscope_table_value(table, row, field);

	if (!value->known || !is_counted(&table->view->fields[field]))
		return INT64_MIN;
	if (table->view->fields[field].type == PFNSCOPE_SIGNED)
		return value->integer;
	return value->number <= INT64_MAX ? (int64_t)value->number : INT64_MIN;
}

static int by_key(const void *a, const void *b)
{
	const struct kept_row *one = a, *other = b;

	return strcmp(one->key, other->key);
}

static void keep_image(struct image *image, const struct pfnscope_table *table, int64_t now_ns)
{
	size_t fields = table->view->nr_fields, row, i;

	*image = (struct image) {
		.at_ns = now_ns, .nr_fields = fields, .nr_rows = table->nr_rows,
		.names = pfnscope_calloc(fields + 1, sizeof(char *)),
		.values = pfnscope_calloc(fields * table->nr_rows + 1, sizeof(int64_t)),
		.rows = pfnscope_calloc(table->nr_rows + 1, sizeof(struct kept_row)),
	};
	for (i = 0; i < fields; i++)
		image->names[i] = pfnscope_strdup(table->view->fields[i].name);
	for (row = 0; row < table->nr_rows; row++) {
		int64_t *values = image->values + row * fields;

		image->rows[row] = (struct kept_row){ row_key(table, row), values };
		for (i = 0; i < fields; i++)
			values[i] = counted_number(table, row, i);
	}
	qsort(image->rows, image->nr_rows, sizeof(*image->rows), by_key);
}

static struct slot *find_slot(const struct pfnscope_changes *changes, const char *name)
{
	for (size_t i = 0; i < changes->count; i++)
		if (!strcmp(changes->slots[i].name, name))
			return &changes->slots[i];
	return NULL;
}

void pfnscope_changes_take(struct pfnscope_changes *changes,
			   const struct pfnscope_table *table)
{
	struct slot *slot = find_slot(changes, table->view->name);

	if (!slot) {
		changes->slots = pfnscope_realloc(changes->slots, changes->count + 1,
						  sizeof(*slot));
		slot = &changes->slots[changes->count++];
		*slot = (struct slot){ .name = pfnscope_strdup(table->view->name) };
	}
	if (slot->tick == changes->tick)
		return;
	slot->tick = changes->tick;
	clear_image(&slot->before);
	slot->before = slot->last;
	keep_image(&slot->last, table, changes->now_ns);
}

/* The row as it was; NULL where there was none, or several that are called the same. */
static const struct kept_row *row_before(const struct image *image,
					 const struct pfnscope_table *table, size_t row)
{
	struct kept_row wanted = { .key = row_key(table, row) }, *found;

	found = image->nr_rows ? bsearch(&wanted, image->rows, image->nr_rows,
					 sizeof(wanted), by_key) : NULL;
	free(wanted.key);
	if (!found || (found > image->rows && !by_key(found, found - 1)) ||
	    (found + 1 < image->rows + image->nr_rows && !by_key(found, found + 1)))
		return NULL;
	return found;
}

static int64_t value_before(const struct image *image, const struct kept_row *row,
			    const char *name)
{
	for (size_t i = 0; row && i < image->nr_fields; i++)
		if (!strcmp(image->names[i], name))
			return row->values[i];
	return INT64_MIN;
}

bool pfnscope_changes_of(struct pfnscope_changes *changes,
			 const struct pfnscope_table *table, size_t row, size_t field,
			 struct pfnscope_change *change)
{
	const struct slot *slot = find_slot(changes, table->view->name);
	int64_t now = counted_number(table, row, field), then;

	if (!slot || now == INT64_MIN || changes->now_ns <= slot->before.at_ns)
		return false;
	then = value_before(&slot->before, row_before(&slot->before, table, row),
			    table->view->fields[field].name);
	change->ns = changes->now_ns - slot->before.at_ns;
	return then != INT64_MIN && !__builtin_sub_overflow(now, then, &change->delta) &&
	       change->delta;
}

/* --- sorting --- */

/* A row, and by how much it changed. */
struct moved {
	uint64_t by;
	size_t row;
};

static int most_first(const void *a, const void *b)
{
	const struct moved *one = a, *other = b;

	if (one->by != other->by)
		return one->by < other->by ? 1 : -1;
	return one->row < other->row ? -1 : 1;
}

static uint64_t moved_by(struct pfnscope_changes *changes,
			 const struct pfnscope_table *table, size_t row,
			 const char *columns)
{
	char *list = pfnscope_strdup(columns), *rest = list, *word;
	struct pfnscope_change change;
	uint64_t sum = 0;

	while ((word = strsep(&rest, ","))) {
		int field = pfnscope_view_field(table->view, word);

		if (field >= 0 && pfnscope_changes_of(changes, table, row,
						      (size_t)field, &change))
			sum += change.delta < 0 ? 0 - (uint64_t)change.delta :
						  (uint64_t)change.delta;
	}
	free(list);
	return sum;
}

void pfnscope_changes_sort(struct pfnscope_changes *changes,
			   struct pfnscope_table *table, const char *columns)
{
	size_t fields = table->view->nr_fields, row;
	struct pfnscope_value *cells;
	struct moved *order;

	order = pfnscope_calloc(table->nr_rows + 1, sizeof(*order));
	cells = pfnscope_calloc(table->nr_rows * fields + 1, sizeof(*cells));
	for (row = 0; row < table->nr_rows; row++)
		order[row] = (struct moved){ moved_by(changes, table, row, columns), row };
	qsort(order, table->nr_rows, sizeof(*order), most_first);
	for (row = 0; row < table->nr_rows; row++)
		memcpy(cells + row * fields, table->cells + order[row].row * fields,
		       fields * sizeof(*cells));
	memcpy(table->cells, cells, table->nr_rows * fields * sizeof(*cells));
	free(cells);
	free(order);
}
