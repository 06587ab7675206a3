// SPDX-License-Identifier: GPL-2.0-only
/* Memory of this process. */

#include <fcntl.h>
#include <unistd.h>

#include "delta.h"
#include "memory.h"

void memory_give(struct delta *d)
{
	struct memory *m = d->arg;
	int *fds[] = { &m->fd, &m->ring, &m->pipe[0], &m->pipe[1] };

	for (size_t i = 0; i < 4; i++) {
		if (*fds[i] >= 0)
			close(*fds[i]);
		*fds[i] = -1;
	}
	if (m->map != MAP_FAILED)
		munmap(m->map, m->size);
	m->map = MAP_FAILED;
}

bool memory_map(struct memory *m, size_t size)
{
	m->size = size;
	m->map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m->map != MAP_FAILED)
		madvise(m->map, size, MADV_NOHUGEPAGE);
	return m->map != MAP_FAILED;
}

void memory_touch(struct memory *m)
{
	for (size_t i = 0; i < m->size; i += PAGE)
		m->map[i] = (char)(i / PAGE + 1);
}

void memory_file(const char *path, size_t size)
{
	static const char block[4096] = { 1 };
	int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);

	for (size_t i = 0; i < size; i += sizeof(block))
		if (write(fd, block, sizeof(block)) < 0)
			_exit(3);
	close(fd);
}
