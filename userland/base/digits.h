/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PFNSCOPE_BASE_DIGITS_H
#define PFNSCOPE_BASE_DIGITS_H

#include <stddef.h>
#include <stdint.h>

/* Decimal digits and nothing else. Return: 0, EINVAL, ERANGE. */
int pfnscope_digits(const char *text, size_t length, uint64_t *number);

#endif
