// SPDX-License-Identifier: GPL-2.0-only
/* v5.18: compaction begins and ends with its compact_control, it gave the scanners before */
#include <linux/mm.h>
struct compact_control;
#include <trace/events/compaction.h>

void probe(void *data, struct compact_control *cc, unsigned long zone_start,
	   unsigned long zone_end, bool sync);
void probe(void *data, struct compact_control *cc, unsigned long zone_start,
	   unsigned long zone_end, bool sync)
{
	check_trace_callback_type_mm_compaction_begin(probe);
}
