// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every kind of report, and what its lines tell: small texts in the kernel's
 * wording, each with the facts that must come out.
 */
// with: oom-examples.c oom-reports.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom-examples.h"

#define S		"[  100.000000] "
#define HEADER		S "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
#define FRAME(text)	S " " text "\n"
#define TASK		S "CPU: 1 PID: 42 Comm: app Not tainted 5.10.1 #1\n"
#define ZONE		S "Node 0 Normal free:400kB min:500kB low:600kB high:700kB active_anon:0kB present:9000kB managed:9000kB\n"

/* warn_alloc() prints its caller's text in front of the mode. */
static void failures(void **state)
{
	static const struct oom_example examples[] = {
		{ S "a: page allocation failure: order:3, mode:0x20\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.failed", "\"page\"" },
		    { "0.order", "3" }, { "0.gfp_mask", "\"0x20\"" }, { "0.comm", "\"a\"" } } },
		{ S "kworker/0:1: vmemmap alloc failure: order:9, mode:0x4cc0(GFP_KERNEL|__GFP_RETRY_MAYFAIL), nodemask=(null)\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.comm", "\"kworker\\/0:1\"" }, { "0.order", "9" } } },
		{ S "b c: ring refill failed, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null)\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.comm", "\"b c\"" }, { "0.failed", "null" } } },
		{ S "a: page allocation stalls for 10008ms, order:1, mode:0x14000c0(GFP_KERNEL)\n", 1,
		  { { "0.kind", "\"allocation_stall\"" } } },
		{ S "a: vmalloc: allocation failure: 425984 bytes, mode:0x14000c0(GFP_KERNEL), nodemask=(null)\n", 1,
		  { { "0.failed", "\"vmalloc\"" }, { "0.vmalloc_bytes", "425984" }, { "0.comm", "\"a\"" } } },
		{ S "a: vmalloc error: size 33558528, vm_struct allocation failed, mode:0xcc0(GFP_KERNEL)\n", 1,
		  { { "0.failed", "\"vmalloc\"" }, { "0.vmalloc_bytes", "33558528" } } },
		{ S "a: vmalloc size 8192 allocation failure: page order 0 allocation failed, mode:0xcc0(GFP_KERNEL)\n", 1,
		  { { "0.failed", "\"vmalloc\"" }, { "0.vmalloc_bytes", "8192" } } },
		{ S "a: vmalloc: allocation failure, allocated 4096 of 67112960 bytes, mode:0x14000c0(GFP_KERNEL)\n", 1,
		  { { "0.vmalloc_bytes", "67112960" } } },
		/* Wrapped within the words that tell a header. */
		{ S "kworker/7:0: page\nallocation failure: order:0,\nmode:0xa20(GFP_ATOMIC), nodemask=(null)\n" ZONE, 1,
		  { { "0.comm", "\"kworker\\/7:0\"" }, { "0.failed", "\"page\"" }, { "0.order", "0" } } },
		{ S "kworker/7:0: page allocation\nfailure: order:0, mode:0xa20(GFP_ATOMIC), nodemask=(null)\n" ZONE, 1,
		  { { "0.comm", "\"kworker\\/7:0\"" }, { "0.failed", "\"page\"" } } },
		{ S "kworker/7:0:\npage allocation failure: order:0, mode:0xa20(GFP_ATOMIC), nodemask=(null)\n" ZONE, 1,
		  { { "0.comm", "\"kworker\\/7:0\"" }, { "0.failed", "\"page\"" } } },
		{ S "doxygen\ninvoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n", 1,
		  { { "0.comm", "\"doxygen\"" }, { "0.order", "0" } } },
		{ "invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n", 1, { { "0.comm", "null" }, { "0.gfp_mask", "\"0xcc0\"" } } },
		/* A terminal cut within a number, a mask, the names of flags. */
		{ S "app invoked oom-killer: gfp_mask=0x140c\nca(GFP_HIGHUSER_MOVABLE|__GFP_CO\nMP), order=0, oom_score_adj=-9\n99\n", 1,
		  { { "0.gfp_mask", "\"0x140cca\"" }, { "0.gfp_flags", "\"GFP_HIGHUSER_MOVABLE|__GFP_COMP\"" }, { "0.oom_score_adj", "-999" } } },
		/* Where a newline was lost, nobody can tell where a mask ends. */
		{ S "a: page allocation failure: order:0, mode:0xd0Backtrace:\n", 1, { { "0.gfp_mask", "null" }, { "0.order", "0" } } },
		/* Linux 2.4 names the function instead of the task. */
		{ "Aug 27 17:20:03 kernel: __alloc_pages: 3-order allocation failed (gfp=0x20/0)\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.failed", "\"page\"" }, { "0.order", "3" }, { "0.gfp_mask", "\"0x20\"" },
		    { "0.comm", "null" } } },
		{ "__alloc_pages: 99999999-order allocation failed (gfp=0x20/0)\n", 1, { { "0.order", "null" }, { "0.gfp_mask", "\"0x20\"" } } },
		/* A word before a name that is no part of it. */
		{ "kernel: httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0\nkernel: Call Trace:\n"
		  "kernel: [<ffffffff800cb67d>] out_of_memory+0x8e/0x2f3\nkernel: [<ffffffff8000f6a2>] __alloc_pages+0x27f/0x308\n"
		  "kernel: [<ffffffff8001308d>] filemap_nopage+0x17b/0x280\n", 1,
		  { { "0.comm", "\"httpd\"" }, { "0.caller", "\"filemap_nopage\"" }, { "0.unread_lines", "false" } } },
		{ S "login: a: page allocation failure: order:3, mode:0x20\n", 1, { { "0.comm", "\"a\"" } } },
		{ S "drm: set mode:0x20 of the panel\n", 0, { { 0 } } },
		{ S "wlan0: associated, mode:0x3\n", 0, { { 0 } } },
	};

	(void)state;
	CHECK(examples);
}

/* Up to 4.8 two lines; in all versions vmap may speak first. */
static void two_lines(void **state)
{
	static const struct oom_example examples[] = {
		{ S "vmalloc: allocation failure: 4096 bytes\n"
		  S "a: page allocation failure: order:0, mode:0xd2\n", 1,
		  { { "0.failed", "\"vmalloc\"" }, { "0.vmalloc_bytes", "4096" }, { "0.comm", "\"a\"" },
		    { "0.gfp_mask", "\"0xd2\"" } } },
		{ S "vmap allocation for size 430080 failed: use vmalloc=<size> to increase size\n"
		  S "a: vmalloc: allocation failure: 425984 bytes, mode:0x14000c0(GFP_KERNEL)\n", 1,
		  { { "0.failed", "\"vmalloc\"" }, { "0.vmalloc_bytes", "425984" } } },
		{ S "vmap allocation for size 20480 failed: use vmalloc=<size> to increase size\n"
		  S "vmap allocation for size 8192 failed: use vmalloc=<size> to increase size\n", 1,
		  { { "0.failed", "\"vmap\"" }, { "0.vmalloc_bytes", "8192" } } },
		{ S "allocation failed: out of vmalloc space - use vmalloc=<size> to increase size.\n", 1,
		  { { "0.failed", "\"vmap\"" }, { "0.vmalloc_bytes", "null" } } },
		/* Another failure, later. */
		{ S "vmalloc: allocation failure: 4096 bytes\n" TASK
		  S "a: page allocation failure: order:0, mode:0xd2\n", 2,
		  { { "0.failed", "\"vmalloc\"" }, { "1.failed", "\"page\"" }, { "1.vmalloc_bytes", "null" } } },
	};

	(void)state;
	CHECK(examples);
}

static void other_allocators(void **state)
{
	static const struct oom_example examples[] = {
		{ S "SLUB: Unable to allocate memory on node -1, gfp=0xa20(GFP_ATOMIC)\n"
		  S "  cache: tw_sock(960:logs), object size: 232, buffer size: 240, default order: 1, min order: 0\n"
		  S "  node 0: slabs: 5, objs: 170, free: 0\n", 1,
		  { { "0.failed", "\"slab\"" }, { "0.failed_where", "\"tw_sock\"" }, { "0.failed_memcg", "\"logs\"" },
		    { "0.gfp_mask", "\"0xa20\"" }, { "0.gfp_flags", "\"GFP_ATOMIC\"" } } },
		{ S "SLAB: Unable to allocate memory on node 0 (gfp=0x20)\n"
		  S "  cache: kmalloc-256, object size: 256, order: 0\n", 1,
		  { { "0.failed", "\"slab\"" }, { "0.failed_where", "\"kmalloc-256\"" }, { "0.gfp_mask", "\"0x20\"" } } },
		/* The page allocator told it already. */
		{ S "a: page allocation failure: order:1, mode:0x20\n" ZONE
		  S "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n"
		  S "  cache: kmalloc-2048, object size: 2048, buffer size: 2048, default order: 3, min order: 0\n", 1,
		  { { "0.failed", "\"page\"" }, { "0.failed_where", "\"kmalloc-2048\"" } } },
		{ S "cma: cma_alloc: reserved: alloc failed, req-size: 1024 pages, ret: -12\n"
		  S "cma: number of available pages: 3@125+20@172=> 212 free of 16384 total pages\n", 1,
		  { { "0.failed", "\"cma\"" }, { "0.failed_count", "1024" }, { "0.failed_where", "\"reserved\"" },
		    { "0.failed_got", "212" }, { "0.failed_of", "16384" } } },
		{ S "cma: cma_alloc: alloc failed, req-size: 8 pages, ret: -16\n", 1,
		  { { "0.failed", "\"cma\"" }, { "0.failed_where", "null" } } },
		{ S "HugeTLB: allocating 2048 of page size 2.00 MiB failed.  Only allocated 1013 hugepages.\n", 1,
		  { { "0.failed", "\"hugetlb\"" }, { "0.failed_count", "2048" }, { "0.failed_got", "1013" },
		    { "0.failed_unit_kb", "2048" } } },
		{ S "HugeTLB: allocating 4 of page size 1.00 GiB failed node1.  Only allocated 0 hugepages.\n", 1,
		  { { "0.failed_unit_kb", "1048576" }, { "0.failed_got", "0" } } },
		{ S "percpu: allocation failed, size=1024 align=8 atomic=1, alloc from reserved chunk failed\n", 1,
		  { { "0.failed", "\"percpu\"" } } },
		/* The trace below is a warning's. */
		{ S "HugeTLB: allocating 4 of page size 1.00 GiB failed node1.  Only allocated 0 hugepages.\n"
		  S "WARNING: CPU: 1 PID: 1 at mm/hugetlb.c:4753 hugetlb_add_hstate+0x170/0x178\n" TASK
		  FRAME("hugetlb_add_hstate+0x170/0x178"), 1,
		  { { "0.pid", "null" }, { "0.comm", "null" }, { "0.caller", "null" } } },
		/* The head of the page allocator's report was cut off: it is the same failure. */
		{ FRAME("warn_alloc_failed+0x1/0x2") FRAME("__alloc_pages_nodemask+0x1/0x2") ZONE S "9000 pages RAM\n"
		  S "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n"
		  S "  cache: kmalloc-2048, object size: 2048, buffer size: 2048, default order: 3, min order: 0\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.failed", "\"page\"" }, { "0.failed_where", "\"kmalloc-2048\"" },
		    { "0.gfp_mask", "null" }, { "0.zones.0.free_kb", "400" } } },
		{ ZONE S "9000 pages RAM\n" S "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n", 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.failed", "\"slab\"" }, { "0.gfp_mask", "\"0x20\"" } } },
		{ S "sysrq: Show Memory\n" ZONE S "9000 pages RAM\n" S "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n", 2,
		  { { "0.forced", "true" }, { "1.failed", "\"slab\"" } } },
		/* Two failures without a dump, then a dump that a person asked for. */
		{ S "cma: cma_alloc: alloc failed, req-size: 8 pages, ret: -16\n"
		  S "cma: cma_alloc: alloc failed, req-size: 9 pages, ret: -16\n"
		  S "sysrq: Show Memory\n" S "Mem-Info:\n" ZONE, 3,
		  { { "0.failed_count", "8" }, { "1.failed_count", "9" }, { "2.kind", "null" }, { "2.forced", "true" } } },
	};

	(void)state;
	CHECK(examples);
}

static void policy_kills(void **state)
{
	static const struct oom_example examples[] = {
		{ "systemd-oomd[771]: Killed /user.slice/app.scope due to memory pressure for /user.slice being 68.10% > 50.00% for > 20s\n", 1,
		  { { "0.kind", "\"policy_kill\"" }, { "0.killer", "\"systemd-oomd\"" }, { "0.killed", "null" },
		    { "0.memcg.path", "\"\\/user.slice\"" }, { "0.memcg.task_path", "\"\\/user.slice\\/app.scope\"" } } },
		{ "systemd-oomd[771]: Killed /app.scope due to memory used (1) / total (2) and swap used (3) / total (4) being more than 90.00%\n", 1,
		  { { "0.killer", "\"systemd-oomd\"" }, { "0.memcg.path", "null" }, { "0.memcg.task_path", "\"\\/app.scope\"" } } },
		{ S "systemd-oomd[659]: Marked /system.slice/a.service for killing due to memory pressure for /system.slice being 85.03% > 80.00% for > 2s with reclaim activity\n", 1,
		  { { "0.memcg.path", "\"\\/system.slice\"" }, { "0.memcg.task_path", "\"\\/system.slice\\/a.service\"" } } },
		{ S "lowmemorykiller: Killing 'app.reader' (4242) (tgid 4242), adj 900,\n"
		  S "   to free 51200kB on behalf of 'kswapd0' (71) because\n", 1,
		  { { "0.kind", "\"policy_kill\"" }, { "0.killed.pid", "4242" }, { "0.killed.comm", "\"app.reader\"" },
		    { "0.killed.oom_score_adj", "900" }, { "0.killer", "\"lowmemorykiller\"" } } },
		{ S "lowmemorykiller: Killing 'android.browser' (28649), adj 18, score_adj 1000,\n", 1,
		  { { "0.killed.pid", "28649" }, { "0.killed.oom_score_adj", "1000" } } },
		{ S "lowmemorykiller: Kill 'com.example.app' (24017) to free 4963256kB rss; reason: min watermark is breached\n", 1,
		  { { "0.killed.comm", "\"com.example.app\"" } } },
		{ S "lowmemorykiller: send sigkill to 77 (app.old), adj 15, size 12345\n", 1,
		  { { "0.killed.pid", "77" }, { "0.killed.comm", "\"app.old\"" } } },
		{ S "lmkd: Kill 'com.example' (1234), uid 10123, oom_score_adj 900 to free 51200kB rss, 0kB swap; reason: low watermark\n", 1,
		  { { "0.killed.pid", "1234" }, { "0.killer", "\"lmkd\"" }, { "0.killed.uid", "10123" } } },
	};

	(void)state;
	CHECK(examples);
}

static void without_header(void **state)
{
	static const struct oom_example examples[] = {
		{ TASK S "Call Trace:\n" FRAME("dump_stack+0x6d/0x8b") FRAME("dump_header+0x4f/0x1eb")
		  FRAME("oom_kill_process.cold+0xb/0x10") FRAME("out_of_memory+0x1cf/0x500")
		  FRAME("__alloc_pages_slowpath+0xd0e/0xe20") FRAME("? foo+0x1/0x2") FRAME("filemap_fault+0x6b2/0xa30")
		  S "Mem-Info:\n" ZONE, 1,
		  { { "0.kind", "\"oom\"" }, { "0.comm", "\"app\"" }, { "0.pid", "42" }, { "0.kernel_release", "\"5.10.1\"" },
		    { "0.caller", "\"filemap_fault\"" } } },
		{ TASK FRAME("warn_alloc+0x1/0x2") FRAME("ring_refill+0x5c/0x140 [nvq]"), 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.caller", "\"ring_refill [nvq]\"" } } },
		{ TASK FRAME("dump_header+0x1/0x2") FRAME("out_of_memory+0x1/0x2") FRAME("mem_cgroup_out_of_memory+0xbb/0xd0")
		  FRAME("try_charge+0x762/0x7c0") FRAME("mem_cgroup_try_charge_delay+0x22/0x50") FRAME("do_anonymous_page+0x1/0x2"), 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.caller", "\"do_anonymous_page\"" } } },
		/* The head was cut off: no task, perhaps no heading either, and no zones. */
		{ S "Call Trace:\n" FRAME("<IRQ>  [<ffffffffb12e5533>] dump_stack+0x63/0x90")
		  FRAME("[<ffffffffb1164a1c>] warn_alloc_failed+0xfc/0x150") FRAME("[<ffffffffb11bd9cb>] fill+0x3fb/0x4a0 [nic]"), 1,
		  { { "0.kind", "\"allocation_failure\"" }, { "0.caller", "\"fill [nic]\"" } } },
		{ S "Call Trace:\n" FRAME("warn_alloc+0x1/0x2") FRAME("__alloc_pages_slowpath+0x1/0x2") FRAME("fill+0x1/0x2"), 1, { { "0.failed", "\"page\"" } } },
		{ S "Call Trace:\n" FRAME("warn_alloc+0x1/0x2") FRAME("__vmalloc_node_range+0x1/0x2") FRAME("fill+0x1/0x2"), 1, { { "0.failed", "\"vmalloc\"" } } },
		{ FRAME("[<ffffffff8113f60a>] ? freepages_end+0x2a/0x30") FRAME("[<ffffffff811928c2>] oom_kill_process+0x202/0x3c0")
		  FRAME("[<ffffffff81192ce9>] out_of_memory+0x219/0x460") FRAME("[<ffffffff811c2241>] handle_mm_fault+0x1491/0x1820")
		  S "Mem-Info:\n" S "active_anon:114711 inactive_anon:2124 isolated_anon:0\n", 1,
		  { { "0.kind", "\"oom\"" }, { "0.caller", "\"handle_mm_fault\"" }, { "0.mem_info_pages.active_anon", "114711" } } },
		{ S "Mem-Info:\n" S "active_anon:391 inactive_anon:24 isolated_anon:0\n" S " active_file:56 inactive_file:64 isolated_file:0\n"
		  S "Node 0 active_anon:1564kB inactive_anon:96kB active_file:224kB inactive_file:256kB\n", 1,
		  { { "0.kind", "null" }, { "0.page_size_kb", "4" }, { "0.mem_info_pages.inactive_file", "64" } } },
		/* In kB: the line of a node, of which the head was lost, is no line of pages. */
		{ S "Mem-Info:\n" S "active_anon:9 inactive_anon:8 isolated_anon:7\n active_file:1200kB inactive_file:8kB shmem:4kB\n" ZONE, 1,
		  { { "0.mem_info_pages.active_anon", "9" }, { "0.mem_info_pages.active_file", "null" }, { "0.mem_info_pages.shmem", "null" } } },
		/* The line of one zone was lost: what the others sum up to is not the machine's. */
		{ S "Node 0 DMA free:400kB min:500kB low:600kB high:700kB mlocked:4kB kernel_stack:8kB\n" S "Node 0 DMA: 100*4kB (U) = 400kB\n"
		  S "Node 0 Normal: 100*4kB (U) = 400kB\n", 1,
		  { { "0.mem_info_pages.kernel_stack_kb", "null" }, { "0.mem_info_pages.mlocked_kb", "null" } } },
		{ S "Free swap  = 1945376kB\n" S "916199 pages RAM\n" S "688971 pages HighMem/MovableOnly\n", 1,
		  { { "0.kind", "null" }, { "0.mem_info_pages.pages_ram", "916199" }, { "0.mem_info_pages.swap_free_kb", "1945376" } } },
		{ S "561 pages in swap cache\n" S "Free swap  = 4kB\n" HEADER S "Mem-Info:\n" S "active_anon:9 inactive_anon:8\n" ZONE, 1,
		  { { "0.mem_info_pages.active_anon", "9" }, { "0.mem_info_pages.swap_free_kb", "null" } } },
		/* ARM up to 4.2. */
		{ S "27327 total pagecache pages\n" S "121856 pages of RAM\n" S "64941 free pages\n" S "2702 reserved pages\n", 1,
		  { { "0.mem_info_pages.pages_ram", "121856" }, { "0.mem_info_pages.free", "64941" }, { "0.mem_info_pages.pages_reserved", "2702" } } },
		{ S "916199 pages RAM\n" S "Mem-Info:\n" S "active_anon:9 inactive_anon:8\n" ZONE, 2,
		  { { "0.mem_info_pages.pages_ram", "916199" }, { "1.mem_info_pages.pages_ram", "null" } } },
		/* A task that hangs in the OOM killer, and the trace of another CPU, are no reports. */
		{ S "Call Trace:\n" FRAME("schedule+0x1/0x2") FRAME("out_of_memory+0x1/0x2"), 0, { { 0 } } },
		{ S "CPU: 0 PID: 9 Comm: other Not tainted 5.10.1 #1\n" FRAME("schedule+0x1/0x2")
		  TASK FRAME("dump_header+0x1/0x2") FRAME("out_of_memory+0x1/0x2"), 1,
		  { { "0.comm", "\"app\"" }, { "0.pid", "42" } } },
		/* A policy in BPF stands within the OOM killer. */
		{ TASK FRAME("dump_header+0x1/0x2") FRAME("oom_kill_process.cold+0x8/0xef") FRAME("bpf_oom_kill_process+0x59/0xb0")
		  FRAME("bpf_handle_oom+0x11a/0x1e0") FRAME("out_of_memory+0xab/0x5c0") FRAME("mem_cgroup_out_of_memory+0xbc/0x110")
		  FRAME("charge_memcg+0x2f/0xc0") FRAME("do_anonymous_page+0x1/0x2") FRAME("alloc_pages+0x1/0x2"), 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.caller", "\"do_anonymous_page\"" } } },
		/* A soft lockup that passes the allocator is no report. */
		{ TASK FRAME("console_unlock+0x1/0x2") FRAME("warn_alloc+0x1/0x2"), 0, { { 0 } } },
		/* An oops behind a report: not one, and its panic is the machine's. */
		{ HEADER TASK ZONE TASK FRAME("rest_init+0x44/0xea") S "Kernel panic - not syncing: Fatal exception\n", 1,
		  { { "0.panic", "true" }, { "0.panic_text", "\"Fatal exception\"" }, { "0.caller", "null" } } },
		/* Something else's trace between a dump and its victim. */
		{ HEADER ZONE TASK FRAME("foo+0x1/0x2") S "Killed process 7 (x) total-vm:1kB, anon-rss:1kB, file-rss:1kB\n", 1,
		  { { "0.killed.pid", "7" }, { "0.zones.0.free_kb", "400" } } },
		{ S "Linux version 6.8.9-gentoo (root@host) #1 SMP\n" HEADER ZONE, 1,
		  { { "0.kernel_release", "\"6.8.9-gentoo\"" } } },
		{ HEADER ZONE S "Linux version 6.8.9-gentoo (root@host) #1 SMP\n" HEADER, 2,
		  { { "0.kernel_release", "null" }, { "1.kernel_release", "\"6.8.9-gentoo\"" } } },
		{ S "kworker/u17:0 invoked oom-killer: gfp_mask=0x0(), order=0\n"
		  S "CPU: 1 UID: 0 PID: 74 Comm: kworker/u17:0 Tainted: G        W           6.16.0-rc1 #1 PREEMPT(full)\n", 1,
		  { { "0.pid", "74" }, { "0.kernel_release", "\"6.16.0-rc1\"" }, { "0.comm", "\"kworker\\/u17:0\"" } } },
		/* Another task's line in between tells the release only. */
		{ HEADER S "CPU: 1 PID: 9 Comm: rsyslogd Not tainted 5.10.1 #1\n" TASK, 1,
		  { { "0.pid", "42" }, { "0.comm", "\"app\"" }, { "0.kernel_release", "\"5.10.1\"" } } },
		{ S "x a b invoked oom-killer: gfp_mask=0xd0, order=0\n" S "Pid: 3, comm: a b Not tainted (2.6.18-8.el5 #1)\n", 1,
		  { { "0.pid", "3" }, { "0.comm", "\"a b\"" }, { "0.kernel_release", "\"2.6.18-8.el5\"" } } },
	};

	(void)state;
	CHECK(examples);
}

/* Each architecture's frames, and each era's. */
static void callers(void **state)
{
	static const char *const traces[] = {
		FRAME("warn_alloc+0x1/0x2") FRAME("__alloc_pages_slowpath.constprop.0+0x1/0x2")
		FRAME("kmalloc_order_noprof+0x1/0x2") FRAME("fill+0x1/0x2 [nic]"),
		FRAME("[<ffffffff8114b6c4>] warn_alloc_failed+0xe4/0x140") FRAME("[<ffffffff8114b6c4>] ? bar+0xe4/0x140")
		FRAME("[<ffffffff8114b6c4>] fill+0xe4/0x140 [nic]"),
		FRAME("<IRQ>  [<ffffffff810bc9f2>] warn_alloc_failed+0x11a/0x12d") FRAME("[<ffffffffa00310c1>] fill+0x51/0xd0 [nic]"),
		S "[effe5ce0] [c01aef80] warn_alloc+0x100/0x178 (unreliable)\n" S "[effe5e60] [be99573c] .fill+0x40/0x144 [nic]\n",
		S "[<c0631ee8>] (dump_stack) from [<c01b1904>] (warn_alloc+0xbc/0x168)\n"
		S "[<c01b1904>] (warn_alloc) from [<c010c0b8>] (fill+0x4c/0x54 [nic])\n",
		FRAME("dump_stack from warn_alloc+0xbc/0x168") FRAME("warn_alloc from fill+0x4c/0x54 [nic]"),
		S "Call Trace:<ffffffff8015d0b6>{warn_alloc_failed+55} <ffffffff8015d0b6>{__alloc_pages+722}\n"
		S "       <ffffffff8015d0b6>{:nic:fill+55}\n",
		S "([<0000000000112f0e>] show_stack+0x6e/0xe8)\n" FRAME("[<000000000029a6c8>] warn_alloc+0x108/0x1a0")
		FRAME("[<000003ff8014a1c8>] fill+0x108/0x1a0 [nic]"),
		FRAME("warn_alloc (mm/page_alloc.c:4344 (discriminator 3))") FRAME("fill (drivers/net/nic.c:12) nic"),
		FRAME("warn_alloc+0x1/0x2 mm/page_alloc.c:3500") FRAME("alloc_pages_node include/linux/gfp.h:237 [inline]")
		FRAME("fill+0x1/0x2 drivers/net/nic.c:12"),
		FRAME("warn_alloc+0x1/0x2") FRAME("fill+0x1/0x2 [nic 0123456789abcdef]"),
		/* Wrapped behind the prefix, behind the address, within the name. */
		FRAME("warn_alloc+0x1/0x2") S "\nfill+0x1/0x2 [nic]\n",
		FRAME("warn_alloc+0x1/0x2") S "[c000000007eeb500] [c000000000443348]\nfill+0x58/0x70 [nic]\n",
		S "[<c0172ba8>] (dump_stack) from [<c00844e8>] (warn_alloc+0x90/0x140)\n"
		S "[<c0084dcc>] (warn_alloc) from [<c008df24>] (slob_new_pages.constpro\np.2+0x10/0x3c)\n"
		S "[<c008df24>] (slob_new_pages.constprop.2) from [<c008e208>] (fill+0xe4/0x1e8)\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(traces) / sizeof(*traces); i++) {
		char log[2048];
		struct json_object *reports;
		const char *ours;

		snprintf(log, sizeof(log), "%s%s", S "a: page allocation failure: order:3, mode:0x20\n", traces[i]);
		reports = oom_reports(log, strlen(log));
		ours = oom_plain(oom_follow(reports, "0.caller"));
		if (strcmp(ours, "\"fill [nic]\"") && strcmp(ours, "\"fill\""))
			fail_msg("caller is %s in\n%s", ours, log);
		json_object_put(reports);
	}
}

static void sysrq_and_panic(void **state)
{
	static const struct oom_example examples[] = {
		{ S "sysrq: Show Memory\n" S "Mem-Info:\n" ZONE, 1, { { "0.kind", "null" }, { "0.forced", "true" } } },
		{ S "SysRq : Show Memory\n" ZONE, 1, { { "0.forced", "true" } } },
		{ S "Mem-Info:\n" ZONE, 1, { { "0.kind", "null" }, { "0.forced", "false" } } },
		{ S "sysrq: Manual OOM execution\n" HEADER HEADER, 2, { { "0.forced", "true" }, { "1.forced", "false" } } },
		{ S "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0\n", 1, { { "0.forced", "true" } } },
		{ HEADER FRAME("out_of_memory+0x1/0x2") FRAME("moom_callback+0x7a/0xb0"), 1, { { "0.forced", "true" } } },
		{ HEADER S "Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled\n", 1,
		  { { "0.kind", "\"oom\"" }, { "0.panic", "true" } } },
		{ HEADER S "Out of memory and no killable processes...\n"
		  S "Kernel panic - not syncing: System is deadlocked on memory\n", 1,
		  { { "0.panic", "true" }, { "0.killed", "null" } } },
		/* The trace of the panic tells who asked where the head was cut off. */
		{ S "Out of memory and no killable processes...\n" S "Kernel panic - not syncing: System is deadlocked on memory\n"
		  TASK S "Call Trace:\n" FRAME("dump_stack+0x6b/0x83") FRAME("panic+0xf1/0x2d3") FRAME("out_of_memory.cold+0x2f/0x7e")
		  FRAME("__alloc_pages_slowpath.constprop.0+0xb6a/0xc50") FRAME("pagecache_get_page+0x13d/0x3b0"), 1,
		  { { "0.panic", "true" }, { "0.comm", "\"app\"" }, { "0.pid", "42" }, { "0.kernel_release", "\"5.10.1\"" },
		    { "0.caller", "\"pagecache_get_page\"" } } },
		{ S "Kernel panic - not syncing: out of memory. panic_on_oom is selected\n", 1,
		  { { "0.kind", "\"oom\"" }, { "0.panic", "true" } } },
		{ S "Kernel panic - not syncing: Attempted to kill init!\n", 0, { { 0 } } },
	};

	(void)state;
	CHECK(examples);
}

#define KILL(pid, name)	S "Memory cgroup out of memory: Killed process " pid " (" name ") total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:7 pgtables:4kB oom_score_adj:5\n"

static void cgroups(void **state)
{
	static const struct oom_example examples[] = {
		{ S "memory: usage 204800kB, limit 204800kB, failcnt 912\n"
		  S "swap: usage 51200kB, limit 9007199254740988kB, failcnt 3\n"
		  S "Memory cgroup stats for /batch:\n" S "anon 4096\n" S "kernel_stack 16384\n"
		  S "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/batch,task_memcg=/batch/a,task=x y,pid=4,uid=7\n"
		  KILL("4", "x y")
		  S "Tasks in /batch are going to be killed due to memory.oom.group set\n"
		  KILL("3", "sh") KILL("4", "x y") KILL("5", "z")
		  /* The journal tells again what the console has told. */
		  KILL("3", "sh") KILL("4", "x y") KILL("5", "z"), 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.group_killed", "2" }, { "0.memcg.version", "2" },
		    { "0.memcg.path", "\"\\/batch\"" }, { "0.memcg.task_path", "\"\\/batch\\/a\"" },
		    { "0.memcg.swap_usage_kb", "51200" }, { "0.memcg.swap_limit_kb", "null" }, { "0.memcg.swap_failcnt", "3" },
		    { "0.memcg.stats.kernel_stack_bytes", "16384" }, { "0.killed.comm", "\"x y\"" }, { "0.killed.uid", "7" } } },
		{ S "Task in /lim/a killed as a result of limit of /lim\n"
		  S "memory: usage 1024kB, limit 1024kB, failcnt 5\n"
		  S "memory+swap: usage 2048kB, limit 4096kB, failcnt 0\n"
		  S "kmem: usage 64kB, limit 9007199254740988kB, failcnt 0\n"
		  S "Memory cgroup stats for /lim: cache:8KB rss:1016KB mapped_file:0KB swap:12KB inactive_anon:4KB\n"
		  S "Memory cgroup stats for /lim/a: cache:0KB rss:1KB\n", 1,
		  { { "0.memcg.version", "1" }, { "0.memcg.task_path", "\"\\/lim\\/a\"" }, { "0.memcg.path", "\"\\/lim\"" },
		    { "0.memcg.memsw_usage_kb", "2048" }, { "0.memcg.memsw_limit_kb", "4096" }, { "0.memcg.kmem_usage_kb", "64" },
		    { "0.memcg.kmem_limit_kb", "null" }, { "0.memcg.stats.rss_kb", "1016" }, { "0.memcg.stats.swap_kb", "12" } } },
		/* The head is cut off: statistics and table first. */
		{ S "Memory cgroup stats for /p: cache:32KB rss:500KB\n"
		  S "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
		  S "[28438]     0 28438  5063909   119961    1661   136409          -998 java\n"
		  S "Memory cgroup out of memory: Kill process 24572 (java) score 0 or sacrifice child\n"
		  S "Killed process 28438 (java) total-vm:20255636kB, anon-rss:466160kB, file-rss:13684kB\n", 1,
		  { { "0.kind", "\"memcg_oom\"" }, { "0.memcg.path", "\"\\/p\"" }, { "0.memcg.version", "1" },
		    { "0.tasks.0.pgtables_pages", "1661" }, { "0.tasks.0.swapents", "136409" }, { "0.killed.pid", "28438" } } },
		/* A terminal cut the lines within a path and a number, and the last one at the end of the log. */
		{ S "Task in /kubepods/pod95/02 killed as a result of limit of /kubepo\nds/pod95/02\n"
		  S "memory: usage 5242\n88kB, limit 52428\n8kB, failcnt 3\n8\n"
		  S "Memory cgroup stats for /kubep\nods/pod95/02: cache:5072KB rss:44\n8KB shmem:\n28KB mapped_f\nile:4KB\n"
		  S "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
		  S "[   69]     0    69     4382      411     77        0          -998 cp\n" S "Killed process 69 (\n", 1,
		  { { "0.memcg.path", "\"\\/kubepods\\/pod95\\/02\"" }, { "0.memcg.usage_kb", "524288" }, { "0.memcg.limit_kb", "524288" },
		    { "0.memcg.failcnt", "38" }, { "0.memcg.stats.rss_kb", "448" }, { "0.memcg.stats.shmem_kb", "28" },
		    { "0.memcg.stats.mapped_file_kb", "4" }, { "0.memcg.stats.cache_kb", "5072" }, { "0.killed.comm", "\"cp\"" } } },
		/* The head of the line was cut off. */
		{ "/docker/a killed as a result of limit of /docker\nmemory: usage 8kB, limit 8kB, failcnt 0\n", 1,
		  { { "0.memcg.task_path", "\"\\/docker\\/a\"" }, { "0.memcg.path", "\"\\/docker\"" }, { "0.memcg.version", "1" } } },
		{ "Task in /a/b killed as a result of limit of /a\n/b\nmemory: usage 8kB, limit 8kB, failcnt 0\n", 1,
		  { { "0.memcg.path", "\"\\/a\\/b\"" } } },
		/* Wrapped at blanks: paths end where the line does. */
		{ S "Task in /a/b killed as a result of limit of\n/a/b\n" S "memory: usage 8kB, limit\n8kB, failcnt 0\n"
		  S "Memory cgroup stats for\n/a/b: cache:0KB\nrss:1KB\n", 1,
		  { { "0.memcg.path", "\"\\/a\\/b\"" }, { "0.memcg.task_path", "\"\\/a\\/b\"" }, { "0.memcg.limit_kb", "8" }, { "0.memcg.stats.rss_kb", "1" } } },
		{ S "Task in /a/b\nkilled as a result of limit of /a/b\n" S "memory: usage 8kB, limit 8kB, failcnt 0\n", 1,
		  { { "0.memcg.task_path", "\"\\/a\\/b\"" } } },
		{ S "memory: usage 42kB, limit max, failcnt 0\n", 1,
		  { { "0.memcg.limit_kb", "null" }, { "0.memcg.limits", "\"none\"" } } },
		{ S "memory: usage 42kB, limit 18014398509481983kB, failcnt 0\n", 1, { { "0.memcg.limits", "\"none\"" } } },
		{ S "memory: usage 42kB, limit 8589934588kB, failcnt 0\n", 1, { { "0.memcg.limits", "\"none\"" } } },
		/* A global kill names the victim's cgroup, and is not the cgroup's. */
		{ HEADER S "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/user.slice,task=x,pid=4,uid=0\n", 1,
		  { { "0.kind", "\"oom\"" }, { "0.memcg.task_path", "\"\\/user.slice\"" }, { "0.memcg.path", "null" } } },
		/* Tasks that share the victim's memory die with it: no report of their own. */
		{ HEADER S "Killed process 5 (a) total-vm:1kB, anon-rss:1kB, file-rss:1kB\n"
		  S "Kill process 6 (b) sharing same memory\n", 1, { { "0.killed.pid", "5" } } },
	};

	(void)state;
	CHECK(examples);
}

static void tasks(void **state)
{
	static const struct oom_example examples[] = {
		{ HEADER S "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name\n"
		  S "[    1]     0     1     1000       10   0     -17 init\n"
		  S "[    9]     5     9     9000      999   1       4 big one\n", 1,
		  { { "0.tasks.0.comm", "\"big one\"" }, { "0.tasks.0.oom_adj", "4" }, { "0.tasks.0.uid", "5" },
		    { "0.tasks.0.total_vm_pages", "9000" }, { "0.tasks.1.oom_adj", "-17" }, { "0.tasks.1.oom_score_adj", "null" } } },
		{ HEADER S "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name\n"
		  S "[    9]     5     9     9000      999      12       3       70           100 a\n", 1,
		  { { "0.tasks.0.pgtables_pages", "15" }, { "0.tasks.0.swapents", "70" }, { "0.tasks.0.oom_score_adj", "100" } } },
		{ HEADER S "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name\n"
		  S "[      9]     5     9     9000      999      900       90         9      73728       70           100 a\n", 1,
		  { { "0.tasks.0.pgtables_bytes", "73728" }, { "0.tasks.0.rss_pages", "999" } } },
	};

	(void)state;
	CHECK(examples);
}

/* No release: what the lines themselves say of the kernel and its pages. */
static void evidence(void **state)
{
	static const struct oom_example examples[] = {
		/* 0x100000 is __GFP_MOVABLE from 2.6.28 to 2.6.30. */
		{ S "a invoked oom-killer: gfp_mask=0x1280d2, order=0, oomkilladj=0\n"
		  S "Active_anon:9 active_file:1 inactive_anon:3\n"
		  S "Normal free:2160kB min:2300kB low:2872kB high:3448kB present:2030000kB pages_scanned:9\n"
		  S "lowmem_reserve[]: 0 0 0 0\n", 1, { { "0.preferred_zone", "\"Movable\"" } } },
		/* Pages and kB of the same counters, no list of free blocks. */
		{ S "Mem-Info:\n" S "active_anon:442605 inactive_anon:466851 isolated_anon:0\n"
		  S " active_file:208 inactive_file:510 isolated_file:0\n"
		  S " unevictable:7035290 dirty:170 writeback:0\n"
		  S "Node 0 active_anon:969640kB inactive_anon:2668184kB active_file:2112kB unevictable:28144444kB\n" ZONE, 1,
		  { { "0.page_size_kb", "4" } } },
		{ S "Mem-Info:\n" S "active_anon:5000 inactive_anon:30000 isolated_anon:0\n"
		  S "Node 0 active_anon:320000kB inactive_anon:1920000kB\n" ZONE, 1, { { "0.page_size_kb", "64" } } },
		{ HEADER ZONE, 1, { { "0.page_size_kb", "null" } } },
		/* Words of a stack, and the functions that a task enters the kernel by, are of one architecture. */
		{ HEADER S " 0000000000000000 ffff88006b6fb9c8 ffffffff815f3246 0000000000000001\n" ZONE, 1, { { "0.page_size_kb", "4" } } },
		{ HEADER S " 0000000000000000 ffff80006b6fb9c8 ffffffff815f3246 0000000000000001\n" ZONE, 1, { { "0.page_size_kb", "null" } } },
		{ HEADER FRAME("do_syscall_64+0x73/0x130") ZONE, 1, { { "0.page_size_kb", "4" } } },
	};

	(void)state;
	CHECK(examples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failures),
		cmocka_unit_test(two_lines),
		cmocka_unit_test(other_allocators),
		cmocka_unit_test(policy_kills),
		cmocka_unit_test(without_header),
		cmocka_unit_test(callers),
		cmocka_unit_test(sysrq_and_panic),
		cmocka_unit_test(cgroups),
		cmocka_unit_test(tasks),
		cmocka_unit_test(evidence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
