// SPDX-License-Identifier: GPL-2.0-only
/* The field tables keep their own rules; words are found as users type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"
#include "table/bound.h"
#include "view/contiguity.h"
#include "view/incidents.h"
#include "view/reclaim.h"
#include "view/views.h"
#include "view/zones.h"

static bool ends_in(const char *name, const char *unit)
{
	size_t length = strlen(name), cut = strlen(unit);

	if (!strcmp(name, unit))
		return true;
	return length > cut && !strcmp(name + length - cut, unit) &&
	       name[length - cut - 1] == '_';
}

/* The unit is in the name, so that a number in a file is never ambiguous. */
static void unit_and_name_agree(void **state)
{
	static const enum pfnscope_field_unit units[] = {
		PFNSCOPE_UNIT_PAGES, PFNSCOPE_UNIT_BYTES, PFNSCOPE_UNIT_NS,
		PFNSCOPE_UNIT_MS, PFNSCOPE_UNIT_PFN,
	};
	const struct pfnscope_view *const *view;
	size_t i, u;

	(void)state;
	for (view = pfnscope_views; *view; view++)
		for (i = 0; i < (*view)->nr_fields; i++)
			for (u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
				const struct pfnscope_field *field = &(*view)->fields[i];
				bool named = ends_in(field->name,
						     pfnscope_unit_name(units[u]));

				if (named != (field->unit == units[u]))
					fail_msg("%s.%s", (*view)->name, field->name);
			}
}

static void fields_are_complete_and_unique(void **state)
{
	const struct pfnscope_view *const *view;
	size_t i, shown;

	(void)state;
	for (view = pfnscope_views; *view; view++) {
		assert_true((*view)->major >= 1);
		assert_non_null((*view)->row);
		shown = 0;
		for (i = 0; i < (*view)->nr_fields; i++) {
			const struct pfnscope_field *field = &(*view)->fields[i];

			shown += !!(field->flags & PFNSCOPE_SHOWN);
			assert_true(strlen(field->help) > 0);
			assert_true(field->help[strlen(field->help) - 1] != '.');
			assert_int_equal(pfnscope_view_field(*view, field->name), i);
			assert_int_equal(pfnscope_view_find(*view, field->name), i);
		}
		assert_true(shown > 0);
	}
}

static bool is_number_of(const struct pfnscope_view *view, unsigned int column)
{
	return !column || (column < view->nr_fields &&
			   pfnscope_field_is_number(&view->fields[column]));
}

/* A bound is past nothing where it is of a word, and 0 stands for no column. */
static void bounds_are_of_numbers(void **state)
{
	const struct pfnscope_view *const *view;
	size_t i, bounds = 0;

	(void)state;
	for (view = pfnscope_views; *view; view++)
		for (i = 0; i < (*view)->nr_bounds; i++) {
			const struct pfnscope_bound *bound = &(*view)->bounds[i];
			unsigned int value = bound->value ? bound->value : bound->field;

			assert_true(pfnscope_view_field(*view, "marks") > 0);
			assert_true(bound->field > 0 && bound->field < (*view)->nr_fields);
			assert_true(is_number_of(*view, value));
			assert_true(is_number_of(*view, bound->limit));
			assert_true(is_number_of(*view, bound->added));
			assert_true(is_number_of(*view, bound->only));
			assert_int_not_equal(bound->severity, PFNSCOPE_SEVERITY_NONE);
			assert_true(bound->help[strlen(bound->help) - 1] != '.');
			bounds++;
		}
	assert_true(bounds > 0);
}

static void columns_are_found_as_typed(void **state)
{
	const struct pfnscope_view *view = &pfnscope_view_zones;
	int index = pfnscope_view_field(view, "free_pages");

	(void)state;
	assert_true(index >= 0);
	assert_int_equal(pfnscope_view_find(view, "free"), index);
	assert_int_equal(pfnscope_view_find(view, "FREE_Pages"), index);
	assert_int_equal(pfnscope_view_find(view, "fre"), -1);
	assert_int_equal(pfnscope_view_find(view, ""), -1);
	assert_int_equal(pfnscope_view_field(view, "FREE_PAGES"), -1);
	/* Without what is counted, where no other column is called so. */
	index = pfnscope_view_field(&pfnscope_view_contiguity, "never_blocks");
	assert_int_equal(pfnscope_view_find(&pfnscope_view_contiguity, "never"), index);
	assert_int_equal(pfnscope_view_find(&pfnscope_view_contiguity, "BLOCKED"), index);
	assert_int_equal(pfnscope_view_find(&pfnscope_view_reclaim, "compact_migrate_sync"),
			 pfnscope_view_field(&pfnscope_view_reclaim,
					     "compact_migrate_sync_pfn"));
	assert_int_equal(pfnscope_view_find(&pfnscope_view_reclaim, "kswapd_highest"),
			 pfnscope_view_field(&pfnscope_view_reclaim,
					     "kswapd_highest_zone"));
	assert_int_equal(pfnscope_view_find(&pfnscope_view_reclaim, "scanned"), -1);
	assert_int_equal(pfnscope_view_find(&pfnscope_view_incidents, "victim"),
			 pfnscope_view_field(&pfnscope_view_incidents, "victim_pid"));
	assert_int_equal(pfnscope_view_find(&pfnscope_view_incidents, "cgroup"),
			 pfnscope_view_field(&pfnscope_view_incidents, "cgroup"));
	assert_int_equal(pfnscope_view_find(&pfnscope_view_reclaim, "SCAN_DIRECT"),
			 pfnscope_view_field(&pfnscope_view_reclaim,
					     "scanned_direct_pages"));
}

static const char *nearest(const char *word)
{
	struct pfnscope_nearest search = { .word = word };

	pfnscope_nearest_try(&search, "zonelists");
	pfnscope_nearest_try(&search, "zones");
	pfnscope_nearest_try(&search, "pcp");
	pfnscope_nearest_try(&search, "reclaim");
	return search.found;
}

static void slips_of_the_hand_are_guessed(void **state)
{
	(void)state;
	assert_string_equal(nearest("zone"), "zones");
	assert_string_equal(nearest("znoes"), "zones");
	assert_string_equal(nearest("zonel"), "zones");
	assert_string_equal(nearest("zonelis"), "zonelists");
	assert_string_equal(nearest("recl"), "reclaim");
	assert_string_equal(nearest("PCPS"), "pcp");
	assert_null(nearest("elephant"));
	assert_null(nearest(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unit_and_name_agree),
		cmocka_unit_test(fields_are_complete_and_unique),
		cmocka_unit_test(bounds_are_of_numbers),
		cmocka_unit_test(columns_are_found_as_typed),
		cmocka_unit_test(slips_of_the_hand_are_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
