/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Known pages are taken between two scans: what `pageblocks` and `owners` say then has to differ by
 * just these pages, in their blocks and zones, and nowhere is anything assumed about the rest of
 * memory. Others take and give pages too, so each claim has several rounds to hold in; a page that
 * is taken for something else is so in all of them.
 */

#ifndef PFNSCOPE_TEST_DELTA_H
#define PFNSCOPE_TEST_DELTA_H

#include <stdbool.h>
#include <stddef.h>

#define DELTA_FRAMES 16384
#define DELTA_CLAIMS 8

/* Where a piece of memory lies. An empty zone is looked up in /proc/zoneinfo. */
struct frame {
	unsigned long pfn, pages;
	char node[8], zone[16];
};

struct frames {
	size_t n;
	struct frame at[DELTA_FRAMES];
};

/* How much more there has to be of something for each of the frames. */
enum delta_of { DELTA_PAGES, DELTA_FIRST };

struct delta_claim {
	const char *column;		/* of pageblocks, or NULL */
	const char *kind, *owner;	/* of owners, where @column is NULL */
	enum delta_of of;
	bool at_least;			/* afterwards there are as many or more, whatever there was before */
};

struct delta {
	/* Takes memory and says where it is; false where it cannot, with a word in @why. */
	bool (*take)(struct delta *d, struct frames *frames);
	void (*give)(struct delta *d);
	/* Called before each scan, such as to bring pages to their LRU lists. Optional. */
	void (*settle)(void);
	void *arg;
	struct delta_claim claim[DELTA_CLAIMS];
	char why[256];
};

/* True where each claim held in one of some rounds; else @why says what was different in the last one. */
bool delta_holds(struct delta *d);

/* @what went wrong, with errno's word; false. */
bool delta_fail(struct delta *d, const char *what);

/* Claim @i: one more page in that column of pageblocks, or of that owner, for each of the frames. */
void delta_claim_column(struct delta *d, size_t i, const char *column);
void delta_claim_owner(struct delta *d, size_t i, const char *kind, const char *owner);

/* Does the running kernel have that version, or a later one? */
bool kernel_at_least(unsigned int major, unsigned int minor);

/* Adds the frames behind @bytes of this process's memory; false where one is not there. */
bool frames_add_memory(struct frames *frames, const void *memory, size_t bytes);

/* Looks up each empty zone. */
void frames_find_zones(struct frames *frames);

/* The flags of a page frame by /proc/kpageflags, 0 where it cannot be read. */
unsigned long long frame_flags(unsigned long pfn);

/* Empties the batches in which pages wait on their way to an LRU list, on every CPU. */
void drain_lru(void);

#endif
