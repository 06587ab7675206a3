/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has how many pages in the zone at hand: a place for everybody who may. */
#ifndef PFNSCOPE_WALK_OWNER_TABLE_H
#define PFNSCOPE_WALK_OWNER_TABLE_H

#include "record-scan.h"
#include "walk/names.h"

/* Orders of free blocks and compound pages. */
#define PFNSCOPE_OWNER_ORDERS \
	(max_t(unsigned int, PFNSCOPE_COMPOUND_ORDER_MAX, \
	       PFNSCOPE_NR_ORDERS) + 1)

/**
 * struct pfnscope_owner_slot - one row to be
 * @rank: by which caches and cgroups are sorted in the end
 * @number: of the owner among its kind
 * @pages: that it has
 * @blocks: with one of them or more
 * @spoiled: of these, where nobody else's cannot move
 * @last_block: the one counted last
 */
struct pfnscope_owner_slot {
	unsigned long rank;
	unsigned int number;
	u64 pages;
	u64 blocks;
	u64 spoiled;
	u64 last_block;
};

/**
 * struct pfnscope_owner_table - the owners of one zone
 * @slots: those of each kind side by side, in the order of the kinds, and of their
 *	numbers until they are sorted
 * @first: where those of each kind begin, and at last how many there are
 */
struct pfnscope_owner_table {
	struct pfnscope_owner_slot *slots;
	unsigned int first[PFNSCOPE_OWNER_KINDS + 1];
};

const char *pfnscope_owner_kind_name(enum pfnscope_owner_kind kind);

int pfnscope_owner_table_make(struct pfnscope_owner_table *table,
			      const struct pfnscope_names *names);
void pfnscope_owner_table_free(struct pfnscope_owner_table *table);
void pfnscope_owner_table_clear(struct pfnscope_owner_table *table);
void pfnscope_owner_table_sort(struct pfnscope_owner_table *table);
void pfnscope_owner_table_name(const struct pfnscope_owner_table *table,
			       const struct pfnscope_names *names,
			       unsigned int place, struct pfnscope_owner *owner);

/* The place of the owner of that number among those of its kind. */
static inline struct pfnscope_owner_slot *
pfnscope_owner_slot(struct pfnscope_owner_table *table,
		    enum pfnscope_owner_kind kind, unsigned int number)
{
	return &table->slots[table->first[kind] + number];
}

/* Numbers of those whose name consists of two words. */
static inline unsigned int pfnscope_owner_state(enum pfnscope_class class,
						enum pfnscope_state state)
{
	return class * PFNSCOPE_STATES + state;
}

static inline unsigned int pfnscope_owner_order(enum pfnscope_class class,
						unsigned int order)
{
	return class * PFNSCOPE_OWNER_ORDERS + order;
}

#endif /* PFNSCOPE_WALK_OWNER_TABLE_H */
