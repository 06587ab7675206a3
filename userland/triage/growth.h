/* SPDX-License-Identifier: GPL-2.0-only */
/* Does a number grow, and go on growing? */
#ifndef PFNSCOPE_TRIAGE_GROWTH_H
#define PFNSCOPE_TRIAGE_GROWTH_H

#include <stddef.h>

/* So many readings at least; more than so many are not looked at. */
#define PFNSCOPE_GROWTH_LEAST	20
#define PFNSCOPE_GROWTH_MOST	128

enum pfnscope_growing {
	PFNSCOPE_GROWS_UNKNOWN,	/* too few readings */
	PFNSCOPE_GROWS_NOT,	/* it may as well not, or it goes up and down */
	PFNSCOPE_GROWS_ENDED,	/* it did, and has slowed down or stopped */
	PFNSCOPE_GROWS_STEP,	/* it grew once */
	PFNSCOPE_GROWS,
};

/**
 * struct pfnscope_growth - of one number
 * @state: does it?
 * @slope: by how much in a second: Theil and Sen's, the median over all pairs
 * @low: with 95 % it is not less
 * @high: nor more
 * @from: median of the first third
 * @to: median of the last third
 */
struct pfnscope_growth {
	enum pfnscope_growing state;
	double slope;
	double low;
	double high;
	double from;
	double to;
};

/* @count readings @y at the seconds @t, which increase. */
void pfnscope_growth(const double *t, const double *y, size_t count,
		     struct pfnscope_growth *growth);

#endif
