// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the forecast true? Brings memory into a state, reads what `contiguity` says can be had, really
 * asks for that many huge pages and more, and prints both, one line a state:
 *
 *   STATE WRITTEN LEAST PREDICTED FIRST OBTAINED
 *
 * FIRST is what came of one write to nr_hugepages, of which the forecast says that it lies between
 * WRITTEN and PREDICTED. OBTAINED came with clean page cache dropped and memory compacted between two
 * questions, and lies between LEAST and PREDICTED. The kernel gives up on the first page that it cannot
 * make, long before nothing more can be had.
 *
 * Runs in a guest; each state is made by a child and gone with it. With STATES only those, with 1G
 * pages of 1 GiB, with "short" per-CPU lists as short as they can be set. The states of file cache read
 * /dev/nvme0n1.
 */

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE	4096UL
#define MIB	(1UL << 20)

static bool write_file(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY);
	bool ok = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value);

	if (fd >= 0)
		close(fd);
	return ok;
}

static long read_number(const char *path)
{
	FILE *file = fopen(path, "r");
	long number = -1;

	if (file && fscanf(file, "%ld", &number) != 1)
		number = -1;
	if (file)
		fclose(file);
	return number;
}

static unsigned long total_mib(void)
{
	return (unsigned long)sysconf(_SC_PHYS_PAGES) * PAGE / MIB;
}

static int order = 9;
static const char *pool = "/proc/sys/vm/nr_hugepages";

/* Where the column is in the line of names. */
static int find_column(const char *names, const char *wanted)
{
	char line[512], *word, *rest;
	int column = 0;

	snprintf(line, sizeof(line), "%s", names);
	for (word = strtok_r(line, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest), column++)
		if (!strcmp(word, wanted))
			return column;
	fprintf(stderr, "forecast: contiguity has no %s\n", wanted);
	exit(1);
}

static long cell(const char *row, int wanted)
{
	char line[512], *word, *rest;

	snprintf(line, sizeof(line), "%s", row);
	for (word = strtok_r(line, " \n", &rest); word && wanted; wanted--)
		word = strtok_r(NULL, " \n", &rest);
	return word ? atol(word) : 0;
}

struct forecast {
	long written, least, most;
};

/* written_blocks and obtainable_blocks of that order, all zones, and these without unsure_blocks. */
static struct forecast predict(void)
{
	FILE *file = fopen("/sys/kernel/debug/pfnscope/contiguity", "r");
	int orders, obtainable, unsure, written;
	struct forecast sum = { 0, 0, 0 };
	char line[512];

	if (!file || !fgets(line, sizeof(line), file) || !fgets(line, sizeof(line), file))
		exit(1);
	orders = find_column(line, "order");
	obtainable = find_column(line, "obtainable_blocks");
	unsure = find_column(line, "unsure_blocks");
	written = find_column(line, "written_blocks");
	while (fgets(line, sizeof(line), file)) {
		if (cell(line, orders) != order)
			continue;
		sum.written += cell(line, written);
		sum.most += cell(line, obtainable);
		sum.least += cell(line, obtainable) - cell(line, unsure);
	}
	fclose(file);
	return sum;
}

static long ask(void)
{
	char wish[32];

	snprintf(wish, sizeof(wish), "%lu", total_mib() / 2);
	write_file(pool, wish);
	return read_number(pool);
}

/*
 * Asks with help until nothing more comes, six times in a row, a moment apart: a watermark that was
 * boosted while we asked is down again when kswapd has run.
 */
static long ask_with_help(long got)
{
	long last;

	for (int idle = 0; idle < 6; idle = got > last ? 0 : idle + 1) {
		write_file("/proc/sys/vm/drop_caches", "1");
		write_file("/proc/sys/vm/compact_memory", "1");
		usleep(100000);
		last = got;
		got = ask();
	}
	return got;
}

static char *anon(unsigned long mib)
{
	char *memory = mmap(NULL, mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exit(1);
	madvise(memory, mib * MIB, MADV_NOHUGEPAGE);
	for (unsigned long i = 0; i < mib * MIB; i += PAGE)
		memory[i] = 1;
	return memory;
}

/*
 * One page in @every, the same in each run but at no regular distance: behind blocks without a free
 * page compaction looks for free ones at every 32nd page only, and finds all or none of a pattern.
 */
static bool chosen(unsigned long offset, unsigned long every)
{
	unsigned long hash = (offset / PAGE + 1) * 0x9e3779b97f4a7c15UL;

	hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9UL;
	return (hash >> 33) % every == 0;
}

/* Leaves one page in @keep of an area. */
static void thin_out(char *memory, unsigned long mib, unsigned long keep)
{
	for (unsigned long i = 0; i < mib * MIB; i += PAGE)
		if (!chosen(i, keep))
			madvise(memory + i, PAGE, MADV_DONTNEED);
}

static void nothing(unsigned long mib)
{
}

static void solid(unsigned long mib)
{
	anon(mib / 2);
}

static void half(unsigned long mib)
{
	thin_out(anon(mib / 2), mib / 2, 2);
}

static void sparse(unsigned long mib)
{
	thin_out(anon(mib * 2 / 3), mib * 2 / 3, 16);
}

static void crowded(unsigned long mib)
{
	char *memory = anon(mib * 2 / 3);

	for (unsigned long i = 0; i < mib * 2 / 3 * MIB; i += PAGE)
		if (chosen(i, 4))
			madvise(memory + i, PAGE, MADV_DONTNEED);
}

static void huge(unsigned long mib)
{
	char *memory = aligned_alloc(2 * MIB, mib / 3 * MIB);

	madvise(memory, mib / 3 * MIB, MADV_HUGEPAGE);
	memset(memory, 1, mib / 3 * MIB);
}

static void locked(unsigned long mib)
{
	char *memory = anon(mib / 3);

	thin_out(memory, mib / 3, 4);
	for (unsigned long i = 0; i < mib / 3 * MIB; i += PAGE)
		if (chosen(i, 4))
			mlock(memory + i, PAGE);
}

/* Holes in a tmpfs file: pages that move, but that no reclaim frees. */
static void tmpfs(unsigned long mib)
{
	int fd = open("/tmp/forecast", O_CREAT | O_RDWR | O_TRUNC, 0600);
	static char page[PAGE];

	for (unsigned long i = 0; i < mib / 3 * MIB; i += PAGE)
		if (pwrite(fd, page, PAGE, (off_t)i) < 0)
			break;
	for (unsigned long i = 0; i < mib / 3 * MIB; i += PAGE)
		if (chosen(i, 2))
			fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)i, PAGE);
}

static void tmpfs_end(void)
{
	unlink("/tmp/forecast");
}

static const char *const disk = "/dev/nvme0n1";

/* Clean page cache, which is the device's own, up to that many MiB. */
static int cache(unsigned long mib)
{
	static char buffer[MIB];
	int fd = open(disk, O_RDONLY);

	if (fd < 0)
		exit(1);
	while (mib-- && read(fd, buffer, MIB) > 0)
		;
	return fd;
}

static void file_clean(unsigned long mib)
{
	cache(mib / 2);
}

/* Half of the cache's pages dropped again. */
static void file_holes(unsigned long mib)
{
	int fd = cache(mib / 2);

	for (unsigned long i = 0; i < mib / 2 * MIB; i += PAGE)
		if (chosen(i, 2))
			posix_fadvise(fd, (off_t)i, PAGE, POSIX_FADV_DONTNEED);
}

/* Cache between pages of a process, half of each. */
static void file_mixed(unsigned long mib)
{
	unsigned long size = mib / 2 * MIB;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open(disk, O_RDONLY);
	char buffer[PAGE];

	if (memory == MAP_FAILED || fd < 0)
		exit(1);
	madvise(memory, size, MADV_NOHUGEPAGE);
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	for (unsigned long i = 0; i < size; i += PAGE) {
		if (chosen(i, 2))
			memory[i] = 1;
		else if (pread(fd, buffer, PAGE, (off_t)i) < 0)
			exit(1);
	}
}

static volatile char *map_cache(unsigned long mib)
{
	volatile char *memory = mmap(NULL, mib * MIB, PROT_READ, MAP_SHARED, cache(mib), 0);

	if (memory == MAP_FAILED)
		exit(1);
	for (unsigned long i = 0; i < mib * MIB; i += PAGE)
		(void)memory[i];
	return memory;
}

static void file_mapped(unsigned long mib)
{
	map_cache(mib / 4);
}

/* The same, and a process that never stops to look at these pages. */
static void file_touched(unsigned long mib)
{
	volatile char *memory = map_cache(mib / 4);

	if (fork())
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned long i = 0;; i = (i + PAGE) % (mib / 4 * MIB))
		(void)memory[i];
}

/* Half of what memory there is, in files. */
static void tmpfs_full(unsigned long mib)
{
	int fd = open("/tmp/forecast", O_CREAT | O_RDWR | O_TRUNC, 0600);
	static char buffer[MIB];

	for (unsigned long i = 0; i < mib * 2 / 5; i++)
		if (write(fd, buffer, MIB) < 0)
			break;
}

/* A page table for every page. */
static void tables(unsigned long mib)
{
	unsigned long many = mib * 16;
	char *memory = mmap(NULL, many * 2 * MIB, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		exit(1);
	madvise(memory, many * 2 * MIB, MADV_NOHUGEPAGE);
	for (unsigned long i = 0; i < many; i++)
		memory[i * 2 * MIB] = 1;
}

/* Pages that a pipe holds, one in 64, all over an area. */
static void pinned(unsigned long mib)
{
	unsigned long step = 64 * PAGE, i = 0, size = mib / 3 * MIB;
	char *memory = anon(mib / 3);

	while (i < size) {
		int ends[2], k;

		if (pipe(ends))
			break;
		for (k = 0; k < 16 && i < size; k++, i += step) {
			struct iovec iov = { memory + i, PAGE };

			if (vmsplice(ends[1], &iov, 1, 0) < 0)
				break;
		}
	}
	for (i = 0; i < size; i += PAGE)
		if (i % step)
			madvise(memory + i, PAGE, MADV_DONTNEED);
}

/* Inodes and dentries of files; every second one is removed. */
static void inodes(unsigned long mib)
{
	char name[64];

	mkdir("/tmp/inodes", 0700);
	for (unsigned long i = 0; i < mib * 15; i++) {
		snprintf(name, sizeof(name), "/tmp/inodes/%lu", i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
	for (unsigned long i = 0; i < mib * 15; i += 2) {
		snprintf(name, sizeof(name), "/tmp/inodes/%lu", i);
		unlink(name);
	}
}

static void inodes_end(void)
{
	char name[64];

	for (unsigned long i = 0; i < total_mib() * 15; i++) {
		snprintf(name, sizeof(name), "/tmp/inodes/%lu", i);
		unlink(name);
	}
	rmdir("/tmp/inodes");
}

/* Two tasks take turns of one to eight pages, and one of them goes. */
static void interleaved(unsigned long mib)
{
	unsigned long size = mib / 3 * MIB, at[2] = { 0, 0 }, turn = 0, run;
	char *memory[2];

	for (int i = 0; i < 2; i++) {
		memory[i] = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory[i] == MAP_FAILED)
			exit(1);
		madvise(memory[i], size, MADV_NOHUGEPAGE);
	}
	for (; at[0] < size && at[1] < size; turn++)
		for (run = 1 + turn * 7 % 11 % 8; run && at[turn % 2] < size; run--, at[turn % 2] += PAGE)
			memory[turn % 2][at[turn % 2]] = 1;
	munmap(memory[0], size);
}

/* Every second page, at a regular distance. */
static void every_second(unsigned long mib)
{
	unsigned long size = mib * 3 / 5 * MIB;
	char *memory = anon(mib * 3 / 5);

	for (unsigned long i = 0; i < size; i += 2 * PAGE)
		madvise(memory + i, PAGE, MADV_DONTNEED);
}

static void tmpfs_locked(unsigned long mib)
{
	tmpfs(mib);
	locked(mib / 2);
}

/* Page cache, of which a part is mapped, inodes, and half of a process's pages. */
static void cache_inodes(unsigned long mib)
{
	file_mapped(mib / 2);
	cache(mib / 4);
	inodes(mib / 2);
	thin_out(anon(mib / 3), mib / 3, 2);
}

/* Page cache, inodes, and every second page. */
static void cache_every_second(unsigned long mib)
{
	unsigned long size = mib / 3 * MIB;
	char *memory;

	cache(mib / 3);
	memory = anon(mib / 3);
	for (unsigned long i = 0; i < size; i += 2 * PAGE)
		madvise(memory + i, PAGE, MADV_DONTNEED);
	inodes(mib / 4);
}

/* What pipes and sockets hold, between holes. */
static void pipes_sockets(unsigned long mib)
{
	static char page[PAGE];
	int ends[2];

	thin_out(anon(mib / 4), mib / 4, 4);
	for (int i = 0; i < 200 && !pipe2(ends, O_NONBLOCK); i++)
		while (write(ends[1], page, PAGE) > 0)
			;
	for (int i = 0; i < 60 && !socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends); i++)
		while (send(ends[1], page, PAGE, 0) > 0)
			;
	thin_out(anon(mib / 4), mib / 4, 4);
}

static const struct state {
	const char *name;
	void (*make)(unsigned long mib);
	void (*end)(void);
} states[] = {
	{ "nothing", nothing, NULL },
	{ "anon-solid", solid, NULL },
	{ "anon-half", half, NULL },
	{ "anon-sparse", sparse, NULL },
	{ "anon-crowded", crowded, NULL },
	{ "huge-pages", huge, NULL },
	{ "locked", locked, NULL },
	{ "tmpfs-holes", tmpfs, tmpfs_end },
	{ "tmpfs-full", tmpfs_full, tmpfs_end },
	{ "file-clean", file_clean, NULL },
	{ "file-holes", file_holes, NULL },
	{ "file-mixed", file_mixed, NULL },
	{ "file-mapped", file_mapped, NULL },
	{ "file-touched", file_touched, NULL },
	{ "page-tables", tables, NULL },
	{ "pinned", pinned, NULL },
	{ "inodes", inodes, inodes_end },
	{ "interleaved", interleaved, NULL },
	{ "every-second", every_second, NULL },
	{ "tmpfs-holes-locked", tmpfs_locked, tmpfs_end },
	{ "cache-inodes-half", cache_inodes, inodes_end },
	{ "cache-every-second", cache_every_second, inodes_end },
	{ "pipes-sockets-holes", pipes_sockets, NULL },
};

static void try(const struct state *state, const char *suffix)
{
	struct forecast forecast;
	long first, obtained;
	int ready[2];
	char byte;
	pid_t child;

	write_file("/proc/sys/vm/drop_caches", "3");
	write_file("/proc/sys/vm/compact_memory", "1");
	if (pipe(ready))
		exit(1);
	child = fork();
	if (!child) {
		state->make(total_mib());
		if (write(ready[1], "x", 1) < 0)
			_exit(1);
		pause();
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1) {
		fprintf(stderr, "forecast: %s could not be made\n", state->name);
		exit(1);
	}
	forecast = predict();
	first = ask();
	obtained = ask_with_help(first);
	write_file(pool, "0");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ready[0]);
	if (state->end)
		state->end();
	printf("%s%s %ld %ld %ld %ld %ld\n", state->name, suffix, forecast.written, forecast.least, forecast.most, first,
	       obtained);
	fflush(stdout);
}

static void all(char **names, const char *suffix)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		bool wanted = !*names;

		for (char **name = names; *name; name++)
			wanted |= !strcmp(*name, states[i].name);
		if (wanted)
			try(&states[i], suffix);
	}
}

int main(int argc, char **argv)
{
	static const char *const lru = "/sys/kernel/mm/lru_gen/enabled";
	char **names = argv + 1;

	if (argc > 1 && !strcmp(argv[1], "1G")) {
		order = 18;
		pool = "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages";
		names++;
	}
	if (argc > 1 && !strcmp(argv[1], "short")) {
		if (!write_file("/proc/sys/vm/percpu_pagelist_high_fraction", "1000000"))
			return 0;
		names++;
	}
	if (write_file(lru, "n")) {
		all(names, "");
		write_file(lru, "y");
		all(names, ",mglru");
		return 0;
	}
	all(names, "");
	return 0;
}
