// SPDX-License-Identifier: GPL-2.0-only
/* The lines of a memory cgroup that reached its limit. */
#include "base/checked.h"
#include "oomlog/parts.h"

#include <ctype.h>
#include <string.h>

#define NAME(more, upper, lower, flags, help) [PFNSCOPE_MEMCG_##upper] = #lower,

static const char *const stat_names[PFNSCOPE_MEMCG_STATS] = {
	PFNSCOPE_MEMCG_STAT_LIST(NAME, )
};

static void set_path(struct pfnscope_scan s, const char *stop, char *path,
		     size_t size)
{
	if (!*path)
		pfnscope_scan_word(&s, stop, path, size);
}

static bool is_path(struct pfnscope_scan s, const char *path)
{
	return pfnscope_scan_skip(&s, path) && pfnscope_scan_done(&s);
}

static bool is_known(const struct pfnscope_oom_charge *charge)
{
	return charge->usage_kb != PFNSCOPE_MISSING;
}

/*
 * Without a limit the kernel prints the largest number of pages that a long
 * holds, in kB; before page counters, bytes of the same; a 32-bit one 2^33 less one page.
 */
static bool is_unlimited(int64_t kb)
{
	return kb >= INT64_C(1) << 50 || kb == INT64_C(2147483647) * 4;
}

static void read_charge(struct pfnscope_scan line,
			struct pfnscope_oom_charge *charge)
{
	struct pfnscope_scan s = line, usage = line;

	if (is_known(charge))
		return;
	if (pfnscope_scan_after(&usage, "usage "))
		pfnscope_scan_kb(&usage, &charge->usage_kb);
	pfnscope_scan_value(line, "failcnt ", &charge->failcnt);
	if (pfnscope_scan_after(&s, "limit ")) {
		struct pfnscope_scan digits = s;

		/* 2^64 bytes in kB has 17 digits, more are damage. */
		if (!pfnscope_scan_kb(&s, &charge->limit_kb))
			charge->unlimited = pfnscope_scan_digits(&digits) > 18 ||
					    pfnscope_scan_starts(&s, "max");
	}
	if (charge->limit_kb != PFNSCOPE_MISSING &&
	    is_unlimited(charge->limit_kb)) {
		charge->limit_kb = PFNSCOPE_MISSING;
		charge->unlimited = true;
	}
}

/**
 * pfnscope_oomlog_memcg_usage - read "memory: usage 4kB, limit 4kB, failcnt 0"
 * @line: the line, of memory, swap or kernel memory
 * @report: gets the numbers; "swap:" is of cgroup v2, the others of v1
 */
void pfnscope_oomlog_memcg_usage(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	memcg->seen = true;
	if (pfnscope_scan_skip(&line, "memory: ")) {
		read_charge(line, &memcg->memory);
	} else if (pfnscope_scan_skip(&line, "memory+swap: ")) {
		read_charge(line, &memcg->memsw);
		memcg->version = 1;
	} else if (pfnscope_scan_skip(&line, "kmem: ")) {
		read_charge(line, &memcg->kmem);
		memcg->version = 1;
	} else if (pfnscope_scan_skip(&line, "swap: ")) {
		read_charge(line, &memcg->swap);
		memcg->version = 2;
	}
}

static void take_stat(struct pfnscope_oom_memcg *memcg, const char *name,
		      size_t size, int64_t value)
{
	for (size_t i = 0; i < PFNSCOPE_MEMCG_STATS; i++) {
		if (strlen(stat_names[i]) != size || memcmp(stat_names[i], name, size) != 0)
			continue;
		if (memcg->summing)
			memcg->below[i] = pfnscope_plus(memcg->below[i], value);
		else if (memcg->stats[i] == PFNSCOPE_MISSING)
			memcg->stats[i] = value;
	}
}

/**
 * pfnscope_oomlog_is_stat - is this a line of memory.stat?
 * @line: "anon 4096"
 *
 * Return: true for the names that are kept.
 */
bool pfnscope_oomlog_is_stat(struct pfnscope_scan line)
{
	char name[32];

	pfnscope_scan_word(&line, " ", name, sizeof(name));
	for (size_t i = 0; i < PFNSCOPE_MEMCG_STATS; i++)
		if (!strcmp(stat_names[i], name))
			return true;
	return false;
}

/* "cache:840KB rss:0KB" of cgroup v1, "anon 0 file 0" of later kernels */
static void read_stats(struct pfnscope_scan s, struct pfnscope_oom_memcg *memcg)
{
	while (!pfnscope_scan_done(&s)) {
		const char *name;
		size_t size;
		int64_t value;
		bool colon;

		pfnscope_scan_blanks(&s);
		name = s.at;
		while (s.at < s.end && (isalnum((unsigned char)*s.at) ||
					*s.at == '_'))
			s.at++;
		size = (size_t)(s.at - name);
		colon = pfnscope_scan_char(&s, ':');
		if (!colon && !pfnscope_scan_skip(&s, " ")) {
			if (!pfnscope_scan_done(&s))
				s.at++;
			continue;
		}
		if (!pfnscope_scan_number(&s, &value))
			continue;
		if (pfnscope_scan_skip(&s, "KB"))
			memcg->stats_in_kb = true;
		take_stat(memcg, name, size, value);
	}
}

/**
 * pfnscope_oomlog_memcg_stats - read "Memory cgroup stats for /x: ..."
 * @line: the line; up to 4.18 a hierarchy has more of them, the first is the
 *	culprit's, and each is without those below it
 * @report: gets path and statistics
 */
void pfnscope_oomlog_memcg_stats(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	memcg->seen = true;
	if (pfnscope_scan_after(&line, " for ")) {
		struct pfnscope_scan path = line;

		/* A path may hold a colon: the one that ends it has a blank. */
		while (line.at < line.end && *line.at != ' ')
			line.at++;
		path.end = line.at - (line.at > path.at && line.at[-1] == ':');
		set_path(path, " ", memcg->path, sizeof(memcg->path));
		memcg->summing = memcg->stats_in_kb && !is_path(path, memcg->path);
	} else if (!pfnscope_scan_after(&line, ":")) {
		return;
	}
	read_stats(line, memcg);
	memcg->summing = false;
}

/**
 * pfnscope_oomlog_memcg_stat - read "anon 4096"
 * @line: one line of memory.stat
 * @report: gets it where it is one of those kept
 */
void pfnscope_oomlog_memcg_stat(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	read_stats(line, &report->memcg);
}

/**
 * pfnscope_oomlog_memcg_task - read "Task in /a killed as a result of limit of /b"
 * @line: the line, which only cgroup v1 prints
 * @report: gets the cgroup of the victim, and the one whose limit it was
 */
void pfnscope_oomlog_memcg_task(struct pfnscope_scan line,
				struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	/* The head of the line may be cut off. */
	if (pfnscope_scan_skip(&line, "Task in ") || pfnscope_scan_starts(&line, "/"))
		set_path(line, " ", memcg->task_path, sizeof(memcg->task_path));
	if (!pfnscope_scan_after(&line, "limit of "))
		return;
	memcg->seen = true;
	memcg->version = 1;
	set_path(line, " ", memcg->path, sizeof(memcg->path));
}

/**
 * pfnscope_oomlog_memcg_paths - read "oom_memcg=/a,task_memcg=/b" of a choice
 * @line: the line
 * @report: gets both
 */
void pfnscope_oomlog_memcg_paths(struct pfnscope_scan line,
				 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;
	struct pfnscope_scan s = line;

	if (pfnscope_scan_after(&s, "oom_memcg=")) {
		memcg->seen = true;
		set_path(s, ", ", memcg->path, sizeof(memcg->path));
	}
	s = line;
	if (pfnscope_scan_after(&s, "task_memcg="))
		set_path(s, ", ", memcg->task_path, sizeof(memcg->task_path));
}
