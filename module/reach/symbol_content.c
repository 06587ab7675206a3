// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the symbol stand at this address? Where no name is to be had there, what
 * lies there has to look like it, and no other symbol may begin inside of it.
 */
#include <linux/delay.h>
#include <linux/hugetlb.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/uaccess.h>

#include "symbol.h"
#include "symbol_content.h"

/* What is looked at may be just changing. */
#define TRIES	100

#define BTF_MAGIC	0xeb9f

static bool read_at(unsigned long address, void *to, size_t size)
{
	return !copy_from_kernel_nofault(to, (const void *)address, size);
}

/* A list that is not empty. */
static bool is_list(unsigned long address)
{
	struct list_head *prev, *next, head;

	return read_at(address, &head, sizeof(head)) &&
	       (unsigned long)head.next != address &&
	       read_at((unsigned long)&head.next->prev, &prev, sizeof(prev)) &&
	       read_at((unsigned long)&head.prev->next, &next, sizeof(next)) &&
	       (unsigned long)prev == address && (unsigned long)next == address;
}

/* A lock that nobody has or waits for: nothing but 0 and pointers to itself. */
static bool is_unlocked(unsigned long address, size_t size)
{
	unsigned long word, at;

	for (at = address; at + sizeof(word) <= address + size;
	     at += sizeof(word))
		if (!read_at(at, &word, sizeof(word)) ||
		    (word && (word < address || word >= address + size)))
			return false;
	return true;
}

static bool is_btf(unsigned long address)
{
	u16 magic;

	return read_at(address, &magic, sizeof(magic)) && magic == BTF_MAGIC;
}

static bool is_flag(unsigned long address)
{
	u8 value;

	return read_at(address, &value, sizeof(value)) && value <= 1;
}

/* Pages stored, or bytes they take: never more than a few times the memory. */
static bool is_amount(unsigned long address, u64 max)
{
	u32 low;

	return read_at(address, &low, sizeof(low)) && low <= max;
}

#ifdef CONFIG_HUGETLB_PAGE
static bool is_pools(unsigned long address)
{
	static const char prefix[] = "hugepages-";
	char name[sizeof(prefix) - 1];

	return read_at(address + offsetof(struct hstate, name), name,
		       sizeof(name)) && !memcmp(name, prefix, sizeof(name));
}

static bool is_pool_count(unsigned long address)
{
	int count;

	return read_at(address, &count, sizeof(count)) && count > 0 &&
	       count <= HUGE_MAX_HSTATE;
}

#define POOLS_SIZE	(HUGE_MAX_HSTATE * sizeof(struct hstate))
#else
static bool is_pools(unsigned long address)
{
	return false;
}

static bool is_pool_count(unsigned long address)
{
	return false;
}

#define POOLS_SIZE	0
#endif

/* Each device that ever was knows its place. */
static bool is_swap_info(unsigned long address)
{
	struct swap_info_struct *si;
	unsigned int i;
	signed char type;

	for (i = 0; i < MAX_SWAPFILES; i++) {
		if (!read_at(address + i * sizeof(si), &si, sizeof(si)))
			return false;
		if (si && (!read_at((unsigned long)&si->type, &type,
				    sizeof(type)) || type != i))
			return false;
	}
	return true;
}

/* The room that a symbol needs; 0 where there is nothing to know it by. */
static size_t size_of(enum pfnscope_symbol id)
{
	switch (id) {
	case PFNSCOPE_SYMBOL_BTF:
		return sizeof(u16);
	case PFNSCOPE_SYMBOL_SLAB_CACHES:
	case PFNSCOPE_SYMBOL_SHRINKER_LIST:
		return sizeof(struct list_head);
	case PFNSCOPE_SYMBOL_SLAB_MUTEX:
		return sizeof(struct mutex);
	case PFNSCOPE_SYMBOL_SHRINKER_RWSEM:
		return sizeof(struct rw_semaphore);
	case PFNSCOPE_SYMBOL_HSTATES:
		return POOLS_SIZE;
	case PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE:
		return sizeof(int);
	case PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES:
		return sizeof(u8);
	case PFNSCOPE_SYMBOL_SWAP_INFO:
		return MAX_SWAPFILES * sizeof(void *);
	case PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES:
		return sizeof(u32);
	default:
		return 0;
	}
}

static bool looks_right(enum pfnscope_symbol id, unsigned long address)
{
	switch (id) {
	case PFNSCOPE_SYMBOL_BTF:
		return is_btf(address);
	case PFNSCOPE_SYMBOL_SLAB_CACHES:
	case PFNSCOPE_SYMBOL_SHRINKER_LIST:
		return is_list(address);
	case PFNSCOPE_SYMBOL_SLAB_MUTEX:
	case PFNSCOPE_SYMBOL_SHRINKER_RWSEM:
		return is_unlocked(address, size_of(id));
	case PFNSCOPE_SYMBOL_HSTATES:
		return is_pools(address);
	case PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE:
		return is_pool_count(address);
	case PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES:
		return is_flag(address);
	case PFNSCOPE_SYMBOL_SWAP_INFO:
		return is_swap_info(address);
	case PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES:
		return is_amount(address, 16 * (u64)totalram_pages());
	default:
		return false;
	}
}

/**
 * pfnscope_symbol_content - does this look like the symbol?
 * @id: which
 * @address: where it is said to be
 * @size: bytes to the next symbol
 *
 * May sleep, for a tenth of a second where something else lies there.
 *
 * Return: NULL, or why not.
 */
const char *pfnscope_symbol_content(enum pfnscope_symbol id,
				    unsigned long address, unsigned long size)
{
	unsigned int i;

	if (!size_of(id))
		return "in the System.map, but with nothing to know it by";
	if (size < size_of(id))
		return "in the System.map, but too small there";
	for (i = 0; i < TRIES; i++) {
		if (looks_right(id, address))
			return NULL;
		usleep_range(1000, 2000);
	}
	return "in the System.map, but something else lies there";
}
