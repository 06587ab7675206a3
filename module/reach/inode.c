// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page holds nobody: its mapping, the inode around that and the file system of it may
 * be gone whenever they are looked at. So everything is copied without trusting the
 * pointer to it, and whoever asks looks afterwards whether the page is in that mapping
 * still. An inode leaves none of its pages behind: one that was there before the copies
 * and after them had its inode all the time. Under RCU the memory of an inode, of a
 * name and of a directory that are given up meanwhile is not another one's yet.
 */
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/rcupdate.h>
#include <linux/stat.h>

#include "reach/config.h"
#include "inode.h"
#include "peek.h"

/* Directories above each other; paths are 4096 bytes at most. */
#define DEPTH_MAX	128

/**
 * pfnscope_inode_identify - whose a mapping is
 * @mapping: as pages of files name it, see pfnscope_page_mapping()
 * @inode: filled
 *
 * To be called under RCU.
 *
 * Return: false where it is nobody's, or nothing can be read there.
 */
bool pfnscope_inode_identify(unsigned long mapping,
			     struct pfnscope_inode *inode)
{
	const struct address_space *space = (const void *)mapping;
	const struct inode *host;

	BUILD_BUG_ON(sizeof(host->i_ino) != sizeof(inode->number));
	if (!pfnscope_peek(&space->host, &host, sizeof(host)) || !host)
		return false;
	inode->inode = host;
	return pfnscope_peek(&host->i_ino, &inode->number,
			     sizeof(inode->number)) &&
	       pfnscope_peek(&host->i_sb, &inode->super,
			     sizeof(inode->super)) && inode->super;
}

/* A word that could stand in /proc/filesystems. */
static bool is_word(const char *text)
{
	const char *at = text;

	while (isascii(*at) && isgraph(*at))
		at++;
	return at != text && !*at;
}

/**
 * pfnscope_inode_describe - of which file system it is, and in which state
 * @inode: identified, in the same section under RCU
 * @traits: filled
 *
 * Return: false where something could not be read.
 */
bool pfnscope_inode_describe(const struct pfnscope_inode *inode,
			     struct pfnscope_inode_traits *traits)
{
	const struct super_block *super = inode->super;
	const struct inode *host = inode->inode;
	const struct file_system_type *type;
	const dev_t *device;
	unsigned int links;
	const char *name;
	unsigned long flags;
	umode_t mode;

	if (!pfnscope_peek(&super->s_type, &type, sizeof(type)) ||
	    !pfnscope_peek(&type->name, &name, sizeof(name)) ||
	    !pfnscope_peek(&super->s_flags, &flags, sizeof(flags)) ||
	    !pfnscope_peek(&host->i_mode, &mode, sizeof(mode)) ||
	    !pfnscope_peek(&host->i_nlink, &links, sizeof(links)))
		return false;
	traits->block = S_ISBLK(mode);
	device = traits->block ? &host->i_rdev : &super->s_dev;
	if (!pfnscope_peek(device, &traits->device, sizeof(*device)))
		return false;
	traits->internal = flags & (unsigned int)SB_NOUSER;
	traits->deleted = !links && !traits->internal;
	pfnscope_peek_text(name, traits->fs_type, sizeof(traits->fs_type));
	return is_word(traits->fs_type);
}

/* --- paths --- */

#ifdef HAVE_DENTRY_D_U
#define D_ALIAS	d_u.d_alias
#else
#define D_ALIAS	d_alias
#endif

/* What is written from its end to its beginning. */
struct path_text {
	char *start;
	char *at;
};

static bool put_before(struct path_text *text, const char *from, size_t len)
{
	if (len > text->at - text->start)
		return false;
	text->at -= len;
	return pfnscope_peek(from, text->at, len);
}

/* One of its names; an inode has several where it has links. */
static const struct dentry *name_of(const struct inode *inode)
{
	const struct hlist_node *first;
	const struct dentry *dentry;
	const struct inode *back;

	if (!pfnscope_peek(&inode->i_dentry.first, &first, sizeof(first)) ||
	    !first)
		return NULL;
	dentry = hlist_entry(first, struct dentry, D_ALIAS);
	if (!pfnscope_peek(&dentry->d_inode, &back, sizeof(back)))
		return NULL;
	return back == inode ? dentry : NULL;
}

/* Names from @dentry up to the root of the file system; false where there is no way. */
static bool climb(const struct dentry *dentry, const struct dentry *root,
		  struct path_text *text)
{
	const struct dentry *parent;
	const unsigned char *name;
	unsigned int depth;
	u32 len;

	for (depth = 0; dentry != root && depth < DEPTH_MAX; depth++) {
		if (!pfnscope_peek(&dentry->d_parent, &parent, sizeof(parent)) ||
		    !pfnscope_peek(&dentry->d_name.name, &name, sizeof(name)) ||
		    !pfnscope_peek(&dentry->d_name.len, &len, sizeof(len)) ||
		    !put_before(text, (const char *)name, len))
			return false;
		/* It is in no directory: memfd:NAME. */
		if (parent == dentry)
			return !depth && *text->at != '/';
		if (text->at == text->start)
			return false;
		*--text->at = '/';
		dentry = parent;
	}
	return dentry == root && depth;
}

static bool read_path(const struct inode *inode, const void *superblock,
		      struct path_text *text)
{
	const struct super_block *super = superblock;
	const struct dentry *dentry = name_of(inode), *root;
	unsigned int seq = read_seqbegin(&rename_lock);

	return dentry && pfnscope_peek(&super->s_root, &root, sizeof(root)) &&
	       climb(dentry, root, text) && name_of(inode) == dentry &&
	       !read_seqretry(&rename_lock, seq);
}

/**
 * pfnscope_inode_path - a path that leads to it, inside its file system
 * @inode: identified some time ago
 * @mapping: by which it was
 * @room: for the text
 * @size: of it
 *
 * Return: the path, or the one it had where it is deleted, or the name alone of what
 * is in no directory; in @room. NULL where none is at hand, or it is too long.
 */
const char *pfnscope_inode_path(const struct pfnscope_inode *inode,
				unsigned long mapping, char *room, size_t size)
{
	struct path_text text = { .start = room, .at = room + size - 1 };
	struct pfnscope_inode now;
	bool found;

	*text.at = '\0';
	rcu_read_lock();
	found = pfnscope_inode_identify(mapping, &now) &&
		now.inode == inode->inode && now.super == inode->super &&
		now.number == inode->number &&
		read_path(inode->inode, inode->super, &text);
	rcu_read_unlock();
	return found && *text.at ? text.at : NULL;
}
