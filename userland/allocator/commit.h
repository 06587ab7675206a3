/* SPDX-License-Identifier: GPL-2.0-only */
/* How much memory the kernel promises: CommitLimit of /proc/meminfo. */
#ifndef PFNSCOPE_ALLOCATOR_COMMIT_H
#define PFNSCOPE_ALLOCATOR_COMMIT_H

#include <stdint.h>

#define PFNSCOPE_OVERCOMMIT_NEVER	2

/**
 * struct pfnscope_commit - what it is made from, PFNSCOPE_MISSING where not known
 * @mode: vm.overcommit_memory; 2 enforces the limit
 * @ratio: vm.overcommit_ratio, in per cent
 * @kbytes: vm.overcommit_kbytes, which counts in its place where it is not 0
 * @ram: bytes of memory that are in no pool of huge pages
 * @swap: bytes
 * @promised: Committed_AS, bytes
 */
struct pfnscope_commit {
	int64_t mode;
	int64_t ratio;
	int64_t kbytes;
	int64_t ram;
	int64_t swap;
	int64_t promised;
};

/* vm_commit_limit() in mm/util.c, in bytes. */
int64_t pfnscope_commit_limit(const struct pfnscope_commit *commit, int64_t page_bytes);

#endif
