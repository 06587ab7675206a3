// SPDX-License-Identifier: GPL-2.0-only
#include <linux/compiler.h>
#include <linux/kconfig.h>

#include "record.h"
#include "symbol.h"
#include "zswap.h"

/**
 * pfnscope_zswap_unavailable - why zswap cannot be read
 *
 * Return: the reason, NULL if it can.
 */
const char *pfnscope_zswap_unavailable(void)
{
	if (!IS_ENABLED(CONFIG_ZSWAP))
		return "this kernel has no zswap";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES);
}

/**
 * pfnscope_zswap_stored - pages in zswap, before compression
 *
 * An atomic_t up to 6.12, an atomic_long_t since, and no type information says
 * which; the low half is right for both below 16 TiB of stored pages.
 */
u64 pfnscope_zswap_stored(void)
{
	const u32 *low =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES);

	if (IS_ENABLED(CONFIG_CPU_BIG_ENDIAN))
		return PFNSCOPE_UNKNOWN;
	return READ_ONCE(*low);
}

/**
 * pfnscope_zswap_pool_bytes - what the pool takes
 *
 * Return: PFNSCOPE_UNKNOWN where the kernel does not keep the sum.
 */
u64 pfnscope_zswap_pool_bytes(void)
{
	const u64 *bytes =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_ZSWAP_POOL_TOTAL_SIZE);

	return bytes ? READ_ONCE(*bytes) : PFNSCOPE_UNKNOWN;
}
