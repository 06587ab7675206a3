// SPDX-License-Identifier: GPL-2.0-only
/*
 * Free blocks by order and migratetype: the module counts them without a lock.
 * /proc/pagetypeinfo holds zone->lock, with interrupts off, while it walks the
 * lists, so it is read only where the module is not.
 */
#include <stdlib.h>
#include <string.h>

#include "allocator/plan.h"
#include "source/blocks.h"
#include "source/parse.h"
#include "source/view.h"
#include "view/freelists.h"

struct line {
	struct FREELISTS_table *table;
	uint64_t node;
	char zone[32];
	char type[32];
};

static bool word(struct pfnscope_parser *parser, char *out, size_t size)
{
	struct pfnscope_token token;

	if (!pfnscope_parse_word(parser, &token) || token.length >= size)
		return false;
	memcpy(out, token.text, token.length);
	out[token.length] = '\0';
	if (token.length && out[token.length - 1] == ',')
		out[token.length - 1] = '\0';
	return true;
}

/* "Node    0, zone      DMA, type    Unmovable" or "Node 0, zone      DMA" */
static bool head(struct pfnscope_parser *parser, bool types, struct line *line)
{
	char text[32];

	if (!word(parser, text, sizeof(text)) || strcmp(text, "Node") ||
	    !word(parser, text, sizeof(text)) ||
	    pfnscope_digits(text, strlen(text), &line->node) ||
	    !word(parser, text, sizeof(text)) || strcmp(text, "zone") ||
	    !word(parser, line->zone, sizeof(line->zone)))
		return false;
	if (!types)
		return true;
	return word(parser, text, sizeof(text)) && !strcmp(text, "type") &&
	       word(parser, line->type, sizeof(line->type));
}

/* A list so long that the kernel stopped counting prints ">100000". */
static void take_counts(struct pfnscope_parser *parser, const struct line *line)
{
	struct pfnscope_token token;

	for (uint64_t order = 0; order < PFNSCOPE_ORDERS &&
	     pfnscope_parse_word(parser, &token); order++) {
		bool over = token.length && *token.text == '>';
		struct pfnscope_value *row;
		uint64_t blocks;

		if (pfnscope_digits(token.text + over, token.length - over,
				    &blocks))
			return;
		row = pfnscope_table_add(&line->table->all);
		pfnscope_table_set_number(CELL(line->table, row, FREELISTS_node), line->node);
		pfnscope_table_set_string(CELL(line->table, row, FREELISTS_zone), line->zone);
		pfnscope_table_set_number(CELL(line->table, row, FREELISTS_order), order);
		pfnscope_table_set_number(CELL(line->table, row, FREELISTS_blocks), blocks);
		if (*line->type)
			pfnscope_table_set_string(CELL(line->table, row, FREELISTS_migratetype),
						  line->type);
	}
}

/* The second half of pagetypeinfo counts pageblocks: no type in its lines. */
static int read_proc(struct pfnscope_input *input, bool types,
		     struct pfnscope_table *table, struct pfnscope_error *error)
{
	struct pfnscope_parser parser = { .input = input, .error = error };
	int more;

	while ((more = pfnscope_parse_line(&parser)) > 0) {
		struct line line = { .table = FREELISTS_FROM(table) };

		if (head(&parser, types, &line))
			take_counts(&parser, &line);
	}
	return more;
}

static int blocks_read_file(const struct pfnscope_source *source, const char *path,
			    bool types, struct pfnscope_table *table,
			    struct pfnscope_error *error)
{
	struct pfnscope_input *input;
	int failed;

	if (pfnscope_source_input(source, path, &input))
		return 0;
	failed = read_proc(input, types, table, error);
	pfnscope_input_close(input);
	return failed;
}

static int blocks_read_module(const struct pfnscope_source *source,
			      struct pfnscope_table *table,
			      struct pfnscope_error *error)
{
	struct pfnscope_input *input;
	int failed;

	if (pfnscope_source_input(source, PFNSCOPE_DEBUGFS "/freelists",
				  &input))
		return 0;
	failed = pfnscope_view_parse(input, SIZE_MAX, table, error);
	pfnscope_input_close(input);
	return failed;
}

/**
 * pfnscope_blocks_read - the free blocks of every zone
 * @source: the root
 * @table: gets a table of pfnscope_view_freelists, NULL where nothing was there
 * @error: where failures go
 *
 * Return: 0 or -1.
 */
int pfnscope_blocks_read(const struct pfnscope_source *source,
			 struct pfnscope_table **table,
			 struct pfnscope_error *error)
{
	struct pfnscope_table *blocks =
		pfnscope_table_new(&pfnscope_view_freelists);
	int failed = blocks_read_module(source, blocks, error);

	if (!failed && !blocks->nr_rows) {
		failed = blocks_read_file(source, "proc/pagetypeinfo", true, blocks,
					  error);
		pfnscope_table_limit(blocks, PFNSCOPE_TABLE_PARTIAL,
				     "read from /proc/pagetypeinfo, not from the module");
	}
	if (!failed && !blocks->nr_rows) {
		failed = blocks_read_file(source, "proc/buddyinfo", false, blocks,
					  error);
		pfnscope_table_limit(blocks, PFNSCOPE_TABLE_PARTIAL,
				     "read from /proc/buddyinfo, which has no migratetypes");
	}
	if (failed || !blocks->nr_rows) {
		pfnscope_table_free(blocks);
		blocks = NULL;
	}
	*table = blocks;
	return failed;
}
