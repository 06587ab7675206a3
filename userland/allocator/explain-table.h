/* SPDX-License-Identifier: GPL-2.0-only */
/* The terms of verdicts as a table, for both commands that give them. */
#ifndef PFNSCOPE_ALLOCATOR_EXPLAIN_TABLE_H
#define PFNSCOPE_ALLOCATOR_EXPLAIN_TABLE_H

#include "allocator/explain.h"
#include "table/table.h"

/* The columns of the two tables below. */
extern const struct pfnscope_view pfnscope_view_verdict;
extern const struct pfnscope_view pfnscope_view_numbers;

struct pfnscope_table *
pfnscope_verdict_table(const struct pfnscope_verdict *verdicts, size_t count);
struct pfnscope_table *
pfnscope_verdict_numbers(const struct pfnscope_rules *rules,
			 const struct pfnscope_verdict *verdict);
/* Of migratetypes, as the kernel's reports show them. */
void pfnscope_types_letters(uint32_t types, char *out, size_t size);
void pfnscope_verdict_inequality(const struct pfnscope_verdict *verdict,
				 char *out, size_t size);
void pfnscope_verdict_comparison(const struct pfnscope_verdict *verdict,
				 int64_t page_kb, char *out, size_t size);
void pfnscope_verdict_zone(const struct pfnscope_verdict *verdict, char *out,
			   size_t size);

#endif
