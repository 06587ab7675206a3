/* SPDX-License-Identifier: GPL-2.0-only */
/* What a command prints, kept for one that answers with several of them. */
#ifndef PFNSCOPE_RENDER_CAPTURE_H
#define PFNSCOPE_RENDER_CAPTURE_H

#include "base/error.h"

/**
 * struct pfnscope_capture - standard output and standard error in memory
 * @kept: where they went before
 * @memory: where they go to
 */
struct pfnscope_capture {
	int kept[2];
	int memory[2];
};

/* From here on nothing comes out; 0, or -1 where that cannot be had. */
int pfnscope_capture_begin(struct pfnscope_capture *capture, struct pfnscope_error *error);
/* As before. What was printed to both, to be freed. */
void pfnscope_capture_end(struct pfnscope_capture *capture, char **out, char **remarks);

#endif
