// SPDX-License-Identifier: GPL-2.0-only
/*
 * A view as a text in memory, for what is kept and not read at once: as many whole
 * rows as there is room for.
 */
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "uapi/pfnscope.h"
#include "view/print.h"
#include "view/view.h"
#include "walk/cancel.h"
#include "walk/memory.h"

static bool is_full(const struct seq_file *m)
{
	return m->count >= m->size;
}

/* Return: false where there was no room for it. */
static bool print_row(const struct pfnscope_view *view, struct seq_file *m,
		      const void *record)
{
	size_t whole = m->count;

	view->show(m, record);
	if (!is_full(m))
		return true;
	m->count = whole;
	return false;
}

/* Return: 0, or a negative errno of the view. */
static int print_rows(const struct pfnscope_view *view, struct seq_file *m,
		      struct pfnscope_printing *printing, void *record,
		      void *cursor, struct pfnscope_cost *cost)
{
	int more;

	while ((more = view->fill(cursor, record)) > 0) {
		cost->rows++;
		if (printing->each)
			printing->each(printing->data, cursor, record);
		if (!printing->cut)
			printing->cut = !print_row(view, m, record);
		if (printing->cut && !printing->each)
			return 0;
		cond_resched();
		if (pfnscope_walk_cancelled())
			return -EINTR;
	}
	printing->whole = !more;
	return more;
}

/* What it has cost is accounted as that of any reader. */
static void charge(const struct pfnscope_view *view, void *cursor,
		   struct pfnscope_cost *cost, u64 begun_ns)
{
	const struct pfnscope_cost *walk = view->cost ? view->cost(cursor) :
							NULL;

	cost->opens = 1;
	cost->spent_ns = ktime_get_ns() - begun_ns;
	cost->longest_hold_ns = walk ? walk->longest_hold_ns : 0;
	cost->visited_pages = walk ? walk->visited_pages : 0;
	pfnscope_view_charge(view, cost);
}

static int print_view(const struct pfnscope_view *view, struct seq_file *m,
		      struct pfnscope_printing *printing, void *record,
		      void *cursor)
{
	bool own = !printing->begun;
	struct pfnscope_cost cost = { 0 };
	u64 begun_ns = ktime_get_ns();
	int ret = 0;

	if (own && view->begin)
		ret = view->begin(cursor);
	if (ret)
		return ret;
	ret = print_rows(view, m, printing, record, cursor, &cost);
	charge(view, cursor, &cost, begun_ns);
	if (own && view->end)
		view->end(cursor);
	return ret;
}

static int print_with_space(const struct pfnscope_view *view,
			    struct seq_file *m,
			    struct pfnscope_printing *printing)
{
	size_t record_size = ALIGN(view->record_size, sizeof(u64));
	void *space = kvzalloc(record_size + view->cursor_size, PFNSCOPE_GFP);
	int ret;

	if (!space)
		return -ENOMEM;
	ret = print_view(view, m, printing, space,
			 printing->begun ?: space + record_size);
	kvfree(space);
	return ret;
}

/**
 * pfnscope_view_print - the file of a view as it is now
 * @view: which one
 * @printing: where to
 *
 * May sleep, and allocates what a reader of the file would.
 *
 * Return: length of the text.
 */
size_t pfnscope_view_print(const struct pfnscope_view *view,
			   struct pfnscope_printing *printing)
{
	const char *unavailable = pfnscope_view_unavailable(view);
	struct seq_file m = {
		.buf = printing->text,
		.size = printing->size,
	};
	int ret;

	pfnscope_view_show_header(&m, view, unavailable);
	if (unavailable)
		return m.count;
	ret = print_with_space(view, &m, printing);
	if (!ret)
		return m.count;
	m.count = 0;
	pfnscope_view_show_header(&m, view, ret == -ENOMEM ?
				  "there was no memory for the scan" :
				  "the scan failed");
	return m.count;
}
