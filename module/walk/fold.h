/* SPDX-License-Identifier: GPL-2.0-only */
/* Aligned blocks of every order in a map of pages, by folding the map in halves. */
#ifndef PFNSCOPE_WALK_FOLD_H
#define PFNSCOPE_WALK_FOLD_H

#include <linux/types.h>

void pfnscope_fold_count(unsigned long *map, unsigned int bits, u64 *clear);

#endif /* PFNSCOPE_WALK_FOLD_H */
