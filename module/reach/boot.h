/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel kept for itself before there was an allocator of pages. */
#ifndef PFNSCOPE_REACH_BOOT_H
#define PFNSCOPE_REACH_BOOT_H

#include <linux/types.h>

#define PFNSCOPE_RESOURCE_NAME	32

struct resource;

/**
 * struct pfnscope_resource - a part of memory that has a name in /proc/iomem
 * @ram: the stretch of memory to be looked into next; not trusted
 * @part: the part of the last stretch to be looked at next; not trusted
 * @steps: taken so far
 * @start: its first byte
 * @end: the byte behind it
 * @name: it
 */
struct pfnscope_resource {
	const struct resource *ram;
	const struct resource *part;
	unsigned int steps;
	u64 start;
	u64 end;
	char name[PFNSCOPE_RESOURCE_NAME];
};

bool pfnscope_resource_next(struct pfnscope_resource *resource);

void pfnscope_boot_init(void);
const char *pfnscope_percpu_unavailable(void);
unsigned long pfnscope_percpu_unit(unsigned int cpu, unsigned long *end);

#endif /* PFNSCOPE_REACH_BOOT_H */
