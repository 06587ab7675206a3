/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gfp flags by meaning. The bits moved six times since 2.6.0, so a mask means
 * nothing without its kernel; the names, where a log has them, always do.
 */
#ifndef PFNSCOPE_ALLOCATOR_GFP_H
#define PFNSCOPE_ALLOCATOR_GFP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PFNSCOPE_GFP_DMA		(1U << 0)
#define PFNSCOPE_GFP_HIGHMEM		(1U << 1)
#define PFNSCOPE_GFP_DMA32		(1U << 2)
#define PFNSCOPE_GFP_MOVABLE		(1U << 3)
#define PFNSCOPE_GFP_RECLAIMABLE	(1U << 4)
#define PFNSCOPE_GFP_HIGH		(1U << 5)
#define PFNSCOPE_GFP_IO			(1U << 6)
#define PFNSCOPE_GFP_FS			(1U << 7)
#define PFNSCOPE_GFP_ATOMIC		(1U << 8)	/* 4.4 to 6.2 */
#define PFNSCOPE_GFP_DIRECT_RECLAIM	(1U << 9)	/* __GFP_WAIT before 4.4 */
#define PFNSCOPE_GFP_KSWAPD_RECLAIM	(1U << 10)
#define PFNSCOPE_GFP_NOWARN		(1U << 11)
#define PFNSCOPE_GFP_RETRY_MAYFAIL	(1U << 12)	/* __GFP_REPEAT before 4.13 */
#define PFNSCOPE_GFP_NOFAIL		(1U << 13)
#define PFNSCOPE_GFP_NORETRY		(1U << 14)
#define PFNSCOPE_GFP_MEMALLOC		(1U << 15)
#define PFNSCOPE_GFP_COMP		(1U << 16)
#define PFNSCOPE_GFP_ZERO		(1U << 17)
#define PFNSCOPE_GFP_NOMEMALLOC		(1U << 18)
#define PFNSCOPE_GFP_HARDWALL		(1U << 19)
#define PFNSCOPE_GFP_THISNODE		(1U << 20)
#define PFNSCOPE_GFP_ACCOUNT		(1U << 21)
#define PFNSCOPE_GFP_WRITE		(1U << 22)
#define PFNSCOPE_GFP_NO_KSWAPD		(1U << 23)	/* 2.6.38 to 4.3 */
#define PFNSCOPE_GFP_OTHER		(1U << 24)	/* no say in the allocation */

uint32_t pfnscope_gfp_from_mask(uint64_t mask, unsigned int version,
				uint64_t *unknown);
/* Whether a mask of that kernel is GFP_ATOMIC without a bit of its own. */
bool pfnscope_gfp_is_atomic(uint32_t gfp, unsigned int version);
bool pfnscope_gfp_from_names(const char *list, uint32_t *gfp, char *bad,
			     size_t size);
/* The names that are known, whatever the kernel; NULL behind the last. */
const char *pfnscope_gfp_name(size_t index);
uint32_t pfnscope_gfp_named(const char *name);
void pfnscope_gfp_text(uint32_t gfp, char *out, size_t size);

#endif
