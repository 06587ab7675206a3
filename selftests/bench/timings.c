// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the benchmarks measure with, in a guest or on the host: the median of many runs.
 *
 *   timings read N FILE FILE...     opening, reading and closing each file, in turn: one line a file
 *   timings load N MODULE.ko        loading a module, which is unloaded in between and loaded at the end
 *   timings spawn N COMMAND ARG...  a command from start to end, its output thrown away
 *
 * Prints microseconds as "123.4us".
 */

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void print_median(double *times, int n)
{
	qsort(times, (size_t)n, sizeof(*times), by_size);
	printf("%.1fus\n", times[n / 2]);
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

/* The files take turns, so that whatever else the machine does falls on all alike. */
static void run_reads(int n, char **paths, int files)
{
	double *times = calloc((size_t)(n * files), sizeof(*times));

	if (!times)
		die("memory");
	for (int i = 0; i < n; i++)
		for (int k = 0; k < files; k++)
			times[k * n + i] = time_read(paths[k]);
	for (int k = 0; k < files; k++)
		print_median(times + k * n, n);
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
	print_median(times, n);
	free(times);
}

static double time_spawn(char **argv, posix_spawn_file_actions_t *quiet)
{
	double start = now_us();
	int status;
	pid_t pid;

	errno = posix_spawnp(&pid, argv[0], quiet, NULL, argv, environ);
	if (errno || waitpid(pid, &status, 0) < 0)
		die(argv[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 3) {
		fprintf(stderr, "timings: %s: wait status %d\n", argv[0], status);
		exit(1);
	}
	return now_us() - start;
}

static void run_spawns(int n, char **argv)
{
	double *times = calloc((size_t)n, sizeof(*times));
	posix_spawn_file_actions_t quiet;

	if (!times || posix_spawn_file_actions_init(&quiet) ||
	    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0) ||
	    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0))
		die("memory");
	for (int i = 0; i < n; i++)
		times[i] = time_spawn(argv, &quiet);
	print_median(times, n);
	free(times);
}

int main(int argc, char **argv)
{
	int n = argc > 3 ? atoi(argv[2]) : 0;

	if (n > 0 && !strcmp(argv[1], "read"))
		run_reads(n, argv + 3, argc - 3);
	else if (n > 0 && !strcmp(argv[1], "load") && argc == 4)
		run_loads(n, argv[3]);
	else if (n > 0 && !strcmp(argv[1], "spawn"))
		run_spawns(n, argv + 3);
	else
		return 64;
	return 0;
}
