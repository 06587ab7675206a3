/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading what may be gone: no pointer is trusted. */
#ifndef PFNSCOPE_REACH_PEEK_H
#define PFNSCOPE_REACH_PEEK_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/uaccess.h>

/* Copies what @from points to, as far as there is memory. */
static inline bool pfnscope_peek(const void *from, void *to, size_t size)
{
	return !copy_from_kernel_nofault(to, from, size);
}

/* Copies a string, its beginning where it is longer. */
static inline void pfnscope_peek_text(const char *from, char *to, size_t size)
{
	size_t i;

	for (i = 0; i < size - 1; i++)
		if (!pfnscope_peek(from + i, &to[i], 1) || !to[i])
			break;
	to[i] = '\0';
}

/*
 * The entry behind @at of the list @head, NULL at its end and where the entry does not
 * point back: it is being added, or it is gone.
 */
static inline const struct list_head *
pfnscope_peek_next(const struct list_head *head, const struct list_head *at)
{
	const struct list_head *next, *back;

	if (!pfnscope_peek(&at->next, &next, sizeof(next)) || next == head ||
	    !pfnscope_peek(&next->prev, &back, sizeof(back)) || back != at)
		return NULL;
	return next;
}

#endif /* PFNSCOPE_REACH_PEEK_H */
