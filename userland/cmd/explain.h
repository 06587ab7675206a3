/* SPDX-License-Identifier: GPL-2.0-only */
/* The two shapes of `pfnscope explain`: for programs and for people. */
#ifndef PFNSCOPE_CMD_EXPLAIN_H
#define PFNSCOPE_CMD_EXPLAIN_H

#include "allocator/commit.h"
#include "allocator/plan.h"
#include "cmd/cmd.h"
#include "source/asking.h"
#include "source/system.h"

/**
 * struct pfnscope_question - a request, the machine it was put to, the answer
 * @snapshot: tables that were read
 * @blocks: free blocks, or NULL
 * @system: the kernel
 * @request: what is asked for
 * @policy: of the task that asks
 * @machine: the snapshot as the allocator sees it
 * @plan: what becomes of the request
 * @lacking: what had to be read from elsewhere, or not at all
 * @what_if: the same under other settings, or NULL
 */
struct pfnscope_question {
	struct pfnscope_snapshot snapshot;
	struct pfnscope_table *blocks;
	struct pfnscope_system system;
	struct pfnscope_request request;
	struct pfnscope_policy policy;
	struct pfnscope_machine machine;
	struct pfnscope_plan plan;
	struct pfnscope_lines lacking;
	struct pfnscope_what_if *what_if;
};

/**
 * struct pfnscope_what_if_limit - a setting that reclaim goes by
 * @key: as --set has it; to be freed
 * @cgroup: whose limit it is; to be freed; NULL for vm.swappiness, which is of all
 * @value: swappiness, or bytes
 */
struct pfnscope_what_if_limit {
	char *key;
	char *cgroup;
	int64_t value;
};

/**
 * struct pfnscope_what_if - other settings than the machine has, and what follows
 * @settings: a row a setting
 * @zones: the marks of all zones, now and then; without rows where they stay
 * @marks: the watermarks are made anew
 * @reserves: so is lowmem_reserve
 * @kept: what all zones keep from users now, in pages
 * @kept_then: and then
 * @commits: CommitLimit is asked about
 * @commit: what it is made from now
 * @commit_then: and then
 * @limits: what reclaim goes by
 * @nr_limits: how many
 * @reclaimed: a row each: what it would take
 * @then: the question again
 */
struct pfnscope_what_if {
	struct pfnscope_table *settings;
	struct pfnscope_table *zones;
	bool marks;
	bool reserves;
	int64_t kept;
	int64_t kept_then;
	bool commits;
	struct pfnscope_commit commit;
	struct pfnscope_commit commit_then;
	struct pfnscope_what_if_limit *limits;
	size_t nr_limits;
	struct pfnscope_table *reclaimed;
	struct pfnscope_question then;
};

/* Takes --set into @q->what_if, which stays NULL without it; no plan is made. */
int pfnscope_explain_set(struct pfnscope_run *run, struct pfnscope_question *q);
void pfnscope_what_if_free(struct pfnscope_what_if *what_if);
void pfnscope_what_if_heading(const struct pfnscope_what_if *what_if);
int pfnscope_what_if_text(struct pfnscope_run *run, const struct pfnscope_what_if *what_if);
/* What --set takes, by index; NULL behind the last. */
const char *pfnscope_what_if_key(size_t index);
extern const struct pfnscope_view pfnscope_view_what_if;
extern const struct pfnscope_view pfnscope_view_set;

/* Fills in @what_if->reclaimed. */
int pfnscope_what_if_reclaim(struct pfnscope_run *run, struct pfnscope_what_if *what_if);
void pfnscope_what_if_reclaim_text(const struct pfnscope_what_if *what_if);
extern const struct pfnscope_view pfnscope_view_reclaimed;

/*
 * The options, into @q->request and @q->policy; @q->snapshot has been read. Nodes,
 * CPUs, tasks and flags that are not there are refused.
 */
int pfnscope_explain_ask(struct pfnscope_run *run, struct pfnscope_question *q);

extern const struct pfnscope_document pfnscope_explain_document;
int pfnscope_explain_json(struct pfnscope_run *run,
			  const struct pfnscope_question *q);
int pfnscope_explain_text(struct pfnscope_run *run,
			  const struct pfnscope_question *q);

#endif
