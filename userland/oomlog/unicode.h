/* SPDX-License-Identifier: GPL-2.0-only */
/* Characters of Unicode that stand for one of ASCII. */
#ifndef PFNSCOPE_OOMLOG_UNICODE_H
#define PFNSCOPE_OOMLOG_UNICODE_H

#include "oomlog/scan.h"

/* What may be its own: it is kept as it is. */
#define PFNSCOPE_UNICODE_OTHER	(-1)

int pfnscope_unicode_ascii(int code);
int pfnscope_unicode_look(struct pfnscope_scan *s);

#endif
