/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether blocks of memory would go offline, and who is in the way. */
#ifndef PFNSCOPE_ALLOCATOR_OFFLINE_H
#define PFNSCOPE_ALLOCATOR_OFFLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "table/table.h"

/**
 * struct pfnscope_memory_block - one of them
 * @number: the one in its name; its first byte is that many times the size of a block
 * @state: online, offline, or on its way; NULL where it cannot be read
 */
struct pfnscope_memory_block {
	uint64_t number;
	char *state;
};

/**
 * struct pfnscope_memory_blocks - all of them
 * @bytes: the size of each, 0 where the kernel knows no such blocks
 * @self_mapped: those that were added since boot may have their memory map in themselves
 * @all: by their numbers
 * @count: how many
 */
struct pfnscope_memory_blocks {
	uint64_t bytes;
	bool self_mapped;
	struct pfnscope_memory_block *all;
	size_t count;
};

struct pfnscope_offline;

/* Pageblocks that the forecast is made from: their fields, ended by NULL. */
extern const char *const pfnscope_offline_needs[];

/* Of @blocks, which have to stay. */
struct pfnscope_offline *pfnscope_offline_begin(const struct pfnscope_memory_blocks *blocks,
						uint64_t page_size);
/* Adds the only row of @pageblocks to the block that it lies in. */
void pfnscope_offline_take(void *offline, const struct pfnscope_table *pageblocks);
/*
 * A row of pfnscope_view_offline a block, once all pageblocks were taken. @zones is the table
 * of them: where what has to move may go.
 */
struct pfnscope_table *pfnscope_offline_tell(const struct pfnscope_offline *offline,
					     const struct pfnscope_table *zones);
void pfnscope_offline_end(struct pfnscope_offline *offline);

#endif
