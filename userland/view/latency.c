// SPDX-License-Identifier: GPL-2.0-only
/* Percentiles and bars of histograms whose buckets are twice as wide from one to the next. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/units.h"
#include "view/latency.h"

#define FIRST_END	1024
#define BAR		40

uint64_t pfnscope_latency_end(size_t bucket)
{
	return bucket < 48 ? (uint64_t)FIRST_END << bucket : UINT64_MAX;
}

static uint64_t sum_of(const struct pfnscope_value *buckets)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < buckets->count; i++)
		sum += buckets->numbers[i];
	return sum;
}

/* No longer than the longest; nothing of a percentile is known but its bucket. */
static uint64_t percentile(const struct pfnscope_value *buckets, uint64_t longest,
			   unsigned int percent)
{
	uint64_t sum = sum_of(buckets), below = 0;
	size_t i;

	for (i = 0; i < buckets->count; i++) {
		below += buckets->numbers[i];
		if ((unsigned __int128)below * 100 >= (unsigned __int128)sum * percent)
			break;
	}
	/* The last one has no end. */
	if (i + 1 >= buckets->count || pfnscope_latency_end(i) > longest)
		return longest;
	return pfnscope_latency_end(i);
}

void pfnscope_latency_tell(struct pfnscope_table *any)
{
	struct LATENCY_table *table = LATENCY_FROM(any);
	static const struct {
		unsigned int column, percent;
	} columns[] = {
		{ LATENCY_p50_ns, 50 }, { LATENCY_p90_ns, 90 }, { LATENCY_p99_ns, 99 },
	};
	const struct pfnscope_value *buckets;
	uint64_t longest;
	size_t row, i;

	for (row = 0; row < table->all.nr_rows; row++) {
		buckets = pfnscope_table_cell(CELL(table, row, LATENCY_buckets));
		if (!buckets || !sum_of(buckets) ||
		    !pfnscope_table_number(CELL(table, row, LATENCY_longest_ns), &longest))
			continue;
		for (i = 0; i < ARRAY_SIZE(columns); i++)
			pfnscope_table_set_number(&table->all, pfnscope_table_row(&table->all, row),
						  columns[i].column,
						  percentile(buckets, longest, columns[i].percent));
	}
}

/* --- bars --- */

static uint64_t most_of(const struct pfnscope_value *buckets)
{
	uint64_t most = 0;
	size_t i;

	for (i = 0; i < buckets->count; i++)
		if (buckets->numbers[i] > most)
			most = buckets->numbers[i];
	return most;
}

/* Right-aligned in @width characters from where the text was @begin long. */
static void align(struct pfnscope_text *out, const char *cell, size_t width)
{
	size_t length = strlen(cell);

	while (length++ < width)
		pfnscope_text_put_char(out, ' ');
	pfnscope_text_put_string(out, cell);
}

static void put_bar(struct pfnscope_text *out, uint64_t number, uint64_t most)
{
	uint64_t length = (uint64_t)((unsigned __int128)number * BAR / most);

	/* What is there is seen. */
	if (number && !length)
		length = 1;
	while (length--)
		pfnscope_text_put_char(out, '#');
}

static void put_bucket(struct pfnscope_text *out, const struct pfnscope_value *buckets,
		       size_t bucket)
{
	struct pfnscope_text cell = { 0 };
	bool last = bucket + 1 == buckets->count;

	pfnscope_text_put_string(&cell, last ? ">=" : "<");
	pfnscope_units_ns(&cell, pfnscope_latency_end(last ? bucket - 1 : bucket));
	align(out, cell.data, 10);
	cell.length = 0;
	pfnscope_text_put_number(&cell, buckets->numbers[bucket], 10);
	align(out, cell.data, 10);
	free(cell.data);
	if (buckets->numbers[bucket])
		pfnscope_text_put_char(out, ' ');
	put_bar(out, buckets->numbers[bucket], most_of(buckets));
	pfnscope_text_put_char(out, '\n');
}

void pfnscope_latency_bars(const struct pfnscope_table *any, size_t row,
			   struct pfnscope_text *out)
{
	const struct LATENCY_table *table = LATENCY_OF(any);
	const struct pfnscope_value *buckets = pfnscope_table_cell(CELL(table, row,
									LATENCY_buckets));
	size_t first = 0, last;

	if (!buckets || !sum_of(buckets))
		return;
	last = buckets->count - 1;
	while (!buckets->numbers[first])
		first++;
	while (!buckets->numbers[last])
		last--;
	for (; first <= last; first++)
		put_bucket(out, buckets, first);
}
