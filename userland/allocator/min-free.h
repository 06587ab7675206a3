/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel sets vm.min_free_kbytes to where nobody else does. */
#ifndef PFNSCOPE_ALLOCATOR_MIN_FREE_H
#define PFNSCOPE_ALLOCATOR_MIN_FREE_H

#include <stdint.h>

/*
 * init_per_zone_wmark_min() for so much memory in kB above the high watermarks of the zones below
 * HighMem. PFNSCOPE_MISSING where @lowmem_kb is. Transparent huge pages raise it further.
 */
int64_t pfnscope_min_free_default_kb(int64_t lowmem_kb, unsigned int version);

#endif
