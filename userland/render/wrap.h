/* SPDX-License-Identifier: GPL-2.0-only */
/* Sentences for a screen of 80 columns, in a pager or in a mail. */
#ifndef PFNSCOPE_RENDER_WRAP_H
#define PFNSCOPE_RENDER_WRAP_H

void pfnscope_wrap(const char *first, const char *next, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
