// SPDX-License-Identifier: GPL-2.0-only
/*
 * The map as one page that asks for nothing else: where page.html names a file,
 * that one comes instead. The blocks are a string of letters and lists of numbers,
 * so that a page of half a million blocks stays small.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "map/page.h"
#include "map/render.h"
#include "view/pageblocks.h"

/* Blockers are few; those beyond the last share its place. */
#define NAMES 4096

struct names {
	const char *name[NAMES];
	unsigned int count;
};

static unsigned int name_index(struct names *names, const char *name)
{
	unsigned int i;

	if (!name)
		return 0;
	for (i = 1; i < names->count; i++)
		if (!strcmp(names->name[i], name))
			return i;
	if (names->count < NAMES)
		names->name[names->count++] = name;
	return i < NAMES ? i : NAMES - 1;
}

/* A string of a script: no quote, no tag, nothing that is not plain. */
static void put_string(const char *string)
{
	putchar('"');
	for (; *string; string++)
		if (*string < ' ' || *string > '~' || strchr("\"\\<>&'", *string))
			printf("\\u%04x", (unsigned char)*string);
		else
			putchar(*string);
	putchar('"');
}

static void put_js_key(const char *key, const char *string)
{
	printf("%s:", key);
	put_string(string);
	putchar(',');
}

/* Takes over the string. */
static void html_words(const char *key, char *words)
{
	put_js_key(key, words);
	free(words);
}

static void put_used(const struct pfnscope_map *map, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++)
		printf("%u,", map->blocks[i].used_percent);
}

static void put_why(const struct pfnscope_map *map, size_t first, size_t end,
		    struct names *names)
{
	size_t i;

	for (i = first; i < end; i++)
		printf("%u,", name_index(names, map->blocks[i].blocker));
}

/* First page frames, as runs of blocks without a hole. */
static void put_runs(const struct pfnscope_map *map, size_t first, size_t end)
{
	size_t i, run = first;

	for (i = first + 1; i <= end; i++) {
		if (i < end && map->blocks[i].pfn ==
			       map->blocks[i - 1].pfn + map->block_pages)
			continue;
		printf("[%" PRIu64 ",%zu],", map->blocks[run].pfn, i - run);
		run = i;
	}
}

static void html_zone(const struct pfnscope_map *map, size_t first, size_t end,
		      struct names *names)
{
	const struct pfnscope_map_block *block = &map->blocks[first];
	size_t i;

	printf("{node:%" PRIu32 ",", block->node);
	put_js_key("zone", block->zone ? block->zone : "-");
	printf("blocks:\"");
	for (i = first; i < end; i++)
		putchar(pfnscope_map_legend[map->blocks[i].class].letter);
	printf("\",runs:[");
	put_runs(map, first, end);
	printf("],used:[");
	put_used(map, first, end);
	printf("],why:[");
	put_why(map, first, end, names);
	printf("]},\n");
}

static const char *column_help(unsigned int column)
{
	return column == PAGEBLOCKS_COLUMNS ? "" :
	       pfnscope_view_pageblocks.fields[column].help;
}

static void put_ink(enum pfnscope_map_class class)
{
	const struct pfnscope_map_legend *entry = &pfnscope_map_legend[class];

	printf("letter:\"%c\",light:\"#%06" PRIx32 "\",dark:\"#%06" PRIx32 "\",",
	       entry->letter, entry->rgb[PFNSCOPE_MAP_LIGHT],
	       entry->rgb[PFNSCOPE_MAP_DARK]);
}

static void put_class(const struct pfnscope_map *map,
		      enum pfnscope_map_class class)
{
	const struct pfnscope_map_legend *entry = &pfnscope_map_legend[class];

	put_js_key("{name", entry->name);
	put_ink(class);
	put_js_key("help", column_help(entry->column));
	html_words("total", pfnscope_map_total(map, class));
	printf("},\n");
}

static void put_names(const struct names *names)
{
	unsigned int i;

	for (i = 0; i < names->count; i++) {
		put_string(i ? names->name[i] : "");
		putchar(',');
	}
}

/* Runs of pages of a class: a letter, and how many if it is more than one. */
static void put_classes(const struct pfnscope_map_page *page, uint64_t count)
{
	uint64_t i, run;

	for (i = 0; i < count; i += run) {
		for (run = 1; i + run < count && page[i + run].class == page[i].class;)
			run++;
		putchar(pfnscope_map_legend[page[i].class].letter);
		if (run > 1)
			printf("%" PRIu64, run);
	}
}

/* And of pages charged to a cgroup: which and how many, a list of pairs. */
static void put_charges(const struct pfnscope_map_page *page, uint64_t count)
{
	uint64_t i, run;

	for (i = 0; i < count; i += run) {
		for (run = 1; i + run < count && page[i + run].cgroup == page[i].cgroup;)
			run++;
		printf("%u,%" PRIu64 ",", page[i].cgroup, run);
	}
}

static void put_inside(const struct pfnscope_map *map,
		       const struct pfnscope_map_pages *pages)
{
	size_t i;

	for (i = 0; i < pages->nr_blocks; i++) {
		const struct pfnscope_map_page *page = &pages->pages[i * map->block_pages];
		uint64_t count = pfnscope_map_block_size(map, pages->blocks[i]);

		printf("[%" PRIu64 ",{classes:\"", map->blocks[pages->blocks[i]].pfn);
		put_classes(page, count);
		printf("\",charges:[");
		put_charges(page, count);
		printf("]}],\n");
	}
}

/* By the index that pages have; the first is none. */
static void put_cgroups(const struct pfnscope_map_pages *pages)
{
	const struct pfnscope_map_cgroup *cgroup;
	char *unknown;
	size_t i;

	for (i = 0; i < pages->nr_cgroups; i++) {
		cgroup = &pages->cgroups[i];
		printf("[%u,", cgroup->index);
		unknown = cgroup->path ? NULL :
			pfnscope_format("inode %" PRIu64, cgroup->id);
		put_string(cgroup->path ? cgroup->path : unknown);
		free(unknown);
		printf("],");
	}
}

static void put_kinds(void)
{
	enum pfnscope_map_class class;

	for (class = 0; class < PFNSCOPE_MAP_CLASSES; class++) {
		put_js_key("{name", pfnscope_map_page_name(class));
		put_ink(class);
		printf("},\n");
	}
}

static void put_pages(const struct pfnscope_map *map,
		      const struct pfnscope_map_pages *pages)
{
	printf("const inside=new Map([\n");
	put_inside(map, pages);
	printf("]);\nconst cgroups=new Map([");
	put_cgroups(pages);
	printf("]);\nconst charged=%s;\nconst kinds=[\n",
	       pages->by_cgroup ? "true" : "false");
	if (pages->nr_blocks)
		put_kinds();
	printf("];\n");
}

/* What page.js finds; it has the names of all. */
static void put_data(const struct pfnscope_map *map,
		     const struct pfnscope_map_pages *pages)
{
	static struct names names;
	size_t first, end;
	unsigned int i;

	names.count = 1;
	printf("const memory={blockPages:%" PRIu64 ",pageSize:%" PRIu64 ",",
	       map->block_pages, map->page_size);
	html_words("title", pfnscope_map_title(map));
	html_words("blockSize", pfnscope_map_size(map, map->block_pages));
	printf("};\nconst legend=[\n");
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		if (map->pages[i])
			put_class(map, i);
	printf("];\nconst zones=[\n");
	for (first = 0; first < map->count; first = end) {
		end = pfnscope_map_zone_end(map, first);
		html_zone(map, first, end, &names);
	}
	printf("];\nconst names=[");
	put_names(&names);
	printf("];\n");
	put_pages(map, pages);
}

/* A tab is no more than a blank to a browser, and more than that elsewhere. */
static void put_page(const char *page, size_t length)
{
	for (; length; length--, page++)
		putchar(*page == '\t' ? ' ' : *page);
}

/* Up to the line that names a file. Returns what is behind it. */
static const char *put_until(const char *page, const char *line)
{
	const char *at = strstr(page, line);

	put_page(page, at ? (size_t)(at - page) : strlen(page));
	return at ? at + strlen(line) : "";
}

/* A file where its element was. */
static void put_page_file(const char *begin, const char *file, const char *end)
{
	fputs(begin, stdout);
	put_page(file, strlen(file));
	fputs(end, stdout);
}

void pfnscope_map_html(const struct pfnscope_map *map,
		       const struct pfnscope_map_pages *pages)
{
	const char *page = pfnscope_page_html;

	page = put_until(page, "<link rel=\"stylesheet\" href=\"page.css\">");
	put_page_file("<style>\n", pfnscope_page_css, "</style>");
	page = put_until(page, "<script src=\"data.js\"></script>");
	fputs("<script>\n", stdout);
	put_data(map, pages);
	fputs("</script>", stdout);
	page = put_until(page, "<script src=\"page.js\"></script>");
	put_page_file("<script>\n", pfnscope_page_js, "</script>");
	put_page(page, strlen(page));
}
