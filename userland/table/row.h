/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A struct and the fields of its table from one list. A list is a macro that
 * takes two others, for integers and for strings:
 *
 *	#define ROW(INTEGER, STRING) \
 *		STRING(comm, PFNSCOPE_SHOWN, "name of the task") \
 *		INTEGER(pid, PFNSCOPE_SHOWN, "its process id")
 *	PFNSCOPE_ROW(task, ROW)
 *
 * declares struct task_row and its view, task_view. INT64_MIN and NULL are
 * cells that are not known. Such a table is filled by rows, and read by nobody but
 * those who print it: its cells have no enumerators.
 */
#ifndef PFNSCOPE_TABLE_ROW_H
#define PFNSCOPE_TABLE_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "table/table.h"

#define PFNSCOPE_ROW_INTEGER(name, flags, help) int64_t name;
#define PFNSCOPE_ROW_STRING(name, flags, help) const char *name;

#define PFNSCOPE_FIELD_INTEGER(name_, flags_, help_) \
	{ .name = #name_, .type = PFNSCOPE_SIGNED, .flags = (flags_), .help = (help_) },
#define PFNSCOPE_FIELD_STRING(name_, flags_, help_) \
	{ .name = #name_, .type = PFNSCOPE_STRING, .flags = (flags_), .help = (help_) },

/* All members have the size of a pointer or of an int64_t: see the assertion. */
#define PFNSCOPE_ROW(kind, list)					\
	struct kind##_row {						\
		list(PFNSCOPE_ROW_INTEGER, PFNSCOPE_ROW_STRING)		\
	};								\
	static const struct pfnscope_field kind##_fields[] = {		\
		list(PFNSCOPE_FIELD_INTEGER, PFNSCOPE_FIELD_STRING)	\
	};								\
	_Static_assert(sizeof(struct kind##_row) == sizeof(int64_t) *	\
		       (sizeof(kind##_fields) / sizeof(kind##_fields[0])), \
		       "a row is an array of cells");			\
	static const struct pfnscope_view kind##_view = PFNSCOPE_ROW_VIEW(kind);

/* The same view again, for one that others have to know. */
#define PFNSCOPE_ROW_VIEW(kind) {					\
		.name = #kind,						\
		.major = 1,						\
		.row = #kind,						\
		PFNSCOPE_FIELDS(kind##_fields),				\
	}

void pfnscope_row_add(struct pfnscope_table *table, const void *row);
struct pfnscope_table *pfnscope_row_table(const struct pfnscope_view *view,
					  const void *row);

#endif
