/* SPDX-License-Identifier: GPL-2.0-only */
/* The two shapes of `pfnscope oom`: for programs and for people. */
#ifndef PFNSCOPE_CMD_OOM_H
#define PFNSCOPE_CMD_OOM_H

#include "cmd/cmd.h"
#include "oomlog/explain.h"

struct json_object;

extern const struct pfnscope_document pfnscope_oom_document;

struct json_object *
pfnscope_oom_json(const struct pfnscope_format *format,
		  const struct pfnscope_oom_report *report,
		  const struct pfnscope_oom_answer *answer);
int pfnscope_oom_text(const struct pfnscope_format *format, size_t number,
		      const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer,
		      struct pfnscope_error *error);
void pfnscope_oom_held_text(const struct pfnscope_oom_report *report,
			    const struct pfnscope_oom_answer *answer);

#endif
