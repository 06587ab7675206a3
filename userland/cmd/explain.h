/* SPDX-License-Identifier: GPL-2.0-only */
/* The two shapes of `pfnscope explain`: for programs and for people. */
#ifndef PFNSCOPE_CMD_EXPLAIN_H
#define PFNSCOPE_CMD_EXPLAIN_H

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
};

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
