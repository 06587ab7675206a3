/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses out of the System.map that the user gives, for kernels that list no data. */
#ifndef PFNSCOPE_REACH_SYMBOL_MAP_H
#define PFNSCOPE_REACH_SYMBOL_MAP_H

#include <linux/types.h>

/**
 * struct pfnscope_map_want - a symbol to be found
 * @name: NULL where none is wanted
 * @address: where it is in the running kernel, 0 if it is not in the map
 * @size: bytes to the next symbol
 */
struct pfnscope_map_want {
	const char *name;
	unsigned long address;
	unsigned long size;
};

bool pfnscope_map_given(void);
const char *pfnscope_map_find(struct pfnscope_map_want *wants,
			      unsigned int count);

#endif /* PFNSCOPE_REACH_SYMBOL_MAP_H */
