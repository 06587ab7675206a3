// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table is filled under RCU, where nothing can be allocated, so all its room
 * is there from the beginning. Owners beyond that share the last slot, which
 * says so by its name.
 */
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "walk/owner_table.h"

#define LAST	(PFNSCOPE_OWNERS - 1)

/**
 * pfnscope_owner_table_clear - forget all owners
 * @table: the table
 */
void pfnscope_owner_table_clear(struct pfnscope_owner_table *table)
{
	table->count = 0;
	table->text_used = 0;
	memset(table->hash, 0, sizeof(table->hash));
	memset(&table->slots[LAST], 0, sizeof(table->slots[LAST]));
	table->slots[LAST].kind = PFNSCOPE_OWNER_COUNTER;
	table->slots[LAST].name = "more";
}

static unsigned int place_of(enum pfnscope_owner_kind kind, u64 key, u64 key2)
{
	return hash_64(key ^ hash_64(key2 + kind, 64),
		       ilog2(PFNSCOPE_OWNER_HASH));
}

static bool is_slot(const struct pfnscope_owner_slot *slot,
		    enum pfnscope_owner_kind kind, u64 key, u64 key2)
{
	return slot->key == key && slot->key2 == key2 && slot->kind == kind;
}

/* There are twice as many places as slots: one is always empty. */
static struct pfnscope_owner_slot *make(struct pfnscope_owner_table *table,
					enum pfnscope_owner_kind kind, u64 key,
					u64 key2, unsigned int place)
{
	struct pfnscope_owner_slot *slot = &table->slots[table->count];

	if (table->count == LAST)
		return &table->slots[LAST];
	memset(slot, 0, sizeof(*slot));
	slot->kind = kind;
	slot->key = key;
	slot->key2 = key2;
	table->hash[place] = ++table->count;
	return slot;
}

/**
 * pfnscope_owner_table_find - the slot of an owner, made if it is new
 * @table: the table
 * @kind: of the owner
 * @key: what tells it from others of its kind
 * @key2: likewise
 * @made: set when it is new and wants a name
 *
 * Return: the slot, never NULL.
 */
struct pfnscope_owner_slot *
pfnscope_owner_table_find(struct pfnscope_owner_table *table,
			  enum pfnscope_owner_kind kind, u64 key, u64 key2,
			  bool *made)
{
	unsigned int place = place_of(kind, key, key2);
	struct pfnscope_owner_slot *slot;

	*made = false;
	for (; table->hash[place];
	     place = (place + 1) % PFNSCOPE_OWNER_HASH) {
		slot = &table->slots[table->hash[place] - 1];
		if (is_slot(slot, kind, key, key2))
			return slot;
	}
	slot = make(table, kind, key, key2, place);
	*made = slot != &table->slots[LAST];
	return slot;
}

/**
 * pfnscope_owner_table_room - where the next name may be written
 * @table: the table
 * @room: how much of it fits, with the final zero; at least 1
 *
 * Return: the place, an empty string.
 */
char *pfnscope_owner_table_room(struct pfnscope_owner_table *table,
				size_t *room)
{
	char *text = table->text + table->text_used;

	*room = sizeof(table->text) - table->text_used;
	*text = '\0';
	return text;
}

/**
 * pfnscope_owner_table_name - what was written there is the name of a slot
 * @table: the table
 * @slot: the slot
 */
void pfnscope_owner_table_name(struct pfnscope_owner_table *table,
			       struct pfnscope_owner_slot *slot)
{
	size_t room = sizeof(table->text) - table->text_used;
	size_t used;

	slot->name = table->text + table->text_used;
	used = strnlen(slot->name, room - 1) + 1;
	/* One byte stays, for the empty names of those who come later. */
	table->text_used += min(used, room - 1);
}
