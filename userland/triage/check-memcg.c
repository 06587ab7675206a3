// SPDX-License-Identifier: GPL-2.0-only
/* A memory cgroup: its limits and those above it, what it waits for, what it may keep. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/words.h"
#include "triage/check.h"
#include "triage/memcg.h"
#include "triage/pressure.h"

/* A figure of memory.stat by the name of version 2, and of 1. */
static int64_t stat_of(const struct pfnscope_memcg *g, const char *two, const char *one)
{
	return pfnscope_number(&g->now.stat, g->version == 2 ? two : one);
}

/* Of the limit, or why there is none; true where it is one to compare with. */
static bool is_limit(int64_t limit)
{
	return limit > 0 && limit != PFNSCOPE_UNLIMITED;
}

/* --- what it holds --- */

/* As kubelet counts it: caches that reclaim takes first are left out. */
static int64_t working_set(const struct pfnscope_memcg *g)
{
	int64_t set = pfnscope_minus(pfnscope_memcg_usage(g, g->name),
				     stat_of(g, "inactive_file", "total_inactive_file"));

	return set < 0 && set != PFNSCOPE_MISSING ? 0 : set;
}

/* And without what else reclaim may take: all of the page cache, names and inodes. */
static int64_t held_fast(const struct pfnscope_memcg *g)
{
	int64_t active = stat_of(g, "active_file", "total_active_file");
	int64_t slab = g->version == 2 ? pfnscope_number(&g->now.stat, "slab_reclaimable") : 0;
	int64_t rest = pfnscope_minus(pfnscope_minus(working_set(g), active),
				      pfnscope_or_zero(slab));

	return rest < 0 && rest != PFNSCOPE_MISSING ? 0 : rest;
}

static void look_group_holds(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	static const struct {
		const char *said, *two, *one;
	} parts[] = {
		{ "anonymous", "anon", "total_rss" },
		{ "file", "file", "total_cache" },
		{ "of that shmem", "shmem", "total_shmem" },
		{ "kernel", "kernel", NULL },
		{ "slab", "slab", NULL },
		{ "sockets", "sock", NULL },
		{ "page tables", "pagetables", NULL },
	};
	const struct pfnscope_memcg *g = facts->group;
	const struct pfnscope_finding finding = {
		.number = pfnscope_memcg_usage(g, g->name),
	};
	const char *words = "";

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		int64_t bytes = g->version == 2 || parts[i].one ?
				stat_of(g, parts[i].two, parts[i].one) : PFNSCOPE_MISSING;

		if (bytes != PFNSCOPE_MISSING)
			words = pfnscope_said(f, "%s%s %s", words, *words ? pfnscope_said(f, ", %s", parts[i].said) :
					      parts[i].said, pfnscope_said_size(f, bytes));
	}
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "the root of a machine has no such file: pfnscope triage is about it");
	else
		pfnscope_found(f, &finding, "%s; working set as kubelet counts it %s, without cache and slab that can be reclaimed %s",
			       *words ? words : "memory.stat cannot be read",
			       pfnscope_said_size(f, working_set(g)),
			       pfnscope_said_size(f, held_fast(g)));
}

/* --- limits, its own and those above --- */

static void look_at_limit(struct pfnscope_findings *f, const struct pfnscope_memcg *g,
			  const char *name)
{
	int64_t usage = pfnscope_memcg_usage(g, name), limit = pfnscope_memcg_limit(g, name);
	struct pfnscope_finding finding = {
		.where = name,
		.number = pfnscope_permille(usage, limit),
		.cure = pfnscope_said(f, "pfnscope lru; more: echo BYTES >/%s%s/%s", g->top,
				      strcmp(name, "/") ? name : "", g->version == 2 ?
				      "memory.max" : "memory.limit_in_bytes"),
	};
	bool own = !strcmp(name, g->name);

	if (!is_limit(limit) || finding.number == PFNSCOPE_MISSING)
		return;
	/* Cache fills what there is: what cannot be reclaimed decides. */
	if (own)
		finding.most = pfnscope_check_grade(f->check, pfnscope_permille(held_fast(g), limit));
	if (finding.most < PFNSCOPE_LEVEL_NOTE || finding.most == PFNSCOPE_LEVEL_UNKNOWN)
		finding.most = PFNSCOPE_LEVEL_NOTE;
	pfnscope_found(f, &finding, "%s of %s%s%s", pfnscope_said_size(f, usage),
		       pfnscope_said_size(f, limit), own ? ", of which cannot be reclaimed as cache or slab " :
		       "; what of that is cache is not looked at",
		       own ? pfnscope_said_size(f, held_fast(g)) : "");
}

static void look_max(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	char *name = pfnscope_strdup(g->name), *above;

	for (; name; name = above) {
		look_at_limit(f, g, name);
		above = pfnscope_memcg_above(name);
		free(name);
	}
	if (!f->found)
		pfnscope_found_none(f, "neither it nor a cgroup above it has a limit");
}

static void look_high(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	char *name = pfnscope_strdup(g->name), *above;

	for (; name && g->version == 2; name = above) {
		int64_t usage = pfnscope_memcg_usage(g, name);
		int64_t high = pfnscope_memcg_number(g, name, "memory.high");
		const struct pfnscope_finding finding = {
			.where = name,
			.number = pfnscope_permille(usage, high),
			.cure = pfnscope_said(f, "its tasks are slowed: echo BYTES >/%s%s/memory.high",
					      g->top, name),
		};

		if (is_limit(high) && finding.number != PFNSCOPE_MISSING)
			pfnscope_found(f, &finding, "%s of %s", pfnscope_said_size(f, usage),
				       pfnscope_said_size(f, high));
		above = pfnscope_memcg_above(name);
		free(name);
	}
	if (g->version == 1)
		free(name);
	if (!f->found)
		pfnscope_found_none(f, g->version == 2 ? "neither it nor a cgroup above it has one" :
				    "cgroup v1 has none");
}

static void look_group_swap(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	bool two = g->version == 2;
	int64_t used = pfnscope_memcg_number(g, g->name, two ? "memory.swap.current" :
					     "memory.memsw.usage_in_bytes");
	int64_t limit = pfnscope_memcg_number(g, g->name, two ? "memory.swap.max" :
					      "memory.memsw.limit_in_bytes");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(used, limit),
		.cure = "grep VmSwap /proc/PID/status, of the tasks in cgroup.procs",
	};

	if (limit == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "swap is not counted for it");
	else if (!limit)
		pfnscope_found_none(f, "it may not swap: memory.swap.max is 0");
	else if (!is_limit(limit) || used == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "%s are used, without a limit", pfnscope_said_size(f, used));
	else
		pfnscope_found(f, &finding, "%s of %s%s", pfnscope_said_size(f, used),
			       pfnscope_said_size(f, limit), two ? "" : ", memory included");
}

static void look_group_zswap(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	int64_t used = pfnscope_memcg_number(g, g->name, "memory.zswap.current");
	int64_t limit = pfnscope_memcg_number(g, g->name, "memory.zswap.max");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(used, limit),
		.cure = "what does not fit goes to the swap device: pfnscope zswap",
	};

	if (!is_limit(limit) || used == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "it has no limit");
	else
		pfnscope_found(f, &finding, "%s of %s", pfnscope_said_size(f, used),
			       pfnscope_said_size(f, limit));
}

/* --- what happened to it --- */

/* Its counters begin when it is made, not when the machine does. */
static struct pfnscope_rate grew(const struct pfnscope_facts *facts,
				 const struct pfnscope_numbers *now,
				 const struct pfnscope_numbers *before, const char *name)
{
	struct pfnscope_rate rate = pfnscope_facts_grew(facts, now, before, name);

	if (rate.over == PFNSCOPE_OVER_UPTIME)
		rate.over = PFNSCOPE_OVER_LIFE;
	return rate;
}

static struct pfnscope_rate event_rate(const struct pfnscope_facts *facts,
				       const char *event)
{
	const struct pfnscope_memcg *g = facts->group;

	return grew(facts, &g->now.events, &g->before.events, event);
}

static void look_at_event(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			  const char *event, const char *words, const char *cure)
{
	struct pfnscope_rate rate = event_rate(facts, event);
	const struct pfnscope_finding finding = { .where = event, .cure = cure };

	if (rate.over != PFNSCOPE_OVER_NOTHING)
		pfnscope_found_rate(f, &rate, rate.count, &finding,
				    pfnscope_said(f, "%" PRId64 " %s%s", rate.count, words,
						  facts->group->now.local ? "" :
						  ", those of cgroups below it included,"));
}

static void look_events(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;

	look_at_event(facts, f, "low", "times it was reclaimed for in spite of memory.low",
		      "its protection does not hold: the check cgroup.protection");
	look_at_event(facts, f, "high", "times its tasks were slowed at memory.high", NULL);
	look_at_event(facts, f, "max", "times it was at memory.max", "pfnscope triage --cgroup G --all");
	look_at_event(facts, f, "sock_throttled", "times its sockets were slowed", NULL);
	if (g->version == 1) {
		const struct pfnscope_finding finding = {
			.where = "failcnt",
			.number = pfnscope_memcg_number(g, g->name, "memory.failcnt"),
			.most = PFNSCOPE_LEVEL_NOTE,
		};

		pfnscope_found(f, &finding, "times it was at its limit since it was made");
	}
	if (!f->found)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &g->now.events,
			"memory.events", "max"));
}

static void look_group_oom(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	struct pfnscope_rate rate = event_rate(facts, "oom_kill");
	int64_t kills = pfnscope_number(&g->now.events, "oom_kill");
	int64_t groups = pfnscope_number(&g->now.events, "oom_group_kill");
	const struct pfnscope_finding finding = {
		.number = kills,
		.judged = true,
		.level = pfnscope_number(&g->now.events, "under_oom") > 0 ? PFNSCOPE_LEVEL_CRIT :
			 rate.over == PFNSCOPE_OVER_INTERVAL && rate.count ? PFNSCOPE_LEVEL_WARN :
			 kills > 0 ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK,
		.cure = "dmesg | pfnscope oom -",
	};

	if (kills == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &g->now.events,
			"memory.events", "oom_kill"));
	else
		pfnscope_found(f, &finding, "tasks killed in it since it was made%s%s%s",
			       groups > 0 ? pfnscope_said(f, ", %" PRId64 " times all at once", groups) : "",
			       g->now.local || g->version == 1 ? "" : ", those of cgroups below it included",
			       finding.level == PFNSCOPE_LEVEL_CRIT ? "; one waits now, as its killer is off" : "");
}

/* --- what it waits for --- */

static void look_pressure(const struct pfnscope_facts *facts,
			  struct pfnscope_findings *f, const char *scope)
{
	const struct pfnscope_memcg *g = facts->group;

	if (g->version == 1)
		pfnscope_found_none(f, "cgroup v1 does not count it");
	else
		pfnscope_look_pressure(f, g->now.pressure, g->before.pressure, scope);
}

static void look_group_some(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	look_pressure(facts, f, "some");
}

static void look_group_full(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	look_pressure(facts, f, "full");
}

#define FEW	256

static void look_group_thrash(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	struct pfnscope_rate rate = grew(facts, &g->now.stat, &g->before.stat,
					 "workingset_refault*");
	int64_t file = pfnscope_plus(stat_of(g, "active_file", "total_active_file"),
				     stat_of(g, "inactive_file", "total_inactive_file"));
	int64_t each = pfnscope_rate_each(&rate, 10000);
	const struct pfnscope_finding finding = {
		.most = each != PFNSCOPE_MISSING && each < 10 * FEW ? PFNSCOPE_LEVEL_NOTE :
			PFNSCOPE_LEVEL_CRIT,
		.cure = "it needs more than it may have: raise its limit, or run less in it",
	};

	if (rate.over == PFNSCOPE_OVER_NOTHING || file == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &g->now.stat,
			"memory.stat", "workingset_refault"));
		return;
	}
	file /= facts->page_bytes;
	pfnscope_found_rate(f, &rate, pfnscope_permille(each, file < 1 ? 1 : file), &finding,
			    pfnscope_said(f, "%" PRId64 " pages were read back, %" PRId64
					  " are on its lists of files;", rate.count, file));
}

/* --- what it may keep --- */

static void look_protection_of(const struct pfnscope_facts *facts,
			       struct pfnscope_findings *f, const char *file)
{
	const struct pfnscope_memcg *g = facts->group;
	struct pfnscope_protection p;
	struct pfnscope_finding finding = {
		.where = file,
		.cure = "the cgroup above gives what it has itself: raise it there too",
	};

	pfnscope_memcg_protection(g, file, &p);
	finding.number = pfnscope_permille(p.effective, p.claimed);
	if (p.set > 0 && p.claimed > 0)
		pfnscope_found(f, &finding, "%s is set, it uses %s of that, and %s hold%s%s",
			       p.set == PFNSCOPE_UNLIMITED ? "max" : pfnscope_said_size(f, p.set),
			       pfnscope_said_size(f, p.claimed), pfnscope_said_size(f, p.effective),
			       p.by ? ": there is too little for all in " : "", p.by ? p.by : "");
	free(p.by);
}

static void look_protection(const struct pfnscope_facts *facts,
			    struct pfnscope_findings *f)
{
	if (facts->group->version == 1) {
		pfnscope_found_none(f, "cgroup v1 has none");
		return;
	}
	look_protection_of(facts, f, "memory.min");
	look_protection_of(facts, f, "memory.low");
	if (!f->found)
		pfnscope_found_none(f, "neither memory.min nor memory.low is set");
}

static void look_group_dying(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	const struct pfnscope_memcg *g = facts->group;
	struct pfnscope_numbers stat = { 0 };
	char *path = pfnscope_format("%s%s/cgroup.stat", g->top, g->name);
	struct pfnscope_finding finding = {
		.cure = "what pins them: pfnscope owners --kind dying_cgroup",
	};

	pfnscope_numbers_read(g->source, path, &stat);
	finding.number = pfnscope_number(&stat, "nr_dying_descendants");
	if (finding.number == PFNSCOPE_MISSING)
		pfnscope_found_none(f, "this hierarchy does not count them");
	else
		pfnscope_found(f, &finding, "cgroups below it were removed and are still there");
	pfnscope_numbers_clear(&stat);
	free(path);
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_memcg[] = {
	PFNSCOPE_CHECK("cgroup.holds", look_group_holds, BYTES, FROM, NO, NO, NO, R,
		       "a figure without a limit; kubelet evicts by the working set",
		       "memory.current, memory.stat; of v1 memory.usage_in_bytes",
		       "what is charged to it and to the cgroups below it"),
	PFNSCOPE_CHECK("cgroup.max", look_max, PERMILLE, FROM, NO, 900, 980, P,
		       "netdata 90 % and 98 %; a note where what cannot be reclaimed is less than that, as cache fills any limit",
		       "memory.current, memory.max; of v1 memory.limit_in_bytes; of it and of each cgroup above",
		       "what is charged, of the limit"),
	PFNSCOPE_CHECK("cgroup.high", look_high, PERMILLE, FROM, 900, 1000, NO, K,
		       "above memory.high tasks are slowed, and reclaim for it",
		       "memory.current, memory.high; of it and of each cgroup above",
		       "what is charged, of memory.high"),
	PFNSCOPE_CHECK("cgroup.swap", look_group_swap, PERMILLE, FROM, NO, 800, 900, P,
		       "atop 80 %, netdata 90 %, as for the machine",
		       "memory.swap.current, memory.swap.max; of v1 memory.memsw",
		       "swap it has, of what it may have"),
	PFNSCOPE_CHECK("cgroup.zswap", look_group_zswap, PERMILLE, FROM, 950, NO, NO, K,
		       "at memory.zswap.max its pages go to the swap device",
		       "memory.zswap.current, memory.zswap.max", "zswap it has, of what it may have"),
	PFNSCOPE_CHECK("cgroup.oom", look_group_oom, COUNT, FROM, 1, 1, NO, P,
		       "netdata and awesome-prometheus-alerts warn of any; a note where none was killed between the readings",
		       "memory.events.local, else memory.events; of v1 memory.oom_control",
		       "oom_kill, tasks killed in it"),
	PFNSCOPE_CHECK("cgroup.events", look_events, COUNT, FROM, 1, NO, NO, K,
		       "try_charge_memcg(): the kernel counts what it had to do",
		       "memory.events.local, else memory.events; of v1 memory.failcnt",
		       "times it was reclaimed in spite of memory.low, slowed, or at its limit"),
	PFNSCOPE_CHECK("cgroup.psi.some", look_group_some, PERMILLE, FROM, NO, 100, NO, P,
		       "systemd's protocol for services 10 %; rising as oomd wants it", "memory.pressure",
		       "time in which some task of it waited for memory, of the last 10 s"),
	PFNSCOPE_CHECK("cgroup.psi.full", look_group_full, PERMILLE, FROM, NO, 50, 400, P,
		       "GLib's warning 5 %, nohang 40 %, systemd-oomd kills at 60 %; rising as oomd wants it",
		       "memory.pressure",
		       "time in which all tasks of it waited for memory, of the last 10 s"),
	PFNSCOPE_CHECK("cgroup.thrash", look_group_thrash, PERMILLE, FROM, NO, 300, 1000, P,
		       "Android's lmkd: 30 % on phones with little memory, 100 % else; below 256 pages a second a note",
		       "memory.stat", "refaults in 10 s, of the pages on its lists of files"),
	PFNSCOPE_CHECK("cgroup.protection", look_protection, PERMILLE, BELOW_IT, 1000, NO, NO, K,
		       "effective_protection(): what is set for it holds as far as the cgroups above have it to give",
		       "memory.min, memory.low and memory.current of it, of those above and beside it",
		       "what holds of the protection it uses"),
	PFNSCOPE_CHECK("cgroup.dying", look_group_dying, COUNT, FROM, 10001, NO, NO, P,
		       "koordinator#1016 saw trouble from 10,000 on", "cgroup.stat",
		       "nr_dying_descendants"),
	PFNSCOPE_CHECKS_END
};
