// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each unit of the walk is added to several owners: its class, its states and
 * its order; its slab cache; the cgroup it is charged to; what its page frames are
 * known as. A zone is walked when
 * its first row is wanted, and its owners are then the rows.
 */
#include "reach/page_cgroup.h"
#include "walk/owners.h"

static struct pfnscope_owner_slot *add(struct pfnscope_owner_cursor *cursor,
				       struct pfnscope_owner_slot *slot,
				       unsigned int pages)
{
	slot->pages += pages;
	if (slot->last_block != cursor->block) {
		slot->last_block = cursor->block;
		slot->blocks++;
	}
	return slot;
}

static struct pfnscope_owner_slot *
add_owner(struct pfnscope_owner_cursor *cursor, enum pfnscope_owner_kind kind,
	  unsigned int number, unsigned int pages)
{
	return add(cursor, pfnscope_owner_slot(&cursor->table, kind, number),
		   pages);
}

static void add_states(struct pfnscope_owner_cursor *cursor,
		       const struct pfnscope_unit *unit, unsigned int pages)
{
	unsigned long states = unit->states;
	unsigned int state;

	for_each_set_bit(state, &states, PFNSCOPE_STATES)
		add_owner(cursor, PFNSCOPE_OWNER_STATE,
			  pfnscope_owner_state(unit->class, state), pages);
}

/* Most pages are of the same cgroup as the page before. */
static struct pfnscope_owner_slot *
add_cgroup(struct pfnscope_owner_cursor *cursor,
	   const struct pfnscope_unit *unit, unsigned int pages)
{
	unsigned long word = pfnscope_page_word(unit->page);
	const struct pfnscope_charges *charges = &cursor->scan.names.charges;

	if (!word)
		return NULL;
	if (cursor->last.word != word) {
		cursor->last.word = word;
		cursor->last.cgroup = pfnscope_charges_find(charges, word);
	}
	return add_owner(cursor, PFNSCOPE_OWNER_CGROUP, cursor->last.cgroup,
			 pages);
}

/* The owner, where all the pages are of one. */
static struct pfnscope_owner_slot *
add_frames(struct pfnscope_owner_cursor *cursor, enum pfnscope_owner_kind kind,
	   struct pfnscope_frames *frames, unsigned long pfn,
	   unsigned int pages)
{
	struct pfnscope_owner_slot *owner = NULL;
	unsigned int name, part, done;

	for (done = 0; done < pages; done += part) {
		part = pfnscope_frames_at(frames, pfn + done, pages - done,
					  &name);
		if (name < frames->nr_names || kind == PFNSCOPE_OWNER_RESERVED)
			owner = add_owner(cursor, kind, name, part);
	}
	return part == pages ? owner : NULL;
}

/* Who blocks is told by the area where there is one, else by the holder. */
static struct pfnscope_owner_slot *
add_held(struct pfnscope_owner_cursor *cursor, unsigned long pfn,
	 unsigned int pages)
{
	struct pfnscope_names *names = &cursor->scan.names;
	struct pfnscope_owner_slot *area, *holder;

	area = add_frames(cursor, PFNSCOPE_OWNER_VMALLOC, &names->vmalloc, pfn,
			  pages);
	holder = add_frames(cursor, PFNSCOPE_OWNER_HOLDER, &names->holders, pfn,
			    pages);
	return area ?: holder;
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
		  unsigned long pfn, unsigned int pages)
{
	struct pfnscope_owner_cursor *cursor = data;
	struct pfnscope_owner_slot *owners[PFNSCOPE_SPOILERS] = {};

	owners[PFNSCOPE_SPOILER_CLASS] = add_owner(cursor, PFNSCOPE_OWNER_CLASS,
						   unit->class, pages);
	if (unit->states)
		add_states(cursor, unit, pages);
	if (unit->order && unit->class != PFNSCOPE_CLASS_FREE &&
	    unit->class != PFNSCOPE_CLASS_SLAB)
		add_owner(cursor, PFNSCOPE_OWNER_ORDER,
			  pfnscope_owner_order(unit->class, unit->order), pages);
	if (unit->class == PFNSCOPE_CLASS_SLAB)
		owners[PFNSCOPE_SPOILER_SLAB] =
			add_owner(cursor, PFNSCOPE_OWNER_SLAB, unit->cache,
				  pages);
	else if (pfnscope_may_be_charged(unit->class))
		owners[PFNSCOPE_SPOILER_CGROUP] = add_cgroup(cursor, unit,
							     pages);
	if (unit->class == PFNSCOPE_CLASS_RESERVED)
		owners[PFNSCOPE_SPOILER_FRAMES] =
			add_frames(cursor, PFNSCOPE_OWNER_RESERVED,
				   &cursor->scan.names.reserved, pfn, pages);
	else if (pfnscope_may_be_held(unit))
		owners[PFNSCOPE_SPOILER_FRAMES] = add_held(cursor, pfn, pages);
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
	struct pfnscope_scan_pcp pcp;

	slot = pfnscope_owner_slot(&cursor->table, PFNSCOPE_OWNER_COUNTER, 0);
	pfnscope_scan_pcp(&cursor->scan, &pcp);
	slot->pages = pcp.pages;
}

static int walk_zone(struct pfnscope_owner_cursor *cursor)
{
	int ret;

	pfnscope_owner_table_clear(&cursor->table);
	cursor->row = 0;
	cursor->block = 1;
	cursor->unmovable = false;
	while ((ret = pfnscope_scan_block(&cursor->scan)) > 0)
		finish_block(cursor);
	pfnscope_scan_pause(&cursor->scan);
	if (ret)
		return ret;
	add_pcp(cursor);
	pfnscope_owner_table_sort(&cursor->table);
	return 0;
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

	cursor->scan.visitor.visit = visit;
	cursor->scan.visitor.data = cursor;
	cursor->scan.visitor.small = true;
	ret = pfnscope_scan_begin(&cursor->scan, true);
	if (ret)
		return ret;
	ret = pfnscope_owner_table_make(&cursor->table, &cursor->scan.names);
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
	pfnscope_owner_table_free(&cursor->table);
}

/* The pages on per-CPU lists have a row even where there are none. */
static bool next_row(struct pfnscope_owner_cursor *cursor,
		     struct pfnscope_owner *record)
{
	const struct pfnscope_owner_table *table = &cursor->table;
	const struct pfnscope_owner_slot *slot;
	unsigned int place;

	while (cursor->row < table->first[PFNSCOPE_OWNER_KINDS]) {
		place = cursor->row++;
		slot = &table->slots[place];
		if (!slot->pages &&
		    place != table->first[PFNSCOPE_OWNER_COUNTER])
			continue;
		record->pages = slot->pages;
		record->blocks = slot->blocks;
		record->spoiled = slot->spoiled;
		pfnscope_owner_table_name(table, &cursor->scan.names, place,
					  record);
		return true;
	}
	return false;
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
	int ret;

	while (!cursor->scan.zone || !next_row(cursor, record)) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = walk_zone(cursor);
		if (ret)
			return ret;
	}
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	return 1;
}
