// SPDX-License-Identifier: GPL-2.0-only
/* Who asked for what: the header line and the task line below it. */
#include "oomlog/parts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

/* A task's name has at most 15 bytes; more in front of it is other output. */
#define COMM_MAX	15

static void copy_comm(const char *from, const char *to, char *comm, size_t size)
{
	/* "kernel: ", or words of a program: no name has a colon with a blank behind it. */
	for (const char *at = from; at + 1 < to; at++)
		if (at[0] == ':' && at[1] == ' ')
			from = at + 2;
	while (to > from && to[-1] == ' ')
		to--;
	while (from < to && *from == ' ')
		from++;
	while (to - from > COMM_MAX) {
		const char *blank = memchr(from, ' ', (size_t)(to - from));

		from = blank ? blank + 1 : to - COMM_MAX;
	}
	pfnscope_scan_copy(from, to, comm, size);
}

/* "0-1,4": nodes; their list holds commas, and one ends it. */
static void copy_nodes(struct pfnscope_scan s, char *out, size_t size)
{
	const char *from = s.at;

	if (pfnscope_scan_skip(&s, "(null)")) {
		pfnscope_scan_copy(from, s.at, out, size);
		return;
	}
	while (s.at < s.end && (isdigit((unsigned char)*s.at) ||
				*s.at == '-' || *s.at == ','))
		s.at++;
	while (s.at > from && s.at[-1] == ',')
		s.at--;
	pfnscope_scan_copy(from, s.at, out, size);
}

/**
 * pfnscope_oomlog_cpuset - read nodemask=, cpuset= and mems_allowed=
 * @line: a line that may hold them
 * @report: takes what is there
 */
void pfnscope_oomlog_cpuset(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report)
{
	struct pfnscope_scan s = line;

	if (pfnscope_scan_after(&s, "nodemask="))
		copy_nodes(s, report->nodemask, sizeof(report->nodemask));
	s = line;
	if (pfnscope_scan_after(&s, "cpuset="))
		pfnscope_scan_word(&s, ", ", report->cpuset,
				   sizeof(report->cpuset));
	s = line;
	if (pfnscope_scan_after(&s, "mems_allowed="))
		copy_nodes(s, report->mems_allowed,
			   sizeof(report->mems_allowed));
}

/**
 * pfnscope_oomlog_gfp - read "gfp_mask=0xcc0(GFP_KERNEL)"
 * @line: a line with that, with "mode:0xcc0(...)" of warnings, "gfp=0xcc0"
 * @report: gets the mask and the names
 */
void pfnscope_oomlog_gfp(struct pfnscope_scan line,
			 struct pfnscope_oom_report *report)
{
	static const char *const keys[] = { "gfp_mask=", "mode:", "gfp=" };
	struct pfnscope_scan s = line;
	bool any = false;

	for (size_t i = 0; !any && i < ARRAY_SIZE(keys); i++)
		any = pfnscope_scan_after(&s, keys[i]);
	if (!any)
		return;
	pfnscope_scan_blanks(&s);
	/* Where a newline was lost, "0xd0" and "Backtrace:" are one word. */
	report->has_gfp = pfnscope_scan_hex(&s, &report->gfp_mask) &&
			  (pfnscope_scan_done(&s) || !isalnum((unsigned char)*s.at));
	if (pfnscope_scan_char(&s, '(') && pfnscope_scan_has(s, ")"))
		pfnscope_scan_word(&s, ") ", report->gfp_flags,
				   sizeof(report->gfp_flags));
}

/* A number beyond all orders is damage. */
static void limit_order(struct pfnscope_oom_report *report)
{
	if (report->order > PFNSCOPE_OOM_ORDERS || report->order < -1)
		report->order = PFNSCOPE_MISSING;
}

static void read_order(struct pfnscope_scan line,
		       struct pfnscope_oom_report *report)
{
	static const char *const keys[] = { "order=", "order:", "page order " };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (pfnscope_scan_value(line, keys[i], &report->order))
			break;
	limit_order(report);
}

/* "mode:0xcc0(GFP_KERNEL)" behind some words: what warn_alloc() prints. */
static bool mode_after(struct pfnscope_scan line, struct pfnscope_scan *mode)
{
	struct pfnscope_scan s = line;
	uint64_t mask;

	if (!pfnscope_scan_after(&s, " mode:"))
		return false;
	*mode = s;
	pfnscope_scan_blanks(&s);
	return pfnscope_scan_skip(&s, "0x") && pfnscope_scan_hex(&s, &mask);
}

/**
 * pfnscope_oomlog_is_header - is this "COMM: any text, mode:0xcc0(GFP_KERNEL)"?
 * @line: a line
 *
 * Callers of warn_alloc() choose the text. Up to 4.4 no names follow the mode,
 * and the text is about an allocation.
 *
 * Return: true if so.
 */
bool pfnscope_oomlog_is_header(struct pfnscope_scan line)
{
	struct pfnscope_scan mode, text, found;
	uint64_t mask;

	if (!mode_after(line, &mode))
		return false;
	text = line;
	text.end = mode.at;
	if (!pfnscope_scan_after(&text, ": "))
		return false;
	pfnscope_scan_hex(&mode, &mask);
	if (pfnscope_scan_char(&mode, '('))
		return pfnscope_scan_starts(&mode, "GFP_") ||
		       pfnscope_scan_starts(&mode, "__GFP_") ||
		       pfnscope_scan_starts(&mode, ")");
	return pfnscope_scan_find(&text, "alloc", &found);
}

/**
 * pfnscope_oomlog_vmalloc_size - how much was asked of vmalloc
 * @line: "... vmalloc: allocation failure: 4096 bytes", "..., allocated 1 of
 *	4096 bytes", "vmalloc error: size 4096, ..."
 * @failure: gets the size
 */
void pfnscope_oomlog_vmalloc_size(struct pfnscope_scan line,
				  struct pfnscope_oom_failure *failure)
{
	struct pfnscope_scan s;
	int64_t bytes;

	if (!pfnscope_scan_after(&line, "vmalloc"))
		return;
	failure->vmalloc_excess = pfnscope_scan_has(line, "exceeds total pages");
	failure->vmalloc_pages =
		pfnscope_scan_find(&line, "failed to allocate", &s) ||
		pfnscope_scan_find(&line, "failure, allocated ", &s);
	if (pfnscope_scan_value(line, "size ", &bytes) ||
	    pfnscope_scan_value(line, "size: ", &bytes)) {
		failure->vmalloc_bytes = bytes;
		return;
	}
	if (!pfnscope_scan_find(&line, " bytes", &s))
		return;
	line.end = s.at;
	while (line.at < line.end && line.end[-1] != ' ')
		line.end--;
	line.at = line.end;
	line.end = s.at;
	if (pfnscope_scan_number(&line, &bytes))
		failure->vmalloc_bytes = bytes;
}

/* "__alloc_pages: 3-order allocation failed (gfp=0x20/0)" of 2.4, which names no task. */
static bool read_old_failure(struct pfnscope_scan line, struct pfnscope_oom_report *report)
{
	struct pfnscope_scan order;

	if (!pfnscope_scan_find(&line, "-order allocation failed", &order))
		return false;
	while (order.at > line.at && isdigit((unsigned char)order.at[-1]))
		order.at--;
	pfnscope_scan_number(&order, &report->order);
	limit_order(report);
	report->kind = PFNSCOPE_OOM_ALLOC_FAILURE;
	memcpy(report->failure.what, "page", sizeof("page"));
	pfnscope_oomlog_gfp(line, report);
	return report->has_gfp;
}

/*
 * "XFS: tar(12) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x250)":
 * after each hundred tries. Up to 4.3 without the task.
 */
static bool read_deadlock(struct pfnscope_scan line, struct pfnscope_oom_report *report)
{
	struct pfnscope_scan task = line;

	if (!pfnscope_scan_find(&line, " possible memory allocation deadlock", &task))
		return false;
	task = (struct pfnscope_scan){ line.at, task.at };
	while (pfnscope_scan_after(&task, ": "))
		;
	if (pfnscope_scan_has(task, "(")) {
		pfnscope_scan_word(&task, "(", report->comm, sizeof(report->comm));
		pfnscope_scan_value(task, "(", &report->pid);
	}
	report->kind = PFNSCOPE_OOM_ALLOC_STALL;
	pfnscope_oomlog_gfp(line, report);
	return report->has_gfp;
}

/* "Allocation of length 65536 from process 47 (sh) failed" of a kernel without an MMU. */
static bool read_nommu(struct pfnscope_scan line, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;
	int64_t bytes;

	if (!pfnscope_scan_after(&line, "Allocation of length ") || !pfnscope_scan_number(&line, &bytes) ||
	    !pfnscope_scan_skip(&line, " from process ") || !pfnscope_scan_number(&line, &report->pid))
		return false;
	if (pfnscope_scan_after(&line, "("))
		pfnscope_scan_word(&line, ")", report->comm, sizeof(report->comm));
	report->kind = PFNSCOPE_OOM_ALLOC_FAILURE;
	snprintf(failure->what, sizeof(failure->what), "page");
	snprintf(failure->where, sizeof(failure->where), "%" PRId64 " bytes in one block", bytes);
	return true;
}

/* The text between name and mode says which allocator it was. */
static void read_failure(struct pfnscope_scan text,
			 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_failure *failure = &report->failure;
	const char *what = "";

	report->kind = PFNSCOPE_OOM_ALLOC_FAILURE;
	if (pfnscope_scan_has(text, "vmalloc")) {
		what = "vmalloc";
		pfnscope_oomlog_vmalloc_size(text, failure);
	} else if (pfnscope_scan_has(text, "page allocation")) {
		what = "page";
		if (pfnscope_scan_has(text, "allocation stall"))
			report->kind = PFNSCOPE_OOM_ALLOC_STALL;
	}
	strncpy(failure->what, what, sizeof(failure->what) - 1);
}

/* "COMM: text": a name has no colon with a blank behind it. */
static void read_asker(struct pfnscope_scan line,
		       struct pfnscope_oom_report *report)
{
	static const char *const texts[] = {
		" invoked oom-killer:", "oom-killer:",
		": page allocation failure", ": page allocation stall",
		": vmalloc", ": ",
	};
	struct pfnscope_scan found;

	/* The name is lost. */
	if (pfnscope_scan_starts(&line, "invoked oom-killer:") ||
	    pfnscope_scan_starts(&line, "page allocation "))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		if (!pfnscope_scan_find(&line, texts[i], &found))
			continue;
		copy_comm(line.at, found.at, report->comm,
			  sizeof(report->comm));
		return;
	}
}

/**
 * pfnscope_oomlog_header - read the line that begins a report
 * @line: the line
 * @report: a new report
 *
 * Return: false where the line only talks about such a report.
 */
bool pfnscope_oomlog_header(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report)
{
	if (read_old_failure(line, report) || read_deadlock(line, report) || read_nommu(line, report))
		return true;
	read_asker(line, report);
	if (pfnscope_scan_has(line, "oom-killer:"))
		report->kind = PFNSCOPE_OOM_GLOBAL;
	else
		read_failure(line, report);
	pfnscope_oomlog_gfp(line, report);
	read_order(line, report);
	report->forced = report->order == -1;
	pfnscope_oomlog_cpuset(line, report);
	pfnscope_scan_value(line, "oom_score_adj=", &report->score_adj);
	return report->has_gfp || report->order != PFNSCOPE_MISSING ||
	       report->failure.vmalloc_bytes != PFNSCOPE_MISSING;
}

/* "6.1.0-50-amd64 #1  Debian 6.1.176-1": the release names only the series. */
static void read_sources(struct pfnscope_scan s,
			 struct pfnscope_oom_report *report)
{
	char word[sizeof(report->era.release)];
	struct pfnscope_oom_era sources = { 0 };

	if (!pfnscope_scan_after(&s, " Debian "))
		return;
	pfnscope_scan_word(&s, " ", word, sizeof(word));
	pfnscope_oomlog_release(word, &sources);
	if (sources.version >> 8 == report->era.version >> 8)
		report->era.version = sources.version;
}

/* "Not tainted 5.0.4-zb64+ #1": the first word like a version behind it. */
static void read_release(struct pfnscope_scan s,
			 struct pfnscope_oom_report *report)
{
	char word[sizeof(report->era.release)];

	if (!pfnscope_scan_after(&s, "ainted"))
		return;
	while (!pfnscope_scan_done(&s)) {
		/* Who retyped or folded it may have lost the blank: "tainted2.6.32". */
		if (!isdigit((unsigned char)*s.at))
			s.at++;
		pfnscope_scan_blanks(&s);
		if (pfnscope_scan_starts(&s, "#"))
			return;
		/* i386 and ia64 up to 2.6.24: "(2.6.18-8.el5 #1)". */
		pfnscope_scan_char(&s, '(');
		pfnscope_scan_word(&s, " ", word, sizeof(word));
		if (!isdigit((unsigned char)*word) || !strchr(word, '.'))
			continue;
		pfnscope_oomlog_release(word, &report->era);
		read_sources(s, report);
		return;
	}
}

static void read_task_comm(struct pfnscope_scan s, char *comm, size_t size)
{
	static const char *const ends[] = {
		" Not tainted", " Tainted:", " Kdump:", " #",
	};
	const char *to;

	if (!pfnscope_scan_after(&s, "omm: "))
		return;
	to = s.end;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct pfnscope_scan found;

		if (pfnscope_scan_find(&s, ends[i], &found) && found.at < to)
			to = found.at;
	}
	if (to != s.end)
		copy_comm(s.at, to, comm, size);
}

static bool name_ends_in(const char *whole, const char *end)
{
	size_t size = strlen(whole), tail = strlen(end);

	return tail <= size && !strcmp(whole + size - tail, end);
}

/* A header may be damaged in front, or cut; else two names are two tasks. */
static bool is_another(const char *name, const char *header)
{
	return *name && *header && !name_ends_in(name, header) &&
	       !name_ends_in(header, name) &&
	       strncmp(name, header, strlen(name)) != 0 &&
	       strncmp(name, header, strlen(header)) != 0;
}

/**
 * pfnscope_oomlog_task - read "CPU: 1 PID: 2 Comm: x Not tainted 6.1.0 #1"
 * @line: the line
 * @report: gets pid and release, and the comm where the header is damaged;
 *	of another task, whose trace came in between, only the release
 */
void pfnscope_oomlog_task(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	char comm[sizeof(report->comm)] = "";

	/* "WARNING: CPU: 0 PID: 0 at mm/page_alloc.c:1" is none. */
	if (!pfnscope_scan_has(line, "omm: "))
		return;
	if (!report->era.release[0])
		read_release(line, report);
	read_task_comm(line, comm, sizeof(comm));
	if (report->pid != PFNSCOPE_MISSING || is_another(comm, report->comm))
		return;
	if (!pfnscope_scan_value(line, "PID: ", &report->pid))
		pfnscope_scan_value(line, "Pid: ", &report->pid);
	if (*comm)
		memcpy(report->comm, comm, sizeof(comm));
}
