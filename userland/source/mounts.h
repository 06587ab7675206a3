/* SPDX-License-Identifier: GPL-2.0-only */
/* Where file systems are mounted. */
#ifndef PFNSCOPE_SOURCE_MOUNTS_H
#define PFNSCOPE_SOURCE_MOUNTS_H

#include <stddef.h>

#include "source/source.h"

struct pfnscope_mount;

/**
 * struct pfnscope_mounts - what /proc/self/mountinfo says
 * @mounts: in its order
 * @count: how many, 0 where it cannot be read
 */
struct pfnscope_mounts {
	struct pfnscope_mount *mounts;
	size_t count;
};

void pfnscope_mounts_read(const struct pfnscope_source *source,
			  struct pfnscope_mounts *mounts);
void pfnscope_mounts_free(struct pfnscope_mounts *mounts);
/*
 * Where @path of the file system on @device, "8:1", is to be found: by its first mount
 * that has it. NULL where no mount has; to be freed.
 */
char *pfnscope_mounts_path(const struct pfnscope_mounts *mounts, const char *device,
			   const char *path);
/* The same, where no mount has it "8:1:/log"; a name without a directory stays. To be freed. */
char *pfnscope_mounts_place(const struct pfnscope_mounts *mounts, const char *device,
			    const char *path);
/* Types of file systems, each once; NULL after the last one. */
const char *pfnscope_mounts_type(const struct pfnscope_mounts *mounts, size_t nth);

#endif
