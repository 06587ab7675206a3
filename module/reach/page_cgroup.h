/* SPDX-License-Identifier: GPL-2.0-only */
/* From a page to the memory cgroup it is charged to. */
#ifndef PFNSCOPE_REACH_PAGE_CGROUP_H
#define PFNSCOPE_REACH_PAGE_CGROUP_H

#include <linux/cgroup.h>
#include <linux/kernfs.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>

#include "reach/config.h"
#include "reach/page.h"

/**
 * pfnscope_page_css - the memory cgroup a page is charged to
 * @head: its first page
 *
 * To be called under RCU, and the answer used under it: a cgroup that was seen
 * on a page then is not freed before the RCU section ends. Slab pages are shared
 * by the objects of many cgroups and belong to none.
 *
 * Return: NULL when the page is not charged.
 */
#if !defined(CONFIG_MEMCG)
static inline struct cgroup_subsys_state *pfnscope_page_css(struct page *head)
{
	return NULL;
}
#elif defined(HAVE_PAGE_MEM_CGROUP)
static inline struct cgroup_subsys_state *pfnscope_page_css(struct page *head)
{
	struct mem_cgroup *memcg = READ_ONCE(head->mem_cgroup);

	/* Bit 0: the cgroups of the objects of a slab instead. */
	if (!memcg || (unsigned long)memcg & 1)
		return NULL;
	return &memcg->css;
}
#else
static inline struct cgroup_subsys_state *pfnscope_page_css(struct page *head)
{
	struct mem_cgroup *memcg = page_memcg_check(head);

	return memcg ? &memcg->css : NULL;
}
#endif

/*
 * The low bits of the word with which a page names its cgroup. With the first
 * one it leads to the cgroups of the objects of a slab instead.
 */
#define PFNSCOPE_CHARGE_OBJECTS	1UL
#define PFNSCOPE_CHARGE_FLAGS	7UL

/**
 * pfnscope_page_word - by which word a page names the cgroup it is charged to
 * @head: its first page
 *
 * Return: something to compare with, not to be followed: any other page may be
 * there by now, whose word means something else. 0 when it is not charged.
 */
static inline unsigned long pfnscope_page_word(const struct page *head)
{
	unsigned long charge = pfnscope_page_charge(head);

	return charge & PFNSCOPE_CHARGE_OBJECTS ? 0 :
	       charge & ~PFNSCOPE_CHARGE_FLAGS;
}

#ifdef CONFIG_MEMCG
/* The word of pages that name the cgroup itself; see objcg.h for others. */
static inline unsigned long pfnscope_css_word(struct cgroup_subsys_state *css)
{
	return (unsigned long)mem_cgroup_from_css(css);
}

/**
 * pfnscope_css_path - the path of a cgroup below the root of its hierarchy
 * @css: of the cgroup, under RCU
 * @path: filled, cut where it does not fit
 * @len: room for it, with the final zero
 */
static inline void pfnscope_css_path(struct cgroup_subsys_state *css,
				     char *path, size_t len)
{
	path[0] = '\0';
	kernfs_path_from_node(css->cgroup->kn, NULL, path, len);
	if (!path[0])
		strscpy(path, "?", len);
}

static inline bool pfnscope_css_online(const struct cgroup_subsys_state *css)
{
	return READ_ONCE(css->flags) & CSS_ONLINE;
}

#else /* !CONFIG_MEMCG: there is no css, so none of these is asked for one */

static inline void pfnscope_css_path(struct cgroup_subsys_state *css,
				     char *path, size_t len)
{
	path[0] = '\0';
}

static inline bool pfnscope_css_online(const struct cgroup_subsys_state *css)
{
	return false;
}

static inline unsigned long pfnscope_css_word(struct cgroup_subsys_state *css)
{
	return 0;
}

#endif /* CONFIG_MEMCG */

#endif /* PFNSCOPE_REACH_PAGE_CGROUP_H */
