// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 2G,slots=4,maxmem=4G --append movablecore=768M --append memhp_default_state=online_movable --monitor dimms --timeout 300
/*
 * The scan while memory goes offline and comes back, a DIMM is plugged in and out, huge pages come
 * and go, memory is compacted, caches are dropped and cgroups are made and removed. The kernel must
 * stay silent, which whoever started the guest looks after; here every reader has to get whole
 * files. STRESS_SECONDS in the environment says for how long; what did not happen in that time is
 * waited for, for 40 seconds more.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/pace.h"
#include "lib/table.h"
#include "lib/text.h"

enum { FREELISTS, PAGEBLOCKS, OWNERS, CONTIGUITY, HUGEPAGES, VIEWS };

static const char *const views[VIEWS] = { "freelists", "pageblocks", "owners", "contiguity", "hugepages" };

/* Shared by all processes. */
static struct counts {
	bool stop;
	unsigned long whole[VIEWS], broken[VIEWS];
	char error[VIEWS][256];
	unsigned long offlined, refused, pools, cgroups, plugged, unplugged;
} *counts;

static void read_view(int view)
{
	char path[64];
	struct table t;

	snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", views[view]);
	if (table_read(&t, path) && t.rows && !t.unavailable) {
		counts->whole[view]++;
	} else if (!counts->broken[view]++) {
		memcpy(counts->error[view], t.error, sizeof(t.error));
	}
	table_free(&t);
}

static void offline_one(const char *dir, const char *name, void *arg)
{
	char path[128], *zones;

	if (counts->stop || strncmp(name, "memory", 6))
		return;
	snprintf(path, sizeof(path), "%s/%s/valid_zones", dir, name);
	zones = text_read(path, NULL);
	snprintf(path, sizeof(path), "%s/%s/state", dir, name);
	if (zones && strstr(zones, "Movable")) {
		if (!text_write(path, "offline"))
			counts->offlined++;
		else
			counts->refused++;
		text_write(path, "online_movable");
	}
	free(zones);
}

static void offline(int unused)
{
	text_each_entry("/sys/devices/system/memory", offline_one, NULL);
}

static void count_block(const char *dir, const char *name, void *arg)
{
	*(unsigned int *)arg += !strncmp(name, "memory", 6);
}

/* More or fewer blocks than a moment ago: a DIMM comes or goes, in several steps. */
static void watch_dimm(int unused)
{
	static unsigned int last;
	static int way;
	unsigned int now = 0;

	text_each_entry("/sys/devices/system/memory", count_block, &now);
	if (last && now > last && way < 1) {
		counts->plugged++;
		way = 1;
	}
	if (last && now < last && way > -1) {
		counts->unplugged++;
		way = -1;
	}
	last = now;
	usleep(50000);
}

static void fill_cache(void)
{
	static char buffer[1 << 16];
	int fd = open("/tmp/stress", O_CREAT | O_TRUNC | O_WRONLY, 0600), i;

	for (i = 0; i < 500 && fd >= 0; i++)
		if (write(fd, buffer, sizeof(buffer)) < 0)
			break;
	close(fd);
	unlink("/tmp/stress");
}

static void huge_pages(int unused)
{
	text_write("/proc/sys/vm/nr_hugepages", "100");
	fill_cache();
	text_write("/proc/sys/vm/compact_memory", "1");
	text_write("/proc/sys/vm/drop_caches", "3");
	text_write("/proc/sys/vm/nr_hugepages", "0");
	counts->pools++;
}

/* A cgroup with memory in it, gone again at once. */
static void cgroup(int unused)
{
	static const char *const dir = "/sys/fs/cgroup/stress";
	char *memory;
	pid_t child;

	mkdir(dir, 0700);
	child = fork();
	if (!child) {
		text_write("/sys/fs/cgroup/stress/cgroup.procs", "0");
		memory = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory != MAP_FAILED)
			memset(memory, 1, 4 << 20);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	if (!rmdir(dir))
		counts->cgroups++;
}

static void start(void (*work)(int view), int view)
{
	if (fork())
		return;
	while (!counts->stop)
		work(view);
	_exit(0);
}

/* A slow guest may not have come to everything in its time. */
static void wait_for_all(void)
{
	const char *seconds = getenv("STRESS_SECONDS");
	double since = 0;

	sleep(seconds ? atoi(seconds) : 20);
	while (!(counts->offlined && counts->pools && counts->cgroups && counts->plugged && counts->unplugged) &&
	       wait_on(&since, 40))
		;
	counts->stop = true;
	while (wait(NULL) > 0)
		;
}

static int result(int number, bool ok, const char *what, unsigned long times, const char *error)
{
	if (!ok && error)
		printf("# %s\n", error);
	printf("%sok %d scan_stress: %s, %lu times\n", ok ? "" : "not ", number, what, times);
	return !ok;
}

int main(void)
{
	int i, failed = 0;
	char what[96];

	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return 1;
	text_write("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	for (i = 0; i < VIEWS; i++)
		start(read_view, i);
	start(offline, 0);
	start(huge_pages, 0);
	start(cgroup, 0);
	start(watch_dimm, 0);
	wait_for_all();
	printf("KTAP version 1\n1..%d\n", VIEWS + 5);
	for (i = 0; i < VIEWS; i++) {
		snprintf(what, sizeof(what), "%s read whole", views[i]);
		failed += result(i + 1, counts->whole[i] && !counts->broken[i], what, counts->whole[i],
				 counts->error[i]);
	}
	failed += result(VIEWS + 1, counts->offlined, "memory went offline meanwhile", counts->offlined, NULL);
	failed += result(VIEWS + 2, counts->pools, "huge pages came and went", counts->pools, NULL);
	failed += result(VIEWS + 3, counts->cgroups, "a cgroup came and went", counts->cgroups, NULL);
	failed += result(VIEWS + 4, counts->plugged, "a DIMM was plugged in", counts->plugged, NULL);
	/* The guest's kernel is asked each second, and may always find a page that it cannot move. */
	if (counts->unplugged)
		failed += result(VIEWS + 5, true, "a DIMM was unplugged", counts->unplugged, NULL);
	else
		printf("ok %d scan_stress: a DIMM was unplugged # SKIP the guest's kernel refused to let it go\n", VIEWS + 5);
	return failed;
}
