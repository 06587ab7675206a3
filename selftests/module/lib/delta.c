// SPDX-License-Identifier: GPL-2.0-only
/* The scan before and after known pages were taken. */

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "delta.h"
#include "pace.h"
#include "table.h"
#include "zoneinfo.h"

#define BLOCK	512UL
#define PAGE	((unsigned long)page_bytes())
#define ROUNDS	40

struct picture {
	struct table blocks, owners;
};

static void picture_take(struct picture *p, struct delta *d)
{
	if (d->settle)
		d->settle();
	table_need(&p->blocks, "pageblocks");
	table_need(&p->owners, "owners");
}

static void picture_free(struct picture *p)
{
	table_free(&p->blocks);
	table_free(&p->owners);
}

/* --- where the known pages are --- */

static void find_zone(const struct zoneinfo *zi, struct frame *f)
{
	for (size_t i = 0; i < zi->zones && !f->zone[0]; i++) {
		const struct zi_zone *z = &zi->zone[i];
		long long start, spanned;

		if (!zi_value(z, "start_pfn", &start) || !zi_value(z, "spanned", &spanned) ||
		    f->pfn < (unsigned long)start || f->pfn >= (unsigned long)(start + spanned))
			continue;
		memcpy(f->zone, z->zone, sizeof(f->zone));
		memcpy(f->node, z->node, sizeof(f->node));
	}
}

void frames_find_zones(struct frames *frames)
{
	struct zoneinfo zi;

	zoneinfo_need(&zi);
	for (size_t i = 0; i < frames->n; i++)
		find_zone(&zi, &frames->at[i]);
	zoneinfo_free(&zi);
}

/* What @f adds to the part of its zone from @start to @end. */
static long long part(const struct frame *f, unsigned long start, unsigned long end, enum delta_of of)
{
	unsigned long first = f->pfn > start ? f->pfn : start;
	unsigned long last = f->pfn + f->pages < end ? f->pfn + f->pages : end;

	if (of == DELTA_FIRST)
		return f->pfn >= start && f->pfn < end;
	return last > first ? (long long)(last - first) : 0;
}

static long long expected(const struct frames *frames, const struct table *t, size_t row, unsigned long start,
			  unsigned long end, enum delta_of of)
{
	const char *node = table_cell(t, row, "node"), *zone = table_cell(t, row, "zone");
	long long sum = 0;

	for (size_t i = 0; i < frames->n; i++)
		if (!strcmp(frames->at[i].node, node) && !strcmp(frames->at[i].zone, zone))
			sum += part(&frames->at[i], start, end, of);
	return sum;
}

static long long all_of(const struct frames *frames, enum delta_of of)
{
	long long sum = 0;

	for (size_t i = 0; i < frames->n; i++)
		sum += of == DELTA_FIRST ? 1 : (long long)frames->at[i].pages;
	return sum;
}

/* --- the claims --- */

/*
 * With KASAN, vmalloc space has a shadow that stays when what was there is given back: reading `owners`
 * once more costs the kernel a page of it for each eight of the reader's table.
 */
static bool may_be_more(const struct delta_claim *c)
{
	const char *class = c->column ? c->column : c->owner;

	return c->at_least || (pace() > 1 && (!strcmp(class, "kernel_pages") || !strcmp(class, "kernel")));
}

static bool agree(struct delta *d, const struct delta_claim *c, const char *where, long long want, long long have)
{
	snprintf(d->why, sizeof(d->why), "%s, %s: %lld more, of %lld known", c->column ? c->column : c->owner, where,
		 have, want);
	return may_be_more(c) ? have >= want : have == want;
}

/* Every block with a known page, and each known page is in one. */
static bool blocks_hold(struct delta *d, const struct delta_claim *c, const struct frames *frames,
			const struct picture *before, const struct picture *after)
{
	long long pfn, was, is, want, sum = 0;
	char where[64];

	for (size_t row = 0; row < after->blocks.rows; row++) {
		table_number(&after->blocks, row, "start_pfn", &pfn);
		want = expected(frames, &after->blocks, row, (unsigned long)pfn, (unsigned long)pfn + BLOCK, c->of);
		if (!want)
			continue;
		sum += want;
		snprintf(where, sizeof(where), "block %lld", pfn);
		if (!table_number(&before->blocks, row, c->column, &was) ||
		    !table_number(&after->blocks, row, c->column, &is))
			return agree(d, c, "not a column", 1, 0);
		if (!agree(d, c, where, want, c->at_least ? is : is - was))
			return false;
	}
	return agree(d, c, "blocks of the right zone", all_of(frames, c->of), sum);
}

static long long owned(const struct table *t, const char *node, const char *zone, const struct delta_claim *c)
{
	long row = table_find(t, "node", node, "zone", zone, "kind", c->kind, "owner", c->owner, NULL);
	long long pages = 0;

	if (row >= 0)
		table_number(t, (size_t)row, "pages", &pages);
	return pages;
}

/* Every zone with a known page: the last row of each zone in `owners` will do. */
static bool owners_hold(struct delta *d, const struct delta_claim *c, const struct frames *frames,
			const struct picture *before, const struct picture *after)
{
	const struct table *t = &after->owners;
	long long sum = 0, want;

	for (size_t row = 0; row < t->rows; row++) {
		const char *node = table_cell(t, row, "node"), *zone = table_cell(t, row, "zone");

		if (strcmp(table_cell(t, row, "owner"), "pcp"))
			continue;
		want = expected(frames, t, row, 0, -1UL, c->of);
		sum += want;
		if (want && !agree(d, c, zone, want, owned(t, node, zone, c) - owned(&before->owners, node, zone, c)))
			return false;
	}
	return agree(d, c, "all zones", all_of(frames, c->of), sum);
}

static bool round_of(struct delta *d, bool *held)
{
	static struct frames frames;
	struct picture before, after;
	bool all = true, ok;

	picture_take(&before, d);
	frames.n = 0;
	ok = d->take(d, &frames);
	if (ok) {
		picture_take(&after, d);
		frames_find_zones(&frames);
		for (size_t i = 0; i < DELTA_CLAIMS; i++) {
			const struct delta_claim *c = &d->claim[i];

			if (held[i] || !(c->column || c->owner))
				continue;
			held[i] = (c->column ? blocks_hold : owners_hold)(d, c, &frames, &before, &after);
			all = all && held[i];
		}
		picture_free(&after);
	}
	d->give(d);
	picture_free(&before);
	return ok && all;
}

bool delta_holds(struct delta *d)
{
	bool held[DELTA_CLAIMS] = { false }, ok = false;

	/* Memory given back and taken anew each round would be among what is compared. */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	for (unsigned int i = 0; i < ROUNDS && !ok; i++)
		ok = round_of(d, held);
	return ok;
}

bool delta_fail(struct delta *d, const char *what)
{
	snprintf(d->why, sizeof(d->why), "%s: %s", what, strerror(errno));
	return false;
}

void delta_claim_column(struct delta *d, size_t i, const char *column)
{
	d->claim[i] = (struct delta_claim){ .column = column };
}

void delta_claim_owner(struct delta *d, size_t i, const char *kind, const char *owner)
{
	d->claim[i] = (struct delta_claim){ .kind = kind, .owner = owner };
}

/* --- the machine --- */

bool kernel_at_least(unsigned int major, unsigned int minor)
{
	unsigned int a = 0, b = 0;
	struct utsname name;

	uname(&name);
	sscanf(name.release, "%u.%u", &a, &b);
	return a > major || (a == major && b >= minor);
}

bool frames_add_memory(struct frames *frames, const void *memory, size_t bytes)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	uintptr_t at = (uintptr_t)memory;
	uint64_t entry;
	bool ok = fd >= 0;

	for (; ok && at < (uintptr_t)memory + bytes; at += PAGE) {
		ok = pread(fd, &entry, 8, (off_t)(at / PAGE * 8)) == 8 && entry >> 63 && frames->n < DELTA_FRAMES;
		if (ok)
			frames->at[frames->n++] = (struct frame){ .pfn = entry & ((1ULL << 55) - 1), .pages = 1 };
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

unsigned long long frame_flags(unsigned long pfn)
{
	int fd = open("/proc/kpageflags", O_RDONLY);
	uint64_t flags = 0;

	if (fd < 0 || pread(fd, &flags, 8, (off_t)(pfn * 8)) != 8)
		flags = 0;
	if (fd >= 0)
		close(fd);
	return flags;
}

/* Moving no page at all begins with it. */
void drain_lru(void)
{
	void *page = NULL;
	int node = 0, status;

	syscall(SYS_move_pages, 0, 0UL, &page, &node, &status, 0);
}
