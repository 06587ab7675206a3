// SPDX-License-Identifier: GPL-2.0-only
/* Sysctls are a number a file; counters of a node stand before its first zone. */
#include <string.h>

#include "model/oomlog.h"
#include "read/limits.h"
#include "read/parse.h"

#define SETTINGS	"proc/sys/vm/"

static bool word_number(struct pfnscope_parser *parser, int64_t *number)
{
	struct pfnscope_token token;
	uint64_t value;

	if (!pfnscope_parse_word(parser, &token) ||
	    pfnscope_digits(token.text, token.length, &value) ||
	    value > INT64_MAX / 256)
		return false;
	*number = (int64_t)value;
	return true;
}

static int64_t setting(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int64_t number = PFNSCOPE_MISSING;

	if (pfnscope_source_input(source, path, &parser.input))
		return PFNSCOPE_MISSING;
	if (pfnscope_parse_line(&parser) > 0)
		word_number(&parser, &number);
	pfnscope_input_close(parser.input);
	return number;
}

static void read_settings(const struct pfnscope_source *source,
			  struct pfnscope_settings *s)
{
	int64_t *const lacking[] = {
		&s->zone_reclaim_mode, &s->min_unmapped_ratio,
		&s->min_slab_ratio, &s->defrag_mode,
	};

	s->dirty_ratio = setting(source, SETTINGS "dirty_ratio");
	s->dirty_bytes = setting(source, SETTINGS "dirty_bytes");
	s->zone_reclaim_mode = setting(source, SETTINGS "zone_reclaim_mode");
	s->min_unmapped_ratio = setting(source, SETTINGS "min_unmapped_ratio");
	s->min_slab_ratio = setting(source, SETTINGS "min_slab_ratio");
	s->defrag_mode = setting(source, SETTINGS "defrag_mode");
	for (size_t i = 0; s->dirty_ratio >= 0 &&
	     i < sizeof(lacking) / sizeof(*lacking); i++)
		if (*lacking[i] < 0)
			*lacking[i] = 0;
}

static void take_counter(struct pfnscope_parser *parser, const char *name,
			 struct pfnscope_limits *limits, int64_t node)
{
	static const char *const names[PFNSCOPE_NODE_COUNTERS] = {
		[PFNSCOPE_NODE_INACTIVE_FILE] = "nr_inactive_file",
		[PFNSCOPE_NODE_ACTIVE_FILE] = "nr_active_file",
		[PFNSCOPE_NODE_MAPPED] = "nr_mapped",
		[PFNSCOPE_NODE_FILE] = "nr_file_pages",
		[PFNSCOPE_NODE_DIRTY] = "nr_dirty",
		[PFNSCOPE_NODE_WRITEBACK] = "nr_writeback",
		[PFNSCOPE_NODE_SLAB_RECLAIMABLE] = "nr_slab_reclaimable",
	};
	int64_t number;

	for (int i = 0; i < PFNSCOPE_NODE_COUNTERS; i++)
		if (!strcmp(name, names[i]) && word_number(parser, &number))
			pfnscope_limits_node(limits, node)->counter[i] = number;
}

/* "Node 0, zone      DMA" */
static int64_t node_of(struct pfnscope_parser *parser)
{
	struct pfnscope_token token;
	uint64_t node;

	if (!pfnscope_parse_word(parser, &token) || !token.length ||
	    pfnscope_digits(token.text, token.length - 1, &node) ||
	    node > 1023)
		return PFNSCOPE_MISSING;
	return (int64_t)node;
}

static void read_counters(const struct pfnscope_source *source,
			  struct pfnscope_limits *limits)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int64_t node = PFNSCOPE_MISSING;
	struct pfnscope_token word;

	if (pfnscope_source_input(source, "proc/zoneinfo", &parser.input))
		return;
	while (pfnscope_parse_line(&parser) > 0) {
		if (!pfnscope_parse_word(&parser, &word))
			continue;
		if (!strcmp(word.text, "Node"))
			node = node_of(&parser);
		else if (node >= 0)
			take_counter(&parser, word.text, limits, node);
	}
	pfnscope_input_close(parser.input);
}

void pfnscope_limits_read(const struct pfnscope_source *source,
			  struct pfnscope_limits *limits)
{
	pfnscope_limits_init(limits);
	read_settings(source, &limits->settings);
	read_counters(source, limits);
}
