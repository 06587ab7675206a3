// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control: this must compile on every kernel. It includes what any probe does,
 * because with a header that does not compile they would all say "no".
 */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/memcontrol.h>
#include <linux/mempolicy.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/pageblock-flags.h>
#include <linux/poison.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <linux/stacktrace.h>
#include <linux/swap.h>
#include <linux/vmalloc.h>

struct compact_control;
#include <trace/events/compaction.h>
#include <trace/events/kmem.h>
#include <trace/events/oom.h>
#include <trace/events/vmscan.h>

unsigned long probe(void);
unsigned long probe(void)
{
	return PAGE_SIZE;
}
