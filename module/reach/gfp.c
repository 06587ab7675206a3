// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names are those in which the kernel prints a mask in its log. Flags are
 * macros, so those that come and go can be asked for by #ifdef.
 */
#include <linux/gfp.h>
#include <linux/kernel.h>

#include "reach/gfp.h"

#define FLAG(_name) \
	{ .name = #_name, .value = (__force u64)(_name) }
#define COMPOUND(_name) \
	{ .name = #_name, .value = (__force u64)(_name), .compound = true }

static const struct pfnscope_gfp flags[] = {
	FLAG(__GFP_DMA),
	FLAG(__GFP_HIGHMEM),
	FLAG(__GFP_DMA32),
	FLAG(__GFP_MOVABLE),
	FLAG(__GFP_RECLAIMABLE),
	FLAG(__GFP_HIGH),
	FLAG(__GFP_IO),
	FLAG(__GFP_FS),
	FLAG(__GFP_ZERO),
#ifdef __GFP_ATOMIC /* gone in v6.3 */
	FLAG(__GFP_ATOMIC),
#endif
	FLAG(__GFP_DIRECT_RECLAIM),
	FLAG(__GFP_KSWAPD_RECLAIM),
	FLAG(__GFP_WRITE),
	FLAG(__GFP_NOWARN),
	FLAG(__GFP_RETRY_MAYFAIL),
	FLAG(__GFP_NOFAIL),
	FLAG(__GFP_NORETRY),
	FLAG(__GFP_MEMALLOC),
	FLAG(__GFP_COMP),
	FLAG(__GFP_NOMEMALLOC),
	FLAG(__GFP_HARDWALL),
	FLAG(__GFP_THISNODE),
	FLAG(__GFP_ACCOUNT),
#ifdef __GFP_ZEROTAGS
	FLAG(__GFP_ZEROTAGS),
#endif
#ifdef __GFP_SKIP_ZERO
	FLAG(__GFP_SKIP_ZERO),
#endif
#ifdef __GFP_SKIP_KASAN
	FLAG(__GFP_SKIP_KASAN),
#endif
	FLAG(__GFP_NOLOCKDEP),
#ifdef __GFP_NO_OBJ_EXT
	FLAG(__GFP_NO_OBJ_EXT),
#endif
	COMPOUND(__GFP_RECLAIM),
	COMPOUND(GFP_ATOMIC),
	COMPOUND(GFP_KERNEL),
	COMPOUND(GFP_KERNEL_ACCOUNT),
	COMPOUND(GFP_NOWAIT),
	COMPOUND(GFP_NOIO),
	COMPOUND(GFP_NOFS),
	COMPOUND(GFP_USER),
	COMPOUND(GFP_DMA),
	COMPOUND(GFP_DMA32),
	COMPOUND(GFP_HIGHUSER),
	COMPOUND(GFP_HIGHUSER_MOVABLE),
	COMPOUND(GFP_TRANSHUGE_LIGHT),
	COMPOUND(GFP_TRANSHUGE),
};

/**
 * pfnscope_gfp_nth - the gfp flags one by one, single bits first
 * @n: from 0
 *
 * Return: the flag, NULL after the last one.
 */
const struct pfnscope_gfp *pfnscope_gfp_nth(unsigned int n)
{
	return n < ARRAY_SIZE(flags) ? &flags[n] : NULL;
}
