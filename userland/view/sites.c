// SPDX-License-Identifier: GPL-2.0-only
/* Call sites: whom a stack names, sums by function, lines for flame graphs. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "table/select.h"
#include "view/sites.h"

const struct pfnscope_view pfnscope_view_sites_brief = PFNSCOPE_VIEW(SITES_BRIEF, "sites");

/*
 * Functions of the kernel that everybody asks by; what a name ends in is left out. A
 * module has none of them. _noprof is what allocation profiling makes of a name.
 */
static const char *const helpers[] = {
	"__alloc_pages", "alloc_pages", "__alloc_frozen_pages", "alloc_frozen_pages",
	"__folio_alloc", "folio_alloc", "vma_alloc_folio", "vma_alloc_anon_folio",
	"filemap_alloc_folio", "__page_cache_alloc", "__get_free_pages", "get_free_pages",
	"get_zeroed_page", "make_alloc_exact",
	"alloc_slab_page", "allocate_slab", "new_slab", "__slab_alloc", "___slab_alloc",
	"refill_objects", "__refill_objects", "__pcs_replace", "refill_sheaf", "alloc_from_new_slab",
	"new_slab_objects", "slab_alloc", "kmem_cache_alloc", "__kmem_cache_alloc",
	"kmalloc", "__kmalloc", "___kmalloc", "kmemdup", "kstrdup", "krealloc", "kvmalloc", "__kvmalloc",
	"__vmalloc", "vmalloc", "vzalloc", "vm_area_alloc_pages", "alloc_thread_stack",
	"dma_direct_alloc", "__dma_direct_alloc", "dma_alloc", "dmam_alloc", "dma_common_alloc",
	"dma_pool_alloc", "pool_alloc_page", "pcpu_", "__alloc_percpu", "page_frag_alloc",
	"__page_frag", "__alloc_page_frag", "__alloc_skb", "__netdev_alloc", "__napi_alloc",
	"skb_page_frag_refill", "mempool_alloc",
};

static bool is_helper(const char *frame)
{
	size_t i;

	if (strchr(frame, '['))
		return false;
	for (i = 0; i < ARRAY_SIZE(helpers); i++)
		if (!strncmp(frame, helpers[i], strlen(helpers[i])))
			return true;
	return false;
}

/* "name+0x1c[module]" without the offset. */
static char *without_offset(const char *frame)
{
	const char *module = strchr(frame, '[');

	return pfnscope_format("%.*s%s", (int)strcspn(frame, "+["), frame,
			       module ? module : "");
}

char *pfnscope_sites_caller(const char *const *stack, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!is_helper(stack[i]))
			return without_offset(stack[i]);
	return count ? without_offset(stack[count - 1]) : pfnscope_strdup("?");
}

void pfnscope_sites_name(struct pfnscope_table *any)
{
	struct SITES_table *table = SITES_FROM(any);
	const struct pfnscope_value *stack;
	char *caller;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		stack = pfnscope_table_cell(CELL(table, row, SITES_stack));
		if (!stack)
			continue;
		caller = pfnscope_sites_caller(stack->words, stack->count);
		pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row),
					       SITES_function),
					  caller);
		free(caller);
	}
}

/* --- growth --- */

static uint64_t pages_earlier(const struct SITES_table *before, uint64_t site)
{
	size_t row;

	for (row = 0; row < before->all.nr_rows; row++)
		if (pfnscope_table_or_zero(CELL(before, row, SITES_site)) == site)
			return pfnscope_table_or_zero(CELL(before, row, SITES_estimated_pages));
	return 0;
}

static bool has_grown(const struct pfnscope_table *any, size_t row,
		      const void *nothing)
{
	const struct SITES_table *table = SITES_OF(any);

	(void)nothing;
	return pfnscope_table_or_zero(CELL(table, row, SITES_grown_pages));
}

void pfnscope_sites_grow(struct pfnscope_table *any,
			 const struct pfnscope_table *any_before)
{
	struct SITES_table *table = SITES_FROM(any);
	const struct SITES_table *before = SITES_OF(any_before);
	uint64_t now, then;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		now = pfnscope_table_or_zero(CELL(table, row, SITES_estimated_pages));
		then = pages_earlier(before, pfnscope_table_or_zero(CELL(table, row, SITES_site)));
		pfnscope_table_set_number(CELL(table, pfnscope_table_row(&table->all, row),
					       SITES_grown_pages),
					  now > then ? now - then : 0);
	}
	pfnscope_table_filter(&table->all, has_grown, NULL);
}

/* --- functions --- */

static bool is_same_word(const char *one, const char *other)
{
	return one && other ? !strcmp(one, other) : one == other;
}

/* The sum that @row belongs to, SIZE_MAX where there is none yet. */
static size_t find_sum(const struct SITES_BRIEF_table *sums,
		       const struct SITES_table *table, size_t row)
{
	size_t sum;

	for (sum = 0; sum < sums->all.nr_rows; sum++)
		if (pfnscope_table_or_zero(CELL(sums, sum, SITES_BRIEF_node)) ==
		    pfnscope_table_or_zero(CELL(table, row, SITES_node)) &&
		    is_same_word(pfnscope_table_string(CELL(sums, sum, SITES_BRIEF_zone)),
				 pfnscope_table_string(CELL(table, row, SITES_zone))) &&
		    is_same_word(pfnscope_table_string(CELL(sums, sum, SITES_BRIEF_function)),
				 pfnscope_table_string(CELL(table, row, SITES_function))))
			return sum;
	return SIZE_MAX;
}

static uint64_t root_of(uint64_t square)
{
	uint64_t root = 0, bit;

	for (bit = 1ULL << 31; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= square)
			root |= bit;
	return root;
}

/* Errors of samples that have nothing to do with each other: their squares add up. */
static void add_error(struct SITES_BRIEF_table *sums, size_t sum, uint64_t error)
{
	uint64_t other = pfnscope_table_or_zero(CELL(sums, sum, SITES_BRIEF_error_pages));

	pfnscope_table_set_number(CELL(sums, pfnscope_table_row(&sums->all, sum),
				       SITES_BRIEF_error_pages),
				  root_of(error * error + other * other));
}

static void add_age(struct SITES_BRIEF_table *sums, size_t sum,
		    const struct SITES_table *table, size_t row)
{
	struct pfnscope_value *into = pfnscope_table_row(&sums->all, sum);
	uint64_t age, known;

	if (pfnscope_table_number(CELL(table, row, SITES_oldest_ms), &age) &&
	    (!pfnscope_table_number(CELL(sums, sum, SITES_BRIEF_oldest_ms),
				    &known) || age > known))
		pfnscope_table_set_number(CELL(sums, into, SITES_BRIEF_oldest_ms), age);
	if (pfnscope_table_number(CELL(table, row, SITES_newest_ms), &age) &&
	    (!pfnscope_table_number(CELL(sums, sum, SITES_BRIEF_newest_ms),
				    &known) || age < known)) {
		const char *comm = pfnscope_table_string(CELL(table, row, SITES_comm));

		pfnscope_table_set_number(CELL(sums, into, SITES_BRIEF_newest_ms), age);
		if (comm)
			pfnscope_table_set_string(CELL(sums, into, SITES_BRIEF_comm), comm);
	}
}

static void add_site_row(struct SITES_BRIEF_table *sums, const struct SITES_table *table,
			 size_t row)
{
	size_t sum = find_sum(sums, table, row);

	if (sum == SIZE_MAX) {
		pfnscope_table_copy(&sums->all, pfnscope_table_add(&sums->all), &table->all, row);
		return;
	}
	pfnscope_table_add_number(CELL(sums, pfnscope_table_row(&sums->all, sum),
				       SITES_BRIEF_estimated_pages),
				  pfnscope_table_or_zero(CELL(table, row, SITES_estimated_pages)));
	add_error(sums, sum, pfnscope_table_or_zero(CELL(table, row, SITES_error_pages)));
	add_age(sums, sum, table, row);
}

struct pfnscope_table *pfnscope_sites_brief(const struct pfnscope_table *any)
{
	const struct SITES_table *table = SITES_OF(any);
	struct SITES_BRIEF_table *sums = SITES_BRIEF_NEW();
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++)
		if (pfnscope_table_or_zero(CELL(table, row, SITES_estimated_pages)))
			add_site_row(sums, table, row);
	if (sums->all.nr_rows)
		return &sums->all;
	pfnscope_table_free(&sums->all);
	return NULL;
}

/* --- flame graphs --- */

static void put_stack(const struct pfnscope_value *stack, struct pfnscope_text *out)
{
	size_t frame = stack->count;
	char *name;

	if (!frame)
		pfnscope_text_put_string(out, "?");
	while (frame--) {
		name = without_offset(stack->words[frame]);
		/* These two are what the format is made of. */
		pfnscope_text_put_printable(out, name, "; ");
		free(name);
		if (frame)
			pfnscope_text_put_char(out, ';');
	}
}

void pfnscope_sites_fold(const struct pfnscope_table *any,
			 struct pfnscope_text *out)
{
	const struct SITES_table *table = SITES_OF(any);
	const struct pfnscope_value *stack;
	uint64_t pages;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		pages = pfnscope_table_or_zero(CELL(table, row, SITES_estimated_pages));
		stack = pfnscope_table_cell(CELL(table, row, SITES_stack));
		if (!pages || !stack)
			continue;
		put_stack(stack, out);
		pfnscope_text_put_char(out, ' ');
		pfnscope_text_put_number(out, pages, 10);
		pfnscope_text_put_char(out, '\n');
	}
}
