/* SPDX-License-Identifier: GPL-2.0-only */
/* Which of the kernel's lines this is, and putting wrapped ones together. */
#ifndef PFNSCOPE_OOMLOG_LINE_H
#define PFNSCOPE_OOMLOG_LINE_H

#include "oomlog/scan.h"
#include "oomlog/undress.h"

/* A joined line: the longest, memory.stat of a big kernel, has 3 KiB. */
#define PFNSCOPE_LOGICAL_MAX	16384

enum pfnscope_line_kind {
	PFNSCOPE_LINE_OTHER,
	PFNSCOPE_LINE_HEADER,		/* invoked oom-killer, allocation failure */
	PFNSCOPE_LINE_TASK,		/* CPU: 0 PID: 1 Comm: ... release */
	PFNSCOPE_LINE_CPUSET,		/* comm cpuset=/ mems_allowed=0 */
	PFNSCOPE_LINE_TRACE,		/* registers, code */
	PFNSCOPE_LINE_TRACE_HEAD,	/* Call Trace: */
	PFNSCOPE_LINE_FRAME,		/* warn_alloc+0x1/0x2 */
	PFNSCOPE_LINE_BANNER,		/* Linux version 6.1.0 */
	PFNSCOPE_LINE_SYSRQ_MEMORY,	/* SysRq: Show Memory */
	PFNSCOPE_LINE_SYSRQ_OOM,	/* SysRq: Manual OOM execution */
	PFNSCOPE_LINE_VMALLOC,		/* vmalloc's own, in front of a header */
	PFNSCOPE_LINE_SLAB_FAILURE,	/* SLUB: Unable to allocate */
	PFNSCOPE_LINE_SLAB_CACHE,	/*   cache: kmalloc-64, object size */
	PFNSCOPE_LINE_CMA,
	PFNSCOPE_LINE_CMA_FREE,
	PFNSCOPE_LINE_HUGETLB,
	PFNSCOPE_LINE_PERCPU,
	PFNSCOPE_LINE_OOMD,		/* systemd-oomd's kill */
	PFNSCOPE_LINE_LOWMEMORY,	/* lowmemorykiller's and lmkd's */
	PFNSCOPE_LINE_MEM_INFO,
	PFNSCOPE_LINE_COUNTERS,		/* active_anon:1 inactive_anon:2 */
	PFNSCOPE_LINE_COUNTERS_MORE,	/* free:1 slab_reclaimable:2 */
	PFNSCOPE_LINE_NODE,		/* Node 0 active_anon:4kB */
	PFNSCOPE_LINE_ZONE,		/* Node 0 DMA free:4kB min:4kB */
	PFNSCOPE_LINE_PCP,		/* DMA per-cpu: */
	PFNSCOPE_LINE_RESERVE,		/* lowmem_reserve[]: 0 1 2 */
	PFNSCOPE_LINE_LIST,		/* Node 0 DMA: 1*4kB (U) */
	PFNSCOPE_LINE_HUGEPAGES,
	PFNSCOPE_LINE_TOTAL,		/* 1234 pages RAM */
	PFNSCOPE_LINE_SWAP,		/* Free swap  = 0kB */
	PFNSCOPE_LINE_TASK_HEAD,	/* [ pid ]   uid  tgid */
	PFNSCOPE_LINE_TASK_ROW,
	PFNSCOPE_LINE_SLAB_HEAD,	/* Unreclaimable slab info: */
	PFNSCOPE_LINE_SLAB_ROW,
	PFNSCOPE_LINE_SITE,		/* 660 MiB 168960 mm/a.c:88 func:b */
	PFNSCOPE_LINE_MEMCG_USAGE,	/* memory: usage 4kB, limit 4kB */
	PFNSCOPE_LINE_MEMCG_STATS,	/* Memory cgroup stats for /x: */
	PFNSCOPE_LINE_MEMCG_TASK,	/* Task in /x killed as a result of */
	PFNSCOPE_LINE_STAT,		/* anon 4096 */
	PFNSCOPE_LINE_CONSTRAINT,	/* oom-kill:constraint=... */
	PFNSCOPE_LINE_KILL,		/* Killed process, Kill process */
	PFNSCOPE_LINE_GROUP_KILL,	/* memory.oom.group */
	PFNSCOPE_LINE_NO_VICTIM,
	PFNSCOPE_LINE_PANIC,
	PFNSCOPE_LINE_AFTERMATH,	/* oom_reaper: what follows */
};

/* Pieces of one message: more are not a wrapped line but another text. */
#define PFNSCOPE_LOGICAL_PIECES	64

/**
 * struct pfnscope_logical - one message of the kernel, wrapped lines joined
 * @text: the message
 * @size: its bytes
 * @number: line of the file it began at
 * @kind: which line it is
 * @stamped: it began with a time or log prefix
 * @full: its last piece fills the column at which the text was cut
 * @marked: a mark there said so
 * @doubled: the lines of its text are there twice
 * @spaced: blanks stood behind its last piece
 * @unread: its prefix could not be told from its text
 * @cut: its end is not there
 * @quotes: depth of mail quoting
 * @caller: printk caller, or empty
 * @host: machine that printed it, or another word of the prefix, or empty
 * @prefix: what stood in front of its first line
 */
struct pfnscope_logical {
	char text[PFNSCOPE_LOGICAL_MAX];
	size_t size;
	size_t number;
	enum pfnscope_line_kind kind;
	bool stamped;
	bool full;
	bool marked;
	bool doubled;
	bool spaced;
	bool unread;
	bool cut;
	unsigned int quotes;
	char caller[16];
	char host[40];
	char prefix[96];
};

struct pfnscope_logicals {
	void (*line)(void *context, const struct pfnscope_logical *line);
	void *context;
};

/**
 * struct pfnscope_joiner - the message being put together
 * @out: takes each message when it is complete
 * @held: the message
 * @holding: there is one
 * @pieces: lines it was made of
 * @wraps: what does not fit a line of this text stands in the next one
 */
struct pfnscope_joiner {
	struct pfnscope_logicals out;
	struct pfnscope_logical held;
	bool holding;
	unsigned int pieces;
	bool wraps;
};

enum pfnscope_line_kind pfnscope_line_kind(struct pfnscope_scan line);
bool pfnscope_line_task_row(struct pfnscope_scan s);
bool pfnscope_line_slab_row(struct pfnscope_scan s);
enum pfnscope_line_kind pfnscope_line_kind_grown(struct pfnscope_scan line,
						 size_t before);
bool pfnscope_line_node_zone(struct pfnscope_scan *s, int64_t *node,
			     char *zone, size_t size);

void pfnscope_join_line(struct pfnscope_joiner *joiner,
			const struct pfnscope_logline *line);
void pfnscope_join_end(struct pfnscope_joiner *joiner);

#endif
