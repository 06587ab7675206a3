// SPDX-License-Identifier: GPL-2.0-only
/* vm.min_free_kbytes as the kernel chooses it. */
#include "allocator/min-free.h"
#include "base/checked.h"
#include "base/release.h"

static int64_t square_root_of(int64_t square)
{
	int64_t root = 0;

	for (int64_t bit = INT64_C(1) << 30; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= square)
			root |= bit;
	return root;
}

/* 4 * sqrt(lowmem in kB), at least 128 and at most 64 MiB, since 5.8 256 MiB. */
int64_t pfnscope_min_free_default_kb(int64_t lowmem_kb, unsigned int version)
{
	int64_t most = version < PFNSCOPE_KERNEL(5, 8, 0) ? 65536 : 262144;
	int64_t kb = pfnscope_times(lowmem_kb, 16);

	if (kb == PFNSCOPE_MISSING)
		return kb;
	kb = square_root_of(kb);
	return kb < 128 ? 128 : kb > most ? most : kb;
}
