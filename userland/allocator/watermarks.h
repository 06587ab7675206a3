/* SPDX-License-Identifier: GPL-2.0-only */
/* Watermarks and lowmem_reserve, as the kernel makes them from three settings. */
#ifndef PFNSCOPE_ALLOCATOR_WATERMARKS_H
#define PFNSCOPE_ALLOCATOR_WATERMARKS_H

#include "allocator/plan.h"

/**
 * struct pfnscope_reserves - the settings, PFNSCOPE_MISSING where not known
 * @min_free_kb: vm.min_free_kbytes
 * @scale_factor: vm.watermark_scale_factor, in ten thousandths
 * @ratio: vm.lowmem_reserve_ratio, by zone class
 */
struct pfnscope_reserves {
	int64_t min_free_kb;
	int64_t scale_factor;
	int64_t ratio[PFNSCOPE_CLASSES];
};

/* As writing the first two does; the boost goes. False where a figure is missing. */
bool pfnscope_watermarks_make(struct pfnscope_machine *machine,
			      const struct pfnscope_reserves *settings);
/* As writing the third does. */
bool pfnscope_lowmem_reserve_make(struct pfnscope_machine *machine,
				  const struct pfnscope_reserves *settings);
/*
 * What the kernel sets vm.min_free_kbytes to where nobody else does, init_per_zone_wmark_min(),
 * for so much memory in kB above the high watermarks of the zones below HighMem.
 * PFNSCOPE_MISSING where @lowmem_kb is. Transparent huge pages raise it further.
 */
int64_t pfnscope_min_free_default_kb(int64_t lowmem_kb, unsigned int version);
/* What all zones together keep from the users of memory, in pages: totalreserve_pages. */
int64_t pfnscope_totalreserve(const struct pfnscope_machine *machine);

#endif
