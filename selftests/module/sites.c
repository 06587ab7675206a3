// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --smp 1 --append movablecore=256M --append page_owner=on
// ko: asker
// ko: eater
/*
 * A test module takes known numbers of pages at known places in its code: `sites` says which function
 * asked for them, of which zone and order, and how many, within the error that it states. Nothing is lost
 * that is not counted, and it can be switched off, and the module unloaded, in the middle of a storm.
 *
 * On one CPU: that of an emulated guest may still run the breakpoint of a tracepoint that another one has
 * finished patching (Oops: int3), which a storm with the switch going on and off meets now and then.
 */

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/ko.h"
#include "lib/switch.h"
#include "lib/table.h"
#include "lib/text.h"

#define SWITCH PFNSCOPE_DIR "/control/sites"
#define ASKER "/sys/kernel/debug/asker"
#define ASKER_KO "/tests/asker.ko"

/* Farther off than this many standard errors a number is once in two million. */
#define SIGMAS 5

FIXTURE(sites)
{
};

FIXTURE_SETUP(sites)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	if (access(ASKER, F_OK))
		ASSERT_EQ(0, ko_load(ASKER_KO, ""));
	ASSERT_EQ(0, text_write(ASKER, "none"));
}

FIXTURE_TEARDOWN(sites)
{
	text_write(ASKER, "calm");
	text_write(ASKER, "none");
	text_write(SWITCH, "off");
	ko_unload_patiently("asker");
}

/* What `sites` says of one function, all its rows together. */
struct site {
	long long rows, pages, samples, taken, given, lost;
	double variance;
	char zone[32], order[8], one_in[8];
};

static void add_row(struct site *site, const struct table *t, size_t row)
{
	long long pages = 0, error = 0, samples = 0, taken = 0, given = 0, lost = 0;

	table_number(t, row, "estimated_pages", &pages);
	table_number(t, row, "error_pages", &error);
	table_number(t, row, "samples", &samples);
	table_number(t, row, "taken_pages", &taken);
	table_number(t, row, "given_pages", &given);
	table_number(t, row, "lost_pages", &lost);
	site->rows++;
	site->pages += pages;
	site->samples += samples;
	site->taken += taken;
	site->given += given;
	site->lost += lost;
	site->variance += (double)error * (double)error;
	snprintf(site->zone, sizeof(site->zone), "%s", table_cell(t, row, "zone"));
	snprintf(site->order, sizeof(site->order), "%s", table_cell(t, row, "order"));
	snprintf(site->one_in, sizeof(site->one_in), "%s", table_cell(t, row, "one_in"));
}

/* Is the function among the names of a stack? */
static bool calls(const char *stack, const char *function)
{
	char name[64];
	const char *at;

	snprintf(name, sizeof(name), "%s+", function);
	at = strstr(stack, name);
	return at && (at == stack || at[-1] == ',');
}

/* In that zone, or in all where it is NULL. */
static struct site site_in(const char *zone, const char *function)
{
	struct site site = { 0 };
	struct table t;

	table_need(&t, "sites");
	for (size_t row = 0; row < t.rows; row++)
		if ((!zone || !strcmp(table_cell(&t, row, "zone"), zone)) &&
		    calls(table_cell(&t, row, "stack"), function))
			add_row(&site, &t, row);
	table_free(&t);
	return site;
}

static struct site site_of(const char *function)
{
	return site_in(NULL, function);
}

static int switch_on(int rate, int mib, const char *more)
{
	char text[64];

	snprintf(text, sizeof(text), "pages rate=%d mib=%d%s", rate, mib, more);
	return text_write(SWITCH, text);
}

static int ask(const char *route, int count, int order)
{
	char text[48];

	snprintf(text, sizeof(text), "%s %d %d", route, count, order);
	return text_write(ASKER, text);
}

/* --- the switch --- */

TEST_F(sites, the_switch_takes_what_it_shows_and_nothing_else)
{
	static const char *const bad[] = {
		" ", "on", "1", "0", "pages ", " pages", "pages  rate=1", "pages rate=", "pages rate=0", "pages rate=3",
		"pages rate=2048", "pages rate=1 rate=1", "pages rate=+1", "pages rate=0x1", "pages mib=0", "pages mib=1025",
		"pages mib=1 mib=1", "pages movable movable", "pages movable=1", "off off", "off ", "pages off", "Pages",
		"pages rate=1\n\n", "pages\trate=1", "slab:kmalloc-64", "pages rate=99999999999999999999", "pages rate=00000000001",
		"pages rate=1 mib=8 movable and words that are far too many for it",
	};
	static const struct switch_good good[] = {
		{ "off\n", "off\n" },
		{ "pages", "pages rate=64 mib=8\n" },
		{ "pages rate=1", "pages rate=1 mib=8\n" },
		{ "pages movable mib=2 rate=16\n", "pages rate=16 mib=2 movable\n" },
		{ "pages rate=1024 mib=1", "pages rate=1024 mib=1\n" },
		{ "off", "off\n" },
		{ "pages rate=2", "pages rate=2 mib=8\n" },
	};
	char *text = text_need(SWITCH);

	EXPECT_STREQ("off\n", text);
	free(text);
	EXPECT_TRUE(switch_holds(SWITCH, good, sizeof(good) / sizeof(good[0]), bad, sizeof(bad) / sizeof(bad[0])));
}

TEST_F(sites, off_it_says_so_and_knows_nothing)
{
	struct table t;

	table_need(&t, "sites");
	EXPECT_EQ(0, t.rows);
	EXPECT_STREQ("switched off: control/sites", t.remark);
	table_free(&t);
	ASSERT_EQ(0, ask("pages", 64, 0));
	ASSERT_EQ(0, switch_on(1, 8, ""));
	EXPECT_EQ(0, site_of("asker_pages").rows) TH_LOG("what is older is not known");
	ASSERT_EQ(0, ask("pages", 64, 0));
	EXPECT_EQ(64, site_of("asker_pages").pages);
	/* A new setting gives up what was known. */
	ASSERT_EQ(0, switch_on(1, 4, ""));
	EXPECT_EQ(0, site_of("asker_pages").rows);
	/* What was taken before may come back without harm. */
	ASSERT_EQ(0, text_write(ASKER, "none"));
	EXPECT_EQ(0, site_of("asker_pages").rows);
}

/* --- every page, at 1/1 --- */

static void expect_all(struct __test_metadata *_metadata, const char *route, int count, int order, int pages, const char *zone)
{
	struct site site, before;
	char function[32], orders[8];

	snprintf(function, sizeof(function), "asker_%s", route);
	snprintf(orders, sizeof(orders), "%d", order);
	before = site_of(function);
	EXPECT_EQ(0, before.pages);
	ASSERT_EQ(0, ask(route, count, order)) TH_LOG("%s", route);
	site = site_of(function);
	EXPECT_EQ(pages, site.pages) TH_LOG("%s of order %d", route, order);
	EXPECT_EQ(0, site.variance);
	EXPECT_STREQ(orders, site.order);
	EXPECT_STREQ("1", site.one_in);
	if (zone)
		EXPECT_STREQ(zone, site.zone) TH_LOG("%s", route);
	ASSERT_EQ(0, text_write(ASKER, "none"));
	EXPECT_EQ(0, site_of(function).pages) TH_LOG("%s of order %d, given back", route, order);
}

TEST_F_TIMEOUT(sites, every_route_has_its_name_zone_and_order, 200)
{
	ASSERT_EQ(0, switch_on(1, 8, ""));
	for (int order = 0; order <= 9; order += 3) {
		expect_all(_metadata, "pages", 16, order, 16 << order, "DMA32");
		expect_all(_metadata, "compound", 16, order, 16 << order, "DMA32");
	}
	expect_all(_metadata, "dma", 64, 0, 64, "DMA");
	expect_all(_metadata, "dma", 8, 3, 64, "DMA");
	expect_all(_metadata, "coherent", 64, 0, 64, "DMA");
	expect_all(_metadata, "coherent", 8, 2, 32, "DMA");
	expect_all(_metadata, "hardirq", 64, 0, 64, "DMA32");
}

TEST_F(sites, movable_requests_only_if_asked_for)
{
	ASSERT_EQ(0, switch_on(1, 8, ""));
	ASSERT_EQ(0, ask("movable", 64, 0));
	EXPECT_EQ(0, site_of("asker_movable").rows);
	ASSERT_EQ(0, text_write(ASKER, "none"));
	ASSERT_EQ(0, switch_on(1, 8, " movable"));
	expect_all(_metadata, "movable", 64, 0, 64, NULL);
	expect_all(_metadata, "movable", 4, 4, 64, NULL);
}

/* Of blocks that are split the pages come back one by one, and others may take them meanwhile. */
TEST_F_TIMEOUT(sites, blocks_that_come_back_in_pieces, 120)
{
	struct site site;

	for (int rate = 1; rate <= 64; rate *= 64) {
		ASSERT_EQ(0, switch_on(rate, 8, ""));
		/* 48 pages of 64: the tail comes back at once. */
		ASSERT_EQ(0, ask("exact", 20, 6));
		site = site_of("asker_exact");
		EXPECT_EQ(20 * 48, site.pages) TH_LOG("1/%d", rate);
		EXPECT_EQ(site.taken, site.pages + site.given + site.lost);
		ASSERT_EQ(0, text_write(ASKER, "half"));
		EXPECT_EQ(20 * 24, site_of("asker_exact").pages) TH_LOG("1/%d", rate);
		/* The pages that came back are somebody else's now; as they come back again, nothing changes. */
		ASSERT_EQ(0, ask("movable", 4096, 0));
		ASSERT_EQ(0, ask("churn", 1000, 0));
		EXPECT_EQ(20 * 24, site_of("asker_exact").pages) TH_LOG("1/%d", rate);
		ASSERT_EQ(0, text_write(ASKER, "none"));
		EXPECT_EQ(0, site_of("asker_exact").pages) TH_LOG("1/%d", rate);
	}
}

/*
 * Its slabs bear the name of the cache, which `owners` knows; who asked for them knows `sites`. The cache
 * itself takes memory, too, but not of that zone.
 */
TEST_F(sites, a_driver_with_a_slab_cache_of_its_own)
{
	long long pages = 0;
	struct site site;
	struct table t;
	long row;

	ASSERT_EQ(0, switch_on(1, 8, ""));
	ASSERT_EQ(0, ko_load("/tests/eater.ko", "zone=DMA cache=greedy_dma pages=1000"));
	table_need(&t, "owners");
	row = table_find(&t, "zone", "DMA", "kind", "slab", "owner", "greedy_dma", NULL);
	EXPECT_LE(0, row);
	EXPECT_TRUE(row >= 0 && table_number(&t, (size_t)row, "pages", &pages));
	table_free(&t);
	EXPECT_LE(1000, pages);
	site = site_in("DMA", "eat_objects");
	EXPECT_EQ(pages, site.pages);
	EXPECT_EQ(0, ko_unload_patiently("eater"));
	EXPECT_EQ(0, site_in("DMA", "eat_objects").pages);
}

/* --- samples --- */

static void expect_about(struct __test_metadata *_metadata, int rate, int order, int pages)
{
	int one_in = rate >> order ? rate >> order : 1, blocks = pages >> order;
	double error = sqrt((double)blocks * (one_in - 1)) * (1 << order), stated;
	struct site site;

	ASSERT_EQ(0, ask("pages", blocks, order));
	site = site_of("asker_pages");
	stated = sqrt(site.variance);
	printf("# 1/%d, order %d: %lld pages of %d, stated error %.0f, expected %.0f\n", rate, order, site.pages, pages,
	       stated, error);
	EXPECT_LE(fabs((double)(site.pages - pages)), SIGMAS * error);
	EXPECT_LE(error * 0.5, stated + 1);
	EXPECT_LE(stated, error * 2 + 1);
	ASSERT_EQ(0, text_write(ASKER, "none"));
	EXPECT_EQ(0, site_of("asker_pages").pages);
}

TEST_F_TIMEOUT(sites, estimates_are_within_their_error, 200)
{
	for (int rate = 1; rate <= 64; rate *= rate == 1 ? 16 : 4) {
		ASSERT_EQ(0, switch_on(rate, 8, ""));
		for (int order = 0; order <= 6; order += 3)
			expect_about(_metadata, rate, order, 32768);
	}
}

/* --- what finds no room --- */

TEST_F_TIMEOUT(sites, what_finds_no_room_is_counted, 120)
{
	struct site site;
	struct table t;

	ASSERT_EQ(0, switch_on(1, 1, ""));
	ASSERT_EQ(0, ask("pages", 60000, 0));
	site = site_of("asker_pages");
	printf("# %lld of 60000 held, %lld lost\n", site.pages, site.lost);
	EXPECT_EQ(60000, site.taken);
	EXPECT_LT(10000, site.pages);
	EXPECT_LT(0, site.lost);
	EXPECT_EQ(site.taken, site.pages + site.given + site.lost);
	table_need(&t, "sites");
	ASSERT_NE(NULL, t.remark);
	EXPECT_LE(site.lost, atoll(t.remark)) TH_LOG("%s", t.remark);
	table_free(&t);
	ASSERT_EQ(0, text_write(ASKER, "none"));
	EXPECT_EQ(0, site_of("asker_pages").pages);
}

/* CHURN in the environment makes more of it. */
TEST_F_TIMEOUT(sites, of_many_none_is_forgotten, 3000)
{
	const char *often = getenv("CHURN");
	int rounds = often ? atoi(often) : (int)paced(200000);
	struct site site;

	ASSERT_EQ(0, switch_on(1, 8, ""));
	ASSERT_EQ(0, ask("churn", rounds, 0));
	/* For a row there has to be something that is held, or was lost. */
	ASSERT_EQ(0, ask("storm", 0, 0));
	for (int i = 0; i < 2000 && !site_of("asker_churn").rows; i++)
		;
	ASSERT_EQ(0, text_write(ASKER, "calm"));
	site = site_of("storm");
	EXPECT_EQ(0, site.pages) TH_LOG("all of it came back");
	printf("# %d pages taken and given\n", rounds);
}

/* --- names of what is gone --- */

TEST_F(sites, functions_of_a_module_that_is_gone_keep_their_names)
{
	struct site site;
	struct table t;
	long named = 0;

	ASSERT_EQ(0, ko_unload_patiently("asker"));
	ASSERT_EQ(0, switch_on(1, 8, ""));
	ASSERT_EQ(0, ko_load(ASKER_KO, "init_pages=16 keep=1"));
	EXPECT_EQ(16, site_of("asker_init_pages").pages) TH_LOG("of its init, which is gone");
	ASSERT_EQ(0, ask("pages", 16, 0));
	ASSERT_EQ(0, ko_unload_patiently("asker"));
	site = site_of("asker_pages");
	EXPECT_EQ(16, site.pages);
	EXPECT_EQ(16, site_of("asker_init_pages").pages);
	table_need(&t, "sites");
	for (size_t row = 0; row < t.rows; row++)
		named += calls(table_cell(&t, row, "stack"), "asker_pages") &&
			 strstr(table_cell(&t, row, "stack"), "[asker]") != NULL;
	EXPECT_EQ(1, named);
	table_free(&t);
}

/* --- in a storm --- */

TEST_F_TIMEOUT(sites, it_is_switched_and_read_in_a_storm, 120)
{
	int rounds = (int)paced(60);

	ASSERT_EQ(0, ask("storm", 0, 0));
	for (int i = 0; i < rounds; i++) {
		EXPECT_EQ(0, switch_on(i % 3 ? 1 : 64, 1 + i % 2, i % 2 ? " movable" : ""));
		site_of("asker_churn");
		if (i % 4 == 3)
			EXPECT_EQ(0, text_write(SWITCH, "off"));
	}
}

TEST_F_TIMEOUT(sites, the_module_is_unloaded_in_a_storm, 120)
{
	int rounds = (int)paced(10);

	ASSERT_EQ(0, ask("storm", 0, 0));
	for (int i = 0; i < rounds; i++) {
		ASSERT_EQ(0, switch_on(1, 2, " movable"));
		usleep(20000);
		ASSERT_EQ(0, ko_unload_patiently("pfnscope"));
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	}
}

TEST_F(sites, a_reader_outlives_the_switch)
{
	char text[256];
	int fd;

	ASSERT_EQ(0, switch_on(1, 8, ""));
	ASSERT_EQ(0, ask("pages", 16, 0));
	fd = open(PFNSCOPE_DIR "/sites", O_RDONLY);
	ASSERT_LT(0, read(fd, text, sizeof(text)));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	while (read(fd, text, sizeof(text)) > 0)
		;
	EXPECT_EQ(0, close(fd));
}

/* --- against page_owner --- */

#define OWNER "/sys/kernel/debug/page_owner"

/* Pages that page_owner says were allocated by @function; each is told with its stack. */
static long long owned_by(const char *function)
{
	char *text = text_need(OWNER), *at = text, *line, name[64];
	long long pages = 0, order = 0;

	snprintf(name, sizeof(name), " %s+", function);
	while ((line = text_line(&at))) {
		sscanf(line, "Page allocated via order %lld", &order);
		if (strstr(line, name))
			pages += 1LL << order;
	}
	free(text);
	return pages;
}

TEST_F_TIMEOUT(sites, page_owner_says_the_same, 600)
{
	static const char *const routes[] = { "pages", "compound", "dma", "coherent" };
	char function[32];

	if (access(OWNER, F_OK))
		SKIP(return, "the kernel is built without CONFIG_PAGE_OWNER");
	ASSERT_EQ(0, switch_on(1, 8, ""));
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		ASSERT_EQ(0, ask(routes[i], 100 + 10 * (int)i, (int)i % 3));
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		snprintf(function, sizeof(function), "asker_%s", routes[i]);
		printf("# %s: page_owner %lld, sites %lld\n", function, owned_by(function), site_of(function).pages);
		EXPECT_EQ(owned_by(function), site_of(function).pages);
	}
}

TEST_HARNESS_MAIN
