/* SPDX-License-Identifier: GPL-2.0-only */
/* Free lists whose asterisks Markdown took away. */
#ifndef PFNSCOPE_OOMLOG_ASTERISKS_H
#define PFNSCOPE_OOMLOG_ASTERISKS_H

#include "oomlog/line.h"

bool pfnscope_asterisks_restore(const struct pfnscope_logical *line,
				struct pfnscope_logical *restored);

#endif
