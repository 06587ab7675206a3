// SPDX-License-Identifier: GPL-2.0-only
// guest:
// kernels: debug
// ko: failnth
/*
 * Every allocation of load, open, read and switching on fails once: the first, the second, and so on until nothing
 * is left to fail. Each time there is a clean error and nothing left behind, or all works as if
 * nothing had happened, but that a load may do without a file and say so. Whether memory was lost, kmemleak is asked afterwards.
 *
 * With arguments, MODULE.ko PARAMETERS, only the load of that module.
 */

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define FAILNTH "/tests/failnth.ko"
#define INCIDENTS PFNSCOPE_DIR "/control/incidents"
#define FAILURES PFNSCOPE_DIR "/control/failures"
#define SITES PFNSCOPE_DIR "/control/sites"
#define EVENTS PFNSCOPE_DIR "/control/events"
#define MAX_FILES 128
/* More allocations than this are a loop that never ends. */
#define MAX_ALLOCATIONS 20000

static int nth_fd;
static char paths[MAX_FILES][128];
static size_t nr_paths;
static int number, failed;

/* Allocation @nth from now fails; 0: none. */
static void fail_nth(unsigned int nth)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", nth);
	if (pwrite(nth_fd, text, strlen(text), 0) < 0)
		exit(1);
}

/* True where no allocation has failed since; from now on none will. */
static bool none_failed(void)
{
	char text[16] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) < 0)
		exit(1);
	fail_nth(0);
	return atoi(text) > 0;
}

static void result(const char *what, unsigned int allocations, const char *error)
{
	bool ok = !*error && allocations;

	if (*error)
		printf("# allocation %u: %s\n", allocations, error);
	failed += !ok;
	printf("# %u allocations\n%sok %d faults: %s: a clean error for every allocation that fails\n", allocations,
	       ok ? "" : "not ", ++number, what);
}

/* --- load --- */

/* Its mode, 0 where there is none, and its @path. */
static mode_t mode_of(char path[128], const char *dir, const char *name)
{
	struct stat status;

	snprintf(path, 128, "%s/%s", dir, name);
	return stat(path, &status) ? 0 : status.st_mode;
}

static void count(const char *dir, const char *name, void *sum)
{
	char path[128];

	++*(size_t *)sum;
	if (S_ISDIR(mode_of(path, dir, name)))
		text_each_entry(path, count, sum);
}

/* All that lies in @dir, also in folders. */
static size_t entries(const char *dir)
{
	size_t sum = 0;

	text_each_entry(dir, count, &sum);
	return sum;
}

static bool is_there(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	return !access(path, F_OK);
}

static int log_fd;

/* Has the module said since the last time that a file is missing? */
static bool says_what_is_missing(void)
{
	char record[9000];
	bool said = false;
	ssize_t n;

	while ((n = read(log_fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		record[n < 0 ? 0 : n] = '\0';
		said |= strstr(record, "pfnscope: no file") != NULL;
	}
	return said;
}

/* One load with allocation @nth failing; true where nothing was left to fail. */
static bool load_once(const char *path, const char *name, const char *args, size_t files, unsigned int nth, char error[256])
{
	char text[16];
	bool none;
	int ret;

	snprintf(text, sizeof(text), "%u", nth);
	text_write("/sys/module/failnth/parameters/nth", text);
	ret = ko_load(path, args);
	none = none_failed();
	if (ret && ret != -ENOMEM)
		snprintf(error, 256, "%s", strerror(-ret));
	if (ret && (is_there(name) || !access(PFNSCOPE_DIR, F_OK) || !access(PFNSCOPE_PROC, F_OK)))
		snprintf(error, 256, "something of it is left");
	/* A file of debugfs is no reason not to load. */
	if (says_what_is_missing() != (!ret && entries(PFNSCOPE_DIR) < files))
		snprintf(error, 256, "the log does not say that a file is missing, or says so of none");
	if (!ret && entries(PFNSCOPE_DIR) > files)
		snprintf(error, 256, "it loads with %zu files of %zu", entries(PFNSCOPE_DIR), files);
	if (!ret && ko_unload(name))
		snprintf(error, 256, "it does not unload");
	return none || *error;
}

static void test_load(const char *path, const char *name, const char *args, size_t files)
{
	char error[256] = "";
	unsigned int nth = 1;

	while (!load_once(path, name, args, files, nth, error) && nth < MAX_ALLOCATIONS)
		nth++;
	result("load", *error ? nth : nth - 1, error);
}

/* --- open and read --- */

static char text[4 << 20];

/* Reads all of @path into text; -errno of what went wrong. */
static int read_all(const char *path)
{
	int fd = open(path, O_RDONLY), err = 0;
	size_t used = 0;
	ssize_t got = 0;

	if (fd < 0)
		return -errno;
	while (used < sizeof(text) - 1 && (got = read(fd, text + used, sizeof(text) - 1 - used)) > 0)
		used += (size_t)got;
	if (got < 0)
		err = -errno;
	text[used] = '\0';
	close(fd);
	return err;
}

/* One reading with allocation @nth failing; true where nothing was left to fail. */
static bool read_once(const char *path, size_t *rows, unsigned int nth, char error[256])
{
	struct table t;
	bool none;
	int ret;

	fail_nth(nth);
	ret = read_all(path);
	none = none_failed();
	if (ret) {
		if (ret != -ENOMEM)
			snprintf(error, 256, "%s", strerror(-ret));
		return none || *error;
	}
	/* A switch is a number or "off", not a table. */
	if (strstr(path, "/control/")) {
		char *word = strtok(text, "\n") ?: "";

		if (!is_decimal(word) && strcmp(word, "off") && strcmp(word, "none"))
			snprintf(error, 256, "no error, and neither a number nor that it is off");
		return none || *error;
	}
	if (!table_parse(&t, strdup(text)))
		snprintf(error, 256, "no error, and not a whole file: %.200s", t.error);
	*rows = t.rows;
	table_free(&t);
	return none || *error;
}

static void test_file(const char *path)
{
	char error[256] = "";
	unsigned int nth = 1;
	size_t rows = 0;

	while (!read_once(path, &rows, nth, error) && nth < MAX_ALLOCATIONS)
		nth++;
	result(path, *error ? nth : nth - 1, error);
}

/* --- switching on --- */

static const char *setting_of(const char *path)
{
	return read_all(path) ? "" : strtok(text, "\n") ?: "";
}

/* One switch from @off to @on with allocation @nth failing, and back; true where nothing was left to fail. */
static bool switch_once(const char *path, const char *off, const char *on, unsigned int nth, char error[256])
{
	int fd = open(path, O_WRONLY), ret;
	bool none;

	fail_nth(nth);
	ret = write(fd, on, strlen(on)) < 0 ? -errno : 0;
	none = none_failed();
	close(fd);
	if (ret && ret != -ENOMEM)
		snprintf(error, 256, "%s", strerror(-ret));
	if (strcmp(setting_of(path), ret ? off : on))
		snprintf(error, 256, "%s, and it reads %s", ret ? "an error" : "no error", setting_of(path));
	if (text_write(path, off))
		snprintf(error, 256, "it does not switch off");
	return none || *error;
}

static void test_switch(const char *path, const char *off, const char *on)
{
	char error[256] = "", what[128];
	unsigned int nth = 1;

	while (!switch_once(path, off, on, nth, error) && nth < MAX_ALLOCATIONS)
		nth++;
	snprintf(what, sizeof(what), "%s switched on", path);
	result(what, *error ? nth : nth - 1, error);
}

/* Files that can be read, also those in folders. */
static void add_path(const char *dir, const char *name, void *unused)
{
	char path[sizeof(paths[0])];
	mode_t mode = mode_of(path, dir, name);

	if (S_ISDIR(mode))
		text_each_entry(path, add_path, NULL);
	else if (mode & S_IRUSR && nr_paths < MAX_FILES)
		strcpy(paths[nr_paths++], path);
}

/* Allocations that may sleep fail as well, of any size, and without a word in the log. */
static bool prepare(const char *module)
{
	char args[64];
	int err = 0;

	err |= text_write("/sys/kernel/debug/failslab/ignore-gfp-wait", "N");
	err |= text_write("/sys/kernel/debug/failslab/verbose", "0");
	err |= text_write("/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N");
	err |= text_write("/sys/kernel/debug/fail_page_alloc/min-order", "0");
	err |= text_write("/sys/kernel/debug/fail_page_alloc/verbose", "0");
	snprintf(args, sizeof(args), "module=%s", module);
	err |= ko_load(FAILNTH, args);
	nth_fd = open("/proc/thread-self/fail-nth", O_RDWR);
	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	lseek(log_fd, 0, SEEK_END);
	memset(text, 1, sizeof(text));
	return !err && nth_fd >= 0;
}

static int test_other(char *path, const char *args)
{
	char *name = basename(strdup(path));

	name[strcspn(name, ".")] = '\0';
	if (!prepare(name))
		return 1;
	printf("KTAP version 1\n1..1\n");
	test_load(path, name, args, 0);
	return failed;
}

int main(int argc, char **argv)
{
	size_t files;

	if (argc == 3)
		return test_other(argv[1], argv[2]);
	/* As it is after a load, whatever ran in this guest before. */
	text_write(INCIDENTS, "0");
	text_write(SITES, "off");
	text_write(EVENTS, "off");
	files = entries(PFNSCOPE_DIR);
	add_path("/proc", "pfnscope", NULL);
	text_each_entry(PFNSCOPE_DIR, add_path, NULL);
	if (!files || !prepare("pfnscope")) {
		printf("Bail out! no module, or no fault injection: %s\n", strerror(errno));
		return 1;
	}
	printf("KTAP version 1\n1..%zu\n", nr_paths + 5);
	for (size_t i = 0; i < nr_paths; i++)
		test_file(paths[i]);
	test_switch(INCIDENTS, "0", "1");
	text_write(INCIDENTS, "1");
	test_switch(FAILURES, "0", "1");
	text_write(INCIDENTS, "0");
	test_switch(SITES, "off", "pages rate=64 mib=1");
	text_write(SITES, "pages mib=1");
	test_file(PFNSCOPE_DIR "/sites");
	text_write(SITES, "off");
	if (ko_unload("pfnscope"))
		printf("# the module does not unload\n");
	test_load(PFNSCOPE_KO, "pfnscope", "", files);
	ko_unload("failnth");
	/* For the tests that come after this one. */
	if (ko_load(PFNSCOPE_KO, ""))
		printf("# the module does not load again\n");
	return failed;
}
