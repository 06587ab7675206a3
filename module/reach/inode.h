/* SPDX-License-Identifier: GPL-2.0-only */
/* Which inode page cache is of, from the mapping that a page names. */
#ifndef PFNSCOPE_REACH_INODE_H
#define PFNSCOPE_REACH_INODE_H

#include <linux/types.h>

/* Longer than the names of all file systems in the kernel. */
#define PFNSCOPE_FS_TYPE	24

/**
 * struct pfnscope_inode - an inode, and what tells it from others
 * @inode: where it is; not to be followed
 * @super: likewise, of its file system
 * @number: its own
 */
struct pfnscope_inode {
	const void *inode;
	const void *super;
	u64 number;
};

/**
 * struct pfnscope_inode_traits - what else is known of it
 * @device: that of its file system; where it is a block device, that
 * @fs_type: name of the file system's type
 * @deleted: it has no name any more
 * @internal: nobody can mount its file system: it never had a path
 * @block: it is a block device
 */
struct pfnscope_inode_traits {
	dev_t device;
	char fs_type[PFNSCOPE_FS_TYPE];
	bool deleted;
	bool internal;
	bool block;
};

bool pfnscope_inode_identify(unsigned long mapping,
			     struct pfnscope_inode *inode);
bool pfnscope_inode_describe(const struct pfnscope_inode *inode,
			     struct pfnscope_inode_traits *traits);
const char *pfnscope_inode_path(const struct pfnscope_inode *inode,
				unsigned long mapping, char *room, size_t size);

#endif /* PFNSCOPE_REACH_INODE_H */
