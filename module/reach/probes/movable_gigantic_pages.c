// SPDX-License-Identifier: GPL-2.0-only
/* v7.0: vm.movable_gigantic_pages lets 1 GiB pages into ZONE_MOVABLE */
#include <linux/hugetlb.h>

int probe(void);
int probe(void)
{
	return movable_gigantic_pages;
}
