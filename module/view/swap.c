// SPDX-License-Identifier: GPL-2.0-only
/* Swap devices and files, by their number. */
#include "reach/swap.h"
#include "view/view.h"
#include "walk/swap.h"

static const char *const flag_names[PFNSCOPE_SWAP_FLAGS] = {
	[PFNSCOPE_SWAP_WRITABLE]	= "writable",
	[PFNSCOPE_SWAP_SOLID_STATE]	= "solid_state",
	[PFNSCOPE_SWAP_DISCARD]		= "discard",
	[PFNSCOPE_SWAP_SYNCHRONOUS]	= "synchronous",
};

static int swap_fill(void *cursor, void *record)
{
	return pfnscope_swap_fill(cursor, record);
}

static void swap_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_swap *swap = record;

	seq_printf(m, "%u", swap->type);
	pfnscope_put_string(m, swap->path);
	seq_puts(m, swap->partition ? " partition" : " file");
	pfnscope_put_number(m, swap->size);
	pfnscope_put_number(m, swap->used);
	seq_printf(m, " %d", swap->priority);
	pfnscope_put_flags(m, swap->flags, flag_names, PFNSCOPE_SWAP_FLAGS);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_swap = {
	.name = "swap",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(type path kind size_pages used_pages
				    priority flags),
	.record_size = sizeof(struct pfnscope_swap),
	.cursor_size = sizeof(struct pfnscope_swap_cursor),
	.unavailable = pfnscope_swap_unavailable,
	.fill = swap_fill,
	.show = swap_show,
};
