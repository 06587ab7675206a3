/* SPDX-License-Identifier: GPL-2.0-only */
/* Which processes map page frames. */
#ifndef PFNSCOPE_SOURCE_MAPPINGS_H
#define PFNSCOPE_SOURCE_MAPPINGS_H

#include "source/source.h"

/**
 * struct pfnscope_mappings - what is looked for, and how that went
 * @first: page frame
 * @last: and the last one
 * @take: called for each place where a process maps one of them; false where that was
 *	the last that there is
 * @context: for it
 * @processes: whose page tables were read
 * @unread: those whose they may not be
 * @cut: those of which a part was not looked at, as their address space is too large
 */
struct pfnscope_mappings {
	uint64_t first;
	uint64_t last;
	bool (*take)(void *context, uint64_t pid, uint64_t frame);
	void *context;
	size_t processes;
	size_t unread;
	size_t cut;
};

/*
 * Reads maps and pagemap of every process of the running system, one after the other:
 * what is mapped or unmapped meanwhile may be missed. Nothing where page frames are kept
 * from us, or the root is a recorded one.
 */
void pfnscope_mappings_find(const struct pfnscope_source *source, uint64_t page_size,
			    struct pfnscope_mappings *mappings);

#endif
