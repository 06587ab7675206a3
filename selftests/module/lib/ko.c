// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <linux/module.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/pace.h"

#define SYSLOG_ACTION_READ_ALL 3
#define SYSLOG_ACTION_CLEAR 5

static int load(const char *path, const char *args, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	err = syscall(SYS_finit_module, fd, args, flags) ? errno : 0;
	close(fd);
	errno = err;
	return -err;
}

int ko_load(const char *path, const char *args)
{
	return load(path, args, 0);
}

int ko_load_forced(const char *path, const char *args)
{
	return load(path, args, MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC);
}

bool ko_log_says(const char *text)
{
	static char log[1 << 20];
	int n = klogctl(SYSLOG_ACTION_READ_ALL, log, sizeof(log) - 1);

	return n > 0 && memmem(log, (size_t)n, text, strlen(text));
}

void ko_log_clear(void)
{
	klogctl(SYSLOG_ACTION_CLEAR, NULL, 0);
}

int ko_unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}

int ko_unload_patiently(const char *name)
{
	double since = 0;
	int ret;

	do {
		ret = ko_unload(name);
		if (ret != -EWOULDBLOCK && ret != -EBUSY)
			return ret;
	} while (wait_on(&since, 20));
	return -ETIMEDOUT;
}
