// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranks all processes as select_bad_process() of mm/oom_kill.c does. Who competes and what the total is depends
 * on where memory runs out, as constrained_alloc() and oom_cpuset_eligible() have it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/nodes.h"
#include "allocator/plan.h"
#include "base/alloc.h"
#include "base/digits.h"
#include "base/release.h"
#include "source/asking.h"
#include "source/numbers.h"
#include "source/redact.h"
#include "source/snapshot.h"
#include "source/system.h"
#include "triage/task.h"
#include "triage/victims.h"
#include "view/zones.h"

const struct pfnscope_view pfnscope_view_next = PFNSCOPE_VIEW(NEXT, "next");

/* Where oom_score is 0 though the score is nowhere near that: oom_badness() said LONG_MIN. */
#define SURELY_SHOWN	10

struct ranking {
	const struct pfnscope_source *source;
	const struct pfnscope_victims_ask *ask;
	struct pfnscope_victims *victims;
	int64_t page_bytes;
	int64_t swap;		/* of the machine, pages */
	int64_t machine;	/* its memory and swap */
	int64_t total;		/* of those who compete */
	unsigned int version;
	bool whole;		/* threads of the kernel are seen: this is no container */
};

static int64_t sysctl(const struct ranking *r, const char *name)
{
	char *path = pfnscope_format("proc/sys/vm/%s", name);
	int64_t number = pfnscope_number_in(r->source, path);

	free(path);
	return number;
}

/* --- the total --- */

static int64_t bytes_pages(const struct ranking *r, int64_t bytes)
{
	return bytes == PFNSCOPE_MISSING || bytes == PFNSCOPE_UNLIMITED ?
	       PFNSCOPE_MISSING : bytes / r->page_bytes;
}

/* What a cgroup of version 2 may have in swap; of version 1 memory and swap have one limit. */
static int64_t swap_limit(const struct ranking *r, int64_t limit)
{
	const struct pfnscope_memcg *group = r->ask->group;
	int64_t both;

	if (group->version == 2)
		return bytes_pages(r, pfnscope_memcg_number(group, group->name, "memory.swap.max"));
	both = bytes_pages(r, pfnscope_memcg_number(group, group->name,
						    "memory.memsw.limit_in_bytes"));
	return pfnscope_minus(both, limit);
}

static int64_t limit_of(const struct ranking *r)
{
	return bytes_pages(r, pfnscope_memcg_limit(r->ask->group, r->ask->group->name));
}

static int64_t total_of_group(const struct ranking *r)
{
	const struct pfnscope_memcg *group = r->ask->group;
	int64_t limit = limit_of(r);
	int64_t swappiness = group->version == 2 ? sysctl(r, "swappiness") :
			     pfnscope_memcg_number(group, group->name, "memory.swappiness");

	if (limit == PFNSCOPE_MISSING)
		return r->machine;
	return pfnscope_badness_of_limit(limit, swappiness ? swap_limit(r, limit) : 0,
					 r->swap);
}

static void add_present(const struct ZONES_table *zones, uint64_t nodes, int64_t *total)
{
	uint64_t node, pages;

	for (size_t row = 0; row < zones->all.nr_rows; row++)
		if (pfnscope_table_number(CELL(zones, row, ZONES_node), &node) && node < 64 &&
		    (nodes & (UINT64_C(1) << node)) &&
		    pfnscope_table_number(CELL(zones, row, ZONES_present_pages), &pages))
			*total = pfnscope_plus(*total, (int64_t)pages);
}

static uint64_t nodes_asked(const struct pfnscope_victims_ask *ask)
{
	return ask->policy ? ask->policy : ask->cpuset;
}

static int find_totals(struct ranking *r, struct pfnscope_error *error)
{
	const struct pfnscope_view *const views[] = { &pfnscope_view_zones, NULL };
	struct pfnscope_numbers meminfo = { 0 };
	struct pfnscope_snapshot snapshot = { 0 };

	if (pfnscope_snapshot_read(r->source, views, &snapshot, error))
		return -1;
	r->page_bytes = (int64_t)snapshot.page_size_bytes;
	r->victims->page_bytes = snapshot.page_size_bytes;
	pfnscope_numbers_read(r->source, "proc/meminfo", &meminfo);
	r->swap = bytes_pages(r, pfnscope_number(&meminfo, "SwapTotal"));
	r->machine = pfnscope_plus(bytes_pages(r, pfnscope_number(&meminfo, "MemTotal")),
				   r->swap);
	r->total = r->machine;
	if (r->ask->group) {
		r->total = total_of_group(r);
	} else if (nodes_asked(r->ask)) {
		r->total = r->swap;
		add_present(ZONES_IN(&snapshot), nodes_asked(r->ask), &r->total);
	}
	pfnscope_numbers_clear(&meminfo);
	pfnscope_snapshot_clear(&snapshot);
	return 0;
}

/* --- who competes --- */

static bool is_within(const char *cgroup, const char *above)
{
	size_t length = strlen(above);

	if (!strcmp(above, "/"))
		return true;
	return cgroup && !strncmp(cgroup, above, length) &&
	       (!cgroup[length] || cgroup[length] == '/');
}

/*
 * A policy that binds, or, up to 5.13, one by which nodes take turns (b26e517a058b): mempolicy_in_oom_domain() and
 * what was before it.
 */
static bool is_bound_elsewhere(const struct ranking *r, const struct pfnscope_candidate *task)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_request request = { .cpu = PFNSCOPE_MISSING };
	struct pfnscope_policy policy;
	const char *list;

	if (pfnscope_task_read(r->source, task->pid, &request, &policy, &error))
		return false;
	list = strchr(policy.text, ':');
	if (!strncmp(policy.text, "bind", strlen("bind")))
		return policy.nodes && !(policy.nodes & r->ask->policy);
	return r->version && r->version < PFNSCOPE_KERNEL(5, 14, 0) && list &&
	       !strncmp(policy.text, "interleave", strlen("interleave")) &&
	       !(pfnscope_node_bits(list + 1) & r->ask->policy);
}

/* Why it has no business with these nodes, or NULL. */
static const char *elsewhere(const struct ranking *r, const struct pfnscope_candidate *task)
{
	if (r->ask->group)
		return NULL;
	if (r->ask->policy)
		return is_bound_elsewhere(r, task) ?
		       "its memory policy binds it to other nodes" : NULL;
	return r->ask->cpuset && task->mems && !(task->mems & r->ask->cpuset) ?
	       "its cpuset has none of these nodes" : NULL;
}

/*
 * The kernel itself shows whom oom_badness() refuses, which nothing else in /proc tells: in the middle of vfork(), or
 * reaped already; and whether the first process that is seen is init.
 */
static const char *refused(const struct ranking *r, const struct pfnscope_candidate *task)
{
	int64_t score = pfnscope_badness_score(&task->badness, r->machine, r->version);

	if (task->shown || r->version < PFNSCOPE_KERNEL(5, 9, 0) ||
	    pfnscope_badness_shown(score, r->machine) < SURELY_SHOWN)
		return NULL;
	if (task->pid == 1)
		return "init is never killed";
	return task->killed ? "it was killed, and its memory was taken already" :
			      "it shares the memory of its parent until it calls exec: vfork()";
}

static const char *passed(const struct ranking *r, const struct pfnscope_candidate *task)
{
	const char *why;

	if (task->pid == 1 && r->whole)
		return "init is never killed";
	if (!task->memory)
		return task->ended ? "it has ended, and has no memory" :
				     "a thread of the kernel, without memory of its own";
	why = elsewhere(r, task);
	if (why)
		return why;
	if (task->badness.adj == PFNSCOPE_ADJ_NEVER)
		return "oom_score_adj is -1000";
	return refused(r, task);
}

/* Of two that score the same the later one is taken, as the list is walked to its end. */
static int compare(const void *a, const void *b)
{
	const struct pfnscope_candidate *one = a, *other = b;

	if (!one->passed != !other->passed)
		return one->passed ? 1 : -1;
	if (!one->passed && one->score != other->score)
		return one->score < other->score ? 1 : -1;
	if (one->pid == other->pid)
		return 0;
	return (one->pid < other->pid) == !one->passed ? 1 : -1;
}

static void keep_candidate(struct ranking *r, const struct pfnscope_candidate *task)
{
	struct pfnscope_victims *v = r->victims;

	if (!(v->count & (v->count - 1)))
		v->tasks = pfnscope_realloc(v->tasks, v->count ? 2 * v->count : 1,
					    sizeof(*v->tasks));
	v->tasks[v->count++] = *task;
}

static void read_tasks(struct ranking *r)
{
	char **names = pfnscope_source_list(r->source, "proc");
	struct pfnscope_candidate task;
	uint64_t pid;

	for (char **name = names; *name; name++) {
		if (pfnscope_digits(*name, strlen(*name), &pid) ||
		    !pfnscope_candidate_read(r->source, pid, r->page_bytes, &task))
			continue;
		r->whole |= pid == 2 && !task.memory;
		if (r->ask->group && !is_within(task.cgroup, r->ask->group->name))
			pfnscope_candidate_clear(&task);
		else
			keep_candidate(r, &task);
	}
	pfnscope_source_list_free(names);
}

static void rank(struct ranking *r)
{
	struct pfnscope_victims *v = r->victims;

	for (size_t i = 0; i < v->count; i++) {
		struct pfnscope_candidate *task = &v->tasks[i];

		task->passed = passed(r, task);
		task->score = pfnscope_badness_score(&task->badness, r->total, r->version);
		task->untold = !task->passed && task->score == PFNSCOPE_MISSING;
		if (task->untold)
			task->passed = "its score cannot be told: the total is not known";
		v->candidates += !task->passed;
	}
	if (v->count)
		qsort(v->tasks, v->count, sizeof(*v->tasks), compare);
}

/* --- who dies along --- */

/* Its cgroup, or, where that was not recorded, the next one above it. */
static bool find_group(const struct ranking *r, const struct pfnscope_candidate *task,
		       struct pfnscope_memcg *group)
{
	char *name = task->cgroup ? pfnscope_strdup(task->cgroup) : NULL, *above;
	bool found = false;

	for (; name && !found; name = above) {
		struct pfnscope_error error = { 0 };

		found = !pfnscope_memcg_find(r->source, name, group, &error);
		above = found ? NULL : pfnscope_memcg_above(name);
		free(name);
	}
	return found;
}

/* The highest cgroup of the victim with memory.oom.group, up to the one at its limit; to be freed. */
static char *oom_group(const struct ranking *r, const struct pfnscope_candidate *victim)
{
	const char *top = r->ask->group ? r->ask->group->name : "/";
	struct pfnscope_memcg group = { 0 };
	char *found = NULL, *name, *above;

	if (!find_group(r, victim, &group))
		return NULL;
	for (name = pfnscope_strdup(group.name); name; name = above) {
		if (group.version == 2 &&
		    pfnscope_memcg_number(&group, name, "memory.oom.group") == 1) {
			free(found);
			found = pfnscope_strdup(name);
		}
		above = strcmp(name, top) ? pfnscope_memcg_above(name) : NULL;
		free(name);
	}
	pfnscope_memcg_clear(&group);
	return found;
}

static void say_along(struct ranking *r, const char *group, size_t count)
{
	const struct pfnscope_key *key = pfnscope_source_redaction(r->source);
	char *hidden = key ? pfnscope_redact_cgroup(key, group) : NULL;

	pfnscope_lines_add(&r->victims->lines, "memory.oom.group of %s: %zu more die with the victim",
			   hidden ? hidden : group, count);
	free(hidden);
}

static void mark_along(struct ranking *r)
{
	struct pfnscope_victims *v = r->victims;
	char *group = v->candidates ? oom_group(r, &v->tasks[0]) : NULL;
	size_t count = 0;

	for (size_t i = 1; group && i < v->count; i++) {
		struct pfnscope_candidate *task = &v->tasks[i];

		task->along = task->memory && task->badness.adj != PFNSCOPE_ADJ_NEVER &&
			      !(task->pid == 1 && r->whole) && is_within(task->cgroup, group);
		count += task->along;
	}
	if (group)
		say_along(r, group, count);
	free(group);
}

/* --- the table --- */

static void set_sizes(const struct ranking *r, const struct pfnscope_candidate *task,
		      struct pfnscope_value *row)
{
	struct NEXT_table *table = NEXT_FROM(r->victims->table);
	struct pfnscope_numbers rollup = { 0 };
	char *path = pfnscope_format("proc/%" PRIu64 "/smaps_rollup", task->pid);

	pfnscope_numbers_pick(r->source, path, &rollup);
	pfnscope_table_set_known(CELL(table, row, NEXT_pss_bytes), pfnscope_number(&rollup, "Pss"));
	pfnscope_table_set_known(CELL(table, row, NEXT_pss_shmem_bytes),
				 pfnscope_number(&rollup, "Pss_Shmem"));
	pfnscope_numbers_clear(&rollup);
	free(path);
}

static const char *fate_of(const struct pfnscope_candidate *task, size_t place)
{
	if (task->along)
		return "along";
	return task->passed ? "passed" : place == 1 ? "victim" : "candidate";
}

static const char *why_of(const struct pfnscope_candidate *task)
{
	if (task->along)
		return "it is in the memory.oom.group of the victim";
	if (task->passed)
		return task->passed;
	return task->killed ? "it is being killed: where the OOM killer did that, it waits for this one" :
			      NULL;
}

static void set_score(const struct ranking *r, const struct pfnscope_candidate *task,
		      size_t place, struct pfnscope_value *row)
{
	struct NEXT_table *table = NEXT_FROM(r->victims->table);

	if (!task->passed) {
		pfnscope_table_set_number(CELL(table, row, NEXT_place), place);
		pfnscope_table_set_signed(CELL(table, row, NEXT_score), task->score);
		pfnscope_table_set_signed(CELL(table, row, NEXT_added_score),
					  pfnscope_badness_added(&task->badness, r->total));
	}
	pfnscope_table_set_known(CELL(table, row, NEXT_rss_pages), task->badness.rss);
	pfnscope_table_set_known(CELL(table, row, NEXT_swap_pages), task->badness.swap);
	pfnscope_table_set_known(CELL(table, row, NEXT_pgtables_pages), task->badness.tables);
	pfnscope_table_set_known(CELL(table, row, NEXT_total_pages), r->total);
	if (task->badness.adj != PFNSCOPE_MISSING)
		pfnscope_table_set_signed(CELL(table, row, NEXT_oom_score_adj), task->badness.adj);
}

static void add_victim_row(const struct ranking *r, size_t i)
{
	const struct pfnscope_candidate *task = &r->victims->tasks[i];
	struct NEXT_table *table = NEXT_FROM(r->victims->table);
	struct pfnscope_value *row = pfnscope_table_add(&table->all);

	pfnscope_table_set_number(CELL(table, row, NEXT_pid), task->pid);
	pfnscope_table_set_string(CELL(table, row, NEXT_comm), task->comm);
	pfnscope_table_set_string(CELL(table, row, NEXT_fate), fate_of(task, i + 1));
	set_score(r, task, i + 1, row);
	if (task->cgroup)
		pfnscope_table_set_string(CELL(table, row, NEXT_cgroup), task->cgroup);
	if (why_of(task))
		pfnscope_table_set_string(CELL(table, row, NEXT_why), why_of(task));
	if (task->along || (!task->passed && i < r->ask->sizes))
		set_sizes(r, task, row);
}

/* --- what may make it another one --- */

static void say_nodes(struct ranking *r)
{
	struct pfnscope_lines *lines = &r->victims->lines;
	char nodes[128];

	pfnscope_nodes_text(nodes_asked(r->ask), nodes, sizeof(nodes));
	pfnscope_lines_add(lines, "total %" PRId64 " pages: nodes %s, and swap", r->total, nodes);
}

/* Of version 1 a cgroup may be told to let its tasks wait. */
static bool never_kills(const struct pfnscope_memcg *group)
{
	struct pfnscope_numbers control = { 0 };
	char *path = pfnscope_format("%s%s/memory.oom_control", group->top, group->name);
	bool never;

	pfnscope_numbers_pick(group->source, path, &control);
	never = group->version == 1 && pfnscope_number(&control, "oom_kill_disable") == 1;
	pfnscope_numbers_clear(&control);
	free(path);
	return never;
}

static void say_group(struct ranking *r)
{
	struct pfnscope_lines *lines = &r->victims->lines;
	const struct pfnscope_memcg *group = r->ask->group;

	if (limit_of(r) == PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "neither %s nor a cgroup above it has a limit: memory runs out in the machine, where these compete with all others",
				   group->name);
	else
		pfnscope_lines_add(lines, "total %" PRId64 " pages: the limit of %s, and what it may swap",
				   r->total, group->name);
	if (never_kills(group))
		pfnscope_lines_add(lines, "memory.oom_control: nobody is killed, tasks wait");
}

static void say_total(struct ranking *r)
{
	if (r->ask->group)
		say_group(r);
	else if (nodes_asked(r->ask))
		say_nodes(r);
	else if (r->total != PFNSCOPE_MISSING)
		pfnscope_lines_add(&r->victims->lines,
				   "total %" PRId64 " pages: memory and swap of the machine", r->total);
	else
		pfnscope_lines_add(&r->victims->lines, "the total is not known: no /proc/meminfo");
}

static void say_settings(struct ranking *r)
{
	struct pfnscope_lines *lines = &r->victims->lines;
	int64_t panic = sysctl(r, "panic_on_oom");

	if (!r->ask->group && sysctl(r, "oom_kill_allocating_task") > 0)
		pfnscope_lines_add(lines, "vm.oom_kill_allocating_task: whoever asks is killed, not the first one here");
	if (panic > 1 || (panic == 1 && !r->ask->group && !nodes_asked(r->ask)))
		pfnscope_lines_add(lines, "vm.panic_on_oom: the kernel panics, and nobody is killed");
	if (!r->whole && r->victims->count)
		pfnscope_lines_add(lines, "no thread of the kernel is seen: inside a container there are others, and its first process may be killed");
}

int pfnscope_victims_read(const struct pfnscope_source *source,
			  const struct pfnscope_victims_ask *ask,
			  struct pfnscope_victims *victims, struct pfnscope_error *error)
{
	struct pfnscope_system system;
	struct ranking r = { .source = source, .ask = ask, .victims = victims };

	*victims = (struct pfnscope_victims){ .table = pfnscope_table_new(&pfnscope_view_next) };
	pfnscope_system_read(source, &system);
	r.version = pfnscope_release_version(system.version);
	if (find_totals(&r, error))
		return -1;
	read_tasks(&r);
	rank(&r);
	say_total(&r);
	mark_along(&r);
	say_settings(&r);
	for (size_t i = 0; i < victims->count; i++)
		add_victim_row(&r, i);
	if (pfnscope_source_redaction(source))
		pfnscope_redact_rows(pfnscope_source_redaction(source), victims->table);
	if (!victims->count && !ask->group)
		pfnscope_table_limit(victims->table, PFNSCOPE_TABLE_ABSENT,
				     "no processes in /proc");
	return 0;
}

void pfnscope_victims_clear(struct pfnscope_victims *victims)
{
	for (size_t i = 0; i < victims->count; i++)
		pfnscope_candidate_clear(&victims->tasks[i]);
	free(victims->tasks);
	pfnscope_table_free(victims->table);
	pfnscope_lines_clear(&victims->lines);
}
