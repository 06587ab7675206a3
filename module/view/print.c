// SPDX-License-Identifier: GPL-2.0-only
/*
 * A view as a text in memory, for what is kept and not read at once. Only whole
 * rows: a text that is full ends in a remark.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "uapi/pfnscope.h"
#include "view/view.h"

/* Room kept for the remark. */
#define REMARK	64

static bool is_full(const struct seq_file *m)
{
	return m->count >= m->size;
}

/* Return: 0, or a negative errno of the view. */
static int print_rows(const struct pfnscope_view *view, struct seq_file *m,
		      void *record, void *cursor)
{
	size_t whole = m->count;
	int more;

	while ((more = view->fill(cursor, record)) > 0) {
		view->show(m, record);
		if (is_full(m)) {
			m->count = whole;
			m->size += REMARK;
			seq_puts(m, "# cut here, the room was full\n");
			return 0;
		}
		whole = m->count;
		cond_resched();
	}
	return more;
}

static int print_view(const struct pfnscope_view *view, struct seq_file *m,
		      void *record, void *cursor)
{
	int ret = view->begin ? view->begin(cursor) : 0;

	if (ret)
		return ret;
	ret = print_rows(view, m, record, cursor);
	if (view->end)
		view->end(cursor);
	return ret;
}

/**
 * pfnscope_view_print - the file of a view as it is now
 * @view: which one
 * @text: where to; no zero is put at the end
 * @size: room for it
 *
 * May sleep, and allocates what a reader of the file would.
 *
 * Return: length of the text, 0 where not even its head fits.
 */
size_t pfnscope_view_print(const struct pfnscope_view *view, char *text,
			   size_t size)
{
	size_t record_size = ALIGN(view->record_size, sizeof(u64));
	const char *unavailable = pfnscope_view_unavailable(view);
	struct seq_file m = { .buf = text };
	void *space;
	int ret;

	if (size < 4096)
		return 0;
	m.size = size - REMARK;
	pfnscope_view_show_header(&m, view, unavailable);
	if (unavailable)
		return m.count;
	space = kvzalloc(record_size + view->cursor_size,
			 GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN);
	ret = space ? print_view(view, &m, space, space + record_size) :
		      -ENOMEM;
	kvfree(space);
	if (!ret)
		return m.count;
	m.count = 0;
	pfnscope_view_show_header(&m, view, ret == -ENOMEM ?
				  "there was no memory for the scan" :
				  "the scan failed");
	return m.count;
}
