/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of generations. */
#ifndef PFNSCOPE_VIEW_GENERATIONS_H
#define PFNSCOPE_VIEW_GENERATIONS_H

#include "table/fields.h"

#define GENERATIONS_ROW "a generation of a memory cgroup in a zone of a node"
#define GENERATIONS_FIELDS(F, V) \
	LRUVEC_FIELDS(F, V) \
	GENERATION_FIELDS(F, V)

PFNSCOPE_COLUMNS(GENERATIONS);
extern const struct pfnscope_view pfnscope_view_generations;
PFNSCOPE_TABLE(GENERATIONS, pfnscope_view_generations);

#endif
