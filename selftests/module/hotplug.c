// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=512M --append nokaslr --smp 4 --timeout 600
/*
 * Blocks of ZONE_MOVABLE go offline and come back, again and again, while readers read everything.
 * No reader may see a broken file, and the numbers have to follow: before, between and after.
 */

#include <errno.h>
#include <signal.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

#define MEMORY "/sys/devices/system/memory"
#define READERS 4
#define ROUNDS 20

struct blocks {
	size_t n;
	char state[64][300];
};

/* valid_zones is "Movable" for a block whose every page is in that zone. */
static void add_block(const char *dir, const char *name, void *arg)
{
	struct blocks *blocks = arg;
	char path[300], *zones;

	if (strncmp(name, "memory", 6) || blocks->n == 64)
		return;
	snprintf(path, sizeof(path), "%s/%s/valid_zones", dir, name);
	zones = text_read(path, NULL);
	if (zones && !strcmp(zones, "Movable\n"))
		snprintf(blocks->state[blocks->n++], sizeof(blocks->state[0]), "%s/%s/state", dir, name);
	free(zones);
}

static void read_forever(void)
{
	static const char *const names[] = { "zones", "zonelists", "gfp", "pcp", "reclaim", "about", "stats" };
	struct table t;
	char path[256];

	for (size_t i = 0;; i++) {
		snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", names[i % 7]);
		if (!table_read(&t, path) || !t.rows) {
			fprintf(stderr, "# %s: %s\n", path, t.error);
			_exit(1);
		}
		table_free(&t);
	}
}

/* Of ZONE_MOVABLE: what the module and what zoneinfo call it. */
static bool agrees(const char *column, const char *line, long long *ours)
{
	struct zoneinfo zi;
	struct table t;
	long long theirs = -1;
	struct zi_zone *z;
	long row;

	*ours = -2;
	table_need(&t, "zones");
	zoneinfo_need(&zi);
	row = table_find(&t, "zone", "Movable", NULL);
	z = zoneinfo_find(&zi, "0", "Movable");
	if (row >= 0)
		table_number(&t, (size_t)row, column, ours);
	if (z)
		zi_value(z, line, &theirs);
	table_free(&t);
	zoneinfo_free(&zi);
	return *ours == theirs;
}

static bool is_online(const char *state)
{
	char *word = text_need(state);
	bool online = !strcmp(word, "online\n");

	free(word);
	return online;
}

FIXTURE(hotplug)
{
	struct blocks blocks;
	pid_t reader[READERS];
	long long block_pages;
};

FIXTURE_SETUP(hotplug)
{
	char *size = text_need(MEMORY "/block_size_bytes");

	self->block_pages = (long long)strtoull(size, NULL, 16) / page_bytes();
	free(size);
	self->blocks.n = 0;
	text_each_entry(MEMORY, add_block, &self->blocks);
	ASSERT_LE(2, self->blocks.n);
	for (int i = 0; i < READERS; i++) {
		self->reader[i] = fork();
		ASSERT_LE(0, self->reader[i]);
		if (!self->reader[i])
			read_forever();
	}
}

FIXTURE_TEARDOWN(hotplug)
{
	for (int i = 0; i < READERS; i++) {
		int status = 0;

		if (self->reader[i] <= 0)
			continue;
		/* A reader only ends by itself when it saw something wrong. */
		EXPECT_EQ(0, waitpid(self->reader[i], &status, WNOHANG)) TH_LOG("a reader ended with %d", status);
		kill(self->reader[i], SIGKILL);
		waitpid(self->reader[i], &status, 0);
	}
	for (size_t i = 0; i < self->blocks.n; i++)
		text_write(self->blocks.state[i], "online_movable");
}

TEST_F_TIMEOUT(hotplug, numbers_follow_a_block_offline_and_online, 120)
{
	long long present, now;
	int done = 0;

	ASSERT_TRUE(agrees("present_pages", "present", &present));
	for (size_t i = 0; i < self->blocks.n && !done; i++) {
		if (text_write(self->blocks.state[i], "offline"))
			continue;
		done = 1;
		EXPECT_TRUE(agrees("present_pages", "present", &now));
		EXPECT_EQ(present - self->block_pages, now);
		EXPECT_TRUE(agrees("managed_pages", "managed", &now));
		EXPECT_TRUE(agrees("spanned_pages", "spanned", &now));
		EXPECT_TRUE(agrees("start_pfn", "start_pfn", &now));
		ASSERT_EQ(0, text_write(self->blocks.state[i], "online_movable"));
	}
	ASSERT_EQ(1, done) TH_LOG("no block of %zu could be taken offline", self->blocks.n);
	EXPECT_TRUE(agrees("present_pages", "present", &now));
	EXPECT_EQ(present, now);
	EXPECT_TRUE(agrees("managed_pages", "managed", &now));
	EXPECT_TRUE(agrees("spanned_pages", "spanned", &now));
}

TEST_F_TIMEOUT(hotplug, blocks_come_and_go_under_readers, 250)
{
	int offlined = 0, error;

	for (int round = 0; offlined < ROUNDS && round < 10 * ROUNDS; round++) {
		const char *state = self->blocks.state[(size_t)round % self->blocks.n];

		error = text_write(state, "offline");
		if (error) {
			/* Pages in use or a hole keep a block: the kernel's right, if it is as it was. */
			ASSERT_TRUE(is_online(state)) TH_LOG("%s: neither here nor there: %s", state, strerror(-error));
			continue;
		}
		offlined++;
		usleep(2000);
		error = text_write(state, "online_movable");
		ASSERT_EQ(0, error) TH_LOG("online: %s", strerror(-error));
	}
	EXPECT_EQ(ROUNDS, offlined);
}

/* The whole zone at once: no page is left in it, and its rows must still be there. */
TEST_F_TIMEOUT(hotplug, the_whole_zone_goes_offline, 120)
{
	long long present;
	size_t offline = 0;

	for (int lap = 0; lap < 5 && offline < self->blocks.n; lap++) {
		offline = 0;
		for (size_t i = 0; i < self->blocks.n; i++) {
			char *state;

			text_write(self->blocks.state[i], "offline");
			state = text_need(self->blocks.state[i]);
			offline += !strcmp(state, "offline\n");
			free(state);
		}
	}
	EXPECT_LT(0, offline);
	EXPECT_TRUE(agrees("present_pages", "present", &present));
	TH_LOG("%zu of %zu blocks offline, %lld pages present", offline, self->blocks.n, present);
}

TEST_HARNESS_MAIN
