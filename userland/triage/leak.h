/* SPDX-License-Identifier: GPL-2.0-only */
/* What grows, in a folder of recordings, and goes on growing. */
#ifndef PFNSCOPE_TRIAGE_LEAK_H
#define PFNSCOPE_TRIAGE_LEAK_H

#include "base/origin.h"
#include "source/recordings.h"
#include "table/fields.h"
#include "table/table.h"

#define LEAK_ROW "memory that grows, and has not stopped"
#define LEAK_FIELDS(F, V) \
	F(V, STRING, table, SHOWN, NULL, "the command that shows it, a file of /proc, or cgroup") \
	F(V, STRING, key, SHOWN | WIDE, NULL, "of what: node and zone, cache, cgroup, process") \
	F(V, STRING, number, SHOWN, NULL, "which number of that") \
	F(V, BYTES, from_bytes, SHOWN, NULL, "median of the first third") \
	F(V, BYTES, to_bytes, SHOWN, NULL, "median of the last third") \
	F(V, BYTES, per_hour_bytes, SHOWN, NULL, "how fast it grows: the median over all pairs of recordings") \
	F(V, BYTES, least_bytes, SHOWN, NULL, "with 95 % it is not slower") \
	F(V, BYTES, most_bytes, SHOWN, NULL, "nor faster") \
	F(V, BYTES, room_bytes, 0, NULL, "what is left for it: MemAvailable, or less where a cgroup has a limit") \
	F(V, STRING, left, SHOWN, NULL, "how long that lasts, at this rate: s, m, h, d, y") \
	F(V, COUNT, left_seconds, 0, NULL, "the same in seconds") \
	F(V, COUNT, recordings, 0, NULL, "that it was read from")

PFNSCOPE_COLUMNS(LEAK);
extern const struct pfnscope_view pfnscope_view_leak;
PFNSCOPE_TABLE(LEAK, pfnscope_view_leak);

/**
 * struct pfnscope_leak_span - what was looked at
 * @from: of when the first is, seconds since 1970
 * @to: of when the last is
 * @read: how many of them were read
 * @count: how many there are since the machine was started
 * @damaged: how many could not be read
 * @origin: whose they are, as the last says
 */
struct pfnscope_leak_span {
	int64_t from;
	int64_t to;
	size_t read;
	size_t count;
	size_t damaged;
	struct pfnscope_origin origin;
};

/*
 * The fastest first; to be freed. Of many recordings some are read, so that neither time nor memory
 * depends on how many. NULL with @error where they are too few.
 */
struct pfnscope_table *pfnscope_leak(const struct pfnscope_recordings *recordings,
				     struct pfnscope_leak_span *span,
				     struct pfnscope_error *error);

#endif
