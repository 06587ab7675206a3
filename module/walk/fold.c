// SPDX-License-Identifier: GPL-2.0-only
/*
 * In a map folded to an order, the first bit of each block of that order is set
 * if any bit of the block was. The bits between are leftovers.
 */
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/log2.h>

#include "walk/fold.h"

#define WORD_ORDER	ilog2(BITS_PER_LONG)

static void fold_words(unsigned long *map, unsigned int words,
		       unsigned int half)
{
	unsigned int i;

	for (i = 0; i < words; i += 2 * half)
		map[i] |= map[i + half];
}

/**
 * pfnscope_fold - fold a map once more
 * @map: folded to @order - 1; not folded for order 1
 * @bits: its size, a multiple of the block
 * @order: from 1
 */
void pfnscope_fold(unsigned long *map, unsigned int bits, unsigned int order)
{
	unsigned int words = BITS_TO_LONGS(bits);
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

/**
 * pfnscope_fold_clear - count the blocks without a bit
 * @map: folded to @order
 * @bits: its size, a multiple of the block
 * @order: size of a block
 *
 * Return: how many blocks of @order had no bit set.
 */
unsigned int pfnscope_fold_clear(const unsigned long *map, unsigned int bits,
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
