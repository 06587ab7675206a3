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
#include "base/array.h"
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

/* What another allocator than that of pages was asked for. */
static void failure(const struct pfnscope_oom_report *report,
		    const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_failure *f = &report->failure;
	char size[48];

	if (f->vmalloc_bytes >= 0) {
		in_brackets(f->vmalloc_bytes / 1024, size, sizeof(size));
		pfnscope_wrap("  ", "    ", "vmalloc %s %" PRId64 " bytes%s",
			      f->vmalloc_pages ? "lacked pages: its message names" :
			      "was asked for", f->vmalloc_bytes, size);
	}
	if (!strcmp(f->what, "cma") && f->count >= 0) {
		in_brackets(pfnscope_times(f->count, answer->page_kb), size,
			    sizeof(size));
		pfnscope_wrap("  ", "    ", "CMA was asked for %" PRId64
			      " pages%s", f->count, size);
	}
	if (!strcmp(f->what, "cma") && f->got >= 0 && f->of >= 0)
		pfnscope_wrap("  ", "    ", "of its %" PRId64 " pages %" PRId64
			      " were free", f->of, f->got);
	if (!strcmp(f->what, "hugetlb") && f->count >= 0)
		pfnscope_wrap("  ", "    ", "%" PRId64 " huge pages of %s were "
			      "asked for", f->count,
			      pfnscope_oom_size(f->unit_kb, size,
						sizeof(size)));
	if (!strcmp(f->what, "hugetlb") && f->got >= 0)
		pfnscope_wrap("  ", "    ", "%" PRId64 " of them were made",
			      f->got);
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

static void charge(const char *name, const struct pfnscope_oom_charge *charge)
{
	char usage[32], limit[32], hit[48] = "";

	if (charge->usage_kb == PFNSCOPE_MISSING)
		return;
	if (charge->failcnt != PFNSCOPE_MISSING)
		snprintf(hit, sizeof(hit), ", hit %" PRId64 " time%s",
			 charge->failcnt, charge->failcnt == 1 ? "" : "s");
	pfnscope_wrap("    ", "      ", "%s: usage %s, %s%s%s", name,
		      pfnscope_oom_size(charge->usage_kb, usage, sizeof(usage)),
		      charge->unlimited ? "no limit" : "limit ",
		      charge->unlimited ? "" :
		      pfnscope_oom_size(charge->limit_kb, limit, sizeof(limit)),
		      hit);
}

/* The cgroup whose limit it was, and that of the victim: a pod, say. */
static void memcg(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_memcg *m = &report->memcg;

	if (!m->seen && !*m->path && !*m->task_path)
		return;
	if (*m->path || m->seen)
		pfnscope_wrap("  ", "    ", "%s %s", report->kind ==
			      PFNSCOPE_OOM_POLICY_KILL ? "Under pressure: cgroup"
			      : "Memory cgroup",
			      *m->path ? m->path : "that the log does not name");
	charge("memory", &m->memory);
	charge("swap", &m->swap);
	charge("memory and swap", &m->memsw);
	charge("kernel memory", &m->kmem);
	if (*m->task_path && strcmp(m->task_path, m->path))
		pfnscope_wrap("  ", "    ", "%s %s", report->kind ==
			      PFNSCOPE_OOM_POLICY_KILL ? "Killed: cgroup" :
			      "Cgroup of the victim:", m->task_path);
}

/* "Most" is more than half. */
static const char *how_much(int64_t kb, int64_t all)
{
	return kb > all / 2 ? "Most memory" : "The largest part of memory";
}

static void most(const struct pfnscope_oom_dominant *d)
{
	const char *part = how_much(d->most_kb, d->usable_kb);
	char size[32], total[48] = "", kb[32];

	pfnscope_oom_size(*d->most ? d->most_kb : d->largest_named_kb, size,
			  sizeof(size));
	if (d->usable_kb > 0)
		snprintf(total, sizeof(total), " of %s",
			 pfnscope_oom_size(d->usable_kb, kb, sizeof(kb)));
	if (!*d->most && *d->largest_named)
		pfnscope_wrap("  ", "    ", "The largest that the log names is "
			      "%s: %s. It lacks figures that could be larger.",
			      d->largest_named, size);
	else if (!strcmp(d->most, "free"))
		pfnscope_wrap("  ", "    ", "%s was free: %s%s", part, size,
			      total);
	else if (!strcmp(d->most, "unaccounted"))
		pfnscope_wrap("  ", "    ", "%s is in no counter: %s%s "
			      "unaccounted", part, size, total);
	else if (*d->most)
		pfnscope_wrap("  ", "    ", "%s was held by %s: %s%s", part,
			      d->most, size, total);
}

static void holder(const char *name, int64_t kb, int64_t least)
{
	char size[32];

	if (kb > least && kb > 0)
		pfnscope_wrap("    ", "      ", "%s %s", name,
			      pfnscope_oom_size(kb, size, sizeof(size)));
}

/* All that is worth a line: a fiftieth of the machine, or of the largest. */
static void holders(const struct pfnscope_oom_dominant *d)
{
	int64_t least = (d->usable_kb > 0 ? d->usable_kb :
			 d->largest_named_kb) / 50;

	for (int i = 0; i < PFNSCOPE_HOLD_UNACCOUNTED; i++)
		holder(pfnscope_oom_holder_name(i), d->hold[i], least);
	holder("unaccounted", d->unaccounted_kb, least);
	holder("free", d->free_kb, least);
	holder("mlocked, of unevictable:", d->mlocked_kb, least);
	holder("locked, of shmem: at least", d->locked_shmem_kb, least);
	holder("areas of CMA:", d->cma_kb, least);
	holder("free in CMA, for movable requests only:", d->free_cma_kb,
	       least);
}

/* What a cgroup's memory was, each part once; worth a line is a fiftieth. */
static void cgroup_holders(const struct pfnscope_oom_memcg *memcg)
{
	static const struct {
		const char *name;
		enum pfnscope_memcg_stat stat;
	} parts[] = {
		{ "anon", PFNSCOPE_MEMCG_ANON },
		{ "anon (rss)", PFNSCOPE_MEMCG_RSS },
		{ "file, shmem included:", PFNSCOPE_MEMCG_FILE },
		{ "page cache, shmem included:", PFNSCOPE_MEMCG_CACHE },
		{ "shmem", PFNSCOPE_MEMCG_SHMEM },
		{ "dirty", PFNSCOPE_MEMCG_FILE_DIRTY },
		{ "dirty", PFNSCOPE_MEMCG_DIRTY },
		{ "slab_reclaimable", PFNSCOPE_MEMCG_SLAB_RECLAIMABLE },
		{ "slab_unreclaimable", PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE },
		{ "kernel_stack", PFNSCOPE_MEMCG_KERNEL_STACK },
		{ "pagetables", PFNSCOPE_MEMCG_PAGETABLES },
		{ "percpu", PFNSCOPE_MEMCG_PERCPU },
		{ "sock", PFNSCOPE_MEMCG_SOCK },
		{ "vmalloc", PFNSCOPE_MEMCG_VMALLOC },
		{ "hugetlb", PFNSCOPE_MEMCG_HUGETLB },
		{ "zswap", PFNSCOPE_MEMCG_ZSWAP },
		{ "with children, rss:", PFNSCOPE_MEMCG_TOTAL_RSS },
		{ "with children, page cache:", PFNSCOPE_MEMCG_TOTAL_CACHE },
	};
	int64_t least = memcg->memory.usage_kb > 0 ?
			memcg->memory.usage_kb / 50 : 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		int64_t kb = memcg->stats[parts[i].stat];

		if (kb != PFNSCOPE_MISSING && !memcg->stats_in_kb)
			kb /= 1024;
		holder(parts[i].name, kb, least);
	}
}

static void held(const struct pfnscope_oom_memcg *memcg,
		 const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	char size[32];

	if (d->known) {
		most(d);
		if (*d->largest_named)
			holders(d);
	} else if (*d->category) {
		pfnscope_wrap("  ", "    ", "%s was held by %s: %s",
			      how_much(d->kb, memcg->memory.usage_kb),
			      d->category,
			      pfnscope_oom_size(d->kb, size, sizeof(size)));
		cgroup_holders(memcg);
	}
}

static void largest_slabs(const struct pfnscope_oom_report *report)
{
	char text[256] = "", size[32];
	size_t used = 0;

	for (size_t i = 0; i < 3 && i < report->nr_slabs; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
			"%s %s %s", i ? "," : "", report->slabs[i].name,
			pfnscope_oom_size(report->slabs[i].total_kb, size,
					  sizeof(size)));
	if (*text)
		pfnscope_wrap("  ", "    ", "Largest unreclaimable slab caches:"
			      "%s", text);
}

static void lines(const char *title, struct pfnscope_lines *lines)
{
	if (lines->count && title)
		say("  %s\n", title);
	for (size_t i = 0; i < lines->count; i++)
		pfnscope_wrap("    ", "    ", "%s", lines->line[i]);
	pfnscope_lines_clear(lines);
}

/* The table is sorted by what is resident. */
static void largest_tasks(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer)
{
	char text[256] = "", size[32];
	size_t used = 0;

	for (size_t i = 0; i < 3 && i < report->nr_tasks; i++) {
		const struct pfnscope_oom_task *task = &report->tasks[i];
		int64_t kb = pfnscope_times(task->rss_pages, answer->page_kb);

		if (task->rss_pages <= 0)
			break;
		if (kb == PFNSCOPE_MISSING)
			pfnscope_oom_pages(task->rss_pages, size, sizeof(size));
		else
			pfnscope_oom_size(kb, size, sizeof(size));
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s %s %s", i ? "," : "", task->comm,
					 size);
	}
	if (*text)
		pfnscope_wrap("  ", "    ", "Largest tasks:%s", text);
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
	pfnscope_wrap("  ", "    ", "%s %s (pid %" PRId64 ")%s%s",
		      report->killed_line ? "Killed:" : "Chosen as victim:",
		      *v->comm ? v->comm : "?", v->pid, own, by);
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
	memcg(report);
	held(&report->memcg, answer);
	largest_slabs(report);
	largest_tasks(report, answer);
	victim(report, answer);
	pfnscope_oom_why(report, answer, &why);
	lines("What it means:", &why);
	pfnscope_oom_advise(report, answer, &advice);
	lines("What to do:", &advice);
	pfnscope_oom_missing(report, answer, &missing);
	lines("Not in this log:", &missing);
	return 0;
}
