// SPDX-License-Identifier: GPL-2.0-only
/* Tasks that wait for memory, of a machine or of a cgroup. */
#include <inttypes.h>
#include <string.h>

#include "source/counters.h"
#include "triage/pressure.h"

static bool pressure_share(const struct PRESSURE_table *pressure, const char *scope,
			   unsigned int column, int64_t *permille)
{
	uint64_t hundredths;

	for (size_t row = 0; pressure && row < pressure->all.nr_rows; row++) {
		const char *name = pfnscope_table_string(CELL(pressure, row, PRESSURE_scope));

		if (!name || strcmp(name, scope) ||
		    !pfnscope_table_number(&pressure->all, row, column, &hundredths))
			continue;
		*permille = (int64_t)hundredths / 10;
		return true;
	}
	return false;
}

int64_t pfnscope_pressure_some(const struct pfnscope_table *pressure)
{
	int64_t permille = 0;

	pressure_share(PRESSURE_OF(pressure), "some", PRESSURE_avg10_hundredths, &permille);
	return permille;
}

/*
 * Over the limit for ten seconds and for a minute, and not on its way down: the three
 * conditions of oomd's pressure_rising_beyond. Else it has just begun, and is a note.
 */
void pfnscope_look_pressure(struct pfnscope_findings *f,
			    const struct pfnscope_table *any,
			    const struct pfnscope_table *any_before, const char *scope)
{
	const struct PRESSURE_table *now = PRESSURE_OF(any);
	const struct PRESSURE_table *before = PRESSURE_OF(any_before);
	int64_t recent, longer, earlier;
	struct pfnscope_finding finding = {
		.cure = "pfnscope triage --all; who reclaims: pfnscope reclaim",
	};

	if (!pressure_share(now, scope, PRESSURE_avg10_hundredths, &recent) ||
	    !pressure_share(now, scope, PRESSURE_avg60_hundredths, &longer)) {
		pfnscope_found_unknown(f, "%s", now->all.reason ?
				       now->all.reason :
				       "/proc/pressure/memory has no such line");
		return;
	}
	finding.number = recent;
	finding.most = pfnscope_check_grade(f->check, longer < recent ? longer : recent);
	if (pressure_share(before, scope, PRESSURE_avg10_hundredths, &earlier) &&
	    recent * 100 < earlier * 85)
		finding.most = PFNSCOPE_LEVEL_NOTE;
	if (finding.most < PFNSCOPE_LEVEL_NOTE)
		finding.most = PFNSCOPE_LEVEL_NOTE;
	pfnscope_found(f, &finding, "%s tasks waited for memory in %" PRId64 ".%" PRId64
		       "%% of the last 10 s, %" PRId64 ".%" PRId64 "%% of the last minute",
		       strcmp(scope, "some") ? "all" : "some", recent / 10, recent % 10,
		       longer / 10, longer % 10);
}
