/* SPDX-License-Identifier: GPL-2.0-only */
/* Aligned blocks of every order in a map of pages, by folding the map in halves. */
#ifndef PFNSCOPE_WALK_FOLD_H
#define PFNSCOPE_WALK_FOLD_H

/* One step: @map is folded to @order - 1, and afterwards to @order. */
void pfnscope_fold(unsigned long *map, unsigned int bits, unsigned int order);

/* How many of the blocks of @order, to which @map is folded, have no bit set. */
unsigned int pfnscope_fold_clear(const unsigned long *map, unsigned int bits,
				 unsigned int order);

#endif /* PFNSCOPE_WALK_FOLD_H */
