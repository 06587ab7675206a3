// SPDX-License-Identifier: GPL-2.0-only
/*
 * Position 0 is the header, position n the n-th row. seq_file may ask for the
 * same position again (its buffer was full), for the next one, or for any other
 * after a seek; the reader keeps the row it stands on, so only a seek backwards
 * walks anew.
 */
#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "uapi/pfnscope.h"
#include "view/pin.h"
#include "view/reader.h"

/**
 * struct reader - one open file, protected by the lock of its seq_file
 * @file: what is read
 * @pin: what keeps the module, or NULL
 * @unavailable: why there are no rows, asked at the last rewind
 * @pos: where it stands
 * @begun: the cursor holds what view->begin() took
 * @ended: there is no row at @pos
 * @started_ns: when seq_file took it up
 * @space: the record, then the cursor
 */
struct reader {
	struct pfnscope_view_file *file;
	struct file *pin;
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

static void raise_longest_hold(struct pfnscope_view_file *file, s64 hold_ns)
{
	s64 longest = atomic64_read(&file->longest_hold_ns);

	while (hold_ns > longest &&
	       !atomic64_try_cmpxchg(&file->longest_hold_ns, &longest, hold_ns))
		;
}

/**
 * pfnscope_view_file_charge - add to what a view has cost
 * @file: which one
 * @cost: more of it
 */
void pfnscope_view_file_charge(struct pfnscope_view_file *file,
			       const struct pfnscope_cost *cost)
{
	atomic64_add(cost->opens, &file->opens);
	atomic64_add(cost->rows, &file->rows);
	atomic64_add(cost->spent_ns, &file->spent_ns);
	raise_longest_hold(file, cost->longest_hold_ns);
	atomic64_add(cost->visited_pages, &file->visited_pages);
}

static void reader_collect_cost(struct reader *reader)
{
	struct pfnscope_view_file *file = reader->file;
	struct pfnscope_cost *cost;

	if (!file->view->cost)
		return;
	cost = file->view->cost(reader_cursor(reader));
	pfnscope_view_file_charge(file, cost);
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

/**
 * pfnscope_view_show_header - the lines before the rows
 * @m: the file
 * @view: whose rows follow
 * @unavailable: why there are none, or NULL
 */
void pfnscope_view_show_header(struct seq_file *m,
			       const struct pfnscope_view *view,
			       const char *unavailable)
{
	seq_printf(m, PFNSCOPE_MAGIC " %s %u.%u\n%s\n",
		   view->name, view->major, view->minor, view->columns);
	if (unavailable)
		seq_printf(m, PFNSCOPE_UNAVAILABLE "%s\n", unavailable);
}

static int view_seq_show(struct seq_file *m, void *v)
{
	struct reader *reader = m->private;

	if (reader->pos)
		reader->file->view->show(m, reader_record(reader));
	else
		pfnscope_view_show_header(m, reader->file->view,
					  reader->unavailable);
	return 0;
}

static const struct seq_operations view_seq_ops = {
	.start = view_seq_start,
	.next = view_seq_next,
	.stop = view_seq_stop,
	.show = view_seq_show,
};

/**
 * pfnscope_reader_open - begin to read a view
 * @filp: the file being opened
 * @file: which view
 * @pin: from pfnscope_pin(), let go by pfnscope_reader_release(); or NULL
 *
 * Return: 0 or -ENOMEM.
 */
int pfnscope_reader_open(struct file *filp, struct pfnscope_view_file *file,
			 struct file *pin)
{
	struct reader *reader;

	reader = __seq_open_private(filp, &view_seq_ops, sizeof(*reader) +
				    reader_space(file->view));
	if (!reader)
		return -ENOMEM;
	reader->file = file;
	reader->pin = pin;
	atomic64_inc(&file->opens);
	return 0;
}

/**
 * pfnscope_reader_release - undo pfnscope_reader_open()
 * @inode: of the file
 * @filp: the file being closed
 *
 * Return: 0.
 */
int pfnscope_reader_release(struct inode *inode, struct file *filp)
{
	struct seq_file *m = filp->private_data;
	struct reader *reader = m->private;
	struct file *pin = reader->pin;
	int ret;

	reader_end(reader);
	ret = seq_release_private(inode, filp);
	if (pin)
		pfnscope_unpin(pin);
	return ret;
}
