// SPDX-License-Identifier: GPL-2.0-only
/* Who was chosen and who was killed; the two need not be the same. */
#include "oomlog/parts.h"

#include <string.h>

#include "base/array.h"

/**
 * pfnscope_oomlog_is_kill - does the line tell a death, not only a choice?
 * @line: a line about a victim
 *
 * Return: true for "Killed process".
 */
bool pfnscope_oomlog_is_kill(struct pfnscope_scan line)
{
	struct pfnscope_scan found;

	return pfnscope_scan_find(&line, "Killed process ", &found) ||
	       pfnscope_scan_find(&line, "OOM killed process ", &found);
}

/*
 * "(java) total-vm:", "((sd-pam)), UID 0, total-vm:", "UID 188, (haproxy) ...":
 * a name may hold brackets, so it ends at the last one before the figures.
 */
static void read_victim_comm(struct pfnscope_scan s, char *comm, size_t size)
{
	static const char *const ends[] = { " total-vm", " score ", " or " };
	const char *to;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct pfnscope_scan found;

		if (pfnscope_scan_find(&s, ends[i], &found))
			s.end = found.at;
	}
	if (!pfnscope_scan_after(&s, "("))
		return;
	for (to = s.end; to > s.at && to[-1] != ')'; to--)
		;
	if (to > s.at)
		pfnscope_scan_copy(s.at, to - 1, comm, size);
}

static void read_kb(struct pfnscope_scan s, const char *key, int64_t *value)
{
	if (pfnscope_scan_after(&s, key))
		pfnscope_scan_kb(&s, value);
}

static void read_victim(struct pfnscope_scan s,
			struct pfnscope_oom_victim *victim)
{
	if (!pfnscope_scan_number(&s, &victim->pid))
		return;
	read_victim_comm(s, victim->comm, sizeof(victim->comm));
	read_kb(s, "total-vm:", &victim->total_vm_kb);
	read_kb(s, "anon-rss:", &victim->anon_kb);
	read_kb(s, "file-rss:", &victim->file_kb);
	read_kb(s, "shmem-rss:", &victim->shmem_kb);
	if (!pfnscope_scan_value(s, "UID:", &victim->uid))
		pfnscope_scan_value(s, "UID ", &victim->uid);
	pfnscope_scan_value(s, "score ", &victim->score);
	pfnscope_scan_value(s, "oom_score_adj:", &victim->score_adj);
}

/* The first to die is the victim; a group dies with it, and names it again. */
static void killed(struct pfnscope_scan s, struct pfnscope_oom_report *report)
{
	int64_t pid;

	if (!report->killed_line) {
		read_victim(s, &report->killed);
		report->killed_line = report->killed.pid != PFNSCOPE_MISSING;
	} else if (report->group_killed != PFNSCOPE_MISSING &&
		   pfnscope_scan_number(&s, &pid)) {
		pfnscope_oom_report_group(report, pid);
	}
}

/* "OOM victim 12 (app) is already exiting. Skip killing the task": since 6.10. */
static void exiting(struct pfnscope_scan s, struct pfnscope_oom_report *report)
{
	struct pfnscope_scan end;

	if (report->killed_line)
		return;
	report->exiting = true;
	if (!pfnscope_scan_number(&s, &report->chosen.pid) || !pfnscope_scan_after(&s, "(") ||
	    !pfnscope_scan_find(&s, ") is already", &end))
		return;
	pfnscope_scan_copy(s.at, end.at, report->chosen.comm, sizeof(report->chosen.comm));
}

/*
 * "Out of memory in UB 4012: OOM killed process 91233 (php) score 0 vm:4kB, rss:4kB, swap:0kB":
 * a container of Virtuozzo and OpenVZ, whose limit is that of its beancounter.
 */
static void beancounter(struct pfnscope_scan line, struct pfnscope_scan s,
			struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_victim *victim = &report->killed;
	struct pfnscope_scan vm;

	if (pfnscope_scan_after(&line, "ut of memory in ") && pfnscope_scan_starts(&line, "UB ")) {
		report->memcg.seen = true;
		pfnscope_scan_word(&line, ":", report->memcg.path, sizeof(report->memcg.path));
	}
	read_kb(s, "vm:", &victim->total_vm_kb);
	if (pfnscope_scan_find(&s, " vm:", &vm))
		s.end = vm.at;
	killed(s, report);
}

/**
 * pfnscope_oomlog_kill - read "Killed process 1 (a) ..." or "Kill process ..."
 * @line: the line
 * @report: gets the victim, and whose limit it died of
 */
void pfnscope_oomlog_kill(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	struct pfnscope_scan s = line, found;

	if (pfnscope_scan_find(&line, "emory cgroup out of memory", &found))
		report->memcg.seen = true;
	if (pfnscope_scan_find(&line, "(oom_kill_allocating_task)", &found))
		report->allocating_task = true;
	if (pfnscope_scan_after(&s, "OOM victim "))
		exiting(s, report);
	else if (pfnscope_scan_after(&s, "OOM killed process "))
		beancounter(line, s, report);
	else if (pfnscope_scan_after(&s, "Killed process "))
		killed(s, report);
	else if (pfnscope_scan_after(&s, "ill process "))
		read_victim(s, &report->chosen);
}

/**
 * pfnscope_oomlog_group - read "Tasks in /a are going to be killed due to
 *	memory.oom.group set"
 * @line: the line, which only cgroup v2 has
 * @report: counts the deaths that follow
 */
void pfnscope_oomlog_group(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report)
{
	(void)line;
	report->memcg.version = 2;
	if (report->group_killed == PFNSCOPE_MISSING)
		report->group_killed = 0;
}

/**
 * pfnscope_oomlog_is_oom_panic - did the OOM killer end the machine?
 * @line: what the kernel said when it panicked
 *
 * Return: true for vm.panic_on_oom, and where no task could be killed.
 */
bool pfnscope_oomlog_is_oom_panic(struct pfnscope_scan line)
{
	struct pfnscope_scan found;

	return pfnscope_scan_find(&line, "ut of memory", &found) ||
	       pfnscope_scan_find(&line, "deadlocked on memory", &found);
}

/**
 * pfnscope_oomlog_panic - read "Kernel panic - not syncing: ..."
 * @line: the line
 * @report: gets what it says
 */
void pfnscope_oomlog_panic(struct pfnscope_scan line,
			   struct pfnscope_oom_report *report)
{
	if (!report->panicked && pfnscope_scan_after(&line, "syncing: "))
		pfnscope_scan_copy(line.at, line.end, report->panic,
				   sizeof(report->panic));
	report->panicked = true;
}

/**
 * pfnscope_oomlog_constraint - read "oom-kill:constraint=...,task=a,pid=1,uid=0"
 * @line: the line
 * @report: gets the constraint, the cgroup and the choice
 */
void pfnscope_oomlog_constraint(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	struct pfnscope_scan s = line, found;
	const char *comma = memrchr(line.at, ',', (size_t)(line.end - line.at));

	/* It ends with the uid: where that is not there, the last member may not be whole. */
	if (comma && !pfnscope_scan_has(line, ",uid="))
		line.end = comma;
	s = line;
	if (pfnscope_scan_after(&s, "constraint="))
		pfnscope_scan_word(&s, ", ", report->constraint,
				   sizeof(report->constraint));
	pfnscope_oomlog_cpuset(line, report);
	pfnscope_oomlog_memcg_paths(line, report);
	s = line;
	if (!pfnscope_scan_after(&s, ",task=") ||
	    !pfnscope_scan_find(&s, ",pid=", &found))
		return;
	pfnscope_scan_copy(s.at, found.at, report->chosen.comm,
			   sizeof(report->chosen.comm));
	pfnscope_scan_value(line, "pid=", &report->chosen.pid);
}
