/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads the module's files, whatever their columns, into tables. */
#ifndef PFNSCOPE_SOURCE_VIEW_H
#define PFNSCOPE_SOURCE_VIEW_H

#include "base/error.h"
#include "source/source.h"
#include "table/table.h"
#include "uapi/pfnscope.h"

#define PFNSCOPE_DEBUGFS	"sys/kernel/debug/" PFNSCOPE_DEBUGFS_DIR

/*
 * The table of a file somewhere in the module's directory, with no rows and a reason
 * where it is not there. Only damage and a newer major version are failures.
 */
int pfnscope_view_read_file(const struct pfnscope_source *source,
			    const struct pfnscope_view *view, const char *file,
			    struct pfnscope_table **table,
			    struct pfnscope_error *error);
/**
 * struct pfnscope_row_taker - who takes the rows of a table too long to be held
 * @take: called for each, the only row of @table for the moment; strings stay
 *	as long as the table
 * @context: for it
 */
struct pfnscope_row_taker {
	void (*take)(void *context, const struct pfnscope_table *table);
	void *context;
};

/* The same from the module, row by row: the table has none afterwards. */
int pfnscope_view_each(const struct pfnscope_source *source,
		       const struct pfnscope_view *view,
		       const struct pfnscope_row_taker *taker,
		       struct pfnscope_table **table,
		       struct pfnscope_error *error);
/* Whether it could be read: the first row at most, and any damage as a reason. */
void pfnscope_view_probe(const struct pfnscope_source *source,
			 const struct pfnscope_view *view,
			 struct pfnscope_table **table);
/* An open text of that grammar; at most @limit rows. */
int pfnscope_view_parse(struct pfnscope_input *input, size_t limit,
			struct pfnscope_table *table,
			struct pfnscope_error *error);
#endif
