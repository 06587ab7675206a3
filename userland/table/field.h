/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fields: name, type, unit and help of every column, declared once. Readers,
 * renderers, --help and the completion ask here and know no view by name.
 */
#ifndef PFNSCOPE_TABLE_FIELD_H
#define PFNSCOPE_TABLE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/array.h"

struct pfnscope_text;

enum pfnscope_field_type {
	PFNSCOPE_NUMBER,	/* uint64_t */
	PFNSCOPE_SIGNED,	/* int64_t */
	PFNSCOPE_STRING,
	PFNSCOPE_NUMBERS,	/* comma list of uint64_t */
	PFNSCOPE_WORDS,		/* comma list of words */
};

/* What a number counts. PAGES and BYTES are sizes: -b turns both into bytes. */
enum pfnscope_field_unit {
	PFNSCOPE_UNIT_NONE,
	PFNSCOPE_UNIT_PAGES,
	PFNSCOPE_UNIT_BYTES,
	PFNSCOPE_UNIT_NS,
	PFNSCOPE_UNIT_MS,
	PFNSCOPE_UNIT_PFN,
	PFNSCOPE_UNIT_MASK,	/* bits: hexadecimal for people */
	PFNSCOPE_UNIT_PERMILLE,	/* per cent for people; below 0 is fine */
};

#define PFNSCOPE_SHOWN	0x1U	/* in the table without being asked for */
#define PFNSCOPE_WIDE	0x2U	/* may be cut where the line is too narrow */
#define PFNSCOPE_BELOW	0x4U	/* a table shows it on a line of its own */
#define PFNSCOPE_PROSE	0x10U	/* and there in lines, as it is no command to paste */
#define PFNSCOPE_PRIVATE	0x20U	/* a name that tells whose machine it is; an owner's, where it is a cgroup */
#define PFNSCOPE_WHICH	0x40U	/* with the others of the view, says which row it is */
#define PFNSCOPE_COMPUTED 0x8U	/* in no file: raw text has it only by name */

/**
 * struct pfnscope_field - one column
 * @name: name in the file, in --raw and in JSON; ends in the unit
 * @type: how a cell is read
 * @unit: what it counts
 * @flags: PFNSCOPE_SHOWN and its neighbours
 * @help: a few words, no final dot
 * @heading: what heads it in a table where its name is too long, else NULL
 * @column: its enumerator, which it keeps where a view has only some of the fields
 */
struct pfnscope_field {
	const char *name;
	enum pfnscope_field_type type;
	enum pfnscope_field_unit unit;
	unsigned int flags;
	const char *help;
	const char *heading;
	unsigned int column;
};

struct pfnscope_bound;

/**
 * struct pfnscope_view - a table and what its columns mean
 * @name: of the file, JSON key
 * @major: newest major version of the file's format that is understood
 * @row: what a row is
 * @fields: the columns
 * @nr_fields: how many
 * @bounds: limits that the kernel acts on; those of one field together, the severest first
 * @nr_bounds: how many
 */
struct pfnscope_view {
	const char *name;
	unsigned int major;
	const char *row;
	const struct pfnscope_field *fields;
	size_t nr_fields;
	const struct pfnscope_bound *bounds;
	size_t nr_bounds;
};

/* A word of a file that is not ours, and the column it goes to. */
struct pfnscope_word_column {
	const char *word;
	unsigned int column;
};

#define PFNSCOPE_FIELDS(array) \
	.fields = (array), .nr_fields = ARRAY_SIZE(array)

int pfnscope_view_field(const struct pfnscope_view *view, const char *name);
/* Where the view has the column of an enumerator, -1 where it is without it. */
int pfnscope_view_column(const struct pfnscope_view *view, unsigned int column);
int pfnscope_view_find(const struct pfnscope_view *view, const char *word);
size_t pfnscope_field_stem(const struct pfnscope_field *field);
bool pfnscope_field_is_size(const struct pfnscope_field *field);
bool pfnscope_field_is_number(const struct pfnscope_field *field);
/* A number for people: 12.5%, 1.5G, 2.3ms, 0xcc0. */
void pfnscope_field_put(struct pfnscope_text *out, const struct pfnscope_field *field,
			uint64_t number, uint64_t page_size);
const char *pfnscope_unit_name(enum pfnscope_field_unit unit);

#endif
