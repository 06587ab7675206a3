// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each unit of the walk is added to several owners: its class, its states and
 * its order; its slab cache; the cgroup it is charged to. A zone is walked when
 * its first row is wanted, and its owners are then the rows.
 */
#include <linux/vmalloc.h>

#include "reach/page_cgroup.h"
#include "reach/slab_page.h"
#include "walk/memory.h"
#include "walk/owners.h"

/* Adds the pages to an owner; its name is written by the caller if it is new. */
static struct pfnscope_owner_slot *add(struct pfnscope_owner_cursor *cursor,
				       enum pfnscope_owner_kind kind, u64 key,
				       u64 key2, unsigned int pages, bool *made)
{
	struct pfnscope_owner_slot *slot;

	slot = pfnscope_owner_table_find(cursor->table, kind, key, key2, made);
	slot->pages += pages;
	if (slot->last_block != cursor->block) {
		slot->last_block = cursor->block;
		slot->blocks++;
	}
	return slot;
}

__printf(3, 4)
static void name_slot(struct pfnscope_owner_cursor *cursor,
		      struct pfnscope_owner_slot *slot, const char *format, ...)
{
	size_t room;
	char *text = pfnscope_owner_table_room(cursor->table, &room);
	va_list args;

	va_start(args, format);
	vscnprintf(text, room, format, args);
	va_end(args);
	pfnscope_owner_table_name(cursor->table, slot);
}

static struct pfnscope_owner_slot *
add_class(struct pfnscope_owner_cursor *cursor,
	  const struct pfnscope_unit *unit, unsigned int pages)
{
	struct pfnscope_owner_slot *slot;
	bool made;

	slot = add(cursor, PFNSCOPE_OWNER_CLASS, unit->class, 0, pages, &made);
	if (made)
		slot->name = pfnscope_class_name(unit->class);
	return slot;
}

static void add_states(struct pfnscope_owner_cursor *cursor,
		       const struct pfnscope_unit *unit, unsigned int pages)
{
	unsigned long states = unit->states;
	struct pfnscope_owner_slot *slot;
	unsigned int state;
	bool made;

	for_each_set_bit(state, &states, PFNSCOPE_STATES) {
		slot = add(cursor, PFNSCOPE_OWNER_STATE, unit->class, state,
			   pages, &made);
		if (made)
			name_slot(cursor, slot, "%s.%s",
				  pfnscope_class_name(unit->class),
				  pfnscope_state_name(state));
	}
}

static void add_order(struct pfnscope_owner_cursor *cursor,
		      const struct pfnscope_unit *unit, unsigned int pages)
{
	struct pfnscope_owner_slot *slot;
	bool made;

	slot = add(cursor, PFNSCOPE_OWNER_ORDER, unit->class, unit->order,
		   pages, &made);
	if (made)
		name_slot(cursor, slot, "%s-%u",
			  pfnscope_class_name(unit->class), unit->order);
}

/* The cache may go away at any time: the name then cannot be told, nor the owner. */
static struct pfnscope_owner_slot *
add_slab(struct pfnscope_owner_cursor *cursor, const struct pfnscope_unit *unit,
	 unsigned int pages)
{
	u64 cache = (unsigned long)pfnscope_slab_page_cache(unit->page);
	struct pfnscope_owner_slot *slot;
	size_t room;
	bool made;
	char *text;

	if (!cache)
		return NULL;
	slot = add(cursor, PFNSCOPE_OWNER_SLAB, cache, 0, pages, &made);
	if (made) {
		text = pfnscope_owner_table_room(cursor->table, &room);
		if (!pfnscope_slab_page_name(unit->page, text, room))
			strscpy(text, "?", room);
		pfnscope_owner_table_name(cursor->table, slot);
	}
	return slot;
}

static struct pfnscope_owner_slot *
add_cgroup(struct pfnscope_owner_cursor *cursor,
	   const struct pfnscope_unit *unit, unsigned int pages)
{
	struct cgroup_subsys_state *css = pfnscope_page_css(unit->page);
	enum pfnscope_owner_kind kind = PFNSCOPE_OWNER_CGROUP;
	struct pfnscope_owner_slot *slot;
	size_t room;
	bool made;
	char *text;

	if (!css)
		return NULL;
	if (!pfnscope_css_online(css))
		kind = PFNSCOPE_OWNER_DYING_CGROUP;
	slot = add(cursor, kind, pfnscope_css_serial(css), 0, pages, &made);
	if (made) {
		text = pfnscope_owner_table_room(cursor->table, &room);
		pfnscope_css_path(css, text, min_t(size_t, room, PATH_MAX));
		pfnscope_owner_table_name(cursor->table, slot);
	}
	return slot;
}

static bool may_be_charged(enum pfnscope_class class)
{
	switch (class) {
	case PFNSCOPE_CLASS_ANON:
	case PFNSCOPE_CLASS_FILE:
	case PFNSCOPE_CLASS_SHMEM:
	case PFNSCOPE_CLASS_HUGETLB:
	case PFNSCOPE_CLASS_PAGE_TABLE:
	case PFNSCOPE_CLASS_KERNEL_STACK:
	case PFNSCOPE_CLASS_LARGE_KMALLOC:
	case PFNSCOPE_CLASS_KERNEL:
		return true;
	default:
		return false;
	}
}

static void note_unmovable(struct pfnscope_owner_cursor *cursor,
			   struct pfnscope_owner_slot *const *owners)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_SPOILERS; i++)
		if (!cursor->unmovable)
			cursor->sole[i] = owners[i];
		else if (cursor->sole[i] != owners[i])
			cursor->sole[i] = NULL;
	cursor->unmovable = true;
}

static void visit(void *data, const struct pfnscope_unit *unit,
		  unsigned int pages)
{
	struct pfnscope_owner_cursor *cursor = data;
	struct pfnscope_owner_slot *owners[PFNSCOPE_SPOILERS] = {};

	owners[PFNSCOPE_SPOILER_CLASS] = add_class(cursor, unit, pages);
	if (unit->states)
		add_states(cursor, unit, pages);
	if (unit->order && unit->class != PFNSCOPE_CLASS_FREE &&
	    unit->class != PFNSCOPE_CLASS_SLAB)
		add_order(cursor, unit, pages);
	if (unit->class == PFNSCOPE_CLASS_SLAB)
		owners[PFNSCOPE_SPOILER_SLAB] = add_slab(cursor, unit, pages);
	else if (may_be_charged(unit->class))
		owners[PFNSCOPE_SPOILER_CGROUP] = add_cgroup(cursor, unit,
							     pages);
	if (unit->fate == PFNSCOPE_FATE_UNMOVABLE)
		note_unmovable(cursor, owners);
}

static void finish_block(struct pfnscope_owner_cursor *cursor)
{
	unsigned int i;

	for (i = 0; cursor->unmovable && i < PFNSCOPE_SPOILERS; i++)
		if (cursor->sole[i])
			cursor->sole[i]->spoiled++;
	cursor->unmovable = false;
	cursor->block++;
}

/* The pages on per-CPU lists: known by their number only. */
static void add_pcp(struct pfnscope_owner_cursor *cursor)
{
	struct pfnscope_owner_slot *slot;
	bool made;

	slot = pfnscope_owner_table_find(cursor->table, PFNSCOPE_OWNER_COUNTER,
					 0, 0, &made);
	slot->name = "pcp";
	slot->pages = pfnscope_scan_pcp_pages(&cursor->scan);
}

static int walk_zone(struct pfnscope_owner_cursor *cursor)
{
	int ret;

	pfnscope_owner_table_clear(cursor->table);
	cursor->row = 0;
	cursor->block = 1;
	cursor->unmovable = false;
	while ((ret = pfnscope_scan_block(&cursor->scan)) > 0)
		finish_block(cursor);
	pfnscope_scan_pause(&cursor->scan);
	if (!ret)
		add_pcp(cursor);
	return ret;
}

/**
 * pfnscope_owners_begin - prepare the first row
 * @cursor: zeroed; to be given to pfnscope_owners_end() if this returns 0
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_owners_begin(struct pfnscope_owner_cursor *cursor)
{
	int ret;

	/* Not in one piece: half a megabyte is what others look for here. */
	cursor->table = __vmalloc(sizeof(*cursor->table), PFNSCOPE_GFP);
	if (!cursor->table)
		return -ENOMEM;
	cursor->scan.visitor.visit = visit;
	cursor->scan.visitor.data = cursor;
	cursor->scan.visitor.small = true;
	ret = pfnscope_scan_begin(&cursor->scan);
	if (ret)
		pfnscope_owners_end(cursor);
	return ret;
}

/**
 * pfnscope_owners_end - give back what the rows took
 * @cursor: as begun
 */
void pfnscope_owners_end(struct pfnscope_owner_cursor *cursor)
{
	pfnscope_scan_end(&cursor->scan);
	vfree(cursor->table);
	cursor->table = NULL;
}

static struct pfnscope_owner_slot *
next_slot(struct pfnscope_owner_cursor *cursor)
{
	struct pfnscope_owner_table *table = cursor->table;
	struct pfnscope_owner_slot *more = &table->slots[PFNSCOPE_OWNERS - 1];

	if (cursor->row < table->count)
		return &table->slots[cursor->row++];
	if (cursor->row == table->count && more->pages) {
		cursor->row++;
		return more;
	}
	return NULL;
}

/**
 * pfnscope_owners_fill - the next owner as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_owners_fill(struct pfnscope_owner_cursor *cursor,
			 struct pfnscope_owner *record)
{
	struct pfnscope_owner_slot *slot;
	int ret;

	while (!cursor->scan.zone || !(slot = next_slot(cursor))) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = walk_zone(cursor);
		if (ret)
			return ret;
	}
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	record->kind = slot->kind;
	record->name = slot->name;
	record->pages = slot->pages;
	record->blocks = slot->blocks;
	record->spoiled = slot->spoiled;
	return 1;
}
