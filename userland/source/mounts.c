// SPDX-License-Identifier: GPL-2.0-only
/* Where file systems are mounted, for whoever runs the command. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "source/mounts.h"
#include "source/parse.h"

/**
 * struct pfnscope_mount - one line
 * @device: of the file system, "8:1"
 * @root: which part of it is mounted
 * @place: where that is
 * @type: of the file system
 */
struct pfnscope_mount {
	char *device;
	char *root;
	char *place;
	char *type;
};

/* ID PARENT MAJOR:MINOR ROOT PLACE OPTIONS... - TYPE; false where it is another line. */
static bool read_mount(struct pfnscope_parser *parser, struct pfnscope_mount *mount)
{
	struct pfnscope_token words[5], word;
	size_t i;

	for (i = 0; i < 5; i++)
		if (!pfnscope_parse_word(parser, &words[i]))
			return false;
	do {
		if (!pfnscope_parse_word(parser, &word))
			return false;
	} while (strcmp(word.text, "-"));
	if (!pfnscope_parse_word(parser, &word) ||
	    pfnscope_parse_escapes(parser, &words[3]) ||
	    pfnscope_parse_escapes(parser, &words[4]))
		return false;
	mount->device = pfnscope_strdup(words[2].text);
	mount->root = pfnscope_strdup(words[3].text);
	mount->place = pfnscope_strdup(words[4].text);
	mount->type = pfnscope_strdup(word.text);
	return true;
}

void pfnscope_mounts_read(const struct pfnscope_source *source,
			  struct pfnscope_mounts *mounts)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_mount mount;

	*mounts = (struct pfnscope_mounts){ 0 };
	if (pfnscope_source_input(source, "proc/self/mountinfo", &parser.input))
		return;
	while (pfnscope_parse_line(&parser) > 0) {
		if (!read_mount(&parser, &mount))
			continue;
		mounts->mounts = pfnscope_realloc(mounts->mounts, mounts->count + 1,
						  sizeof(mount));
		mounts->mounts[mounts->count++] = mount;
	}
	pfnscope_input_close(parser.input);
}

void pfnscope_mounts_free(struct pfnscope_mounts *mounts)
{
	size_t i;

	for (i = 0; i < mounts->count; i++) {
		free(mounts->mounts[i].device);
		free(mounts->mounts[i].root);
		free(mounts->mounts[i].place);
		free(mounts->mounts[i].type);
	}
	free(mounts->mounts);
}

static bool is_first_of_type(const struct pfnscope_mounts *mounts, size_t mount)
{
	size_t i = 0;

	while (strcmp(mounts->mounts[i].type, mounts->mounts[mount].type))
		i++;
	return i == mount;
}

char *pfnscope_mounts_place(const struct pfnscope_mounts *mounts, const char *device,
			    const char *path)
{
	char *place;

	if (*path != '/')
		return pfnscope_strdup(path);
	place = pfnscope_mounts_path(mounts, device, path);
	return place ? place : pfnscope_format("%s:%s", device, path);
}

const char *pfnscope_mounts_type(const struct pfnscope_mounts *mounts, size_t nth)
{
	size_t i;

	for (i = 0; i < mounts->count; i++)
		if (is_first_of_type(mounts, i) && !nth--)
			return mounts->mounts[i].type;
	return NULL;
}

/* What is behind the part that is mounted, with its slash; NULL where it is elsewhere. */
static const char *below(const char *root, const char *path)
{
	size_t length = strcmp(root, "/") ? strlen(root) : 0;

	if (strncmp(root, path, length) || (path[length] && path[length] != '/'))
		return NULL;
	return path + length;
}

char *pfnscope_mounts_path(const struct pfnscope_mounts *mounts, const char *device,
			   const char *path)
{
	const struct pfnscope_mount *mount = mounts->mounts;
	const char *rest;

	for (; mount < mounts->mounts + mounts->count; mount++) {
		if (strcmp(mount->device, device))
			continue;
		rest = below(mount->root, path);
		if (rest)
			return pfnscope_format("%s%s", strcmp(mount->place, "/") ?
					       mount->place : "", rest);
	}
	return NULL;
}
