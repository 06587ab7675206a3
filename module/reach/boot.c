// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree of resources names the parts of the kernel's image; walk_iomem_res_desc(),
 * which holds its lock, keeps the names to itself. So the tree is read without the
 * lock: it changes when a device or memory comes or goes, and a step is not trusted.
 */
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "boot.h"
#include "peek.h"
#include "symbol.h"

/* Ends a walk that was led in a circle. */
#define STEPS_MAX	100000

static bool read_resource(const struct resource *at, struct resource *copy)
{
	return at && pfnscope_peek(at, copy, sizeof(*copy));
}

/**
 * pfnscope_resource_next - the next part of the machine's memory that has a name
 * @resource: zeroed before the first one
 *
 * Return: false after the last one.
 */
bool pfnscope_resource_next(struct pfnscope_resource *resource)
{
	struct resource copy;

	if (!resource->steps)
		resource->ram = READ_ONCE(iomem_resource.child);
	while (resource->steps++ < STEPS_MAX) {
		if (read_resource(resource->part, &copy)) {
			resource->part = copy.sibling;
			resource->start = copy.start;
			resource->end = copy.end + 1;
			pfnscope_peek_text(copy.name, resource->name,
					   sizeof(resource->name));
			return true;
		}
		if (!read_resource(resource->ram, &copy))
			break;
		resource->ram = copy.sibling;
		resource->part = NULL;
		if ((copy.flags & IORESOURCE_SYSTEM_RAM) ==
		    IORESOURCE_SYSTEM_RAM)
			resource->part = copy.child;
	}
	return false;
}

/**
 * pfnscope_percpu_unavailable - why the first per-CPU chunk cannot be found
 *
 * Return: the reason, NULL if it can.
 */
const char *pfnscope_percpu_unavailable(void)
{
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_BASE_ADDR) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_UNIT_PAGES) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS);
}

/**
 * pfnscope_percpu_unit - where a CPU's part of the first per-CPU chunk is
 * @cpu: a possible one
 * @end: the address behind it
 *
 * Not to be called where pfnscope_percpu_unavailable(). What the kernel gave back of
 * it after boot is counted in: it is not reserved any more. All three are set once.
 */
unsigned long pfnscope_percpu_unit(unsigned int cpu, unsigned long *end)
{
	const unsigned long *base =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_BASE_ADDR);
	const unsigned int *pages =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_UNIT_PAGES);
	const unsigned long *const *offsets =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS);
	unsigned long start = *base + (*offsets)[cpu];

	*end = start + (unsigned long)*pages * PAGE_SIZE;
	return start;
}
