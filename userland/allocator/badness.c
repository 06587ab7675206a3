// SPDX-License-Identifier: GPL-2.0-only
/*
 * Resident pages, swap entries and page tables, and oom_score_adj thousandths of what could be had on top. That
 * is since 2.6.36; what has changed since:
 *
 *	3.5	in pages; before, in thousandths of the total from 1 to 1000 (a7f638f999ff)
 *	3.14	root is spared 3 % of what its task holds, not of the total (778c14affaf9)
 *	4.17	root is not spared any more (d46078b28889)
 *	5.2	the chosen task dies, not its child (bbbe48029720)
 *	5.9	a score may be below 0; before, 1 was the least (9066e5cfb73c)
 */
#include "allocator/badness.h"
#include "base/checked.h"
#include "base/release.h"

static bool is_before(unsigned int version, unsigned int a, unsigned int b)
{
	return version && version < PFNSCOPE_KERNEL(a, b, 0);
}

int64_t pfnscope_badness_held(const struct pfnscope_badness *task)
{
	return pfnscope_plus(pfnscope_plus(pfnscope_amount(task->rss), pfnscope_amount(task->swap)),
			     pfnscope_amount(task->tables));
}

int64_t pfnscope_badness_added(const struct pfnscope_badness *task, int64_t total)
{
	if (!pfnscope_or_zero(task->adj))
		return 0;
	return total == PFNSCOPE_MISSING ? total :
	       pfnscope_times(total / 1000, pfnscope_or_zero(task->adj));
}

/* Thousandths: tasks that hold about the same are the same. */
static int64_t in_thousandths(const struct pfnscope_badness *task, int64_t total)
{
	int64_t held = pfnscope_times(pfnscope_badness_held(task), 1000), score;

	if (held == PFNSCOPE_MISSING || total <= 0)
		return PFNSCOPE_MISSING;
	score = pfnscope_plus(held / total - (task->root ? 30 : 0), pfnscope_or_zero(task->adj));
	if (score == PFNSCOPE_MISSING)
		return score;
	return score < 1 ? 1 : score < 1000 ? score : 1000;
}

/* What root is spared. */
static int64_t taken_off_root(const struct pfnscope_badness *task, int64_t held, int64_t total,
			      unsigned int version)
{
	if (!task->root || !is_before(version, 4, 17))
		return 0;
	if (!is_before(version, 3, 14))
		held = pfnscope_times(held, 3);
	else
		held = total == PFNSCOPE_MISSING ? total : pfnscope_times(total / 1000, 3000);
	return held == PFNSCOPE_MISSING ? held : held / 100;
}

int64_t pfnscope_badness_score(const struct pfnscope_badness *task, int64_t total,
			       unsigned int version)
{
	int64_t held = pfnscope_badness_held(task), score;

	if (is_before(version, 3, 5))
		return in_thousandths(task, total);
	score = pfnscope_plus(pfnscope_minus(held, taken_off_root(task, held, total, version)),
			      pfnscope_badness_added(task, total));
	if (score != PFNSCOPE_MISSING && score < 1 && is_before(version, 5, 9))
		return 1;
	return score;
}

bool pfnscope_badness_spares_parent(unsigned int version)
{
	return is_before(version, 5, 2);
}

int64_t pfnscope_badness_shown(int64_t score, int64_t total)
{
	int64_t scaled = pfnscope_times(score, 1000);

	if (scaled == PFNSCOPE_MISSING || total <= 0)
		return PFNSCOPE_MISSING;
	return (1000 + scaled / total) * 2 / 3;
}

int64_t pfnscope_badness_of_limit(int64_t limit, int64_t swap_limit, int64_t swap)
{
	if (swap_limit == PFNSCOPE_MISSING || swap_limit > swap)
		swap_limit = swap;
	return pfnscope_plus(limit, swap_limit);
}
