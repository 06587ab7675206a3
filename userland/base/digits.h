/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers, and how long and how much, as users write them down. */
#ifndef PFNSCOPE_BASE_DIGITS_H
#define PFNSCOPE_BASE_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits and nothing else. Return: 0, EINVAL, ERANGE. */
int pfnscope_digits(const char *text, size_t length, uint64_t *number);
/* "90", "90s", "3m", "12h", "7d", "2w"; whole seconds, at most as many as fit into 31 bits. */
bool pfnscope_span_seconds(const char *text, size_t length, int64_t *seconds);
/* "4096", "512K", "200M", "1G", "2T" */
bool pfnscope_span_bytes(const char *text, uint64_t *bytes);

#endif
