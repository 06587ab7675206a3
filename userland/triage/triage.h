/* SPDX-License-Identifier: GPL-2.0-only */
/* First aid: which numbers of a machine are past limits, and whose limits these are. */
#ifndef PFNSCOPE_TRIAGE_TRIAGE_H
#define PFNSCOPE_TRIAGE_TRIAGE_H

#include "triage/check.h"

#define LIMITS_ROW "a check"
#define LIMITS_FIELDS(F, V) \
	F(V, STRING, check, SHOWN, NULL, "its name") \
	F(V, STRING, note, SHOWN, NULL, "from where on it is a note") \
	F(V, STRING, warn, SHOWN, NULL, "from where on it is a warning") \
	F(V, STRING, crit, SHOWN, NULL, "from where on it is critical") \
	F(V, STRING, kind, SHOWN, NULL, \
	  "K the kernel acts there, P others warn there, M measured, R a comparison") \
	F(V, STRING, source, SHOWN | BELOW | PROSE, NULL, \
	  "whose limits these are, or what the kernel does there") \
	F(V, STRING, number, BELOW | PROSE, NULL, "what the number is") \
	F(V, STRING, files, BELOW | PROSE, NULL, "where it comes from")

PFNSCOPE_COLUMNS(LIMITS);
extern const struct pfnscope_view pfnscope_view_limits;
PFNSCOPE_TABLE(LIMITS, pfnscope_view_limits);

/*
 * All checks of a host, or of the cgroup or process in @facts; the worst first, rows of one level in the
 * order of the checks.
 */
struct pfnscope_table *pfnscope_triage(const struct pfnscope_facts *facts);
/* The limits of all checks, or of the one of that name: without rows where there is none. */
struct pfnscope_table *pfnscope_triage_limits(const char *check);
/* Of the next check behind @check, NULL to begin with; for the completion. */
const struct pfnscope_check *pfnscope_triage_next(const struct pfnscope_check *check);
/* For people: the ok rows as one, and the unknown ones. */
struct pfnscope_table *pfnscope_triage_brief(const struct pfnscope_table *table);
/* The worst level that is known, and whether one is not. */
enum pfnscope_level pfnscope_triage_worst(const struct pfnscope_table *table);
bool pfnscope_triage_lacks(const struct pfnscope_table *table);

#endif
