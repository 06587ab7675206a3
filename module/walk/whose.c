// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scan, of the blocks in which the range lies: what it finds in one is kept until
 * its rows are told. It begins at the boundary that no allocation reaches across, as
 * the pages after the first of one are told by what is before them.
 */
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "reach/inode.h"
#include "reach/page.h"
#include "reach/page_cgroup.h"
#include "reach/slab.h"
#include "walk/memory.h"
#include "walk/whose.h"

/* What was asked about last; none where its first page frame is behind its last. */
static struct pfnscope_range asked = { 1, 0 };

/* For both page frames to be of one question. */
static DEFINE_SPINLOCK(asked_lock);

/**
 * pfnscope_whose_range - the page frames that are asked about
 * @range: filled
 *
 * Return: false where there are none.
 */
bool pfnscope_whose_range(struct pfnscope_range *range)
{
	spin_lock(&asked_lock);
	*range = asked;
	spin_unlock(&asked_lock);
	return range->first <= range->last;
}

/**
 * pfnscope_whose_ask - ask about other page frames
 * @range: them; the first behind the last for none
 */
void pfnscope_whose_ask(const struct pfnscope_range *range)
{
	spin_lock(&asked_lock);
	asked = *range;
	spin_unlock(&asked_lock);
}

static const char *frames_name(struct pfnscope_frames *frames,
			       unsigned long pfn, unsigned int *pages)
{
	unsigned int name;

	*pages = pfnscope_frames_at(frames, pfn, *pages, &name);
	return name < frames->nr_names ? frames->names[name].text : NULL;
}

/* The area that a page lies in, or else its holder; shortens @pages to those. */
static void name_held(struct pfnscope_names *names, struct pfnscope_whose *row,
		      unsigned int *pages)
{
	unsigned int others = *pages;
	const char *area = frames_name(&names->vmalloc, row->start_pfn, pages);
	const char *holder = frames_name(&names->holders, row->start_pfn,
					 &others);

	*pages = min(*pages, others);
	if (!area && !holder)
		return;
	row->kind = area ? PFNSCOPE_OWNER_VMALLOC : PFNSCOPE_OWNER_HOLDER;
	row->owner = area ?: holder;
}

static void name_owner(struct pfnscope_names *names,
		       const struct pfnscope_unit *unit,
		       struct pfnscope_whose *row, unsigned int *pages)
{
	row->kind = PFNSCOPE_OWNER_CLASS;
	row->owner = NULL;
	if (unit->class == PFNSCOPE_CLASS_SLAB) {
		if (unit->cache >= names->caches.count)
			return;
		row->kind = PFNSCOPE_OWNER_SLAB;
		row->owner = pfnscope_slab_name(names->caches.all[unit->cache]);
	} else if (unit->class == PFNSCOPE_CLASS_RESERVED) {
		row->kind = PFNSCOPE_OWNER_RESERVED;
		row->owner = frames_name(&names->reserved, row->start_pfn,
					 pages) ?: "other";
	} else if (pfnscope_may_be_held(unit)) {
		name_held(names, row, pages);
	}
}

static const char *cgroup_of(const struct pfnscope_charges *charges,
			     const struct pfnscope_unit *unit)
{
	unsigned long word = pfnscope_may_be_charged(unit->class) ?
			     pfnscope_page_word(unit->page) : 0;
	unsigned int number;

	if (!word)
		return NULL;
	number = pfnscope_charges_find(charges, word);
	return number < charges->cgroup.count ?
	       charges->cgroups[number].path : NULL;
}

/* The word of mappings is something else in a page with a type, and in a slab. */
static u64 mappings(const struct pfnscope_unit *unit)
{
	int word = pfnscope_page_mapcount_word(unit->page);

	if (unit->order || unit->class == PFNSCOPE_CLASS_SLAB || word < -1)
		return PFNSCOPE_UNKNOWN;
	return word + 1;
}

static bool is_cache(const struct pfnscope_unit *unit)
{
	return unit->class == PFNSCOPE_CLASS_FILE ||
	       unit->class == PFNSCOPE_CLASS_SHMEM;
}

/*
 * Under RCU: no other inode can have taken the place of one that was met in the same
 * section. See files.c.
 */
static void name_file(struct pfnscope_whose_row *row, const struct page *page,
		      const struct pfnscope_whose_row *before)
{
	unsigned long mapping = pfnscope_page_mapping(page);
	struct pfnscope_inode_traits traits;

	if (!mapping || mapping & PFNSCOPE_MAPPING_FLAGS)
		return;
	if (before && before->mapping == mapping) {
		row->told.device = before->told.device;
		row->id = before->id;
		memcpy(row->fs_type, before->fs_type, sizeof(row->fs_type));
	} else {
		if (!pfnscope_inode_identify(mapping, &row->id) ||
		    !pfnscope_inode_describe(&row->id, &traits) ||
		    pfnscope_page_mapping(page) != mapping)
			return;
		row->told.device = traits.device;
		memcpy(row->fs_type, traits.fs_type, sizeof(row->fs_type));
	}
	row->told.inode = row->id.number;
	row->mapping = mapping;
}

/* Small pages of which nothing differs but where they are. */
static bool continues(const struct pfnscope_whose_row *kept,
		      const struct pfnscope_whose_row *next)
{
	const struct pfnscope_whose *before = &kept->told, *row = &next->told;

	return before->start_pfn + before->pages == row->start_pfn &&
	       !row->order && !before->order && before->class == row->class &&
	       kept->mapping == next->mapping &&
	       before->fate == row->fate && before->states == row->states &&
	       before->refs == row->refs && before->maps == row->maps &&
	       before->kind == row->kind && before->owner == row->owner &&
	       before->cgroup == row->cgroup;
}

static void fill_row(struct pfnscope_whose_cursor *cursor,
		     const struct pfnscope_unit *unit, unsigned long pfn,
		     unsigned int *pages, struct pfnscope_whose *row)
{
	const struct pfnscope_block *block = &cursor->scan.block;
	struct pfnscope_names *names = &cursor->scan.names;

	row->node = block->node;
	row->zone = block->zone;
	row->migratetype = block->migratetype;
	row->start_pfn = pfn;
	row->class = unit->class;
	row->fate = unit->fate;
	row->states = unit->states;
	row->order = unit->order;
	row->refs = max(page_ref_count(unit->page), 0);
	row->maps = mappings(unit);
	row->cgroup = cgroup_of(&names->charges, unit);
	row->device = PFNSCOPE_UNKNOWN;
	row->inode = PFNSCOPE_UNKNOWN;
	name_owner(names, unit, row, pages);
	row->pages = *pages;
}

/* @known: rows from there on are of the same section under RCU. */
static void add_row(struct pfnscope_whose_cursor *cursor,
		    const struct pfnscope_unit *unit, unsigned long pfn,
		    unsigned int *pages, unsigned int known)
{
	struct pfnscope_whose_row *row = &cursor->rows[cursor->count];
	const struct page *page = unit->page;

	memset(row, 0, sizeof(*row));
	/* Small pages that look alike may be of several files. */
	if (is_cache(unit) && !unit->order) {
		page += pfn - unit->start;
		*pages = 1;
	}
	fill_row(cursor, unit, pfn, pages, &row->told);
	if (is_cache(unit))
		name_file(row, page, cursor->count > known ? row - 1 : NULL);
	if (cursor->count && continues(row - 1, row))
		row[-1].told.pages += row->told.pages;
	else
		cursor->count++;
}

static void visit(void *data, const struct pfnscope_unit *unit,
		  unsigned long pfn, unsigned int pages)
{
	struct pfnscope_whose_cursor *cursor = data;
	unsigned int known = cursor->count, part;
	unsigned long end = pfn + pages;

	rcu_read_lock();
	for (pfn = max(pfn, cursor->range.first); pfn < end; pfn += part) {
		part = end - pfn;
		add_row(cursor, unit, pfn, &part, known);
	}
	rcu_read_unlock();
}

/* To where the range may begin in the zone, and no farther than it goes. */
static void narrow(struct pfnscope_whose_cursor *cursor)
{
	struct pfnscope_scan *scan = &cursor->scan;
	unsigned long reach = max_t(unsigned long, pageblock_nr_pages,
				    BIT(PFNSCOPE_NR_ORDERS - 1));

	scan->pfn = max(scan->pfn, round_down(cursor->range.first, reach));
	if (cursor->range.last < scan->end_pfn)
		scan->end_pfn = cursor->range.last + 1;
}

/* Rows of the next block with a page of the range; 1, 0 after the last, or an error. */
static int next_block(struct pfnscope_whose_cursor *cursor)
{
	struct pfnscope_scan *scan = &cursor->scan;
	int ret = 0;

	for (;;) {
		cursor->count = 0;
		cursor->next = 0;
		if (scan->zone)
			ret = pfnscope_scan_block(scan);
		pfnscope_scan_pause(scan);
		if (ret < 0 || cursor->count)
			return ret;
		if (ret)
			continue;
		if (!pfnscope_scan_next_zone(scan, &cursor->zones))
			return 0;
		narrow(cursor);
	}
}

/**
 * pfnscope_whose_begin - prepare the first row
 * @cursor: zeroed; to be given to pfnscope_whose_end() if this returns 0
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_whose_begin(struct pfnscope_whose_cursor *cursor)
{
	int ret;

	if (!pfnscope_whose_range(&cursor->range))
		return 0;
	cursor->rows = pfnscope_room(pageblock_nr_pages,
				     sizeof(*cursor->rows));
	if (!cursor->rows)
		return -ENOMEM;
	cursor->scan.visitor.visit = visit;
	cursor->scan.visitor.data = cursor;
	cursor->scan.visitor.small = true;
	ret = pfnscope_scan_begin(&cursor->scan, true);
	if (ret)
		kvfree(cursor->rows);
	return ret;
}

/**
 * pfnscope_whose_end - give back what the rows took
 * @cursor: as begun
 */
void pfnscope_whose_end(struct pfnscope_whose_cursor *cursor)
{
	pfnscope_scan_end(&cursor->scan);
	kvfree(cursor->rows);
}

/**
 * pfnscope_whose_fill - the next page frames as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_whose_fill(struct pfnscope_whose_cursor *cursor,
			struct pfnscope_whose *record)
{
	const struct pfnscope_whose_row *row;
	int ret;

	if (!cursor->rows)
		return 0;
	if (cursor->next == cursor->count) {
		ret = next_block(cursor);
		if (ret <= 0)
			return ret;
	}
	row = &cursor->rows[cursor->next++];
	*record = row->told;
	if (!row->mapping)
		return 1;
	record->fs_type = row->fs_type;
	record->path = pfnscope_inode_path(&row->id, row->mapping, cursor->path,
					   sizeof(cursor->path));
	return 1;
}
