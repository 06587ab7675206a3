// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shrinkers of all mounted file systems count by one and the same function.
 * Up to 6.6 each lies in its super block; since then it has a pointer to that,
 * and is pointed back to. Unmounting waits for whoever keeps the shrinker before
 * it gives up anything of the super block: deactivate_locked_super(). Nothing
 * hangs on that here: what is read is copied without trusting a pointer.
 */
#include <linux/atomic.h>
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/shrinker.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "reach/config.h"
#include "btf.h"
#include "super.h"

static struct {
	u32 shrink, type, device, name;
} off;

#ifdef HAVE_SHRINKER_TRY_GET
#define SHRINK_SIZE	sizeof(struct shrinker *)
#else
#define SHRINK_SIZE	sizeof(struct shrinker)
#endif

#define WANT(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, .size = SIZE }

static const struct pfnscope_btf_want wants[] = {
	WANT(super_block, s_shrink, shrink, SHRINK_SIZE),
	WANT(super_block, s_type, type, sizeof(void *)),
	WANT(super_block, s_dev, device, sizeof(dev_t)),
	WANT(file_system_type, name, name, sizeof(char *)),
};

static bool known;

/**
 * pfnscope_super_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_super_init(void)
{
	known = pfnscope_btf_available(NULL) &&
		!pfnscope_btf_offsets(wants, ARRAY_SIZE(wants));
}

static bool read_at(const void *base, u32 offset, void *to, size_t size)
{
	return !copy_from_kernel_nofault(to, base + offset, size);
}

/* How they count: static in fs/super.c, so it is known by its name once it is met. */
static bool is_super(const struct shrinker *shrinker)
{
	static const void *counts;
	char name[sizeof("super_cache_count") + 1];

	if (shrinker->count_objects == READ_ONCE(counts))
		return true;
	snprintf(name, sizeof(name), "%ps", shrinker->count_objects);
	if (strcmp(name, "super_cache_count"))
		return false;
	WRITE_ONCE(counts, shrinker->count_objects);
	return true;
}

#ifdef HAVE_SHRINKER_TRY_GET
static const void *super_of(const struct shrinker *shrinker)
{
	const void *super = shrinker->private_data, *back;

	return read_at(super, off.shrink, &back, sizeof(back)) &&
	       back == shrinker ? super : NULL;
}
#else
static const void *super_of(const struct shrinker *shrinker)
{
	return (const void *)shrinker - off.shrink;
}
#endif

/* All of a word that could stand in /proc/filesystems, or nothing. */
static bool read_word(const char *from, char *to, size_t len)
{
	size_t i;

	for (i = 0; i < len && read_at(from, i, &to[i], 1); i++) {
		if (!to[i])
			return i;
		if (!isascii(to[i]) || !isgraph(to[i]))
			return false;
	}
	return false;
}

/**
 * pfnscope_super_read - what is mounted there
 * @shrinker: kept
 * @fs_type: filled with the name of the file system
 * @len: room for it
 * @device: filled; what /proc/self/mountinfo shows, for file systems without a
 *	device too
 *
 * Return: false where it is not the shrinker of a super block, or where the
 * kernel describes none; nothing that was filled counts then.
 */
bool pfnscope_super_read(const struct shrinker *shrinker, char *fs_type,
			 size_t len, dev_t *device)
{
	const void *super, *type, *name;

	super = known && is_super(shrinker) ? super_of(shrinker) : NULL;
	return super && read_at(super, off.device, device, sizeof(*device)) &&
	       read_at(super, off.type, &type, sizeof(type)) &&
	       read_at(type, off.name, &name, sizeof(name)) &&
	       read_word(name, fs_type, len);
}
