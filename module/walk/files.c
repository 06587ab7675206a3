// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each page of the page cache is added to the inode that it names. Inodes are found by
 * the address of their mapping, and told apart by what stands there, as another one may
 * have got the address since. Between two blocks the table is made large enough for a
 * block each page of which is of an inode not met before.
 *
 * The first slots are for pages whose inode could not be told: they were in another
 * mapping, or in none, when they were looked at again, or there are more inodes than
 * the table may have. So the sums of a zone always hold.
 */
#include <linux/hash.h>
#include <linux/kdev_t.h>
#include <linux/log2.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "reach/page.h"
#include "walk/files.h"
#include "walk/memory.h"

/* Some 90 MiB of table. */
#define FILES_MAX	BIT(20)

enum { UNKNOWN_FILE, UNKNOWN_SHMEM, UNKNOWN_SLOTS };

/* --- the table --- */

static u32 *place_of(struct pfnscope_files_cursor *cursor,
		     const struct pfnscope_inode *id, unsigned long mapping)
{
	unsigned int at = hash_long(mapping, 32) & cursor->mask;
	const struct pfnscope_file_slot *slot;

	for (; cursor->index[at]; at = (at + 1) & cursor->mask) {
		slot = &cursor->slots[cursor->index[at]];
		if (slot->mapping == mapping && slot->id.inode == id->inode &&
		    slot->id.super == id->super && slot->id.number == id->number)
			break;
	}
	return &cursor->index[at];
}

static void reindex(struct pfnscope_files_cursor *cursor)
{
	const struct pfnscope_file_slot *slot;
	unsigned int i;

	memset(cursor->index, 0,
	       sizeof(*cursor->index) * (cursor->mask + 1UL));
	for (i = UNKNOWN_SLOTS; i < cursor->count; i++) {
		slot = &cursor->slots[i];
		*place_of(cursor, &slot->id, slot->mapping) = i;
		if (!(i % 1024))
			cond_resched();
	}
}

/* Return: 0 or -ENOMEM, after which the old table is as it was. */
static int grow(struct pfnscope_files_cursor *cursor, unsigned int room)
{
	unsigned int places = roundup_pow_of_two(2 * room);
	struct pfnscope_file_slot *slots;
	u32 *index;

	slots = pfnscope_room(room, sizeof(*slots));
	index = pfnscope_room(places, sizeof(*index));
	if (!slots || !index) {
		kvfree(slots);
		kvfree(index);
		return -ENOMEM;
	}
	if (cursor->count)
		memcpy(slots, cursor->slots, cursor->count * sizeof(*slots));
	kvfree(cursor->slots);
	kvfree(cursor->index);
	cursor->slots = slots;
	cursor->index = index;
	cursor->room = room;
	cursor->mask = places - 1;
	cursor->last = NULL;
	reindex(cursor);
	return 0;
}

/* For as many as a block may bring. */
static int make_room(struct pfnscope_files_cursor *cursor)
{
	unsigned int needed = cursor->count + pageblock_nr_pages;

	if (needed <= cursor->room || cursor->room == FILES_MAX)
		return 0;
	pfnscope_scan_pause(&cursor->scan);
	return grow(cursor, min_t(unsigned int, 2 * needed, FILES_MAX));
}

static void clear(struct pfnscope_files_cursor *cursor)
{
	memset(cursor->slots, 0, UNKNOWN_SLOTS * sizeof(*cursor->slots));
	cursor->slots[UNKNOWN_SHMEM].marks = BIT(PFNSCOPE_FILE_SHMEM);
	cursor->slots[UNKNOWN_FILE].type = PFNSCOPE_FS_TYPES;
	cursor->slots[UNKNOWN_SHMEM].type = PFNSCOPE_FS_TYPES;
	cursor->count = UNKNOWN_SLOTS;
	cursor->row = 0;
	cursor->last = NULL;
	reindex(cursor);
}

/* --- pages --- */

static unsigned int type_number(struct pfnscope_files_cursor *cursor,
				const char *name)
{
	unsigned int i;

	for (i = 0; i < cursor->nr_types; i++)
		if (!strcmp(cursor->types[i], name))
			return i;
	if (i < PFNSCOPE_FS_TYPES)
		strscpy(cursor->types[cursor->nr_types++], name,
			PFNSCOPE_FS_TYPE);
	return i;
}

static void fill_slot(struct pfnscope_files_cursor *cursor,
		      struct pfnscope_file_slot *slot,
		      const struct pfnscope_inode_traits *traits, bool shmem)
{
	slot->device = traits->device;
	slot->type = type_number(cursor, traits->fs_type);
	slot->marks = shmem << PFNSCOPE_FILE_SHMEM |
		      traits->deleted << PFNSCOPE_FILE_DELETED |
		      traits->internal << PFNSCOPE_FILE_INTERNAL |
		      traits->block << PFNSCOPE_FILE_BLOCK;
}

/* The slot of an inode, a new one where need be; NULL where it cannot be told. */
static struct pfnscope_file_slot *
find_slot(struct pfnscope_files_cursor *cursor, const struct page *page,
	  unsigned long mapping, bool shmem)
{
	struct pfnscope_inode_traits traits;
	struct pfnscope_file_slot *slot;
	struct pfnscope_inode id;
	bool stands;
	u32 *place;

	if (!pfnscope_inode_identify(mapping, &id))
		return NULL;
	place = place_of(cursor, &id, mapping);
	if (*place)
		return pfnscope_page_mapping(page) == mapping ?
		       &cursor->slots[*place] : NULL;
	if (cursor->count == cursor->room)
		return NULL;
	stands = pfnscope_inode_describe(&id, &traits) &&
		 pfnscope_page_mapping(page) == mapping;
	if (!stands)
		return NULL;
	*place = cursor->count++;
	slot = &cursor->slots[*place];
	memset(slot, 0, sizeof(*slot));
	slot->mapping = mapping;
	slot->id = id;
	fill_slot(cursor, slot, &traits, shmem);
	return slot;
}

/*
 * Most pages are of the same inode as the page before, which under RCU no other one
 * can have taken the place of.
 */
static struct pfnscope_file_slot *slot_of(struct pfnscope_files_cursor *cursor,
					  const struct page *page, bool shmem)
{
	unsigned long mapping = pfnscope_page_mapping(page);

	if (cursor->last && cursor->last->mapping == mapping)
		return cursor->last;
	cursor->last = NULL;
	if (mapping && !(mapping & PFNSCOPE_MAPPING_FLAGS))
		cursor->last = find_slot(cursor, page, mapping, shmem);
	return cursor->last ?: &cursor->slots[shmem ? UNKNOWN_SHMEM :
						      UNKNOWN_FILE];
}

static void add(struct pfnscope_file_slot *slot, unsigned int states,
		unsigned int pages)
{
	slot->pages += pages;
	if (states & BIT(PFNSCOPE_STATE_DIRTY))
		slot->dirty += pages;
	if (states & BIT(PFNSCOPE_STATE_WRITEBACK))
		slot->writeback += pages;
	if (states & BIT(PFNSCOPE_STATE_MAPPED))
		slot->mapped += pages;
}

static void visit(void *data, const struct pfnscope_unit *unit,
		  unsigned long pfn, unsigned int pages)
{
	struct pfnscope_files_cursor *cursor = data;
	bool shmem = unit->class == PFNSCOPE_CLASS_SHMEM;
	struct page *page = unit->page + (pfn - unit->start);
	unsigned int i;

	if (!shmem && unit->class != PFNSCOPE_CLASS_FILE)
		return;
	rcu_read_lock();
	cursor->last = NULL;
	if (unit->order)
		add(slot_of(cursor, unit->page, shmem), unit->states, pages);
	for (i = 0; !unit->order && i < pages; i++)
		add(slot_of(cursor, page + i, shmem), unit->states, 1);
	rcu_read_unlock();
}

static int walk_zone(struct pfnscope_files_cursor *cursor)
{
	int ret;

	clear(cursor);
	do {
		ret = make_room(cursor);
		if (!ret)
			ret = pfnscope_scan_block(&cursor->scan);
	} while (ret > 0);
	pfnscope_scan_pause(&cursor->scan);
	return ret;
}

/* --- rows --- */

static void fill_inode(const struct pfnscope_files_cursor *cursor,
		       const struct pfnscope_file_slot *slot,
		       struct pfnscope_file *record)
{
	record->device = slot->device;
	record->inode = slot->id.number;
	if (slot->type < PFNSCOPE_FS_TYPES)
		record->fs_type = cursor->types[slot->type];
	record->path = pfnscope_inode_path(&slot->id, slot->mapping,
					   record->room, sizeof(record->room));
	if (record->path && slot->marks & BIT(PFNSCOPE_FILE_INTERNAL) &&
	    strstarts(record->path, "memfd:"))
		record->marks |= BIT(PFNSCOPE_FILE_MEMFD);
}

static bool next_row(struct pfnscope_files_cursor *cursor,
		     struct pfnscope_file *record)
{
	const struct pfnscope_file_slot *slot;

	do {
		if (cursor->row >= cursor->count)
			return false;
		slot = &cursor->slots[cursor->row++];
	} while (!slot->pages);
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	record->device = PFNSCOPE_UNKNOWN;
	record->inode = PFNSCOPE_UNKNOWN;
	record->fs_type = NULL;
	record->path = NULL;
	record->marks = slot->marks;
	record->pages = slot->pages;
	record->dirty = slot->dirty;
	record->writeback = slot->writeback;
	record->mapped = slot->mapped;
	if (slot->mapping)
		fill_inode(cursor, slot, record);
	return true;
}

/**
 * pfnscope_files_begin - prepare the first row
 * @cursor: zeroed; to be given to pfnscope_files_end() if this returns 0
 *
 * Return: 0 or -ENOMEM.
 */
int pfnscope_files_begin(struct pfnscope_files_cursor *cursor)
{
	cursor->scan.visitor.visit = visit;
	cursor->scan.visitor.data = cursor;
	cursor->scan.visitor.small = true;
	return grow(cursor, UNKNOWN_SLOTS + 2 * pageblock_nr_pages);
}

/**
 * pfnscope_files_end - give back what the rows took
 * @cursor: as begun
 */
void pfnscope_files_end(struct pfnscope_files_cursor *cursor)
{
	pfnscope_scan_end(&cursor->scan);
	kvfree(cursor->slots);
	kvfree(cursor->index);
}

/**
 * pfnscope_files_fill - the next inode as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -ENOMEM, or -EINTR when the task is being killed.
 */
int pfnscope_files_fill(struct pfnscope_files_cursor *cursor,
			struct pfnscope_file *record)
{
	int ret;

	while (!cursor->scan.zone || !next_row(cursor, record)) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = walk_zone(cursor);
		if (ret)
			return ret;
	}
	return 1;
}
