// SPDX-License-Identifier: GPL-2.0-only
/* What waits to be written. */
#include <inttypes.h>

#include "triage/check.h"

/*
 * The thresholds are of dirtyable memory, and vmstat has both: the percent settings
 * say of what only to the kernel. Writers run free up to the middle of them.
 */
static void look_dirty(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t dirty = pfnscope_plus(pfnscope_facts_pages(facts, "nr_dirty"),
				      pfnscope_facts_pages(facts, "nr_writeback"));
	int64_t background = pfnscope_facts_pages(facts, "nr_dirty_background_threshold");
	int64_t limit = pfnscope_facts_pages(facts, "nr_dirty_threshold");
	int64_t ceiling = pfnscope_plus(background, limit);
	const struct pfnscope_finding finding = {
		.number = dirty,
		.judged = true,
		.level = pfnscope_times(dirty, 2) > ceiling ? PFNSCOPE_LEVEL_WARN :
			 pfnscope_facts_pages(facts, "nr_dirty") > background ?
			 PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK,
		.cure = "iostat -x 1; vm.dirty_background_bytes lets flushers begin earlier",
	};

	if (dirty == PFNSCOPE_MISSING || ceiling == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.vmstat,
			"/proc/vmstat", "nr_dirty_background_threshold"));
	else
		pfnscope_found(f, &finding, "dirty or being written; flushers begin at %s, writers are slowed from %s",
			       pfnscope_said_size(f, background),
			       pfnscope_said_size(f, ceiling / 2));
}

#define LONG_MS	10000

/* Pages on their way to a device that takes none. */
static void look_writeback(const struct pfnscope_facts *facts,
			   struct pfnscope_findings *f)
{
	int64_t now = pfnscope_number(&facts->now.vmstat, "nr_writeback");
	int64_t before = pfnscope_number(&facts->before.vmstat, "nr_writeback");
	struct pfnscope_rate written = pfnscope_facts_rate(facts, "nr_written");
	const struct pfnscope_finding finding = {
		.number = now < before ? now : before,
		.most = written.ms >= LONG_MS ? PFNSCOPE_LEVEL_CRIT : PFNSCOPE_LEVEL_NOTE,
		.cure = "a device or a server does not answer: dmesg | tail",
	};

	if (now == PFNSCOPE_MISSING || written.over == PFNSCOPE_OVER_NOTHING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.vmstat,
			"/proc/vmstat", "nr_writeback"));
	else if (!now)
		pfnscope_found_none(f, "nothing is being written");
	else if (written.over != PFNSCOPE_OVER_INTERVAL || before == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "one reading: %" PRId64 " pages are being written", now);
	else if (written.count)
		pfnscope_found_none(f, "%" PRId64 " pages are being written, %" PRId64 " were %s",
				    now, written.count, pfnscope_said_over(f, &written));
	else
		pfnscope_found(f, &finding, "%" PRId64 " pages are being written, none was %s",
			       now, pfnscope_said_over(f, &written));
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_write[] = {
	PFNSCOPE_CHECK_WORDS("dirty", look_dirty, BYTES, "> background", "> ceiling", NULL, K,
			     "balance_dirty_pages(): flushers are woken at the background threshold, writers are slowed above the middle of both",
			     "/proc/vmstat: nr_dirty, nr_writeback and both thresholds",
			     "memory that is dirty or being written"),
	PFNSCOPE_CHECK("writeback", look_writeback, COUNT, FROM, 1, NO, 1, P,
		       "the kernel's own warning for a task that hangs comes after 120 s; this one after 10, and a note before",
		       "/proc/vmstat", "pages being written at both moments, while none was written in between"),
	PFNSCOPE_CHECKS_END
};
