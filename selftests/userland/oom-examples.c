// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom-examples.h"

struct json_object *oom_follow(struct json_object *at, const char *path)
{
	char copy[96], *key, *rest = copy;

	snprintf(copy, sizeof(copy), "%s", path);
	while (at && (key = strsep(&rest, "."))) {
		struct json_object *next = NULL;

		if (json_object_is_type(at, json_type_array))
			next = json_object_array_get_idx(at,
							 strtoul(key, NULL, 10));
		else
			json_object_object_get_ex(at, key, &next);
		at = next;
	}
	return at;
}

void oom_check(const struct oom_example *example, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct oom_example *e = &example[i];
		struct json_object *reports = oom_reports(e->log,
							  strlen(e->log));

		if (json_object_array_length(reports) != e->reports)
			fail_msg("%zu reports, not %zu, in\n%s",
				 json_object_array_length(reports), e->reports,
				 e->log);
		for (size_t f = 0; f < OOM_FACTS && e->facts[f].path; f++) {
			const struct oom_fact *fact = &e->facts[f];
			const char *ours = oom_plain(oom_follow(reports,
							    fact->path));

			if (strcmp(ours, fact->right))
				fail_msg("%s is %s, not %s, in\n%s",
					 fact->path, ours, fact->right, e->log);
		}
		json_object_put(reports);
	}
}
