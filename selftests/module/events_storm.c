// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --smp 1 --append movablecore=256M --append page_owner=on
// kernels: plain
/*
 * Events are switched on and off, read, and the module is unloaded, while a task does nothing but ask for huge pages that
 * are not there, and has cgroups come to their limit.
 *
 * On one CPU: that of an emulated guest may still run the breakpoint of a tracepoint that another one has
 * finished patching (Oops: int3), which a storm with the switch going on and off meets now and then.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define SWITCH PFNSCOPE_DIR "/control/events"
#define POOL "/proc/sys/vm/nr_hugepages"

FIXTURE(events_storm)
{
	pid_t storm;
};

static void storm(void)
{
	for (;;) {
		text_write(POOL, "10000");
		text_write(POOL, "0");
		cgroup_run("storm", "8M", cgroup_eat);
	}
}

FIXTURE_SETUP(events_storm)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	fflush(stdout);
	self->storm = fork();
	if (!self->storm) {
		setpgid(0, 0);
		storm();
	}
	setpgid(self->storm, self->storm);
}

FIXTURE_TEARDOWN(events_storm)
{
	kill(-self->storm, SIGKILL);
	waitpid(self->storm, NULL, 0);
	cgroup_remove("storm");
	text_write(SWITCH, "off");
	text_write(POOL, "0");
}

static size_t rows_of(const char *file)
{
	struct table t;
	size_t rows;

	table_need(&t, file);
	rows = t.rows;
	table_free(&t);
	return rows;
}

TEST_F_TIMEOUT(events_storm, it_is_switched_and_read, 300)
{
	int rounds = (int)paced(20);
	double since = 0;

	for (int i = 0; i < rounds; i++) {
		EXPECT_EQ(0, text_write(SWITCH, i % 3 ? "all" : "steal"));
		rows_of("events");
		rows_of("latency");
		if (i % 4 == 3)
			EXPECT_EQ(0, text_write(SWITCH, "off"));
	}
	/* It does happen. */
	EXPECT_EQ(0, text_write(SWITCH, "all"));
	while (!rows_of("latency") && wait_on(&since, 100))
		;
	EXPECT_LT(0, rows_of("latency"));
}

TEST_F_TIMEOUT(events_storm, the_module_is_unloaded, 300)
{
	int rounds = (int)paced(8);

	for (int i = 0; i < rounds; i++) {
		ASSERT_EQ(0, text_write(SWITCH, "all"));
		usleep(50000);
		ASSERT_EQ(0, ko_unload_patiently("pfnscope"));
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	}
}

TEST_HARNESS_MAIN
