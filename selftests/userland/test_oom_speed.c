// SPDX-License-Identifier: GPL-2.0-only
/*
 * Megabytes of any text are read in seconds, even under the sanitizers: texts
 * made to be dear, each of a piece that repeats. What is measured is the CPU's
 * time of this program alone, against a bound ten times what it takes, so that
 * a busy machine cannot break it; a step that is not linear exceeds it by far.
 */
// with: oom-reports.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "oom-reports.h"
#include "oomlog/explain.h"
#include "oomlog/reader.h"
#include "oomlog/report.h"

#define SIZE		(2UL << 20)
#define SECONDS		20

#define HEADER	"a invoked oom-killer: gfp_mask=0x0, order=0\n"

/* @once, then @piece again and again. */
struct hostile {
	const char *once;
	const char *piece;
};

static const struct hostile hostiles[] = {
	{ "", HEADER },
	{ "", "Killed process 1 (a)\n" },
	{ "", "Mem-Info:\nNode 0 DMA free:1kB\n" },
	{ "", "memory: usage 1kB, limit 1kB, failcnt 1\n" },
	{ "", "[    1.000000] x\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n" },
	{ "", "[    1.000000] " }, { "", "[    1.000000] x\n" },
	{ "[    1.000000] ", "kernel" }, { "", "kernel: " },
	{ "<4>", "[T1]" }, { "<4>", "(1)[1:]" }, { "", "<4>" },
	{ "", "MESSAGE=" }, { "", "Jun 18 07:44:52 " },
	{ "", "1" }, { "[", "1" }, { "", "[" }, { "", ">" }, { "", " " },
	{ "", "&" }, { "", "\\" }, { "", "#" }, { "", "\302" },
	{ "", "\n" }, { "", "a\n" }, { "", "\033[1;" },
	{ "=3D", "= " }, { "=3D", "=\n" }, { "=3D=", " " },
	{ HEADER, "free: " }, { HEADER "Node 0 x", " free:x" },
	{ HEADER "Unreclaimable slab info:\n", "x 1KB 1KB\n" },
	{ HEADER "[ pid ]   uid  tgid total_vm      rss cpu name\n",
	  "[1] 0 1 1 1 0 x\n" },
	{ "Tasks in /x are going to be killed due to memory.oom.group set\n",
	  "Killed process 1 (a) total-vm:1kB\n" },
};

static char *text_of(const struct hostile *hostile)
{
	size_t once = strlen(hostile->once), piece = strlen(hostile->piece);
	char *text = malloc(SIZE);

	assert_non_null(text);
	memcpy(text, hostile->once, once);
	for (size_t i = once; i < SIZE; i++)
		text[i] = hostile->piece[(i - once) % piece];
	return text;
}

static int take(void *context, struct pfnscope_oom_report *report)
{
	size_t *reports = context;

	pfnscope_oom_answer_free(pfnscope_oom_explain(report));
	pfnscope_oom_report_free(report);
	(*reports)++;
	return 0;
}

/* Return: reports that were found. */
static size_t in_time(const char *text, const char *name)
{
	size_t reports = 0;
	const struct pfnscope_oomlog_sink sink = { take, &reports };
	clock_t begin = clock();
	double seconds;

	assert_int_equal(oom_read(text, SIZE, &sink), 0);
	seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
	if (seconds > SECONDS)
		fail_msg("%.1f seconds for %lu bytes of \"%s\"", seconds, SIZE,
			 name);
	return reports;
}

static void hostile_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostiles) / sizeof(*hostiles); i++) {
		char *text = text_of(&hostiles[i]);

		in_time(text, hostiles[i].piece);
		free(text);
	}
}

/* Zones and tasks that are all different: what is kept has a limit. */
static void many_names(void **state)
{
	char *text = malloc(SIZE + 64);
	size_t size = 0;

	(void)state;
	assert_non_null(text);
	for (unsigned int i = 0; size < SIZE; i++)
		size += (size_t)sprintf(text + size,
					"Node %u DMA free:1kB min:1kB\n", i);
	assert_true(in_time(text, "Node N DMA free:1kB") > 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_text),
		cmocka_unit_test(many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
