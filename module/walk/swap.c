// SPDX-License-Identifier: GPL-2.0-only
/* Numbers are read without swap_lock, one after the other. */
#include "reach/swap.h"
#include "walk/swap.h"

/**
 * pfnscope_swap_fill - the next swap device as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_swap_fill(struct pfnscope_swap_cursor *cursor,
		       struct pfnscope_swap *record)
{
	while (cursor->type < pfnscope_swap_types())
		if (pfnscope_swap_read(cursor->type++, record))
			return 1;
	return 0;
}
