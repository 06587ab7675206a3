// SPDX-License-Identifier: GPL-2.0-only
/*
 * One report for people: what was asked, why no zone gave it, what held the
 * memory, who died, what to do, what the log does not tell.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "cmd/oom.h"
#include "oomlog/advice.h"
#include "oomlog/table.h"

#define say	pfnscope_render_text

/* Lines are for a screen of 80 columns, in a pager or in a mail. */
#define WIDTH	78

static void wrapped(const char *indent, const char *text)
{
	size_t room = WIDTH - strlen(indent);

	while (*text) {
		size_t length = strlen(text), cut = length;

		if (length > room)
			for (cut = room; cut && text[cut] != ' '; cut--)
				;
		if (!cut)
			cut = strcspn(text, " ");
		say("%s%.*s\n", indent, (int)cut, text);
		text += cut;
		text += strspn(text, " ");
	}
}

/* "12.5 GiB (13107200 kB)" would be noise below a MiB. */
static const char *size_text(int64_t kb, char *out, size_t size)
{
	if (kb == PFNSCOPE_MISSING)
		snprintf(out, size, "?");
	else if (kb >= 10 * 1024 * 1024)
		snprintf(out, size, "%.1f GiB", (double)kb / 1048576);
	else if (kb >= 10 * 1024)
		snprintf(out, size, "%.1f MiB", (double)kb / 1024);
	else
		snprintf(out, size, "%" PRId64 " kB", kb);
	return out;
}

static void heading(size_t number, const struct pfnscope_oom_report *report)
{
	static const char *const titles[] = {
		[PFNSCOPE_OOM_UNKNOWN] = "a dump of memory without a request",
		[PFNSCOPE_OOM_GLOBAL] = "the machine was out of memory",
		[PFNSCOPE_OOM_MEMCG] = "a memory cgroup was at its limit",
		[PFNSCOPE_OOM_ALLOC_FAILURE] = "an allocation failed",
		[PFNSCOPE_OOM_ALLOC_STALL] = "an allocation took long",
		[PFNSCOPE_OOM_POLICY_KILL] = "a policy killed, not the kernel's OOM killer",
	};

	say("%sReport %zu, line %zu: %s\n", number > 1 ? "\n" : "", number,
	    report->first_line, titles[report->kind]);
}

static void asked_for(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer)
{
	char size[32] = "";

	if (report->order == PFNSCOPE_MISSING)
		return;
	if (report->order < 0) {
		say(" forced by SysRq-F, not by a request");
		return;
	}
	if (answer->page_kb != PFNSCOPE_MISSING)
		size_text(answer->page_kb << report->order, size, sizeof(size));
	say(" asked for order %" PRId64 "%s%s%s", report->order,
	    *size ? " (" : "", size, *size ? " in one block)" : "");
}

static void request(const struct pfnscope_oom_report *report,
		    const struct pfnscope_oom_answer *answer)
{
	char names[256];

	if (report->comm[0])
		say("  %s", report->comm);
	else
		say("  A task that the log does not name");
	if (report->pid != PFNSCOPE_MISSING)
		say(" (pid %" PRId64 ")", report->pid);
	asked_for(report, answer);
	say("\n");
	if (report->era.release[0])
		say("  kernel %s\n", report->era.release);
	if (!report->has_gfp)
		return;
	pfnscope_gfp_text(answer->request.gfp, names, sizeof(names));
	say("  gfp 0x%" PRIx64 " %s\n  zones up to %s\n", report->gfp_mask,
	    report->gfp_flags[0] ? report->gfp_flags :
	    *names ? names : "(no flags)",
	    pfnscope_class_name(answer->preferred));
}

static int64_t short_of(const struct pfnscope_verdict *v)
{
	if (!v->checked || (v->reason != PFNSCOPE_REASON_BELOW_MIN &&
			    v->reason != PFNSCOPE_REASON_RESERVE))
		return PFNSCOPE_MISSING;
	return v->terms.right - v->terms.left + 1;
}

static void zone_line(const struct pfnscope_oom_answer *answer,
		      const struct pfnscope_verdict *v)
{
	char zone[40], reason[96], inequality[224], size[32];
	int64_t missing = short_of(v);

	pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_reason_text(v, reason, sizeof(reason));
	pfnscope_verdict_inequality(v, inequality, sizeof(inequality));
	say("    %s: %s\n", zone, reason);
	if (!*inequality)
		return;
	say("      %s", inequality);
	say("\n");
	if (missing != PFNSCOPE_MISSING)
		say("      %" PRId64 " pages (%s) short\n", missing,
		    size_text(missing * answer->page_kb, size, sizeof(size)));
}

static void zones(const struct pfnscope_oom_report *report,
		  const struct pfnscope_oom_answer *answer)
{
	if (report->kind == PFNSCOPE_OOM_MEMCG) {
		say("  No zone was asked: the limit of the cgroup is the "
		    "reason.\n");
		return;
	}
	if (!answer->nr_verdicts)
		return;
	say("  What each zone says, in pages\n");
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		zone_line(answer, &answer->verdicts[i]);
	say("    By the rules of its kernel:\n");
	wrapped("      ", answer->rules.name);
	if (answer->uncertain)
		wrapped("    ", "This kernel does not print its highatomic "
			"reserve, which may turn the answer.");
}

static void memcg(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_memcg *m = &report->memcg;
	char usage[32], limit[32];

	if (report->kind != PFNSCOPE_OOM_MEMCG)
		return;
	say("  Memory cgroup %s: usage %s, limit %s", *m->path ? m->path : "?",
	    size_text(m->memory.usage_kb, usage, sizeof(usage)),
	    m->memory.unlimited ? "none" :
	    size_text(m->memory.limit_kb, limit, sizeof(limit)));
	if (m->memory.failcnt != PFNSCOPE_MISSING)
		say(", hit %" PRId64 " times", m->memory.failcnt);
	say("\n");
}

static void held(const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	char size[32], total[32];

	if (!*d->category)
		return;
	say("  Most memory was held by %s: %s", d->category,
	    size_text(d->kb, size, sizeof(size)));
	if (d->known && d->usable_kb > 0)
		say(" of %s", size_text(d->usable_kb, total, sizeof(total)));
	say("\n");
	for (int i = 0; d->known && i < PFNSCOPE_HOLDERS; i++) {
		if (d->hold[i] <= d->usable_kb / 50)
			continue;
		say("    %s %s\n", pfnscope_oom_holder_name(i),
		    size_text(d->hold[i], size, sizeof(size)));
	}
}

static void largest_slabs(const struct pfnscope_oom_report *report)
{
	char size[32];

	if (!report->nr_slabs)
		return;
	say("  Largest unreclaimable slab caches:");
	for (size_t i = 0; i < 3 && i < report->nr_slabs; i++)
		say("%s %s %s", i ? "," : "", report->slabs[i].name,
		    size_text(report->slabs[i].total_kb, size, sizeof(size)));
	say("\n");
}

static void victim(const struct pfnscope_oom_report *report,
		   const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_victim *v = &report->killed;
	char size[32], sense[256];

	if (v->pid == PFNSCOPE_MISSING) {
		if (report->no_killable)
			say("  Nobody was killed: no task could be.\n");
		return;
	}
	say("  %s %s (pid %" PRId64 ")", report->killed_line ? "Killed:" :
	    "Chosen to be killed:", *v->comm ? v->comm : "?", v->pid);
	if (v->anon_kb != PFNSCOPE_MISSING)
		say(", which held %s of its own",
		    size_text(v->anon_kb, size, sizeof(size)));
	say("\n");
	pfnscope_oom_sense(report, answer->page_kb, sense, sizeof(sense));
	if (*sense)
		wrapped("    ", sense);
}

static void lines(const char *title, struct pfnscope_lines *lines)
{
	if (lines->count)
		say("  %s\n", title);
	for (size_t i = 0; i < lines->count; i++)
		wrapped("    ", lines->line[i]);
	pfnscope_lines_clear(lines);
}

/**
 * pfnscope_oom_text - a report for people
 * @format: as for every table
 * @number: which report of the log
 * @report: the report
 * @answer: its answer
 * @error: where failures go
 *
 * Return: 0 or -1.
 */
int pfnscope_oom_text(const struct pfnscope_format *format, size_t number,
		      const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer,
		      struct pfnscope_error *error)
{
	struct pfnscope_lines advice = { 0 }, missing = { 0 };

	(void)format;
	(void)error;
	heading(number, report);
	request(report, answer);
	zones(report, answer);
	memcg(report);
	held(answer);
	largest_slabs(report);
	victim(report, answer);
	pfnscope_oom_advise(report, answer, &advice);
	lines("What to do:", &advice);
	pfnscope_oom_missing(report, answer, &missing);
	lines("Not in this log:", &missing);
	return 0;
}
