/* SPDX-License-Identifier: GPL-2.0-only */
/* A point in time, as users write it down. All of them are UTC. */
#ifndef PFNSCOPE_BASE_MOMENT_H
#define PFNSCOPE_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * "3m ago", "2026-11-27 17:14:58", without the seconds or the time as well, "17:14" of today, "@"
 * and seconds since 1970. A "T" between day and time, and "Z" or " UTC" at the end, make no
 * difference. @now and @at are seconds since 1970.
 */
bool pfnscope_moment(const char *text, int64_t now, int64_t *at);

#endif
