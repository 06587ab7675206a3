/* SPDX-License-Identifier: GPL-2.0-only */
/* The records of an incident: what was asked, and the tables of that moment. */
#ifndef PFNSCOPE_RECORD_INCIDENT_H
#define PFNSCOPE_RECORD_INCIDENT_H

#include <linux/nodemask.h>
#include <linux/sched.h>

#include "reach/order.h"
#include "record.h"

enum pfnscope_incident_kind {
	PFNSCOPE_INCIDENT_OOM,
	PFNSCOPE_INCIDENT_MEMCG,
	PFNSCOPE_INCIDENT_FAILURE,
	PFNSCOPE_INCIDENT_KINDS
};

/* What kept the request from some of the nodes. */
enum pfnscope_constraint {
	PFNSCOPE_CONSTRAINT_UNKNOWN,
	PFNSCOPE_CONSTRAINT_NONE,
	PFNSCOPE_CONSTRAINT_CPUSET,
	PFNSCOPE_CONSTRAINT_POLICY,
	PFNSCOPE_CONSTRAINT_MEMCG,
	PFNSCOPE_CONSTRAINTS
};

enum pfnscope_context {
	PFNSCOPE_CONTEXT_TASK,
	PFNSCOPE_CONTEXT_SOFTIRQ,
	PFNSCOPE_CONTEXT_HARDIRQ,
	PFNSCOPE_CONTEXT_NMI,
	PFNSCOPE_CONTEXTS
};

/**
 * struct pfnscope_incident - an OOM kill or a failed allocation
 * @number: counts from 1 since incidents were switched on
 * @kind: which of them
 * @boot_ns: when, since boot, as the time stamps of the kernel's log
 * @real_ns: when, since 1970
 * @context: what was interrupted, if anything; @pid and @comm are of the task
 * @pid: who asked, as the initial namespace counts
 * @comm: its name
 * @cpu: where it ran
 * @gfp: flags of the request, or unknown
 * @order: of the request, or unknown
 * @nodes_known: @nodes is filled
 * @nodes: those that cpuset and policy of the task leave to the request
 * @mems_known: @mems_allowed is filled
 * @mems_allowed: nodes the task's cpuset has
 * @constraint: which of the two left something out
 * @cgroup_id: the memory cgroup of the task
 * @cgroup: its path, cut where it is longer; empty where it is not known
 * @victim_pid: the first task to be killed, or unknown
 * @victim_comm: its name
 * @victim_adj: its oom_score_adj
 * @victims: tasks killed
 * @suppressed: failures since the last one recorded that were not, for their rate
 * @deferred_ms: delay of the scans that were put off; unknown before they ended
 * @capture_ns: how long the task was kept for the tables
 */
struct pfnscope_incident {
	u64 number;
	enum pfnscope_incident_kind kind;
	u64 boot_ns;
	u64 real_ns;
	enum pfnscope_context context;
	u64 pid;
	char comm[TASK_COMM_LEN];
	u64 cpu;
	u64 gfp;
	u64 order;
	bool nodes_known;
	nodemask_t nodes;
	bool mems_known;
	nodemask_t mems_allowed;
	enum pfnscope_constraint constraint;
	u64 cgroup_id;
	char cgroup[256];
	u64 victim_pid;
	char victim_comm[TASK_COMM_LEN];
	int victim_adj;
	u64 victims;
	u64 suppressed;
	u64 deferred_ms;
	u64 capture_ns;
};

/**
 * struct pfnscope_free_area - the free blocks of a zone
 * @node: node id
 * @zone: name of the zone
 * @blocks: of each order
 * @types: migratetypes of which there were any, a bit each
 */
struct pfnscope_free_area {
	int node;
	const char *zone;
	u64 blocks[PFNSCOPE_NR_ORDERS];
	unsigned long types[PFNSCOPE_NR_ORDERS];
};

/**
 * struct pfnscope_zone_lru - the LRU lists of all cgroups in a zone
 * @node: node id
 * @zone: name of the zone
 * @pages: on each list
 */
struct pfnscope_zone_lru {
	int node;
	const char *zone;
	u64 pages[NR_LRU_LISTS];
};

#endif /* PFNSCOPE_RECORD_INCIDENT_H */
