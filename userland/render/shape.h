/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which keys a JSON document has that is more than one table. It is declared beside
 * the code that fills the document in, and the schema is made from it.
 */
#ifndef PFNSCOPE_RENDER_SHAPE_H
#define PFNSCOPE_RENDER_SHAPE_H

#include "table/field.h"

enum pfnscope_shape_kind {
	PFNSCOPE_SHAPE_INTEGER,
	PFNSCOPE_SHAPE_STRING,
	PFNSCOPE_SHAPE_BOOLEAN,
	PFNSCOPE_SHAPE_INTEGERS,	/* a list, as those below */
	PFNSCOPE_SHAPE_STRINGS,
	PFNSCOPE_SHAPE_OBJECT,
	PFNSCOPE_SHAPE_OBJECTS,
	PFNSCOPE_SHAPE_DOCUMENT,	/* another document, of the name of the key */
	PFNSCOPE_SHAPE_ROWS,		/* of a table, any columns of it */
	PFNSCOPE_SHAPE_DOCUMENTS,	/* of other commands, each with a schema of its own */
	PFNSCOPE_SHAPE_INTEGER_OF,	/* an object, its keys are the data's own */
	PFNSCOPE_SHAPE_STRING_OF,
};

#define PFNSCOPE_OR_NULL	0x1U	/* where there is nothing to say */
#define PFNSCOPE_OR_ABSENT	0x2U	/* the key itself may be missing */

/**
 * struct pfnscope_shape - a key and what it holds
 * @key: the key; NULL ends a list of them
 * @kind: what it holds; integers may be null, and so may be those of a list
 * @flags: PFNSCOPE_OR_NULL and its neighbour
 * @help: a few words, or NULL
 * @view: the columns that an object has, or NULL
 * @other_view: another view whose columns it may have in their place, or NULL
 * @keys: what an object has beyond these columns, or NULL
 */
struct pfnscope_shape {
	const char *key;
	enum pfnscope_shape_kind kind;
	unsigned int flags;
	const char *help;
	const struct pfnscope_view *view;
	const struct pfnscope_view *other_view;
	const struct pfnscope_shape *keys;
};

/* A key with a plain value, and one with columns, further keys, or both. */
#define PFNSCOPE_KEY(kind, key, flags, help) \
	{ key, PFNSCOPE_SHAPE_##kind, flags, help, NULL, NULL, NULL }
#define PFNSCOPE_PART(kind, key, flags, help, view, keys) \
	{ key, PFNSCOPE_SHAPE_##kind, flags, help, view, NULL, keys }
#define PFNSCOPE_KEYS_END	{ 0 }

/**
 * struct pfnscope_document - the shape of a whole answer
 * @name: of the schema
 * @version: raised when a key changes its meaning
 * @help: what it is
 * @view: the columns that it begins with, behind the head of all documents; or NULL
 * @keys: what follows
 */
struct pfnscope_document {
	const char *name;
	unsigned int version;
	const char *help;
	const struct pfnscope_view *view;
	const struct pfnscope_shape *keys;
};

#endif
