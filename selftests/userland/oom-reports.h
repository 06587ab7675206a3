/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading logs as `pfnscope --json oom` does, for tests. */
#ifndef PFNSCOPE_TEST_OOM_REPORTS_H
#define PFNSCOPE_TEST_OOM_REPORTS_H

#include <json-c/json.h>
#include <stddef.h>

struct pfnscope_oomlog_sink;

/* A text as one piece; as pfnscope_oomlog_end(). */
int oom_read(const char *text, size_t size,
	     const struct pfnscope_oomlog_sink *sink);
/* The list of the reports of a text, without the lines at which they begin. */
struct json_object *oom_reports(const char *text, size_t size);
/* The whole of a file with a NUL behind it, or NULL. */
char *oom_file(const char *path, size_t *size);
/* The reports of a file; an empty list where it cannot be read. */
struct json_object *oom_reports_of(const char *path);
/* A value on one line, "null" for none. */
const char *oom_plain(struct json_object *value);

#endif
