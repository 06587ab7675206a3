// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "lib/victims.h"

#define PER_MIB	256

static unsigned int seed;

static unsigned int random_below(unsigned int bound)
{
	return (unsigned int)rand_r(&seed) % bound;
}

unsigned int victims_random(unsigned int number, struct player *player, char *group)
{
	unsigned int count;

	seed = number * 7919 + 1;
	count = 3 + random_below(4);
	*group = "\0\0ab"[random_below(4)];
	for (unsigned int i = 0; i < count; i++)
		player[i] = (struct player){
			.kind = (enum kind)random_below(SWAPPED),
			.mib = 1 + random_below(10),
			.adj = i && random_below(2) ? (int)random_below(2001) - 1000 : 0,
			.cgroup = "ab"[random_below(2)],
		};
	return count;
}

/* Pages, where the limit is @total; the other pages of a process are about as many in each. */
static long score(const struct player *p, long total)
{
	return p->mib * PER_MIB + p->adj * (total / 1000);
}

/* By how much the first one is before the others. */
static long lead(const struct player *player, unsigned int count, long total, unsigned int *first)
{
	long least = 0;

	*first = 0;
	for (unsigned int i = 1; i < count; i++)
		if (player[*first].adj == -1000 ||
		    (player[i].adj != -1000 && score(&player[i], total) > score(&player[*first], total)))
			*first = i;
	for (unsigned int i = 0, seen = 0; i < count; i++) {
		long behind = score(&player[*first], total) - score(&player[i], total);

		if (i != *first && player[i].adj != -1000 && (!seen++ || behind < least))
			least = behind;
	}
	return least;
}

/* The limit is what they all need and some MiB: whichever it is, the same one is first. */
bool victims_are_apart(const struct player *player, unsigned int count)
{
	unsigned int first, other;
	long mib = 0;

	for (unsigned int i = 0; i < count; i++)
		mib += player[i].mib;
	return lead(player, count, mib * PER_MIB, &first) > PER_MIB &&
	       lead(player, count, (mib + count + 8) * PER_MIB, &other) > PER_MIB && first == other;
}

void victims_print(unsigned int number, bool ok, const struct player *player, unsigned int count, char group)
{
	static const char *const kinds[] = { "anon", "shmem", "tables", "thread", "vfork", "swapped" };

	printf("# scene %u %s:", number, ok ? "foretold" : "MISSED");
	for (unsigned int i = 0; i < count; i++)
		printf(" %s %uM %d %c,", kinds[player[i].kind], player[i].mib, player[i].adj, player[i].cgroup);
	printf(" group %c\n", group ? group : '-');
}
