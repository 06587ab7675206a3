/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernels full of checkers are slow. PACE in the environment says how many times slower this one may
 * be: tests that only repeat themselves do so less often there, and say it; no clock of the test
 * harness ends a test there that is merely slow. To be included before kselftest_harness.h.
 */

#ifndef PFNSCOPE_TEST_PACE_H
#define PFNSCOPE_TEST_PACE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline unsigned int pace(void)
{
	const char *text = getenv("PACE");
	int times = text ? atoi(text) : 1;

	return times > 1 ? (unsigned int)times : 1;
}

/* How many of @rounds rounds are made at this pace. */
static inline unsigned int paced(unsigned int rounds)
{
	unsigned int made = rounds / pace() ? rounds / pace() : 1;

	if (made != rounds)
		printf("# %u of %u rounds: this kernel is slow\n", made, rounds);
	return made;
}

static inline unsigned int paced_alarm(unsigned int seconds)
{
	return alarm(seconds * pace());
}

/* The harness sets its clock with this one. */
#define alarm(seconds) paced_alarm(seconds)

#endif
