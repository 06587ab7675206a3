/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose figures an answer has, and of when. */
#ifndef PFNSCOPE_BASE_ORIGIN_H
#define PFNSCOPE_BASE_ORIGIN_H

#include <stdint.h>

/**
 * struct pfnscope_origin - the machine that an answer is about
 * @host: its name, empty where that is not known
 * @kernel: release of its kernel, empty where that is not known
 * @taken_at: seconds since 1970, or below 0 where that is not known
 */
struct pfnscope_origin {
	char host[256];
	char kernel[128];
	int64_t taken_at;
};

#endif
