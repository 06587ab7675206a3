/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of typed cells, and a snapshot: the tables an answer is made from. */
#ifndef PFNSCOPE_TABLE_TABLE_H
#define PFNSCOPE_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "table/field.h"

/**
 * struct pfnscope_value - one cell
 * @known: false is "-": this kernel, or this file, does not say
 * @count: elements of a list; 0 is "none"
 * @number: of PFNSCOPE_NUMBER
 * @integer: of PFNSCOPE_SIGNED
 * @string: of PFNSCOPE_STRING, owned by the table
 * @numbers: of PFNSCOPE_NUMBERS, owned by the table
 * @words: of PFNSCOPE_WORDS, owned by the table
 */
struct pfnscope_value {
	bool known;
	uint32_t count;
	union {
		uint64_t number;
		int64_t integer;
		const char *string;
		const uint64_t *numbers;
		const char *const *words;
	};
};

/* How much of a table there is. */
enum pfnscope_table_state {
	PFNSCOPE_TABLE_COMPLETE,
	PFNSCOPE_TABLE_PARTIAL,		/* rows, but less than the module knows */
	PFNSCOPE_TABLE_UNAVAILABLE,	/* the module says why there are none */
	PFNSCOPE_TABLE_ABSENT,		/* the module's file cannot be reached */
};

struct pfnscope_arena;

/**
 * struct pfnscope_table - rows of one view
 * @view: what the columns mean
 * @state: how much of it there is
 * @reason: why it is not complete, NULL where it is
 * @nr_rows: rows in @cells
 * @cells: @nr_rows times @view->nr_fields values
 * @capacity: rows there is room for
 * @arena: holds the strings and lists of the cells
 */
struct pfnscope_table {
	const struct pfnscope_view *view;
	enum pfnscope_table_state state;
	char *reason;
	size_t nr_rows;
	struct pfnscope_value *cells;
	size_t capacity;
	struct pfnscope_arena *arena;
};

struct pfnscope_table *pfnscope_table_new(const struct pfnscope_view *view);
void pfnscope_table_free(struct pfnscope_table *table);
/* @table, which may be NULL and has to be of @view, or a part of such a table. */
const struct pfnscope_table *pfnscope_table_is(const struct pfnscope_table *table,
					       const struct pfnscope_view *view);
struct pfnscope_value *pfnscope_table_add(struct pfnscope_table *table);
/* A row of the table, to set cells in; valid until the next one is added. */
struct pfnscope_value *pfnscope_table_row(struct pfnscope_table *table, size_t row);
void pfnscope_table_limit(struct pfnscope_table *table,
			  enum pfnscope_table_state state,
			  const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A complete @table is partial where @part, which it needs for @what, has no rows. */
void pfnscope_table_needs(struct pfnscope_table *table,
			  const struct pfnscope_table *part, const char *what);
void *pfnscope_table_keep(struct pfnscope_table *table, size_t size);
const char *pfnscope_table_keep_string(struct pfnscope_table *table,
				       const char *string);

/*
 * Set one cell of a row that pfnscope_table_add() returned. Columns are named by their
 * enumerators, see table/fields.h.
 */
void pfnscope_table_set_number(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       uint64_t number);
/* The same; what is below 0 is not known. */
void pfnscope_table_set_known(struct pfnscope_table *table,
			      struct pfnscope_value *row, unsigned int column,
			      int64_t number);
void pfnscope_table_set_signed(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       int64_t integer);
void pfnscope_table_set_string(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       const char *string);
void pfnscope_table_set_numbers(struct pfnscope_table *table,
				struct pfnscope_value *row, unsigned int column,
				const uint64_t *numbers, size_t count);
/* Adds to what is there, 0 where nothing is known yet; at most UINT64_MAX. */
void pfnscope_table_add_number(struct pfnscope_table *table,
			       struct pfnscope_value *row, unsigned int column,
			       uint64_t number);
/* @words have to be kept by the table. */
void pfnscope_table_set_words(struct pfnscope_table *table,
			      struct pfnscope_value *row, unsigned int column,
			      const char *const *words, size_t count);

/* The cell of a column of the view as it is, from the left. */
const struct pfnscope_value *
pfnscope_table_value(const struct pfnscope_table *table, size_t row,
		     size_t field);

/* Read one cell; false or NULL where it is not known, or the view is without it. */
const struct pfnscope_value *
pfnscope_table_cell(const struct pfnscope_table *table, size_t row,
		    unsigned int column);
bool pfnscope_table_is_signed(const struct pfnscope_table *table, unsigned int column);
bool pfnscope_table_number(const struct pfnscope_table *table, size_t row,
			   unsigned int column, uint64_t *number);
/* The same; 0 where it is not known. */
uint64_t pfnscope_table_or_zero(const struct pfnscope_table *table, size_t row,
				unsigned int column);
const char *pfnscope_table_string(const struct pfnscope_table *table,
				  size_t row, unsigned int column);

/*
 * Between tables, columns of one name and type are the same. What another table has
 * of @field, NULL where it has no such column:
 */
const struct pfnscope_value *
pfnscope_table_like(const struct pfnscope_table *table, size_t row,
		    const struct pfnscope_field *field);
/* Sets the numbers and strings that @from has too. */
void pfnscope_table_copy(struct pfnscope_table *table, struct pfnscope_value *row,
			 const struct pfnscope_table *from, size_t from_row);

/*
 * A table without rows that has some of the columns of @table, named by @columns: what a
 * column means is said by the view alone. @row says what a row of it is.
 */
struct pfnscope_table *pfnscope_table_part(const struct pfnscope_table *table,
					   const char *row, const unsigned int *columns,
					   size_t count);
/* Adds what a row counts to another of the same table, or of one like it. */
void pfnscope_table_sum_up(struct pfnscope_table *out, struct pfnscope_value *into,
			   const struct pfnscope_table *table, size_t row,
			   const unsigned int *columns, size_t count);

/**
 * struct pfnscope_snapshot - the tables read for one answer
 * @page_size_bytes: of the machine the tables come from
 * @tables: at most one of each view
 * @nr_tables: how many
 */
struct pfnscope_snapshot {
	uint64_t page_size_bytes;
	struct pfnscope_table **tables;
	size_t nr_tables;
};

void pfnscope_snapshot_add(struct pfnscope_snapshot *snapshot,
			   struct pfnscope_table *table);
const struct pfnscope_table *
pfnscope_snapshot_table(const struct pfnscope_snapshot *snapshot,
			const struct pfnscope_view *view);
void pfnscope_snapshot_clear(struct pfnscope_snapshot *snapshot);

#endif
