// SPDX-License-Identifier: GPL-2.0-only
/* Numbers as they are written down, with the letter of a unit or without. */
#include <errno.h>
#include <string.h>

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

/* Seconds of the unit, 0 where the letter is none. */
static uint64_t unit_seconds(char letter)
{
	switch (letter) {
	case 's': return 1;
	case 'm': return 60;
	case 'h': return 3600;
	case 'd': return 86400;
	case 'w': return 604800;
	}
	return 0;
}

bool pfnscope_span_seconds(const char *text, size_t length, int64_t *seconds)
{
	uint64_t each = length ? unit_seconds(text[length - 1]) : 0, number;

	if (pfnscope_digits(text, length - (each > 0), &number))
		return false;
	if (!each)
		each = 1;
	if (number > INT32_MAX / each)
		return false;
	*seconds = (int64_t)(number * each);
	return true;
}

bool pfnscope_span_bytes(const char *text, uint64_t *bytes)
{
	static const char letters[] = "KMGT";
	size_t length = strlen(text);
	const char *letter = length ? strchr(letters, text[length - 1]) : NULL;
	unsigned int shift = letter ? 10 * (unsigned int)(letter - letters + 1) : 0;
	uint64_t number;

	if (pfnscope_digits(text, length - (letter != NULL), &number) ||
	    number > UINT64_MAX >> shift)
		return false;
	*bytes = number << shift;
	return true;
}
