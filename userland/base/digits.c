// SPDX-License-Identifier: GPL-2.0-only
/* Numbers as they are written down. */
#include <errno.h>

#include "base/digits.h"

/**
 * pfnscope_digits() - decimal digits and nothing else
 * @text: need not end
 * @length: of @text
 * @number: the result
 *
 * Return: 0, EINVAL for anything but digits, ERANGE beyond 64 bits.
 */
int pfnscope_digits(const char *text, size_t length, uint64_t *number)
{
	uint64_t sum = 0;
	size_t i;

	if (!length)
		return EINVAL;
	for (i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return EINVAL;
	for (i = 0; i < length; i++)
		if (__builtin_mul_overflow(sum, (uint64_t)10, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)(text[i] - '0'), &sum))
			return ERANGE;
	*number = sum;
	return 0;
}
