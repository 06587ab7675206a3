/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arithmetic on figures that were read from a file or a log. INT64_MIN is a
 * figure that is not known; what does not fit is not known either.
 */
#ifndef PFNSCOPE_BASE_CHECKED_H
#define PFNSCOPE_BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

static inline int64_t pfnscope_plus(int64_t a, int64_t b)
{
	int64_t sum;

	if (a == INT64_MIN || b == INT64_MIN ||
	    __builtin_add_overflow(a, b, &sum))
		return INT64_MIN;
	return sum;
}

static inline int64_t pfnscope_minus(int64_t a, int64_t b)
{
	return b == INT64_MIN ? b : pfnscope_plus(a, -b);
}

static inline int64_t pfnscope_times(int64_t a, int64_t b)
{
	int64_t product;

	if (a == INT64_MIN || b == INT64_MIN ||
	    __builtin_mul_overflow(a, b, &product))
		return INT64_MIN;
	return product;
}

/* Of figures some of which may not be known, the sum of the others. */
static inline int64_t pfnscope_plus_known(int64_t a, int64_t b)
{
	return a == INT64_MIN ? b : b == INT64_MIN ? a : pfnscope_plus(a, b);
}

#endif
