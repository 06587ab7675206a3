/* SPDX-License-Identifier: GPL-2.0-only */
/* JSON around a log: which member of its records is the message. */
#ifndef PFNSCOPE_OOMLOG_RECORDS_H
#define PFNSCOPE_OOMLOG_RECORDS_H

#include <stdbool.h>

#include "oomlog/scan.h"

#define PFNSCOPE_RECORD_KEYS	8
#define PFNSCOPE_RECORD_KEY	40

/**
 * struct pfnscope_records - members that held lines of the kernel
 * @key: their names, with the quotes
 * @seen: how often each did
 * @bytes: of all their lines
 */
struct pfnscope_records {
	char key[PFNSCOPE_RECORD_KEYS][PFNSCOPE_RECORD_KEY];
	unsigned int seen[PFNSCOPE_RECORD_KEYS];
	size_t bytes[PFNSCOPE_RECORD_KEYS];
};

void pfnscope_records_learn(struct pfnscope_records *records,
			    struct pfnscope_scan text);
const char *pfnscope_records_key(const struct pfnscope_records *records);
bool pfnscope_records_are_in(const char *key, struct pfnscope_scan line);
char *pfnscope_records_value(const char *key, struct pfnscope_scan *s,
			     size_t *size);

#endif
