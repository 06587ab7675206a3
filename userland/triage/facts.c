// SPDX-License-Identifier: GPL-2.0-only
/* Reads what the checks of a host are made from. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/digits.h"
#include "source/blocks.h"
#include "source/counters.h"
#include "source/limits.h"
#include "source/origin.h"
#include "source/snapshot.h"
#include "source/system.h"
#include "source/words.h"
#include "triage/facts.h"
#include "triage/memcg.h"
#include "triage/task.h"
#include "triage/worst.h"
#include "view/about.h"
#include "view/incidents.h"
#include "view/latency.h"
#include "view/pcp.h"
#include "view/reclaim.h"
#include "view/zones.h"

/* "100.99" as 100990. */
static int64_t uptime_ms(const struct pfnscope_source *source)
{
	char *word = pfnscope_word_of_first_line(source, "proc/uptime", 0);
	char *dot = word ? strchr(word, '.') : NULL;
	int64_t ms = PFNSCOPE_MISSING;
	uint64_t seconds, hundredths;

	if (dot && strlen(dot + 1) == 2 &&
	    !pfnscope_digits(word, (size_t)(dot - word), &seconds) &&
	    !pfnscope_digits(dot + 1, 2, &hundredths) && seconds <= UINT32_MAX)
		ms = (int64_t)(seconds * 1000 + hundredths * 10);
	free(word);
	return ms;
}

static void make_machine(const struct pfnscope_source *source,
			 const struct pfnscope_table *blocks,
			 struct pfnscope_reading *r)
{
	const struct pfnscope_request request = { .node = 0, .cpu = PFNSCOPE_MISSING };
	struct pfnscope_system system;

	pfnscope_system_read(source, &system);
	if (pfnscope_machine_make(&r->snapshot, blocks,
				  pfnscope_release_version(system.version), NULL,
				  &request, &r->machine))
		return;
	pfnscope_free_cma_read(source, &r->machine);
	pfnscope_zones_settle_cma(pfnscope_snapshot_table(&r->snapshot,
							  &pfnscope_view_zones),
				  &r->machine);
	pfnscope_limits_read(source, &r->machine.limits);
}

static int read_facts_of(const struct pfnscope_source *source,
			 const struct pfnscope_table *blocks, struct pfnscope_reading *r,
			 struct pfnscope_error *error)
{
	static const struct pfnscope_view *const views[] = {
		&pfnscope_view_about, &pfnscope_view_zones, &pfnscope_view_reclaim,
		&pfnscope_view_pcp, NULL,
	};

	r->uptime_ms = uptime_ms(source);
	pfnscope_numbers_read(source, "proc/vmstat", &r->vmstat);
	pfnscope_numbers_read(source, "proc/meminfo", &r->meminfo);
	r->pressure = pfnscope_pressure_read(source);
	r->there = true;
	if (pfnscope_view_read_file(source, &pfnscope_view_latency, "latency", &r->latency,
				    error) ||
	    pfnscope_snapshot_read(source, views, &r->snapshot, error))
		return -1;
	make_machine(source, blocks, r);
	return 0;
}

static void wait_for(int64_t ms)
{
	struct timespec left = {
		.tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000,
	};

	while (nanosleep(&left, &left))
		;
}

static int read_before_interval(const struct pfnscope_source *source,
				const struct pfnscope_source *before, int64_t interval_ms,
				const struct pfnscope_subject *subject,
				struct pfnscope_facts *facts, struct pfnscope_error *error)
{
	struct pfnscope_memcg *group = subject->group;
	struct pfnscope_task *task = subject->task;
	bool two = before || (pfnscope_source_is_live(source) && interval_ms);

	if (two && group)
		pfnscope_memcg_read(before ? before : source, group, &group->before);
	if (two && task)
		pfnscope_task_faults(before ? before : source, task->pid,
				     &task->minor[0], &task->major[0]);
	if (before)
		return read_facts_of(before, NULL, &facts->before, error);
	if (!pfnscope_source_is_live(source) || !interval_ms)
		return 0;
	if (read_facts_of(source, NULL, &facts->before, error))
		return -1;
	wait_for(interval_ms);
	return 0;
}

int pfnscope_facts_read(const struct pfnscope_source *source,
			const struct pfnscope_source *before, int64_t interval_ms,
			const struct pfnscope_subject *subject, struct pfnscope_facts *facts,
			struct pfnscope_error *error)
{
	struct pfnscope_origin origin = { 0 };

	facts->source = source;
	facts->group = subject->group;
	facts->task = subject->task;
	if (read_before_interval(source, before, interval_ms, subject, facts, error) ||
	    pfnscope_blocks_read(source, &facts->blocks, error) ||
	    read_facts_of(source, facts->blocks, &facts->now, error) ||
	    pfnscope_view_read_file(source, &pfnscope_view_incidents,
				    "incidents/list", &facts->incidents, error))
		return -1;
	if (subject->group)
		pfnscope_memcg_read(source, subject->group, &subject->group->now);
	if (subject->task)
		pfnscope_task_faults(source, subject->task->pid, &subject->task->minor[1],
				     &subject->task->major[1]);
	pfnscope_origin_read(source, &origin);
	facts->taken_at = origin.taken_at;
	facts->page_bytes = (int64_t)facts->now.snapshot.page_size_bytes;
	facts->ram = pfnscope_facts_meminfo(facts, "MemTotal");
	/* Kernels before 4.19 do not add the pools up. */
	if (pfnscope_facts_meminfo(facts, "Hugetlb") > 0)
		facts->ram = pfnscope_minus(facts->ram,
					    pfnscope_facts_meminfo(facts, "Hugetlb"));
	return 0;
}

static void clear_reading(struct pfnscope_reading *r)
{
	if (!r->there)
		return;
	pfnscope_numbers_clear(&r->meminfo);
	pfnscope_numbers_clear(&r->vmstat);
	pfnscope_table_free(r->pressure);
	pfnscope_table_free(r->latency);
	pfnscope_machine_clear(&r->machine);
	pfnscope_snapshot_clear(&r->snapshot);
}

void pfnscope_facts_clear(struct pfnscope_facts *facts)
{
	clear_reading(&facts->now);
	clear_reading(&facts->before);
	pfnscope_table_free(facts->blocks);
	pfnscope_table_free(facts->incidents);
}

/* --- rates --- */

static int64_t counter(const struct pfnscope_numbers *vmstat, const char *name)
{
	size_t length = strlen(name);
	int64_t sum;
	char *prefix;

	if (name[length - 1] != '*')
		return pfnscope_number(vmstat, name);
	prefix = pfnscope_strndup(name, length - 1);
	sum = pfnscope_numbers_sum(vmstat, prefix);
	free(prefix);
	return sum;
}

/* A counter that is behind where it was is of another boot, or of another cgroup. */
struct pfnscope_rate pfnscope_facts_grew(const struct pfnscope_facts *facts,
					 const struct pfnscope_numbers *now,
					 const struct pfnscope_numbers *before,
					 const char *name)
{
	int64_t count = counter(now, name), was = counter(before, name);
	int64_t ms = pfnscope_minus(facts->now.uptime_ms, facts->before.uptime_ms);

	if (count == PFNSCOPE_MISSING)
		return (struct pfnscope_rate){ .over = PFNSCOPE_OVER_NOTHING };
	if (facts->before.there && ms > 0 && was != PFNSCOPE_MISSING && was <= count)
		return (struct pfnscope_rate){ PFNSCOPE_OVER_INTERVAL, count - was, ms };
	ms = facts->now.uptime_ms;
	return (struct pfnscope_rate){ ms > 0 ? PFNSCOPE_OVER_UPTIME :
				       PFNSCOPE_OVER_UNKNOWN, count, ms };
}

struct pfnscope_rate pfnscope_facts_rate(const struct pfnscope_facts *facts,
					 const char *name)
{
	return pfnscope_facts_grew(facts, &facts->now.vmstat, &facts->before.vmstat, name);
}

int64_t pfnscope_rate_each(const struct pfnscope_rate *rate, int64_t ms)
{
	int64_t scaled = pfnscope_times(rate->count, ms);

	return rate->over == PFNSCOPE_OVER_NOTHING || scaled == PFNSCOPE_MISSING ||
	       rate->ms <= 0 ? PFNSCOPE_MISSING : scaled / rate->ms;
}

struct pfnscope_rate pfnscope_rate_plus(struct pfnscope_rate a,
					struct pfnscope_rate b)
{
	if (a.over == PFNSCOPE_OVER_NOTHING)
		return b;
	if (b.over != PFNSCOPE_OVER_NOTHING)
		a.count = pfnscope_plus(a.count, b.count);
	return a;
}

/* --- sizes --- */

int64_t pfnscope_facts_meminfo(const struct pfnscope_facts *facts, const char *name)
{
	return pfnscope_number(&facts->now.meminfo, name);
}

int64_t pfnscope_facts_pages(const struct pfnscope_facts *facts, const char *name)
{
	return pfnscope_times(pfnscope_number(&facts->now.vmstat, name),
			      facts->page_bytes);
}

int64_t pfnscope_permille(int64_t part, int64_t whole)
{
	int64_t scaled = pfnscope_times(part, 1000);

	return scaled == PFNSCOPE_MISSING || whole <= 0 ? PFNSCOPE_MISSING :
	       scaled / whole;
}
