// SPDX-License-Identifier: GPL-2.0-only
/* A table of typed cells, and a snapshot of tables. */
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

void pfnscope_table_set_number(struct pfnscope_table *table,
			       struct pfnscope_value *row, const char *field,
			       uint64_t number)
{
	int index = pfnscope_view_field(table->view, field);

	if (index < 0)
		return;
	row[index].known = true;
	row[index].number = number;
}

void pfnscope_table_set_string(struct pfnscope_table *table,
			       struct pfnscope_value *row, const char *field,
			       const char *string)
{
	int index = pfnscope_view_field(table->view, field);
	size_t size = strlen(string) + 1;

	if (index < 0)
		return;
	row[index].known = true;
	row[index].string = memcpy(pfnscope_table_keep(table, size), string,
				   size);
}

void pfnscope_table_set_numbers(struct pfnscope_table *table,
				struct pfnscope_value *row, const char *field,
				const uint64_t *numbers, size_t count)
{
	int index = pfnscope_view_field(table->view, field);
	size_t size = count * sizeof(*numbers);

	if (index < 0)
		return;
	row[index].known = true;
	row[index].count = (uint32_t)count;
	row[index].numbers = memcpy(pfnscope_table_keep(table, size), numbers,
				    size);
}

const struct pfnscope_value *
pfnscope_table_value(const struct pfnscope_table *table, size_t row,
		     size_t field)
{
	return &table->cells[row * table->view->nr_fields + field];
}

static const struct pfnscope_value *
value_of(const struct pfnscope_table *table, size_t row, const char *field)
{
	int index = pfnscope_view_field(table->view, field);
	const struct pfnscope_value *value;

	if (index < 0 || row >= table->nr_rows)
		return NULL;
	value = pfnscope_table_value(table, row, (size_t)index);
	return value->known ? value : NULL;
}

bool pfnscope_table_number(const struct pfnscope_table *table, size_t row,
			   const char *field, uint64_t *number)
{
	const struct pfnscope_value *value = value_of(table, row, field);

	if (!value)
		return false;
	*number = value->number;
	return true;
}

const char *pfnscope_table_string(const struct pfnscope_table *table,
				  size_t row, const char *field)
{
	const struct pfnscope_value *value = value_of(table, row, field);

	return value ? value->string : NULL;
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

const char *pfnscope_about_word(const struct pfnscope_table *about,
				const char *key)
{
	const char *found;
	size_t row;

	for (row = 0; about && row < about->nr_rows; row++) {
		found = pfnscope_table_string(about, row, "key");
		if (found && !strcmp(found, key))
			return pfnscope_table_string(about, row, "value");
	}
	return NULL;
}

const char *pfnscope_snapshot_about(const struct pfnscope_snapshot *snapshot,
				    const char *key)
{
	return pfnscope_about_word(pfnscope_snapshot_table(snapshot,
					&pfnscope_view_about), key);
}
