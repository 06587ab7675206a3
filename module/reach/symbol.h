/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Addresses of the kernel's data that is not exported, looked up once while
 * the module loads. Data only: an unexported function must not be called, its
 * ENDBR may be sealed and the call end in #CP.
 */
#ifndef PFNSCOPE_REACH_SYMBOL_H
#define PFNSCOPE_REACH_SYMBOL_H

#include <linux/kallsyms.h>
#include <linux/types.h>

/* Each costs 19 ms of load time on 5.10 under emulation: at most 25. */
enum pfnscope_symbol {
	PFNSCOPE_SYMBOL_BTF,
	PFNSCOPE_SYMBOL_SLAB_CACHES,
	PFNSCOPE_SYMBOL_SLAB_MUTEX,
	PFNSCOPE_SYMBOL_OBJCG_LOCK,
	PFNSCOPE_SYMBOL_HSTATES,
	PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE,
	PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES,
	PFNSCOPE_SYMBOL_HUGETLB_CMA,
	PFNSCOPE_SYMBOL_HUGETLB_CMA_ONLY,
	PFNSCOPE_SYMBOL_COMPACT_UNEVICTABLE,
	PFNSCOPE_SYMBOL_SHRINKER_LIST,
	PFNSCOPE_SYMBOL_SHRINKER_RWSEM,
	PFNSCOPE_SYMBOL_SWAP_INFO,
	PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES,
	PFNSCOPE_SYMBOL_ZSWAP_POOL_TOTAL_SIZE,
	PFNSCOPE_SYMBOL_INIT_MM,
	PFNSCOPE_SYMBOL_VMAP_AREA_ROOT,
	PFNSCOPE_SYMBOL_VMAP_NODES,
	PFNSCOPE_SYMBOL_NR_VMAP_NODES,
	PFNSCOPE_SYMBOL_PCPU_BASE_ADDR,
	PFNSCOPE_SYMBOL_PCPU_FIRST_CHUNK,
	PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS,
	PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA,
	PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA32,
	PFNSCOPE_SYMBOL_ATOMIC_POOL_KERNEL,
	PFNSCOPE_SYMBOL_DEVICES_KSET,
	PFNSCOPE_SYMBOL_FTRACE_PAGES_START,
	PFNSCOPE_SYMBOLS
};

/* What kallsyms says of an address: name+offset/size. */
struct pfnscope_place {
	char text[KSYM_SYMBOL_LEN];
	unsigned long offset;
	unsigned long size;
};

bool pfnscope_symbol_locate(unsigned long address,
			    struct pfnscope_place *place);

void pfnscope_symbol_init(void);

void *pfnscope_symbol_address(enum pfnscope_symbol id);
unsigned long pfnscope_symbol_size(enum pfnscope_symbol id);
const char *pfnscope_symbol_name(enum pfnscope_symbol id);
const char *pfnscope_symbol_found(enum pfnscope_symbol id);
const char *pfnscope_symbol_missing(enum pfnscope_symbol id);

#endif /* PFNSCOPE_REACH_SYMBOL_H */
