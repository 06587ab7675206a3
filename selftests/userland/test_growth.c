// SPDX-License-Identifier: GPL-2.0-only
/*
 * Twelve shapes of memory over time, each a hundred times with other noise: what leaks is said to
 * grow, as fast as it does; what does not leak is not. Noise is normal, of the size that is given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "triage/growth.h"

#define COUNT	PFNSCOPE_GROWTH_MOST
#define TRIALS	100
#define HOURS	24
#define MB	1048576.0

/* At @x of 0 to 1 of the day, in MB. */
typedef double shape(double x);

static double flat(double x) { (void)x; return 200; }
static double sawtooth(double x) { return 200 + 40 * (x * 9 - (int)(x * 9)); }
static double step(double x) { return x < 0.4 ? 200 : 240; }
static double late_step(double x) { return x < 0.8 ? 200 : 240; }
static double warm_up(double x) { return x < 0.25 ? 100 + 400 * x : 200; }
static double saturating(double x) { return 300 - 200 / (1 + 30 * x * x * (1 + 8 * x)); }
/* Between -1 and 1, six times. */
static double daily(double x)
{
	double phase = x * 6 - (int)(x * 6);

	return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase);
}
static double periodic(double x) { return 200 + 30 * daily(x); }
static double spike(double x) { return x > 0.5 && x < 0.6 ? 400 : 200; }
static double falls(double x) { return 300 - 50 * x; }

static double linear(double x) { return 200 + 24 * x; }
static double rising_sawtooth(double x) { return 200 + 24 * x + 8 * (x * 9 - (int)(x * 9)); }
static double stairs(double x) { return 200 + 4 * (int)(x * 12); }
static double late(double x) { return x < 0.5 ? 200 : 200 + 80 * (x - 0.5); }
static double faster(double x) { return 200 + 60 * x * x; }
static double rising_daily(double x) { return 200 + 48 * x + 4 * daily(x); }
static double warm_then_leak(double x) { return (x < 0.1 ? 100 + 1000 * x : 200) + 24 * x; }

static const struct {
	const char *name;
	shape *of;
	double noise;	/* standard deviation, in MB */
	bool leaks;
} shapes[] = {
	{ "flat, noise of 2 %", flat, 4, false },
	{ "a sawtooth", sawtooth, 1, false },
	{ "a step", step, 1, false },
	{ "a step late", late_step, 1, false },
	{ "warm-up, then flat", warm_up, 1, false },
	{ "a cache that fills", saturating, 1, false },
	{ "a round six times a day", periodic, 1, false },
	{ "a peak", spike, 1, false },
	{ "it falls", falls, 4, false },
	{ "nothing at all", flat, 0, false },
	{ "a step, no noise", step, 0, false },
	{ "a leak of 1 MB in an hour, no noise", linear, 0, true },
	{ "the same in noise of 2 %", linear, 4, true },
	{ "with a sawtooth on it", rising_sawtooth, 0.5, true },
	{ "in steps", stairs, 0.5, true },
	{ "from noon on", late, 1, true },
	{ "faster and faster", faster, 2, true },
	{ "on a daily round", rising_daily, 1, true },
	{ "behind a warm-up", warm_then_leak, 1, true },
};

static uint64_t seed;

/* Uniform between 0 and 1, by xorshift. */
static double uniform(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (double)(seed >> 11) / 9007199254740992.0;
}

/* Twelve of them are as good as normal. */
static double normal(void)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += uniform();
	return sum;
}

static void make(shape *of, double noise, size_t count, double *t, double *y)
{
	for (size_t i = 0; i < count; i++) {
		double x = ((double)i + uniform()) / (double)count;

		t[i] = x * HOURS * 3600;
		y[i] = (of(x) + noise * normal()) * MB;
	}
}

static void each_shape_is_told(void **state)
{
	struct pfnscope_growth growth;
	double t[COUNT], y[COUNT];
	int wrong_shapes = 0;

	(void)state;
	seed = 0x9e3779b97f4a7c15;
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		int grown = 0, states[PFNSCOPE_GROWS + 1] = { 0 };
		/* One leak in fifty may be missed, and one number in a hundred be taken for one. */
		int limit = shapes[i].leaks ? 98 : 1;

		for (int trial = 0; trial < TRIALS; trial++) {
			make(shapes[i].of, shapes[i].noise, COUNT, t, y);
			pfnscope_growth(t, y, COUNT, &growth);
			states[growth.state]++;
			grown += growth.state == PFNSCOPE_GROWS;
		}
		if (shapes[i].leaks ? grown < limit : grown > limit) {
			print_message("# %s: %d of %d grow (not %d, ended %d, step %d)\n", shapes[i].name,
				      grown, TRIALS, states[PFNSCOPE_GROWS_NOT],
				      states[PFNSCOPE_GROWS_ENDED], states[PFNSCOPE_GROWS_STEP]);
			wrong_shapes++;
		}
	}
	assert_int_equal(wrong_shapes, 0);
}

/* 1 MB in an hour; the range holds it in 19 of 20 trials, and is no wider than it has to be. */
static void slope_and_range(void **state)
{
	struct pfnscope_growth growth;
	double t[COUNT], y[COUNT], middle = 0, width = 0;
	int inside = 0;

	(void)state;
	seed = 42;
	for (int trial = 0; trial < 400; trial++) {
		make(linear, 4, COUNT, t, y);
		pfnscope_growth(t, y, COUNT, &growth);
		inside += growth.low * 3600 <= MB && MB <= growth.high * 3600;
		middle += growth.slope * 3600 / MB / 400;
		width += (growth.high - growth.low) * 3600 / MB / 400;
	}
	assert_in_range(inside, 372, 392);
	assert_true(middle > 0.98 && middle < 1.02);
	assert_true(width > 0.1 && width < 0.25);
}

/* Three readings of ten may be anything. */
static void wrong_readings(void **state)
{
	struct pfnscope_growth growth;
	double t[COUNT], y[COUNT];

	(void)state;
	seed = 7;
	make(linear, 0.1, COUNT, t, y);
	for (size_t i = 0; i < COUNT; i += 10)
		y[i] = 1e12;
	pfnscope_growth(t, y, COUNT, &growth);
	assert_true(growth.slope * 3600 > 0.9 * MB && growth.slope * 3600 < 1.1 * MB);
}

static void too_few(void **state)
{
	struct pfnscope_growth growth;
	double t[COUNT], y[COUNT];

	(void)state;
	make(linear, 0, COUNT, t, y);
	for (size_t count = 0; count < PFNSCOPE_GROWTH_LEAST; count++) {
		pfnscope_growth(t, y, count, &growth);
		assert_int_equal(growth.state, PFNSCOPE_GROWS_UNKNOWN);
	}
	make(linear, 0, PFNSCOPE_GROWTH_LEAST, t, y);
	pfnscope_growth(t, y, PFNSCOPE_GROWTH_LEAST, &growth);
	assert_int_equal(growth.state, PFNSCOPE_GROWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_shape_is_told),
		cmocka_unit_test(slope_and_range),
		cmocka_unit_test(wrong_readings),
		cmocka_unit_test(too_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
