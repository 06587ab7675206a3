// SPDX-License-Identifier: GPL-2.0-only
/* A process: what it has, how near its limits it is, what it may ask for, and who goes first. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/parse.h"
#include "triage/check.h"
#include "triage/memcg.h"
#include "triage/task.h"
#include "triage/victims.h"
#include "triage/worst.h"

static int64_t status_number(const struct pfnscope_facts *facts, const char *name)
{
	return pfnscope_number(&facts->task->status, name);
}

/* --- what it has --- */

static const char *part(struct pfnscope_findings *f, const char *words, const char *name,
			int64_t bytes)
{
	return bytes == PFNSCOPE_MISSING ? words :
	       pfnscope_said(f, "%s%s%s %s", words, *words ? ", " : "", name,
			     pfnscope_said_size(f, bytes));
}

static void look_task_holds(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	static const char *const names[] = {
		"RssAnon", "RssFile", "RssShmem", "VmSwap", "VmSize", "VmLck", "VmPin",
		"VmPTE", "HugetlbPages",
	};
	const struct pfnscope_finding finding = { .number = status_number(facts, "VmRSS") };
	const char *words = "";

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		words = part(f, words, names[i], status_number(facts, names[i]));
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "it has no memory of its own: a thread of the kernel, or a task that has ended");
	else
		pfnscope_found(f, &finding, "%s", words);
}

/* Shared pages are divided among those who map them; USS is what its end would free. */
static void look_pss(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	static const char *const names[] = {
		"Pss_Anon", "Pss_File", "Pss_Shmem", "SwapPss", "Locked",
		"AnonHugePages", "ShmemPmdMapped", "FilePmdMapped",
	};
	const struct pfnscope_numbers *rollup = &facts->task->rollup;
	int64_t own = pfnscope_plus(pfnscope_number(rollup, "Private_Clean"),
				    pfnscope_number(rollup, "Private_Dirty"));
	const struct pfnscope_finding finding = { .number = pfnscope_number(rollup, "Pss") };
	const char *words = part(f, "", "USS", own);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		words = part(f, words, names[i], pfnscope_number(rollup, names[i]));
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, rollup,
			"smaps_rollup", "Pss"));
	else
		pfnscope_found(f, &finding, "%s", words);
}

static void look_task_swap(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t swap = status_number(facts, "VmSwap"), rss = status_number(facts, "VmRSS");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(swap, pfnscope_plus(swap, rss)),
		.cure = "it comes back by faults, when it is used again: pidstat -r 1",
	};

	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "it has no memory of its own");
	else
		pfnscope_found(f, &finding, "%s in swap, %s in memory",
			       pfnscope_said_size(f, swap), pfnscope_said_size(f, rss));
}

/* --- limits --- */

static void look_mappings(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t most = pfnscope_number_in(facts->source, "proc/sys/vm/max_map_count");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(facts->task->vmas, most),
		.cure = pfnscope_said(f, "mmap() fails at the limit: sysctl vm.max_map_count=%" PRId64,
				      most > 0 && most < INT32_MAX / 2 ? 2 * most : most),
	};

	if (!facts->task->maps || finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "its maps or vm.max_map_count cannot be read");
	else
		pfnscope_found(f, &finding, "%" PRId64 " mappings of %" PRId64,
			       facts->task->vmas, most);
}

/* "Max address space  unlimited  unlimited  bytes": the soft limit, in bytes. */
static int64_t rlimit_of(const struct pfnscope_facts *facts, const char *name)
{
	char *path = pfnscope_format("proc/%" PRIu64 "/limits", facts->task->pid);
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int64_t limit = PFNSCOPE_MISSING;
	struct pfnscope_token word;
	uint64_t number;

	if (!pfnscope_source_input(facts->source, path, &parser.input)) {
		while (limit == PFNSCOPE_MISSING && pfnscope_parse_line(&parser) > 0) {
			if (strncmp(parser.text, name, strlen(name)))
				continue;
			parser.at = parser.text + strlen(name);
			if (!pfnscope_parse_word(&parser, &word))
				continue;
			if (!strcmp(word.text, "unlimited"))
				limit = PFNSCOPE_UNLIMITED;
			else if (!pfnscope_digits(word.text, word.length, &number) &&
				 number <= (uint64_t)PFNSCOPE_NUMBER_MAX)
				limit = (int64_t)number;
		}
		pfnscope_input_close(parser.input);
	}
	free(path);
	return limit;
}

static void look_rlimits(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	static const struct {
		const char *where, *line, *used;
	} limits[] = {
		{ "address space", "Max address space", "VmSize" },
		{ "data", "Max data size", "VmData" },
		{ "locked", "Max locked memory", "VmLck" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		int64_t limit = rlimit_of(facts, limits[i].line);
		int64_t used = status_number(facts, limits[i].used);
		const struct pfnscope_finding finding = {
			.where = limits[i].where,
			.number = pfnscope_permille(used, limit),
			.cure = pfnscope_said(f, "more is refused at the limit: prlimit --pid %" PRIu64,
					      facts->task->pid),
		};

		if (limit > 0 && limit != PFNSCOPE_UNLIMITED &&
		    finding.number != PFNSCOPE_MISSING)
			pfnscope_found(f, &finding, "%s of %s", pfnscope_said_size(f, used),
				       pfnscope_said_size(f, limit));
	}
	if (!f->found && rlimit_of(facts, "Max address space") == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "/proc/%" PRIu64 "/limits cannot be read",
				       facts->task->pid);
	else if (!f->found)
		pfnscope_found_none(f, "its memory has no limit of this kind");
}

/* The limit of a cgroup above it that is the nearest. */
static void look_cgroup(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_memcg group = { 0 };
	struct pfnscope_error error = { 0 };
	int64_t tightest = PFNSCOPE_MISSING;
	char *name, *above;
	struct pfnscope_finding finding = { 0 };

	if (!facts->task->cgroup ||
	    pfnscope_memcg_find(facts->source, facts->task->cgroup, &group, &error)) {
		pfnscope_found_unknown(f, "its memory cgroup cannot be found");
		pfnscope_memcg_clear(&group);
		return;
	}
	for (name = pfnscope_strdup(group.name); name; name = above) {
		int64_t limit = pfnscope_memcg_limit(&group, name);
		int64_t share = limit > 0 && limit != PFNSCOPE_UNLIMITED ?
				pfnscope_permille(pfnscope_memcg_usage(&group, name), limit) :
				PFNSCOPE_MISSING;

		if (share > tightest) {
			tightest = share;
			finding.where = pfnscope_said(f, "%s", name);
		}
		above = pfnscope_memcg_above(name);
		free(name);
	}
	finding.number = tightest;
	finding.cure = pfnscope_said(f, "pfnscope triage --cgroup %s", group.name);
	if (tightest == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "%s has no limit, and none above it has", group.name);
	else
		pfnscope_found(f, &finding, "what is charged of the limit that is nearest; how much of it is cache says --cgroup");
	pfnscope_memcg_clear(&group);
}

/* --- faults --- */

static void look_faults(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_task *task = facts->task;
	bool two = facts->before.there && task->major[0] != PFNSCOPE_MISSING &&
		   task->major[1] >= task->major[0];
	struct pfnscope_rate rate = {
		.over = two ? PFNSCOPE_OVER_INTERVAL : PFNSCOPE_OVER_UNKNOWN,
		.count = two ? task->major[1] - task->major[0] : task->major[1],
		.ms = two ? pfnscope_minus(facts->now.uptime_ms, facts->before.uptime_ms) :
			    PFNSCOPE_MISSING,
	};
	const struct pfnscope_finding finding = {
		.cure = "it reads files or swap back: more memory, or less of it in use",
	};

	if (task->major[1] == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "its stat cannot be read");
	else if (!two)
		pfnscope_found_none(f, "%" PRId64 " faults, of which %" PRId64 " waited for a device, since it began",
				    task->minor[1] + task->major[1], task->major[1]);
	else
		pfnscope_found_rate(f, &rate, pfnscope_rate_each(&rate, 1000), &finding,
				    pfnscope_said(f, "%" PRId64 " faults waited for a device, %" PRId64 " did not",
						  rate.count, task->minor[1] - task->minor[0]));
}

/* --- what it may ask for --- */

static void look_nodes(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_machine *m = &facts->now.machine;
	struct pfnscope_request request = facts->task->request;
	struct pfnscope_finding finding = {
		.number = PFNSCOPE_MISSING,
		.judged = true,
		.cure = pfnscope_said(f, "pfnscope explain --gfp GFP_HIGHUSER_MOVABLE --pid %" PRIu64,
				      facts->task->pid),
	};
	char nodes[128] = "any", bound[128] = "";
	enum pfnscope_outcome outcome;
	struct pfnscope_plan plan;

	if (!m->nr_zones) {
		pfnscope_found_unknown(f, "no zones: neither the module nor /proc/zoneinfo can be read");
		return;
	}
	request.gfp = PFNSCOPE_ASK_MOVABLE;
	request.nodes = facts->task->policy.nodes;
	if (request.node == PFNSCOPE_MISSING)
		request.node = m->zones[0].node;
	if (request.cpuset)
		pfnscope_nodes_text(request.cpuset, nodes, sizeof(nodes));
	if (request.nodes)
		pfnscope_nodes_text(request.nodes, bound, sizeof(bound));
	pfnscope_plan_make(m, &request, &plan);
	outcome = plan.outcome;
	pfnscope_plan_clear(&plan);
	finding.level = outcome == PFNSCOPE_OUTCOME_FAIL || outcome == PFNSCOPE_OUTCOME_RECLAIM ?
			PFNSCOPE_LEVEL_WARN :
			outcome == PFNSCOPE_OUTCOME_SLOW ? PFNSCOPE_LEVEL_NOTE :
			outcome == PFNSCOPE_OUTCOME_UNKNOWN ? PFNSCOPE_LEVEL_UNKNOWN :
			PFNSCOPE_LEVEL_OK;
	pfnscope_found(f, &finding, "a page for it: %s; nodes of its cpuset %s, its policy %s",
		       pfnscope_outcome_name(outcome), nodes,
		       *facts->task->policy.text ? facts->task->policy.text : "not known");
}

/* --- the OOM killer --- */

static void found_place(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			const struct pfnscope_victims *victims, size_t i)
{
	const struct pfnscope_candidate *task = &victims->tasks[i];
	const struct pfnscope_finding finding = {
		.judged = true,
		.number = (int64_t)i + 1,
		.level = i ? PFNSCOPE_LEVEL_OK : PFNSCOPE_LEVEL_NOTE,
		.cure = "who is next, and what that frees: pfnscope oom --next",
	};

	pfnscope_found(f, &finding, "its place among %zu tasks; score %" PRId64
		       " pages: %s in memory, %s in swap, %s of page tables, and oom_score_adj %" PRId64,
		       victims->candidates, task->score,
		       pfnscope_said_size(f, status_number(facts, "VmRSS")),
		       pfnscope_said_size(f, status_number(facts, "VmSwap")),
		       pfnscope_said_size(f, status_number(facts, "VmPTE")),
		       pfnscope_or_zero(task->badness.adj));
}

static void look_task_oom(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_victims_ask ask = { .sizes = 0 };
	struct pfnscope_victims victims;
	struct pfnscope_error error = { 0 };
	size_t i = 0;

	pfnscope_victims_read(facts->source, &ask, &victims, &error);
	while (i < victims.count && victims.tasks[i].pid != facts->task->pid)
		i++;
	if (i == victims.count)
		pfnscope_found_unknown(f, "its status cannot be read");
	else if (victims.tasks[i].untold)
		pfnscope_found_unknown(f, "%s", victims.tasks[i].passed);
	else if (victims.tasks[i].passed)
		pfnscope_found_none(f, "the OOM killer passes over it: %s", victims.tasks[i].passed);
	else
		found_place(facts, f, &victims, i);
	pfnscope_victims_clear(&victims);
}

/* --- files that are gone --- */

static void look_deleted(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_finding finding = {
		.number = facts->task->deleted,
		.cure = "it runs what was replaced: start it again",
	};

	if (!facts->task->maps)
		pfnscope_found_unknown(f, "its maps cannot be read");
	else
		pfnscope_found(f, &finding, "mappings of files that are gone, and %" PRId64
			       " of memory that has none", facts->task->memfd);
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_task[] = {
	PFNSCOPE_CHECK("process.rss", look_task_holds, BYTES, FROM, NO, NO, NO, R,
		       "a figure without a limit", "/proc/PID/status",
		       "VmRSS, pages that are mapped, shared ones in full; and its parts"),
	PFNSCOPE_CHECK("process.pss", look_pss, BYTES, FROM, NO, NO, NO, R,
		       "a figure without a limit", "/proc/PID/smaps_rollup",
		       "Pss, shared pages divided among those who map them; USS is what its end would free"),
	PFNSCOPE_CHECK("process.swap", look_task_swap, PERMILLE, FROM, 500, NO, NO, R,
		       "more of it is in swap than in memory", "/proc/PID/status",
		       "VmSwap, of VmSwap and VmRSS"),
	PFNSCOPE_CHECK("process.mappings", look_mappings, PERMILLE, FROM, NO, 900, 1000, K,
		       "mmap() fails at vm.max_map_count, however much is free",
		       "/proc/PID/maps, vm.max_map_count", "mappings, of vm.max_map_count"),
	PFNSCOPE_CHECK("process.rlimit", look_rlimits, PERMILLE, FROM, NO, 900, 1000, K,
		       "setrlimit(2): at the limit mmap(), brk() and mlock() fail",
		       "/proc/PID/limits, /proc/PID/status",
		       "address space, data and locked memory, each of its soft limit"),
	PFNSCOPE_CHECK("process.cgroup", look_cgroup, PERMILLE, FROM, 900, NO, NO, P,
		       "netdata 90 %; a note, as cache fills any limit",
		       "/proc/PID/cgroup, /sys/fs/cgroup",
		       "what is charged of the limit, in the cgroup of its chain where that is most"),
	PFNSCOPE_CHECK("process.faults", look_faults, PER_SECOND, FROM, 500, 1000, NO, P,
		       "node-exporter's mixin 500, awesome-prometheus-alerts 1000, both of a whole machine",
		       "/proc/PID/stat", "faults that waited for a device"),
	PFNSCOPE_CHECK_WORDS("process.nodes", look_nodes, COUNT, "kswapd", "has to wait", NULL, K,
			     "the allocator's way with the cpuset and the policy of this task (vllm#51584)",
			     "/proc/PID/status, /proc/PID/numa_maps; zones of the module, or /proc/zoneinfo",
			     "what a movable page for it meets"),
	PFNSCOPE_CHECK_WORDS("process.oom", look_task_oom, COUNT, "first", NULL, NULL, K,
			     "oom_badness(): the task with the highest score is killed first",
			     "/proc/*/status, /proc/*/oom_score_adj, /proc/meminfo",
			     "its place among all tasks that may be killed"),
	PFNSCOPE_CHECK("process.deleted", look_deleted, COUNT, FROM, 1, NO, NO, R,
		       "a file that was replaced is kept in memory and on disk",
		       "/proc/PID/maps", "mappings of files that are gone"),
	PFNSCOPE_CHECKS_END
};
