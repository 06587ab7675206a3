/* SPDX-License-Identifier: GPL-2.0-only */
/* Arrays in the order of the word that each element begins with. */
#ifndef PFNSCOPE_WALK_SORTED_H
#define PFNSCOPE_WALK_SORTED_H

#include <linux/types.h>

void pfnscope_sort(void *elements, size_t count, size_t size);

/**
 * pfnscope_find - the element that begins with a word
 * @elements: in order, or NULL where there are none
 * @count: how many
 * @size: of each
 * @word: what it begins with
 *
 * Asked for every second page of a scan: bsearch() makes a call for each step.
 *
 * Return: the element, NULL where there is none.
 */
static inline const void *pfnscope_find(const void *elements, size_t count,
					size_t size, unsigned long word)
{
	while (count) {
		size_t half = count / 2;
		const unsigned long *middle = elements + half * size;

		if (*middle == word)
			return middle;
		if (*middle < word) {
			elements = (const void *)middle + size;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return NULL;
}

#endif /* PFNSCOPE_WALK_SORTED_H */
