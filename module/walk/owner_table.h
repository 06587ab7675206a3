/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of bounded size: who has how many pages in the zone at hand. */
#ifndef PFNSCOPE_WALK_OWNER_TABLE_H
#define PFNSCOPE_WALK_OWNER_TABLE_H

#include "record-scan.h"

#define PFNSCOPE_OWNERS		4096
#define PFNSCOPE_OWNER_HASH	8192
#define PFNSCOPE_OWNER_TEXT	(256 * 1024)

/* One row to be. @key and @key2 tell it from the others of its kind. */
struct pfnscope_owner_slot {
	enum pfnscope_owner_kind kind;
	const char *name;
	u64 key;
	u64 key2;
	u64 pages;
	u64 blocks;
	u64 spoiled;
	u64 last_block;
};

/**
 * struct pfnscope_owner_table - the owners of one zone
 * @count: slots in use
 * @text_used: bytes of @text in use
 * @slots: the owners; the last one is for all that found no room
 * @hash: index + 1 of a slot, 0 is empty
 * @text: their names
 */
struct pfnscope_owner_table {
	unsigned int count;
	unsigned int text_used;
	struct pfnscope_owner_slot slots[PFNSCOPE_OWNERS];
	u16 hash[PFNSCOPE_OWNER_HASH];
	char text[PFNSCOPE_OWNER_TEXT];
};

void pfnscope_owner_table_clear(struct pfnscope_owner_table *table);
struct pfnscope_owner_slot *
pfnscope_owner_table_find(struct pfnscope_owner_table *table,
			  enum pfnscope_owner_kind kind, u64 key, u64 key2,
			  bool *made);
char *pfnscope_owner_table_room(struct pfnscope_owner_table *table,
				size_t *room);
void pfnscope_owner_table_name(struct pfnscope_owner_table *table,
			       struct pfnscope_owner_slot *slot);

#endif /* PFNSCOPE_WALK_OWNER_TABLE_H */
