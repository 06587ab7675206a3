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
 * mmap, or lockdown would refuse to open it.
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

/* A file without memory for it is missing, and the log says so. */
static void create_file(const char *name, struct pfnscope_view_file *file,
			struct dentry *parent)
{
	struct dentry *dentry = debugfs_create_file(name, 0400, parent, file,
						    &debugfs_view_fops);

	if (IS_ERR(dentry) && !IS_ERR(parent))
		pr_warn("no file %s: error %ld\n", name, PTR_ERR(dentry));
}

/* A kernel without debugfs, or booted with debugfs=off, is no error. */
static void create_directory(void)
{
	directory = debugfs_create_dir(PFNSCOPE_DEBUGFS_DIR, NULL);
	if (IS_ERR(directory))
		pr_notice("no files in debugfs: error %ld; only /proc/"
			  PFNSCOPE_PROC_FILE " is there\n",
			  PTR_ERR(directory));
}

/**
 * pfnscope_view_init - create the file of every view, and the switches
 *
 * To be called last: they can be read from here on.
 *
 * Return: 0, or -ENOMEM, and then there has never been a file.
 */
int pfnscope_view_init(void)
{
	unsigned int i;

	proc_file = proc_create(PFNSCOPE_PROC_FILE, 0444, NULL, &proc_view_ops);
	if (!proc_file)
		return -ENOMEM;
	create_directory();
	pfnscope_control_init(directory);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (!files[i].view->world && files[i].view->fill)
			create_file(files[i].view->name, &files[i], directory);
	return 0;
}

/**
 * pfnscope_view_exit - remove the files, and wait for the reads under way
 */
void pfnscope_view_exit(void)
{
	pfnscope_control_exit();
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
 * pfnscope_view_charge - account for rows that no reader asked for
 * @view: which one
 * @cost: what they cost
 */
void pfnscope_view_charge(const struct pfnscope_view *view,
			  const struct pfnscope_cost *cost)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (files[i].view == view)
			pfnscope_view_file_charge(&files[i], cost);
}

/**
 * pfnscope_view_directory - where in debugfs the files are
 *
 * For what is not a view but lives beside them.
 *
 * Return: the directory, or an error pointer, which debugfs takes as well.
 */
struct dentry *pfnscope_view_directory(void)
{
	return directory;
}

/**
 * pfnscope_view_create - show a view in another directory too
 * @view: which one
 * @parent: the directory
 */
void pfnscope_view_create(const struct pfnscope_view *view,
			  struct dentry *parent)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (files[i].view == view)
			create_file(view->name, &files[i], parent);
}
