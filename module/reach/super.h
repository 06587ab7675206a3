/* SPDX-License-Identifier: GPL-2.0-only */
/* The mounted file system that a shrinker belongs to. */
#ifndef PFNSCOPE_REACH_SUPER_H
#define PFNSCOPE_REACH_SUPER_H

#include <linux/types.h>

struct shrinker;

void pfnscope_super_init(void);
bool pfnscope_super_read(const struct shrinker *shrinker, char *fs_type,
			 size_t len, dev_t *device);

#endif /* PFNSCOPE_REACH_SUPER_H */
