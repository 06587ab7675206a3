// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M
// ko: known
/*
 * `contiguity` computed once more, from /proc/kpageflags, /proc/kpagecount, /proc/zoneinfo,
 * /proc/buddyinfo and /proc/iomem, and from the reference counts that a test module tells: page by
 * page, by the definitions in the guide, and by none of the module's code but for the migratetypes of
 * `pageblocks`, which are compared with /proc/pagetypeinfo elsewhere.
 *
 * All files stay open and all memory is there before the first round, so that looking does not move
 * what is looked at.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/delta.h"
#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/ram.h"
#include "lib/table.h"
#include "lib/text.h"

enum {
	KPF_UPTODATE = 3, KPF_DIRTY = 4, KPF_LRU = 5, KPF_SLAB = 7, KPF_WRITEBACK = 8, KPF_BUDDY = 10, KPF_MMAP = 11,
	KPF_ANON = 12, KPF_SWAPCACHE = 13, KPF_SWAPBACKED = 14, KPF_HEAD = 15, KPF_TAIL = 16, KPF_HUGE = 17,
	KPF_UNEVICTABLE = 18, KPF_HWPOISON = 19, KPF_NOPAGE = 20, KPF_OFFLINE = 23, KPF_PGTABLE = 26,
	KPF_RESERVED = 32, KPF_MLOCKED = 33, KPF_PRIVATE = 36, KPF_PRIVATE_2 = 37,
};

#define BIT(bit)	(1ULL << (bit))
#define LRU_KINDS	(BIT(KPF_LRU) | BIT(KPF_UPTODATE) | BIT(KPF_MMAP) | BIT(KPF_ANON) | BIT(KPF_SWAPBACKED))
#define FIXED_KINDS	(BIT(KPF_SLAB) | BIT(KPF_PGTABLE) | BIT(KPF_OFFLINE) | BIT(KPF_RESERVED) | BIT(KPF_HWPOISON))
#define NOT_CLEAN	(BIT(KPF_ANON) | BIT(KPF_SWAPBACKED) | BIT(KPF_DIRTY) | BIT(KPF_WRITEBACK) | BIT(KPF_MMAP) | \
			 BIT(KPF_UNEVICTABLE) | BIT(KPF_MLOCKED))

#define PAGES		(1UL << 18)
#define BLOCK		512UL
#define ORDERS		11
#define ZONES		4

/* What known_refcounts says of a page without a reference that hangs in a list. */
#define LISTED		(1 << 30)

/* How much it takes to have a page free, from never to nothing. */
enum level { ABSENT, UNMOVABLE, MOVABLE, MAPPED_FILE, CLEAN, DRAINABLE, FREE };

struct zone {
	char name[16];
	unsigned long start, end;
	long long min, low, high_mark, reserve, pcp, fullest, high;
	long long now[ORDERS];
	/* @target: free and clean in pageblocks that compaction moves pages to; @hidden: of these, what it passes over. */
	long long pages[FREE + 1], held[ORDERS], target, hidden;
	/* Pageblocks that compaction leaves free if it finds all of that and unmaps file cache, and if neither. */
	long long most, least;
	/* Does direct reclaim give per-CPU lists back in the end, because of this zone or of one below? */
	bool content;
};

/* One look at all of memory. */
struct look {
	uint64_t flags[PAGES], mapcount[PAGES];
	int32_t refs[PAGES];
	char zoneinfo[65536], buddyinfo[4096], pageblocks[1 << 18];
	/* Made of the above. */
	unsigned char level[PAGES], order[PAGES];
	bool target[PAGES / BLOCK];
	struct zone zone[ZONES];
};

static struct look before, after;
/* Page frames that are memory. Holes of it have a struct page too. */
static bool *ram;
static int flags_fd, mapcount_fd, refs_fd, zoneinfo_fd, buddyinfo_fd, pageblocks_fd;

static void read_all(int fd, void *to, size_t size, const char *what)
{
	size_t have = 0;
	ssize_t got;

	while (have < size && (got = pread(fd, (char *)to + have, size - have, (off_t)have)) > 0)
		have += (size_t)got;
	if (!have) {
		printf("Bail out! %s: %s\n", what, strerror(errno));
		exit(1);
	}
}

/* That walk takes and gives back memory: it has to lie outside of the other looks. */
static void look_at_types(struct look *look)
{
	memset(look->pageblocks, 0, sizeof(look->pageblocks));
	read_all(pageblocks_fd, look->pageblocks, sizeof(look->pageblocks) - 1, "pageblocks");
}

static void look_at(struct look *look)
{
	memset(look->zoneinfo, 0, sizeof(look->zoneinfo));
	memset(look->buddyinfo, 0, sizeof(look->buddyinfo));
	read_all(zoneinfo_fd, look->zoneinfo, sizeof(look->zoneinfo) - 1, "zoneinfo");
	read_all(buddyinfo_fd, look->buddyinfo, sizeof(look->buddyinfo) - 1, "buddyinfo");
	read_all(flags_fd, look->flags, sizeof(look->flags), "kpageflags");
	read_all(mapcount_fd, look->mapcount, sizeof(look->mapcount), "kpagecount");
	read_all(refs_fd, look->refs, sizeof(look->refs), "known_refcounts");
}

static long long min(long long a, long long b) { return a < b ? a : b; }
static long long max(long long a, long long b) { return a > b ? a : b; }

/* --- from files to zones --- */

/*
 * Since 6.7 the limit moves between two bounds, which 7.2's zoneinfo has and 6.12's has not. Only a change of zones
 * or of a setting moves them: the view of the lists knows them, which its own test checks.
 */
static void bound_high(struct zone *z)
{
	static struct table lists;
	long long number, least = -1;

	if (!lists.rows)
		table_need(&lists, "pcp");
	for (size_t row = 0; row < lists.rows; row++)
		if (!strcmp(table_cell(&lists, row, "zone"), z->name) &&
		    table_number(&lists, row, "high_min_pages", &number))
			least = max(least, number);
	if (least >= 0)
		z->high = least;
}

static void read_zone(struct zone *z, const char *text, const char *end)
{
	bool limits_move = strstr(text, " high_min:");
	long long spanned = 0, number;
	const char *line;

	memset(z, 0, sizeof(*z));
	sscanf(text, "Node %*d, zone %15s", z->name);
	for (line = text; line && line < end; line = strchr(line, '\n')) {
		line += *line == '\n';
		sscanf(line, " min %lld", &z->min);
		sscanf(line, " low %lld", &z->low);
		sscanf(line, " high %lld", &z->high_mark);
		sscanf(line, " spanned %lld", &spanned);
		sscanf(line, " start_pfn: %lu", &z->start);
		/* Of ZONE_MOVABLE, which has the highest number but for that of devices. */
		sscanf(line, " protection: (%*d, %*d, %*d, %lld", &z->reserve);
		if (sscanf(line, " count: %lld", &number) == 1) {
			z->pcp += number;
			z->fullest = max(z->fullest, number);
		}
		/* A limit that moves has two bounds, of which the lower one counts. */
		if ((limits_move ? sscanf(line, " high_min: %lld", &number) : sscanf(line, " high: %lld", &number)) == 1)
			z->high = max(z->high, number);
	}
	if (!limits_move)
		bound_high(z);
	z->end = z->start + (unsigned long)spanned;
}

static size_t read_zones(struct look *look)
{
	char *at = look->zoneinfo, *next, *line;
	size_t n = 0;

	while (at && *at && n < ZONES) {
		next = strstr(at + 1, "Node ");
		read_zone(&look->zone[n], at, next ? next : at + strlen(at));
		n += look->zone[n].end > look->zone[n].start;
		at = next;
	}
	for (size_t i = 0; i < n; i++) {
		char key[32];
		int used;

		snprintf(key, sizeof(key), "zone %8s ", look->zone[i].name);
		line = strstr(look->buddyinfo, key);
		for (unsigned int order = 0; line && order < ORDERS; order++) {
			line += order ? used : (int)strlen(key);
			sscanf(line, "%lld%n", &look->zone[i].now[order], &used);
		}
	}
	return n;
}

/* Pages go to movable pageblocks, and to those of CMA. */
static void read_types(struct look *look)
{
	char *line = strchr(look->pageblocks, '\n'), type[16];
	unsigned long pfn;

	memset(look->target, 0, sizeof(look->target));
	for (; line; line = strchr(line + 1, '\n'))
		if (sscanf(line, " %*d %*s %lu %15s", &pfn, type) == 2 && pfn < PAGES)
			look->target[pfn / BLOCK] = !strcmp(type, "movable") || !strcmp(type, "cma");
}

/* --- from pages to levels --- */

static bool has(uint64_t flags, int bit)
{
	return flags >> bit & 1;
}

/* Somebody holds more references than page tables and the cache explain. */
static bool is_held(const struct look *look, size_t pfn)
{
	uint64_t f = look->flags[pfn];
	int64_t explained = (int64_t)look->mapcount[pfn];

	explained += !has(f, KPF_ANON) || has(f, KPF_SWAPCACHE);
	explained += has(f, KPF_PRIVATE) || has(f, KPF_PRIVATE_2);
	explained += !has(f, KPF_LRU);
	return look->refs[pfn] > explained;
}

static enum level level_of(const struct look *look, size_t pfn)
{
	uint64_t f = look->flags[pfn];

	if (has(f, KPF_NOPAGE) || look->refs[pfn] < 0 || (has(f, KPF_RESERVED) && !ram[pfn]))
		return ABSENT;
	if (has(f, KPF_BUDDY))
		return FREE;
	if (f & FIXED_KINDS)
		return UNMOVABLE;
	if (has(f, KPF_HUGE))
		return MOVABLE;
	/* Nothing compound lies on a per-CPU list; since 6.14 some of it is in use without a reference. */
	if ((!look->refs[pfn] || look->refs[pfn] == LISTED) && !has(f, KPF_HEAD))
		return DRAINABLE;
	if (!(f & LRU_KINDS) || (!look->order[pfn] && is_held(look, pfn)))
		return UNMOVABLE;
	if (!(f & NOT_CLEAN))
		return CLEAN;
	return (f & NOT_CLEAN) == BIT(KPF_MMAP) ? MAPPED_FILE : MOVABLE;
}

/* The order of the compound page that starts here; its other pages are what the first one is. */
static size_t compound_at(struct look *look, size_t pfn)
{
	size_t pages = 1;

	while (pfn + pages < PAGES && has(look->flags[pfn + pages], KPF_TAIL))
		pages++;
	look->order[pfn] = (unsigned char)__builtin_ctzl(pages);
	look->level[pfn] = (unsigned char)level_of(look, pfn);
	memset(look->level + pfn, look->level[pfn], pages);
	return pages;
}

/*
 * A page without references behind a lone page of the kernel's may be the rest of what was allocated
 * with it, as far as an allocation from there can reach, but not from the first one on that hangs in
 * a list: that is one of a CPU's.
 */
static void suspect(struct look *look, const struct zone *z)
{
	size_t first = 0, reach;

	for (size_t pfn = z->start; pfn < z->end && pfn < PAGES; pfn++) {
		bool lone = look->level[pfn] == UNMOVABLE && !look->order[pfn] &&
			    !(look->flags[pfn] & (FIXED_KINDS | LRU_KINDS | BIT(KPF_TAIL)));

		reach = first & -first;
		if (look->level[pfn] == ABSENT)
			continue;
		if (lone)
			first = pfn;
		else if (look->level[pfn] != DRAINABLE || look->refs[pfn] == LISTED)
			first = 0;
		else if (first && pfn < first + (reach < 1024 ? reach : 1024))
			look->level[pfn] = UNMOVABLE;
	}
}

/* What compaction finds in a pageblock: @kept pages can move, but it does not move them. */
struct sight {
	long long busy, room, movable, kept;
	/* Is there room at a page in 1, 2, 4, 8, 16, 32? */
	bool found[6];
};

/* Compound pages stay: those of hugetlbfs, and before 6.9 all, then those of a pageblock and more. */
static bool stays(const struct look *look, size_t pfn)
{
	unsigned int least = has(look->flags[pfn], KPF_HUGE) || !kernel_at_least(6, 9) ? 1 : 9;

	return look->level[pfn] < CLEAN && look->order[pfn] >= least;
}

static struct sight see(const struct look *look, const struct zone *z, size_t block)
{
	struct sight sight = { 0 };

	for (size_t pfn = block * BLOCK; pfn < (block + 1) * BLOCK; pfn++) {
		enum level level = pfn < z->start || pfn >= z->end ? ABSENT : look->level[pfn];

		sight.busy += level > ABSENT && level < CLEAN;
		sight.movable += level == MOVABLE || level == MAPPED_FILE;
		sight.room += level >= CLEAN;
		if (level > UNMOVABLE && stays(look, pfn))
			sight.kept += min(1LL << look->order[pfn], (long long)BLOCK);
		for (int i = 0; i < 6; i++)
			sight.found[i] |= level >= CLEAN && !(pfn % (1UL << i));
	}
	return sight;
}

static struct sight sights[PAGES / BLOCK];

/*
 * Pages to move others to, on per-CPU lists or not, that it passes over on its way down from there, with longer strides
 * after each block that gives none, as those do that are free as a whole: they are given away before any other.
 */
static long long hidden_below(const struct look *look, const struct zone *z, size_t end)
{
	long long pages = 0;
	int stride = 0;

	for (size_t block = end; block-- > z->start / BLOCK; ) {
		const struct sight *sight = &sights[block];

		bool whole = sight->room == (long long)BLOCK, found = sight->found[stride] && !whole;

		if (!look->target[block] || !(sight->busy + sight->room))
			continue;
		if (!found && !whole)
			pages += sight->room;
		stride = found ? 0 : stride < 5 ? stride + 1 : 5;
	}
	return pages;
}

/*
 * Pageblocks that are free in the end. Going up from the start of the zone, pages are moved to room above, as long as
 * there is some: @room in all, less what is passed over where only what is @found counts.
 */
static long long packed(const struct look *look, const struct zone *z, long long room, bool found)
{
	size_t first = z->start / BLOCK, end = (z->end - 1) / BLOCK + 1, block;
	long long all = found ? hidden_below(look, z, end) : 0, up_to_here = 0, blocks = 0;

	for (block = first; block < end; block++)
		blocks += sights[block].room == (long long)BLOCK;
	for (block = first; block < end; block++) {
		const struct sight *sight = &sights[block];
		long long moved = sight->movable - min(sight->kept, sight->movable);

		if (sight->room == (long long)BLOCK)
			continue;
		up_to_here += moved + (look->target[block] ? sight->room : 0);
		if (up_to_here > room - all + (found ? hidden_below(look, z, block + 1) : 0))
			break;
		blocks += sight->room + moved == (long long)BLOCK;
	}
	return blocks;
}

static void pack(const struct look *look, struct zone *z)
{
	size_t first = z->start / BLOCK, end = (z->end - 1) / BLOCK + 1, block;
	long long room = 0;

	for (block = first; block < end; block++) {
		sights[block] = see(look, z, block);
		if (look->target[block] && sights[block].room < (long long)BLOCK)
			room += sights[block].room;
	}
	z->hidden = hidden_below(look, z, end);
	z->most = packed(look, z, room + z->pages[MAPPED_FILE], false);
	z->least = packed(look, z, room, true);
}

static void count_zone(struct look *look, struct zone *z)
{
	for (size_t pfn = z->start; pfn < z->end && pfn < PAGES; pfn++) {
		z->pages[look->level[pfn]]++;
		z->target += look->target[pfn / BLOCK] && (look->level[pfn] == FREE || look->level[pfn] == CLEAN);
		for (unsigned int o = 1; o < ORDERS; o++)
			if (o <= look->order[pfn] && look->level[pfn] > UNMOVABLE && look->level[pfn] < DRAINABLE)
				z->held[o] += 1LL << look->order[pfn];
	}
	pack(look, z);
}

/* What the zone can spare of that many pages, in blocks. */
static long long spared(const struct zone *z, unsigned int order, long long mark, long long have)
{
	long long keep = mark + z->reserve;

	return have > keep ? (have - keep) >> order : 0;
}

/* From the min watermark to where compaction begins. */
static long long step_to_compaction(const struct zone *z)
{
	return z->low - z->min + (kernel_at_least(7, 2) ? 32 : 1024);
}

/* What is left of the zone in the end is that more than the high watermark, and there is a block that only it keeps. */
static bool is_content(const struct zone *z)
{
	long long have = z->pages[FREE] + z->pages[CLEAN];
	long long blocks = min(z->most, spared(z, 9, z->min, have + z->pages[MAPPED_FILE] + z->pcp));

	return z->least > blocks && spared(z, 0, z->high_mark, have - blocks * 512 - step_to_compaction(z)) > 0;
}

/* Pages that per-CPU lists keep, and as many that are free beside them, until compaction begins. */
static long long left_on_lists(const struct zone *z)
{
	long long left = max(z->high + (long long)BLOCK, z->pcp - z->fullest);

	return z->content ? (long long)BLOCK : left + min(left, step_to_compaction(z));
}

static size_t judge(struct look *look)
{
	size_t n = read_zones(look);

	read_types(look);
	memset(look->order, 0, sizeof(look->order));
	for (size_t pfn = 0; pfn < PAGES; )
		pfn += compound_at(look, pfn);
	for (size_t i = 0; i < n; i++) {
		suspect(look, &look->zone[i]);
		count_zone(look, &look->zone[i]);
		look->zone[i].content = is_content(&look->zone[i]) || (i && look->zone[i - 1].content);
	}
	return n;
}

/* Aligned blocks whose pages are all in the zone and of @level or better. */
static long long blocks_of(const struct look *look, const struct zone *z, unsigned int order, enum level level)
{
	size_t size = 1UL << order, start, pfn;
	long long blocks = 0;

	for (start = (z->start + size - 1) & -size; start + size <= z->end && start + size <= PAGES; start += size) {
		for (pfn = start; pfn < start + size && look->level[pfn] >= level; pfn++)
			;
		blocks += pfn == start + size;
	}
	return blocks;
}

/* Of these, blocks with a page in a pageblock that is no target, if they are @level at least. */
static long long blocks_beside(const struct look *look, const struct zone *z, unsigned int order, enum level level)
{
	size_t size = 1UL << order, start, pfn;
	long long blocks = 0;

	for (start = (z->start + size - 1) & -size; start + size <= z->end && start + size <= PAGES; start += size) {
		bool beside = false;

		for (pfn = start; pfn < start + size && look->level[pfn] >= level; pfn++)
			beside |= !look->target[pfn / BLOCK];
		blocks += pfn == start + size && beside;
	}
	return blocks;
}

/* --- the columns --- */

enum { WHOLE, NOW, DRAINED, RECLAIMED, MOVABLE_BLOCKS, HELD, NEVER, COMPACTED, OBTAINABLE, UNSURE, HIDDEN, WRITTEN, COLUMNS };

static const char *const columns[COLUMNS] = {
	"whole_blocks", "now_blocks", "drained_blocks", "reclaimed_blocks", "movable_blocks", "held_blocks",
	"never_blocks", "compacted_blocks", "obtainable_blocks", "unsure_blocks", "hidden_pages", "written_blocks",
};

/* Blocks that there is room to move pages for: of pageblocks and more @packed, of less what @room pages make. */
static long long room(unsigned int order, long long packed, long long beside, long long room)
{
	return order < 9 ? beside + (max(0, room) >> order) : packed >> (order - 9);
}

/* Blocks that are whole as soon as clean cache is dropped, pages on per-CPU lists left there: pageblocks and larger. */
static long long quiet_blocks(const struct look *look, const struct zone *z, unsigned int order)
{
	size_t size = 1UL << (order < 9 ? 9 : order), start, pfn;
	long long blocks = 0;

	for (start = (z->start + size - 1) & -size; start + size <= z->end && start + size <= PAGES; start += size) {
		for (pfn = start; pfn < start + size && (look->level[pfn] == FREE || look->level[pfn] == CLEAN); pfn++)
			;
		blocks += pfn == start + size;
	}
	return blocks * (long long)(size >> order);
}

/* Blocks that come whatever happens: without moving, or by moving what leaves no page on another CPU's list. */
static long long sure_blocks(const struct look *look, const struct zone *z, unsigned int order, long long possible,
			     long long now, long long beside)
{
	long long have = z->pages[FREE] + z->pages[CLEAN];
	long long quiet = min(max(now, quiet_blocks(look, z, order)), spared(z, order, z->min, have));
	long long moved = min(min(possible, room(order, z->least, beside, z->target + z->pcp - z->hidden)),
			      spared(z, order, z->min, have + z->pcp));

	return max(quiet, moved - ((left_on_lists(z) + (1LL << order) - 1) >> order));
}

static void compute(const struct look *look, const struct zone *z, unsigned int order, long long *value)
{
	long long beside = blocks_beside(look, z, order, CLEAN), possible, more = z->pages[MAPPED_FILE] + z->pcp;

	value[WHOLE] = blocks_of(look, z, order, UNMOVABLE);
	value[NOW] = 0;
	for (unsigned int o = order; o < ORDERS; o++)
		value[NOW] += z->now[o] << (o - order);
	value[DRAINED] = max(value[NOW], min(blocks_of(look, z, order, DRAINABLE), value[NOW] + z->pcp));
	value[RECLAIMED] = max(value[DRAINED], blocks_of(look, z, order, CLEAN));
	value[MOVABLE_BLOCKS] = blocks_of(look, z, order, MOVABLE);
	value[HELD] = z->held[order] >> order;
	value[NEVER] = value[WHOLE] - value[MOVABLE_BLOCKS];
	possible = max(value[RECLAIMED], value[MOVABLE_BLOCKS] - value[HELD]);
	value[OBTAINABLE] = min(min(possible, room(order, z->most, beside, z->target + more)),
				spared(z, order, z->min, z->pages[FREE] + z->pages[CLEAN] + more));
	value[HIDDEN] = z->hidden;
	value[WRITTEN] = min(value[NOW], spared(z, order, z->low, z->pages[FREE]));
	value[UNSURE] = value[OBTAINABLE] -
			min(sure_blocks(look, z, order, possible, value[NOW], beside), value[OBTAINABLE]);
	value[COMPACTED] = max(value[RECLAIMED], value[OBTAINABLE]);
}

static void compare(struct ledger *l, const struct table *t, size_t zone, unsigned int order)
{
	long long first[COLUMNS], second[COLUMNS], ours;
	char cell[8], topic[96], where[64];
	long row;

	compute(&before, &before.zone[zone], order, first);
	compute(&after, &after.zone[zone], order, second);
	snprintf(cell, sizeof(cell), "%u", order);
	snprintf(where, sizeof(where), "zone %s order %u", before.zone[zone].name, order);
	row = table_find(t, "zone", before.zone[zone].name, "order", cell, NULL);
	ledger_enter_fact(l, "every zone and order has a row", where, row >= 0, "missing");
	for (size_t i = 0; row >= 0 && i < COLUMNS; i++) {
		snprintf(topic, sizeof(topic), "%s equal what the kernel's files add up to", columns[i]);
		if (!table_number(t, (size_t)row, columns[i], &ours))
			ours = LEDGER_UNKNOWN;
		ledger_enter_number(l, topic, where, first[i], ours, second[i]);
	}
}

/* The first byte brings the header and the buffer, but no walk yet. */
static void round_of(struct ledger *l)
{
	static char text[65536];
	int fd = open(PFNSCOPE_DIR "/contiguity", O_RDONLY);
	size_t have = 1, zones;
	struct table t;
	ssize_t got;

	if (fd < 0 || read(fd, text, 1) != 1)
		exit(1);
	drain_lru();
	look_at_types(&before);
	look_at(&before);
	while ((got = read(fd, text + have, 4096)) > 0 && have < sizeof(text) - 4097)
		have += (size_t)got;
	look_at(&after);
	look_at_types(&after);
	close(fd);
	text[have] = '\0';
	if (!table_parse(&t, strdup(text))) {
		printf("Bail out! contiguity: %s\n", t.error);
		exit(1);
	}
	zones = judge(&before);
	ledger_enter_fact(l, "there are zones", "", zones && zones == judge(&after), "none");
	for (size_t i = 0; i < zones; i++)
		for (unsigned int order = 0; order < ORDERS; order++)
			compare(l, &t, i, order);
	table_free(&t);
}

static int need(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0) {
		printf("Bail out! %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return fd;
}

/* Pages with holes between them, for compaction to move and to move to. It is not to begin by itself. */
static void scatter(size_t bytes)
{
	char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	text_write("/proc/sys/vm/compaction_proactiveness", "0");
	if (memory == MAP_FAILED)
		exit(1);
	madvise(memory, bytes, MADV_NOHUGEPAGE);
	memset(memory, 1, bytes);
	for (size_t page = 0; page < bytes / 4096; page++)
		if (page * 0x9e3779b97f4a7c15UL >> 62)
			madvise(memory + page * 4096, 4096, MADV_DONTNEED);
}

int main(void)
{
	struct ledger l = { 0 };

	if (access("/sys/kernel/debug/known_refcounts", F_OK))
		ko_load("/tests/known.ko", "");
	refs_fd = need("/sys/kernel/debug/known_refcounts");
	flags_fd = need("/proc/kpageflags");
	mapcount_fd = need("/proc/kpagecount");
	zoneinfo_fd = need("/proc/zoneinfo");
	buddyinfo_fd = need("/proc/buddyinfo");
	pageblocks_fd = need(PFNSCOPE_DIR "/pageblocks");
	ram = ram_need(PAGES);
	text_write("/proc/sys/vm/compact_memory", "1");
	scatter(256UL << 20);
	look_at_types(&before);
	look_at_types(&after);
	look_at(&before);
	look_at(&after);
	judge(&before);
	judge(&after);
	ledger_run(&l, round_of, 60);
	return ledger_report(&l, "contiguity");
}
