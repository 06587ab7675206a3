/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Figures that were read from a file or a log, and arithmetic on them. Some are not
 * known; what does not fit is not known either.
 */
#ifndef PFNSCOPE_BASE_CHECKED_H
#define PFNSCOPE_BASE_CHECKED_H

#include <stddef.h>
#include <stdint.h>

#define PFNSCOPE_MISSING	INT64_MIN

static inline int64_t pfnscope_plus(int64_t a, int64_t b)
{
	int64_t sum;

	if (a == PFNSCOPE_MISSING || b == PFNSCOPE_MISSING ||
	    __builtin_add_overflow(a, b, &sum))
		return PFNSCOPE_MISSING;
	return sum;
}

static inline int64_t pfnscope_minus(int64_t a, int64_t b)
{
	return b == PFNSCOPE_MISSING ? b : pfnscope_plus(a, -b);
}

static inline int64_t pfnscope_times(int64_t a, int64_t b)
{
	int64_t product;

	if (a == PFNSCOPE_MISSING || b == PFNSCOPE_MISSING ||
	    __builtin_mul_overflow(a, b, &product))
		return PFNSCOPE_MISSING;
	return product;
}

/* Of figures some of which may not be known, the sum of the others. */
static inline int64_t pfnscope_plus_known(int64_t a, int64_t b)
{
	return a == PFNSCOPE_MISSING ? b : b == PFNSCOPE_MISSING ? a : pfnscope_plus(a, b);
}

/* Of a sum that is known in part only: what is not known adds nothing. */
static inline int64_t pfnscope_or_zero(int64_t value)
{
	return value == PFNSCOPE_MISSING ? 0 : value;
}

/* The same of what cannot be below 0, as amounts of memory. */
static inline int64_t pfnscope_amount(int64_t value)
{
	return value < 0 ? 0 : value;
}

/* The lesser one; of two that are known. */
static inline int64_t pfnscope_least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Of limits, some of which may not be there. */
static inline int64_t pfnscope_least_known(int64_t a, int64_t b)
{
	return a == PFNSCOPE_MISSING ? b : b == PFNSCOPE_MISSING ? a : pfnscope_least(a, b);
}

static inline void pfnscope_forget(int64_t *values, size_t count)
{
	while (count--)
		values[count] = PFNSCOPE_MISSING;
}

#endif
