// SPDX-License-Identifier: GPL-2.0-only
/* Sentences about one zone that does not serve, each from one term of the check. */
#include <inttypes.h>

#include "allocator/explain-table.h"
#include "allocator/zone-advice.h"

static bool lacks_block(const struct pfnscope_verdict *v)
{
	return v->reason == PFNSCOPE_REASON_NO_BLOCK ||
	       v->reason == PFNSCOPE_REASON_LOOP;
}

static void about_blocks(const char *name, const struct pfnscope_verdict *v,
			 struct pfnscope_lines *lines)
{
	if (v->zone->free == PFNSCOPE_MISSING || !v->order)
		return;
	if (lacks_block(v) || v->reason == PFNSCOPE_REASON_TYPE)
		pfnscope_lines_add(lines, "%s: compact: %" PRId64 " pages are "
				   "free, none in a block of order %u it may "
				   "use", name, v->zone->free, v->order);
}

static void about_lists(const char *name, const struct pfnscope_verdict *v,
			struct pfnscope_lines *lines)
{
	int64_t missing = pfnscope_verdict_shortage(v), pcp = v->zone->pcp;

	/* A few pages are no matter. */
	if ((!missing && !lacks_block(v)) || pcp < missing / 2 || pcp <= 0)
		return;
	pfnscope_lines_add(lines, "%s: drain the per-CPU lists: they hold %"
			   PRId64 " page%s%s", name, pcp, pcp == 1 ? "" : "s",
			   missing && pcp >= missing ? ", enough" : "");
}

/**
 * pfnscope_zone_advice - what would make a zone serve
 * @asked: the attempt
 * @verdict: what the zone says to it
 * @lines: gets a line for each, without a final dot
 */
void pfnscope_zone_advice(const struct pfnscope_asked *asked,
			  const struct pfnscope_verdict *verdict,
			  struct pfnscope_lines *lines)
{
	char name[40];

	pfnscope_verdict_zone(verdict, name, sizeof(name));
	if (verdict->reason == PFNSCOPE_REASON_NO_MANAGED)
		pfnscope_lines_add(lines, "%s: holds no memory on this machine: "
				   "the caller should not insist on it", name);
	if (pfnscope_boost_decides(asked->rules, asked->classes, asked->request,
				   asked->alloc_flags, verdict))
		pfnscope_lines_add(lines, "%s: fails only because of the "
				   "watermark boost (%" PRId64 " pages), which a "
				   "fragmenting fallback left; it goes when kswapd "
				   "has run, vm.watermark_boost_factor=0 turns it off",
				   name, verdict->zone->boost);
	about_blocks(name, verdict, lines);
	about_lists(name, verdict, lines);
}
