// SPDX-License-Identifier: GPL-2.0-only
/*
 * Areas of vmalloc() are known by who asked for them, and their page frames by the
 * kernel's page tables. What was reserved at boot is known by /proc/iomem, by which
 * memory has its struct pages where, and by the first per-CPU chunk. Other holders
 * know the addresses of what they have.
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "reach/boot.h"
#include "reach/holder.h"
#include "reach/hotplug.h"
#include "reach/mapped.h"
#include "reach/page.h"
#include "reach/vmap.h"
#include "reach/zone.h"
#include "walk/cancel.h"
#include "walk/frames.h"
#include "walk/holders.h"
#include "walk/zones.h"

/* Areas, resources or sections looked at before others are let run. */
#define BATCH		256

/* A million kernel stacks, and more areas than anybody else has. */
#define AREAS_MAX	BIT(21)

/* Counts one more in @done; -EINTR when the walk is cancelled. */
static int rest(unsigned int *done)
{
	if (++*done % BATCH)
		return 0;
	cond_resched();
	return pfnscope_walk_cancelled() ? -EINTR : 0;
}

/* Where there is no symbol, its module was unloaded: an address would be printed. */
static int name_caller(struct pfnscope_frames *frames, const void *caller)
{
	char text[PFNSCOPE_FRAMES_NAME];
	int known = pfnscope_frames_known(frames, caller);

	if (known >= 0)
		return known;
	snprintf(text, sizeof(text), "%ps", caller);
	if (!IS_ENABLED(CONFIG_KALLSYMS) || !strncmp(text, "0x", 2) ||
	    !strncmp(text, "(", 1))
		strscpy(text, "unknown", sizeof(text));
	return pfnscope_frames_name(frames, caller, text);
}

/* What there is no room for has no name, and that is no error. */
static int forgive(int ret)
{
	return ret == -ENOSPC ? 0 : ret;
}

/**
 * pfnscope_vmalloc_collect - find the page frames of all areas of vmalloc()
 * @frames: zeroed; to be given to pfnscope_frames_free() in any case
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_vmalloc_collect(struct pfnscope_frames *frames)
{
	struct pfnscope_vmap vmap = {};
	unsigned int areas = 0;
	int ret = 0;

	if (pfnscope_vmap_unavailable() || pfnscope_mapped_unavailable())
		return 0;
	while (!ret && areas < AREAS_MAX && pfnscope_vmap_next(&vmap)) {
		ret = name_caller(frames, vmap.caller);
		if (ret >= 0)
			ret = pfnscope_frames_add_mapped(frames, ret,
							 vmap.start, vmap.end,
							 vmap.borrowed);
		if (!ret)
			ret = rest(&areas);
	}
	pfnscope_frames_settle(frames);
	return forgive(ret);
}

static int add_words(struct pfnscope_frames *frames, const char *words,
		     unsigned long pfn, unsigned long end)
{
	int name = pfnscope_frames_name(frames, NULL, words);

	if (name < 0 || pfn >= end)
		return min(name, 0);
	return pfnscope_frames_add(frames, name, pfn, end - pfn, true);
}

/* What lies between two parts of the image is of the image, such as unwind tables. */
static int add_resources(struct pfnscope_frames *frames)
{
	struct pfnscope_resource resource = {};
	unsigned long pfn, end, image = ULONG_MAX;
	unsigned int done = 0;
	int ret = 0;

	while (!ret && pfnscope_resource_next(&resource)) {
		pfn = PFN_DOWN(resource.start);
		end = PFN_UP(resource.end);
		ret = add_words(frames, resource.name, pfn, end);
		if (!strncmp(resource.name, "Kernel ", strlen("Kernel "))) {
			ret = ret ?: add_words(frames, "Kernel image", image,
					       pfn);
			image = end;
		}
		ret = ret ?: rest(&done);
	}
	return ret;
}

static int add_percpu(struct pfnscope_frames *frames)
{
	unsigned long start, end;
	int cpu, name, ret = 0;

	if (pfnscope_percpu_unavailable())
		return 0;
	name = pfnscope_frames_name(frames, NULL, "percpu");
	for_each_possible_cpu(cpu) {
		if (name < 0 || ret)
			break;
		start = pfnscope_percpu_unit(cpu, &end);
		ret = pfnscope_frames_add_mapped(frames, name, start, end,
						 false);
	}
	return min(name, 0) ?: ret;
}

/* The struct pages of the section that @pfn lies in. Memory is kept from going. */
static int add_section(struct pfnscope_frames *frames, unsigned int name,
		       unsigned long pfn)
{
	const struct page *page = pfnscope_online_page(pfn);
	unsigned long start;

	if (!page)
		return 0;
	start = (unsigned long)(page - (pfn & ~PAGE_SECTION_MASK));
	return pfnscope_frames_add_mapped(frames, name, start, start +
					  PAGES_PER_SECTION * sizeof(*page),
					  false);
}

static int add_zone_memmap(struct pfnscope_frames *frames, unsigned int name,
			   struct zone *zone)
{
	unsigned int done = 0;
	u64 pfn, spanned, end;
	int ret = 0;

	pfnscope_zone_span(zone, &pfn, &spanned);
	if (pfn == PFNSCOPE_UNKNOWN)
		return 0;
	for (end = pfn + spanned; pfn < end && !ret;
	     pfn = (pfn | ~PAGE_SECTION_MASK) + 1) {
		ret = pfnscope_hotplug_read_lock();
		if (ret)
			break;
		ret = add_section(frames, name, pfn);
		pfnscope_hotplug_read_unlock();
		ret = ret ?: rest(&done);
	}
	return ret;
}

static int add_memmap(struct pfnscope_frames *frames)
{
	struct pfnscope_zone_cursor zones = {};
	struct zone *zone;
	int name, ret = 0;

	if (pfnscope_mapped_unavailable())
		return 0;
	name = pfnscope_frames_name(frames, NULL, "memmap");
	while (name >= 0 && !ret && (zone = pfnscope_zone_next_populated(&zones)))
		ret = add_zone_memmap(frames, name, zone);
	return min(name, 0) ?: ret;
}

/**
 * pfnscope_reserved_collect - find what parts the reserved memory consists of
 * @frames: zeroed; to be given to pfnscope_frames_free() in any case
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_reserved_collect(struct pfnscope_frames *frames)
{
	int ret = add_resources(frames) ?: add_percpu(frames) ?:
		  add_memmap(frames);

	pfnscope_frames_settle(frames);
	return forgive(ret);
}

static int take_held(void *data, const char *words, unsigned long address,
		     unsigned long bytes)
{
	struct pfnscope_frames *frames = data;
	int name = pfnscope_frames_name(frames, NULL, words);

	if (name < 0)
		return name;
	return pfnscope_frames_add_mapped(frames, name, address & PAGE_MASK,
					  PAGE_ALIGN(address + bytes), false);
}

/**
 * pfnscope_holders_collect - find what structures of the kernel's have pages
 * @frames: zeroed; to be given to pfnscope_frames_free() in any case
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_holders_collect(struct pfnscope_frames *frames)
{
	const struct pfnscope_holder_taker taker = { take_held, frames };
	int ret;

	if (pfnscope_mapped_unavailable())
		return 0;
	ret = pfnscope_holder_atomic_pools(&taker) ?:
	      pfnscope_holder_devices(&taker) ?:
	      pfnscope_holder_ftrace(&taker) ?:
	      add_memmap(frames);
	pfnscope_frames_settle(frames);
	return forgive(ret);
}
