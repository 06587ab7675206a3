// SPDX-License-Identifier: GPL-2.0-only
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/digits.h"
#include "source/memory-blocks.h"
#include "source/words.h"

#define MEMORY	"sys/devices/system/memory"
#define PREFIX	"memory"

/* Since 5.13; "force" since 6.6. */
#define SELF_MAPPED	"sys/module/memory_hotplug/parameters/memmap_on_memory"

bool pfnscope_memory_block_number(const char *text, uint64_t *number)
{
	const char *digits = text + strlen(PREFIX);

	return !strncmp(text, PREFIX, strlen(PREFIX)) && *digits &&
	       !pfnscope_digits(digits, strlen(digits), number);
}

/* In base 16, without 0x. */
uint64_t pfnscope_memory_block_bytes(const struct pfnscope_source *source)
{
	char *word = pfnscope_word_of_first_line(source, MEMORY "/block_size_bytes", 0);
	char *end = word;
	uint64_t bytes = word ? strtoull(word, &end, 16) : 0;

	if (word && *end)
		bytes = 0;
	free(word);
	return bytes;
}

static bool is_self_mapped(const struct pfnscope_source *source)
{
	char *word = pfnscope_word_of_first_line(source, SELF_MAPPED, 0);
	bool yes = word && strcmp(word, "N") != 0;

	free(word);
	return yes;
}

static void memory_block_add(const struct pfnscope_source *source, uint64_t number,
			     struct pfnscope_memory_blocks *blocks)
{
	char *path = pfnscope_format(MEMORY "/" PREFIX "%" PRIu64 "/state", number);
	struct pfnscope_memory_block *block;

	blocks->all = pfnscope_realloc(blocks->all, blocks->count + 1, sizeof(*block));
	block = &blocks->all[blocks->count++];
	block->number = number;
	block->state = pfnscope_word_of_first_line(source, path, 0);
	free(path);
}

void pfnscope_memory_blocks_read(const struct pfnscope_source *source,
				 struct pfnscope_memory_blocks *blocks)
{
	char **names, **name;
	uint64_t number;

	*blocks = (struct pfnscope_memory_blocks){
		.bytes = pfnscope_memory_block_bytes(source),
		.self_mapped = is_self_mapped(source),
	};
	if (!blocks->bytes)
		return;
	names = pfnscope_source_list(source, MEMORY);
	for (name = names; *name; name++)
		if (pfnscope_memory_block_number(*name, &number))
			memory_block_add(source, number, blocks);
	pfnscope_source_list_free(names);
}

void pfnscope_memory_blocks_clear(struct pfnscope_memory_blocks *blocks)
{
	size_t i;

	for (i = 0; i < blocks->count; i++)
		free(blocks->all[i].state);
	free(blocks->all);
	*blocks = (struct pfnscope_memory_blocks){ 0 };
}
