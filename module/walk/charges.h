/* SPDX-License-Identifier: GPL-2.0-only */
/* All memory cgroups as they are at one moment, and by which words pages name them. */
#ifndef PFNSCOPE_WALK_CHARGES_H
#define PFNSCOPE_WALK_CHARGES_H

#include <linux/types.h>

struct cgroup_subsys_state;
struct obj_cgroup;

/**
 * struct pfnscope_charged - one memory cgroup
 * @css: itself, held
 * @path: below the root of its hierarchy
 * @dying: its directory was removed
 */
struct pfnscope_charged {
	struct cgroup_subsys_state *css;
	const char *path;
	bool dying;
};

/**
 * struct pfnscope_charge - a word by which pages name a cgroup
 * @word: pointer to the cgroup, or to a struct obj_cgroup; not followed
 * @cgroup: which one
 * @objcg: the struct, held; or NULL
 */
struct pfnscope_charge {
	unsigned long word;
	unsigned int cgroup;
	struct obj_cgroup *objcg;
};

/* How many there are, and for how many there is room. */
struct pfnscope_extent {
	size_t count;
	size_t room;
};

/**
 * struct pfnscope_charges - the cgroups and the words
 * @cgroups: in the order of the hierarchy, parents first
 * @words: in ascending order
 * @text: where the paths lie
 * @cgroup: extent of @cgroups
 * @word: of @words
 * @byte: of @text
 * @over: there were more than there was room for
 */
struct pfnscope_charges {
	struct pfnscope_charged *cgroups;
	struct pfnscope_charge *words;
	char *text;
	struct pfnscope_extent cgroup;
	struct pfnscope_extent word;
	struct pfnscope_extent byte;
	bool over;
};

int pfnscope_charges_collect(struct pfnscope_charges *charges);
void pfnscope_charges_free(struct pfnscope_charges *charges);
unsigned int pfnscope_charges_find(const struct pfnscope_charges *charges,
				   unsigned long word);

#endif /* PFNSCOPE_WALK_CHARGES_H */
