/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of a report; each function reads one kind of line into it. */
#ifndef PFNSCOPE_OOMLOG_PARTS_H
#define PFNSCOPE_OOMLOG_PARTS_H

#include "oomlog/line.h"
#include "oomlog/report.h"
#include "oomlog/scan.h"

#define PFNSCOPE_TASK_COLUMNS	16

/* Columns of the task table, as its own heading names them. */
enum pfnscope_task_column {
	PFNSCOPE_TASK_OTHER,
	PFNSCOPE_TASK_UID,
	PFNSCOPE_TASK_TGID,
	PFNSCOPE_TASK_TOTAL_VM,
	PFNSCOPE_TASK_RSS,
	PFNSCOPE_TASK_TABLES,
	PFNSCOPE_TASK_TABLES_BYTES,
	PFNSCOPE_TASK_SWAP,
	PFNSCOPE_TASK_OOM_ADJ,
	PFNSCOPE_TASK_ADJ,
	PFNSCOPE_TASK_COLUMN_KINDS
};

struct pfnscope_task_table {
	enum pfnscope_task_column columns[PFNSCOPE_TASK_COLUMNS];
	unsigned int count;
	bool whole;			/* the name is behind the last */
};

/* request.c */
bool pfnscope_oomlog_header(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report);
void pfnscope_oomlog_task(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_cpuset(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report);
void pfnscope_oomlog_gfp(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report);
bool pfnscope_oomlog_is_header(struct pfnscope_scan line);

/* caller.c */
void pfnscope_oomlog_frames(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report);
void pfnscope_oomlog_cut(enum pfnscope_line_kind kind, bool settled,
			 struct pfnscope_oom_report *report);
bool pfnscope_oomlog_is_verdict(struct pfnscope_scan line);
void pfnscope_oomlog_trace(struct pfnscope_oom_report *report);
enum pfnscope_oom_kind
pfnscope_oomlog_trace_kind(const struct pfnscope_oom_report *report);

/* failure.c */
void pfnscope_oomlog_vmalloc_size(struct pfnscope_scan line,
				  struct pfnscope_oom_failure *failure);
void pfnscope_oomlog_vmalloc(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report);
void pfnscope_oomlog_slab(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_slab_cache(struct pfnscope_scan line,
				struct pfnscope_oom_report *report);
void pfnscope_oomlog_cma(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report);
void pfnscope_oomlog_cma_free(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report);
void pfnscope_oomlog_hugetlb(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report);
void pfnscope_oomlog_percpu(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report);

/* policy.c */
void pfnscope_oomlog_oomd(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_lowmemory(struct pfnscope_scan line,
			       struct pfnscope_oom_report *report);

/* era.c */
void pfnscope_oomlog_release(const char *release,
			     struct pfnscope_oom_era *era);
void pfnscope_oomlog_evidence(struct pfnscope_scan line,
			      struct pfnscope_oom_era *era);

/* memory.c */
void pfnscope_oomlog_counters(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report);
void pfnscope_oomlog_node(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_sums(struct pfnscope_scan line,
			  struct pfnscope_oom_sums *sums);
void pfnscope_oomlog_pcp(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report);
void pfnscope_oomlog_total(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report);
void pfnscope_oomlog_swap(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_hugepages(struct pfnscope_scan line,
			       struct pfnscope_oom_report *report);

/* zone.c */
bool pfnscope_oomlog_zone_seen(struct pfnscope_scan line,
			       const struct pfnscope_oom_report *report);
void pfnscope_oomlog_zone(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_reserve(struct pfnscope_scan line,
			     struct pfnscope_oom_report *report);
void pfnscope_oomlog_list(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);

/* task.c */
void pfnscope_oomlog_task_head(struct pfnscope_scan line,
			       struct pfnscope_task_table *table);
bool pfnscope_oomlog_is_task_row(struct pfnscope_scan line);
void pfnscope_oomlog_task_row(struct pfnscope_scan line,
			      const struct pfnscope_task_table *heading,
			      struct pfnscope_oom_report *report);
void pfnscope_oomlog_slab_row(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report);

/* site.c */
bool pfnscope_oomlog_is_site(struct pfnscope_scan line);
void pfnscope_oomlog_site(struct pfnscope_scan line, struct pfnscope_oom_report *report);

/* memcg.c */
void pfnscope_oomlog_memcg_usage(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report);
bool pfnscope_oomlog_is_stat(struct pfnscope_scan line);
void pfnscope_oomlog_memcg_stats(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report);
void pfnscope_oomlog_memcg_stat(struct pfnscope_scan line,
				struct pfnscope_oom_report *report);
void pfnscope_oomlog_memcg_task(struct pfnscope_scan line,
				struct pfnscope_oom_report *report);
void pfnscope_oomlog_memcg_paths(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report);

/* kill.c */
bool pfnscope_oomlog_is_kill(struct pfnscope_scan line);
void pfnscope_oomlog_kill(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report);
void pfnscope_oomlog_group(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report);
bool pfnscope_oomlog_is_oom_panic(struct pfnscope_scan line);
void pfnscope_oomlog_panic(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report);
void pfnscope_oomlog_constraint(struct pfnscope_scan line,
				struct pfnscope_oom_report *report);

#endif
