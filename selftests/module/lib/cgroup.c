// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/pace.h"
#include "lib/text.h"

static void write_or_say(const char *path, const char *value)
{
	int err = text_write(path, value);

	if (err)
		printf("# %s: %s\n", path, strerror(-err));
}

void cgroup_make(const char *name, const char *file, const char *value)
{
	char path[128];

	write_or_say(CGROUP "/cgroup.subtree_control", "+memory +cpuset");
	snprintf(path, sizeof(path), CGROUP "/%s", name);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), CGROUP "/%s/%s", name, file);
	write_or_say(path, value);
}

void cgroup_remove(const char *name)
{
	char path[128];
	double since = 0;

	snprintf(path, sizeof(path), CGROUP "/%s", name);
	while (rmdir(path) && errno == EBUSY && wait_on(&since, 5))
		;
}

void cgroup_enter(const char *path)
{
	char file[512], pid[16];

	snprintf(file, sizeof(file), CGROUP "/%s/cgroup.procs", path);
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	if (text_write(file, pid))
		_exit(2);
}

void cgroup_run(const char *name, const char *max, void (*work)(void))
{
	pid_t child;

	cgroup_make(name, "memory.max", max);
	fflush(stdout);
	child = fork();
	if (!child) {
		cgroup_enter(name);
		work();
		_exit(0);
	}
	waitpid(child, NULL, 0);
	cgroup_remove(name);
}

void cgroup_eat(void)
{
	size_t size = 64 << 20;
	char *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (map != MAP_FAILED)
		memset(map, 1, size);
}
