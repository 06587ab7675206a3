/* SPDX-License-Identifier: GPL-2.0-only */
/* SipHash-2-4: a number for a text that nobody finds the text by who lacks the key. */
#ifndef PFNSCOPE_BASE_SIPHASH_H
#define PFNSCOPE_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

/* Both halves as read from a little-endian machine's memory. */
struct pfnscope_key {
	uint64_t low;
	uint64_t high;
};

uint64_t pfnscope_siphash(const struct pfnscope_key *key, const char *text, size_t size);

#endif
