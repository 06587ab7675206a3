/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that the kernel printed piece by piece, each with a time of its own. */
#ifndef PFNSCOPE_OOMLOG_PIECES_H
#define PFNSCOPE_OOMLOG_PIECES_H

#include "oomlog/line.h"

/**
 * struct pfnscope_pieces - the line whose pieces are awaited
 * @out: takes each message
 * @held: the line
 * @holding: there is one
 */
struct pfnscope_pieces {
	struct pfnscope_logicals out;
	struct pfnscope_logical held;
	bool holding;
};

void pfnscope_pieces_line(struct pfnscope_pieces *pieces,
			  const struct pfnscope_logical *line);
void pfnscope_pieces_end(struct pfnscope_pieces *pieces);

#endif
