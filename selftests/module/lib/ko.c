// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/pace.h"

int ko_load(const char *path, const char *args)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	err = syscall(SYS_finit_module, fd, args, 0) ? errno : 0;
	close(fd);
	errno = err;
	return -err;
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
