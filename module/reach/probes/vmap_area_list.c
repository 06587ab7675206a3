// SPDX-License-Identifier: GPL-2.0-only
/* up to v6.8: all vmap areas are in one tree and one list, not in those of nodes */
#include <linux/vmalloc.h>

void *probe(void);
void *probe(void)
{
	return &vmap_area_list;
}
