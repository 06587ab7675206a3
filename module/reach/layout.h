/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The check that what was compiled fits the kernel that runs. A kernel built
 * without MODVERSIONS (7.2 in Debian) would load a module whose struct zone is
 * another one; here sizes and a few offsets are compared with the BTF.
 */
#ifndef PFNSCOPE_REACH_LAYOUT_H
#define PFNSCOPE_REACH_LAYOUT_H

#include "btf.h"

/**
 * struct pfnscope_layout - one fact about a struct as it was compiled
 * @name: of the struct
 * @size: in bytes; 0 where the configuration leaves it empty: not compared
 * @member: NULL where the size is the fact
 * @offset: of the member, in bytes
 */
struct pfnscope_layout {
	const char *name;
	u32 size;
	const char *member;
	u32 offset;
};

/* Room for the message of pfnscope_layout_compare(). */
#define PFNSCOPE_LAYOUT_MESSAGE 160

int pfnscope_layout_compare(const struct pfnscope_layout *layout,
			    char *message, size_t len);

#ifdef __KERNEL__
int pfnscope_layout_check(void);
const char *pfnscope_layout_result(void);
const struct pfnscope_layout *pfnscope_layout_nth(unsigned int n);
#endif

#endif /* PFNSCOPE_REACH_LAYOUT_H */
