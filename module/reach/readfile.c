// SPDX-License-Identifier: GPL-2.0-only
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "readfile.h"

/* Far above any BTF or System.map; a limit for what a wrong file can make us allocate. */
#define FILE_MAX_BYTES	(64 * 1024 * 1024)

/* sysfs hands out a page a read, so this takes about a thousand reads. */
static int read_whole(struct file *file, void *data, size_t len)
{
	loff_t pos = 0;
	ssize_t n;

	while (pos < len) {
		n = kernel_read(file, data + pos, len - pos, &pos);
		if (n <= 0)
			return n ? n : -EIO;
		cond_resched();
	}
	return 0;
}

static int copy_file(struct file *file, void **data, size_t *len)
{
	loff_t size = i_size_read(file_inode(file));
	int err;

	if (size <= 0 || size > FILE_MAX_BYTES)
		return -EFBIG;
	*data = vmalloc(size);
	if (!*data)
		return -ENOMEM;
	err = read_whole(file, *data, size);
	if (err) {
		vfree(*data);
		*data = NULL;
		return err;
	}
	*len = size;
	return 0;
}

/**
 * pfnscope_readfile - all of a file
 * @path: of it
 * @data: a copy, for vfree(); NULL where there is none
 * @len: its length
 *
 * Return: 0, -ENOENT where it cannot be opened, another error where it cannot be
 * read.
 */
int pfnscope_readfile(const char *path, void **data, size_t *len)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	int err;

	*data = NULL;
	if (IS_ERR(file))
		return -ENOENT;
	err = copy_file(file, data, len);
	filp_close(file, NULL);
	return err;
}
