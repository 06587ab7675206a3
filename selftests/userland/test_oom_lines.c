// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that few kernels print, or few logs have: small texts in their wording, each with the facts that must
 * come out.
 */
// with: oom-examples.c oom-reports.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "oom-examples.h"

#define S		"[  100.000000] "
#define SYSLOG		"Aug 12 10:00:00 gw kernel: "
#define FRAME(text)	S " " text "\n"
#define FAILURE		S "a: page allocation failure: order:3, mode:0x20\n" S "Call Trace:\n"

/* In front of them stands what no other line has taught, no time of the kernel's either. */
static void without_stamp(void **state)
{
	static const struct oom_example examples[] = {
		{ SYSLOG "SLAB: Unable to allocate memory on node 0 (gfp=0x1080020)\n"
		  SYSLOG "  cache: skbuff_head_cache, object size: 256, order: 0\n"
		  SYSLOG "  node 0: slabs: 412/412, objs: 6180/6180, free: 0\n", 1,
		  { { "0.failed", "\"slab\"" }, { "0.gfp_mask", "\"0x1080020\"" }, { "0.failed_where", "\"skbuff_head_cache\"" } } },
		{ SYSLOG "SLUB: Unable to allocate memory on CPU 3 (of node 1) on node -1, gfp=0xa20(GFP_ATOMIC)\n"
		  SYSLOG "  cache: tw_sock_TCP, object size: 248, buffer size: 256, default order: 1, min order: 0\n", 1,
		  { { "0.failed", "\"slab\"" }, { "0.gfp_mask", "\"0xa20\"" }, { "0.failed_where", "\"tw_sock_TCP\"" } } },
		{ SYSLOG "allocation failed: out of vmalloc space - use vmalloc=<size> to increase size.\n", 1,
		  { { "0.failed", "\"vmap\"" } } },
		{ SYSLOG "Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled\n", 1,
		  { { "0.kind", "\"oom\"" }, { "0.panic", "true" } } },
		{ SYSLOG "Kernel panic - not syncing: Fatal exception\n", 0, { { NULL, NULL } } },
		/* Nor a line but the header and frames. */
		{ SYSLOG "a: page allocation failure. order:4, mode:0xd0\n" SYSLOG " [<c013fa77>] __alloc_pages+0x28b/0x29d\n"
		  SYSLOG " [<f8bb1322>] resize_pool+0x3a/0xa2 [dm_mod]\n", 1, { { "0.caller", "\"resize_pool [dm_mod]\"" } } },
		/* Two ways of logging in one text. */
		{ SYSLOG "a: page allocation failure. order:1, mode:0x20\n" SYSLOG "b: page allocation failure. order:1, mode:0x20\n"
		  "    kernel: swapper: page allocation failure. order:2, mode:0x20\n"
		  "    kernel: Pid: 0, comm: swapper Not tainted 2.6.32-358.2.1.el6.x86_64 #1\n", 3,
		  { { "1.comm", "\"b\"" }, { "1.order", "1" }, { "2.comm", "\"swapper\"" }, { "2.order", "2" }, { "2.pid", "0" },
		    { "2.kernel_release", "\"2.6.32-358.2.1.el6.x86_64\"" } } },
	};

	(void)state;
	CHECK(examples);
}

static void other_allocators(void **state)
{
	static const struct oom_example examples[] = {
		/* Without an MMU. */
		{ "Allocation of length 1048576 from process 47 (busybox) failed\n"
		  "Normal free:1560kB min:356kB low:444kB high:532kB active_anon:0kB present:8192kB managed:6412kB\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.failed", "\"page\"" }, { "0.comm", "\"busybox\"" },
		    { "0.pid", "47" }, { "0.failed_where", "\"1048576 bytes in one block\"" }, { "0.zones.0.free_kb", "1560" } } },
		{ S "Allocation of length 9\n", 0, { { NULL, NULL } } },
		/* A file system that tries again, without end. */
		{ SYSLOG "XFS: nfsd(2210) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x2400240)\n", 1,
		  { { "0.kind", "\"allocation_stall\"" }, { "0.comm", "\"nfsd\"" }, { "0.pid", "2210" },
		    { "0.gfp_mask", "\"0x2400240\"" } } },
		{ S "XFS: possible memory allocation deadlock in kmem_alloc (mode:0x250)\n", 1,
		  { { "0.kind", "\"allocation_stall\"" }, { "0.comm", "null" }, { "0.pid", "null" }, { "0.gfp_mask", "\"0x250\"" } } },
		/* 4.10 to 4.14, and again since 7.2. */
		{ S "a: page allocation stalls for 10024ms, order:1, mode:0x14204d2(GFP_HIGHUSER), nodemask=(null)\n", 1,
		  { { "0.kind", "\"allocation_stall\"" }, { "0.order", "1" } } },
		{ S "a: page allocation stall for 12 secs: order:1, mode:0xcc0(GFP_KERNEL) nodemask=(null),cpuset=/,mems_allowed=0\n", 1,
		  { { "0.kind", "\"allocation_stall\"" }, { "0.order", "1" }, { "0.comm", "\"a\"" }, { "0.failed", "\"page\"" } } },
		{ S "HugeTLB: allocating 4 of page size 1.00 GiB failed node1.  Only allocated 0 hugepages.\n", 1,
		  { { "0.failed_where", "\"node 1\"" } } },
		{ S "HugeTLB: allocating 4 of page size 1.00 GiB failed.  Only allocated 0 hugepages.\n", 1,
		  { { "0.failed_where", "null" } } },
	};

	(void)state;
	CHECK(examples);
}

static void victims(void **state)
{
	static const struct oom_example examples[] = {
		{ "Apr  3 11:20:14 vps kernel: Out of memory in UB 4012: OOM killed process 91233 (php-cgi) score 0 vm:498304kB, rss:75000kB, swap:10000kB\n", 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.killed.pid", "91233" }, { "0.killed.comm", "\"php-cgi\"" },
		    { "0.killed.total_vm_kb", "498304" }, { "0.memcg.path", "\"UB 4012\"" } } },
		{ S "OOM killed process 12 (httpd) vm:498304kB, rss:75000kB, swap:10000kB\n"
		  S "OOM killed process 13 (httpd) vm:1kB, rss:1kB, swap:0kB\n", 2,
		  { { "0.kind", "\"oom\"" }, { "0.killed.comm", "\"httpd\"" }, { "1.killed.pid", "13" } } },
		/* It was dying already; of a group others died with it. */
		{ S "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  S "Memory cgroup out of memory: OOM victim 701 (app (a)) is already exiting. Skip killing the task\n", 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.killed.pid", "701" }, { "0.killed.comm", "\"app (a)\"" } } },
		{ S "Memory cgroup out of memory: Killed process 6001 (app) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB\n"
		  S "Tasks in /a are going to be killed due to memory.oom.group set\n"
		  S "Memory cgroup out of memory: Killed process 6000 (sh) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB\n"
		  S "Memory cgroup out of memory: OOM victim 6001 (app) is already exiting. Skip killing the task\n", 1,
		  { { "0.killed.pid", "6001" }, { "0.group_killed", "1" } } },
		/* Quoted below the report. */
		{ S "Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n" "So it was the hog:\n\n"
		  S "Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n", 1, { { "0.killed.pid", "77" } } },
		/* The first drivers of Android do not name themselves. */
		{ "<4>[ 1302.120000] select 4102 (app.launcher), adj 6, size 5120, to kill\n"
		  "<4>[ 1302.120100] send sigkill to 4102 (app.launcher), adj 6, size 5120\n", 1,
		  { { "0.kind", "\"policy_kill\"" }, { "0.killer", "\"lowmemorykiller\"" }, { "0.killed.pid", "4102" },
		    { "0.killed.comm", "\"app.launcher\"" }, { "0.killed.oom_score_adj", "6" } } },
	};

	(void)state;
	CHECK(examples);
}

static void callers(void **state)
{
	static const struct oom_example examples[] = {
		/* 3.x counted the pages that were charged to a cgroup in functions of their own. */
		{ FAILURE FRAME("__alloc_pages_nodemask+0x5b4/0x888") FRAME("alloc_kmem_pages_node+0x44/0x50")
		  FRAME("copy_process.part.46+0x140/0x15ac"), 1, { { "0.caller", "\"copy_process.part.46\"" } } },
		{ FAILURE FRAME("new_slab+0x1/0x2") FRAME("alloc_single_from_new_slab+0x1/0x2") FRAME("__pcs_replace_empty_main+0x1/0x2")
		  FRAME("kmem_cache_alloc_noprof+0x1/0x2") FRAME("fill+0x1/0x2"), 1, { { "0.caller", "\"fill\"" } } },
		/* What the stack held by chance stands between two functions that call one another. */
		{ FAILURE FRAME("[<ffffffff8020f895>] __alloc_pages+0x2b5/0x2ce") FRAME("[<ffffffff80212dac>] may_open+0x65/0x22f")
		  FRAME("[<ffffffff8023def3>] __get_free_pages+0x30/0x69")
		  FRAME("[<ffffffff884a9aa0>] :ip_conntrack:alloc_hashtable+0x33/0x7a") FRAME("[<ffffffff8029a32b>] param_attr_store+0x1a/0x29"), 1,
		  { { "0.caller", "\"alloc_hashtable [ip_conntrack]\"" } } },
		/* Reclaim on behalf of a request may make one itself: that one failed. */
		{ FAILURE FRAME("__alloc_pages+0x2b5/0x2ce") FRAME("kmalloc_order+0x1/0x2") FRAME("shrink_it+0x1/0x2")
		  FRAME("shrink_slab+0x1/0x2") FRAME("__alloc_pages+0x2b5/0x2ce") FRAME("fill+0x1/0x2"), 1, { { "0.caller", "\"shrink_it\"" } } },
		{ FAILURE FRAME("[<c013fa77>] __alloc_pages +0x28b/0x29d") FRAME("[<f8bb1322>] resize_pool +0x3a/0xa2 [dm_mod]"), 1,
		  { { "0.caller", "\"resize_pool [dm_mod]\"" } } },
		{ FAILURE FRAME("<IRQ> ") FRAME("dump_stack+0x63/0x90"), 1, { { "0.page_size_kb", "4" } } },
	};

	(void)state;
	CHECK(examples);
}

#define A		"2024-06-02T03:11:00+00:00 web-1 kernel: "
#define B		"2024-06-02T03:11:00+00:00 db-7 kernel: "
#define FREE(prefix, pages) \
	prefix "Mem-Info:\n" prefix "active_anon:10 inactive_anon:20 isolated_anon:0\n" prefix " free:" pages " free_pcp:0 free_cma:0\n"

/* One file of many machines, whose reports were printed at the same time. */
static void machines(void **state)
{
	static const struct oom_example examples[] = {
		{ A "php invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  B "sql invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=1, oom_score_adj=0\n"
		  A "CPU: 3 PID: 811 Comm: php Not tainted 6.1.0 #1\n" B "CPU: 3 PID: 2207 Comm: sql Not tainted 5.15.0 #1\n"
		  FREE(A, "31") FREE(B, "57")
		  B "Out of memory: Killed process 2200 (sql) total-vm:9kB, anon-rss:7kB, file-rss:0kB, shmem-rss:0kB\n"
		  A "Out of memory: Killed process 990 (php) total-vm:8kB, anon-rss:7kB, file-rss:0kB, shmem-rss:0kB\n", 2,
		  { { "0.pid", "811" }, { "0.kernel_release", "\"6.1.0\"" }, { "0.mem_info_pages.free", "31" }, { "0.killed.pid", "990" },
		    { "1.pid", "2207" }, { "1.order", "1" }, { "1.mem_info_pages.free", "57" }, { "1.killed.pid", "2200" } } },
		/* Other words there tell no machine, but a level that differs from line to line. */
		{ "Jun  2 03:11:00 gw warning kernel: php invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  FREE("Jun  2 03:11:00 gw warning kernel: ", "31")
		  "Jun  2 03:11:00 gw info kernel: 1000 pages RAM\n"
		  "Jun  2 03:11:00 gw err kernel: Out of memory: Killed process 990 (php) total-vm:8kB, anon-rss:7kB, file-rss:0kB\n", 1,
		  { { "0.comm", "\"php\"" }, { "0.mem_info_pages.free", "31" }, { "0.mem_info_pages.pages_ram", "1000" }, { "0.killed.pid", "990" } } },
		/* The next report of a machine ends its last one. */
		{ A "php invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n" FREE(A, "31")
		  A "sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=2, oom_score_adj=0\n" FREE(A, "32"), 2,
		  { { "0.mem_info_pages.free", "31" }, { "1.comm", "\"sh\"" }, { "1.mem_info_pages.free", "32" } } },
		/* The first line was copied without what stood in front of it. */
		{ "php invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  A "CPU: 3 PID: 811 Comm: php Not tainted 6.1.0 #1\n" FREE(A, "31"), 1, { { "0.pid", "811" }, { "0.mem_info_pages.free", "31" } } },
	};

	(void)state;
	CHECK(examples);
}

#define TWICE(line)	line line
#define NODE_ZONE	S "Node 0 DMA32 free:8000kB min:9000kB low:11000kB high:13000kB active_anon:400kB present:1048576kB managed:1000000kB\n"
#define OTHER_ZONE	S "Node 0 Normal free:9000kB min:9100kB low:11000kB high:13000kB active_anon:400kB present:1048576kB managed:1000000kB\n"
#define RESERVE		S "lowmem_reserve[]: 0 0 0 0\n"

/* The console and the journal wrote into one file. */
static void twice(void **state)
{
	static const struct oom_example examples[] = {
		{ TWICE(S "hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n")
		  TWICE(S "CPU: 0 PID: 77 Comm: hog Not tainted 5.10.0 #1\n") TWICE(NODE_ZONE) TWICE(RESERVE) TWICE(OTHER_ZONE) TWICE(RESERVE)
		  TWICE(S "Node 0 hugepages_total=1 hugepages_free=1 hugepages_surp=0 hugepages_size=2048kB\n")
		  TWICE(S "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n")
		  TWICE(S "[   77]     0    77    20000    17500      40        0             0 hog\n")
		  TWICE(S "Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n"), 1,
		  { { "0.pid", "77" }, { "0.killed.pid", "77" }, { "0.mem_info_pages.hugepages_kb", "2048" }, { "0.zones.0.free_kb", "8000" },
		    { "0.zones.1.free_kb", "9000" }, { "0.tasks.0.pid", "77" }, { "0.tasks.1.pid", "null" } } },
		/* One of them was late. */
		{ "[   55.100000] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  "[   55.100010] CPU: 0 PID: 77 Comm: hog Not tainted 5.10.0 #1\n"
		  "[   55.100000] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  "[   55.100020] 26214 pages RAM\n" "[   55.100010] CPU: 0 PID: 77 Comm: hog Not tainted 5.10.0 #1\n"
		  "[   55.100050] Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n" "[   55.100020] 26214 pages RAM\n"
		  "[   55.100050] Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n", 1,
		  { { "0.pid", "77" }, { "0.killed.pid", "77" }, { "0.mem_info_pages.pages_ram", "26214" } } },
		/* An allocator may fail twice within a tick. */
		{ TWICE(S "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n"), 2, { { "1.failed", "\"slab\"" } } },
		/* Without the kernel's time nothing tells a copy from a second kill. */
		{ TWICE("Out of memory: Kill process 77 (hog) score 5 or sacrifice child\n"
			"Killed process 77 (hog) total-vm:80000kB, anon-rss:70000kB, file-rss:0kB\n"), 2, { { "1.killed.pid", "77" } } },
	};

	(void)state;
	CHECK(examples);
}

#define DEAD(kb)	S "Killed process 900 (java) total-vm:" kb "\n"
#define ROW		"[  900]  1000   900    80000    30000      12        0             0 java\n"
#define HEADING		"[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"

static void tables(void **state)
{
	static const struct oom_example examples[] = {
		/* Pages in the table, kB in the line about the victim. */
		{ S HEADING S ROW DEAD("5120000kB, anon-rss:1900000kB, file-rss:20000kB"), 1, { { "0.page_size_kb", "64" } } },
		{ S HEADING S ROW DEAD("320001kB, anon-rss:118000kB, file-rss:1000kB"), 1, { { "0.page_size_kb", "4" } } },
		{ S HEADING S ROW DEAD("999kB, anon-rss:118kB, file-rss:1000kB"), 1, { { "0.page_size_kb", "null" } } },
		{ S HEADING S ROW S "Killed process 901 (sh) total-vm:320000kB, anon-rss:1kB, file-rss:0kB\n", 1, { { "0.page_size_kb", "null" } } },
		/* The end of a log: rows without their heading. */
		{ ROW "Killed process 900 (java) total-vm:320000kB, anon-rss:118000kB, file-rss:1000kB\n", 1,
		  { { "0.tasks.0.rss_pages", "30000" }, { "0.tasks.0.oom_score_adj", "0" }, { "0.page_size_kb", "4" } } },
		{ ROW, 0, { { NULL, NULL } } },
		{ "[  900]  1000   900 java\n" "Killed process 900 (java) total-vm:320000kB, anon-rss:118000kB, file-rss:1000kB\n", 1,
		  { { "0.tasks.0.pid", "null" } } },
		/* Made easy to read. */
		{ S "Killed process 1,204 (java) total-vm:3,600,000kB, anon-rss:2,790,000kB, file-rss:10,000kB\n", 1,
		  { { "0.killed.pid", "1204" }, { "0.killed.total_vm_kb", "3600000" }, { "0.killed.anon_rss_kb", "2790000" } } },
		{ S "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), nodemask=0,256, order=0, oom_score_adj=0\n" S "2,097,012 pages RAM\n", 1,
		  { { "0.nodemask", "\"0,256\"" }, { "0.mem_info_pages.pages_ram", "2097012" } } },
		/* Up to 4.18 each cgroup of a hierarchy has a line, with what is its own. */
		{ S "memory: usage 262144kB, limit 262144kB, failcnt 1003\n"
		  S "Memory cgroup stats for /pod: cache:0KB rss:0KB shmem:0KB\n"
		  S "Memory cgroup stats for /pod/a: cache:4KB rss:40KB shmem:0KB\n"
		  S "Memory cgroup stats for /pod/b: cache:264KB rss:258000KB shmem:8KB\n"
		  S "Memory cgroup out of memory: Kill process 9 (a) score 1 or sacrifice child\n", 1,
		  { { "0.memcg.path", "\"\\/pod\"" }, { "0.memcg.stats.rss_kb", "0" }, { "0.dominant.category", "\"anon (rss)\"" },
		    { "0.dominant.kb", "258040" } } },
		/* Kernels of 7.x count what balloons and drivers of GPUs hold. */
		{ S "Node 0 active_anon:40000kB inactive_anon:80000kB active_file:400kB inactive_file:800kB unevictable:4000kB isolated(anon):0kB isolated(file):0kB mapped:2000kB dirty:0kB writeback:0kB shmem:0kB kernel_stack:2000kB pagetables:4000kB all_unreclaimable? yes Balloon:2000000kB gpu_active:800000kB gpu_reclaim:4000kB\n"
		  S "Node 0 Normal free:20000kB min:22800kB low:26000kB high:29200kB active_anon:40000kB present:4194304kB managed:4000000kB free_pcp:200kB\n"
		  S "lowmem_reserve[]: 0 0 0 0\n"
		  S "Node 0 Normal: 5000*4kB (UME) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 20000kB\n", 1,
		  { { "0.mem_info_pages.balloon_kb", "2000000" }, { "0.mem_info_pages.gpu_active_kb", "800000" },
		    { "0.dominant.category", "\"balloon\"" }, { "0.dominant.all_kb.gpu", "804000" } } },
		/* Since 6.10, where allocations are profiled. */
		{ S "Mem-Info:\n" S "26214 pages RAM\n" S "Memory allocations (profiling is currently turned on):\n"
		  S "     660 MiB   168960 drivers/net/leaky.c:88 [leaky] func:leaky_refill \n"
		  S "    1.50 GiB    50000 mm/memory.c:4780 func:alloc_anon_folio \n"
		  S "    64.0 KiB       16 mm/slub.c:2424 func:alloc_slab_page \n" S "     512 B        1 mm/slub.c:9 func:a\n", 1,
		  { { "0.sites.0.function", "\"leaky_refill\"" }, { "0.sites.0.module", "\"leaky\"" }, { "0.sites.0.kb", "675840" },
		    { "0.sites.0.calls", "168960" }, { "0.sites.0.place", "\"drivers\\/net\\/leaky.c:88\"" }, { "0.sites.1.kb", "1572864" },
		    { "0.sites.1.module", "null" }, { "0.sites.2.kb", "64" }, { "0.sites.3.kb", "0" }, { "0.sites.4.kb", "null" } } },
		/* Since 6.11 it has its own, and all. */
		{ S "memory: usage 262144kB, limit 262144kB, failcnt 1003\n" S "memory+swap: usage 4kB, limit 8kB, failcnt 0\n"
		  S "Memory cgroup stats for /pod:\n" S "cache 0\n" S "rss 4096\n" S "total_cache 1048576\n" S "total_rss 262144000\n", 1,
		  { { "0.dominant.category", "\"anon (rss)\"" }, { "0.dominant.kb", "256000" } } },
	};

	(void)state;
	CHECK(examples);
}

/* A browser or a form made blanks of newlines; some mail clients wrapped that. */
static void paragraphs(void **state)
{
#define H "Oct 27 18:00:02 old kernel: "
	static const struct oom_example examples[] = {
		{ H "cp: page allocation failure. order:4, mode:0xd0 " H "[<c013fa77>] __alloc_pages+0x28b/0x29d "
		  H "[<f8bb1322>] resize_pool+0x3a/0xa2 [dm_mod] " H "Mem-info: " H "Normal per-cpu: " H "cpu 0 hot: low 2, high 6, batch 1 "
		  H "Active:50000 inactive:40000 dirty:10 writeback:0 unstable:0 free:5250 slab:6000 mapped:20000 pagetables:400 "
		  H "Normal free:18000kB min:928kB low:1856kB high:2784kB active:198000kB present:507904kB " H "protections[]: 0 0 0 "
		  H "Normal: 2500*4kB 1000*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 18000kB\n", 1,
		  { { "0.comm", "\"cp\"" }, { "0.order", "4" }, { "0.gfp_mask", "\"0xd0\"" }, { "0.caller", "\"resize_pool [dm_mod]\"" },
		    { "0.mem_info_pages.free", "5250" }, { "0.mem_info_pages.pagetables", "400" }, { "0.zones.0.present_kb", "507904" },
		    { "0.zones.0.free_list.1", "1000" } } },
		{ "Oct 27 18:00:02 old kernel: cp: page allocation failure. order:4, mode:0xd0\n"
		  "Oct 27 18:00:02 old kernel: [<c013fa77>] __alloc_pages+0x28b/0x29d Oct 27\n"
		  "18:00:02 old kernel: [<f8bb1322>] resize_pool+0x3a/0xa2 [dm_mod] Oct 27\n"
		  "18:00:02 old kernel: Mem-info: Oct 27 18:00:02 old kernel: Normal per-cpu:\n"
		  "Oct 27 18:00:02 old kernel: cpu 0 hot: low 2, high 6, batch 1 Oct 27 18:00:02\n"
		  "old kernel: Active:50000 inactive:40000 dirty:10 writeback:0 unstable:0\n"
		  "free:5250 slab:6000 mapped:20000 pagetables:400 Oct 27 18:00:02 old kernel:\n"
		  "Normal free:18000kB min:928kB low:1856kB high:2784kB active:198000kB\n"
		  "present:507904kB Oct 27 18:00:02 old kernel: protections[]: 0 0 0 Oct 27\n"
		  "18:00:02 old kernel: 131072 pages of RAM Oct 27 18:00:02 old kernel: 2000 reserved pages\n", 1,
		  { { "0.comm", "\"cp\"" }, { "0.order", "4" }, { "0.gfp_mask", "\"0xd0\"" }, { "0.caller", "\"resize_pool [dm_mod]\"" },
		    { "0.mem_info_pages.free", "5250" }, { "0.zones.0.present_kb", "507904" }, { "0.mem_info_pages.pages_ram", "131072" } } },
		{ "java invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0 java\n"
		  "cpuset=/ mems_allowed=0 CPU: 2 PID: 4100 Comm: java Not\n"
		  "tainted 3.10.0-514.el7.x86_64 #1 Mem-Info: active_anon:910000 inactive_anon:20000\n"
		  "isolated_anon:0 active_file:100 inactive_file:200 isolated_file:0 free:21000\n"
		  "free_pcp:0 free_cma:0 Node 0 Normal free:84000kB min:84200kB low:105000kB\n"
		  "high:126000kB present:4194304kB managed:4000000kB lowmem_reserve[]: 0 0 0\n"
		  "0 400 total pagecache pages 0 pages in swap cache Free swap = 0kB Total swap\n"
		  "= 0kB 1048576 pages RAM 48576 pages reserved [ pid ] uid tgid total_vm rss\n"
		  "nr_ptes swapents oom_score_adj name [ 4100] 1000 4100 1200000 900000 2000 0 0 java\n"
		  "Out of memory: Kill process 4100 (java) score 860 or sacrifice child\n", 1,
		  { { "0.kernel_release", "\"3.10.0-514.el7.x86_64\"" }, { "0.pid", "4100" }, { "0.mem_info_pages.free", "21000" },
		    { "0.zones.0.managed_kb", "4000000" }, { "0.mem_info_pages.pages_ram", "1048576" }, { "0.mem_info_pages.pages_reserved", "48576" },
		    { "0.tasks.0.rss_pages", "900000" }, { "0.killed.pid", "4100" } } },
	};

	(void)state;
	CHECK(examples);
}

/* Persistent storage: the newest part comes first. */
static void parts(void **state)
{
	static const struct oom_example examples[] = {
		{ "Panic#1 Part1\n<4>[  400.2] Node 0 DMA32 free:44kB min:5600kB low:7000kB high:8400kB present:9kB managed:9kB\n"
		  "<0>[  400.3] Kernel panic - not syncing: System is deadlocked on memory\n"
		  "Panic#1 Part2\n<4>[  400.1] Mem-Info:\n<4>[  400.1] active_anon:0 inactive_anon:455 isolated_anon:0\n"
		  "Panic#1 Part3\n<4>[  400.0] init invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  "<4>[  400.0] CPU: 0 PID: 1 Comm: init Not tainted 6.6.30 #1\n", 1,
		  { { "0.comm", "\"init\"" }, { "0.pid", "1" }, { "0.panic", "true" }, { "0.mem_info_pages.inactive_anon", "455" },
		    { "0.zones.0.free_kb", "44" } } },
		/* Somebody has put them in order. */
		{ "Oops#1 Part2\n<4>[  400.0] init invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		  "Oops#1 Part1\n<4>[  400.1] CPU: 0 PID: 1 Comm: init Not tainted 6.6.30 #1\n<4>[  400.1] 455 pages RAM\n", 1,
		  { { "0.comm", "\"init\"" }, { "0.pid", "1" }, { "0.mem_info_pages.pages_ram", "455" } } },
	};

	(void)state;
	CHECK(examples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_stamp),
		cmocka_unit_test(other_allocators),
		cmocka_unit_test(victims),
		cmocka_unit_test(callers),
		cmocka_unit_test(machines),
		cmocka_unit_test(twice),
		cmocka_unit_test(tables),
		cmocka_unit_test(paragraphs),
		cmocka_unit_test(parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
