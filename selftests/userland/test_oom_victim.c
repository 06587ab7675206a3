// SPDX-License-Identifier: GPL-2.0-only
/* Why this victim: scores of small task tables, done by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oomlog/advice.h"
#include "oomlog/reader.h"

#define BEGIN(release) \
	"[1.0] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n" \
	"[1.0] CPU: 0 PID: 9 Comm: a Not tainted " release " #1\n" \
	"[1.0] Node 0 Normal free:4kB min:8kB low:8kB high:8kB managed:4000000kB\n" \
	"[1.0] lowmem_reserve[]: 0 0\n[1.0] Node 0 Normal: 1*4kB (U) = 4kB\n" \
	"[1.0] Free swap  = 0kB\n[1.0] Total swap = 0kB\n" \
	"[1.0] 1010000 pages RAM\n[1.0] 10000 pages reserved\n"
#define HEAD	"[1.0] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes " \
		"swapents oom_score_adj name\n"
#define ROW(pid, rss, tables, swap, adj, name) \
	"[1.0] [  " pid "]     7  " pid "  9999999 " rss " " tables " " swap \
	"  " adj " " name "\n"
#define ROOT(pid, rss, tables, swap, adj, name) \
	"[1.0] [  " pid "]     0  " pid "  9999999 " rss " " tables " " swap \
	"  " adj " " name "\n"
#define NODE1 \
	"[1.0] Node 1 Normal free:4kB min:8kB low:8kB high:8kB present:800000kB " \
	"managed:790000kB\n[1.0] lowmem_reserve[]: 0 0\n"
#define LIMIT	"[1.0] memory: usage 400000kB, limit 400000kB, failcnt 1\n"
#define IN_GROUP(pid, name) \
	"[1.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/," \
	"mems_allowed=0,oom_memcg=/x,task_memcg=/x,task=" name ",pid=" pid ",uid=0\n" \
	"[1.0] Memory cgroup out of memory: Killed process " pid " (" name ") " \
	"total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n"
#define KILLED(pid, name) \
	"[1.0] Out of memory: Killed process " pid " (" name ") total-vm:4kB, " \
	"anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n"

/* A million pages: a point of oom_score_adj is a thousand of them. */
struct fact {
	const char *log;
	const char *sense;
};

static const struct fact facts[] = {
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "819200", "300", "0", "big")
	  ROW("12", "50000", "0", "0", "0", "small") KILLED("11", "big"),
	  "It scored highest of the 2 tasks listed: 392.5M (rss 390.6M, "
	  "swap 1.1M, page tables 800K)." },
	/* 50000 and 200 thousandths beat 100000. */
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "0", "0", "0", "big")
	  ROW("12", "50000", "0", "0", "200", "small") KILLED("12", "small"),
	  "It scored highest of the 2 tasks listed: 195.3M (rss 195.3M, "
	  "swap 0, page tables 0), oom_score_adj 200." },
	/* 100000 less 60 thousandths do not beat 50000. */
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "0", "0", "-60", "big")
	  ROW("12", "50000", "0", "0", "0", "small") KILLED("12", "small"),
	  "It scored highest of the 2 tasks listed: 195.3M (rss 195.3M, "
	  "swap 0, page tables 0).|The largest task, big (pid 11, 390.6M)"
	  ", scores less: oom_score_adj -60 takes off 234.3M." },
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "0", "0", "-1000", "big")
	  ROW("12", "50000", "0", "0", "0", "small") KILLED("12", "small"),
	  "It scored highest of the 2 tasks listed: 195.3M (rss 195.3M, "
	  "swap 0, page tables 0).|The largest task, big (pid 11, 390.6M)"
	  ", is exempt (oom_score_adj -1000)." },
	{ BEGIN("5.10.0") HEAD ROW("1", "100000", "0", "0", "0", "init")
	  ROW("12", "50000", "0", "0", "0", "small") KILLED("12", "small"),
	  "It scored highest of the 2 tasks listed: 195.3M (rss 195.3M, "
	  "swap 0, page tables 0).|The largest task is init (390.6M), "
	  "which is never killed." },
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "0", "0", "0", "big")
	  ROW("12", "50000", "0", "0", "0", "small") KILLED("12", "small"),
	  "What it held: 195.3M (rss 195.3M, swap 0, page tables 0)"
	  ".|By the table big (pid 11) scored higher, and was spared or gone "
	  "already: 390.6M (rss 390.6M, swap 0, page tables 0)." },
	{ BEGIN("5.10.0") HEAD ROW("11", "100", "0", "0", "0", "tiny")
	  KILLED("11", "tiny"),
	  "It is the only task listed: 400K (rss 400K, swap 0"
	  ", page tables 0).|That is next to nothing of 3.8G: its "
	  "death frees 400K at most." },
	/* Up to 5.1 a child died in place of the chosen one, and the log names both. */
	{ BEGIN("4.19.0") HEAD ROW("11", "100000", "0", "0", "0", "big")
	  ROW("12", "50000", "0", "0", "0", "child")
	  "[1.0] Out of memory: Kill process 11 (big) score 100 or sacrifice child\n"
	  KILLED("12", "child"),
	  "What it held: 195.3M (rss 195.3M, swap 0, page tables 0)."
	  "|It died in place of its parent big (pid 11), which was chosen: "
	  "kernels up to 5.1 do that."
	  "|The parent scored highest of the 2 tasks listed: 390.6M "
	  "(rss 390.6M, swap 0, page tables 0)." },
	/* Since 5.2 nobody does. */
	{ BEGIN("5.10.0") HEAD ROW("11", "100000", "0", "0", "0", "big")
	  ROW("12", "50000", "0", "0", "0", "child")
	  "[1.0] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=child,"
	  "pid=12,uid=0\n" KILLED("12", "child"),
	  "What it held: 195.3M (rss 195.3M, swap 0, page tables 0)"
	  ".|By the table big (pid 11) scored higher, and was spared or gone "
	  "already: 390.6M (rss 390.6M, swap 0, page tables 0)." },
	/* Root was spared 3 % of the machine up to 3.13, later of what its task holds. */
	{ BEGIN("3.10.0") HEAD ROOT("11", "100000", "0", "0", "0", "big")
	  ROW("12", "80000", "0", "0", "0", "small") KILLED("12", "small"),
	  "It scored highest of the 2 tasks listed: 312.5M (rss 312.5M, "
	  "swap 0, page tables 0)." },
	{ BEGIN("4.9.0") HEAD ROOT("11", "100000", "0", "0", "0", "big")
	  ROW("12", "80000", "0", "0", "0", "small") KILLED("11", "big"),
	  "It scored highest of the 2 tasks listed: 390.6M (rss 390.6M, "
	  "swap 0, page tables 0)." },
	/* A point is a thousandth of a node, which has 200,000 pages, where who asks is bound to it. */
	{ BEGIN("5.10.0") NODE1 HEAD ROW("11", "100000", "0", "0", "0", "big")
	  ROW("12", "50000", "0", "0", "200", "small")
	  "[1.0] oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=1,cpuset=/,"
	  "mems_allowed=0-1,task=big,pid=11,uid=0\n" KILLED("11", "big"),
	  "It scored highest of the 2 tasks listed: 390.6M (rss 390.6M, "
	  "swap 0, page tables 0)." },
	/* Of version 1 a cgroup has 200,000 pages of memory and swap: 130 thousandths are 26,000. */
	{ BEGIN("5.10.0") LIMIT "[1.0] memory+swap: usage 0kB, limit 800000kB, failcnt 0\n"
	  HEAD ROW("11", "30000", "0", "0", "0", "big")
	  ROW("12", "5000", "0", "0", "130", "small") IN_GROUP("12", "small"),
	  "It scored highest of the 2 tasks listed: 19.5M (rss 19.5M, swap 0, "
	  "page tables 0), oom_score_adj 130." },
	/* Of version 2 it may have all swap of the machine, and how much that is the log does not tell. */
	{ BEGIN("5.10.0") LIMIT "[1.0] swap: usage 0kB, limit 9007199254740988kB, failcnt 0\n"
	  HEAD ROW("11", "30000", "0", "0", "0", "big")
	  ROW("12", "5000", "0", "0", "130", "small") IN_GROUP("12", "small"),
	  "What it held: 19.5M (rss 19.5M, swap 0, page tables 0), oom_score_adj 130." },
	{ BEGIN("5.10.0") LIMIT "[1.0] swap: usage 0kB, limit 9007199254740988kB, failcnt 0\n"
	  HEAD ROW("11", "30000", "0", "0", "0", "big")
	  ROW("12", "18000", "0", "0", "130", "small") IN_GROUP("12", "small"),
	  "It scored highest of the 2 tasks listed: 70.3M (rss 70.3M, swap 0, "
	  "page tables 0), oom_score_adj 130." },
	/* No table, no claim. */
	{ BEGIN("5.10.0") KILLED("11", "tiny"), "" },
	{ BEGIN("5.10.0") HEAD ROW("12", "50000", "0", "0", "0", "small")
	  KILLED("11", "gone"), "" },
	/* Up to 2.6.35 it was another score. */
	{ BEGIN("2.6.32") HEAD ROW("11", "100000", "0", "0", "0", "big")
	  KILLED("11", "big"), "" },
	/* Figures beyond any machine. */
	{ BEGIN("5.10.0") HEAD ROW("11", "4611686018427387904", "0",
				   "4611686018427387904", "-999", "big")
	  ROW("12", "50000", "0", "0", "999999999999999999", "small")
	  KILLED("11", "big"), "" },
};

static int take(void *context, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	struct pfnscope_lines lines = { 0 };
	char *out = context;

	pfnscope_oom_sense(report, answer, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		if (i)
			strcat(out, "|");
		strcat(out, lines.line[i]);
	}
	pfnscope_lines_clear(&lines);
	pfnscope_oom_answer_free(answer);
	pfnscope_oom_report_free(report);
	return 0;
}

static void scores(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		char ours[1024] = "";
		const struct pfnscope_oomlog_sink sink = { take, ours };
		struct pfnscope_oomlog *log = pfnscope_oomlog_new(&sink);

		pfnscope_oomlog_feed(log, facts[i].log, strlen(facts[i].log));
		pfnscope_oomlog_end(log);
		if (strcmp(ours, facts[i].sense))
			print_message("# log %zu\n", i);
		assert_string_equal(ours, facts[i].sense);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
