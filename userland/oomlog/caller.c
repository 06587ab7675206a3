// SPDX-License-Identifier: GPL-2.0-only
/* What the trace of a report tells: who asked, and which failure it was. */
#include "oomlog/parts.h"
#include "oomlog/trace.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

/*
 * A trace that something else printed, a soft lockup or an oops, does not
 * begin with these functions, so it tells nothing.
 */
static bool is_of_allocation(const struct pfnscope_oom_trace *trace)
{
	return trace->allocator || trace->warn || trace->oom || trace->memcg;
}

static void set_caller(const struct pfnscope_frame *frame, char *out,
		       size_t size)
{
	char name[80], module[40];

	pfnscope_scan_copy(frame->name.at, frame->name.end, name, sizeof(name));
	pfnscope_scan_copy(frame->module.at, frame->module.end, module,
			   sizeof(module));
	snprintf(out, size, *module ? "%s [%s]" : "%s", name, module);
}

/* The first function below warn_alloc() is of the allocator that gave up. */
static const char *gave_up(struct pfnscope_scan name)
{
	if (pfnscope_scan_starts(&name, "__alloc_page") || pfnscope_scan_starts(&name, "__alloc_frozen"))
		return "page";
	if (pfnscope_scan_starts(&name, "__vmalloc") || pfnscope_scan_starts(&name, "vmalloc"))
		return "vmalloc";
	return "";
}

static bool is_of_pages(struct pfnscope_scan name)
{
	static const char *const names[] = { "__get_free_page", "get_zeroed_page", "alloc_page", "__alloc_page" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (pfnscope_scan_starts(&name, names[i]))
			return true;
	return false;
}

static void take_frame(const struct pfnscope_frame *frame,
		       struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_trace *trace = &report->trace;

	switch (pfnscope_frame_class(frame->name)) {
	case PFNSCOPE_FRAME_DUMP:
		break;
	case PFNSCOPE_FRAME_WARN:
		trace->warn = true;
		break;
	case PFNSCOPE_FRAME_OOM:
		trace->oom = true;
		break;
	case PFNSCOPE_FRAME_MEMCG:
		trace->memcg = true;
		break;
	case PFNSCOPE_FRAME_ALLOCATOR:
		if (!trace->allocator && trace->warn)
			snprintf(trace->what, sizeof(trace->what), "%s", gave_up(frame->name));
		trace->allocator = true;
		trace->pages = is_of_pages(frame->name);
		break;
	case PFNSCOPE_FRAME_OTHER:
		trace->ended = true;
		if (is_of_allocation(trace))
			set_caller(frame, trace->caller, sizeof(trace->caller));
		break;
	}
}

/*
 * Nothing is between two functions of the page allocator that call one another: old
 * kernels printed all words of the stack that look like code, and this one was left over.
 */
static bool is_left_over(const struct pfnscope_frame *frame, const struct pfnscope_oom_trace *trace)
{
	return trace->just_ended && trace->pages && is_of_pages(frame->name);
}

/* A policy in BPF stands between two functions of the OOM killer. */
static void resume(const struct pfnscope_frame *frame,
		   struct pfnscope_oom_trace *trace)
{
	if (!trace->ended || !trace->oom || trace->allocator || trace->memcg ||
	    pfnscope_frame_class(frame->name) == PFNSCOPE_FRAME_OTHER)
		return;
	trace->ended = false;
	*trace->caller = '\0';
}

/* SysRq-F goes through a work item, SysRq-M prints from the handler. */
static bool is_sysrq(struct pfnscope_scan name)
{
	return pfnscope_scan_starts(&name, "moom_callback") ||
	       pfnscope_scan_starts(&name, "sysrq_handle_moom") ||
	       pfnscope_scan_starts(&name, "sysrq_handle_showmem");
}

/* Entries and interrupts of x86 have names of their own. */
static bool is_of_x86(struct pfnscope_scan name)
{
	static const char *const names[] = {
		"entry_SYSCALL_", "do_syscall_64", "x64_sys_call", "__x64_sys_", "system_call_fastpath",
		"asm_exc_", "asm_sysvec_", "apic_timer_interrupt",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (pfnscope_scan_starts(&name, names[i]))
			return true;
	return false;
}

/**
 * pfnscope_oomlog_frames - read the frames of one line of a trace
 * @line: the line
 * @report: gets who asked
 */
void pfnscope_oomlog_frames(struct pfnscope_scan line,
			    struct pfnscope_oom_report *report)
{
	struct pfnscope_frame frame;

	while (pfnscope_frame_next(&line, &frame)) {
		report->era.x86 |= is_of_x86(frame.name);
		if (!frame.reliable)
			continue;
		report->forced |= is_sysrq(frame.name);
		resume(&frame, &report->trace);
		if (report->trace.ended && is_left_over(&frame, &report->trace)) {
			report->trace.ended = false;
			*report->trace.caller = '\0';
		}
		report->trace.just_ended = !report->trace.ended;
		if (!report->trace.ended)
			take_frame(&frame, report);
		report->trace.just_ended &= report->trace.ended;
	}
}

/**
 * pfnscope_oomlog_is_verdict - does a frame say that an allocation failed?
 * @line: the line
 *
 * Return: true for the functions that print a report.
 */
bool pfnscope_oomlog_is_verdict(struct pfnscope_scan line)
{
	struct pfnscope_frame frame;

	if (!pfnscope_frame_next(&line, &frame) || !frame.reliable)
		return false;
	switch (pfnscope_frame_class(frame.name)) {
	case PFNSCOPE_FRAME_WARN:
	case PFNSCOPE_FRAME_OOM:
	case PFNSCOPE_FRAME_MEMCG:
		return true;
	default:
		return false;
	}
}

/**
 * pfnscope_oomlog_trace - a trace begins
 * @report: a trace of something else before it is forgotten
 */
void pfnscope_oomlog_trace(struct pfnscope_oom_report *report)
{
	if (!*report->trace.caller)
		report->trace.ended = false;
}

/**
 * pfnscope_oomlog_trace_kind - what a report without a header is
 * @report: the report
 *
 * Return: the kind, PFNSCOPE_OOM_UNKNOWN where the trace does not tell.
 */
enum pfnscope_oom_kind
pfnscope_oomlog_trace_kind(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_trace *trace = &report->trace;

	if (trace->memcg)
		return PFNSCOPE_OOM_MEMCG;
	if (trace->oom)
		return PFNSCOPE_OOM_GLOBAL;
	return trace->warn ? PFNSCOPE_OOM_ALLOC_FAILURE : PFNSCOPE_OOM_UNKNOWN;
}

/**
 * pfnscope_oomlog_cut - a line was cut at its end
 * @kind: of the line, which was read as far as it goes
 * @settled: who asked was known, or not to be known, before it
 * @report: counts it
 *
 * Who asked may be in the frame that was cut, or its module behind it.
 */
void pfnscope_oomlog_cut(enum pfnscope_line_kind kind, bool settled,
			 struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_trace *trace = &report->trace;
	bool began = trace->warn || trace->oom || trace->memcg || trace->allocator;

	report->cut_lines++;
	if (!began || settled || (kind != PFNSCOPE_LINE_FRAME && kind != PFNSCOPE_LINE_OTHER))
		return;
	trace->ended = true;
	*trace->caller = '\0';
}
