/* SPDX-License-Identifier: GPL-2.0-only */
/* Who kills when memory runs out: the kernel, or a daemon that does not wait for it. */
#ifndef PFNSCOPE_TRIAGE_KILLERS_H
#define PFNSCOPE_TRIAGE_KILLERS_H

#include "table/fields.h"
#include "table/table.h"
#include "triage/victims.h"

#define KILLERS_ROW "a rule by which somebody kills"
#define KILLERS_FIELDS(F, V) \
	F(V, STRING, killer, SHOWN, NULL, "whose rule it is") \
	F(V, STRING, turn, SHOWN, NULL, \
	  "now; first; later; other, where it does not measure what is left; off, where it does not run") \
	F(V, BYTES, left_bytes, SHOWN, NULL, \
	  "that have to be taken, of memory and of swap, before it acts") \
	F(V, STRING, rule, SHOWN | BELOW | PROSE, NULL, "when it acts, and on whom") \
	F(V, STRING, file, SHOWN | BELOW, NULL, "where that is set")

PFNSCOPE_COLUMNS(KILLERS);
extern const struct pfnscope_view pfnscope_view_killers;
PFNSCOPE_TABLE(KILLERS, pfnscope_view_killers);

/* The rules that there are for memory of @ask; to be freed. */
struct pfnscope_table *pfnscope_killers(const struct pfnscope_source *source,
					const struct pfnscope_victims_ask *ask);

#endif
