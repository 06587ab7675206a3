/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernels full of checkers are slow. PACE in the environment says how many times slower this one may
 * be: tests that only repeat themselves do so less often there, and say it.
 *
 * The machine below the guest may be busy. PATIENCE says how many times longer than usual something may
 * take: a test judges what happened, and a limit of time, that of the test harness too, only ends a hang.
 * Kernels have pages of different sizes: nobody else says 4096.
 *
 * Every test is compiled with this file included first (see Makefile).
 */

#ifndef PFNSCOPE_TEST_PACE_H
#define PFNSCOPE_TEST_PACE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* 4096 on amd64, what the kernel was built with on arm64. */
static inline long long page_bytes(void)
{
	return sysconf(_SC_PAGESIZE);
}

static inline long long page_kb(void)
{
	return page_bytes() / 1024;
}

static inline unsigned int times_of(const char *variable)
{
	const char *text = getenv(variable);
	int times = text ? atoi(text) : 1;

	return times > 1 ? (unsigned int)times : 1;
}

static inline unsigned int pace(void)
{
	return times_of("PACE");
}

static inline unsigned int patience(void)
{
	return times_of("PATIENCE");
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
	return alarm(seconds * patience());
}

/* The harness sets its clock with this one. */
#define alarm(seconds) paced_alarm(seconds)

static inline double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/*
 * For loops that wait for something: true, after a millisecond to 50 of them, until @seconds have gone
 * at the usual speed. @since is 0 at first.
 */
static inline bool wait_on(double *since, double seconds)
{
	double now = seconds_now();

	if (!*since)
		*since = now;
	if (now - *since > seconds * patience())
		return false;
	usleep(now - *since < 1 ? 1000 : 50000);
	return true;
}

#endif
