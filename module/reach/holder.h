/* SPDX-License-Identifier: GPL-2.0-only */
/* Structures of the kernel's that have pages which say nothing of it. */
#ifndef PFNSCOPE_REACH_HOLDER_H
#define PFNSCOPE_REACH_HOLDER_H

#include <linux/types.h>

/**
 * struct pfnscope_holder_taker - who is told what was found
 * @take: some memory, by its address, and the words for whose it is; 0, or a
 *	negative errno that ends the walk and is its result
 * @data: for it
 */
struct pfnscope_holder_taker {
	int (*take)(void *data, const char *words, unsigned long address,
		    unsigned long bytes);
	void *data;
};

void pfnscope_holder_init(void);
int pfnscope_holder_atomic_pools(const struct pfnscope_holder_taker *taker);
int pfnscope_holder_devices(const struct pfnscope_holder_taker *taker);
int pfnscope_holder_ftrace(const struct pfnscope_holder_taker *taker);

#endif /* PFNSCOPE_REACH_HOLDER_H */
