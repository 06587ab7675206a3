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
#include "btf.h"
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

static u32 chunk_base, chunk_pages;
static bool knows_chunk;

static const struct pfnscope_btf_want wants[] = {
	{ "pcpu_chunk", "base_addr", &chunk_base, sizeof(void *) },
	{ "pcpu_chunk", "nr_pages", &chunk_pages, sizeof(int) },
};

/**
 * pfnscope_boot_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_boot_init(void)
{
	knows_chunk = pfnscope_btf_available(NULL) &&
		      !pfnscope_btf_offsets(wants, ARRAY_SIZE(wants));
}

/**
 * pfnscope_percpu_unavailable - why the first per-CPU chunk cannot be found
 *
 * Return: the reason, NULL if it can.
 */
const char *pfnscope_percpu_unavailable(void)
{
	if (!knows_chunk)
		return "the layout of pcpu_chunk is not known";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_BASE_ADDR) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_FIRST_CHUNK) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS);
}

/*
 * The first chunk is what can still be allocated of it, behind the kernel's own
 * variables. What a CPU's part was larger than its end was given back at boot, and
 * others may have it.
 */
static unsigned long unit_size(unsigned long base)
{
	const void *const *first =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_FIRST_CHUNK);
	unsigned long start;
	int pages;

	if (!pfnscope_peek(*first + chunk_base, &start, sizeof(start)) ||
	    !pfnscope_peek(*first + chunk_pages, &pages, sizeof(pages)) ||
	    start < base || pages < 0)
		return 0;
	return start - base + (unsigned long)pages * PAGE_SIZE;
}

/**
 * pfnscope_percpu_unit - where a CPU's part of the first per-CPU chunk is
 * @cpu: a possible one
 * @end: the address behind it
 *
 * Not to be called where pfnscope_percpu_unavailable(). All is set once, at boot.
 */
unsigned long pfnscope_percpu_unit(unsigned int cpu, unsigned long *end)
{
	const unsigned long *base =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_BASE_ADDR);
	const unsigned long *const *offsets =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS);
	unsigned long start = *base + (*offsets)[cpu];

	*end = start + unit_size(*base);
	return start;
}
