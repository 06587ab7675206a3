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
	for (unsigned int i = 0; i < 10000 * pace(); i++) {
		int ret = ko_unload(name);

		if (ret != -EWOULDBLOCK && ret != -EBUSY)
			return ret;
		usleep(1000);
	}
	return -ETIMEDOUT;
}
