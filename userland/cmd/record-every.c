// SPDX-License-Identifier: GPL-2.0-only
/* A recording again and again, until a signal ends it. */
#include <time.h>

#include "cmd/record.h"
#include "cmd/stay.h"

#define SECOND	1000000000LL

static int64_t steady_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

/*
 * Where the first one fails, so would the next. Later, a disk may be full for a while. What
 * was late does not make the next one early.
 */
int pfnscope_record_every(struct pfnscope_run *run, pfnscope_record_one *one,
			  const struct pfnscope_retention *keep, int64_t seconds,
			  uint64_t count)
{
	struct pfnscope_stay stay;
	int64_t due = steady_ns(), left;

	/* Signals that end it wait until a recording is whole. */
	pfnscope_stay_begin(&stay, 0);
	for (bool first = true;; first = false) {
		if (one(run, keep)) {
			if (first)
				return -1;
			pfnscope_run_remark(run, "%s", run->error.text);
			run->error = (struct pfnscope_error){ 0 };
		}
		if (count && !--count)
			return PFNSCOPE_OK;
		do
			due += seconds * SECOND;
		while (due <= steady_ns());
		left = due - steady_ns();
		if (!pfnscope_stay_on(&stay, left > 0 ? (uint64_t)left : 0))
			return PFNSCOPE_OK;
	}
}
