/* SPDX-License-Identifier: GPL-2.0-only */
/* The blocks in which memory goes offline and comes back: /sys/devices/system/memory. */
#ifndef PFNSCOPE_SOURCE_MEMORY_BLOCKS_H
#define PFNSCOPE_SOURCE_MEMORY_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "allocator/offline.h"
#include "source/source.h"

void pfnscope_memory_blocks_read(const struct pfnscope_source *source,
				 struct pfnscope_memory_blocks *blocks);
void pfnscope_memory_blocks_clear(struct pfnscope_memory_blocks *blocks);

/* The size alone, or 0. */
uint64_t pfnscope_memory_block_bytes(const struct pfnscope_source *source);
/* "memory32". */
bool pfnscope_memory_block_number(const char *text, uint64_t *number);

#endif
