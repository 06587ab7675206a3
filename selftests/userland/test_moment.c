// SPDX-License-Identifier: GPL-2.0-only
/* module/walk/taken.h: what of a moment is left for later, on machines larger than a guest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "walk/taken.h"

/* The tables that are taken now, as bits. */
static unsigned int taken(enum pfnscope_moment_how how, unsigned int cpus)
{
	unsigned int tables = 0;

	for (unsigned int i = 0; i < PFNSCOPE_MOMENT_TABLES; i++)
		if (pfnscope_moment_takes(i, how, cpus))
			tables |= 1U << i;
	return tables;
}

#define COUNTERS (1U << PFNSCOPE_MOMENT_ZONES | 1U << PFNSCOPE_MOMENT_FREELISTS | 1U << PFNSCOPE_MOMENT_LRU)
#define PCP (1U << PFNSCOPE_MOMENT_PCP)
#define ALL ((1U << PFNSCOPE_MOMENT_TABLES) - 1)

static void a_task_that_may_be_preempted_takes_all(void **state)
{
	(void)state;
	assert_int_equal(taken(PFNSCOPE_MOMENT_ALL, 2), ALL);
	assert_int_equal(taken(PFNSCOPE_MOMENT_ALL, 4096), ALL);
}

static void under_a_lock_only_counters_are_read(void **state)
{
	(void)state;
	assert_int_equal(taken(PFNSCOPE_MOMENT_COUNTERS, 2), COUNTERS);
	assert_int_equal(taken(PFNSCOPE_MOMENT_COUNTERS, 4096), COUNTERS);
}

static void an_interrupt_reads_the_lists_of_few_cpus(void **state)
{
	(void)state;
	assert_int_equal(taken(PFNSCOPE_MOMENT_SHORT, 64), COUNTERS | PCP);
	assert_int_equal(taken(PFNSCOPE_MOMENT_SHORT, 65), COUNTERS);
}

static void the_rest_has_what_was_left_out(void **state)
{
	(void)state;
	for (unsigned int how = 0; how < PFNSCOPE_MOMENT_REST; how++)
		for (unsigned int cpus = 1; cpus <= 4096; cpus *= 2)
			assert_int_equal(taken(how, cpus) | taken(PFNSCOPE_MOMENT_REST, cpus), ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_task_that_may_be_preempted_takes_all),
		cmocka_unit_test(under_a_lock_only_counters_are_read),
		cmocka_unit_test(an_interrupt_reads_the_lists_of_few_cpus),
		cmocka_unit_test(the_rest_has_what_was_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
