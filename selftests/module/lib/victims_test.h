/* SPDX-License-Identifier: GPL-2.0-only */
/* A test each of real OOM kills; kselftest_harness.h comes before. */

#ifndef PFNSCOPE_TEST_VICTIMS_TEST_H
#define PFNSCOPE_TEST_VICTIMS_TEST_H

#include "lib/victims.h"

FIXTURE(victims)
{
	int none;
};

FIXTURE_SETUP(victims)
{
	(void)self;
	victims_begin();
}

FIXTURE_TEARDOWN(victims)
{
	(void)self;
	victims_end();
}

#define SCENE(name, group, ...)							\
	TEST_F_TIMEOUT(victims, name, 240)					\
	{									\
		static const struct player player[] = { __VA_ARGS__ };		\
										\
		EXPECT_TRUE(victims_in_cgroup(player, sizeof(player) / sizeof(*player), group)); \
	}

#endif
