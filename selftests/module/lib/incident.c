// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/ko.h"
#include "lib/pace.h"
#include "lib/text.h"

#define WAIT_S 60
#define MPOL_BIND_ 2

/* --- the kernel's log since a moment --- */

static int log_fd = -1;
char report[1 << 20];

/*
 * The kernel prints one report of a failed allocation in ten seconds, and ten of OOM kills in five,
 * which one guest does not make. What is to be compared waits until it will be printed: until ten
 * seconds after the last one that was.
 */
static void await_quiet(int fd)
{
	char record[9000];
	long long last_us = -1, stamp;
	struct timespec now;
	ssize_t n;

	while ((n = read(fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		if (strstr(record, "allocation failure") && sscanf(record, "%*d,%*d,%lld", &stamp) == 1)
			last_us = stamp;
	}
	clock_gettime(CLOCK_MONOTONIC, &now);
	stamp = last_us / 1000000 + 12 - now.tv_sec;
	if (last_us >= 0 && stamp > 0)
		sleep(stamp > 12 ? 12 : (unsigned int)stamp);
}

void log_begin(void)
{
	if (log_fd >= 0)
		close(log_fd);
	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	await_quiet(log_fd);
	lseek(log_fd, 0, SEEK_END);
}

/* All records since, the text of each as a line. */
void log_end(void)
{
	char record[9000], *text;
	size_t used = 0;
	ssize_t n;

	while ((n = read(log_fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		text = strchr(record, ';');
		text = text ? text + 1 : record;
		text[strcspn(text, "\n")] = '\0';
		if (used + strlen(text) + 2 > sizeof(report))
			break;
		used += (size_t)sprintf(report + used, "%s\n", text);
	}
	report[used] = '\0';
}

/* The number behind @key in the first line with @line; -1 where there is none. */
long long said(const char *line, const char *key)
{
	const char *at = strstr(report, line);
	const char *end = at ? strchr(at, '\n') : NULL;
	const char *found = at ? strstr(at, key) : NULL;

	return found && found < end ? strtoll(found + strlen(key), NULL, 0) : -1;
}

/* --- incidents --- */

int incidents_off(void)
{
	int kills = text_write(CONTROL, "0"), failures = text_write(FAILURES, "0");

	return kills ? kills : failures;
}

struct table list;

void read_list(void)
{
	table_free(&list);
	if (!table_read(&list, LIST))
		memset(&list, 0, sizeof(list));
}

long long number(size_t row, const char *column)
{
	long long value;

	return table_number(&list, row, column, &value) ? value : -1;
}

bool is(size_t row, const char *column, const char *value)
{
	const char *cell = table_cell(&list, row, column);

	return cell && !strcmp(cell, value);
}

void sleep_ms(unsigned int ms)
{
	usleep(ms * 1000);
}

static bool has_remark(const char *path)
{
	char *text = text_read(path, NULL);
	bool found = text && strstr(text, "\n# taken ");

	free(text);
	return found;
}

static bool is_there(const char *path)
{
	return exists(path);
}

static long wait_until(unsigned int incident, const char *name, bool (*done)(const char *path))
{
	char text[16], path[128];
	double since = 0;
	long row;

	snprintf(text, sizeof(text), "%u", incident);
	snprintf(path, sizeof(path), DIR_OF "/%u/%s", incident, name);
	do {
		read_list();
		row = list.rows ? table_find(&list, "incident", text, NULL) : -1;
		if (row >= 0 && done(path))
			return row;
	} while (wait_on(&since, WAIT_S));
	return -1;
}

long wait_shown(unsigned int incident)
{
	return wait_until(incident, "header", is_there);
}

long wait_for(unsigned int incident)
{
	return wait_until(incident, "owners", has_remark);
}

bool taken_later(unsigned int incident, const char *name)
{
	char path[128];
	struct table t;
	bool rows;

	snprintf(path, sizeof(path), DIR_OF "/%u/%s", incident, name);
	table_of(&t, incident, name);
	rows = t.rows && !t.unavailable;
	table_free(&t);
	return rows && has_remark(path);
}

void table_of(struct table *t, unsigned int incident, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), DIR_OF "/%u/%s", incident, name);
	if (!table_read(t, path))
		printf("# %s: %s\n", path, t->error);
}

bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* --- eating memory --- */

/* Touches memory until it is killed. */
static void eat(size_t limit)
{
	const size_t piece = 1 << 20;

	for (size_t all = 0; all < limit; all += piece) {
		char *memory = mmap(NULL, piece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			break;
		memset(memory, 1, piece);
	}
}

/* A child that eats in @cgroup, bound to @node where that is not -1; returns it, stopped nowhere. */
pid_t eater(const char *cgroup, int node)
{
	unsigned long mask = node < 0 ? 0 : 1UL << node;
	pid_t child = fork();

	if (child)
		return child;
	text_write("/proc/self/oom_score_adj", "1000");
	if (cgroup)
		cgroup_enter(cgroup);
	if (mask)
		syscall(SYS_set_mempolicy, MPOL_BIND_, &mask, 64);
	eat(4UL << 30);
	_exit(0);
}

bool was_killed(pid_t child)
{
	int status;

	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

int load_eater(const char *args)
{
	return ko_load("/tests/eater.ko", args);
}

void unload_eater(void)
{
	ko_unload("eater");
}
