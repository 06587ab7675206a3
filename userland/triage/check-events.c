// SPDX-License-Identifier: GPL-2.0-only
/* What has already gone wrong: tasks killed, requests failed, memory that is broken. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/origin.h"
#include "triage/check.h"
#include "view/about.h"
#include "view/incidents.h"

#define RECENT_MS	(30 * 60 * 1000)

/* Incidents of the kinds that end in @kind, and of those the ones of the last half hour. */
static int64_t incidents_of(const struct pfnscope_facts *facts, const char *kind,
			    int64_t *recent)
{
	int64_t count = 0;

	*recent = 0;
	for (size_t row = 0; facts->incidents && row < facts->incidents->nr_rows; row++) {
		const char *name = pfnscope_table_string(facts->incidents, row,
							 INCIDENTS_kind);
		int64_t then = pfnscope_origin_of_incident(facts->incidents, row);
		size_t length = name ? strlen(name) : 0;

		if (length < strlen(kind) || strcmp(name + length - strlen(kind), kind))
			continue;
		count++;
		if (then >= 0 && facts->taken_at >= then &&
		    facts->taken_at - then <= RECENT_MS / 1000)
			++*recent;
	}
	return count;
}

/* Counted since boot: only a second reading, or an incident, tells when. */
static void look_oom_kills(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t kills = pfnscope_number(&facts->now.vmstat, "oom_kill"), recent, incidents;
	struct pfnscope_rate rate = pfnscope_facts_rate(facts, "oom_kill");
	struct pfnscope_finding finding = { .number = kills };
	bool now;

	incidents = incidents_of(facts, "oom", &recent);
	if (kills == PFNSCOPE_MISSING) {
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.vmstat,
			"/proc/vmstat", "oom_kill"));
		return;
	}
	now = recent || (rate.over == PFNSCOPE_OVER_INTERVAL && rate.count) ||
	      (kills && facts->now.uptime_ms >= 0 && facts->now.uptime_ms <= RECENT_MS);
	finding.most = now ? PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_NOTE;
	finding.cure = incidents ? "pfnscope incidents" :
			 "dmesg | pfnscope oom -";
	pfnscope_found(f, &finding, "tasks killed since boot%s%s", !kills ? "" : now ?
		       ", some of them in the last 30 min" : "; when is in the log",
		       incidents ? "; incidents were recorded" : "");
}

static void look_failures(const struct pfnscope_facts *facts,
			  struct pfnscope_findings *f)
{
	const struct pfnscope_table *list = facts->incidents;
	int64_t recent;
	struct pfnscope_finding finding = {
		.number = incidents_of(facts, "allocation_failure", &recent),
		.cure = "pfnscope incidents",
	};

	if (!list || list->state == PFNSCOPE_TABLE_ABSENT)
		pfnscope_found_unknown(f, "not recorded: that takes the module, and echo 8 >/sys/kernel/debug/pfnscope/control/incidents");
	else
		pfnscope_found(f, &finding, "requests that failed since recording began, %" PRId64 " of them in the last 30 min",
			       recent);
}

/* --- broken memory --- */

#define EDAC	"sys/devices/system/edac/mc"

/* Errors that were counted by all controllers; PFNSCOPE_MISSING where there are none. */
static int64_t errors_of(const struct pfnscope_facts *facts, const char *file)
{
	char **controllers = pfnscope_source_list(facts->source, EDAC);
	int64_t sum = PFNSCOPE_MISSING;

	for (char **mc = controllers; *mc; mc++) {
		char *path = pfnscope_format(EDAC "/%s/%s", *mc, file);

		sum = pfnscope_plus_known(sum, pfnscope_number_in(facts->source, path));
		free(path);
	}
	pfnscope_source_list_free(controllers);
	return sum;
}

static void look_hardware(const struct pfnscope_facts *facts,
			  struct pfnscope_findings *f)
{
	int64_t poisoned = pfnscope_facts_meminfo(facts, "HardwareCorrupted");
	int64_t lost = errors_of(facts, "ue_count"), mended = errors_of(facts, "ce_count");
	struct pfnscope_finding finding = {
		.number = poisoned,
		.judged = true,
		.level = lost > 0 ? PFNSCOPE_LEVEL_CRIT :
			 poisoned > 0 ? PFNSCOPE_LEVEL_WARN :
			 mended > 0 ? PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK,
		.cure = "ras-mc-ctl --errors, dmesg | grep -iE 'edac|mce'; replace the module",
	};

	if (poisoned == PFNSCOPE_MISSING && lost == PFNSCOPE_MISSING &&
	    pfnscope_source_is_live(facts->source))
		pfnscope_found_none(f, "this kernel takes none out of use, and no controller counts errors");
	else if (poisoned == PFNSCOPE_MISSING && lost == PFNSCOPE_MISSING)
		pfnscope_found_unknown(f, "neither HardwareCorrupted in /proc/meminfo nor /" EDAC);
	else
		pfnscope_found(f, &finding, "taken out of use%s", lost == PFNSCOPE_MISSING ?
			       "; no memory controller counts errors here" :
			       pfnscope_said(f, "; %" PRId64 " errors were corrected, %" PRId64 " were not",
					     pfnscope_or_zero(mended), lost));
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_events[] = {
	PFNSCOPE_CHECK("oom", look_oom_kills, COUNT, FROM, 1, 1, NO, P,
		       "netdata and awesome-prometheus-alerts warn of any in 30 minutes; a note where none is known to be of these",
		       "/proc/vmstat, incidents of the module", "oom_kill, tasks that were killed"),
	PFNSCOPE_CHECK("allocfail", look_failures, COUNT, FROM, NO, 1, NO, K,
		       "a request failed, and somebody has less than he asked for",
		       "incidents of the module", "failed allocations that were recorded"),
	PFNSCOPE_CHECK_WORDS("hardware", look_hardware, BYTES, "corrected errors", "> 0", "uncorrected errors", P,
			     "netdata warns of any HardwareCorrupted and of any error that EDAC counts",
			     "/proc/meminfo, /sys/devices/system/edac/mc/",
			     "HardwareCorrupted, memory that was taken out of use"),
	PFNSCOPE_CHECKS_END
};
