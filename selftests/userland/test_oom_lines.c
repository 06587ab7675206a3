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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_stamp),
		cmocka_unit_test(other_allocators),
		cmocka_unit_test(victims),
		cmocka_unit_test(callers),
		cmocka_unit_test(machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
