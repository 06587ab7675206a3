// SPDX-License-Identifier: GPL-2.0-only
/*
 * A slab page keeps its cache alive: a cache is destroyed only after its last
 * slab was freed. So what was read through the page's cache pointer is true if
 * the page still is that cache's afterwards, and nonsense otherwise; reading it
 * cannot fault.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "reach/btf.h"
#include "reach/slab_page.h"

static struct {
	bool known;
	unsigned int page_cache;
	unsigned int cache_name;
	unsigned int cache_flags;
} offsets;

static bool member_offset(const char *type, const char *name,
			  unsigned int *offset)
{
	struct pfnscope_btf_member member;

	if (pfnscope_btf_member(type, name, &member) ||
	    member.bit_offset % BITS_PER_BYTE)
		return false;
	*offset = member.bit_offset / BITS_PER_BYTE;
	return true;
}

/**
 * pfnscope_slab_page_init - ask for the layouts, while BTF is loaded
 */
void pfnscope_slab_page_init(void)
{
	/* Up to v5.16 the members of struct slab were struct page's own. */
	offsets.known =
		(member_offset("slab", "slab_cache", &offsets.page_cache) ||
		 member_offset("page", "slab_cache", &offsets.page_cache)) &&
		offsets.page_cache + sizeof(void *) <= sizeof(struct page) &&
		member_offset("kmem_cache", "name", &offsets.cache_name) &&
		member_offset("kmem_cache", "flags", &offsets.cache_flags);
}

/**
 * pfnscope_slab_page_known - can slab pages be told apart on this kernel?
 *
 * Return: false when its BTF does not say how.
 */
bool pfnscope_slab_page_known(void)
{
	return offsets.known;
}

/**
 * pfnscope_slab_page_cache - which cache a slab page belongs to
 * @head: first page of the slab
 *
 * Return: something to compare with, not to be followed; NULL if not known.
 */
const void *pfnscope_slab_page_cache(const struct page *head)
{
	if (!offsets.known)
		return NULL;
	return READ_ONCE(*(const void *const *)((const char *)head +
						offsets.page_cache));
}

/**
 * pfnscope_slab_page_reclaimable - does the cache count as reclaimable?
 * @head: first page of the slab
 *
 * Return: false also if it is not known.
 */
bool pfnscope_slab_page_reclaimable(const struct page *head)
{
	const char *cache = pfnscope_slab_page_cache(head);
	unsigned int flags;

	if (!cache || copy_from_kernel_nofault(&flags,
					       cache + offsets.cache_flags,
					       sizeof(flags)))
		return false;
	return flags & (__force unsigned int)SLAB_RECLAIM_ACCOUNT;
}

/* A string that may end at any time, byte by byte up to its end. */
static bool read_string(const char *string, char *copy, size_t len)
{
	size_t i;

	for (i = 0; i < len - 1; i++) {
		if (copy_from_kernel_nofault(&copy[i], string + i, 1))
			return false;
		if (!copy[i])
			return i;
	}
	copy[i] = '\0';
	return true;
}

/**
 * pfnscope_slab_page_name - the name of the cache of a slab page
 * @head: first page of the slab
 * @name: filled, cut where it does not fit
 * @len: room for it, with the final zero
 *
 * Return: false when the page has changed hands meanwhile, or it is not known.
 */
bool pfnscope_slab_page_name(const struct page *head, char *name, size_t len)
{
	const char *cache = pfnscope_slab_page_cache(head);
	const char *string;

	if (!cache ||
	    copy_from_kernel_nofault(&string, cache + offsets.cache_name,
				     sizeof(string)) ||
	    !read_string(string, name, len))
		return false;
	smp_rmb();	/* the name before the question whose page it is */
	return pfnscope_slab_page_cache(head) == cache;
}
