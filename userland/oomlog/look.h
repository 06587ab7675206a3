/* SPDX-License-Identifier: GPL-2.0-only */
/* What only many lines of a log tell. */
#ifndef PFNSCOPE_OOMLOG_LOOK_H
#define PFNSCOPE_OOMLOG_LOOK_H

#include "oomlog/scan.h"

size_t pfnscope_look_column(const char *text, size_t size);
bool pfnscope_look_spaced(const char *text, size_t size);
bool pfnscope_look_is_stamp(struct pfnscope_scan s);
bool pfnscope_look_paragraph(const char *text, size_t size);

#endif
