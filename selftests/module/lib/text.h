/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole files as strings, and files of "name value" lines. */

#ifndef PFNSCOPE_TEST_TEXT_H
#define PFNSCOPE_TEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#define PFNSCOPE_DIR "/sys/kernel/debug/pfnscope"
#define PFNSCOPE_PROC "/proc/pfnscope"

/*
 * The whole of @path with a closing NUL, to be freed by the caller; NULL and errno where it cannot
 * be read. @len, where not NULL, is its length without the NUL.
 */
char *text_read(const char *path, size_t *len);

/* Like text_read(), in pieces of @chunk bytes. */
char *text_read_chunked(const char *path, size_t chunk, size_t *len);

/* Writes @value to @path, as echo does; 0 or -errno. */
int text_write(const char *path, const char *value);

/* Like text_read(), ends the test where it cannot be read. */
char *text_need(const char *path);

/* The value of the line "@name value" of @text, whole words only; false where there is none. */
bool text_value(const char *text, const char *name, long long *value);

/* The next line of *@at, its newline made a NUL; NULL at the end. */
char *text_line(char **at);

/* Calls @each with every regular file of @dir, in no order. */
void text_each_file(const char *dir, void (*each)(const char *dir, const char *name, void *arg), void *arg);

/* Calls @each with every entry of @dir but dot files, in no order. */
void text_each_entry(const char *dir, void (*each)(const char *dir, const char *name, void *arg), void *arg);

#endif
