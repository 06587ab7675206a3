// SPDX-License-Identifier: GPL-2.0-only
/* A table of typed cells, and a snapshot of tables. */
#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "table/table.h"

#define ARENA_CHUNK	(64 * 1024)

/* Small pieces that live as long as their table. */
struct pfnscope_arena {
	struct pfnscope_arena *next;
	size_t used;
	size_t size;
	alignas(max_align_t) char memory[];
};

struct pfnscope_table *pfnscope_table_new(const struct pfnscope_view *view)
{
	struct pfnscope_table *table = pfnscope_calloc(1, sizeof(*table));

	table->view = view;
	return table;
}

void pfnscope_table_free(struct pfnscope_table *table)
{
	struct pfnscope_arena *arena, *next;

	if (!table)
		return;
	for (arena = table->arena; arena; arena = next) {
		next = arena->next;
		free(arena);
	}
	free(table->cells);
	free(table->reason);
	free(table);
}

const struct pfnscope_table *pfnscope_table_is(const struct pfnscope_table *table,
					       const struct pfnscope_view *view)
{
	assert(!table || table->view->name == view->name);
	return table;
}

/**
 * pfnscope_table_keep() - memory that lives as long as the table
 * @table: the owner
 * @size: bytes; the memory is not zeroed
 */
void *pfnscope_table_keep(struct pfnscope_table *table, size_t size)
{
	struct pfnscope_arena *arena = table->arena;
	size_t align = alignof(max_align_t);
	char *memory;

	size = (size + align - 1) / align * align;
	if (!arena || arena->size - arena->used < size) {
		size_t room = size > ARENA_CHUNK ? size : ARENA_CHUNK;

		arena = pfnscope_calloc(1, sizeof(*arena) + room);
		arena->size = room;
		arena->next = table->arena;
		table->arena = arena;
	}
	memory = arena->memory + arena->used;
	arena->used += size;
	return memory;
}

const char *pfnscope_table_keep_string(struct pfnscope_table *table,
				       const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(pfnscope_table_keep(table, size), string, size);
}

/**
 * pfnscope_table_add() - append a row
 * @table: where
 *
 * Return: its cells, none of them known, valid until the next row is added.
 */
struct pfnscope_value *pfnscope_table_add(struct pfnscope_table *table)
{
	size_t fields = table->view->nr_fields;
	struct pfnscope_value *row;

	if (table->nr_rows == table->capacity) {
		table->capacity += table->capacity / 2 + 16;
		table->cells = pfnscope_realloc(table->cells, table->capacity,
						fields * sizeof(*row));
	}
	row = table->cells + table->nr_rows++ * fields;
	memset(row, 0, fields * sizeof(*row));
	return row;
}

struct pfnscope_value *pfnscope_table_row(struct pfnscope_table *table, size_t row)
{
	return table->cells + row * table->view->nr_fields;
}

/**
 * pfnscope_table_limit() - say that a table is not all there could be
 * @table: which
 * @state: how much of it there is
 * @format: printf format of the reason
 */
void pfnscope_table_limit(struct pfnscope_table *table,
			  enum pfnscope_table_state state,
			  const char *format, ...)
{
	va_list arguments;

	free(table->reason);
	va_start(arguments, format);
	table->reason = pfnscope_vformat(format, arguments);
	va_end(arguments);
	table->state = state;
}

void pfnscope_table_needs(struct pfnscope_table *table,
			  const struct pfnscope_table *part, const char *what)
{
	if (table->state != PFNSCOPE_TABLE_COMPLETE ||
	    (part && part->state <= PFNSCOPE_TABLE_PARTIAL))
		return;
	pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL,
			     "%s: not known, as there is no %s (%s)", what,
			     part ? part->view->name : "table",
			     part && part->reason ? part->reason : "not read");
}

/* A cell taken for what it is not would be a number without a meaning. */
static struct pfnscope_value *set_cell(const struct pfnscope_table *table,
				       struct pfnscope_value *row,
				       unsigned int column,
				       enum pfnscope_field_type type)
{
	int place = pfnscope_view_column(table->view, column);

	assert(place >= 0 && table->view->fields[place].type == type);
	row[place].known = true;
	return &row[place];
}

void pfnscope_table_set_number(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       uint64_t number)
{
	set_cell(table, row, column, PFNSCOPE_NUMBER)->number = number;
}

void pfnscope_table_set_known(struct pfnscope_table *table,
			      struct pfnscope_value *row, unsigned int column,
			      int64_t number)
{
	if (number >= 0)
		pfnscope_table_set_number(table, row, column, (uint64_t)number);
}

void pfnscope_table_set_signed(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       int64_t integer)
{
	set_cell(table, row, column, PFNSCOPE_SIGNED)->integer = integer;
}

void pfnscope_table_set_string(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       const char *string)
{
	set_cell(table, row, column, PFNSCOPE_STRING)->string =
		pfnscope_table_keep_string(table, string);
}

void pfnscope_table_set_numbers(struct pfnscope_table *table,
				struct pfnscope_value *row, unsigned int column,
				const uint64_t *numbers, size_t count)
{
	struct pfnscope_value *cell = set_cell(table, row, column, PFNSCOPE_NUMBERS);
	size_t size = count * sizeof(*numbers);

	cell->count = (uint32_t)count;
	cell->numbers = memcpy(pfnscope_table_keep(table, size), numbers, size);
}

void pfnscope_table_set_words(struct pfnscope_table *table,
			      struct pfnscope_value *row, unsigned int column,
			      const char *const *words, size_t count)
{
	struct pfnscope_value *cell = set_cell(table, row, column, PFNSCOPE_WORDS);

	cell->count = (uint32_t)count;
	cell->words = words;
}

const struct pfnscope_value *
pfnscope_table_value(const struct pfnscope_table *table, size_t row,
		     size_t field)
{
	return &table->cells[row * table->view->nr_fields + field];
}

const struct pfnscope_value *
pfnscope_table_cell(const struct pfnscope_table *table, size_t row,
		    unsigned int column)
{
	int place = pfnscope_view_column(table->view, column);
	const struct pfnscope_value *value;

	if (place < 0 || row >= table->nr_rows)
		return NULL;
	value = pfnscope_table_value(table, row, (size_t)place);
	return value->known ? value : NULL;
}

static const struct pfnscope_value *
cell_of_type(const struct pfnscope_table *table, size_t row, unsigned int column,
	     enum pfnscope_field_type type)
{
	int place = pfnscope_view_column(table->view, column);

	assert(place < 0 || table->view->fields[place].type == type);
	return pfnscope_table_cell(table, row, column);
}

bool pfnscope_table_is_signed(const struct pfnscope_table *table, unsigned int column)
{
	int place = pfnscope_view_column(table->view, column);

	return place >= 0 && table->view->fields[place].type == PFNSCOPE_SIGNED;
}

bool pfnscope_table_number(const struct pfnscope_table *table, size_t row,
			   unsigned int column, uint64_t *number)
{
	const struct pfnscope_value *value =
		cell_of_type(table, row, column, PFNSCOPE_NUMBER);

	if (!value)
		return false;
	*number = value->number;
	return true;
}

uint64_t pfnscope_table_or_zero(const struct pfnscope_table *table, size_t row,
				unsigned int column)
{
	uint64_t number = 0;

	pfnscope_table_number(table, row, column, &number);
	return number;
}

const char *pfnscope_table_string(const struct pfnscope_table *table,
				  size_t row, unsigned int column)
{
	const struct pfnscope_value *value =
		cell_of_type(table, row, column, PFNSCOPE_STRING);

	return value ? value->string : NULL;
}

const struct pfnscope_value *
pfnscope_table_like(const struct pfnscope_table *table, size_t row,
		    const struct pfnscope_field *field)
{
	int index = pfnscope_view_field(table->view, field->name);

	return index < 0 || table->view->fields[index].type != field->type ? NULL :
	       pfnscope_table_value(table, row, (size_t)index);
}

void pfnscope_table_copy(struct pfnscope_table *table, struct pfnscope_value *row,
			 const struct pfnscope_table *from, size_t from_row)
{
	for (size_t i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_field *field = &table->view->fields[i];
		const struct pfnscope_value *value =
			pfnscope_table_like(from, from_row, field);

		if (!value || !value->known)
			continue;
		if (field->type == PFNSCOPE_NUMBER)
			pfnscope_table_set_number(table, row, field->column,
						  value->number);
		else if (field->type == PFNSCOPE_STRING)
			pfnscope_table_set_string(table, row, field->column,
						  value->string);
	}
}

void pfnscope_table_add_number(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       uint64_t number)
{
	struct pfnscope_value *cell = set_cell(table, row, column, PFNSCOPE_NUMBER);

	if (__builtin_add_overflow(cell->number, number, &cell->number))
		cell->number = UINT64_MAX;
}

struct pfnscope_table *pfnscope_table_part(const struct pfnscope_table *table,
					   const char *row, const unsigned int *columns,
					   size_t count)
{
	struct pfnscope_table *out = pfnscope_table_new(table->view);
	struct pfnscope_view *view = pfnscope_table_keep(out, sizeof(*view));
	struct pfnscope_field *fields;
	size_t i;

	fields = pfnscope_table_keep(out, count * sizeof(*fields));
	for (i = 0; i < count; i++)
		fields[i] = table->view->fields[columns[i]];
	*view = *table->view;
	view->row = row;
	view->fields = fields;
	view->nr_fields = count;
	out->view = view;
	return out;
}

void pfnscope_table_sum_up(struct pfnscope_table *out, struct pfnscope_value *into,
			   const struct pfnscope_table *table, size_t row,
			   const unsigned int *columns, size_t count)
{
	uint64_t number;

	for (; count--; columns++)
		if (pfnscope_table_number(table, row, *columns, &number))
			pfnscope_table_add_number(out, into, *columns, number);
}

/* Takes over @table. */
void pfnscope_snapshot_add(struct pfnscope_snapshot *snapshot,
			   struct pfnscope_table *table)
{
	snapshot->tables = pfnscope_realloc(snapshot->tables,
					    snapshot->nr_tables + 1,
					    sizeof(struct pfnscope_table *));
	snapshot->tables[snapshot->nr_tables++] = table;
}

/**
 * pfnscope_snapshot_table() - the table of a view
 * @snapshot: where to look
 * @view: which
 *
 * Return: the table, maybe without rows (see its state), or NULL where the
 * snapshot was made without that view.
 */
const struct pfnscope_table *
pfnscope_snapshot_table(const struct pfnscope_snapshot *snapshot,
			const struct pfnscope_view *view)
{
	size_t i;

	for (i = 0; i < snapshot->nr_tables; i++)
		if (snapshot->tables[i]->view == view)
			return snapshot->tables[i];
	return NULL;
}

void pfnscope_snapshot_clear(struct pfnscope_snapshot *snapshot)
{
	while (snapshot->nr_tables)
		pfnscope_table_free(snapshot->tables[--snapshot->nr_tables]);
	free(snapshot->tables);
	snapshot->tables = NULL;
}
