// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the benchmarks measure with, in a guest or on the host: the median of many runs.
 *
 *   timings read N FILE FILE...     opening, reading and closing each file, in turn: one line a file
 *   timings best N FILE FILE...     likewise, but the fastest run of each: what other work of the machine
 *                                   did not fall on
 *   timings load N MODULE.ko        loading a module, which is unloaded in between and loaded at the end
 *   timings spawn N COMMAND ARG...  a command from start to end, its output thrown away
 *   timings peak N COMMAND ARG...   the most memory of a command, its output thrown away
 *   timings faults N FILE FILE...   page faults a second of one task while another one spins, and while
 *                                   it reads each file again and again: the medians of N rounds in turn
 *   timings switched N FILE TEXT TEXT...  page faults a second, then a fork and the end of the child, after each
 *                                   text was written to the file: the medians of N rounds in turn, first forwards,
 *                                   then backwards
 *   timings hold PERCENT            takes that part of the free memory, page by page, and keeps it
 *   timings riddle PERCENT          likewise, but gives every other page back
 *
 * Prints microseconds as "123.4us", memory as "123.4MB", and faults as "123.4f".
 */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void die(const char *what)
{
	fprintf(stderr, "timings: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_median(double *figures, int n, const char *unit)
{
	qsort(figures, (size_t)n, sizeof(*figures), by_size);
	printf("%.1f%s\n", figures[n / 2], unit);
}

static double time_read(const char *path)
{
	static char buf[65536];
	double start = now_us();
	int fd = open(path, O_RDONLY);
	ssize_t n, all = 0;

	if (fd < 0)
		die(path);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		all += n;
	close(fd);
	if (n < 0 || !all)
		die(path);
	return now_us() - start;
}

/* All of them, or the least in the first place. */
static void keep_time(double *times, int i, double took, bool best)
{
	if (!best)
		times[i] = took;
	else if (!i || took < *times)
		*times = took;
}

/* The files take turns, so that whatever else the machine does falls on all alike. */
static void run_reads(int n, char **paths, int files, bool best)
{
	double *times = calloc((size_t)(n * files), sizeof(*times));

	if (!times)
		die("memory");
	for (int i = 0; i < n; i++)
		for (int k = 0; k < files; k++)
			keep_time(times + k * n, i, time_read(paths[k]), best);
	for (int k = 0; k < files; k++)
		print_median(times + k * n, best ? 1 : n, "us");
	free(times);
}

/* The module's name as the kernel knows it: the file's, without folder and .ko. */
static void module_name(const char *path, char *name, size_t size)
{
	const char *base = strrchr(path, '/');

	snprintf(name, size, "%s", base ? base + 1 : path);
	name[strcspn(name, ".")] = '\0';
}

static double time_load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	double start, end;

	if (fd < 0)
		die(path);
	start = now_us();
	if (syscall(SYS_finit_module, fd, "", 0))
		die("finit_module");
	end = now_us();
	close(fd);
	return end - start;
}

static void run_loads(int n, const char *path)
{
	double *times = calloc((size_t)n, sizeof(*times));
	char name[64];

	if (!times)
		die("memory");
	module_name(path, name, sizeof(name));
	for (int i = 0; i < n; i++) {
		if (syscall(SYS_delete_module, name, O_NONBLOCK) && errno != ENOENT)
			die("delete_module");
		times[i] = time_load(path);
	}
	print_median(times, n, "us");
	free(times);
}

static double time_spawn(char **argv, posix_spawn_file_actions_t *quiet, struct rusage *used)
{
	double start = now_us();
	int status;
	pid_t pid;

	errno = posix_spawnp(&pid, argv[0], quiet, NULL, argv, environ);
	if (errno || wait4(pid, &status, 0, used) < 0)
		die(argv[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 3) {
		fprintf(stderr, "timings: %s: wait status %d\n", argv[0], status);
		exit(1);
	}
	return now_us() - start;
}

static void run_spawns(int n, char **argv, bool memory)
{
	double *times = calloc((size_t)n, sizeof(*times));
	posix_spawn_file_actions_t quiet;
	struct rusage used;

	if (!times || posix_spawn_file_actions_init(&quiet) ||
	    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0) ||
	    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0))
		die("memory");
	for (int i = 0; i < n; i++) {
		times[i] = time_spawn(argv, &quiet, &used);
		if (memory)
			times[i] = (double)used.ru_maxrss / 1000;
	}
	print_median(times, n, memory ? "MB" : "us");
	free(times);
}

static void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* A child that reads a file again and again, or spins if there is none. */
static pid_t occupy(const char *path)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid)
		return pid;
	stay_on(1);
	for (;;)
		if (path)
			time_read(path);
}

/* Faults pages in for half a second, more at a time than the lists of a CPU hold: they come from the buddy lists. */
static double faults_a_second(void)
{
	const size_t size = 64 << 20, page = 4096;
	double start = now_us(), end;
	long faults = 0;

	do {
		char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			die("mmap");
		madvise(memory, size, MADV_NOHUGEPAGE);
		for (size_t i = 0; i < size; i += page)
			memory[i] = 1;
		munmap(memory, size);
		faults += (long)(size / page);
		end = now_us();
	} while (end - start < 5e5);
	return (double)faults * 1e6 / (end - start);
}

static double faults_beside(const char *path)
{
	pid_t pid = occupy(path);
	double faults;

	usleep(50000);
	faults = faults_a_second();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return faults;
}

static void run_faults(int n, char **paths, int files)
{
	double *faults = calloc((size_t)(n * (files + 1)), sizeof(*faults));

	if (!faults)
		die("memory");
	stay_on(0);
	for (int i = 0; i < n; i++)
		for (int k = 0; k <= files; k++)
			faults[k * n + i] = faults_beside(k ? paths[k - 1] : NULL);
	for (int k = 0; k <= files; k++)
		print_median(faults + k * n, n, "f");
	free(faults);
}

static double time_fork(void)
{
	const int forks = 200;
	double start = now_us();

	for (int i = 0; i < forks; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (!pid)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
	return (now_us() - start) / forks;
}

static void set(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static void run_switched(int n, const char *path, char **texts, int count)
{
	double *faults = calloc((size_t)(n * count), sizeof(*faults));
	double *forks = calloc((size_t)(n * count), sizeof(*forks));

	if (!faults || !forks)
		die("memory");
	stay_on(0);
	for (int i = 0; i < n; i++)
		for (int turn = 0; turn < count; turn++) {
			int k = i % 2 ? count - 1 - turn : turn;

			set(path, texts[k]);
			faults[k * n + i] = faults_a_second();
			forks[k * n + i] = time_fork();
		}
	for (int k = 0; k < count; k++)
		print_median(faults + k * n, n, "f");
	for (int k = 0; k < count; k++)
		print_median(forks + k * n, n, "us");
	free(faults);
	free(forks);
}

/* Says so when it has it all, or, riddled, every other page of it, and stays. */
static void run_hold(int percent, bool riddled)
{
	size_t page = 4096, size = (size_t)sysconf(_SC_AVPHYS_PAGES) / 100 * (size_t)percent * page;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		die("mmap");
	madvise(memory, size, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < size; i += page)
		memory[i] = 1;
	for (size_t i = 0; riddled && i < size; i += 2 * page)
		madvise(memory + i, page, MADV_DONTNEED);
	printf("held\n");
	fflush(stdout);
	pause();
}

int main(int argc, char **argv)
{
	int n = argc > 2 ? atoi(argv[2]) : 0;

	if (argc == 3 && n > 0 && n < 100 && (!strcmp(argv[1], "hold") || !strcmp(argv[1], "riddle")))
		run_hold(n, !strcmp(argv[1], "riddle"));
	else if (argc < 4)
		return 64;
	else if (n > 0 && !strcmp(argv[1], "switched") && argc > 4)
		run_switched(n, argv[3], argv + 4, argc - 4);
	else if (n > 0 && !strcmp(argv[1], "faults"))
		run_faults(n, argv + 3, argc - 3);
	else if (n > 0 && (!strcmp(argv[1], "read") || !strcmp(argv[1], "best")))
		run_reads(n, argv + 3, argc - 3, !strcmp(argv[1], "best"));
	else if (n > 0 && !strcmp(argv[1], "load") && argc == 4)
		run_loads(n, argv[3]);
	else if (n > 0 && !strcmp(argv[1], "spawn"))
		run_spawns(n, argv + 3, false);
	else if (n > 0 && !strcmp(argv[1], "peak"))
		run_spawns(n, argv + 3, true);
	else
		return 64;
	return 0;
}
