// SPDX-License-Identifier: GPL-2.0-only
/* Which processes map page frames: their page tables, as /proc/PID/pagemap tells them. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/digits.h"
#include "source/mappings.h"
#include "source/parse.h"

/* An entry of pagemap, a word for each page of the address space. */
#define PRESENT		(1ULL << 63)
#define FRAME		((1ULL << 55) - 1)

/* Of one process: 64 GiB of address space in pages of 4 KiB, which is read in a second or so. */
#define ENTRIES_MAX	(1ULL << 24)

/**
 * struct look - one process
 * @wanted: what is looked for
 * @pid: of the process
 * @pagemap: of it
 * @page_size: of the machine
 * @enough: nothing is left to be found
 */
struct look {
	struct pfnscope_mappings *wanted;
	uint64_t pid;
	int pagemap;
	uint64_t page_size;
	bool enough;
};

static void look_at_entries(struct look *look, const uint64_t *entries, size_t count)
{
	const struct pfnscope_mappings *wanted = look->wanted;
	size_t i;

	for (i = 0; i < count && !look->enough; i++) {
		uint64_t frame = entries[i] & FRAME;

		if (entries[i] & PRESENT && frame && frame >= wanted->first &&
		    frame <= wanted->last)
			look->enough = !wanted->take(wanted->context, look->pid, frame);
	}
}

/* The pages from @page to @end. */
static void look_through(struct look *look, uint64_t page, uint64_t end)
{
	static uint64_t entries[8192];
	uint64_t count;
	ssize_t got;

	while (page < end && !look->enough) {
		count = end - page < ARRAY_SIZE(entries) ? end - page : ARRAY_SIZE(entries);
		got = pread(look->pagemap, entries, count * sizeof(*entries),
			    (off_t)(page * sizeof(*entries)));
		/* It has ended, or this is the page of system calls above all others. */
		if (got < (ssize_t)sizeof(*entries))
			return;
		look_at_entries(look, entries, (size_t)got / sizeof(*entries));
		page += (size_t)got / sizeof(*entries);
	}
}

/* "START-END ...", both in base 16. */
static bool read_area(struct pfnscope_parser *parser, uint64_t *start, uint64_t *end)
{
	struct pfnscope_token area;
	char *dash, *behind;

	if (!pfnscope_parse_word(parser, &area))
		return false;
	*start = strtoull(area.text, &dash, 16);
	if (*dash != '-')
		return false;
	*end = strtoull(dash + 1, &behind, 16);
	return !*behind && *end > *start;
}

/* Some programs reserve terabytes: such an area is passed over, those behind it are not. */
static void look_at_areas(struct look *look, struct pfnscope_parser *maps)
{
	uint64_t left = ENTRIES_MAX, start, end;
	bool whole = true;

	while (!look->enough && pfnscope_parse_line(maps) > 0) {
		if (!read_area(maps, &start, &end))
			continue;
		start /= look->page_size;
		end /= look->page_size;
		if (end - start > left) {
			whole = false;
			continue;
		}
		left -= end - start;
		look_through(look, start, end);
	}
	look->wanted->cut += !whole;
}

static void look_at_process(const struct pfnscope_source *source, struct look *look)
{
	char *maps_path = pfnscope_format("proc/%" PRIu64 "/maps", look->pid);
	char *pagemap_path = pfnscope_format("proc/%" PRIu64 "/pagemap", look->pid);
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser maps = { .error = &error };
	int failure = pfnscope_source_input(source, maps_path, &maps.input);

	look->pagemap = -1;
	if (!failure)
		failure = pfnscope_source_words(source, pagemap_path, &look->pagemap);
	if (!failure) {
		look->wanted->processes++;
		look_at_areas(look, &maps);
	} else if (failure == EACCES || failure == EPERM) {
		look->wanted->unread++;
	}
	if (look->pagemap >= 0)
		close(look->pagemap);
	if (maps.input)
		pfnscope_input_close(maps.input);
	free(maps_path);
	free(pagemap_path);
}

void pfnscope_mappings_find(const struct pfnscope_source *source, uint64_t page_size,
			    struct pfnscope_mappings *mappings)
{
	char **names, **name;
	struct look look = { .wanted = mappings, .page_size = page_size };

	if (!pfnscope_source_is_live(source))
		return;
	names = pfnscope_source_list(source, "proc");
	for (name = names; *name && !look.enough; name++) {
		if (!pfnscope_digits(*name, strlen(*name), &look.pid))
			look_at_process(source, &look);
	}
	pfnscope_source_list_free(names);
}
