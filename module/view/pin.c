// SPDX-License-Identifier: GPL-2.0-only
/*
 * An owner in the file_operations of a debugfs file would pin the module too, but
 * a kernel that opens the file between rmmod's last look at the reference count
 * and its marking the module as going takes that for a module which left its
 * files behind, and warns. So every open file holds one more file, which nobody
 * sees, and which the kernel's own code lets go after our release has returned.
 */
#include <linux/anon_inodes.h>
#include <linux/capability.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "view/pin.h"

static const struct file_operations pin_fops = {
	.owner = THIS_MODULE,
};

/**
 * pfnscope_pin - let somebody in, and keep the module; to be called in open
 *
 * The mode of a file says root, which may be root without a capability, or of a
 * container that has the host's debugfs: page frame numbers are asked of both as
 * /proc/kpageflags and pagemap ask.
 *
 * debugfs waits for the call before it lets the file go, so that our code is
 * still there.
 *
 * Return: what pfnscope_unpin() takes, -EPERM without CAP_SYS_ADMIN, -ENOENT when
 * the module is going, or another error.
 */
struct file *pfnscope_pin(void)
{
	if (!capable(CAP_SYS_ADMIN))
		return ERR_PTR(-EPERM);
	return anon_inode_getfile("[pfnscope]", &pin_fops, NULL, O_RDONLY);
}

/**
 * pfnscope_unpin - let the module go; the last call in release
 * @pin: from pfnscope_pin()
 *
 * It goes when the task returns to user space, or from a later work: never
 * before the release is over.
 */
void pfnscope_unpin(struct file *pin)
{
	fput(pin);
}

/* The private part of a seq_file that is shown in one piece. */
struct single {
	struct file *pin;
	void *data;
};

static int open_pinned(struct file *filp, struct single *single,
		       int (*show)(struct seq_file *m, void *v))
{
	int ret;

	single->pin = pfnscope_pin();
	if (IS_ERR(single->pin))
		return PTR_ERR(single->pin);
	ret = single_open(filp, show, single);
	if (ret)
		pfnscope_unpin(single->pin);
	return ret;
}

/**
 * pfnscope_single_open - single_open() of a file that keeps the module
 * @filp: the file being opened
 * @show: prints it
 * @data: what pfnscope_single_data() gives to @show
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_single_open(struct file *filp,
			 int (*show)(struct seq_file *m, void *v), void *data)
{
	struct single *single = kmalloc(sizeof(*single), GFP_KERNEL);
	int ret;

	if (!single)
		return -ENOMEM;
	single->data = data;
	ret = open_pinned(filp, single, show);
	if (ret)
		kfree(single);
	return ret;
}

/**
 * pfnscope_single_data - what is shown
 * @m: opened by pfnscope_single_open()
 *
 * Return: its data.
 */
void *pfnscope_single_data(const struct seq_file *m)
{
	const struct single *single = m->private;

	return single->data;
}

/**
 * pfnscope_single_release - undo pfnscope_single_open()
 * @inode: of the file
 * @filp: the file being closed
 *
 * Return: 0.
 */
int pfnscope_single_release(struct inode *inode, struct file *filp)
{
	struct seq_file *m = filp->private_data;
	struct single *single = m->private;
	struct file *pin = single->pin;
	int ret = single_release(inode, filp);

	kfree(single);
	pfnscope_unpin(pin);
	return ret;
}
