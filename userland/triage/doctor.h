/* SPDX-License-Identifier: GPL-2.0-only */
/* What is missing between a user and the module's answers, and what fixes it. */
#ifndef PFNSCOPE_TRIAGE_DOCTOR_H
#define PFNSCOPE_TRIAGE_DOCTOR_H

#include "source/system.h"
#include "table/fields.h"
#include "table/table.h"

#define DOCTOR_ROW "something that the answers depend on"
#define DOCTOR_FIELDS(F, V) \
	F(V, STRING, check, SHOWN, NULL, "what was looked at") \
	F(V, STRING, state, SHOWN, NULL, "ok, limited or missing") \
	F(V, STRING, finding, SHOWN | WIDE, NULL, "what was found") \
	F(V, STRING, remedy, SHOWN | BELOW, NULL, \
	  "a command that fixes it, where there is one")

PFNSCOPE_COLUMNS(DOCTOR);
extern const struct pfnscope_view pfnscope_view_doctor;
PFNSCOPE_TABLE(DOCTOR, pfnscope_view_doctor);

/*
 * The verdicts, as rows of pfnscope_view_doctor. @snapshot has about and what
 * a probe of each other view found.
 */
struct pfnscope_table *
pfnscope_doctor(const struct pfnscope_system *system,
		const struct pfnscope_snapshot *snapshot);

#endif
