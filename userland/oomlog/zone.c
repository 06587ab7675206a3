// SPDX-License-Identifier: GPL-2.0-only
/* The lines of one zone: counters, lowmem_reserve, free blocks. */
#include "oomlog/line.h"
#include "oomlog/parts.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"

struct field {
	const char *name;
	size_t offset;
};

#define FIELD(name) { #name, offsetof(struct pfnscope_oom_zone, name##_kb) }

static const struct field fields[] = {
	FIELD(free), FIELD(boost), FIELD(min), FIELD(low), FIELD(high),
	FIELD(present), FIELD(managed), FIELD(reserved_highatomic),
	FIELD(free_highatomic), FIELD(free_cma), FIELD(free_pcp), FIELD(kernel_stack),
};

static void take_field(struct pfnscope_oom_zone *z, const char *name,
		       size_t size, int64_t value)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		int64_t *at = (int64_t *)(void *)((char *)z +
						  fields[i].offset);

		if (strlen(fields[i].name) == size &&
		    !memcmp(fields[i].name, name, size) &&
		    *at == PFNSCOPE_MISSING)
			*at = value;
	}
}

/**
 * pfnscope_oomlog_zone_seen - does the report have this zone's line already?
 * @line: a zone line
 * @report: the report being read
 *
 * Return: true if so: the line belongs to another report.
 */
bool pfnscope_oomlog_zone_seen(struct pfnscope_scan line,
			       const struct pfnscope_oom_report *report)
{
	char zone[16];
	int64_t node;

	pfnscope_line_node_zone(&line, &node, zone, sizeof(zone));
	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *z = &report->zones[i];

		if (z->node == node && !strcmp(z->zone, zone))
			return z->has_line;
	}
	return false;
}

/**
 * pfnscope_oomlog_zone - read "Node 0 DMA free:4kB min:4kB ..."
 * @line: the line
 * @report: gets the zone
 */
void pfnscope_oomlog_zone(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_zone *z;
	char zone[16];
	int64_t node;

	if (!pfnscope_line_node_zone(&line, &node, zone, sizeof(zone)) || !*zone)
		return;
	z = pfnscope_oom_report_zone(report, node, zone);
	if (!z)
		return;
	if (!z->has_line)
		pfnscope_oomlog_sums(line, &report->zone_sums);
	z->has_line = true;
	while (!pfnscope_scan_done(&line)) {
		const char *name;
		size_t size;
		int64_t value;

		pfnscope_scan_blanks(&line);
		name = line.at;
		while (line.at < line.end && *line.at != ':' && *line.at != ' ')
			line.at++;
		size = (size_t)(line.at - name);
		if (pfnscope_scan_char(&line, ':') &&
		    pfnscope_scan_kb(&line, &value))
			take_field(z, name, size, value);
	}
}

/**
 * pfnscope_oomlog_reserve - read "lowmem_reserve[]: 0 1935 1935"
 * @line: the line, also with the name of 2.6.9, "protections[]"
 * @report: its newest zone gets the row
 */
void pfnscope_oomlog_reserve(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_zone *z;
	int64_t pages;

	if (!report->nr_zones || !pfnscope_scan_after(&line, "[]:"))
		return;
	z = &report->zones[report->nr_zones - 1];
	if (z->reserves)
		return;
	pfnscope_scan_blanks(&line);
	while (z->reserves < PFNSCOPE_OOM_CLASSES &&
	       pfnscope_scan_number(&line, &pages)) {
		z->reserve_pages[z->reserves++] = pages;
		pfnscope_scan_blanks(&line);
	}
}

/* The letters of show_migration_types(), by the meaning they stand for. */
static uint32_t type_of(char letter)
{
	static const char letters[] = "UMEHCIR";
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? 1U << (at - letters) : 0;
}

static void read_types(struct pfnscope_scan *s, struct pfnscope_oom_zone *z,
		       int order)
{
	struct pfnscope_scan t = *s;
	size_t n = 0;

	pfnscope_scan_blanks(&t);
	if (!pfnscope_scan_char(&t, '(') || !pfnscope_scan_has(t, ")"))
		return;
	for (; t.at < t.end && *t.at != ')'; t.at++) {
		uint32_t type = type_of(*t.at);

		if (type && n + 1 < sizeof(z->list_letters[order]))
			z->list_letters[order][n++] = *t.at;
		z->list_types[order] |= type;
	}
	pfnscope_scan_char(&t, ')');
	*s = t;
}

/* Which column is a block of this size? Sizes double from one to the next. */
static int column_of_size(const struct pfnscope_oom_zone *z, int64_t kb)
{
	int64_t size = z->list_block_kb;

	for (int order = 0; order < PFNSCOPE_OOM_ORDERS; order++, size *= 2)
		if (size == kb)
			return order;
	return -1;
}

static bool read_column(struct pfnscope_scan *s, struct pfnscope_oom_zone *z)
{
	int64_t blocks, kb;
	int order;

	if (!pfnscope_scan_number(s, &blocks) || !pfnscope_scan_char(s, '*') ||
	    !pfnscope_scan_kb(s, &kb))
		return false;
	if (blocks < 0 || blocks > INT64_C(1) << 40 || kb <= 0 || kb > 1 << 30)
		return true;
	if (z->list_block_kb == PFNSCOPE_MISSING)
		z->list_block_kb = kb;
	order = column_of_size(z, kb);
	if (order < 0)
		return true;
	z->list_blocks[order] = blocks;
	read_types(s, z, order);
	if ((unsigned int)order >= z->list_orders)
		z->list_orders = (unsigned int)order + 1;
	return true;
}

/**
 * pfnscope_oomlog_list - read "Node 0 DMA: 1*4kB (U) 0*8kB ... = 4kB"
 * @line: the line
 * @report: its zone gets the blocks of each order
 */
void pfnscope_oomlog_list(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_zone *z;
	char zone[16];
	int64_t node;

	if (!pfnscope_line_node_zone(&line, &node, zone, sizeof(zone)))
		return;
	pfnscope_scan_char(&line, ':');
	z = pfnscope_oom_report_zone(report, node, zone);
	if (!z || z->list_orders)
		return;
	while (!pfnscope_scan_done(&line)) {
		pfnscope_scan_blanks(&line);
		if (pfnscope_scan_char(&line, '=')) {
			pfnscope_scan_blanks(&line);
			pfnscope_scan_kb(&line, &z->list_total_kb);
			z->list_whole = true;
			break;
		}
		if (!read_column(&line, z) && !pfnscope_scan_done(&line))
			line.at++;
	}
}
