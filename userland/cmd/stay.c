// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <time.h>

#include "base/digits.h"
#include "cmd/stay.h"

#define SECOND	1000000000ULL
#define LONGEST	86400

int pfnscope_stay_time(struct pfnscope_run *run, uint64_t *ns)
{
	const char *text = pfnscope_run_value(run, "for");
	int64_t seconds = 0;

	*ns = 0;
	if (!text)
		return 0;
	if (pfnscope_span_seconds(text, strlen(text), &seconds) && seconds && seconds <= LONGEST) {
		*ns = (uint64_t)seconds * SECOND;
		return 0;
	}
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--for: not a time such as 60s or 5m, a day at most: \"%s\"", text);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

/* The signals that end it. */
static sigset_t ends(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

void pfnscope_stay_begin(struct pfnscope_stay *stay, uint64_t ns)
{
	sigset_t set = ends();

	stay->end_ns = ns ? now_ns() + ns : 0;
	sigprocmask(SIG_BLOCK, &set, &stay->before);
}

bool pfnscope_stay_on(const struct pfnscope_stay *stay, uint64_t ns)
{
	uint64_t until = now_ns() + ns, now, left;
	sigset_t set = ends();

	if (stay->end_ns && until > stay->end_ns)
		until = stay->end_ns;
	do {
		struct timespec rest;

		now = now_ns();
		left = now < until ? until - now : 0;
		rest.tv_sec = (time_t)(left / SECOND);
		rest.tv_nsec = (long)(left % SECOND);
		if (sigtimedwait(&set, NULL, &rest) > 0)
			return false;
	} while (left);
	return !stay->end_ns || now < stay->end_ns;
}

void pfnscope_stay_end(const struct pfnscope_stay *stay)
{
	sigprocmask(SIG_SETMASK, &stay->before, NULL);
}
