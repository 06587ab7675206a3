// SPDX-License-Identifier: GPL-2.0-only
/* Whom a stack names, sums by function, growth between two looks, lines for flame graphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/text.h"
#include "view/sites.h"

static void caller_is(const char *const *stack, size_t count, const char *name)
{
	char *caller = pfnscope_sites_caller(stack, count);

	assert_string_equal(caller, name);
	free(caller);
}

/* As kernels from 5.10 to 7.2 print them. */
static void helpers_are_passed_over(void **state)
{
	static const char *const pages[] = {
		"__alloc_pages+0x256", "eat_pages+0x9c[eater]",
		"eater_init+0x11[eater]",
	};
	static const char *const coherent[] = {
		"__alloc_frozen_pages_noprof+0x1f5", "__alloc_pages_noprof+0xa", "__dma_direct_alloc_pages.isra.0+0x9f",
		"dma_direct_alloc+0x119", "dma_alloc_attrs+0x51", "eat_ring+0x59[eater]",
	};
	static const char *const object[] = {
		"__alloc_pages+0x256", "allocate_slab+0x334", "___slab_alloc+0x379", "kmem_cache_alloc_lru+0x33b",
		"alloc_inode+0x59",
	};
	static const char *const module[] = { "__alloc_pages+0x256", "kmalloc_of_mine+0x4[mine]", "other+0x4" };
	static const char *const unknown[] = { "__alloc_pages+0x256", "?", "do_syscall_64+0x5d" };

	(void)state;
	caller_is(pages, ARRAY_SIZE(pages), "eat_pages[eater]");
	caller_is(coherent, ARRAY_SIZE(coherent), "eat_ring[eater]");
	caller_is(object, ARRAY_SIZE(object), "alloc_inode");
	caller_is(module, ARRAY_SIZE(module), "kmalloc_of_mine[mine]");
	caller_is(unknown, ARRAY_SIZE(unknown), "?");
	caller_is(pages, 1, "__alloc_pages");
	caller_is(NULL, 0, "?");
}

static const char *const mine[] = { "__alloc_pages+0x1", "take+0x2[mine]", "do_init+0x3" };
static const char *const other[] = { "__alloc_pages+0x1", "take+0x9[mine]", "do;exit now+0x3" };

static void add(struct pfnscope_table *table, const char *zone, uint64_t site, uint64_t pages, uint64_t error,
		uint64_t age, const char *const *stack)
{
	struct pfnscope_value *row = pfnscope_table_add(table);

	pfnscope_table_set_number(table, row, SITES_node, 0);
	pfnscope_table_set_string(table, row, SITES_zone, zone);
	pfnscope_table_set_number(table, row, SITES_site, site);
	pfnscope_table_set_number(table, row, SITES_estimated_pages, pages);
	pfnscope_table_set_number(table, row, SITES_error_pages, error);
	pfnscope_table_set_number(table, row, SITES_oldest_ms, age);
	pfnscope_table_set_number(table, row, SITES_newest_ms, age);
	pfnscope_table_set_string(table, row, SITES_comm, age < 100 ? "young" : "old");
	pfnscope_table_set_words(table, row, SITES_stack, stack, 3);
}

static struct pfnscope_table *sample(void)
{
	struct pfnscope_table *table = pfnscope_table_new(&pfnscope_view_sites);

	add(table, "DMA", 7, 300, 30, 500, mine);
	add(table, "DMA", 9, 400, 40, 50, other);
	add(table, "DMA32", 11, 64, 0, 20, mine);
	add(table, "DMA32", 12, 0, 0, 20, other);
	pfnscope_sites_name(table);
	return table;
}

static uint64_t number(const struct pfnscope_table *table, size_t row, unsigned int column)
{
	uint64_t value = UINT64_MAX;

	assert_true(pfnscope_table_number(table, row, column, &value));
	return value;
}

static void functions_are_summed_up(void **state)
{
	struct pfnscope_table *table = sample(), *brief = pfnscope_sites_brief(table);

	(void)state;
	assert_int_equal(brief->nr_rows, 2);
	assert_string_equal(pfnscope_table_string(brief, 0, SITES_BRIEF_function), "take[mine]");
	assert_int_equal(number(brief, 0, SITES_BRIEF_estimated_pages), 700);
	assert_int_equal(number(brief, 0, SITES_BRIEF_error_pages), 50);
	assert_int_equal(number(brief, 0, SITES_BRIEF_oldest_ms), 500);
	assert_int_equal(number(brief, 0, SITES_BRIEF_newest_ms), 50);
	assert_string_equal(pfnscope_table_string(brief, 0, SITES_BRIEF_comm), "young");
	assert_int_equal(number(brief, 1, SITES_BRIEF_estimated_pages), 64);
	assert_int_equal(number(brief, 1, SITES_BRIEF_error_pages), 0);
	pfnscope_table_free(brief);
	pfnscope_table_free(table);
}

static void what_has_grown_is_left(void **state)
{
	struct pfnscope_table *before = pfnscope_table_new(&pfnscope_view_sites), *table = sample();

	(void)state;
	add(before, "DMA", 9, 100, 0, 20, other);
	add(before, "DMA32", 11, 65, 0, 20, mine);
	pfnscope_sites_grow(table, before);
	assert_int_equal(table->nr_rows, 2);
	assert_int_equal(number(table, 0, SITES_site), 7);
	assert_int_equal(number(table, 0, SITES_grown_pages), 300);
	assert_int_equal(number(table, 1, SITES_site), 9);
	assert_int_equal(number(table, 1, SITES_grown_pages), 300);
	pfnscope_table_free(before);
	pfnscope_table_free(table);
}

static void stacks_are_folded_from_outside(void **state)
{
	struct pfnscope_table *table = sample();
	struct pfnscope_text text = { 0 };

	(void)state;
	pfnscope_sites_fold(table, &text);
	assert_string_equal(text.data,
			    "do_init;take[mine];__alloc_pages 300\n"
			    "do\\073exit\\040now;take[mine];__alloc_pages 400\n"
			    "do_init;take[mine];__alloc_pages 64\n");
	free(text.data);
	pfnscope_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(helpers_are_passed_over),
		cmocka_unit_test(functions_are_summed_up),
		cmocka_unit_test(what_has_grown_is_left),
		cmocka_unit_test(stacks_are_folded_from_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
