/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of `sites`. */
#ifndef PFNSCOPE_RECORD_SITES_H
#define PFNSCOPE_RECORD_SITES_H

#include <linux/sched.h>

#include "record.h"

/**
 * struct pfnscope_site - a call site: a stack, a zone and an order
 * @remark: no call site, but what is said below the last one
 * @site: its number while it is on
 * @node: of the pages
 * @zone: likewise
 * @order: of the requests
 * @one_in: one request in so many is followed
 * @samples: entries that are held, of which a piece of a request is one
 * @estimated: pages held, from the samples
 * @error: standard error of @estimated
 * @oldest_ms: since the oldest of them was taken; unknown where none is held
 * @newest_ms: likewise the newest
 * @taken: pages of the samples since it was switched on
 * @given: of @taken, those that came back
 * @lost: of @taken, those there was no room for
 * @pid: of the task that took the newest
 * @comm: its name
 * @stack: names, comma separated, the innermost first
 */
struct pfnscope_site {
	char remark[128];
	u64 site;
	u64 node;
	const char *zone;
	u64 order;
	u64 one_in;
	u64 samples;
	u64 estimated;
	u64 error;
	u64 oldest_ms;
	u64 newest_ms;
	u64 taken;
	u64 given;
	u64 lost;
	u64 pid;
	char comm[TASK_COMM_LEN];
	char stack[1024];
};

#endif /* PFNSCOPE_RECORD_SITES_H */
