/* SPDX-License-Identifier: GPL-2.0-only */
/* Arrays in the order of the word that each element begins with. */
#ifndef PFNSCOPE_WALK_SORTED_H
#define PFNSCOPE_WALK_SORTED_H

#include <linux/types.h>

void pfnscope_sort(void *elements, size_t count, size_t size);
void *pfnscope_find(const void *elements, size_t count, size_t size,
		    unsigned long word);

#endif /* PFNSCOPE_WALK_SORTED_H */
