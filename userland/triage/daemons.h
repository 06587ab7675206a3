/* SPDX-License-Identifier: GPL-2.0-only */
/* What daemons that kill before the kernel does are configured to do. */
#ifndef PFNSCOPE_TRIAGE_DAEMONS_H
#define PFNSCOPE_TRIAGE_DAEMONS_H

#include "source/source.h"

/**
 * struct pfnscope_earlyoom - earlyoom: it kills where both are below
 * @memory: per cent of what is available, of the memory that users can have
 * @swap: per cent of free swap
 * @file: where that is set; to be freed
 */
struct pfnscope_earlyoom {
	uint64_t memory;
	uint64_t swap;
	char *file;
};

/**
 * struct pfnscope_systemd_oomd - systemd-oomd
 * @used: per cent of memory and of swap in use, above which it kills
 * @pressure: per cent of the time that all tasks of a cgroup wait for memory
 * @seconds: for so long
 * @file: where that is set; to be freed
 */
struct pfnscope_systemd_oomd {
	uint64_t used;
	uint64_t pressure;
	uint64_t seconds;
	char *file;
};

/* @pid 0: it does not run. What is set nowhere is as the daemon has it by default. */
void pfnscope_earlyoom_read(const struct pfnscope_source *source, uint64_t pid,
			    struct pfnscope_earlyoom *set);
void pfnscope_systemd_oomd_read(const struct pfnscope_source *source,
				struct pfnscope_systemd_oomd *set);

#endif
