// SPDX-License-Identifier: GPL-2.0-only
/* What tasks wait for when they wait for memory: the histograms of the module, while it watches. */
#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "triage/check.h"
#include "triage/pressure.h"
#include "view/latency.h"

/*
 * Events that a task waits for; the threads of the kernel do theirs for others, and a throttle is
 * within the reclaim that it slows.
 */
static const char *const waits[] = {
	"direct_reclaim", "memcg_reclaim", "node_reclaim", "compaction",
};

#define BUCKETS	48

/**
 * struct waited - how long tasks waited
 * @ns: in all, by cause
 * @sum: of these
 * @buckets: how many took so long
 * @between: all of it lies between the two readings
 */
struct waited {
	uint64_t ns[ARRAY_SIZE(waits)];
	uint64_t sum;
	uint64_t buckets[BUCKETS];
	bool between;
};

static bool is_watched(const struct pfnscope_table *latency)
{
	return latency && (latency->state == PFNSCOPE_TABLE_COMPLETE ||
			   latency->state == PFNSCOPE_TABLE_PARTIAL);
}

static void add_wait(const struct LATENCY_table *latency, size_t row, struct waited *w)
{
	const struct pfnscope_value *buckets = pfnscope_table_cell(CELL(latency, row, LATENCY_buckets));
	const char *event = pfnscope_table_string(CELL(latency, row, LATENCY_event));
	uint64_t ns;

	for (size_t i = 0; i < ARRAY_SIZE(waits); i++) {
		if (!event || strcmp(event, waits[i]) ||
		    !pfnscope_table_number(CELL(latency, row, LATENCY_total_ns), &ns))
			continue;
		w->ns[i] += ns;
		w->sum += ns;
		for (size_t b = 0; buckets && b < buckets->count && b < BUCKETS; b++)
			w->buckets[b] += buckets->numbers[b];
	}
}

/* A kind that was switched off in between begins anew: then it is all that there is since. */
static bool take_away(struct waited *w, const struct waited *earlier)
{
	struct waited left = *w;

	for (size_t i = 0; i < ARRAY_SIZE(waits); i++) {
		if (w->ns[i] < earlier->ns[i])
			return false;
		left.ns[i] -= earlier->ns[i];
	}
	for (size_t b = 0; b < BUCKETS; b++) {
		if (w->buckets[b] < earlier->buckets[b])
			return false;
		left.buckets[b] -= earlier->buckets[b];
	}
	left.sum -= earlier->sum;
	*w = left;
	return true;
}

static void sum_waits(const struct pfnscope_facts *facts, struct waited *w)
{
	const struct pfnscope_table *now = facts->now.latency, *before = facts->before.latency;
	struct waited earlier = { 0 };

	*w = (struct waited){ 0 };
	for (size_t row = 0; row < now->nr_rows; row++)
		add_wait(LATENCY_OF(now), row, w);
	for (size_t row = 0; is_watched(before) && row < before->nr_rows; row++)
		add_wait(LATENCY_OF(before), row, &earlier);
	w->between = is_watched(before) && take_away(w, &earlier);
}

static const char *said_when(const struct waited *w)
{
	return w->between ? "between the readings" : "since it is watched";
}

/* Nobody watches, or nobody waited: then there is no more to say. */
static bool has_no_waits(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
			 struct waited *w)
{
	if (!is_watched(facts->now.latency)) {
		pfnscope_found_none(f, "nobody watches: that takes the module, and pfnscope latency --on all");
		return true;
	}
	sum_waits(facts, w);
	if (!w->sum)
		pfnscope_found_none(f, "no task reclaimed or compacted for itself %s", said_when(w));
	return !w->sum;
}

/* --- which cause it mostly was --- */

static int64_t permille_of_waits(uint64_t ns, uint64_t sum)
{
	return (int64_t)((unsigned __int128)ns * 1000 / sum);
}

static void look_cause(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_finding finding = {
		.judged = true,
		.cure = "by order and task: pfnscope latency; one by one: pfnscope events",
	};
	const char *words = "";
	struct waited w;
	size_t most = 0;

	if (has_no_waits(facts, f, &w))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(waits); i++) {
		int64_t share = permille_of_waits(w.ns[i], w.sum);

		most = w.ns[i] > w.ns[most] ? i : most;
		if (w.ns[i])
			words = pfnscope_said(f, "%s%s%s %" PRId64 ".%" PRId64 "%%", words,
					      *words ? ", " : "", waits[i], share / 10, share % 10);
	}
	finding.where = waits[most];
	finding.number = permille_of_waits(w.ns[most], w.sum);
	finding.level = pfnscope_pressure_some(facts->now.pressure) >= PFNSCOPE_PRESSURE_SOME ?
			PFNSCOPE_LEVEL_NOTE : PFNSCOPE_LEVEL_OK;
	pfnscope_found(f, &finding, "tasks waited %" PRIu64 " ms %s: %s; pages that are read back are not in it",
		       w.sum / 1000000, said_when(&w), words);
}

/* --- how long one of them took --- */

/* Where the bucket begins in which 99 of a hundred have ended: it was that at least. */
static uint64_t least_of_99(const struct waited *w)
{
	uint64_t count = 0, below = 0;
	size_t bucket = 0;

	for (size_t b = 0; b < BUCKETS; b++)
		count += w->buckets[b];
	for (; bucket < BUCKETS; bucket++) {
		below += w->buckets[bucket];
		if ((unsigned __int128)below * 100 >= (unsigned __int128)count * 99)
			break;
	}
	return bucket ? pfnscope_latency_end(bucket - 1) : 0;
}

static void look_latency(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_finding finding = {
		.cure = "who waited, for which order: pfnscope latency; vm.watermark_scale_factor lets kswapd begin earlier",
	};
	struct waited w;

	if (has_no_waits(facts, f, &w))
		return;
	finding.number = (int64_t)(least_of_99(&w) / 1000000);
	finding.most = w.between ? PFNSCOPE_LEVEL_WARN : PFNSCOPE_LEVEL_NOTE;
	pfnscope_found(f, &finding, "one wait in a hundred took so long or longer, %s",
		       said_when(&w));
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_waits[] = {
	PFNSCOPE_CHECK_WORDS("psi.cause", look_cause, PERMILLE, "psi.some >= 10%", NULL, NULL, R,
			     "what psi.some is made of, as far as requests wait; a note where that is over its limit",
			     "latency of the module, /proc/pressure/memory",
			     "of the time that requests waited, what the largest cause has"),
	PFNSCOPE_CHECK("stall.latency", look_latency, MS, FROM, 100, 100, NO, P,
		       "systemd's protocol for services takes 100 ms of a second for pressure; a warning where it was between two readings",
		       "latency of the module",
		       "how long the longest of a hundred waits for reclaim or compaction took at least"),
	PFNSCOPE_CHECKS_END
};
