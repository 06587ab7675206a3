// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page frames are added in whatever order they are met, then sorted once. Both
 * arrays are doubled as they fill up, as nobody knows how many there will be.
 */
#include <linux/sched.h>
#include <linux/string.h>

#include "reach/mapped.h"
#include "walk/cancel.h"
#include "walk/frames.h"
#include "walk/memory.h"
#include "walk/sorted.h"

/* 32 MiB of runs, 1 MiB of names: what is beyond has no name. */
#define RUNS_MAX	BIT(21)
#define NAMES_MAX	8192U

#define ROOM_FIRST	64U

/* Entries of page tables looked at before others are let run. */
#define BATCH		4096

/* Twice the room; the old array is given back. */
static void *grow(void *old, unsigned int *room, unsigned int most, size_t size)
{
	unsigned int more = clamp(*room * 2, ROOM_FIRST, most);
	void *new = pfnscope_room(more, size);

	if (!new)
		return NULL;
	if (old)
		memcpy(new, old, *room * size);
	kvfree(old);
	*room = more;
	return new;
}

static int make_room(void **array, unsigned int count, unsigned int *room,
		     unsigned int most, size_t size)
{
	void *more;

	if (count < *room)
		return 0;
	if (count >= most)
		return -ENOSPC;
	more = grow(*array, room, most, size);
	if (!more)
		return -ENOMEM;
	*array = more;
	return 0;
}

static unsigned int first_alike(const struct pfnscope_frames *frames,
				const char *text)
{
	unsigned int i = 0;

	while (i < frames->nr_names && strcmp(frames->names[i].text, text))
		i++;
	return i;
}

/**
 * pfnscope_frames_known - number of the name that a key stands for
 * @frames: the frames
 * @key: the key
 *
 * Return: it, or -ENOENT.
 */
int pfnscope_frames_known(const struct pfnscope_frames *frames,
			  const void *key)
{
	unsigned int i;

	for (i = 0; i < frames->nr_names; i++)
		if (frames->names[i].key == key)
			return frames->names[i].first;
	return -ENOENT;
}

/**
 * pfnscope_frames_name - number of a name
 * @frames: zeroed before the first one
 * @key: is to stand for it from now on; several may. Or NULL
 * @text: what it reads as
 *
 * Return: it, or -ENOMEM, or -ENOSPC where there are too many.
 */
int pfnscope_frames_name(struct pfnscope_frames *frames, const void *key,
			 const char *text)
{
	unsigned int first = first_alike(frames, text);
	struct pfnscope_frames_name *name;
	int ret;

	if (first < frames->nr_names && !key)
		return first;
	ret = make_room((void **)&frames->names, frames->nr_names,
			&frames->name_room, NAMES_MAX, sizeof(*frames->names));
	if (ret) {
		frames->over = true;
		return ret;
	}
	name = &frames->names[frames->nr_names++];
	name->key = key;
	name->first = first;
	strscpy(name->text, text, sizeof(name->text));
	return first;
}

static bool follows(const struct pfnscope_frames_run *run, unsigned int name,
		    unsigned long word)
{
	return run->name == name && run->word + 2UL * run->pages == word;
}

/**
 * pfnscope_frames_add - some page frames have a name
 * @frames: the frames
 * @name: its number
 * @pfn: the first of them
 * @pages: how many
 * @borrowed: somebody else may have them under another name, which counts then
 *
 * Return: 0, -ENOMEM, or -ENOSPC where there are too many.
 */
int pfnscope_frames_add(struct pfnscope_frames *frames, unsigned int name,
			unsigned long pfn, unsigned long pages, bool borrowed)
{
	struct pfnscope_frames_run run = {
		.word = 2 * pfn + borrowed,
		.pages = min_t(unsigned long, pages, UINT_MAX / 2),
		.name = name,
	};
	int ret;

	if (frames->nr_runs &&
	    follows(&frames->runs[frames->nr_runs - 1], name, run.word) &&
	    frames->runs[frames->nr_runs - 1].pages < UINT_MAX / 2) {
		frames->runs[frames->nr_runs - 1].pages += run.pages;
		return 0;
	}
	ret = make_room((void **)&frames->runs, frames->nr_runs,
			&frames->run_room, RUNS_MAX, sizeof(*frames->runs));
	if (ret) {
		frames->over = true;
		return ret;
	}
	frames->runs[frames->nr_runs++] = run;
	return 0;
}

/**
 * pfnscope_frames_add_mapped - what is mapped at some addresses has a name
 * @frames: the frames
 * @name: its number
 * @start: the first address
 * @end: the address behind the last one
 * @borrowed: as for pfnscope_frames_add()
 *
 * Return: as pfnscope_frames_add(), or -EINTR when the walk is cancelled.
 */
int pfnscope_frames_add_mapped(struct pfnscope_frames *frames,
			       unsigned int name, unsigned long start,
			       unsigned long end, bool borrowed)
{
	struct pfnscope_mapped mapped;
	unsigned int met = 0;
	int ret = 0;

	while (!ret && pfnscope_mapped_next(&start, end, &mapped)) {
		ret = pfnscope_frames_add(frames, name, mapped.pfn,
					  mapped.pages, borrowed);
		if (++met % BATCH)
			continue;
		cond_resched();
		if (pfnscope_walk_cancelled())
			return -EINTR;
	}
	return ret;
}

/* Cuts off what the runs before have already, leaves out what has nothing left. */
static void make_disjoint(struct pfnscope_frames *frames)
{
	struct pfnscope_frames_run run;
	unsigned long end = 0, pfn, gone;
	unsigned int i, kept = 0;

	for (i = 0; i < frames->nr_runs; i++) {
		run = frames->runs[i];
		pfn = run.word / 2;
		gone = end > pfn ? end - pfn : 0;
		if (i % BATCH == 0)
			cond_resched();
		if (gone >= run.pages)
			continue;
		run.word += 2 * gone;
		run.pages -= gone;
		end = pfn + gone + run.pages;
		frames->runs[kept++] = run;
	}
	frames->nr_runs = kept;
}

/**
 * pfnscope_frames_settle - prepare for pfnscope_frames_at()
 * @frames: to which nothing is added any more
 */
void pfnscope_frames_settle(struct pfnscope_frames *frames)
{
	pfnscope_sort(frames->runs, frames->nr_runs, sizeof(*frames->runs));
	make_disjoint(frames);
}

/**
 * pfnscope_frames_free - give the memory back
 * @frames: filled, or zeroed
 */
void pfnscope_frames_free(struct pfnscope_frames *frames)
{
	kvfree(frames->runs);
	kvfree(frames->names);
	memset(frames, 0, sizeof(*frames));
}

/* The first run that ends behind @pfn; how many there are for none. */
static unsigned int seek(const struct pfnscope_frames *frames, unsigned long pfn)
{
	unsigned int low = 0, high = frames->nr_runs, middle;
	const struct pfnscope_frames_run *run;

	while (low < high) {
		middle = low + (high - low) / 2;
		run = &frames->runs[middle];
		if (run->word / 2 + run->pages <= pfn)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The walk asks in ascending order: most often it is the last run, or the next. */
static bool is_at(const struct pfnscope_frames *frames, unsigned int at,
		  unsigned long pfn)
{
	const struct pfnscope_frames_run *run;

	if (at >= frames->nr_runs)
		return false;
	run = &frames->runs[at];
	return run->word / 2 <= pfn && run->word / 2 + run->pages > pfn;
}

/**
 * pfnscope_frames_at - the name of page frames
 * @frames: settled, or zeroed
 * @pfn: the first of them
 * @pages: how many, at least one
 * @name: filled with its number; how many names there are for none
 *
 * Return: how many of them it is good for, from the first one on.
 */
unsigned int pfnscope_frames_at(struct pfnscope_frames *frames,
				unsigned long pfn, unsigned int pages,
				unsigned int *name)
{
	const struct pfnscope_frames_run *run;
	unsigned long start;

	if (!is_at(frames, frames->last, pfn)) {
		if (is_at(frames, frames->last + 1, pfn))
			frames->last++;
		else
			frames->last = seek(frames, pfn);
	}
	*name = frames->nr_names;
	if (frames->last == frames->nr_runs)
		return pages;
	run = &frames->runs[frames->last];
	start = run->word / 2;
	if (start > pfn)
		return min_t(unsigned long, pages, start - pfn);
	*name = run->name;
	return min_t(unsigned long, pages, start + run->pages - pfn);
}
