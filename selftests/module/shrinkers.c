// SPDX-License-Identifier: GPL-2.0-only
// guest: --timeout 600
/*
 * Every mounted tmpfs has a shrinker: four times as many cost about four times as much to list, all of
 * them are listed, and a reader who pauses keeps none of them from being unmounted.
 */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define FEW 1000
#define MANY (4 * FEW)
#define TREE "/tmp/mounts"

/*
 * One reading of four times as many against four readings, which are at the mercy of a busy machine for as long.
 * Linear is 1, a walk from the head for each row 4 and, with a list no cache holds, more.
 */
#define RATIO 2.5

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

static long long spent_ns(void)
{
	long long spent = -1;
	struct table t;
	long row;

	table_need(&t, "stats");
	row = table_find(&t, "file", "shrinkers", NULL);
	if (row >= 0)
		table_number(&t, (size_t)row, "spent_ns", &spent);
	table_free(&t);
	return spent;
}

/*
 * What @readings in a row cost at best, of at least 25 tries, and of more until that is below @limit: whatever else the
 * machine does makes them dearer, never cheaper.
 */
static long long cost_ns(int readings, long long limit)
{
	long long best = -1, before, spent;

	for (int i = 0; i < 25 || (i < 250 && best >= limit); i++) {
		before = spent_ns();
		for (int j = 0; j < readings; j++)
			free(text_need(PFNSCOPE_DIR "/shrinkers"));
		spent = spent_ns() - before;
		if (best < 0 || spent < best)
			best = spent;
	}
	return best;
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
		count += !strcmp(table_cell(&t, row, "name"), "super_cache_count");
	}
	table_free(&t);
	return count;
}

static void check_cost(struct ledger *l)
{
	int none = superblocks(l, "none mounted"), few, many;
	long long cost_few, cost_many;
	char text[128];

	ledger_enter_fact(l, "a thousand can be mounted", "", mount_up_to(0, FEW), strerror(errno));
	few = superblocks(l, "a thousand");
	cost_few = cost_ns(MANY / FEW, LLONG_MAX);
	ledger_enter_fact(l, "four thousand can be mounted", "", mount_up_to(FEW, MANY), strerror(errno));
	many = superblocks(l, "four thousand");
	cost_many = cost_ns(1, (long long)(RATIO * cost_few));
	snprintf(text, sizeof(text), "%d, %d and %d rows", none, few, many);
	ledger_enter_fact(l, "each mount has its rows", text,
			  few - none >= FEW && (few - none) % FEW == 0 && many - none == 4 * (few - none), text);
	snprintf(text, sizeof(text), "%lld ns four times, then %lld ns", cost_few, cost_many);
	printf("# %s\n", text);
	ledger_enter_fact(l, "four times as many cost about four times as much", text, cost_many < (long long)(RATIO * cost_few), text);
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
	check_cost(&l);
	check_pause(&l);
	return ledger_report(&l, "shrinkers");
}
