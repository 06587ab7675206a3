/* SPDX-License-Identifier: GPL-2.0-only */
/* Whom the OOM killer would take now, and whom next. */
#ifndef PFNSCOPE_TRIAGE_VICTIMS_H
#define PFNSCOPE_TRIAGE_VICTIMS_H

#include "base/error.h"
#include "base/lines.h"
#include "table/fields.h"
#include "table/table.h"
#include "triage/candidate.h"
#include "triage/memcg.h"

#define NEXT_ROW "a process that the OOM killer may take, or that it passes over"
#define NEXT_FIELDS(F, V) \
	F(V, COUNT, place, SHOWN, NULL, \
	  "whose turn it is: 1 is killed first; none where it is passed over") \
	F(V, COUNT, pid, SHOWN, NULL, "of the process") \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE, NULL, "its name") \
	F(V, STRING, fate, SHOWN, NULL, \
	  "victim; along, killed with it by memory.oom.group; candidate; or passed over") \
	F(V, SIGNED, score, SHOWN, NULL, \
	  "what the kernel compares: pages that it holds, and those that oom_score_adj adds") \
	F(V, PAGES, rss_pages, SHOWN, "RSS", "resident, shared ones in full") \
	F(V, PAGES, swap_pages, SHOWN, NULL, "in swap") \
	F(V, PAGES, pgtables_pages, SHOWN, "PGTABLES", "its page tables") \
	F(V, SIGNED, oom_score_adj, SHOWN, "ADJ", "thousandths of the total that are added") \
	F(V, SIGNED, added_score, 0, NULL, "the pages that these are") \
	F(V, PAGES, total_pages, 0, NULL, "the total: what those who compete could have") \
	F(V, BYTES, pss_bytes, SHOWN, "FREES", \
	  "PSS: its share of what it maps, which is what its death frees at most") \
	F(V, BYTES, pss_shmem_bytes, 0, NULL, \
	  "of that, shared memory and tmpfs, which stay where somebody else has them") \
	F(V, STRING, cgroup, WIDE | PRIVATE, NULL, "its memory cgroup") \
	F(V, STRING, why, SHOWN | BELOW | PROSE, NULL, "why it is passed over, or dies along")

PFNSCOPE_COLUMNS(NEXT);
extern const struct pfnscope_view pfnscope_view_next;
PFNSCOPE_TABLE(NEXT, pfnscope_view_next);

/**
 * struct pfnscope_victims_ask - where memory runs out
 * @group: in this cgroup, at its limit; NULL: in the machine
 * @policy: nodes that the request is bound to by a memory policy, 0 for any
 * @cpuset: nodes of the cpuset of the task that asks, 0 for any
 * @sizes: of how many of the first it is told what their death frees
 */
struct pfnscope_victims_ask {
	const struct pfnscope_memcg *group;
	uint64_t policy;
	uint64_t cpuset;
	size_t sizes;
};

/**
 * struct pfnscope_victims - the answer
 * @table: of pfnscope_view_next: candidates in their turn, then those passed over
 * @lines: what it is made from, and what may make it another one
 * @candidates: rows that have a place
 * @tasks: all processes, sorted as the rows are
 * @count: how many
 * @page_bytes: size of a page
 */
struct pfnscope_victims {
	struct pfnscope_table *table;
	struct pfnscope_lines lines;
	size_t candidates;
	struct pfnscope_candidate *tasks;
	size_t count;
	uint64_t page_bytes;
};

/* Return: 0, or -1 where /proc has no processes, or the nodes cannot be read. */
int pfnscope_victims_read(const struct pfnscope_source *source,
			  const struct pfnscope_victims_ask *ask,
			  struct pfnscope_victims *victims, struct pfnscope_error *error);
void pfnscope_victims_clear(struct pfnscope_victims *victims);

#endif
