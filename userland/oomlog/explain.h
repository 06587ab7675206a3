/* SPDX-License-Identifier: GPL-2.0-only */
/* From a report to an answer: the snapshot it holds, explained. */
#ifndef PFNSCOPE_OOMLOG_EXPLAIN_H
#define PFNSCOPE_OOMLOG_EXPLAIN_H

#include "allocator/explain.h"
#include "oomlog/report.h"

/*
 * Who holds the memory, in kB, in the order in which --json prints them; up to 2.6.27
 * anon and file are one, up to 2.6.31 the slabs. Each is X(more, NAME, name, help).
 */
#define PFNSCOPE_HOLDER_LIST(X, more)					\
	X(more, ANON, anon, "anonymous memory, without shmem") \
	X(more, FILE, file, "page cache") \
	X(more, SHMEM, shmem, "shared memory and tmpfs") \
	X(more, LRU, lru_active_plus_inactive_not_split, \
	  "anonymous memory and page cache, of kernels that do not split them") \
	X(more, UNEVICTABLE, unevictable, "unevictable pages: mlock, ramfs") \
	X(more, SLAB_UNRECLAIMABLE, slab_unreclaimable, "unreclaimable slab caches") \
	X(more, SLAB_RECLAIMABLE, slab_reclaimable, "reclaimable slab caches") \
	X(more, SLAB, slab_not_split, "slab caches of kernels that do not split them") \
	X(more, KERNEL_STACK, kernel_stack, "kernel stacks") \
	X(more, PAGETABLES, pagetables, "page tables") \
	X(more, HUGEPAGES, hugepages, "pools of huge pages, used or not") \
	X(more, BALLOON, balloon, "given back to the host by a balloon") \
	X(more, GPU, gpu, "buffers of GPU drivers, and their pools") \
	X(more, UNACCOUNTED, unaccounted, \
	  "drivers, vmalloc, balloons: no counter of the report")

#define PFNSCOPE_HOLDER(more, upper, lower, help)	PFNSCOPE_HOLD_##upper,

enum pfnscope_oom_holder {
	PFNSCOPE_HOLDER_LIST(PFNSCOPE_HOLDER, )
	PFNSCOPE_HOLDERS
};

/**
 * struct pfnscope_oom_dominant - what held the memory
 * @category: the largest holder, free memory left out, and what the log lacks
 *	taken for nothing; empty where the report does not tell
 * @kb: what it holds
 * @known: @hold and what follows is filled (not for memory cgroups)
 * @hold: each holder, PFNSCOPE_MISSING where it is not printed
 * @most: the largest of holders, free memory and what no counter names; empty
 *	where what the log lacks could hold more
 * @most_kb: its size
 * @largest_named: the largest of what the log names, whatever it lacks
 * @largest_named_kb: its size
 * @unaccounted_kb: what no counter names, PFNSCOPE_MISSING where one is missing
 * @anon_lru_kb: the anon lists as printed, shmem among them
 * @usable_kb: all memory the kernel manages
 * @free_kb: of it free
 * @pcp_kb: and on the lists of the CPUs
 * @locked_shmem_kb: shmem that is certainly locked, for the anon lists lack it
 * @mlocked_kb: pages that tasks locked
 * @cma_kb: areas of CMA
 * @free_cma_kb: free pages in them
 * @zones_complete: the line of each zone of the machine is in the log
 * @from_managed: @usable_kb is the sum of the zones, the totals being cut off
 */
struct pfnscope_oom_dominant {
	char category[48];
	int64_t kb;
	bool known;
	int64_t hold[PFNSCOPE_HOLDERS];
	char most[48];
	int64_t most_kb;
	char largest_named[48];
	int64_t largest_named_kb;
	int64_t unaccounted_kb;
	int64_t anon_lru_kb;
	int64_t usable_kb;
	int64_t free_kb;
	int64_t pcp_kb;
	int64_t locked_shmem_kb;
	int64_t mlocked_kb;
	int64_t cma_kb;
	int64_t free_cma_kb;
	bool zones_complete;
	bool from_managed;
};

/**
 * struct pfnscope_oom_answer - a report, explained
 * @page_kb: page size, PFNSCOPE_MISSING where nothing in the log tells it
 * @classes: zone classes of that kernel
 * @request: what was asked for
 * @preferred: highest class it may use
 * @preferred_known: the request is known
 * @order_is_zero: the log names no order: computed for order 0
 * @order_lost: though it was pages that were asked for
 * @one_node: __GFP_THISNODE, and the log does not name the node
 * @uncertain: a figure this kernel does not print could change a verdict
 * @zones: the snapshot
 * @verdicts: of the zones it may use; what is certain for any request first
 * @nr_verdicts: how many
 */
struct pfnscope_oom_answer {
	int64_t page_kb;
	struct pfnscope_rules rules;
	struct pfnscope_classes classes;
	struct pfnscope_request request;
	uint32_t alloc_flags;
	enum pfnscope_class preferred;
	bool preferred_known;
	bool order_is_zero;
	bool order_lost;
	bool one_node;
	bool uncertain;
	struct pfnscope_explain_zone *zones;
	struct pfnscope_verdict *verdicts;
	size_t nr_verdicts;
	struct pfnscope_oom_dominant dominant;
};

struct pfnscope_oom_answer *
pfnscope_oom_explain(const struct pfnscope_oom_report *report);
void pfnscope_oom_answer_free(struct pfnscope_oom_answer *answer);

unsigned int pfnscope_oom_version(const struct pfnscope_oom_report *report);
int64_t pfnscope_oom_page_kb(const struct pfnscope_oom_report *report);
void pfnscope_oom_classes(const struct pfnscope_oom_report *report,
			  struct pfnscope_classes *classes);
void pfnscope_oom_dominant(const struct pfnscope_oom_report *report,
			   int64_t page_kb,
			   struct pfnscope_oom_dominant *dominant);
const char *pfnscope_oom_holder_name(enum pfnscope_oom_holder holder);

#endif
