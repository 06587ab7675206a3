// SPDX-License-Identifier: GPL-2.0-only
// guest: --timeout 600 --kmod zstd --kmod zram
/*
 * Every mounted file system has a shrinker, which is told apart by type and device as in
 * /proc/self/mountinfo. Of thousands all are listed, in a walk that is as long as the list, and a reader
 * who pauses keeps none of them from being unmounted.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"

#define FEW 1000
#define MANY (4 * FEW)
#define TREE "/tmp/mounts"

/* How the shrinkers of super blocks count. */
#define COUNTS "super_cache_count"

/* Rows that are made in one walk from the head of the list. */
#define BATCH 512

static bool mount_up_to(int from, int to)
{
	char path[64];

	for (int i = from; i < to; i++) {
		snprintf(path, sizeof(path), TREE "/%d", i);
		if (mkdir(path, 0700) || mount("many", path, "tmpfs", 0, "size=4k"))
			return false;
	}
	return true;
}

/* Rows of superblocks; all rows have to be in the order of their positions, none of which is missing. */
static int superblocks(struct ledger *l, const char *when)
{
	long long expected = 0, position = -1, last = -1;
	struct table t;
	int count = 0;

	table_need(&t, "shrinkers");
	for (size_t row = 0; row < t.rows; row++) {
		table_number(&t, row, "position", &position);
		expected += position != last;
		last = position;
		ledger_enter_fact(l, "positions follow each other", when, position == expected - 1, "a gap");
		count += !strcmp(table_cell(&t, row, "name"), COUNTS);
	}
	table_free(&t);
	return count;
}

/* --- which file system it is --- */

#define PLACES "/tmp/places"
#define ZRAM "/dev/zram0"

/* Rows of one shrinker follow each other, one a node. */
static int shrinkers_of(const struct table *t, const char *device)
{
	const char *last = "";
	int count = 0;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "device"), device)) {
			count += strcmp(table_cell(t, row, "position"), last) != 0;
			last = table_cell(t, row, "position");
		}
	return count;
}

/* A line: ID PARENT MAJOR:MINOR ROOT PLACE OPTIONS ... - TYPE SOURCE OPTIONS. Where @place is NULL, any. */
static bool read_mount(const char *line, const char *place, char *device, char *type)
{
	const char *rest = strstr(line, " - ");
	char where[256];

	return rest && sscanf(line, "%*s %*s %31s %*s %255s", device, where) == 2 &&
	       sscanf(rest, " - %31s", type) == 1 && (!place || !strcmp(where, place));
}

static bool device_of(const char *place, char *device)
{
	char *text = text_need("/proc/self/mountinfo"), *at = text, *line, type[32];
	bool found = false;

	while (!found && (line = text_line(&at)))
		found = read_mount(line, place, device, type);
	free(text);
	return found;
}

static void mounts_are_named(struct ledger *l)
{
	char *text = text_need("/proc/self/mountinfo"), *at = text, *line, device[32], type[32], detail[128];
	struct table t;

	table_need(&t, "shrinkers");
	while ((line = text_line(&at))) {
		ledger_enter_fact(l, "mounts can be read", line, read_mount(line, NULL, device, type), "another format");
		snprintf(detail, sizeof(detail), "%s %s: %d shrinkers", type, device, shrinkers_of(&t, device));
		ledger_enter_fact(l, "each mounted file system has one shrinker", detail,
				  shrinkers_of(&t, device) == 1, detail);
		ledger_enter_fact(l, "with its type", detail,
				  table_find(&t, "name", COUNTS, "fs_type", type, "device", device, NULL) >= 0, detail);
	}
	table_free(&t);
	free(text);
}

static void others_have_none(struct ledger *l)
{
	int others = 0;
	struct table t;

	table_need(&t, "shrinkers");
	for (size_t row = 0; row < t.rows; row++) {
		const char *name = table_cell(&t, row, "name"), *device = table_cell(&t, row, "device");
		bool super = !strcmp(name, COUNTS);

		others += !super;
		ledger_enter_fact(l, "super blocks have a type, and nobody else", name,
				  super == !!strcmp(table_cell(&t, row, "fs_type"), "-"), table_cell(&t, row, "fs_type"));
		ledger_enter_fact(l, "and a device of their own", name,
				  super ? shrinkers_of(&t, device) == 1 : !strcmp(device, "-"), device);
	}
	table_free(&t);
	ledger_enter_fact(l, "others are listed too", "", others > 0, "none");
}

static bool mount_at(const char *place, const char *source, const char *type)
{
	return !mkdir(place, 0700) && !mount(source, place, type, 0, NULL);
}

/* On a disk, where the kernel has a file system for disks. */
static void mount_disk(struct ledger *l)
{
	char *known = text_need("/proc/filesystems");
	bool ok;

	if (strstr(known, "\text4\n")) {
		ok = !text_write("/sys/block/zram0/comp_algorithm", "zstd") &&
		     !text_write("/sys/block/zram0/disksize", "32M") &&
		     !system("mke2fs -b 4096 " ZRAM " >/tmp/mke2fs 2>&1") && mount_at(PLACES "/ext4", ZRAM, "ext4");
		ledger_enter_fact(l, "a disk can be mounted", "", ok, strerror(errno));
	} else {
		printf("# this kernel has no ext4\n");
	}
	free(known);
}

static void check_names(struct ledger *l)
{
	char device[32] = "";
	struct table t;

	mkdir(PLACES, 0700);
	ledger_enter_fact(l, "a tmpfs can be mounted", "", mount_at(PLACES "/tmpfs", "none", "tmpfs"), strerror(errno));
	ledger_enter_fact(l, "a ramfs can be mounted", "", mount_at(PLACES "/ramfs", "none", "ramfs"), strerror(errno));
	ledger_enter_fact(l, "another proc can be mounted", "", mount_at(PLACES "/proc", "none", "proc"), strerror(errno));
	mount_disk(l);
	mounts_are_named(l);
	others_have_none(l);
	ledger_enter_fact(l, "the tmpfs has a device", "", device_of(PLACES "/tmpfs", device), "none");
	ledger_enter_fact(l, "it can be unmounted", "", !umount2(PLACES "/tmpfs", 0), strerror(errno));
	table_need(&t, "shrinkers");
	ledger_enter_fact(l, "and is gone from the list then", device, shrinkers_of(&t, device) == 0, device);
	table_free(&t);
}

/* --- what many of them cost --- */

/*
 * Who walks from the head to each row takes a step for each pair of shrinkers. Calls are counted, as no
 * clock tells one from the other on a machine that is busy.
 */
static void check_walks(struct ledger *l, int rows)
{
	static const char *const functions[] = { "pfnscope_shrinker_first:mod:pfnscope",
						 "pfnscope_shrinker_next:mod:pfnscope", NULL };
	int first = 0, next = 0;
	char *text, *at, *line, detail[96];

	ledger_enter_fact(l, "a trace can be made", "", trace_functions(functions), "the kernel has no such functions");
	free(text_need(PFNSCOPE_DIR "/shrinkers"));
	text = at = trace_end();
	while ((line = text_line(&at))) {
		first += line[0] != '#' && strstr(line, ": pfnscope_shrinker_first ");
		next += line[0] != '#' && strstr(line, ": pfnscope_shrinker_next ");
	}
	free(text);
	snprintf(detail, sizeof(detail), "%d rows: %d walks from the head, %d steps", rows, first, next);
	printf("# %s\n", detail);
	ledger_enter_fact(l, "the list is walked from its head once for each batch", detail,
			  first > rows / BATCH && first <= rows / BATCH + 2, detail);
	ledger_enter_fact(l, "and by a step for each shrinker", detail, next > MANY && next <= rows, detail);
}

static void check_many(struct ledger *l)
{
	int none = superblocks(l, "none mounted"), few, many;
	struct table t;
	char text[128];

	ledger_enter_fact(l, "a thousand can be mounted", "", mount_up_to(0, FEW), strerror(errno));
	few = superblocks(l, "a thousand");
	ledger_enter_fact(l, "four thousand can be mounted", "", mount_up_to(FEW, MANY), strerror(errno));
	many = superblocks(l, "four thousand");
	snprintf(text, sizeof(text), "%d, %d and %d rows", none, few, many);
	ledger_enter_fact(l, "each mount has its rows", text,
			  few - none >= FEW && (few - none) % FEW == 0 && many - none == 4 * (few - none), text);
	table_need(&t, "shrinkers");
	check_walks(l, (int)t.rows);
	table_free(&t);
}

static void check_pause(struct ledger *l)
{
	int before = superblocks(l, "mounted"), after, fd = open(PFNSCOPE_DIR "/shrinkers", O_RDONLY);
	char first[4096], text[64];

	ledger_enter_fact(l, "a reader begins", "", read(fd, first, sizeof(first)) > 0, strerror(errno));
	ledger_enter_fact(l, "all are unmounted while it pauses", "", !umount2(TREE, MNT_DETACH), strerror(errno));
	after = superblocks(l, "unmounted");
	snprintf(text, sizeof(text), "%d rows, then %d", before, after);
	ledger_enter_fact(l, "and are gone from the list", text, before - after >= MANY, text);
	while (read(fd, first, sizeof(first)) > 0)
		;
	close(fd);
}

int main(void)
{
	struct ledger l = { 0 };

	mkdir(TREE, 0700);
	ledger_enter_fact(&l, "a tree of its own", "", !mount("many", TREE, "tmpfs", 0, NULL), strerror(errno));
	check_names(&l);
	check_many(&l);
	check_pause(&l);
	return ledger_report(&l, "shrinkers");
}
