// SPDX-License-Identifier: GPL-2.0-only
/*
 * selftests/module/victims.c with scenes that are random, and with tasks that are alike: VICTIMS=N makes N of them, and prints
 * a line each. Runs in a guest with two nodes; it is built with the files of selftests/module/lib.
 */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/victims_test.h"

SCENE(the_later_of_equals, 0, { ANON, 8, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 })

/* --- random ones --- */

TEST_F_TIMEOUT(victims, of_random_scenes, 3600)
{
	const char *wanted = getenv("VICTIMS");
	unsigned int scenes = wanted ? (unsigned int)atoi(wanted) : 3, missed = 0;

	for (unsigned int number = 0; number < scenes; number++) {
		struct player player[PLAYERS];
		char group;
		unsigned int count = victims_random(number, player, &group);
		bool ok = victims_in_cgroup(player, count, group);

		missed += !ok;
		if (!ok || wanted)
			victims_print(number, ok, player, count, group);
	}
	EXPECT_EQ(0, missed);
}

TEST_HARNESS_MAIN
