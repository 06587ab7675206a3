/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory of this process that is taken and given back for a struct delta, whose @arg it is. */

#ifndef PFNSCOPE_TEST_MEMORY_H
#define PFNSCOPE_TEST_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>

struct delta;

#define PAGE	((unsigned long)page_bytes())

/* A mapping, and what holds or backs it. */
struct memory {
	char *map;
	size_t size;
	int fd, ring, pipe[2];
};

#define MEMORY_NONE ((struct memory){ .map = MAP_FAILED, .fd = -1, .ring = -1, .pipe = { -1, -1 } })

/* Maps @size bytes of anonymous memory in small pages. */
bool memory_map(struct memory *m, size_t size);

/* Writes something else to each page. */
void memory_touch(struct memory *m);

void memory_give(struct delta *d);

/* Writes @size bytes to the file @path; ends this process where it cannot. */
void memory_file(const char *path, size_t size);

#endif
