// SPDX-License-Identifier: GPL-2.0-only
/* v6.13: swap_info_struct.inuse_pages became an atomic_long_t with a flag */
#include <linux/swap.h>

long probe(struct swap_info_struct *si);
long probe(struct swap_info_struct *si)
{
	return atomic_long_read(&si->inuse_pages);
}
