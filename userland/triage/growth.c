// SPDX-License-Identifier: GPL-2.0-only
/*
 * Theil and Sen's slope: the median of the slopes of all pairs of readings, which three of ten
 * readings may be wrong without moving much, with the 95 % range that Kendall's variance gives.
 * A slope that is not 0 is no leak yet: a cache that fills, a service that starts and a daily
 * round have one as well. So it has to go on in the second half, by more than one step, and what is
 * there at the least has to rise as well.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "triage/growth.h"

#define SURE2		3.8416	/* squared, the standard deviations on both sides of 95 % */
#define PARTS		8	/* of the time, each with its least */
#define PARTS_RISE	14	/* of 28 pairs of parts, so many more that rise than fall */
#define BETTER		0.8	/* of the squares: a step has to be so much nearer than a line */
#define SLOWED		0.5	/* of the slope of all, surely less in the second half */

struct slope {
	double middle;
	double low;
	double high;
};

static int by_value(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

/* Of what is sorted; @at between 0 and @count - 1, and between two of them. */
static double at_rank(const double *sorted, size_t count, double at)
{
	size_t below;

	if (at <= 0)
		return sorted[0];
	if (at >= (double)(count - 1))
		return sorted[count - 1];
	below = (size_t)at;
	return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static double median(const double *y, size_t count)
{
	double sorted[PFNSCOPE_GROWTH_MOST];

	memcpy(sorted, y, count * sizeof(*y));
	qsort(sorted, count, sizeof(*sorted), by_value);
	return at_rank(sorted, count, (double)(count - 1) / 2);
}

/* By Newton, from above: one root is no reason to need a library. */
static double root(double square)
{
	double guess = square > 1 ? square : 1;

	for (int i = 0; i < 64; i++)
		guess = (guess + square / guess) / 2;
	return guess;
}

static struct slope slope_of(const double *t, const double *y, size_t count)
{
	size_t pairs = count * (count - 1) / 2, nr = 0;
	double *slopes = pfnscope_calloc(pairs, sizeof(*slopes));
	double n = (double)count, middle = (double)(pairs - 1) / 2;
	double off = root(SURE2 * n * (n - 1) * (2 * n + 5) / 18) / 2;
	struct slope slope;

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			slopes[nr++] = (y[j] - y[i]) / (t[j] - t[i]);
	qsort(slopes, pairs, sizeof(*slopes), by_value);
	slope = (struct slope) {
		.middle = at_rank(slopes, pairs, middle),
		.low = at_rank(slopes, pairs, middle - off),
		.high = at_rank(slopes, pairs, middle + off),
	};
	free(slopes);
	return slope;
}

/* How many more pairs of parts rise in their least than fall; the highest is 28. */
static int rise_of_least(const double *y, size_t count)
{
	double least[PARTS];
	int rise = 0;

	for (size_t part = 0; part < PARTS; part++) {
		size_t i = part * count / PARTS;

		least[part] = y[i];
		for (; i < (part + 1) * count / PARTS; i++)
			if (y[i] < least[part])
				least[part] = y[i];
	}
	for (size_t i = 0; i < PARTS; i++)
		for (size_t j = i + 1; j < PARTS; j++)
			rise += (least[j] > least[i]) - (least[j] < least[i]);
	return rise;
}

/* What a line leaves of the squares around the mean. */
static double beside_line(const double *t, const double *y, size_t count)
{
	double mt = 0, my = 0, tt = 0, ty = 0, yy = 0;

	for (size_t i = 0; i < count; i++) {
		mt += t[i] / (double)count;
		my += y[i] / (double)count;
	}
	for (size_t i = 0; i < count; i++) {
		tt += (t[i] - mt) * (t[i] - mt);
		ty += (t[i] - mt) * (y[i] - my);
		yy += (y[i] - my) * (y[i] - my);
	}
	return yy - (tt > 0 ? ty * ty / tt : 0);
}

/* What the best single step leaves of them. */
static double beside_step(const double *y, size_t count)
{
	double all = 0, squares = 0, before = 0, best = 0;

	for (size_t i = 0; i < count; i++)
		all += y[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		squares += (y[i] - all) * (y[i] - all);
	for (size_t i = 0; i + 1 < count; i++) {
		double left = (double)(i + 1), right = (double)(count - i - 1), saved;

		before += y[i] - all;
		saved = before * before * (1 / left + 1 / right);
		if (saved > best)
			best = saved;
	}
	return squares - best;
}

static enum pfnscope_growing judge_growth(const double *t, const double *y, size_t count,
					  const struct pfnscope_growth *growth)
{
	size_t half = count / 2;
	struct slope late = slope_of(t + half, y + half, count - half);

	if (growth->low <= 0 || growth->to <= growth->from)
		return PFNSCOPE_GROWS_NOT;
	if (late.low <= 0 || late.high < SLOWED * growth->slope)
		return PFNSCOPE_GROWS_ENDED;
	if (beside_step(y + half, count - half) <
	    BETTER * beside_line(t + half, y + half, count - half))
		return PFNSCOPE_GROWS_STEP;
	if (rise_of_least(y, count) < PARTS_RISE)
		return PFNSCOPE_GROWS_NOT;
	return PFNSCOPE_GROWS;
}

void pfnscope_growth(const double *t, const double *y, size_t count,
		     struct pfnscope_growth *growth)
{
	struct slope all;
	size_t third = count / 3;

	*growth = (struct pfnscope_growth){ .state = PFNSCOPE_GROWS_UNKNOWN };
	if (count < PFNSCOPE_GROWTH_LEAST || count > PFNSCOPE_GROWTH_MOST)
		return;
	growth->from = median(y, third);
	growth->to = median(y + count - third, third);
	/* Most numbers do not: they need no look at all pairs. */
	growth->state = PFNSCOPE_GROWS_NOT;
	if (growth->to <= growth->from)
		return;
	all = slope_of(t, y, count);
	growth->slope = all.middle;
	growth->low = all.low;
	growth->high = all.high;
	growth->state = judge_growth(t, y, count, growth);
}
