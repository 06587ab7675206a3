/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report and its answer as tables: every figure that leaves the command is
 * a field with a name and a help text, for JSON and for people alike.
 */
#ifndef PFNSCOPE_OOMLOG_TABLE_H
#define PFNSCOPE_OOMLOG_TABLE_H

#include "oomlog/explain.h"
#include "table/table.h"

/* The columns of the tables below. */
extern const struct pfnscope_view pfnscope_oom_view_request;
extern const struct pfnscope_view pfnscope_oom_view_zone;
extern const struct pfnscope_view pfnscope_oom_view_victim;
extern const struct pfnscope_view pfnscope_oom_view_task;
extern const struct pfnscope_view pfnscope_oom_view_slab;
extern const struct pfnscope_view pfnscope_oom_view_site;
extern const struct pfnscope_view pfnscope_oom_view_memory;
extern const struct pfnscope_view pfnscope_oom_view_holder;
extern const struct pfnscope_view pfnscope_oom_view_dominant;
extern const struct pfnscope_view pfnscope_oom_view_most;
extern const struct pfnscope_view pfnscope_oom_view_memcg;
extern const struct pfnscope_view pfnscope_oom_view_stats;
extern const struct pfnscope_view pfnscope_oom_view_stats_kb;

struct pfnscope_table *
pfnscope_oom_table_request(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer);
struct pfnscope_table *
pfnscope_oom_table_zones(const struct pfnscope_oom_report *report);
struct pfnscope_table *
pfnscope_oom_table_memory(const struct pfnscope_oom_report *report);
struct pfnscope_table *
pfnscope_oom_table_victim(const struct pfnscope_oom_victim *victim);
struct pfnscope_table *
pfnscope_oom_table_dominant(const struct pfnscope_oom_dominant *dominant);
struct pfnscope_table *
pfnscope_oom_table_most(const struct pfnscope_oom_dominant *dominant);
struct pfnscope_table *
pfnscope_oom_table_holders(const struct pfnscope_oom_dominant *dominant);
struct pfnscope_table *
pfnscope_oom_table_memcg(const struct pfnscope_oom_memcg *memcg);
struct pfnscope_table *
pfnscope_oom_table_stats(const struct pfnscope_oom_memcg *memcg);
struct pfnscope_table *
pfnscope_oom_table_tasks(const struct pfnscope_oom_report *report);
struct pfnscope_table *
pfnscope_oom_table_slabs(const struct pfnscope_oom_report *report);
struct pfnscope_table *
pfnscope_oom_table_sites(const struct pfnscope_oom_report *report);

struct pfnscope_table *pfnscope_oom_list_new(void);
void pfnscope_oom_list_add(struct pfnscope_table *list,
			   const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer);

const char *pfnscope_oom_kind_name(enum pfnscope_oom_kind kind);

#endif
