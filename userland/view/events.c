// SPDX-License-Identifier: GPL-2.0-only
/* The verdict of an event in words; and which events are new. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/units.h"
#include "view/events.h"

/* What the term compares, each a size. */
struct sizes {
	uint64_t free, min, reserve, unusable;
};

static bool read_sizes(const struct EVENTS_table *table, size_t row, struct sizes *sizes)
{
	return pfnscope_table_number(CELL(table, row, EVENTS_free_pages), &sizes->free) &&
	       pfnscope_table_number(CELL(table, row, EVENTS_min_pages), &sizes->min) &&
	       pfnscope_table_number(CELL(table, row, EVENTS_reserve_pages), &sizes->reserve) &&
	       pfnscope_table_number(CELL(table, row, EVENTS_unusable_pages), &sizes->unusable);
}

static void put_size(struct pfnscope_text *out, const char *what, uint64_t pages, uint64_t page_size)
{
	pfnscope_text_put_string(out, what);
	pfnscope_units_bytes(out, (unsigned __int128)pages * page_size);
}

/* "(free 61M > min 1.2M)" */
static void put_sizes(struct pfnscope_text *out, const struct sizes *sizes, const char *sign,
		      uint64_t page_size)
{
	put_size(out, " (free ", sizes->free, page_size);
	if (sizes->unusable)
		put_size(out, " - unusable ", sizes->unusable, page_size);
	pfnscope_text_put_string(out, sign);
	put_size(out, "min ", sizes->min, page_size);
	if (sizes->reserve)
		put_size(out, " + reserve ", sizes->reserve, page_size);
	pfnscope_text_put_char(out, ')');
}

static void put_order(struct pfnscope_text *out, const char *what, const struct EVENTS_table *table,
		      size_t row)
{
	uint64_t order = 0;

	pfnscope_table_number(CELL(table, row, EVENTS_order), &order);
	pfnscope_text_put_string(out, what);
	pfnscope_text_put_number(out, order, 10);
}

static void put_term(struct pfnscope_text *out, const struct EVENTS_table *table, size_t row,
		     const char *term, const struct sizes *sizes, uint64_t page_size)
{
	bool short_of = !strcmp(term, "below_min") || !strcmp(term, "lowmem_reserve");

	if (!strcmp(term, "no_block"))
		put_order(out, "no free block of order ", table, row);
	else if (!strcmp(term, "no_usable_block"))
		put_order(out, "only blocks it may not use of order ", table, row);
	else if (!strcmp(term, "below_min"))
		pfnscope_text_put_string(out, "free not above min");
	else if (!strcmp(term, "lowmem_reserve"))
		pfnscope_text_put_string(out, "free above min only with what is kept from it");
	else
		pfnscope_text_put_string(out, "it would have been served by then");
	put_sizes(out, sizes, short_of ? " <= " : " > ", page_size);
}

static void tell_row(struct EVENTS_table *table, size_t row, uint64_t page_size)
{
	const char *term = pfnscope_table_string(CELL(table, row, EVENTS_term));
	const char *zone = pfnscope_table_string(CELL(table, row, EVENTS_checked_zone));
	struct pfnscope_text text = { 0 };
	struct sizes sizes;
	uint64_t node;

	if (!term || !zone || !read_sizes(table, row, &sizes) ||
	    !pfnscope_table_number(CELL(table, row, EVENTS_checked_node), &node))
		return;
	pfnscope_text_put_string(&text, "Node ");
	pfnscope_text_put_number(&text, node, 10);
	pfnscope_text_put_char(&text, ' ');
	pfnscope_text_put_string(&text, zone);
	pfnscope_text_put_string(&text, ": ");
	put_term(&text, table, row, term, &sizes, page_size);
	pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row), EVENTS_verdict),
				  text.data);
	free(text.data);
}

void pfnscope_events_tell(struct pfnscope_table *any, uint64_t page_size)
{
	struct EVENTS_table *table = EVENTS_FROM(any);
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++)
		tell_row(table, row, page_size);
}

/* --- what is new --- */

/* A machine has no more, and no file makes us believe it. */
#define CPUS_MAX	65536

static uint64_t *last_of(struct pfnscope_events_seen *seen, uint64_t cpu)
{
	size_t size = seen->nr_cpus;

	if (cpu >= CPUS_MAX)
		return NULL;
	if (cpu >= size) {
		seen->nr_cpus = (size_t)cpu + 1;
		seen->last = pfnscope_realloc(seen->last, seen->nr_cpus, sizeof(*seen->last));
		memset(seen->last + size, 0, (seen->nr_cpus - size) * sizeof(*seen->last));
	}
	return &seen->last[cpu];
}

void pfnscope_events_see(struct pfnscope_events_seen *seen,
			 const struct pfnscope_table *table, struct pfnscope_table *fresh)
{
	const struct EVENTS_table *events = EVENTS_OF(table);
	uint64_t cpu, number, *last;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (!pfnscope_table_number(CELL(events, row, EVENTS_cpu), &cpu) ||
		    !pfnscope_table_number(CELL(events, row, EVENTS_number), &number))
			continue;
		last = last_of(seen, cpu);
		if (!last || number <= *last)
			continue;
		seen->lost += number - *last - 1;
		*last = number;
		if (fresh)
			pfnscope_table_copy(fresh, pfnscope_table_add(fresh), table, row);
	}
}

uint64_t pfnscope_events_without_room(const struct pfnscope_table *table)
{
	uint64_t without = 0;

	if (table->reason)
		sscanf(table->reason, "%*u events have given way to newer ones, %" SCNu64 " found no room",
		       &without);
	return without;
}
