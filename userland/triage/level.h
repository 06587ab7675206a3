/* SPDX-License-Identifier: GPL-2.0-only */
/* Levels, kinds and limits of checks as words. */
#ifndef PFNSCOPE_TRIAGE_LEVEL_H
#define PFNSCOPE_TRIAGE_LEVEL_H

#include "triage/check.h"

const char *pfnscope_level_name(enum pfnscope_level level);
/* Unknown where it is no level. */
enum pfnscope_level pfnscope_level_named(const char *name);
const char *pfnscope_kind_name(enum pfnscope_limit_kind kind);
/* ">= 10%", to be freed; NULL where the check has none of that level. */
char *pfnscope_check_limit(const struct pfnscope_check *check,
			   enum pfnscope_level level);

#endif
