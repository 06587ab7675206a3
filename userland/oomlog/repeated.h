/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that a text has twice, because two loggers wrote into it. */
#ifndef PFNSCOPE_OOMLOG_REPEATED_H
#define PFNSCOPE_OOMLOG_REPEATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "oomlog/line.h"

/* By so many lines may one logger be behind the other. */
#define PFNSCOPE_REPEATED_LINES	64

/**
 * struct pfnscope_repeated - the last lines that had a time of the kernel
 * @sum: of each
 * @next: the oldest
 */
struct pfnscope_repeated {
	uint64_t sum[PFNSCOPE_REPEATED_LINES];
	size_t next;
};

bool pfnscope_repeated_text(const char *text, size_t size);
bool pfnscope_repeated_line(struct pfnscope_repeated *repeated, const struct pfnscope_logical *line);

#endif
