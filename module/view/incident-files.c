// SPDX-License-Identifier: GPL-2.0-only
/*
 * incidents/ and its directories, made by the worker: one for each incident,
 * named by its number, with the files that its moment is read from. They go when
 * their place in the ring is taken; a file that is open then can be read no more.
 */
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "reach/page_cgroup.h"
#include "view/incidents.h"
#include "view/pin.h"
#include "view/view.h"
#include "walk/memory.h"

#define FILES	(1 + PFNSCOPE_MOMENT_TABLES + PFNSCOPE_DEFERRED)

/**
 * struct shown_file - one file of an incident
 * @shown: the directory
 * @index: 0 is the header, then the tables of the moment, then what was deferred
 */
struct shown_file {
	const struct pfnscope_incident_shown *shown;
	unsigned int index;
};

/**
 * struct pfnscope_incident_shown - the directory of an incident
 * @place: in the ring
 * @number: of the incident
 * @directory: itself
 * @files: in it
 */
struct pfnscope_incident_shown {
	struct pfnscope_recorded *place;
	u64 number;
	struct dentry *directory;
	struct shown_file files[FILES];
};

static struct dentry *incidents;

/* --- reading --- */

static void show_file(struct seq_file *m, const struct pfnscope_recorded *place,
		      unsigned int index)
{
	if (!index) {
		pfnscope_incidents_show_header(m, &place->incident);
		return;
	}
	if (--index < PFNSCOPE_MOMENT_TABLES)
		pfnscope_moment_show(m, place->moment, index);
	else
		pfnscope_deferred_show(m, place,
				       index - PFNSCOPE_MOMENT_TABLES);
}

static int shown_file_show(struct seq_file *m, void *v)
{
	const struct shown_file *file = pfnscope_single_data(m);
	struct pfnscope_recorded *place = file->shown->place;

	if (!pfnscope_incident_get(place, file->shown->number))
		return -ESTALE;
	show_file(m, place, file->index);
	pfnscope_incident_put(place);
	return 0;
}

static int shown_file_open(struct inode *inode, struct file *filp)
{
	return pfnscope_single_open(filp, shown_file_show, inode->i_private);
}

static const struct file_operations shown_file_fops = {
	.open = shown_file_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = pfnscope_single_release,
};

static int list_show(struct seq_file *m, void *v)
{
	return pfnscope_incidents_show_list(m);
}

static int list_open(struct inode *inode, struct file *filp)
{
	return pfnscope_single_open(filp, list_show, NULL);
}

static const struct file_operations list_fops = {
	.open = list_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = pfnscope_single_release,
};

/* --- making and removing; all by the worker, or when it has ended --- */

static const char *file_name(unsigned int index)
{
	if (!index)
		return "header";
	if (--index < PFNSCOPE_MOMENT_TABLES)
		return pfnscope_moment_name(index);
	return pfnscope_deferred_view(index - PFNSCOPE_MOMENT_TABLES)->name;
}

static void hide(struct pfnscope_recorded *place)
{
	if (!place->shown)
		return;
	debugfs_remove(place->shown->directory);
	kfree(place->shown);
	place->shown = NULL;
}

/*
 * What the machine is does not change: those files are the live ones. The header,
 * which has the number 0, comes last: where it is, the others are.
 */
static void create_files(struct pfnscope_incident_shown *shown)
{
	unsigned int i;

	pfnscope_view_create(&pfnscope_view_about, shown->directory);
	pfnscope_view_create(&pfnscope_view_gfp, shown->directory);
	for (i = FILES; i--;) {
		shown->files[i].shown = shown;
		shown->files[i].index = i;
		debugfs_create_file(file_name(i), 0400, shown->directory,
				    &shown->files[i], &shown_file_fops);
	}
}

/* Return: false without memory for the directory. */
static bool show(struct pfnscope_recorded *place)
{
	struct pfnscope_incident_shown *shown;
	char name[24];

	hide(place);
	shown = kzalloc(sizeof(*shown), PFNSCOPE_GFP);
	if (!shown)
		return false;
	shown->place = place;
	shown->number = place->number;
	snprintf(name, sizeof(name), "%llu", shown->number);
	shown->directory = debugfs_create_dir(name, incidents);
	if (IS_ERR(shown->directory)) {
		kfree(shown);
		return false;
	}
	create_files(shown);
	place->shown = shown;
	return true;
}

static void name_cgroup(struct pfnscope_recorded *place)
{
	struct pfnscope_incident *incident = &place->incident;

	if (!place->css)
		return;
	rcu_read_lock();
	pfnscope_css_path(place->css, incident->cgroup,
			  sizeof(incident->cgroup));
	rcu_read_unlock();
	css_put(place->css);
	place->css = NULL;
}

/* The place is not taken again while this uses it. */
static bool files_publish(struct pfnscope_recorded *place)
{
	name_cgroup(place);
	return show(place);
}

static void files_charge(u64 spent_ns)
{
	const struct pfnscope_cost cost = { .opens = 1, .spent_ns = spent_ns };

	pfnscope_view_charge(&pfnscope_view_incidents, &cost);
}

static void files_close(void)
{
	struct pfnscope_recorded *place;
	unsigned int i;

	debugfs_remove(incidents);
	incidents = NULL;
	for (i = 0; (place = pfnscope_incident_nth(i)); i++) {
		kfree(place->shown);
		place->shown = NULL;
	}
}

static int files_open(void)
{
	struct dentry *list;

	incidents = debugfs_create_dir("incidents", pfnscope_view_directory());
	if (IS_ERR(incidents))
		return PTR_ERR(incidents);
	list = debugfs_create_file("list", 0400, incidents, NULL, &list_fops);
	if (!IS_ERR(list))
		return 0;
	debugfs_remove(incidents);
	return PTR_ERR(list);
}

static const struct pfnscope_incident_files files = {
	.open = files_open,
	.publish = files_publish,
	.scan = pfnscope_deferred_scan,
	.charge = files_charge,
	.close = files_close,
};

/**
 * pfnscope_incident_files_init - tell who makes the files
 */
void pfnscope_incident_files_init(void)
{
	pfnscope_incidents_init(&files);
}
