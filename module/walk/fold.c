// SPDX-License-Identifier: GPL-2.0-only
/*
 * In a map folded to an order, the first bit of each block of that order is set
 * if any bit of the block was. The bits between are leftovers.
 */
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/types.h>

#include "walk/fold.h"

#define WORD_ORDER	ilog2(BITS_PER_LONG)

static void fold_words(unsigned long *map, unsigned int words,
		       unsigned int half)
{
	unsigned int i;

	for (i = 0; i < words; i += 2 * half)
		map[i] |= map[i + half];
}

static void fold(unsigned long *map, unsigned int words, unsigned int order)
{
	unsigned int i;

	if (order > WORD_ORDER) {
		fold_words(map, words, 1U << (order - WORD_ORDER - 1));
		return;
	}
	for (i = 0; i < words; i++)
		map[i] |= map[i] >> (1U << (order - 1));
}

/* A bit at every multiple of the block. */
static unsigned long first_bits(unsigned int order)
{
	unsigned long mask = 1;
	unsigned int shift;

	for (shift = 1U << order; shift < BITS_PER_LONG; shift *= 2)
		mask |= mask << shift;
	return mask;
}

/* How many of the blocks of @order, to which the map is folded, have no bit. */
static unsigned int clear_blocks(const unsigned long *map, unsigned int bits,
				 unsigned int order)
{
	unsigned int step = 1, clear = bits >> order, i;
	unsigned long mask = 1;

	if (order >= WORD_ORDER)
		step = 1U << (order - WORD_ORDER);
	else
		mask = first_bits(order);
	for (i = 0; i < BITS_TO_LONGS(bits); i += step)
		clear -= hweight_long(map[i] & mask);
	return clear;
}

/**
 * pfnscope_fold_count - count the blocks without a bit, of every order
 * @map: spent afterwards
 * @bits: its size, a power of two
 * @clear: for order 0 on, to each its number is added; up to that of all bits
 *
 * Where no block of an order is clear, none of a higher one is.
 */
void pfnscope_fold_count(unsigned long *map, unsigned int bits, u64 *clear)
{
	unsigned int orders = ilog2(bits) + 1, order, found;

	for (order = 0; order < orders; order++) {
		if (order)
			fold(map, BITS_TO_LONGS(bits), order);
		found = clear_blocks(map, bits, order);
		if (!found)
			return;
		if (found == bits >> order)
			break;
		clear[order] += found;
	}
	for (; order < orders; order++)
		clear[order] += bits >> order;
}
