// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 1G --timeout 600 --kmod zstd --kmod zram
// kernels: plain
/*
 * Real OOM kills: the first victim, by the kernel's log, is the one that "pfnscope oom --next" named just before, and
 * who dies with it are those that it said. Here the scores are far apart; selftests/bench/victims.c has those that are
 * close, too. Not on a debug kernel, which is slow and tells nothing else.
 */

#include <stdio.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/victims_test.h"
#include "lib/zram.h"

SCENE(the_largest, 0, { ANON, 8, 0, 'a', 0 }, { ANON, 12, 0, 'b', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(the_one_with_a_high_adj, 0, { ANON, 12, 0, 'a', 0 }, { ANON, 6, 500, 'a', 0 }, { ANON, 8, -100, 'b', 0 })
SCENE(all_scores_below_0, 0, { ANON, 10, -900, 'a', 0 }, { ANON, 4, -800, 'b', 0 }, { ANON, 8, -999, 'b', 0 })
SCENE(the_largest_is_spared, 0, { ANON, 14, -1000, 'a', 0 }, { ANON, 4, 0, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(the_first_thread_has_ended, 0, { THREAD, 10, 0, 'a', 0 }, { ANON, 8, 0, 'b', 0 })
SCENE(shared_memory_counts, 0, { SHMEM, 10, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 4, 0, 'b', 0 })
SCENE(page_tables_count, 0, { ANON, 8, 0, 'a', 0 }, { TABLES, 10, 0, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(not_the_child_of_a_vfork, 0, { VFORK, 10, 0, 'a', 0 }, { ANON, 8, 0, 'b', 0 })
SCENE(a_group_dies_as_a_whole, 'a', { ANON, 10, 0, 'a', 0 }, { ANON, 2, 0, 'a', 0 }, { ANON, 2, -1000, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(a_group_without_the_victim_lives, 'a', { ANON, 6, 0, 'a', 0 }, { ANON, 2, 0, 'a', 0 }, { ANON, 10, 0, 'b', 0 })

#define RANDOM	36

/* Of two that are close a page more or less decides: those are for the bench. */
TEST_F_TIMEOUT(victims, of_random_scenes, 900)
{
	unsigned int made = 0, missed = 0;

	for (unsigned int number = 0; made < RANDOM; number++) {
		struct player player[PLAYERS];
		char group;
		unsigned int count = victims_random(number, player, &group);
		bool ok;

		if (!victims_are_apart(player, count))
			continue;
		ok = victims_in_cgroup(player, count, group);
		made++;
		missed += !ok;
		if (!ok)
			victims_print(number, ok, player, count, group);
	}
	printf("# %u of %u victims foretold\n", made - missed, made);
	EXPECT_EQ(0, missed);
}

/* --- swap --- */

#define SWAP_SCENE(name, ...)							\
	TEST_F_TIMEOUT(victims, name, 240)					\
	{									\
		static const struct player player[] = { __VA_ARGS__ };		\
										\
		ASSERT_TRUE(zram_on());						\
		EXPECT_TRUE(victims_in_cgroup(player, sizeof(player) / sizeof(*player), 0)); \
		zram_off();							\
	}

SWAP_SCENE(what_is_swapped_out_counts, { SWAPPED, 12, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 4, 0, 'b', 0 })
SWAP_SCENE(what_is_swapped_out_is_not_all, { SWAPPED, 6, 0, 'a', 0 }, { ANON, 10, 0, 'a', 0 }, { ANON, 4, 0, 'b', 0 })
/* A thousandth of the limit and of the swap that may be used is thrice as much as one of the limit. */
SWAP_SCENE(swap_is_of_the_total, { SWAPPED, 30, -1000, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 4, 200, 'b', 0 })

/* --- the machine, and a part of its nodes --- */

TEST_F_TIMEOUT(victims, the_machine, 240)
{
	static const struct place place = { "", 0, 0, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 0, 0, 0 }, { ANON, 20, 600, 0, 0 }, { ANON, 30, 300, 0, 0 },
	};

	EXPECT_TRUE(victims_in_machine(&place, player, 3));
}

static bool has_two_nodes(void)
{
	return !access("/sys/devices/system/node/node1", F_OK);
}

TEST_F_TIMEOUT(victims, a_memory_policy, 240)
{
	static const struct place place = { "--nodes 1", 0, 2, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 800, 0, 1 }, { ANON, 20, 700, 0, 2 }, { ANON, 30, 0, 0, 0 },
	};

	if (!has_two_nodes())
		SKIP(return, "this guest has one node");
	EXPECT_TRUE(victims_in_machine(&place, player, 3));
}

TEST_F_TIMEOUT(victims, a_cpuset, 240)
{
	static const struct place place = { "--cpuset 1", 'b', 0, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 800, 'a', 0 }, { ANON, 20, 700, 'b', 0 }, { ANON, 30, 0, 'b', 0 },
	};

	if (!has_two_nodes())
		SKIP(return, "this guest has one node");
	victims_cpusets();
	EXPECT_TRUE(victims_in_machine(&place, player, 3));
	victims_remove_cgroups();
}

TEST_HARNESS_MAIN
