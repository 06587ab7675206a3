// SPDX-License-Identifier: GPL-2.0-only
/* Kills that are not the kernel's OOM killer's: systemd-oomd, lowmemorykiller. */
#include "oomlog/parts.h"

#include <stdio.h>
#include <string.h>

static void by(struct pfnscope_oom_report *report, const char *killer)
{
	report->kind = PFNSCOPE_OOM_POLICY_KILL;
	snprintf(report->killer, sizeof(report->killer), "%s", killer);
}

/**
 * pfnscope_oomlog_oomd - read "Killed /a/b due to memory pressure for /a being ..."
 * @line: the line of systemd-oomd
 * @report: gets whose pressure it was, and what was killed
 */
void pfnscope_oomlog_oomd(struct pfnscope_scan line,
			  struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_memcg *memcg = &report->memcg;

	by(report, "systemd-oomd");
	memcg->version = 2;
	if (!pfnscope_scan_after(&line, "Killed ") && !pfnscope_scan_after(&line, "Marked "))
		return;
	pfnscope_scan_word(&line, " ", memcg->task_path,
			   sizeof(memcg->task_path));
	if (pfnscope_scan_after(&line, "pressure for "))
		pfnscope_scan_word(&line, " ", memcg->path,
				   sizeof(memcg->path));
}

static void copy_quoted(struct pfnscope_scan *s, char *comm, size_t size)
{
	if (pfnscope_scan_after(s, "'"))
		pfnscope_scan_word(s, "'", comm, size);
	pfnscope_scan_char(s, '\'');
}

/**
 * pfnscope_oomlog_lowmemory - read "lowmemorykiller: Killing 'a' (1) ..., adj 9"
 * @line: the line of Android's driver, or of lmkd, which says Kill
 * @report: gets the victim
 *
 * Older drivers wrote "send sigkill to 1 (a), adj 9, size 10".
 */
void pfnscope_oomlog_lowmemory(struct pfnscope_scan line,
			       struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_victim *victim = &report->killed;
	struct pfnscope_scan s = line, found;
	bool daemon = pfnscope_scan_find(&line, "Kill '", &found);

	by(report, daemon ? "lmkd" : "lowmemorykiller");
	if (pfnscope_scan_after(&s, "send sigkill to ")) {
		pfnscope_scan_number(&s, &victim->pid);
		if (pfnscope_scan_after(&s, "("))
			pfnscope_scan_word(&s, ")", victim->comm,
					   sizeof(victim->comm));
	} else {
		copy_quoted(&s, victim->comm, sizeof(victim->comm));
		if (pfnscope_scan_after(&s, "("))
			pfnscope_scan_number(&s, &victim->pid);
	}
	/* Beside the old "adj 18" some drivers print "score_adj 1000". */
	if (!pfnscope_scan_value(line, "oom_score_adj ", &victim->score_adj) &&
	    !pfnscope_scan_value(line, "score_adj ", &victim->score_adj))
		pfnscope_scan_value(line, "adj ", &victim->score_adj);
	pfnscope_scan_value(line, "uid ", &victim->uid);
	report->killed_line = victim->pid != PFNSCOPE_MISSING;
}
