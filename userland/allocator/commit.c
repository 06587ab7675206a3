// SPDX-License-Identifier: GPL-2.0-only
/* CommitLimit, as vm_commit_limit() makes it: the same in 5.10 to 7.2. */
#include "allocator/commit.h"
#include "allocator/plan.h"

/* In whole pages, as the kernel counts. */
int64_t pfnscope_commit_limit(const struct pfnscope_commit *commit, int64_t page_bytes)
{
	int64_t pages;

	if (commit->ram == PFNSCOPE_MISSING || commit->swap == PFNSCOPE_MISSING ||
	    commit->kbytes == PFNSCOPE_MISSING || page_bytes <= 0)
		return PFNSCOPE_MISSING;
	if (!commit->kbytes && commit->ratio == PFNSCOPE_MISSING)
		return PFNSCOPE_MISSING;
	pages = commit->kbytes ? commit->kbytes / (page_bytes / 1024) :
		pfnscope_times(commit->ram / page_bytes, commit->ratio);
	if (pages == PFNSCOPE_MISSING)
		return pages;
	if (!commit->kbytes)
		pages /= 100;
	return pfnscope_plus(pfnscope_times(pages, page_bytes), commit->swap);
}
