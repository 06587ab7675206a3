// SPDX-License-Identifier: GPL-2.0-only
/* Sysctls are a number a file; the counters of nodes come from zoneinfo. */
#include <string.h>

#include "allocator/plan.h"
#include "source/limits.h"
#include "source/numbers.h"
#include "source/parse.h"
#include "source/zoneinfo.h"
#include "base/array.h"

#define SETTINGS	"proc/sys/vm/"
#define NUMA_BALANCING_MEMORY_TIERING	2
#define NUMBER_MAX	(INT64_C(1) << 46)	/* pages, bytes: sums of these are safe */

static int64_t setting(const struct pfnscope_source *source, const char *path)
{
	int64_t number = pfnscope_number_in(source, path);

	return number > NUMBER_MAX ? PFNSCOPE_MISSING : number;
}

/* A line below the heading. */
static int64_t has_swap(const struct pfnscope_source *source)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int64_t lines = 0;

	if (pfnscope_source_input(source, "proc/swaps", &parser.input))
		return PFNSCOPE_MISSING;
	while (pfnscope_parse_line(&parser) > 0)
		lines++;
	pfnscope_input_close(parser.input);
	return lines ? lines > 1 : PFNSCOPE_MISSING;
}

/* The kernel takes no other. */
static int64_t percentage(const struct pfnscope_source *source, const char *path)
{
	int64_t percent = setting(source, path);

	return percent > 100 ? PFNSCOPE_MISSING : percent;
}

int64_t pfnscope_extfrag_threshold(const struct pfnscope_source *source)
{
	return setting(source, SETTINGS "extfrag_threshold");
}

static void read_settings(const struct pfnscope_source *source,
			  struct pfnscope_settings *s)
{
	int64_t *const lacking[] = {
		&s->zone_reclaim_mode, &s->min_unmapped_ratio,
		&s->min_slab_ratio, &s->defrag_mode,
	};

	s->dirty_ratio = percentage(source, SETTINGS "dirty_ratio");
	s->dirty_bytes = setting(source, SETTINGS "dirty_bytes");
	s->zone_reclaim_mode = setting(source, SETTINGS "zone_reclaim_mode");
	s->min_unmapped_ratio = percentage(source, SETTINGS "min_unmapped_ratio");
	s->min_slab_ratio = percentage(source, SETTINGS "min_slab_ratio");
	s->defrag_mode = setting(source, SETTINGS "defrag_mode");
	s->extfrag_threshold = pfnscope_extfrag_threshold(source);
	s->tiering = setting(source, "proc/sys/kernel/numa_balancing");
	if (s->tiering > 0)
		s->tiering = !!(s->tiering & NUMA_BALANCING_MEMORY_TIERING);
	s->swaps = has_swap(source);
	for (size_t i = 0; s->dirty_ratio >= 0 &&
	     i < ARRAY_SIZE(lacking); i++)
		if (*lacking[i] < 0)
			*lacking[i] = 0;
}

static void take_counter(void *context, uint64_t node, const char *zone,
			 const char *name, uint64_t number)
{
	static const char *const names[PFNSCOPE_NODE_COUNTERS] = {
		[PFNSCOPE_NODE_INACTIVE_FILE] = "nr_inactive_file",
		[PFNSCOPE_NODE_ACTIVE_FILE] = "nr_active_file",
		[PFNSCOPE_NODE_MAPPED] = "nr_mapped",
		[PFNSCOPE_NODE_FILE] = "nr_file_pages",
		[PFNSCOPE_NODE_DIRTY] = "nr_dirty",
		[PFNSCOPE_NODE_WRITEBACK] = "nr_writeback",
		[PFNSCOPE_NODE_SLAB_RECLAIMABLE] = "nr_slab_reclaimable",
	};
	struct pfnscope_limits *limits = context;

	(void)zone;
	if (node > 1023 || number > NUMBER_MAX)
		return;
	for (int i = 0; i < PFNSCOPE_NODE_COUNTERS; i++)
		if (!strcmp(name, names[i]))
			pfnscope_limits_node(limits, (int64_t)node)->counter[i] =
				(int64_t)number;
}

void pfnscope_limits_read(const struct pfnscope_source *source,
			  struct pfnscope_limits *limits)
{
	pfnscope_limits_init(limits);
	read_settings(source, &limits->settings);
	pfnscope_zoneinfo_numbers(source, take_counter, limits);
}

/*
 * Free CMA pages as the kernel counts them: its watermark check reads this
 * figure, which lags behind the lists by what the CPUs have not added.
 */
static void take_free_cma(void *context, uint64_t node, const char *zone,
			  const char *name, uint64_t pages)
{
	struct pfnscope_machine *m = context;

	if (strcmp(name, "nr_free_cma"))
		return;
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == (int64_t)node &&
		    !strcmp(m->zones[i].name, zone) && pages < INT64_MAX / 4)
			m->zones[i].cma = (int64_t)pages;
}

void pfnscope_free_cma_read(const struct pfnscope_source *source,
			    struct pfnscope_machine *machine)
{
	pfnscope_zoneinfo_numbers(source, take_free_cma, machine);
}

void pfnscope_reserves_read(const struct pfnscope_source *source,
			    struct pfnscope_reserves *settings)
{
	settings->min_free_kb = setting(source, SETTINGS "min_free_kbytes");
	settings->scale_factor = setting(source, SETTINGS "watermark_scale_factor");
	for (unsigned int i = 0; i < PFNSCOPE_CLASSES; i++)
		settings->ratio[i] = pfnscope_number_nth(source,
					SETTINGS "lowmem_reserve_ratio", i);
}

void pfnscope_commit_read(const struct pfnscope_source *source,
			  struct pfnscope_commit *commit)
{
	struct pfnscope_numbers meminfo = { 0 };

	pfnscope_numbers_read(source, "proc/meminfo", &meminfo);
	commit->mode = setting(source, SETTINGS "overcommit_memory");
	commit->ratio = setting(source, SETTINGS "overcommit_ratio");
	commit->kbytes = setting(source, SETTINGS "overcommit_kbytes");
	commit->ram = pfnscope_minus(pfnscope_number(&meminfo, "MemTotal"),
				     pfnscope_number(&meminfo, "Hugetlb"));
	commit->swap = pfnscope_number(&meminfo, "SwapTotal");
	commit->promised = pfnscope_number(&meminfo, "Committed_AS");
	pfnscope_numbers_clear(&meminfo);
}
