// SPDX-License-Identifier: GPL-2.0-only
/* The fields of incidents. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	COUNT("incident", SHOWN, NULL,
	      "its number, and the name of its directory"),
	STRING("kind", SHOWN, NULL,
	       "oom, memcg_oom or allocation_failure"),
	FIELD(NUMBER, NS, "boot_ns", SHOWN, "AFTER_BOOT",
	      "when, since boot, as in the kernel's log"),
	FIELD(NUMBER, NS, "real_ns", 0, NULL, "when, since 1970"),
	STRING("context", 0, NULL,
	       "task, or what had interrupted it: softirq, hardirq, nmi"),
	COUNT("pid", SHOWN, NULL, "task that asked for memory"),
	STRING("comm", SHOWN | WIDE, NULL, "its name"),
	COUNT("cpu", 0, NULL, "CPU it ran on"),
	FIELD(NUMBER, MASK, "gfp_mask", SHOWN, NULL, "flags of its request"),
	COUNT("order", SHOWN, NULL, "order of its request"),
	STRING("constraint", 0, NULL,
	       "what left nodes out: none, cpuset, memory_policy, memcg"),
	FIELD(NUMBERS, NONE, "nodes", 0, NULL,
	      "nodes that cpuset and policy of the task left to the request"),
	FIELD(NUMBERS, NONE, "mems_allowed", 0, NULL,
	      "nodes of the task's cpuset"),
	STRING("cgroup", 0, NULL, "memory cgroup of the task"),
	COUNT("cgroup_id", 0, NULL,
	      "number of the cgroup, the inode of its directory"),
	COUNT("victim_pid", SHOWN, "VICTIM", "first task that was killed"),
	STRING("victim_comm", SHOWN | WIDE, NULL, "its name"),
	FIELD(SIGNED, NONE, "victim_oom_score_adj", 0, NULL,
	      "its oom_score_adj"),
	COUNT("victims", 0, NULL, "tasks that were killed"),
	COUNT("suppressed", 0, NULL,
	      "failures since the last one recorded, too many to record"),
	FIELD(NUMBER, MS, "deferred_ms", 0, NULL,
	      "delay after which the scans began that had to wait"),
	FIELD(NUMBER, NS, "capture_ns", 0, NULL,
	      "how long the task was kept for the tables"),
};

const struct pfnscope_view pfnscope_view_incidents = {
	.name = "incidents",
	.major = 1,
	.row = "an OOM kill or a failed allocation that was recorded",
	PFNSCOPE_FIELDS(fields),
};
