// SPDX-License-Identifier: GPL-2.0-only
/* The files of all views: in debugfs for root, one in procfs for everybody. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/proc_fs.h>

#include "uapi/pfnscope.h"
#include "view/pin.h"
#include "view/reader.h"
#include "view/view.h"

static struct pfnscope_view_file files[] = {
#define PFNSCOPE_VIEW(_name) { .view = &pfnscope_view_##_name }
#include "view/list.h"
#undef PFNSCOPE_VIEW
};

static struct dentry *directory;
static struct proc_dir_entry *proc_file;

static int debugfs_view_open(struct inode *inode, struct file *filp)
{
	struct file *pin = pfnscope_pin();
	int ret;

	if (IS_ERR(pin))
		return PTR_ERR(pin);
	ret = pfnscope_reader_open(filp, inode->i_private, pin);
	if (ret)
		pfnscope_unpin(pin);
	return ret;
}

/*
 * An open file pins the module: rmmod says "in use" then. No write, ioctl or
 * mmap, or lockdown=integrity would refuse to open it.
 */
static const struct file_operations debugfs_view_fops = {
	.open = debugfs_view_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = pfnscope_reader_release,
};

/* There is one world-readable file only, or this would have to be told which. */
static int proc_view_open(struct inode *inode, struct file *filp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (files[i].view->world)
			return pfnscope_reader_open(filp, &files[i], NULL);
	return -ENOENT;
}

/* procfs ends the calls under way before it lets the entry go: no pin needed. */
static const struct proc_ops proc_view_ops = {
	.proc_open = proc_view_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = pfnscope_reader_release,
};

static int create_file(struct pfnscope_view_file *file)
{
	const char *name = file->view->name;
	struct dentry *dentry;

	if (file->view->world) {
		proc_file = proc_create(PFNSCOPE_PROC_FILE, 0444, NULL,
					&proc_view_ops);
		return proc_file ? 0 : -ENOMEM;
	}
	if (!directory)
		return 0;
	dentry = debugfs_create_file(name, 0400, directory, file,
				     &debugfs_view_fops);
	return PTR_ERR_OR_ZERO(dentry);
}

/* A kernel without debugfs, or booted with debugfs=off, is no error. */
static int create_directory(void)
{
	struct dentry *dentry;

	dentry = debugfs_create_dir(PFNSCOPE_DEBUGFS_DIR, NULL);
	if (!IS_ERR(dentry)) {
		directory = dentry;
		return 0;
	}
	if (PTR_ERR(dentry) != -ENODEV && PTR_ERR(dentry) != -EPERM)
		return PTR_ERR(dentry);
	pr_notice("no debugfs: only /proc/" PFNSCOPE_PROC_FILE " is there\n");
	return 0;
}

/**
 * pfnscope_view_init - create the file of every view
 *
 * To be called when everything that views use is ready: they can be read from
 * here on.
 *
 * Return: 0, or a negative errno, and then there are no files.
 */
int pfnscope_view_init(void)
{
	unsigned int i;
	int ret;

	ret = create_directory();
	if (ret) {
		pr_err("debugfs directory " PFNSCOPE_DEBUGFS_DIR ": error %d\n",
		       ret);
		return ret;
	}
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		ret = create_file(&files[i]);
		if (ret) {
			pr_err("view %s: error %d\n", files[i].view->name, ret);
			pfnscope_view_exit();
			return ret;
		}
	}
	return 0;
}

/**
 * pfnscope_view_exit - remove the files, and wait for the reads under way
 */
void pfnscope_view_exit(void)
{
	proc_remove(proc_file);
	debugfs_remove(directory);
	proc_file = NULL;
	directory = NULL;
}

/**
 * pfnscope_view_at - the views one by one
 * @index: from 0
 *
 * Return: the view, NULL after the last one.
 */
const struct pfnscope_view *pfnscope_view_at(unsigned int index)
{
	return index < ARRAY_SIZE(files) ? files[index].view : NULL;
}

/**
 * pfnscope_view_unavailable - can this kernel give the view's rows?
 * @view: the view
 *
 * Return: why not, without a newline; NULL if it can.
 */
const char *pfnscope_view_unavailable(const struct pfnscope_view *view)
{
	return view->unavailable ? view->unavailable() : NULL;
}

/**
 * pfnscope_view_cost - what the readers of a view have cost since load
 * @index: of the view, as in pfnscope_view_at()
 * @cost: filled
 */
void pfnscope_view_cost(unsigned int index, struct pfnscope_cost *cost)
{
	struct pfnscope_view_file *file = &files[index];

	cost->opens = atomic64_read(&file->opens);
	cost->rows = atomic64_read(&file->rows);
	cost->spent_ns = atomic64_read(&file->spent_ns);
	cost->longest_hold_ns = atomic64_read(&file->longest_hold_ns);
	cost->visited_pages = atomic64_read(&file->visited_pages);
}

/**
 * pfnscope_view_directory - where in debugfs the files are
 *
 * For what is not a view but lives beside them.
 *
 * Return: the directory, NULL without debugfs.
 */
struct dentry *pfnscope_view_directory(void)
{
	return directory;
}

/**
 * pfnscope_view_create - show a view in another directory too
 * @view: which one
 * @parent: the directory
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_view_create(const struct pfnscope_view *view,
			 struct dentry *parent)
{
	struct dentry *dentry;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (files[i].view != view)
			continue;
		dentry = debugfs_create_file(view->name, 0400, parent,
					     &files[i], &debugfs_view_fops);
		return PTR_ERR_OR_ZERO(dentry);
	}
	return -ENOENT;
}
