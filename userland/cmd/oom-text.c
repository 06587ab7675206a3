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
#include "base/checked.h"
#include "cmd/oom.h"
#include "oomlog/advice.h"
#include "oomlog/table.h"
#include "render/wrap.h"

#define say	pfnscope_render_text

static void heading(size_t number, const struct pfnscope_oom_report *report,
		    const struct pfnscope_oom_answer *answer)
{
	if (number > 1)
		say("\n");
	pfnscope_wrap("", "  ", "Report %zu, line %zu: %s%s", number,
		      report->first_line, pfnscope_oom_title(report, answer),
		      report->panicked ? ", and the kernel panicked" : "");
	if (report->stamp[0])
		pfnscope_wrap("  ", "    ", "at %s", report->stamp);
}

static void asked_for(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer, char *out,
		      size_t room)
{
	char size[32];
	int64_t kb;

	*out = '\0';
	if (report->order < 0)
		return;
	kb = pfnscope_times(answer->page_kb, INT64_C(1) << report->order);
	if (kb == PFNSCOPE_MISSING)
		snprintf(out, room, " asked for order %" PRId64, report->order);
	else
		snprintf(out, room, " asked for order %" PRId64
			 " (%s in one block)", report->order,
			 pfnscope_oom_size(kb, size, sizeof(size)));
}

/* "4M", or nothing where the size is not known. */
static void in_brackets(int64_t kb, char *out, size_t room)
{
	char size[32];

	*out = '\0';
	if (kb != PFNSCOPE_MISSING)
		snprintf(out, room, " (%s)",
			 pfnscope_oom_size(kb, size, sizeof(size)));
}

static void failed_vmalloc(const struct pfnscope_oom_failure *f)
{
	char size[48];

	if (f->vmalloc_bytes < 0)
		return;
	in_brackets(f->vmalloc_bytes / 1024, size, sizeof(size));
	pfnscope_wrap("  ", "    ", "vmalloc %s %" PRId64 " bytes%s",
		      f->vmalloc_pages ? "lacked pages: its message names" :
		      "was asked for", f->vmalloc_bytes, size);
}

static void failed_cma(const struct pfnscope_oom_failure *f, int64_t page_kb)
{
	char size[48];

	if (f->count >= 0) {
		in_brackets(pfnscope_times(f->count, page_kb), size,
			    sizeof(size));
		pfnscope_wrap("  ", "    ", "CMA was asked for %" PRId64
			      " pages%s", f->count, size);
	}
	if (f->got >= 0 && f->of >= 0)
		pfnscope_wrap("  ", "    ", "of its %" PRId64 " pages %" PRId64
			      " were free", f->of, f->got);
}

static void failed_hugetlb(const struct pfnscope_oom_failure *f)
{
	char size[48];

	if (f->count >= 0)
		pfnscope_wrap("  ", "    ", "%" PRId64 " huge pages of %s were "
			      "asked for", f->count,
			      pfnscope_oom_size(f->unit_kb, size,
						sizeof(size)));
	if (f->got >= 0)
		pfnscope_wrap("  ", "    ", "%" PRId64 " of them were made",
			      f->got);
}

/* What another allocator than that of pages was asked for. */
static void failure(const struct pfnscope_oom_report *report,
		    const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_failure *f = &report->failure;

	failed_vmalloc(f);
	if (!strcmp(f->what, "cma"))
		failed_cma(f, answer->page_kb);
	if (!strcmp(f->what, "hugetlb"))
		failed_hugetlb(f);
	if (*f->where)
		pfnscope_wrap("  ", "    ", "%s%s", !strcmp(f->what, "cma") ?
			      "area " : !strcmp(f->what, "slab") ?
			      "slab cache " : "", f->where);
	if (*f->memcg)
		pfnscope_wrap("  ", "    ", "of the cgroup %s", f->memcg);
}

static void gfp(const struct pfnscope_oom_report *report,
		const struct pfnscope_oom_answer *answer)
{
	char names[256];

	pfnscope_gfp_text(answer->request.gfp, names, sizeof(names));
	pfnscope_wrap("  ", "    ", "gfp 0x%" PRIx64 " %s", report->gfp_mask,
		      report->gfp_flags[0] ? report->gfp_flags :
		      *names ? names : "(no flags)");
	if (!answer->request.no_request)
		pfnscope_wrap("  ", "    ", "zones up to %s",
			      pfnscope_class_name(answer->preferred));
}

static void request(const struct pfnscope_oom_report *report,
		    const struct pfnscope_oom_answer *answer)
{
	char asked[96], pid[32] = "";

	if (report->pid != PFNSCOPE_MISSING)
		snprintf(pid, sizeof(pid), " (pid %" PRId64 ")", report->pid);
	asked_for(report, answer, asked, sizeof(asked));
	if (report->comm[0] || report->kind != PFNSCOPE_OOM_POLICY_KILL)
		pfnscope_wrap("  ", "    ", "%s%s%s", report->comm[0] ?
			      report->comm : "A task that the log does not "
			      "name", pid, asked);
	failure(report, answer);
	if (report->trace.caller[0])
		pfnscope_wrap("  ", "    ", "asked by %s", report->trace.caller);
	if (report->era.release[0])
		pfnscope_wrap("  ", "    ", "kernel %s", report->era.release);
	if (report->has_gfp)
		gfp(report, answer);
	if (report->panic[0])
		pfnscope_wrap("  ", "    ", "panic: %s", report->panic);
}

/* By how much a zone fails: sizes of large numbers hide what lies between them. */
static void zone_short(const struct pfnscope_oom_answer *answer,
		       const struct pfnscope_verdict *v)
{
	int64_t missing = pfnscope_verdict_shortage(v);
	int64_t unit = v->in_kb ? 1 : answer->page_kb;
	char size[32], pages[32];

	if (!missing || unit == PFNSCOPE_MISSING)
		return;
	pfnscope_oom_size(pfnscope_times(missing, unit), size, sizeof(size));
	pfnscope_oom_pages(missing, pages, sizeof(pages));
	if (v->in_kb)
		pfnscope_wrap("      ", "      ", "short by %s", size);
	else
		pfnscope_wrap("      ", "      ", "short by %s (%s)", pages, size);
}

static void zone_line(const struct pfnscope_oom_answer *answer,
		      const struct pfnscope_verdict *v)
{
	bool sized = !v->in_kb && answer->page_kb != PFNSCOPE_MISSING;
	char zone[40], reason[96], comparison[320];

	pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_reason_text(v, reason, sizeof(reason));
	pfnscope_verdict_comparison(v, sized ? answer->page_kb : 0, comparison,
				    sizeof(comparison));
	pfnscope_wrap("    ", "      ", "%s: %s", zone, reason);
	if (!*comparison)
		return;
	pfnscope_wrap("      ", "        ", "%s", comparison);
	zone_short(answer, v);
}

static void closed_zones(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer)
{
	struct pfnscope_oom_room room;
	char size[32];

	pfnscope_oom_room(report, answer, &room);
	if (*room.closed)
		pfnscope_wrap("    ", "      ", "Closed to this request: %s "
			      "(%s free)", room.closed,
			      pfnscope_oom_size(room.closed_free_kb, size,
						sizeof(size)));
}

static void zones(const struct pfnscope_oom_report *report,
		  const struct pfnscope_oom_answer *answer)
{
	if (report->kind == PFNSCOPE_OOM_MEMCG) {
		pfnscope_wrap("  ", "  ", pfnscope_oom_at_limit(&report->memcg) ?
			      "No zone was asked: the limit of the cgroup is "
			      "the reason." : "No zone was asked.");
		return;
	}
	if (!answer->nr_verdicts || answer->request.no_request)
		return;
	say("  What each zone says:\n");
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (answer->verdicts[i].reason != PFNSCOPE_REASON_NODE)
			zone_line(answer, &answer->verdicts[i]);
	closed_zones(report, answer);
	pfnscope_wrap("    ", "      ", "Watermark check of kernels %s",
		      answer->rules.name);
	if (answer->uncertain)
		pfnscope_wrap("    ", "    ", "This kernel does not print its "
			      "highatomic reserve, which may change the answer.");
}

static void lines(const char *title, struct pfnscope_lines *lines)
{
	if (lines->count && title)
		say("  %s\n", title);
	for (size_t i = 0; i < lines->count; i++)
		pfnscope_wrap("    ", "    ", "%s", lines->line[i]);
	pfnscope_lines_clear(lines);
}

static void victim(const struct pfnscope_oom_report *report,
		   const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_victim *v = &report->killed;
	struct pfnscope_lines sense = { 0 };
	char size[32], own[64] = "", by[48] = "";

	if (v->pid == PFNSCOPE_MISSING) {
		if (report->no_killable)
			say("  Nobody was killed: there was no killable task.\n");
		else if (report->killer[0])
			pfnscope_wrap("  ", "    ", "Killed by %s",
				      report->killer);
		return;
	}
	if (v->anon_kb != PFNSCOPE_MISSING)
		snprintf(own, sizeof(own), ", which had %s of anonymous memory",
			 pfnscope_oom_size(v->anon_kb, size, sizeof(size)));
	if (report->killer[0])
		snprintf(by, sizeof(by), ", by %s", report->killer);
	pfnscope_wrap("  ", "    ", "%s %s (pid %" PRId64 ")%s%s%s",
		      report->killed_line ? "Killed:" : "Chosen as victim:",
		      *v->comm ? v->comm : "?", v->pid, own, by,
		      report->exiting ? ", which was exiting already: nobody was killed" : "");
	pfnscope_oom_sense(report, answer, &sense);
	lines(NULL, &sense);
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
	struct pfnscope_lines why = { 0 }, advice = { 0 }, missing = { 0 };

	(void)format;
	(void)error;
	heading(number, report, answer);
	request(report, answer);
	zones(report, answer);
	pfnscope_oom_held_text(report, answer);
	victim(report, answer);
	pfnscope_oom_why(report, answer, &why);
	lines("What it means:", &why);
	pfnscope_oom_advise(report, answer, &advice);
	lines("What to do:", &advice);
	pfnscope_oom_missing(report, answer, &missing);
	lines("Not in this log:", &missing);
	return 0;
}
