/* SPDX-License-Identifier: GPL-2.0-only */
/* Real OOM kills: tasks that compete, and whether "pfnscope oom --next" names the one that dies. */

#ifndef PFNSCOPE_TEST_VICTIMS_H
#define PFNSCOPE_TEST_VICTIMS_H

#include <stdbool.h>

enum kind { ANON, SHMEM, TABLES, THREAD, VFORK, SWAPPED, KINDS };

#define PLAYERS	8

/* Who competes: @mib of memory, in the cgroup "a" or "b". */
struct player {
	enum kind kind;
	unsigned int mib;
	int adj;
	char cgroup;
	int node;	/* bound to it, where it is not 0: node 1 is 2 */
};

/* Where memory runs out. */
struct place {
	const char *options;	/* of pfnscope oom --next */
	char cgroup;		/* who asks is there */
	int node;
	const char *counter;	/* where kills are counted */
};

/* For the players; each test has its own. */
void victims_begin(void);
void victims_end(void);

/*
 * Two cgroups below one that is at its limit; @group: the one that dies as a whole, or 0. True where the first victim, by
 * the kernel's log, is the one that was named just before, and those die with it that were said to.
 */
bool victims_in_cgroup(const struct player *player, unsigned int count, char group);
/* The same of the machine, or of a part of its nodes. */
bool victims_in_machine(const struct place *place, const struct player *player, unsigned int count);
/* Each of the two cgroups with a node of its own. */
void victims_cpusets(void);
void victims_remove_cgroups(void);

/* Scenes that are random, and the same each time: @player has room for PLAYERS. How many compete. */
unsigned int victims_random(unsigned int number, struct player *player, char *group);
/* Does one of them score so much more than the others that no page more or less matters? */
bool victims_are_apart(const struct player *player, unsigned int count);
void victims_print(unsigned int number, bool ok, const struct player *player, unsigned int count, char group);

#endif
