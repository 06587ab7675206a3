/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of incidents/list, there only while they are recorded, and of a header. */
#ifndef PFNSCOPE_VIEW_INCIDENTS_H
#define PFNSCOPE_VIEW_INCIDENTS_H

#include "table/fields.h"

#define INCIDENTS_ROW "an OOM kill or a failed allocation that was recorded"
#define INCIDENTS_FIELDS(F, V) \
	F(V, COUNT, incident, SHOWN, NULL, "its number, and the name of its directory") \
	F(V, STRING, kind, SHOWN, NULL, "oom, memcg_oom or allocation_failure") \
	F(V, NS, boot_ns, SHOWN, "AFTER_BOOT", \
	  "when, since boot, as in the kernel's log") \
	F(V, NS, real_ns, 0, NULL, "when, since 1970") \
	F(V, STRING, context, 0, NULL, \
	  "task, or what had interrupted it: softirq, hardirq, nmi") \
	F(V, COUNT, pid, SHOWN, NULL, "task that asked for memory") \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE, NULL, "its name") \
	F(V, COUNT, cpu, 0, NULL, "CPU it ran on") \
	F(V, MASK, gfp_mask, SHOWN, NULL, "flags of its request") \
	F(V, COUNT, order, SHOWN, NULL, "order of its request") \
	F(V, STRING, constraint, 0, NULL, \
	  "what left nodes out: none, cpuset, memory_policy, memcg") \
	F(V, NUMBERS, nodes, 0, NULL, \
	  "nodes that cpuset and policy of the task left to the request") \
	F(V, NUMBERS, mems_allowed, 0, NULL, "nodes of the task's cpuset") \
	F(V, STRING, cgroup, PRIVATE, NULL, "memory cgroup of the task") \
	F(V, COUNT, cgroup_id, 0, NULL, \
	  "number of the cgroup, the inode of its directory") \
	F(V, COUNT, victim_pid, SHOWN, "VICTIM", "first task that was killed") \
	F(V, STRING, victim_comm, SHOWN | WIDE | PRIVATE, NULL, "its name") \
	F(V, SIGNED, victim_oom_score_adj, 0, NULL, "its oom_score_adj") \
	F(V, COUNT, victims, 0, NULL, "tasks that were killed") \
	F(V, COUNT, suppressed, 0, NULL, \
	  "failures since the last one recorded, too many to record") \
	F(V, MS, deferred_ms, 0, NULL, \
	  "delay after which the scans began that had to wait") \
	F(V, NS, capture_ns, 0, NULL, "how long the task was kept for the tables")

PFNSCOPE_COLUMNS(INCIDENTS);
extern const struct pfnscope_view pfnscope_view_incidents;
PFNSCOPE_TABLE(INCIDENTS, pfnscope_view_incidents);

#endif
