// SPDX-License-Identifier: GPL-2.0-only
/* What decided an attempt beside the watermarks, in words. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/plan.h"
#include "base/array.h"

/**
 * pfnscope_alloc_flags_text - what an attempt allows
 * @flags: PFNSCOPE_ALLOC_ bits
 * @out: gets the kernel's names since 6.3, without ALLOC_, empty for none
 * @size: size of @out
 */
void pfnscope_alloc_flags_text(uint32_t flags, char *out, size_t size)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {
		{ PFNSCOPE_ALLOC_NO_WATERMARKS, "NO_WATERMARKS" },
		{ PFNSCOPE_ALLOC_OOM, "OOM" },
		{ PFNSCOPE_ALLOC_NON_BLOCK, "NON_BLOCK" },
		{ PFNSCOPE_ALLOC_MIN_RESERVE, "MIN_RESERVE" },
		{ PFNSCOPE_ALLOC_HIGHATOMIC, "HIGHATOMIC" },
		{ PFNSCOPE_ALLOC_CMA, "CMA" },
	};
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!(flags & names[i].flag))
			continue;
		if (!pfnscope_names_add(out, size, &used, names[i].name))
			break;
	}
}

/**
 * pfnscope_nodes_text - a mask of nodes as the kernel lists them
 * @nodes: the mask
 * @out: gets "0-1,4"
 * @size: size of @out
 */
void pfnscope_nodes_text(uint64_t nodes, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (unsigned int node = 0; node < 64; node++) {
		unsigned int last = node;
		int n;

		if (!(nodes >> node & 1))
			continue;
		while (last < 63 && (nodes >> (last + 1) & 1))
			last++;
		n = snprintf(out + used, size - used, last > node ? "%s%u-%u" :
			     "%s%u", used ? "," : "", node, last);
		if (n < 0 || (size_t)n >= size - used)
			break;
		used += (size_t)n;
		node = last;
	}
}

/**
 * pfnscope_nodes_words - a mask of nodes in a sentence
 * @nodes: the mask
 * @out: gets "node 0", "nodes 0-1,4"
 * @size: size of @out
 */
void pfnscope_nodes_words(uint64_t nodes, char *out, size_t size)
{
	char list[96];

	pfnscope_nodes_text(nodes, list, sizeof(list));
	snprintf(out, size, "node%s %s", nodes & (nodes - 1) ? "s" : "", list);
}

/**
 * pfnscope_take_text - the block a request gets
 * @take: the block
 * @order: order of the request
 * @out: gets a line, empty where it is not known
 * @size: size of @out
 */
void pfnscope_take_text(const struct pfnscope_take *take, unsigned int order,
			char *out, size_t size)
{
	const char *type = pfnscope_type_name(take->type);
	const char *does = take->order > order ? "splits" : "takes";

	*out = '\0';
	switch (take->from) {
	case PFNSCOPE_TAKE_PCP:
		snprintf(out, size, "from the CPU's own list of %s blocks of "
			 "order %u", type, order);
		break;
	case PFNSCOPE_TAKE_OWN:
	case PFNSCOPE_TAKE_CMA:
	case PFNSCOPE_TAKE_HIGHATOMIC:
		snprintf(out, size, "%s a free %s block of order %u", does,
			 type, take->order);
		break;
	case PFNSCOPE_TAKE_CLAIM:
		snprintf(out, size, "falls back on a free %s block of order %u"
			 ", and claims the pageblock", type, take->order);
		break;
	case PFNSCOPE_TAKE_MIX:
		snprintf(out, size, "falls back on a free %s block of order %u"
			 ", which stays in a pageblock of that type", type,
			 take->order);
		break;
	default:
		break;
	}
}

/* Whether a node with memory is closed to it. */
static bool restricts(const struct pfnscope_machine *machine, uint64_t nodes)
{
	for (size_t i = 0; nodes && i < machine->nr_zones; i++) {
		int64_t node = machine->zones[i].node;

		if (machine->zones[i].managed && node >= 0 &&
		    !(nodes >> (node < 63 ? node : 63) & 1))
			return true;
	}
	return false;
}

/**
 * pfnscope_attempt_notes - what made an attempt leave the order of the list
 * @machine: the snapshot
 * @attempt: the attempt
 * @lines: gets a line for each
 */
void pfnscope_attempt_notes(const struct pfnscope_machine *machine,
			    const struct pfnscope_attempt *attempt,
			    struct pfnscope_lines *lines)
{
	char nodes[104];

	if (restricts(machine, attempt->nodes)) {
		pfnscope_nodes_words(attempt->nodes, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "only %s: cpuset or memory policy",
				   nodes);
	}
	if (attempt->skipped_busy)
		pfnscope_lines_add(lines, "nodes whose kswapd runs come last");
	if (attempt->reclaims) {
		pfnscope_nodes_words(attempt->reclaims, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "vm.zone_reclaim_mode: it reclaims on "
				   "%s before it goes on; this is how it goes "
				   "on if that frees too little", nodes);
	}
	if (attempt->never_mixes && !attempt->mixed)
		pfnscope_lines_add(lines, "vm.defrag_mode: no fallback to another "
				   "migratetype before reclaim and compaction "
				   "have failed");
	else if (attempt->mixed)
		pfnscope_lines_add(lines, "a second walk, with fallback allowed: no "
				   "zone of the node served without");
	else if (attempt->avoids_mixing && attempt->served)
		pfnscope_lines_add(lines, "passes over zones that only a fragmenting "
				   "fallback would serve from");
}

/**
 * pfnscope_plan_unknown - what could change the answer, and is not known
 * @machine: the snapshot
 * @plan: what becomes of the request
 * @lines: gets a line for each
 */
void pfnscope_plan_unknown(const struct pfnscope_machine *machine,
			   const struct pfnscope_plan *plan,
			   struct pfnscope_lines *lines)
{
	uint64_t reclaim = 0;
	char nodes[104];

	if (machine->list_from == PFNSCOPE_LIST_DISTANCES)
		pfnscope_lines_add(lines, "the zonelist: other nodes are taken in the "
				   "order of their distance, of equals the order is "
				   "not certain");
	if (machine->list_from == PFNSCOPE_LIST_GUESSED)
		pfnscope_lines_add(lines, "the zonelist: in which order other nodes "
				   "are tried is a guess");
	if (plan->maybe_insane)
		pfnscope_lines_add(lines, "whether a cpuset was ever given nodes "
				   "with movable memory only: then it fails at "
				   "once, as its own has no zone for it");
	if (plan->may_give_up)
		pfnscope_lines_add(lines, "whether compaction begins in some zone: "
				   "if not, it fails at once (__GFP_NORETRY)");
	for (unsigned int i = 0; i <= plan->made; i++)
		reclaim |= plan->attempts[i].may_reclaim;
	if (plan->maybe_dirty) {
		pfnscope_nodes_words(plan->maybe_dirty, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "whether %s is over its limit of "
				   "dirty pages: the fast path of __GFP_WRITE "
				   "would pass over it", nodes);
	}
	if (reclaim) {
		pfnscope_nodes_words(reclaim, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "vm.zone_reclaim_mode: were it on, "
				   "%s would be reclaimed before others serve",
				   nodes);
	}
	if (machine->rules.defrag_mode && plan->served &&
	    plan->served->take.from == PFNSCOPE_TAKE_MIX &&
	    machine->limits.settings.defrag_mode < 0)
		pfnscope_lines_add(lines, "vm.defrag_mode: were it on, no zone "
				   "would serve by a fallback");
}
