/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A view is one file of text: two header lines, then rows. It describes itself
 * here; file.c makes the file, reader.c moves along its rows.
 *
 * To add one: write view/NAME.c with a struct pfnscope_view named
 * pfnscope_view_NAME, and add a line to view/list.h (and one to Kbuild).
 */
#ifndef PFNSCOPE_VIEW_H
#define PFNSCOPE_VIEW_H

#include <linux/seq_file.h>
#include <linux/types.h>

#include "record.h"

struct dentry;

/**
 * struct pfnscope_view - how one file is produced
 * @name: name of the file
 * @major: raised when the meaning of a column changes
 * @minor: raised when a column is added
 * @columns: PFNSCOPE_COLUMNS() of their names
 * @record_size: size of the record that @fill writes and @show reads
 * @cursor_size: size of the walker's own state, 0 if it needs none
 * @world: readable by everybody, as /proc/pfnscope; else by root in debugfs
 * @unavailable: why this kernel cannot give the rows, NULL if it can. Optional.
 *	Asked whenever a reader starts at the top
 * @begin: prepare the zeroed cursor to deliver the first row; what it takes is
 *	given back by @end. 0 or a negative errno. Optional
 * @fill: write the next row's record: 1, 0 after the last row, negative errno.
 *	The record keeps what the row before left in it. May sleep; no lock may
 *	be held from one call to the next. Between two calls any time may pass
 *	and anything may come or go. A view without it is no file, but has an account
 * @end: give back what @begin and @fill took. Called once after each @begin
 *	that returned 0, at any row. Optional
 * @cost: the walker's account inside the cursor, of which @longest_hold_ns and
 *	@visited_pages are used; the core collects and zeroes it. Optional
 * @show: print the record as one line. No walking, no locks, no sleeping; may be
 *	called more than once for the same record
 *
 * A reader keeps one record and one cursor, so a file of any length costs the
 * same memory. Reading on at the place where the last read stopped continues the
 * walk; seeking back starts it anew and skips.
 */
struct pfnscope_view {
	const char *name;
	unsigned int major;
	unsigned int minor;
	const char *columns;
	size_t record_size;
	size_t cursor_size;
	bool world;

	const char *(*unavailable)(void);
	int (*begin)(void *cursor);
	int (*fill)(void *cursor, void *record);
	void (*end)(void *cursor);
	struct pfnscope_cost *(*cost)(void *cursor);
	void (*show)(struct seq_file *m, const void *record);
};

/* Columns written as bare words, over as many lines as it takes. */
#define PFNSCOPE_COLUMNS(...) #__VA_ARGS__

#define PFNSCOPE_VIEW(_name) pfnscope_view_##_name
extern const struct pfnscope_view
#include "view/list.h"
;
#undef PFNSCOPE_VIEW

int pfnscope_view_init(void);
void pfnscope_view_exit(void);
void pfnscope_control_init(struct dentry *parent);
void pfnscope_control_exit(void);

#define PFNSCOPE_CELLS_MAX 16

/* Why this kernel cannot give the view's rows, without a newline; NULL if it can. */
static inline const char *pfnscope_view_unavailable(const struct pfnscope_view *view)
{
	return view->unavailable ? view->unavailable() : NULL;
}

const struct pfnscope_view *pfnscope_view_at(unsigned int index);
void pfnscope_view_cost(unsigned int index, struct pfnscope_cost *cost);
struct dentry *pfnscope_view_directory(void);
void pfnscope_view_charge(const struct pfnscope_view *view,
			  const struct pfnscope_cost *cost);
void pfnscope_view_create(const struct pfnscope_view *view,
			  struct dentry *parent);
void pfnscope_view_show_header(struct seq_file *m,
			       const struct pfnscope_view *view,
			       const char *unavailable);

void pfnscope_put_number(struct seq_file *m, u64 number);
void pfnscope_put_cells(struct seq_file *m, const u64 *numbers,
			unsigned int count);
void pfnscope_put_string(struct seq_file *m, const char *string);
void pfnscope_put_device(struct seq_file *m, u64 device);
void pfnscope_put_numbers(struct seq_file *m, const u64 *numbers,
			  unsigned int count);
void pfnscope_put_flags(struct seq_file *m, unsigned long flags,
			const char *const *names, unsigned int count);

#endif /* PFNSCOPE_VIEW_H */
