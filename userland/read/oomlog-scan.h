/* SPDX-License-Identifier: GPL-2.0-only */
/* A cursor over one line of log: every step is checked against its end. */
#ifndef PFNSCOPE_READ_OOMLOG_SCAN_H
#define PFNSCOPE_READ_OOMLOG_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pfnscope_scan {
	const char *at;
	const char *end;
};

struct pfnscope_scan pfnscope_scan_from(const char *text, size_t size);
bool pfnscope_scan_done(const struct pfnscope_scan *s);
void pfnscope_scan_blanks(struct pfnscope_scan *s);
bool pfnscope_scan_starts(const struct pfnscope_scan *s, const char *word);
bool pfnscope_scan_skip(struct pfnscope_scan *s, const char *word);
bool pfnscope_scan_char(struct pfnscope_scan *s, char c);
bool pfnscope_scan_number(struct pfnscope_scan *s, int64_t *value);
bool pfnscope_scan_hex(struct pfnscope_scan *s, uint64_t *value);
size_t pfnscope_scan_digits(struct pfnscope_scan *s);
bool pfnscope_scan_after(struct pfnscope_scan *s, const char *word);
bool pfnscope_scan_find(const struct pfnscope_scan *s, const char *word,
			struct pfnscope_scan *at);
void pfnscope_scan_copy(const char *from, const char *to, char *out,
			size_t size);
void pfnscope_scan_word(struct pfnscope_scan *s, const char *stop, char *out,
			size_t size);
bool pfnscope_scan_value(struct pfnscope_scan line, const char *key,
			 int64_t *value);

#endif
