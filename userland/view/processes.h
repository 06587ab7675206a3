/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of processes. */
#ifndef PFNSCOPE_VIEW_PROCESSES_H
#define PFNSCOPE_VIEW_PROCESSES_H

#include "table/fields.h"
#include "table/table.h"

#define PROCESSES_ROW "what a process has, all its threads together"
#define PROCESSES_FIELDS(F, V) \
	F(V, COUNT, pid, SHOWN | WHICH, NULL, "its number") \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE | WHICH, NULL, "its name") \
	F(V, BYTES, pss_bytes, SHOWN, NULL, \
	  "its share: what several map is divided among them") \
	F(V, BYTES, anon_bytes, SHOWN, NULL, "anonymous memory that it maps") \
	F(V, BYTES, file_bytes, SHOWN, NULL, "page cache that it maps, of files") \
	F(V, BYTES, shmem_bytes, SHOWN, NULL, \
	  "page cache that it maps, of tmpfs and shared memory") \
	F(V, BYTES, swap_bytes, SHOWN, NULL, "in swap") \
	F(V, BYTES, huge_bytes, SHOWN, NULL, \
	  "of the first three, mapped by entries for a huge page") \
	F(V, BYTES, hugetlb_bytes, 0, NULL, "pages of the pools of huge pages that it maps") \
	F(V, BYTES, table_bytes, SHOWN, "TABLES", "its page tables") \
	F(V, BYTES, locked_bytes, SHOWN, NULL, "address space that it keeps from swap by mlock()") \
	F(V, BYTES, zone_bytes, PFNSCOPE_COMPUTED, NULL, \
	  "with --zone: what it maps there, huge pages of the pools included")

PFNSCOPE_COLUMNS(PROCESSES);
extern const struct pfnscope_view pfnscope_view_processes;
PFNSCOPE_TABLE(PROCESSES, pfnscope_view_processes);

/* The same behind the sum of what can be added up. */
struct pfnscope_table *pfnscope_processes_brief(const struct pfnscope_table *table);

#endif
