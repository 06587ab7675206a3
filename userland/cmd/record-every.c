// SPDX-License-Identifier: GPL-2.0-only
/* A recording again and again, until a signal ends it. */
#include <errno.h>
#include <signal.h>
#include <time.h>

#include "cmd/record.h"

#define SECOND	1000000000LL

/* Signals that end it wait until a recording is whole. */
static void hold_signals(sigset_t *ending)
{
	sigemptyset(ending);
	sigaddset(ending, SIGINT);
	sigaddset(ending, SIGTERM);
	sigaddset(ending, SIGHUP);
	sigprocmask(SIG_BLOCK, ending, NULL);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

/* Return: whether a signal has ended it. */
static bool wait_until(int64_t due, const sigset_t *ending)
{
	int64_t left;

	do {
		struct timespec span;

		left = due - now_ns();
		if (left < 0)
			left = 0;
		span = (struct timespec){ left / SECOND, left % SECOND };
		if (sigtimedwait(ending, NULL, &span) > 0)
			return true;
	} while (left && errno == EINTR);
	return false;
}

/*
 * Where the first one fails, so would the next. Later, a disk may be full for a while. What
 * was late does not make the next one early.
 */
int pfnscope_record_every(struct pfnscope_run *run, pfnscope_record_one *one,
			  const struct pfnscope_retention *keep, int64_t seconds,
			  uint64_t count)
{
	sigset_t ending;
	int64_t due = now_ns();

	hold_signals(&ending);
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
		while (due <= now_ns());
		if (wait_until(due, &ending))
			return PFNSCOPE_OK;
	}
}
