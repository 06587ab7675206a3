// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --disk 64M --kmod zstd --kmod zram
// kernels: plain
/*
 * `pfnscope reclaim --plan` against what reclaim then takes: a cgroup with so much anonymous memory and page cache that
 * nobody uses, with either LRU. Pages are taken by memory.reclaim, before 6.1 by memory.high, and counted by the kernel's
 * pgsteal_anon and pgsteal_file. Not on a debug kernel, which is slow and tells nothing else.
 */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/ledger.h"
#include "lib/memory.h"
#include "lib/text.h"
#include "lib/zram.h"

#define SWITCH "/sys/kernel/mm/lru_gen/enabled"
#define HERE CGROUP "/planned"
#define MIB (1L << 20)
#define POINTS 100	/* of a thousand: ten of a hundred */

/* So many MiB of each, vm.swappiness, what is taken beforehand and what is foreseen, and how much may be swapped out. */
struct state {
	const char *name;
	long anon, file;
	int swappiness;
	long before, taken, swap;
};

static const struct state states[] = {
	{ "as much of both",			16, 16, 60, 0, 4, 60 },
	{ "as much of both, half of it",	16, 16, 60, 0, 12, 60 },
	{ "little of it",			16, 16, 60, 0, 1, 60 },
	{ "swappiness 0",			16, 16, 0, 0, 4, 60 },
	{ "swappiness 100",			16, 16, 100, 0, 8, 60 },
	{ "swappiness 10",			16, 16, 10, 0, 8, 60 },
	{ "mostly anonymous",			24, 4, 60, 0, 8, 60 },
	{ "mostly page cache",			4, 24, 60, 0, 8, 60 },
	{ "nothing but anonymous memory",	16, 0, 60, 0, 4, 60 },
	{ "nothing but page cache",		0, 24, 60, 0, 8, 60 },
	{ "no swap allowed",			16, 16, 60, 0, 4, 0 },
	{ "little swap allowed",		24, 8, 100, 0, 12, 4 },
	{ "again",				16, 16, 60, 4, 4, 60 },
	{ "again, swappiness 100",		16, 16, 100, 4, 4, 60 },
	{ "again, mostly anonymous",		24, 8, 100, 6, 4, 60 },
	{ "again, mostly page cache",		8, 24, 100, 6, 4, 60 },
};

/* --- a state --- */

static void hold(const struct state *state)
{
	static char block[MIB];
	int disk = open("/dev/nvme0n1", O_RDONLY);
	char *map;

	cgroup_enter("/planned");
	posix_fadvise(disk, 0, 0, POSIX_FADV_DONTNEED);
	posix_fadvise(disk, 0, 0, POSIX_FADV_RANDOM);
	for (long i = 0; i < state->file; i++)
		if (pread(disk, block, sizeof(block), i * MIB) != (ssize_t)sizeof(block))
			_exit(3);
	if (!state->anon)
		return;
	map = mmap(NULL, (size_t)(state->anon * MIB), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(map, (size_t)(state->anon * MIB), MADV_NOHUGEPAGE);
	for (long i = 0; i < state->anon * MIB; i += (long)PAGE)
		*(unsigned long *)(map + i) = (unsigned long)i * 2654435761U + 1;
	madvise(map, (size_t)(state->anon * MIB), MADV_COLD);
}

static pid_t start(const struct state *state)
{
	int ends[2];
	char byte;
	pid_t pid;

	if (pipe(ends))
		return -1;
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		hold(state);
		if (write(ends[1], "", 1) != 1)
			_exit(4);
		pause();
	}
	close(ends[1]);
	if (read(ends[0], &byte, 1) != 1)
		pid = -1;
	close(ends[0]);
	return pid;
}

static void stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	cgroup_remove("planned");
}

/* --- what is taken --- */

static long long counter(const char *name)
{
	char *text = text_need("/proc/vmstat");
	long long value = 0;

	text_value(text, name, &value);
	free(text);
	return value;
}

static void take(long mib)
{
	char bytes[24], *usage;

	snprintf(bytes, sizeof(bytes), "%ld", mib * MIB);
	if (!access(HERE "/memory.reclaim", F_OK)) {
		text_write(HERE "/memory.reclaim", bytes);
		return;
	}
	usage = text_need(HERE "/memory.current");
	snprintf(bytes, sizeof(bytes), "%lld", atoll(usage) - mib * MIB);
	free(usage);
	text_write(HERE "/memory.high", bytes);
	text_write(HERE "/memory.high", "max");
}

/* Thousandths of anonymous pages of all, and pages; -1 where nothing was taken. */
static int share(long long anon, long long file, long long *pages)
{
	*pages = anon + file;
	return *pages ? (int)(anon * 1000 / *pages) : -1;
}

static int plan(long mib, long long *pages)
{
	char command[160], group[32], answer[256];
	long long anon = 0, file = 0;
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "pfnscope reclaim --plan --cgroup /planned --pages %lld --raw -n -o cgroup,anon_pages,file_pages 2>/dev/null",
		 mib * MIB / page_bytes());
	pipe = popen(command, "r");
	if (!pipe || !fgets(answer, sizeof(answer), pipe) || sscanf(answer, "%31s %lld %lld", group, &anon, &file) != 3)
		printf("# %s answers nothing\n", command);
	if (pipe)
		pclose(pipe);
	return share(anon, file, pages);
}

static int real(long mib, long long *pages)
{
	long long anon = counter("pgsteal_anon"), file = counter("pgsteal_file");

	take(mib);
	return share(counter("pgsteal_anon") - anon, counter("pgsteal_file") - file, pages);
}

/* One state; true where the plan was near enough. */
static bool meets(const struct state *state, const char *lru)
{
	char value[24];
	long long planned, taken;
	int expected, got;
	bool near;
	pid_t pid;

	snprintf(value, sizeof(value), "%ld", state->swap * MIB);
	cgroup_make("planned", "memory.swap.max", value);
	snprintf(value, sizeof(value), "%d", state->swappiness);
	text_write("/proc/sys/vm/swappiness", value);
	pid = start(state);
	if (state->before)
		take(state->before);
	expected = plan(state->taken, &planned);
	got = real(state->taken, &taken);
	near = pid > 0 && abs(expected - got) <= POINTS;
	printf("# %s, %s: %d.%d%% of %lld foreseen, %d.%d%% of %lld taken%s\n", lru, state->name, expected / 10,
	       abs(expected % 10), planned, got / 10, abs(got % 10), taken, near ? "" : ": a miss");
	if (pid > 0)
		stop(pid);
	return near;
}

static void all_states(struct ledger *l, const char *lru)
{
	const int count = sizeof(states) / sizeof(*states);
	char topic[96], text[64];
	int near = 0;

	for (int i = 0; i < count; i++)
		near += meets(&states[i], lru);
	snprintf(topic, sizeof(topic), "%s: nine of ten plans are within ten points of what is taken", lru);
	snprintf(text, sizeof(text), "%d of %d", near, count);
	printf("# %s: %s\n", lru, text);
	ledger_enter_fact(l, topic, "", near * 10 >= count * 9, text);
}

int main(void)
{
	struct ledger l = { 0 };
	char *swappiness = text_need("/proc/sys/vm/swappiness"), *lru = text_read(SWITCH, NULL);

	ledger_enter_fact(&l, "there is swap", "", zram_on(), "zram");
	text_write(SWITCH, "n");
	all_states(&l, "lists");
	if (lru) {
		text_write(SWITCH, "y");
		all_states(&l, "generations");
	}
	if (lru)
		text_write(SWITCH, lru);
	text_write("/proc/sys/vm/swappiness", swappiness);
	free(lru);
	free(swappiness);
	zram_off();
	return ledger_report(&l, "reclaim_plan");
}
