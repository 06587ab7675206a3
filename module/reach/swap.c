// SPDX-License-Identifier: GPL-2.0-only
/*
 * A swap_info_struct is used again and never freed, so it is read without a
 * lock. Its file may be closed by swapoff meanwhile: a reference is taken on it
 * under RCU before its path is asked for.
 */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/string.h>
#include <linux/swap.h>

#include "reach/config.h"
#include "swap.h"
#include "symbol.h"

/* Where the flag "not on the list of devices with room" sits in inuse_pages. */
#define OFFLIST_BIT	(BITS_PER_LONG - 2)
#define OFFLIST_BIT_613	(32 - 2)

/**
 * pfnscope_swap_unavailable - why swap devices cannot be listed
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_swap_unavailable(void)
{
	if (!IS_ENABLED(CONFIG_SWAP))
		return "this kernel has no swap: CONFIG_SWAP is off";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SWAP_INFO);
}

/**
 * pfnscope_swap_types - how many swap devices there can be
 */
unsigned int pfnscope_swap_types(void)
{
	unsigned long places =
		pfnscope_symbol_size(PFNSCOPE_SYMBOL_SWAP_INFO) / sizeof(void *);

	return min_t(unsigned long, places, MAX_SWAPFILES);
}

#ifdef HAVE_GET_FILE_RCU_TAKES_PLACE
static struct file *hold_file(struct swap_info_struct *si)
{
	struct file *file;

	rcu_read_lock();
	file = get_file_rcu((struct file __rcu **)&si->swap_file);
	rcu_read_unlock();
	return file;
}
#else
static struct file *hold_file(struct swap_info_struct *si)
{
	struct file *file;

	rcu_read_lock();
	file = READ_ONCE(si->swap_file);
	if (file && !get_file_rcu(file))
		file = NULL;
	rcu_read_unlock();
	return file;
}
#endif

/* The flag is no part of the count, which is never above the size. */
static u64 used_pages(struct swap_info_struct *si)
{
#ifdef HAVE_SWAP_INUSE_PAGES_ATOMIC
	unsigned long used = atomic_long_read(&si->inuse_pages);

	used &= ~BIT(OFFLIST_BIT);
	return used > READ_ONCE(si->pages) ? used & ~BIT(OFFLIST_BIT_613) :
					     used;
#else
	return READ_ONCE(si->inuse_pages);
#endif
}

static unsigned long our_flags(unsigned long flags)
{
	unsigned long ours = 0;

	if (flags & SWP_WRITEOK)
		ours |= BIT(PFNSCOPE_SWAP_WRITABLE);
	if (flags & SWP_SOLIDSTATE)
		ours |= BIT(PFNSCOPE_SWAP_SOLID_STATE);
	if (flags & SWP_DISCARDABLE)
		ours |= BIT(PFNSCOPE_SWAP_DISCARD);
	if (flags & SWP_SYNCHRONOUS_IO)
		ours |= BIT(PFNSCOPE_SWAP_SYNCHRONOUS);
	return ours;
}

static void fill_path(struct file *file, struct pfnscope_swap *record)
{
	char *path = d_path(&file->f_path, record->path, sizeof(record->path));

	if (IS_ERR(path))
		record->path[0] = '\0';
	else
		memmove(record->path, path, strlen(path) + 1);
}

/**
 * pfnscope_swap_read - one swap device as a record
 * @type: below pfnscope_swap_types()
 * @record: filled
 *
 * Return: false where there is none of that number.
 */
bool pfnscope_swap_read(unsigned int type, struct pfnscope_swap *record)
{
	struct swap_info_struct **infos =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_SWAP_INFO);
	struct swap_info_struct *si = READ_ONCE(infos[type]);
	struct file *file;

	if (!si || !(READ_ONCE(si->flags) & SWP_USED))
		return false;
	file = hold_file(si);
	if (!file)
		return false;
	fill_path(file, record);
	record->partition = S_ISBLK(file_inode(file)->i_mode);
	fput(file);
	record->type = type;
	record->size = READ_ONCE(si->pages);
	record->used = used_pages(si);
	record->priority = READ_ONCE(si->prio);
	record->flags = our_flags(READ_ONCE(si->flags));
	return true;
}
