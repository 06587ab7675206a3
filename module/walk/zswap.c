// SPDX-License-Identifier: GPL-2.0-only
/* Counters, read one after the other. */
#include "reach/counter.h"
#include "reach/zswap.h"
#include "walk/zswap.h"

static u64 counted(enum pfnscope_counter id)
{
	u64 value;

	return pfnscope_counter_host(id, &value) ? PFNSCOPE_UNKNOWN : value;
}

/**
 * pfnscope_zswap_fill - the pool as a record
 * @cursor: zeroed for the first and only one
 * @record: filled
 *
 * Return: 1, then 0.
 */
int pfnscope_zswap_fill(struct pfnscope_zswap_cursor *cursor,
			struct pfnscope_zswap *record)
{
	if (cursor->done)
		return 0;
	cursor->done = true;
	record->stored = pfnscope_zswap_stored();
	record->pool_bytes = pfnscope_zswap_pool_bytes();
	record->zsmalloc = counted(PFNSCOPE_NR_ZSPAGES);
	record->in = counted(PFNSCOPE_ZSWPIN);
	record->out = counted(PFNSCOPE_ZSWPOUT);
	record->written_back = counted(PFNSCOPE_ZSWPWB);
	return 1;
}
