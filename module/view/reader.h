/* SPDX-License-Identifier: GPL-2.0-only */
/* How an open file moves along the rows of its view, and what that costs. */
#ifndef PFNSCOPE_VIEW_READER_H
#define PFNSCOPE_VIEW_READER_H

#include <linux/atomic.h>
#include <linux/fs.h>

#include "view/view.h"

/**
 * struct pfnscope_view_file - a view, and what all its readers have cost so far
 * @view: the view
 * @opens: as in struct pfnscope_cost, here and below
 * @rows: likewise
 * @spent_ns: likewise
 * @longest_hold_ns: likewise
 * @visited_pages: likewise
 */
struct pfnscope_view_file {
	const struct pfnscope_view *view;
	atomic64_t opens;
	atomic64_t rows;
	atomic64_t spent_ns;
	atomic64_t longest_hold_ns;
	atomic64_t visited_pages;
};

void pfnscope_view_file_charge(struct pfnscope_view_file *file,
			       const struct pfnscope_cost *cost);
int pfnscope_reader_open(struct file *filp, struct pfnscope_view_file *file,
			 struct file *pin);
int pfnscope_reader_release(struct inode *inode, struct file *filp);

#endif /* PFNSCOPE_VIEW_READER_H */
