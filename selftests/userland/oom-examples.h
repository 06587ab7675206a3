/* SPDX-License-Identifier: GPL-2.0-only */
/* Small logs, each with the facts that must come out. */
#ifndef PFNSCOPE_TEST_OOM_EXAMPLES_H
#define PFNSCOPE_TEST_OOM_EXAMPLES_H

#include <stddef.h>

#include "oom-reports.h"

#define OOM_FACTS	12

struct oom_fact {
	const char *path;	/* keys with dots; a number chooses the report */
	const char *right;	/* as JSON */
};

struct oom_example {
	const char *log;
	size_t reports;
	struct oom_fact facts[OOM_FACTS];
};

/* The value at a path, NULL where there is none. */
struct json_object *oom_follow(struct json_object *at, const char *path);
/* Fails the test that runs where a fact of one is not as it should be. */
void oom_check(const struct oom_example *example, size_t count);

#define CHECK(list)	oom_check(list, sizeof(list) / sizeof(*(list)))

#endif
