/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose page frames are that no struct page names: found where the kernel keeps them. */
#ifndef PFNSCOPE_WALK_HOLDERS_H
#define PFNSCOPE_WALK_HOLDERS_H

struct pfnscope_frames;

int pfnscope_vmalloc_collect(struct pfnscope_frames *frames);
int pfnscope_reserved_collect(struct pfnscope_frames *frames);
int pfnscope_holders_collect(struct pfnscope_frames *frames);

#endif /* PFNSCOPE_WALK_HOLDERS_H */
