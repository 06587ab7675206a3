// SPDX-License-Identifier: GPL-2.0-only
/* What pfnscope explain is asked: its options, held against the machine. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "source/parse.h"
#include "view/pcp.h"
#include "view/zonelists.h"
#include "view/zones.h"

#define LARGEST_ORDER	63	/* larger ones are no number of pages */

/* --- the flags --- */

/* The bits of this kernel where the module tells them, else of its series. */
static uint32_t mask_meaning(const struct pfnscope_question *q, uint64_t mask,
			     uint64_t *rest)
{
	const struct GFP_table *bits = GFP_IN(&q->snapshot);
	unsigned int version = pfnscope_release_version(q->system.version);
	uint32_t gfp = 0;
	uint64_t value;

	*rest = mask;
	for (size_t row = 0; bits && row < bits->all.nr_rows; row++) {
		const char *kind = pfnscope_table_string(CELL(bits, row, GFP_kind));
		const char *name = pfnscope_table_string(CELL(bits, row, GFP_name));

		if (!kind || !name || strcmp(kind, "bit") ||
		    !pfnscope_table_number(CELL(bits, row, GFP_value), &value) ||
		    !(mask & value))
			continue;
		gfp |= pfnscope_gfp_named(name);
		*rest &= ~value;
	}
	if (!bits || !bits->all.nr_rows)
		return pfnscope_gfp_from_mask(mask, version, rest);
	return pfnscope_gfp_is_atomic(gfp, version) ? gfp | PFNSCOPE_GFP_ATOMIC :
						      gfp;
}

static int take_mask(struct pfnscope_run *run, struct pfnscope_question *q,
		     const char *text)
{
	size_t digits = strspn(text + 2, "0123456789abcdefABCDEF");
	uint64_t mask, rest;

	if (!digits || digits > 16 || text[2 + digits])
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--gfp: not a mask of 64 bits: \"%s\"", text);
	mask = strtoull(text, NULL, 16);
	q->request.gfp = mask_meaning(q, mask, &rest);
	if (rest)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--gfp: bits %#" PRIx64 " of \"%s\" are no flag of this kernel (pfnscope gfp lists them)",
			rest, text);
	return 0;
}

/* A name on either side of each '|'. */
static bool has_gap(const char *names)
{
	bool gap = true;

	for (; *names; names++)
		if (*names == '|' && gap)
			return true;
		else if (*names != ' ' && *names != '\t')
			gap = *names == '|';
	return gap;
}

static int take_names(struct pfnscope_run *run, struct pfnscope_question *q,
		      const char *names)
{
	char bad[40];

	if (has_gap(names))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--gfp: names with | between them, or 0xMASK: \"%s\" (0x0 is no flag at all)",
			names);
	if (pfnscope_gfp_from_names(names, &q->request.gfp, bad, sizeof(bad)))
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--gfp: no such flag: \"%s\" (pfnscope gfp lists them)",
			     bad);
}

/* Mirrors GFP_ZONE_BAD: two of them name no zone. */
static bool names_two_zones(uint32_t gfp)
{
	uint32_t zones = gfp & (PFNSCOPE_GFP_DMA | PFNSCOPE_GFP_HIGHMEM |
				PFNSCOPE_GFP_DMA32);

	return zones & (zones - 1);
}

static int take_gfp(struct pfnscope_run *run, struct pfnscope_question *q)
{
	const char *gfp = pfnscope_run_value(run, "gfp");
	int failed;

	if (!gfp)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"which request? --gfp GFP_KERNEL, and --order N");
	q->request.gfp_known = true;
	failed = strncmp(gfp, "0x", 2) ? take_names(run, q, gfp) :
					 take_mask(run, q, gfp);
	if (!failed && names_two_zones(q->request.gfp))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--gfp: __GFP_DMA, __GFP_DMA32 and __GFP_HIGHMEM exclude each other: \"%s\"",
			gfp);
	return failed;
}

/* --- who asks, and where --- */

static bool has_node(const struct pfnscope_question *q, uint64_t node)
{
	const struct ZONES_table *zones = ZONES_IN(&q->snapshot);
	uint64_t number;

	for (size_t row = 0; row < zones->all.nr_rows; row++)
		if (pfnscope_table_number(CELL(zones, row, ZONES_node), &number) &&
		    number == node)
			return true;
	return false;
}

static bool has_cpu(const struct pfnscope_run *run,
		    const struct pfnscope_question *q, uint64_t cpu)
{
	const struct PCP_table *pcp = PCP_IN(&q->snapshot);
	uint64_t number;

	for (size_t row = 0; pcp && row < pcp->all.nr_rows; row++)
		if (pfnscope_table_number(CELL(pcp, row, PCP_cpu), &number) &&
		    number == cpu)
			return true;
	return pfnscope_cpu_node(run->source, cpu) != PFNSCOPE_MISSING;
}

static int64_t first_node(const struct pfnscope_question *q)
{
	const struct ZONES_table *zones = ZONES_IN(&q->snapshot);
	uint64_t node = 0;

	pfnscope_table_number(CELL(zones, 0, ZONES_node), &node);
	return (int64_t)node;
}

/* Where the caller names a node, or asks for one only, no policy is asked. */
static void take_policy(struct pfnscope_question *q, bool node_named)
{
	if (node_named || (q->request.gfp & PFNSCOPE_GFP_THISNODE))
		return;
	if (q->policy.rotates)
		pfnscope_lines_add(&q->lacking, "which node \"%s\" has next: ask for each with --node",
				   q->policy.text);
	q->request.nodes = q->policy.nodes;
	if (q->policy.node != PFNSCOPE_MISSING &&
	    has_node(q, (uint64_t)q->policy.node))
		q->request.node = q->policy.node;
}

static int take_task(struct pfnscope_run *run, struct pfnscope_question *q)
{
	uint64_t pid = 0;

	if (!pfnscope_run_value(run, "pid"))
		return 0;
	if (pfnscope_run_number(run, "pid", INT32_MAX, &pid))
		return -1;
	if (!pid)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--pid: 0 is no task of /proc (leave it out for a kernel thread)");
	return pfnscope_task_read(run->source, pid, &q->request, &q->policy,
				  &run->error);
}

static int take_cpu(struct pfnscope_run *run, struct pfnscope_question *q)
{
	uint64_t cpu = 0;

	if (!pfnscope_run_value(run, "cpu"))
		return 0;
	if (pfnscope_run_number(run, "cpu", 65535, &cpu))
		return -1;
	if (!has_cpu(run, q, cpu))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--cpu: there is no CPU %" PRIu64, cpu);
	q->request.cpu = (int64_t)cpu;
	return 0;
}

static int take_node(struct pfnscope_run *run, struct pfnscope_question *q)
{
	bool named = pfnscope_run_value(run, "node");
	uint64_t node = 0;

	if (pfnscope_run_number(run, "node", 1023, &node))
		return -1;
	if (named && !has_node(q, node))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--node: there is no node %" PRIu64 " (pfnscope zones lists them)",
			node);
	if (q->request.cpu != PFNSCOPE_MISSING)
		q->request.node = pfnscope_cpu_node(run->source,
						    (uint64_t)q->request.cpu);
	take_policy(q, named);
	if (named)
		q->request.node = (int64_t)node;
	if (q->request.node != PFNSCOPE_MISSING)
		return 0;
	q->request.node = first_node(q);
	if (q->request.cpu != PFNSCOPE_MISSING &&
	    has_node(q, (uint64_t)q->request.node + 1))
		pfnscope_lines_add(&q->lacking, "which node CPU %" PRId64
				   " is on: node %" PRId64 " is taken",
				   q->request.cpu, q->request.node);
	return 0;
}

/**
 * pfnscope_explain_ask - what is asked for
 * @run: its options
 * @q: gets the request and the policy
 *
 * Return: 0 or -1.
 */
int pfnscope_explain_ask(struct pfnscope_run *run, struct pfnscope_question *q)
{
	uint64_t order = 0;

	q->request.node = PFNSCOPE_MISSING;
	q->request.cpu = PFNSCOPE_MISSING;
	q->policy.node = PFNSCOPE_MISSING;
	if (take_gfp(run, q) ||
	    pfnscope_run_number(run, "order", LARGEST_ORDER, &order))
		return -1;
	q->request.order = (unsigned int)order;
	return take_cpu(run, q) || take_task(run, q) || take_node(run, q) ? -1 : 0;
}
