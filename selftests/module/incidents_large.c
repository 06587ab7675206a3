// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 64 --mem 2560M --append movablecore=1G --timeout 400
// ko: eater
/*
 * Incidents on a machine of many nodes: each scan has its share of the room, however long those before it
 * are; and what of a moment is left for later. That lists of many CPUs are is told by a unit test.
 */

#include <stdio.h>
#include <string.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/table.h"
#include "lib/text.h"

FIXTURE(incidents_large)
{
};

FIXTURE_SETUP(incidents_large)
{
	ASSERT_EQ(0, incidents_off());
	cgroup_make("small", "memory.max", "4M");
}

FIXTURE_TEARDOWN(incidents_large)
{
	cgroup_remove("small");
	incidents_off();
	unload_eater();
}

static size_t rows_now(const char *name)
{
	struct table t;
	size_t rows;

	table_need(&t, name);
	rows = t.rows;
	table_free(&t);
	return rows;
}

/* All rows, or the file says that it was cut. */
static void check_kept(struct __test_metadata *_metadata, const char *name)
{
	size_t now = rows_now(name);
	struct table t;
	bool cut;

	table_of(&t, 1, name);
	cut = t.remark && strstr(t.remark, "cut here");
	printf("# %s: %zu of %zu rows\n", name, t.rows, now);
	EXPECT_STREQ("", t.error) TH_LOG("%s", name);
	EXPECT_EQ(NULL, t.unavailable) TH_LOG("%s: %s", name, t.unavailable);
	EXPECT_LT(0, t.rows) TH_LOG("%s", name);
	/* Rows of owners come and go. */
	if (strcmp(name, "owners"))
		EXPECT_EQ(cut, t.rows < now) TH_LOG("%s: %zu of %zu rows: %s", name, t.rows, now, t.remark);
	table_free(&t);
}

TEST_F_TIMEOUT(incidents_large, every_scan_has_room, 250)
{
	ASSERT_EQ(0, text_write(CONTROL, "1"));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	ASSERT_LE(0, wait_for(1));
	check_kept(_metadata, "contiguity");
	check_kept(_metadata, "hugepages");
	check_kept(_metadata, "owners");
	check_kept(_metadata, "reclaim");
}

/* Of incident @incident, how long the kernel was kept. */
static void tell_capture(struct __test_metadata *_metadata, unsigned int incident, const char *kind)
{
	long row = wait_shown(incident);

	ASSERT_LE(0, row);
	EXPECT_TRUE(is(row, "kind", kind)) TH_LOG("%s", table_cell(&list, row, "kind"));
	EXPECT_LT(0, number(row, "capture_ns"));
	printf("# %s: the kernel was kept for %lld us\n", kind, number(row, "capture_ns") / 1000);
}

TEST_F_TIMEOUT(incidents_large, what_takes_long_is_left_for_later, 250)
{
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	tell_capture(_metadata, 1, "memcg_oom");
	EXPECT_TRUE(was_killed(eater(NULL, 3)));
	tell_capture(_metadata, 2, "oom");
	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	ASSERT_EQ(0, text_write(ASK, "ATOMIC,DMA,HARDIRQ 9"));
	tell_capture(_metadata, 3, "allocation_failure");
	EXPECT_TRUE(taken_later(1, "pcp"));
	EXPECT_FALSE(taken_later(2, "pcp"));
	EXPECT_FALSE(taken_later(3, "pcp")) TH_LOG("few CPUs");
	EXPECT_TRUE(taken_later(3, "zonelists"));
	EXPECT_TRUE(taken_later(3, "slabs"));
	EXPECT_FALSE(taken_later(2, "zonelists"));
}

TEST_HARNESS_MAIN
