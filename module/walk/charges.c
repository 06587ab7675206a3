// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hierarchy is walked twice: first everything is counted, then it is kept in
 * what room that took and some more, as cgroups may be made meanwhile. Each is
 * held until the reader is done, so that no other one can get its address.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "reach/memcg.h"
#include "reach/objcg.h"
#include "reach/page_cgroup.h"
#include "walk/cancel.h"
#include "walk/charges.h"
#include "walk/memory.h"
#include "walk/sorted.h"

/* A million cgroups with names of 256 bytes. */
#define CGROUPS_MAX	BIT(20)
#define WORDS_MAX	BIT(22)
#define TEXT_MAX	BIT(28)

/* Return: the count goes up; false once there is no room, or that is the limit. */
static bool take(struct pfnscope_charges *charges, struct pfnscope_extent *of,
		 size_t size)
{
	if (size > of->room - of->count)
		charges->over = true;
	else
		of->count += size;
	return !charges->over;
}

/* Return: the word was kept, and the reference with it. */
static bool add_word(struct pfnscope_charges *charges, unsigned long word,
		     struct obj_cgroup *objcg)
{
	struct pfnscope_charge *charge = charges->words;

	if (!take(charges, &charges->word, 1) || !charge)
		return false;
	charge += charges->word.count - 1;
	charge->word = word;
	charge->cgroup = charges->cgroup.count - 1;
	charge->objcg = objcg;
	return true;
}

/* The walk of these has to hold the last one until it has the next. */
static void add_objcgs(struct pfnscope_charges *charges,
		       struct cgroup_subsys_state *css)
{
	struct pfnscope_objcg_place place = { .css = css };
	struct obj_cgroup *objcg, *last = NULL;

	while (!charges->over && !pfnscope_walk_cancelled()) {
		objcg = pfnscope_objcg_next(&place);
		if (last)
			pfnscope_objcg_put(last);
		last = NULL;
		if (!objcg)
			break;
		if (!add_word(charges, (unsigned long)objcg, objcg))
			last = objcg;
		cond_resched();
	}
	if (last)
		pfnscope_objcg_put(last);
}

static void keep(struct pfnscope_charges *charges,
		 struct cgroup_subsys_state *css, const char *path, size_t size)
{
	struct pfnscope_charged *cgroup = charges->cgroups;

	if (!cgroup)
		return;
	cgroup += charges->cgroup.count - 1;
	cgroup->path = memcpy(charges->text + charges->byte.count - size, path,
			      size);
	cgroup->dying = !pfnscope_css_online(css);
	cgroup->css = css;
	css_get(css);
}

static void add_cgroup(struct pfnscope_charges *charges,
		       struct cgroup_subsys_state *css, char *path)
{
	size_t size;

	rcu_read_lock();
	pfnscope_css_path(css, path, PATH_MAX);
	rcu_read_unlock();
	size = strlen(path) + 1;
	if (!take(charges, &charges->byte, size) ||
	    !take(charges, &charges->cgroup, 1))
		return;
	keep(charges, css, path, size);
	add_word(charges, pfnscope_css_word(css), NULL);
	add_objcgs(charges, css);
}

/* Counts all, or keeps them where there is room. Return: 0 or -EINTR. */
static int visit_all(struct pfnscope_charges *charges, char *path)
{
	struct cgroup_subsys_state *root = pfnscope_memcg_root();
	struct cgroup_subsys_state *css = NULL, *last;

	do {
		last = css;
		css = root ? pfnscope_memcg_next(last, root) : NULL;
		if (last)
			css_put(last);
		if (css)
			add_cgroup(charges, css, path);
		cond_resched();
	} while (css && !charges->over && !pfnscope_walk_cancelled());
	if (css)
		css_put(css);
	return pfnscope_walk_cancelled() ? -EINTR : 0;
}

/* For what was counted, and for some more that is made meanwhile. */
static void *make_room(struct pfnscope_extent *of, size_t size)
{
	of->room = min(of->room, of->count + of->count / 8 + 64);
	of->count = 0;
	return pfnscope_room(of->room, size);
}

static int count_and_keep(struct pfnscope_charges *charges, char *path)
{
	int ret = visit_all(charges, path);

	if (ret)
		return ret;
	charges->over = false;
	charges->byte.count += PATH_MAX;
	charges->cgroups = make_room(&charges->cgroup, sizeof(*charges->cgroups));
	charges->words = make_room(&charges->word, sizeof(*charges->words));
	charges->text = make_room(&charges->byte, 1);
	if (!charges->cgroups || !charges->words || !charges->text)
		return -ENOMEM;
	return visit_all(charges, path);
}

/**
 * pfnscope_charges_collect - find all memory cgroups
 * @charges: zeroed; to be given to pfnscope_charges_free() in any case
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_charges_collect(struct pfnscope_charges *charges)
{
	char *path = kmalloc(PATH_MAX, PFNSCOPE_GFP);
	int ret;

	charges->cgroup.room = CGROUPS_MAX;
	charges->word.room = WORDS_MAX;
	charges->byte.room = TEXT_MAX;
	ret = path ? count_and_keep(charges, path) : -ENOMEM;
	kfree(path);
	if (!ret)
		pfnscope_sort(charges->words, charges->word.count,
			      sizeof(*charges->words));
	return ret;
}

/* What was only counted is not held. */
static void let_go(struct pfnscope_charges *charges)
{
	size_t i;

	for (i = 0; charges->words && i < charges->word.count; i++) {
		if (charges->words[i].objcg)
			pfnscope_objcg_put(charges->words[i].objcg);
		cond_resched();
	}
	for (i = 0; charges->cgroups && i < charges->cgroup.count; i++) {
		css_put(charges->cgroups[i].css);
		cond_resched();
	}
}

/**
 * pfnscope_charges_free - let the cgroups go, and give the memory back
 * @charges: what pfnscope_charges_collect() filled, or zeroes
 */
void pfnscope_charges_free(struct pfnscope_charges *charges)
{
	let_go(charges);
	kvfree(charges->cgroups);
	kvfree(charges->words);
	kvfree(charges->text);
	memset(charges, 0, sizeof(*charges));
}

/**
 * pfnscope_charges_find - which cgroup a word names
 * @charges: as collected
 * @word: from pfnscope_page_word()
 *
 * Return: its index; how many there are for none of them.
 */
unsigned int pfnscope_charges_find(const struct pfnscope_charges *charges,
				   unsigned long word)
{
	const struct pfnscope_charge *charge;

	charge = pfnscope_find(charges->words, charges->word.count,
			       sizeof(*charge), word);
	return charge ? charge->cgroup : charges->cgroup.count;
}
