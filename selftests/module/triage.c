// SPDX-License-Identifier: GPL-2.0-only
// guest: --timeout 600 --kmod zstd --kmod zram
// kernels: plain
/*
 * States whose cause is known beforehand: of each, the right check of "pfnscope triage" fires, and
 * no other one is critical. A guest that does nothing has nothing above a note. Not on a debug kernel,
 * which is too slow for what happens in a second to be more than a note.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/memory.h"
#include "lib/text.h"
#include "lib/zram.h"

#define MIB	(1UL << 20)
#define POOL	"/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"

/* --- what triage says --- */

static const char *const levels[] = { "ok", "note", "warn", "crit" };

enum { OK, NOTE, WARN, CRIT };

/* Rows "level check where number because". */
static char answer[65536];

static void ask(const char *options)
{
	char command[160];
	size_t length;
	FILE *pipe;

	snprintf(command, sizeof(command), "pfnscope triage --raw -n -o level,check,where,number,because %s", options);
	pipe = popen(command, "r");
	length = pipe ? fread(answer, 1, sizeof(answer) - 1, pipe) : 0;
	answer[length] = '\0';
	if (pipe)
		pclose(pipe);
	if (length)
		return;
	printf("# %s answers nothing\n", command);
	exit(1);
}

static int level_named(const char *word, size_t length)
{
	for (int i = OK; i <= CRIT; i++)
		if (strlen(levels[i]) == length && !strncmp(word, levels[i], length))
			return i;
	return -1;	/* unknown */
}

static bool is_among(const char *names, const char *name, size_t length)
{
	char word[64];

	snprintf(word, sizeof(word), " %.*s ", (int)length, name);
	return strstr(names, word);
}

/* The worst level of the check @name, or, where it is NULL, of all but @but, " these two "; those above @shown are told. */
static int worst(const char *name, const char *but, int shown)
{
	char *copy = strdup(answer), *at = copy, *line;
	int most = -1;

	while ((line = text_line(&at))) {
		char *check = strchr(line, ' ');
		int level = check ? level_named(line, (size_t)(check - line)) : -1;
		size_t length = check ? strcspn(++check, " ") : 0;

		if (!length || (name && (strlen(name) != length || strncmp(check, name, length))) ||
		    (but && is_among(but, check, length)))
			continue;
		if (level > shown)
			printf("# %s\n", line);
		most = level > most ? level : most;
	}
	free(copy);
	return most;
}

/* Asks until @check has reached @level, for a state that has to build up. */
static void ask_until(const char *options, const char *check, int level)
{
	double since = 0;

	do {
		ask(options);
	} while (worst(check, NULL, CRIT) < level && wait_on(&since, 60));
}

/* --- states --- */

static long long refaults(void)
{
	char *text = text_need("/proc/vmstat");
	long long pages = 0;

	text_value(text, "workingset_refault_anon", &pages);
	free(text);
	return pages;
}

/* Of fewer than 256 pages a second triage says no more than a note. */
static bool is_too_slow(void)
{
	long long before = refaults();

	sleep(2);
	return refaults() - before < 4 * 256;
}

static long long meminfo(const char *name)
{
	char *text = text_need("/proc/meminfo");
	long long kb = 0;

	text_value(text, name, &kb);
	free(text);
	return kb;
}

/* A child that does @what, which tells when it is done by a byte; it ends with this process. */
static pid_t child(void (*what)(int ready))
{
	int ends[2];
	pid_t pid;
	char byte;

	if (pipe(ends))
		return -1;
	pid = fork();
	if (!pid) {
		close(ends[0]);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		text_write("/proc/self/oom_score_adj", "1000");
		what(ends[1]);
		_exit(1);
	}
	close(ends[1]);
	if (pid > 0 && read(ends[0], &byte, 1) != 1)
		pid = -1;
	close(ends[0]);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void tell(int ready)
{
	if (write(ready, "", 1) != 1)
		_exit(1);
}

static bool is_left(void)
{
	return meminfo("MemAvailable:") * 1000 / meminfo("MemTotal:") >= 40;
}

/* Eats what others give back too: the slabs of those that ran before go late. */
static void eat(int ready)
{
	for (bool told = false;; told = true) {
		while (is_left()) {
			char *piece = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			if (piece == MAP_FAILED)
				return;
			memset(piece, 1, MIB);
		}
		if (!told)
			tell(ready);
		usleep(100000);
	}
}

/* Twice of what its cgroup may have, over and over; no page is like another, for zram. */
static void thrash(int ready)
{
	size_t size = 48 * MIB;
	unsigned int *map;

	cgroup_enter("thrash");
	map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return;
	madvise(map, size, MADV_NOHUGEPAGE);
	for (unsigned int round = 0;; round++) {
		for (size_t i = 0; i < size / PAGE; i++)
			map[i * PAGE / sizeof(*map)] += (unsigned int)i * 2654435761U + round;
		if (round == 1)
			tell(ready);
	}
}

static void end_thrash(pid_t pid)
{
	end(pid);
	cgroup_remove("thrash");
	zram_off();
}

/* --- tests --- */

/*
 * What those that ran before in this boot may have left behind: pressure is a mean over a minute, kills are
 * counted since boot; and in a guest whose files lie in its initramfs there is nothing to reclaim, so that kswapd
 * gives up where much is asked for, and stays so until somebody else has reclaimed.
 */
#define LEFT " kswapd psi.some psi.full oom "

FIXTURE(triage)
{
	int none;
};

FIXTURE_SETUP(triage)
{
	self->none = 0;
}

FIXTURE_TEARDOWN(triage)
{
	(void)self;
}

TEST_F_TIMEOUT(triage, a_healthy_guest_has_nothing_above_a_note, 240)
{
	ask("");
	EXPECT_LE(worst(NULL, LEFT, NOTE), NOTE);
	EXPECT_EQ(OK, worst("available", NULL, CRIT));
	EXPECT_EQ(OK, worst("headroom", NULL, CRIT));
}

TEST_F_TIMEOUT(triage, memory_full_of_anonymous_pages, 240)
{
	pid_t pid = child(eat);

	ASSERT_GT(pid, 0);
	ask("");
	EXPECT_EQ(CRIT, worst("available", NULL, CRIT));
	EXPECT_LE(worst(NULL, " available" LEFT, WARN), WARN);
	end(pid);
}

TEST_F_TIMEOUT(triage, a_cgroup_that_swaps_what_it_needs, 240)
{
	pid_t pid;

	ASSERT_TRUE(zram_on());
	cgroup_make("thrash", "memory.max", "24M");
	pid = child(thrash);
	ASSERT_GT(pid, 0);
	ask_until("", "thrash", WARN);
	if (worst("thrash", NULL, CRIT) < WARN && is_too_slow())
		SKIP(end_thrash(pid); return, "this guest swaps in fewer than 512 pages a second");
	EXPECT_GE(worst("thrash", NULL, CRIT), WARN);
	/* By how many pages is the machine's; to zram it is no more than a note. */
	EXPECT_EQ(NOTE, worst("swap.rate", NULL, CRIT));
	EXPECT_LE(worst(NULL, " thrash" LEFT, WARN), WARN);
	ask_until("--cgroup /thrash", "cgroup.thrash", WARN);
	EXPECT_GE(worst("cgroup.max", NULL, CRIT), WARN);
	EXPECT_GE(worst("cgroup.thrash", NULL, CRIT), WARN);
	EXPECT_LE(worst(NULL, " cgroup.max cgroup.thrash cgroup.psi.full ", WARN), WARN);
	end_thrash(pid);
}

TEST_F_TIMEOUT(triage, a_pool_of_huge_pages_that_nobody_uses, 240)
{
	text_write(POOL, "16");
	ask("");
	EXPECT_EQ(NOTE, worst("hugetlb", NULL, CRIT));
	EXPECT_LE(worst(NULL, LEFT, NOTE), NOTE);
	text_write(POOL, "0");
	ask("--interval 0");
	EXPECT_EQ(OK, worst("hugetlb", NULL, CRIT));
}

TEST_HARNESS_MAIN
