// SPDX-License-Identifier: GPL-2.0-only
/*
 * Four million elements take seconds, and sort() does not stop to let others run
 * before v7.2: the comparison does, where there are so many that it matters.
 */
#include <linux/sched.h>
#include <linux/sort.h>

#include "walk/sorted.h"

/* Of so many elements the array is in order before anybody waits. */
#define AT_ONCE	1024

static int compare(const void *a, const void *b)
{
	unsigned long left = *(const unsigned long *)a;
	unsigned long right = *(const unsigned long *)b;

	return left < right ? -1 : left > right;
}

static int compare_and_rest(const void *a, const void *b)
{
	cond_resched();
	return compare(a, b);
}

/**
 * pfnscope_sort - put an array in order
 * @elements: each begins with an unsigned long
 * @count: how many
 * @size: of each
 */
void pfnscope_sort(void *elements, size_t count, size_t size)
{
	sort(elements, count, size,
	     count > AT_ONCE ? compare_and_rest : compare, NULL);
}
