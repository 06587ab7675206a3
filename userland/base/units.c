// SPDX-License-Identifier: GPL-2.0-only
/* Numbers with units, at most one digit behind the point. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/units.h"

struct scale {
	const char *const *names;
	size_t count;
	unsigned int step;
};

static const char *const byte_names[] = { "B", "K", "M", "G", "T", "P", "E", "Z", "Y" };
static const char *const time_names[] = { "ns", "us", "ms", "s" };
static const struct scale bytes_scale = { byte_names, 9, 1024 };
static const struct scale ns_scale = { time_names, 4, 1000 };
static const struct scale ms_scale = { time_names + 2, 2, 1000 };

static void put_scaled(struct pfnscope_text *out, unsigned __int128 number,
		       const struct scale *scale)
{
	unsigned __int128 tenths = number * 10;
	size_t unit = 0;

	while (tenths / 10 >= scale->step && unit + 1 < scale->count) {
		tenths /= scale->step;
		unit++;
	}
	pfnscope_text_put_number(out, (uint64_t)(tenths / 10), 10);
	if (tenths % 10 && unit) {
		pfnscope_text_put_char(out, '.');
		pfnscope_text_put_number(out, (uint64_t)(tenths % 10), 10);
	}
	if (number)
		pfnscope_text_put_string(out, scale->names[unit]);
}

void pfnscope_units_bytes(struct pfnscope_text *out, unsigned __int128 bytes)
{
	put_scaled(out, bytes, &bytes_scale);
}

void pfnscope_units_ns(struct pfnscope_text *out, uint64_t ns)
{
	put_scaled(out, ns, &ns_scale);
}

void pfnscope_units_ms(struct pfnscope_text *out, uint64_t ms)
{
	put_scaled(out, ms, &ms_scale);
}

void pfnscope_units_date(char *out, size_t size, uint64_t ns)
{
	time_t then = (time_t)(ns / 1000000000);
	struct tm tm;

	if (!gmtime_r(&then, &tm) || !strftime(out, size, "%F %T", &tm))
		*out = '\0';
}

void pfnscope_units_pages(char *out, size_t size, int64_t pages, int64_t page_kb)
{
	struct pfnscope_text text = { 0 };

	if (pages <= 0 || page_kb <= 0) {
		snprintf(out, size, "%" PRId64, pages);
		return;
	}
	pfnscope_units_bytes(&text, (unsigned __int128)pages *
			     (unsigned __int128)page_kb * 1024);
	snprintf(out, size, "%" PRId64 " (%s)", pages, text.data);
	free(text.data);
}

uint64_t pfnscope_units_order(uint64_t bytes, uint64_t page_size)
{
	uint64_t order = 0;

	while (page_size && page_size << order < bytes)
		order++;
	return order;
}
