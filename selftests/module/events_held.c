// SPDX-License-Identifier: GPL-2.0-only
// guest: --disk 4G
// kernels: plain
/*
 * Kinds of events that are on as long as somebody holds the switch open, and "pfnscope events" that does so: several do not
 * switch each other off, nor does what they end by leave anything behind.
 */

#include <errno.h>
#include <fcntl.h>
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
#define SHOWN "/tmp/shown"
#define SAID "/tmp/said"

FIXTURE(events_held)
{
};

FIXTURE_SETUP(events_held)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
}

FIXTURE_TEARDOWN(events_held)
{
	text_write(SWITCH, "off");
}

static int hold(const char *kinds)
{
	int fd = open(SWITCH, O_WRONLY | O_CLOEXEC), failure;

	if (fd < 0 || dprintf(fd, "hold %s", kinds) > 0)
		return fd;
	failure = -errno;
	close(fd);
	return failure;
}

static void eat(void)
{
	cgroup_run("eats", "8M", cgroup_eat);
}

/* Rows of a kind; below 0 where it is switched off. */
static long count_of(const char *kind)
{
	struct table t;
	long count = 0;

	table_need(&t, "events");
	for (size_t row = 0; row < t.rows; row++)
		count += !strcmp(table_cell(&t, row, "event"), kind);
	if (t.remark && !strncmp(t.remark, "switched off", 12))
		count = -1;
	table_free(&t);
	return count;
}

static bool is_set_to(const char *kinds)
{
	char *text = text_need(SWITCH);
	bool same = !strncmp(text, kinds, strlen(kinds)) && !strcmp(text + strlen(kinds), "\n");

	if (!same)
		printf("# it is set to %s", text);
	free(text);
	return same;
}

TEST_F_TIMEOUT(events_held, kinds_are_on_as_long_as_it_is_open, 120)
{
	int fd = hold("oom");

	ASSERT_LE(0, fd);
	EXPECT_TRUE(is_set_to("off"));
	EXPECT_EQ(0, count_of("oom"));
	eat();
	EXPECT_EQ(1, count_of("oom"));
	EXPECT_EQ(0, count_of("memcg_reclaim"));
	/* The same one holds others instead. */
	EXPECT_LT(0, dprintf(fd, "hold memcg_reclaim"));
	eat();
	EXPECT_EQ(1, count_of("oom"));
	EXPECT_LT(0, count_of("memcg_reclaim"));
	close(fd);
	EXPECT_EQ(-1, count_of("oom"));
}

TEST_F_TIMEOUT(events_held, what_is_refused_changes_nothing, 120)
{
	static const char *const bad[] = { "", "off", "oom oom", "all oom", "oom ", " oom", "kswapd0", "hold oom" };
	int fd = hold("oom");

	ASSERT_LE(0, fd);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		errno = 0;
		EXPECT_GT(0, dprintf(fd, "hold %s", bad[i])) TH_LOG("\"%s\"", bad[i]);
		EXPECT_EQ(EINVAL, errno);
	}
	eat();
	EXPECT_EQ(1, count_of("oom"));
	EXPECT_EQ(0, count_of("memcg_reclaim"));
	close(fd);
}

TEST_F_TIMEOUT(events_held, several_do_not_switch_each_other_off, 120)
{
	int one = hold("oom"), other = hold("oom memcg_reclaim");

	ASSERT_LE(0, one);
	ASSERT_LE(0, other);
	close(one);
	eat();
	EXPECT_EQ(1, count_of("oom"));
	EXPECT_LT(0, count_of("memcg_reclaim"));
	/* Nor does who means to end it for all. */
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	eat();
	EXPECT_EQ(2, count_of("oom"));
	/* What is switched on stays when nobody holds it. */
	ASSERT_EQ(0, text_write(SWITCH, "oom"));
	close(other);
	EXPECT_TRUE(is_set_to("oom"));
	eat();
	EXPECT_EQ(3, count_of("oom"));
}

TEST_F_TIMEOUT(events_held, who_is_killed_holds_nothing, 120)
{
	pid_t child = fork();

	if (!child) {
		hold("all");
		for (;;)
			pause();
	}
	for (double since = 0; count_of("oom") < 0 && wait_on(&since, 60);)
		;
	EXPECT_EQ(0, count_of("oom"));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	EXPECT_EQ(-1, count_of("oom"));
}

/* --- the command --- */

/* pfnscope events ARGUMENT..., whose answer and remarks go to files. */
static pid_t command(char *const arguments[])
{
	pid_t child = fork();

	if (child)
		return child;
	dup2(open(SHOWN, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
	dup2(open(SAID, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
	execvp("pfnscope", arguments);
	_exit(127);
}

/* Until the command has switched it on: it shows whatever comes from then on. */
static void wait_for_it(void)
{
	double since = 0;

	while (count_of("oom") < 0 && wait_on(&since, 60))
		;
}

static size_t lines_that_are(const char *path, const char *whole)
{
	char *text = text_need(path), *at = text, *line;
	size_t count = 0;

	while ((line = text_line(&at)))
		count += !strcmp(line, whole);
	free(text);
	return count;
}

static size_t lines_of(const char *path, const char *with)
{
	char *text = text_need(path), *at = text, *line;
	size_t count = 0;

	while ((line = text_line(&at)))
		count += strstr(line, with) != NULL;
	free(text);
	return count;
}

/* With what status it ends; -1 where it was killed. */
static int status_of(pid_t child)
{
	int status = -1;

	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F_TIMEOUT(events_held, the_command_follows_what_the_file_has, 240)
{
	char *const arguments[] = { "pfnscope", "events", "-f", "--raw", "-n", "-o", "event,cpu,number", NULL };
	char line[128];
	struct table t;
	pid_t child;

	child = command(arguments);
	wait_for_it();
	for (int i = 0; i < 3; i++)
		eat();
	/* As long as it is there the file has what it has seen. */
	for (double since = 0; lines_of(SHOWN, "oom ") < 3 && wait_on(&since, 60);)
		;
	table_need(&t, "events");
	EXPECT_TRUE(is_set_to("off"));
	kill(child, SIGINT);
	EXPECT_EQ(0, status_of(child));
	EXPECT_EQ(-1, count_of("oom"));
	EXPECT_EQ(3, lines_of(SHOWN, "oom "));
	for (size_t row = 0; row < t.rows; row++) {
		snprintf(line, sizeof(line), "%s %s %s", table_cell(&t, row, "event"), table_cell(&t, row, "cpu"),
			 table_cell(&t, row, "number"));
		EXPECT_EQ(1, lines_that_are(SHOWN, line)) TH_LOG("%s", line);
	}
	EXPECT_EQ(0, lines_of(SAID, ""));
	table_free(&t);
}

TEST_F_TIMEOUT(events_held, the_command_ends_after_so_many, 240)
{
	char *const arguments[] = { "pfnscope", "events", "-f", "--json", "--kind", "oom", "--top", "2", NULL };
	pid_t child;

	child = command(arguments);
	wait_for_it();
	eat();
	eat();
	EXPECT_EQ(0, status_of(child));
	EXPECT_EQ(2, lines_of(SHOWN, "\"event\": \"oom\""));
	EXPECT_EQ(2, lines_of(SHOWN, ""));
	EXPECT_EQ(-1, count_of("oom"));
}

TEST_F_TIMEOUT(events_held, the_command_shows_those_of_some_time, 240)
{
	char *const arguments[] = { "pfnscope", "events", "--for", "1000s", "--kind", "oom", "--raw", "-n", NULL };
	pid_t child;

	child = command(arguments);
	wait_for_it();
	eat();
	eat();
	kill(child, SIGINT);
	EXPECT_EQ(0, status_of(child));
	EXPECT_EQ(2, lines_of(SHOWN, " oom "));
	EXPECT_EQ(2, lines_of(SHOWN, ""));
	EXPECT_EQ(-1, count_of("oom"));
}

TEST_F_TIMEOUT(events_held, the_command_sets_stalls_beside_the_pressure, 240)
{
	char *const arguments[] = { "pfnscope", "stalls", "--for", "1000s", "--raw", "-n", "-o", "cgroup,event,orders,count", NULL };
	long long count = 0, limits = 0;
	char *text, *at;
	pid_t child, eater;

	cgroup_make("eats", "memory.max", "8M");
	child = command(arguments);
	wait_for_it();
	eater = fork();
	if (!eater) {
		cgroup_enter("eats");
		cgroup_eat();
		_exit(0);
	}
	waitpid(eater, NULL, 0);
	kill(child, SIGINT);
	EXPECT_EQ(0, status_of(child));
	/* It reclaims whenever it is at its limit, but for what may not wait; all tasks are below the root. */
	text = text_need(CGROUP "/eats/memory.events");
	EXPECT_TRUE(text_value(text, "max", &limits));
	free(text);
	text = text_need(SHOWN);
	at = strstr(text, "/eats memcg_reclaim 0 ");
	ASSERT_NE(NULL, at) TH_LOG("%s", text);
	count = atoll(at + strlen("/eats memcg_reclaim 0 "));
	EXPECT_LT(0, count);
	EXPECT_LE(count, limits);
	EXPECT_LE(limits, count + 2);
	free(text);
	EXPECT_EQ(1, lines_of(SHOWN, "/eats memcg_reclaim "));
	EXPECT_EQ(1, lines_that_are(SHOWN, "/eats other - -"));
	EXPECT_EQ(1, lines_of(SHOWN, "/ memcg_reclaim 0 "));
	EXPECT_EQ(1, lines_that_are(SHOWN, "/ other - -"));
	EXPECT_EQ(-1, count_of("oom"));
	cgroup_remove("eats");
}

TEST_F_TIMEOUT(events_held, the_command_leaves_it_as_it_was, 240)
{
	char *const arguments[] = { "pfnscope", "events", "-f", "--top", "1", "--kind", "memcg_reclaim", "--raw", "-n", NULL };
	int eaten = 1, status = -1;
	double since = 0;
	pid_t child;

	ASSERT_EQ(0, text_write(SWITCH, "steal oom"));
	eat();
	child = command(arguments);
	do {
		eat();
		eaten++;
	} while (!waitpid(child, &status, WNOHANG) && wait_on(&since, 60));
	EXPECT_EQ(0, status);
	EXPECT_EQ(1, lines_of(SHOWN, " memcg_reclaim "));
	EXPECT_EQ(1, lines_of(SHOWN, ""));
	EXPECT_TRUE(is_set_to("steal oom"));
	EXPECT_EQ(eaten, count_of("oom"));
}

TEST_HARNESS_MAIN
