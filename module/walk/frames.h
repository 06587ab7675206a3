/* SPDX-License-Identifier: GPL-2.0-only */
/* Page frames that have a name, by something else than their struct page. */
#ifndef PFNSCOPE_WALK_FRAMES_H
#define PFNSCOPE_WALK_FRAMES_H

#include <linux/kallsyms.h>
#include <linux/types.h>

/* What a symbol and its module make, or a few words. */
#define PFNSCOPE_FRAMES_NAME	128

/**
 * struct pfnscope_frames_run - page frames side by side that have one name
 * @word: twice the first of them, and one more where they were borrowed
 * @pages: how many
 * @name: number of the name
 */
struct pfnscope_frames_run {
	unsigned long word;
	unsigned int pages;
	unsigned int name;
};

/**
 * struct pfnscope_frames_name - a name
 * @key: by which it is known to whoever collects, or NULL; not followed
 * @first: number of the first one that reads the same
 * @text: it
 */
struct pfnscope_frames_name {
	const void *key;
	unsigned int first;
	char text[PFNSCOPE_FRAMES_NAME];
};

/**
 * struct pfnscope_frames - the page frames of one kind and their names
 * @runs: sorted by pfnscope_frames_settle()
 * @nr_runs: how many
 * @run_room: for how many there is room
 * @last: the run found last
 * @names: the names
 * @nr_names: how many
 * @name_room: for how many there is room
 * @over: there were more than there was room for
 */
struct pfnscope_frames {
	struct pfnscope_frames_run *runs;
	unsigned int nr_runs;
	unsigned int run_room;
	unsigned int last;
	struct pfnscope_frames_name *names;
	unsigned int nr_names;
	unsigned int name_room;
	bool over;
};

int pfnscope_frames_known(const struct pfnscope_frames *frames,
			  const void *key);
int pfnscope_frames_name(struct pfnscope_frames *frames, const void *key,
			 const char *text);
int pfnscope_frames_add(struct pfnscope_frames *frames, unsigned int name,
			unsigned long pfn, unsigned long pages, bool borrowed);
int pfnscope_frames_add_mapped(struct pfnscope_frames *frames,
			       unsigned int name, unsigned long start,
			       unsigned long end, bool borrowed);
void pfnscope_frames_settle(struct pfnscope_frames *frames);
void pfnscope_frames_free(struct pfnscope_frames *frames);

unsigned int pfnscope_frames_at(struct pfnscope_frames *frames,
				unsigned long pfn, unsigned int pages,
				unsigned int *name);

#endif /* PFNSCOPE_WALK_FRAMES_H */
