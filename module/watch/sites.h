/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who asked for the pages that are held: page_owner without a reboot, of a sample of
 * what is taken while it is on. Off, with no probe and no memory, until it is asked for.
 */
#ifndef PFNSCOPE_WATCH_SITES_H
#define PFNSCOPE_WATCH_SITES_H

#include "record-sites.h"

/* One page in so many is followed, at most; a power of two. */
#define PFNSCOPE_SITES_RATE_MAX	1024
#define PFNSCOPE_SITES_MIB_MAX	1024

/**
 * struct pfnscope_sites_setting - what is followed
 * @rate: one page in so many; 0 is off
 * @mib: memory for it
 * @movable: movable requests too
 */
struct pfnscope_sites_setting {
	unsigned int rate;
	unsigned int mib;
	bool movable;
};

struct pfnscope_sites;
struct pfnscope_site_sum;

/**
 * struct pfnscope_sites_cursor - where a walk is
 * @sites: as it was at begin, NULL if it was off; kept until end
 * @sums: by place of the call site
 * @now_ns: when they were made
 * @place: of the next call site
 * @lost: pages of samples that found no room
 * @said: the last row was made
 */
struct pfnscope_sites_cursor {
	struct pfnscope_sites *sites;
	struct pfnscope_site_sum *sums;
	u64 now_ns;
	unsigned int place;
	u64 lost;
	bool said;
};

int pfnscope_sites_set(const struct pfnscope_sites_setting *setting);
void pfnscope_sites_get(struct pfnscope_sites_setting *setting);
void pfnscope_sites_exit(void);

int pfnscope_sites_begin(struct pfnscope_sites_cursor *cursor);
int pfnscope_sites_fill(struct pfnscope_sites_cursor *cursor,
			struct pfnscope_site *record);
void pfnscope_sites_end(struct pfnscope_sites_cursor *cursor);

#endif /* PFNSCOPE_WATCH_SITES_H */
