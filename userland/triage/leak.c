// SPDX-License-Identifier: GPL-2.0-only
/* Reads some of many recordings, of one boot, and tells which numbers grow. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/checked.h"
#include "base/units.h"
#include "source/origin.h"
#include "source/words.h"
#include "triage/leak.h"
#include "triage/memcg.h"
#include "triage/track.h"

#define NS_PER_SECOND	1000000000
#define HOUR		3600
#define LEAST_GROWTH	(1024 * 1024)	/* bytes in all: less is no leak that anybody needs to know of */

const struct pfnscope_view pfnscope_view_leak = PFNSCOPE_VIEW(LEAK, "leak");

/* --- which are read --- */

/* The number of the boot that the @nth is of, or "" where it has none, to be freed; NULL of damage. */
static char *boot_of(const struct pfnscope_recordings *recordings, size_t nth)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;
	char *boot;

	if (pfnscope_source_recorded(recordings, nth, &source, &error))
		return NULL;
	boot = pfnscope_word_of_first_line(source, "proc/sys/kernel/random/boot_id", 0);
	pfnscope_source_close(source);
	return boot ? boot : pfnscope_strdup("");
}

/* Is one of those from *@nth to before @end, the first that can be read, of that @boot? If none can, yes. */
static bool is_of_boot(const struct pfnscope_recordings *recordings, size_t *nth, size_t end,
		       const char *boot)
{
	char *found = NULL;
	bool same;

	for (; !found && *nth < end; ++*nth)
		found = boot_of(recordings, *nth);
	same = !found || !strcmp(found, boot);
	free(found);
	return same;
}

/* The first that is of the same boot as the last: the boots follow one another. */
static size_t first_of_boot(const struct pfnscope_recordings *recordings)
{
	size_t low = 0, high = recordings->count;
	char *last = NULL;

	while (high && !last)
		last = boot_of(recordings, --high);
	while (last && low < high) {
		size_t middle = low + (high - low) / 2, behind = middle;

		if (is_of_boot(recordings, &behind, high, last))
			high = middle;
		else
			low = behind;
	}
	free(last);
	return high;
}

/*
 * Of @count recordings the one for part @i of @parts, as equal as they can be: any of the
 * part, so that no round that the machine has falls together with ours; of the last part the last one.
 */
static size_t choose_recording(size_t count, size_t i, size_t parts)
{
	size_t begin = i * count / parts, end = (i + 1) * count / parts;
	uint64_t mixed = (i + 1) * 0x9e3779b97f4a7c15;

	return i + 1 == parts ? count - 1 : begin + (size_t)(mixed >> 32) % (end - begin);
}

/* --- reading --- */

/**
 * struct leak - what is being found out
 * @recordings: of the machine
 * @tracks: numbers over time
 * @last: the last one that could be read
 * @span: what was looked at
 */
struct leak {
	const struct pfnscope_recordings *recordings;
	struct pfnscope_tracks tracks;
	struct pfnscope_source *last;
	struct pfnscope_leak_span *span;
};

static void read_recording(struct leak *leak, size_t nth)
{
	struct pfnscope_series series = { 0 };
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;

	if (pfnscope_source_recorded(leak->recordings, nth, &source, &error)) {
		leak->span->damaged++;
		return;
	}
	if (pfnscope_series_read(source, &series, &error)) {
		leak->span->damaged++;
		pfnscope_source_close(source);
	} else {
		pfnscope_tracks_add(&leak->tracks, (double)leak->recordings->all[nth].at, &series);
		pfnscope_source_close(leak->last);
		leak->last = source;
		leak->span->to = leak->recordings->all[nth].at;
		if (!leak->span->read++)
			leak->span->from = leak->span->to;
	}
	pfnscope_series_clear(&series);
}

/* --- what is left --- */

/* Of a cgroup and those above it, the least that one of them has to its limit; or @room. */
static int64_t room_of(const struct pfnscope_source *source, const char *cgroup, int64_t room)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_memcg group = { 0 };
	char *name = pfnscope_strdup(cgroup);

	if (!pfnscope_memcg_find(source, cgroup, &group, &error)) {
		while (name) {
			int64_t limit = pfnscope_memcg_limit(&group, name), left;
			char *above = pfnscope_memcg_above(name);

			left = limit == PFNSCOPE_UNLIMITED ? PFNSCOPE_MISSING :
			       pfnscope_minus(limit, pfnscope_memcg_usage(&group, name));
			if (left != PFNSCOPE_MISSING && left < room)
				room = left < 0 ? 0 : left;
			free(name);
			name = above;
		}
	}
	free(name);
	pfnscope_memcg_clear(&group);
	return room;
}

static int64_t room_to_grow(const struct pfnscope_source *source, const char *table,
			    const char *key)
{
	struct pfnscope_numbers meminfo = { 0 };
	int64_t room;

	pfnscope_numbers_read(source, "proc/meminfo", &meminfo);
	room = pfnscope_number(&meminfo, "MemAvailable");
	pfnscope_numbers_clear(&meminfo);
	return room != PFNSCOPE_MISSING && !strcmp(table, "cgroup") ?
	       room_of(source, key, room) : room;
}

/* "35m", "4.2d": for people; cut, as there must not seem to be more than there is. */
static char *span_text(double seconds)
{
	static const struct {
		double seconds;
		char letter;
	} units[] = { { 365.25 * 86400, 'y' }, { 86400, 'd' }, { 3600, 'h' }, { 60, 'm' }, { 1, 's' } };
	size_t i = 0;
	uint64_t tenths;

	while (i + 1 < ARRAY_SIZE(units) && seconds < units[i].seconds)
		i++;
	tenths = (uint64_t)(seconds / units[i].seconds * 10);
	return pfnscope_format("%" PRIu64 ".%" PRIu64 "%c", tenths / 10, tenths % 10,
			       units[i].letter);
}

/* --- the table --- */

static void set_left(struct leak *leak, struct LEAK_table *table,
		     struct pfnscope_value *row, const char *key, double slope)
{
	int64_t room = room_to_grow(leak->last, row[LEAK_table].string, key);
	double seconds = room == PFNSCOPE_MISSING ? 0 : (double)room / slope;
	char *text;

	if (room == PFNSCOPE_MISSING)
		return;
	pfnscope_table_set_number(CELL(table, row, LEAK_room_bytes), (uint64_t)room);
	if (seconds > (double)UINT32_MAX * HOUR)
		return;
	pfnscope_table_set_number(CELL(table, row, LEAK_left_seconds), (uint64_t)seconds);
	text = span_text(seconds);
	pfnscope_table_set_string(CELL(table, row, LEAK_left), text);
	free(text);
}

static void add_leak_row(struct leak *leak, struct LEAK_table *table, const char *name,
			 size_t readings, const struct pfnscope_growth *growth)
{
	static const unsigned int parts[] = { LEAK_table, LEAK_key, LEAK_number };
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	char *key = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		size_t length = strcspn(name, "\t");
		char *part = pfnscope_strndup(name, length);

		if (*part)
			pfnscope_table_set_string(&table->all, row, parts[i], part);
		name += length + (name[length] != '\0');
		if (parts[i] == LEAK_key)
			key = part;
		else
			free(part);
	}
	pfnscope_table_set_number(CELL(table, row, LEAK_from_bytes), (uint64_t)growth->from);
	pfnscope_table_set_number(CELL(table, row, LEAK_to_bytes), (uint64_t)growth->to);
	pfnscope_table_set_number(CELL(table, row, LEAK_per_hour_bytes), (uint64_t)(growth->slope * HOUR));
	pfnscope_table_set_number(CELL(table, row, LEAK_least_bytes), (uint64_t)(growth->low * HOUR));
	pfnscope_table_set_number(CELL(table, row, LEAK_most_bytes), (uint64_t)(growth->high * HOUR));
	pfnscope_table_set_number(CELL(table, row, LEAK_recordings), readings);
	set_left(leak, table, row, key, growth->slope);
	free(key);
}

static struct pfnscope_table *leak_table(struct leak *leak)
{
	struct LEAK_table *table = LEAK_NEW();
	const struct pfnscope_tracks *tracks = &leak->tracks;

	for (size_t i = 0; i < tracks->count; i++) {
		const struct pfnscope_track *track = &tracks->all[i];
		size_t readings = tracks->readings - track->begin;
		struct pfnscope_growth growth;

		if (!track->y)
			continue;
		pfnscope_growth(tracks->t + track->begin, track->y + track->begin, readings,
				&growth);
		if (growth.state == PFNSCOPE_GROWS && growth.to - growth.from >= LEAST_GROWTH)
			add_leak_row(leak, table, track->name, readings, &growth);
	}
	return &table->all;
}

static int fail_few(const struct leak *leak, size_t first, struct pfnscope_error *error)
{
	const struct pfnscope_recordings *recordings = leak->recordings;
	char date[32];

	pfnscope_units_date(date, sizeof(date), (uint64_t)recordings->all[first].at * NS_PER_SECOND);
	return pfnscope_fail(error, PFNSCOPE_USAGE,
		"%s: %zu recordings of this boot can be read, since %s UTC: %d are needed (pfnscope record --every 60s %s)",
		recordings->folder, leak->span->read, date, PFNSCOPE_GROWTH_LEAST,
		recordings->folder);
}

struct pfnscope_table *pfnscope_leak(const struct pfnscope_recordings *recordings,
				     struct pfnscope_leak_span *span,
				     struct pfnscope_error *error)
{
	struct leak leak = { .recordings = recordings, .span = span };
	size_t first = first_of_boot(recordings), parts;
	struct pfnscope_table *table = NULL;

	*span = (struct pfnscope_leak_span){ .count = recordings->count - first };
	parts = span->count < PFNSCOPE_GROWTH_MOST ? span->count : PFNSCOPE_GROWTH_MOST;
	for (size_t i = 0; i < parts; i++)
		read_recording(&leak, first + choose_recording(span->count, i, parts));
	if (span->read < PFNSCOPE_GROWTH_LEAST)
		fail_few(&leak, first, error);
	else
		table = leak_table(&leak);
	if (table)
		pfnscope_origin_read(leak.last, &span->origin);
	pfnscope_tracks_clear(&leak.tracks);
	pfnscope_source_close(leak.last);
	return table;
}
