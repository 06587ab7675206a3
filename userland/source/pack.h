/* SPDX-License-Identifier: GPL-2.0-only */
/* A compressed file that is there whole, or not at all. */
#ifndef PFNSCOPE_SOURCE_PACK_H
#define PFNSCOPE_SOURCE_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pfnscope_pack;

/* The ending of a packed archive, by the best of what this command was built with. */
const char *pfnscope_pack_ending(void);
/* A descriptor for what nobody is to see; below 0 where there is none. */
int pfnscope_pack_nowhere(void);
bool pfnscope_pack_is_folder(const char *path);
/* Makes the folders that @path, a folder itself, lies in, for its owner alone; and it. */
int pfnscope_pack_folder(const char *path, struct pfnscope_error *error);
/*
 * A file that is to be @path, or standard output where that is "-"; packed as the ending says.
 * Until it is complete, it has another name beside it. Only its owner may read it.
 */
int pfnscope_pack_open(const char *path, struct pfnscope_pack **pack,
		       struct pfnscope_error *error);
int pfnscope_pack_write(struct pfnscope_pack *pack, const char *text, size_t size,
			struct pfnscope_error *error);
/* Gives it its name, once all of it is on the disk. */
int pfnscope_pack_finish(struct pfnscope_pack *pack, struct pfnscope_error *error);
/* What was not finished is gone. */
void pfnscope_pack_close(struct pfnscope_pack *pack);

#endif
