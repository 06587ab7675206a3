/* SPDX-License-Identifier: GPL-2.0-only */
/* Every dump that was recorded in our guests, to be dressed in any way and read again. */
#ifndef OOM_DUMPS_H
#define OOM_DUMPS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DUMPS	128
#define LINES	1024

/* The bare lines of one dump, and what is read from it. */
struct dump {
	char name[64];
	char *line[LINES];
	size_t lines;
	struct json_object *reports;
};

extern struct dump dumps[DUMPS];
extern size_t nr_dumps;

int load_all(void **state);
int unload_all(void **state);

/* The text that is read by same() begins anew, and grows. */
void undress(void);
void put(const char *text, size_t size);
void put_text(const char *text);
void put_prefix(const char *prefix, size_t number);
void same(const struct dump *dump, size_t count, const char *how);
/* One report, in which each of these facts is that of the dump, or missing. */
void same_or_missing(const struct dump *dump, const char *how);

#endif
