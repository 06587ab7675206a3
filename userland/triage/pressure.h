/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks that wait for memory, of a machine or of a cgroup. */
#ifndef PFNSCOPE_TRIAGE_PRESSURE_H
#define PFNSCOPE_TRIAGE_PRESSURE_H

#include "triage/check.h"

/* @before is NULL where there is one reading. */
void pfnscope_look_pressure(struct pfnscope_findings *f,
			    const struct pfnscope_table *now,
			    const struct pfnscope_table *before, const char *scope);

/* Above that some tasks wait too much, in permille; and how much they do, 0 where that is not known. */
#define PFNSCOPE_PRESSURE_SOME	100
int64_t pfnscope_pressure_some(const struct pfnscope_table *pressure);

#endif
