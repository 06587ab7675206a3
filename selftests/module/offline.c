// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=512M --append nokaslr --smp 4 --timeout 600
// ko: known
/*
 * What `pfnscope offline` foretells of each block of memory, against the kernel: "offline" is really written to the state
 * of all of them. Of what is on its way between the forecast and the write, the forecast of after the write decides.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/ko.h"
#include "lib/text.h"

#define MEMORY	"/sys/devices/system/memory"
#define KNOWN	"/sys/kernel/debug/known"
#define BLOCKS	64
#define MIB	(1L << 20)

/* So few pages may be given back before the kernel has looked. */
#define FEW	16

struct block {
	char name[32], zone[16], verdict[16];
	long long move, held;
};

struct forecast {
	size_t n;
	struct block at[BLOCKS];
};

/* More than the last block has room for, which never goes: it has a hole. */
static char filled[192 * MIB] __attribute__((aligned(2 * MIB)));

/* Of one block, or of all where @name is "". */
static void foretell(struct forecast *f, const char *name)
{
	char command[160], line[256];
	struct block *b;
	FILE *pipe;

	snprintf(command, sizeof(command), "pfnscope offline %s --raw -n -o block,zone,verdict,move_pages,held_pages", name);
	pipe = popen(command, "r");
	f->n = 0;
	while (pipe && f->n < BLOCKS && fgets(line, sizeof(line), pipe)) {
		b = &f->at[f->n];
		*b = (struct block){ .move = -1, .held = -1 };
		if (sscanf(line, "%31s %15s %15s %lld %lld", b->name, b->zone, b->verdict, &b->move, &b->held) >= 3)
			f->n++;
	}
	if (!pipe || pclose(pipe) || !f->n) {
		printf("Bail out! %s answers nothing\n", command);
		exit(1);
	}
}

static void nothing(int signal)
{
	(void)signal;
}

/*
 * The kernel tries until a signal comes where it has once begun. 0 or -errno. @seconds are not a limit for success: of what
 * goes offline there is none.
 */
static int write_state(const char *name, const char *word, unsigned int seconds)
{
	struct sigaction act = { .sa_handler = nothing }, old;
	char path[128];
	int error;

	snprintf(path, sizeof(path), MEMORY "/%s/state", name);
	if (!seconds)
		return text_write(path, word);
	/* The harness has the alarm: what it would have ended is put off. */
	sigaction(SIGUSR1, &act, &old);
	pid_t killer = fork();
	if (!killer) {
		sleep(seconds);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	error = text_write(path, word);
	kill(killer, SIGKILL);
	waitpid(killer, NULL, 0);
	sigaction(SIGUSR1, &old, NULL);
	return error;
}

static int bring_back(const struct block *b)
{
	return write_state(b->name, strcmp(b->zone, "Movable") ? "online_kernel" : "online_movable", 0);
}

static bool goes(const char *verdict)
{
	return !strcmp(verdict, "now") || !strcmp(verdict, "moves");
}

FIXTURE(offline)
{
	struct forecast all;
};

FIXTURE_SETUP(offline)
{
	/* Whoever had this guest before may have left blocks offline. */
	foretell(&self->all, "");
	for (size_t i = 0; i < self->all.n; i++)
		if (!strcmp(self->all.at[i].verdict, "offline"))
			ASSERT_EQ(0, write_state(self->all.at[i].name, "online_movable", 0));
	/* In ZONE_MOVABLE, until that is full; no huge pages, of which references are not counted so. */
	madvise(filled, sizeof(filled), MADV_NOHUGEPAGE);
	for (size_t at = 0; at < sizeof(filled); at += (size_t)page_bytes())
		filled[at] = 1;
	drain_lru();
	foretell(&self->all, "");
}

FIXTURE_TEARDOWN(offline)
{
	madvise(filled, sizeof(filled), MADV_DONTNEED);
	if (!access(KNOWN, F_OK))
		text_write(KNOWN, "none");
}

/* A block that is said to go has gone, or it is no longer said to go. */
static bool keeps_word(const struct block *b, char *why, size_t size)
{
	struct forecast again;
	int error = 0;

	for (int tries = 0; tries < 5; tries++) {
		error = write_state(b->name, "offline", 60 * patience());
		if (!error)
			return !bring_back(b) || (snprintf(why, size, "does not come back"), false);
		foretell(&again, b->name);
		printf("# %s: %s, to move %lld, held %lld: %s; now %s\n", b->name, b->verdict, b->move, b->held,
		       strerror(-error), again.at[0].verdict);
		if (!goes(again.at[0].verdict))
			return true;
	}
	snprintf(why, size, "%s", strerror(-error));
	return false;
}

TEST_F_TIMEOUT(offline, what_is_foretold_to_go_goes, 400)
{
	int went = 0, moved = 0, of_movable = 0;
	char why[128] = "";

	for (size_t i = 0; i < self->all.n; i++) {
		const struct block *b = &self->all.at[i];

		printf("# %s %s %s to move %lld held %lld\n", b->name, b->zone, b->verdict, b->move, b->held);
		if (!goes(b->verdict))
			continue;
		EXPECT_EQ(!strcmp(b->verdict, "now"), !b->move);
		EXPECT_EQ(0, b->held);
		EXPECT_TRUE(keeps_word(b, why, sizeof(why))) TH_LOG("%s is said to go, %s: %s", b->name, b->verdict, why);
		went++;
		moved += b->move > 0;
		of_movable += !strcmp(b->zone, "Movable");
	}
	EXPECT_LT(1, went);
	EXPECT_LT(0, moved);
	EXPECT_LT(1, of_movable);
}

TEST_F_TIMEOUT(offline, what_is_foretold_never_to_go_stays, 400)
{
	int never = 0, error;

	for (size_t i = 0; i < self->all.n; i++) {
		const struct block *b = &self->all.at[i];

		if (strcmp(b->verdict, "never"))
			continue;
		error = write_state(b->name, "offline", 5);
		if (!error) {
			EXPECT_GE(FEW, b->held) TH_LOG("%s went, whose %lld pages do not move", b->name, b->held);
			EXPECT_EQ(0, bring_back(b));
			continue;
		}
		printf("# %s: held %lld: %s\n", b->name, b->held, strerror(-error));
		never++;
	}
	EXPECT_LT(0, never);
	EXPECT_STREQ("memory0", self->all.at[0].name);
	EXPECT_STREQ("never", self->all.at[0].verdict);
}

/* The name of the block in which a page lies. */
static void name_of(unsigned long pfn, char *name, size_t size)
{
	char *text = text_need(MEMORY "/block_size_bytes");
	unsigned long pages = strtoul(text, NULL, 16) / (unsigned long)page_bytes();

	free(text);
	snprintf(name, size, "memory%lu", pfn / pages);
}

static void name_of_page(const void *page, char *name, size_t size)
{
	static struct frames frames;

	frames.n = 0;
	*name = '\0';
	if (frames_add_memory(&frames, page, (size_t)page_bytes()))
		name_of(frames.at[0].pfn, name, size);
}

/* A page of ours in a block of ZONE_MOVABLE that would go: some are in the last one, which has a hole. */
static char *page_that_goes(const struct forecast *all, char *name, size_t size)
{
	for (size_t at = 0; at < sizeof(filled); at += MIB) {
		name_of_page(filled + at, name, size);
		for (size_t i = 0; i < all->n; i++)
			if (!strcmp(all->at[i].name, name) && goes(all->at[i].verdict) && !strcmp(all->at[i].zone, "Movable"))
				return filled + at;
	}
	return NULL;
}

/* A pipe holds the page: nobody can tell for how long. */
TEST_F_TIMEOUT(offline, a_pinned_page_makes_it_uncertain, 300)
{
	char name[32], byte[1 << 16], why[128] = "";
	struct iovec iov = { .iov_len = (size_t)page_bytes() };
	struct forecast f;
	double since = 0;
	int pipes[2];

	iov.iov_base = page_that_goes(&self->all, name, sizeof(name));
	ASSERT_NE(NULL, iov.iov_base);
	ASSERT_EQ(0, pipe(pipes));
	ASSERT_EQ(page_bytes(), vmsplice(pipes[1], &iov, 1, 0));
	drain_lru();
	/* It may have moved before it was held. */
	name_of_page(iov.iov_base, name, sizeof(name));
	foretell(&f, name);
	EXPECT_STREQ("uncertain", f.at[0].verdict);
	EXPECT_LE(1, f.at[0].held);
	EXPECT_GT(0, write_state(name, "offline", 3)) TH_LOG("%s went", name);
	ASSERT_EQ(page_bytes(), read(pipes[0], byte, sizeof(byte)));
	close(pipes[0]);
	close(pipes[1]);
	do {
		drain_lru();
		foretell(&f, name);
	} while (!goes(f.at[0].verdict) && wait_on(&since, 10));
	EXPECT_TRUE(goes(f.at[0].verdict)) TH_LOG("%s: %s", name, f.at[0].verdict);
	EXPECT_TRUE(keeps_word(&f.at[0], why, sizeof(why))) TH_LOG("%s: %s", name, why);
}

/* 32 MiB of a device, in some blocks: they never go, and who has most of them is said by name. */
TEST_F(offline, who_is_in_the_way_is_named)
{
	char name[32], command[160], line[1024] = "", *text;
	unsigned long pfn;
	struct forecast f;
	FILE *pipe;

	if (access(KNOWN, F_OK))
		ko_load("/tests/known.ko", "");
	ASSERT_EQ(0, text_write(KNOWN, "managed 6"));
	text = text_need(KNOWN);
	ASSERT_EQ(1, sscanf(text, "%lu", &pfn));
	free(text);
	name_of(pfn, name, sizeof(name));
	foretell(&f, name);
	EXPECT_STREQ("never", f.at[0].verdict);
	snprintf(command, sizeof(command), "pfnscope offline %s --json", name);
	pipe = popen(command, "r");
	ASSERT_NE(NULL, pipe);
	text = NULL;
	while (fgets(line, sizeof(line), pipe))
		if (strstr(line, "pfnscope_known managed:"))
			text = line;
	EXPECT_EQ(0, pclose(pipe));
	EXPECT_NE(NULL, text) TH_LOG("%s does not name it", command);
}

TEST_HARNESS_MAIN
