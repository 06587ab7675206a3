// SPDX-License-Identifier: GPL-2.0-only
/*
 * What all views have in common: the file, its two header lines, the way a
 * reader moves along the rows, and the account of what it cost.
 *
 * Position 0 is the header, position n the n-th row. seq_file may ask for the
 * same position again (its buffer was full), for the next one, or for any other
 * after a seek; the reader keeps the row it stands on, so only a seek backwards
 * walks anew.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "uapi/pfnscope.h"
#include "view/view.h"

/* A view and what all its readers have cost so far. */
struct view_file {
	const struct pfnscope_view *view;
	atomic64_t opens;
	atomic64_t rows;
	atomic64_t spent_ns;
	atomic64_t longest_hold_ns;
	atomic64_t visited_pages;
};

static struct view_file files[] = {
#define PFNSCOPE_VIEW(_name) { .view = &pfnscope_view_##_name }
#include "view/list.h"
#undef PFNSCOPE_VIEW
};

static struct dentry *directory;
static struct proc_dir_entry *proc_file;

/**
 * struct reader - one open file, protected by the lock of its seq_file
 * @file: what is read
 * @unavailable: why there are no rows, asked at the last rewind
 * @pos: where it stands
 * @begun: the cursor holds what view->begin() took
 * @ended: there is no row at @pos
 * @started_ns: when seq_file took it up
 * @space: the record, then the cursor
 */
struct reader {
	struct view_file *file;
	const char *unavailable;
	loff_t pos;
	bool begun;
	bool ended;
	u64 started_ns;
	u64 space[];
};

static size_t record_space(const struct pfnscope_view *view)
{
	return ALIGN(view->record_size, sizeof(u64));
}

static size_t reader_space(const struct pfnscope_view *view)
{
	return record_space(view) + view->cursor_size;
}

static void *reader_record(struct reader *reader)
{
	return reader->space;
}

static void *reader_cursor(struct reader *reader)
{
	return (void *)reader->space + record_space(reader->file->view);
}

static void raise_longest_hold(struct view_file *file, s64 hold_ns)
{
	s64 longest = atomic64_read(&file->longest_hold_ns);

	while (hold_ns > longest &&
	       !atomic64_try_cmpxchg(&file->longest_hold_ns, &longest, hold_ns))
		;
}

static void reader_collect_cost(struct reader *reader)
{
	struct view_file *file = reader->file;
	struct pfnscope_cost *cost;

	if (!file->view->cost)
		return;
	cost = file->view->cost(reader_cursor(reader));
	raise_longest_hold(file, cost->longest_hold_ns);
	atomic64_add(cost->visited_pages, &file->visited_pages);
	memset(cost, 0, sizeof(*cost));
}

static void reader_end(struct reader *reader)
{
	reader_collect_cost(reader);
	if (reader->begun && reader->file->view->end)
		reader->file->view->end(reader_cursor(reader));
	reader->begun = false;
}

static void reader_rewind(struct reader *reader)
{
	const struct pfnscope_view *view = reader->file->view;

	reader_end(reader);
	memset(reader->space, 0, reader_space(view));
	reader->unavailable = pfnscope_view_unavailable(view);
	reader->ended = false;
	reader->pos = 0;
}

static int reader_fill(struct reader *reader)
{
	const struct pfnscope_view *view = reader->file->view;
	void *cursor = reader_cursor(reader);
	int ret;

	if (!reader->begun && view->begin) {
		ret = view->begin(cursor);
		if (ret)
			return ret;
	}
	reader->begun = true;
	return view->fill(cursor, reader_record(reader));
}

/* To the next row. After an error the reader stands at the top again. */
static int reader_step(struct reader *reader)
{
	int ret = 0;

	cond_resched();
	if (fatal_signal_pending(current))
		ret = -EINTR;
	else if (!reader->unavailable)
		ret = reader_fill(reader);
	if (ret < 0) {
		reader_rewind(reader);
		return ret;
	}
	reader->pos++;
	reader->ended = !ret;
	if (!reader->ended)
		atomic64_inc(&reader->file->rows);
	return 0;
}

static void *reader_seek(struct reader *reader, loff_t pos)
{
	int ret;

	if (!pos || pos < reader->pos)
		reader_rewind(reader);
	while (reader->pos < pos && !reader->ended) {
		ret = reader_step(reader);
		if (ret)
			return ERR_PTR(ret);
	}
	return reader->ended ? NULL : reader;
}

static void *view_seq_start(struct seq_file *m, loff_t *pos)
{
	struct reader *reader = m->private;

	reader->started_ns = ktime_get_ns();
	return reader_seek(reader, *pos);
}

static void *view_seq_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return reader_seek(m->private, *pos);
}

static void view_seq_stop(struct seq_file *m, void *v)
{
	struct reader *reader = m->private;

	reader_collect_cost(reader);
	atomic64_add(ktime_get_ns() - reader->started_ns,
		     &reader->file->spent_ns);
}

static void show_header(struct seq_file *m, const struct reader *reader)
{
	const struct pfnscope_view *view = reader->file->view;

	seq_printf(m, PFNSCOPE_MAGIC " %s %u.%u\n%s\n",
		   view->name, view->major, view->minor, view->columns);
	if (reader->unavailable)
		seq_printf(m, PFNSCOPE_UNAVAILABLE "%s\n", reader->unavailable);
}

static int view_seq_show(struct seq_file *m, void *v)
{
	struct reader *reader = m->private;

	if (reader->pos)
		reader->file->view->show(m, reader_record(reader));
	else
		show_header(m, reader);
	return 0;
}

static const struct seq_operations view_seq_ops = {
	.start = view_seq_start,
	.next = view_seq_next,
	.stop = view_seq_stop,
	.show = view_seq_show,
};

static int reader_open(struct file *filp, struct view_file *file)
{
	struct reader *reader;

	reader = __seq_open_private(filp, &view_seq_ops, sizeof(*reader) +
				    reader_space(file->view));
	if (!reader)
		return -ENOMEM;
	reader->file = file;
	atomic64_inc(&file->opens);
	return 0;
}

static int reader_release(struct inode *inode, struct file *filp)
{
	struct seq_file *m = filp->private_data;

	reader_end(m->private);
	return seq_release_private(inode, filp);
}

static int debugfs_view_open(struct inode *inode, struct file *filp)
{
	return reader_open(filp, inode->i_private);
}

/*
 * debugfs pins the owner while the file is open: rmmod says "in use" then. No
 * write, ioctl or mmap, or lockdown=integrity would refuse to open it.
 */
static const struct file_operations debugfs_view_fops = {
	.owner = THIS_MODULE,
	.open = debugfs_view_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = reader_release,
};

/* There is one world-readable file only, or this would have to be told which. */
static int proc_view_open(struct inode *inode, struct file *filp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (files[i].view->world)
			return reader_open(filp, &files[i]);
	return -ENOENT;
}

/* procfs ends the calls under way before it lets the entry go: no owner needed. */
static const struct proc_ops proc_view_ops = {
	.proc_open = proc_view_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = reader_release,
};

static int create_file(struct view_file *file)
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
	struct view_file *file = &files[index];

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
