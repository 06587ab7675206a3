/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of hugepages. */
#ifndef PFNSCOPE_VIEW_HUGEPAGES_H
#define PFNSCOPE_VIEW_HUGEPAGES_H

#include "table/fields.h"

#define HUGEPAGES_ROW "the pool of huge pages of one size, of the host or of one node"
#define HUGEPAGES_FIELDS(F, V) \
	F(V, STRING, scope, SHOWN | WHICH, NULL, "what the row is about: host or node") \
	NODE_FIELD(F, V) \
	F(V, BYTES, size_bytes, SHOWN | WHICH, NULL, "size of one huge page") \
	F(V, COUNT, total_hugepages, SHOWN, "TOTAL", \
	  "huge pages in the pool, surplus included") \
	F(V, COUNT, free_hugepages, SHOWN, "FREE", "huge pages not in use") \
	F(V, COUNT, reserved_hugepages, SHOWN, "RESERVED", \
	  "huge pages reserved by mappings, not yet used") \
	F(V, COUNT, surplus_hugepages, 0, "SURPLUS", \
	  "huge pages beyond what was configured") \
	F(V, COUNT, overcommit_hugepages, 0, "OVERCOMMIT", "how many may be surplus") \
	F(V, COUNT, now_hugepages, SHOWN, "NOW", \
	  "free blocks of that size, which could be added") \
	F(V, COUNT, drained_hugepages, 0, "DRAINED", \
	  "free if the per-CPU lists were drained, at best") \
	F(V, COUNT, reclaimed_hugepages, 0, "RECLAIMED", \
	  "free if clean, unmapped file cache were dropped as well") \
	F(V, COUNT, compacted_hugepages, 0, "COMPACTED", \
	  "free if pages were moved, as far as the free pages go") \
	F(V, COUNT, written_hugepages, SHOWN, "WRITTEN", \
	  "what one write to nr_hugepages gets at least") \
	F(V, COUNT, obtainable_hugepages, SHOWN, "OBTAINABLE", \
	  "of COMPACTED, with cache dropped and memory compacted") \
	F(V, COUNT, never_hugepages, SHOWN, "BLOCKED", \
	  "blocks of that size with a page that cannot move") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(HUGEPAGES);
#define HUGEPAGES_BOUNDS \
	{ .field = HUGEPAGES_free_hugepages, .side = PFNSCOPE_NOT_ABOVE, \
	  .limit = HUGEPAGES_reserved_hugepages, .only = HUGEPAGES_total_hugepages, \
	  .severity = PFNSCOPE_SEVERITY_WARNING, .word = "used_up", \
	  .help = "the next mapping gets no huge page of the pool: it fails, or needs overcommit" }, \
	{ .field = HUGEPAGES_total_hugepages, .value = HUGEPAGES_surplus_hugepages, \
	  .side = PFNSCOPE_ABOVE, .severity = PFNSCOPE_SEVERITY_NOTE, .word = "surplus", \
	  .help = "more than were configured: they leave the pool when they are freed" }
extern const struct pfnscope_view pfnscope_view_hugepages;
PFNSCOPE_TABLE(HUGEPAGES, pfnscope_view_hugepages);

#endif
