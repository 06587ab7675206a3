// SPDX-License-Identifier: GPL-2.0-only
/* The OOM killer's score, kernel by kernel: done by hand from mm/oom_kill.c of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "allocator/badness.h"
#include "base/release.h"

#define NO	PFNSCOPE_MISSING
#define V(a, b)	PFNSCOPE_KERNEL(a, b, 0)

/* Of a machine of a million pages: a point of oom_score_adj is a thousand. */
static const struct {
	struct pfnscope_badness task;
	int64_t total;
	unsigned int version;
	int64_t score;
} facts[] = {
	{ { 100, 20, 3, 0, false }, 1000000, V(7, 2), 123 },
	{ { 100, 20, 3, 0, true }, 1000000, V(7, 2), 123 },
	{ { 100, NO, NO, NO, false }, NO, V(7, 2), 100 },
	{ { 100, 20, 3, 500, false }, 1000000, V(5, 10), 500123 },
	{ { 100, 20, 3, 500, false }, 1000999, V(5, 10), 500123 },
	{ { 100, 20, 3, -1, false }, 1000000, V(5, 10), -877 },
	{ { 100, 20, 3, -1, false }, 1000000, V(5, 8), 1 },
	{ { 100, 20, 3, -1, false }, 1000000, 0, -877 },
	{ { 100, 20, 3, 500, false }, NO, V(6, 1), NO },
	{ { 100, 20, 3, 0, false }, NO, V(6, 1), 123 },
	/* Root is spared 3 % up to 4.16: of what it holds, and up to 3.13 of all. */
	{ { 1000, 100, 23, 0, true }, 1000000, V(4, 16), 1123 - 33 },
	{ { 1000, 100, 23, 0, true }, 1000000, V(4, 17), 1123 },
	{ { 1000, 100, 23, 0, true }, 1000000, V(3, 14), 1123 - 33 },
	{ { 100000, 0, 0, 0, true }, 1000000, V(3, 13), 70000 },
	{ { 100000, 0, 0, 0, false }, 1000000, V(3, 13), 100000 },
	{ { 100000, 0, 0, 0, true }, NO, V(3, 13), NO },
	/* In thousandths, from 1 to 1000, up to 3.4. */
	{ { 100000, 0, 0, 0, true }, 1000000, V(3, 4), 70 },
	{ { 100999, 0, 0, 3, false }, 1000000, V(2, 6) + 36, 103 },
	{ { 10, 0, 0, 0, false }, 1000000, V(3, 4), 1 },
	{ { 999000, 0, 0, 999, false }, 1000000, V(3, 4), 1000 },
	{ { 100000, 0, 0, 0, false }, NO, V(3, 4), NO },
	{ { INT64_MAX, 1, 0, 0, false }, 1000000, V(7, 2), NO },
};

static void scores(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		int64_t score = pfnscope_badness_score(&facts[i].task, facts[i].total,
						       facts[i].version);

		if (score != facts[i].score)
			print_message("# fact %zu\n", i);
		assert_int_equal(facts[i].score, score);
	}
}

/* "score N" of the Kill line: of a log of CentOS 7 thousandths of the total, of one of 2.6.37 the score. */
static void as_logs_print_it(void **state)
{
	const struct pfnscope_badness java = { 1537770, 0, 66407, 0, false };
	const struct pfnscope_badness plymouthd = { 365, NO, NO, 0, true };
	int64_t total = 2097151 - 94167;

	(void)state;
	assert_int_equal(800, pfnscope_badness_score(&java, total, V(3, 10)) * 1000 / total);
	assert_int_equal(1, pfnscope_badness_score(&plymouthd, 524288 - 15987, V(2, 6) + 37));
}

/* 666 is what a task without anything shows since 5.9. */
static void as_proc_shows_it(void **state)
{
	(void)state;
	assert_int_equal(666, pfnscope_badness_shown(0, 1000000));
	assert_int_equal(1332, pfnscope_badness_shown(999000, 1000000));
	assert_int_equal(333, pfnscope_badness_shown(-500000, 1000000));
	assert_int_equal(0, pfnscope_badness_shown(-999000, 1000000));
	assert_int_equal(NO, pfnscope_badness_shown(5, 0));
	assert_int_equal(NO, pfnscope_badness_shown(NO, 1000000));
}

static void of_a_limit(void **state)
{
	(void)state;
	assert_int_equal(150, pfnscope_badness_of_limit(100, 50, 80));
	assert_int_equal(180, pfnscope_badness_of_limit(100, 500, 80));
	assert_int_equal(180, pfnscope_badness_of_limit(100, NO, 80));
	assert_int_equal(100, pfnscope_badness_of_limit(100, 0, 80));
	assert_int_equal(NO, pfnscope_badness_of_limit(100, NO, NO));
}

static void whose_child_dies(void **state)
{
	(void)state;
	assert_true(pfnscope_badness_spares_parent(V(5, 1)));
	assert_false(pfnscope_badness_spares_parent(V(5, 2)));
	assert_false(pfnscope_badness_spares_parent(0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores),
		cmocka_unit_test(as_logs_print_it),
		cmocka_unit_test(as_proc_shows_it),
		cmocka_unit_test(of_a_limit),
		cmocka_unit_test(whose_child_dies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
