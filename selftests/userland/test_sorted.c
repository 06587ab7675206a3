// SPDX-License-Identifier: GPL-2.0-only
// with: -Ikernel ../../module/walk/sorted.c
/* module/walk/sorted.c: many elements are put in order without keeping the CPU, and found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/sched.h>
#include <linux/sort.h>

#include "walk/sorted.h"

/* 100,000 threads have four pages of stack each. */
#define MANY 400000
#define FEW 1024

struct element {
	unsigned long word;
	unsigned long belongs;
};

static size_t rests, compared, longest;

int cond_resched(void)
{
	rests++;
	compared = 0;
	return 0;
}

static int (*by)(const void *, const void *);

/* How many comparisons follow one another before others are let run. */
static int compare_and_count(const void *a, const void *b)
{
	compared++;
	longest = compared > longest ? compared : longest;
	return by(a, b);
}

void sort(void *base, size_t num, size_t size, int (*compare)(const void *, const void *),
	  void (*swap)(void *, void *, int))
{
	assert_null(swap);
	by = compare;
	qsort(base, num, size, compare_and_count);
}

/* Words 3, 6, 9 and so on, in no order. */
static struct element *sorted(size_t count)
{
	struct element *elements = calloc(count, sizeof(*elements));
	unsigned int seed = 1;

	assert_non_null(elements);
	for (size_t i = 0; i < count; i++)
		elements[i].word = 3 * (i + 1);
	for (size_t i = count - 1; i; i--) {
		size_t other = (size_t)rand_r(&seed) % (i + 1);
		struct element kept = elements[i];

		elements[i] = elements[other];
		elements[other] = kept;
	}
	for (size_t i = 0; i < count; i++)
		elements[i].belongs = ~elements[i].word;
	rests = compared = longest = 0;
	pfnscope_sort(elements, count, sizeof(*elements));
	return elements;
}

static void expect_order(const struct element *elements, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(elements[i].word, 3 * (i + 1));
		assert_int_equal(elements[i].belongs, ~elements[i].word);
	}
}

static void many_elements_let_others_run(void **state)
{
	struct element *elements = sorted(MANY);

	(void)state;
	expect_order(elements, MANY);
	assert_true(rests > MANY);
	assert_true(longest <= FEW);
	free(elements);
}

static void few_are_in_order_at_once(void **state)
{
	struct element *elements = sorted(FEW);

	(void)state;
	expect_order(elements, FEW);
	assert_int_equal(rests, 0);
	free(elements);
}

static void each_is_found_and_nothing_else(void **state)
{
	static const size_t counts[] = { 1, 2, 3, 7, 8, FEW };

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct element *elements = sorted(counts[i]);

		for (size_t word = 0; word <= 3 * counts[i] + 3; word++) {
			const struct element *wanted = word && word % 3 == 0 && word / 3 <= counts[i] ?
						       &elements[word / 3 - 1] : NULL;

			assert_ptr_equal(pfnscope_find(elements, counts[i], sizeof(*elements), word), wanted);
		}
		free(elements);
	}
	assert_null(pfnscope_find(NULL, 0, sizeof(struct element), 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_elements_let_others_run),
		cmocka_unit_test(few_are_in_order_at_once),
		cmocka_unit_test(each_is_found_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
