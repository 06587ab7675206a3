// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows __setup_per_zone_wmarks(), setup_per_zone_lowmem_reserve() and
 * calculate_totalreserve_pages() of mm/page_alloc.c, for 64-bit kernels, which have no HighMem.
 */
#include "allocator/watermarks.h"
#include "base/release.h"

#define CLUSTER	32	/* SWAP_CLUSTER_MAX */
#define PARTS	10000

/* 6.6, "mm/min_free_kbytes: modify min_free_kbytes calculation rules": Movable is as HighMem. */
static bool stands_apart(const struct pfnscope_machine *m,
			 const struct pfnscope_explain_zone *zone)
{
	return zone->class == PFNSCOPE_CLASS_HIGHMEM ||
	       (zone->class == PFNSCOPE_CLASS_MOVABLE &&
		m->rules.version >= PFNSCOPE_KERNEL(6, 6, 0));
}

static bool knows_sizes(const struct pfnscope_machine *m)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].managed < 0)
			return false;
	return m->nr_zones && m->page_kb > 0;
}

/* Mirrors mult_frac(pages, factor, 10000): no product is larger than it has to be. */
static uint64_t part_of(uint64_t pages, uint64_t factor)
{
	return pages / PARTS * factor + pages % PARTS * factor / PARTS;
}

static int64_t min_of_movable(int64_t managed)
{
	int64_t pages = managed / 1024;

	return pages < CLUSTER ? CLUSTER : pages > 128 ? 128 : pages;
}

static void set_marks(const struct pfnscope_machine *m, uint64_t pages_min,
		      uint64_t lowmem, uint64_t factor, struct pfnscope_explain_zone *zone)
{
	uint64_t managed = (uint64_t)zone->managed;
	uint64_t share = lowmem ? pages_min * managed / lowmem : 0;
	uint64_t step = part_of(managed, factor);

	if (step < share >> 2)
		step = share >> 2;
	zone->boost = 0;
	zone->min = stands_apart(m, zone) ? min_of_movable(zone->managed) : (int64_t)share;
	zone->low = zone->min + (int64_t)step;
	zone->high = zone->low + (int64_t)step;
	if (zone->promo != PFNSCOPE_MISSING)
		zone->promo = zone->high + (int64_t)step;
}

bool pfnscope_watermarks_make(struct pfnscope_machine *m,
			      const struct pfnscope_reserves *settings)
{
	uint64_t lowmem = 0;

	if (settings->min_free_kb < 0 || settings->scale_factor < 0 || !knows_sizes(m))
		return false;
	for (size_t i = 0; i < m->nr_zones; i++)
		if (!stands_apart(m, &m->zones[i]))
			lowmem += (uint64_t)m->zones[i].managed;
	for (size_t i = 0; i < m->nr_zones; i++)
		set_marks(m, (uint64_t)(settings->min_free_kb / m->page_kb), lowmem,
			  (uint64_t)settings->scale_factor, &m->zones[i]);
	return true;
}

static int64_t managed_of(const struct pfnscope_machine *m, int64_t node,
			  enum pfnscope_class class)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == node && m->zones[i].class == class)
			return m->zones[i].managed;
	return 0;
}

/* The zones above it on its node, one after the other, by its ratio. */
static void set_reserve(const struct pfnscope_machine *m, unsigned int own, int64_t ratio,
			struct pfnscope_explain_zone *zone)
{
	int64_t above = 0;

	for (unsigned int i = 0; i < zone->reserves; i++) {
		zone->reserve[i] = 0;
		if (i <= own)
			continue;
		above += managed_of(m, zone->node, m->classes.class[i]);
		if (ratio && zone->managed)
			zone->reserve[i] = above / ratio;
	}
}

bool pfnscope_lowmem_reserve_make(struct pfnscope_machine *m,
				  const struct pfnscope_reserves *settings)
{
	if (!knows_sizes(m))
		return false;
	for (size_t i = 0; i < m->nr_zones; i++) {
		int own = pfnscope_class_index(&m->classes, m->zones[i].class);

		if (own < 0 || settings->ratio[own] < 0 ||
		    m->zones[i].reserves != m->classes.count)
			return false;
	}
	for (size_t i = 0; i < m->nr_zones; i++) {
		unsigned int own = (unsigned int)pfnscope_class_index(&m->classes,
								      m->zones[i].class);

		set_reserve(m, own, settings->ratio[own], &m->zones[i]);
	}
	return true;
}

int64_t pfnscope_totalreserve(const struct pfnscope_machine *m)
{
	int64_t pages = 0;

	for (size_t i = 0; i < m->nr_zones; i++) {
		if (m->zones[i].managed < 0 || m->zones[i].high < 0)
			return PFNSCOPE_MISSING;
		pages += pfnscope_zone_reserve(&m->zones[i]);
	}
	return pages;
}

static int64_t square_root_of(int64_t square)
{
	int64_t root = 0;

	for (int64_t bit = INT64_C(1) << 30; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= square)
			root |= bit;
	return root;
}

/* 4 * sqrt(lowmem in kB), at least 128 and at most 64 MiB, since 5.8 256 MiB. */
int64_t pfnscope_min_free_default_kb(int64_t lowmem_kb, unsigned int version)
{
	int64_t most = version < PFNSCOPE_KERNEL(5, 8, 0) ? 65536 : 262144;
	int64_t kb = pfnscope_times(lowmem_kb, 16);

	if (kb == PFNSCOPE_MISSING)
		return kb;
	kb = square_root_of(kb);
	return kb < 128 ? 128 : kb > most ? most : kb;
}
