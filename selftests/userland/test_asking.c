// SPDX-License-Identifier: GPL-2.0-only
/* What /proc tells of a task that asks, and the sources behind a release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "source/asking.h"
#include "source/source.h"
#include "source/system.h"

static char root[] = "/tmp/pfnscope-asking.XXXXXX";

static void put(const char *path, const char *text)
{
	char full[256];
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	for (char *at = full + sizeof(root); (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(full, 0755);
		*at = '/';
	}
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static struct pfnscope_source *source_of_root(void)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;

	assert_int_equal(pfnscope_source_open(root, &source, &error), 0);
	return source;
}

static void read_task(struct pfnscope_request *request,
		      struct pfnscope_policy *policy)
{
	struct pfnscope_source *source = source_of_root();
	struct pfnscope_error error = { 0 };

	*request = (struct pfnscope_request){ .cpu = PFNSCOPE_MISSING };
	assert_int_equal(pfnscope_task_read(source, 7, request, policy, &error),
			 0);
	pfnscope_source_close(source);
}

/* Fields 9 flags, 39 processor and 41 policy behind a hostile name. */
#define STAT(flags, cpu, policy)					\
	"7 (a) b) (c) S 1 7 7 0 -1 " flags " 1 2 3 4 5 6 7 8 20 0 1 0 "	\
	"100 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 17 " cpu " 0 " policy " 0 0\n"

static void task_and_cpuset(void **state)
{
	struct pfnscope_request request;
	struct pfnscope_policy policy;

	(void)state;
	put("proc/7/status", "Name:\ta\nMems_allowed:\t3\n"
	    "Mems_allowed_list:\t0-1,4\nThreads:\t1\n");
	put("proc/7/stat", STAT("4194304", "3", "0"));
	read_task(&request, &policy);
	assert_int_equal(request.cpuset, 0x13);
	assert_int_equal(request.cpu, 3);
	assert_false(request.realtime);
	assert_false(request.memalloc);
	assert_string_equal(policy.text, "");
	put("proc/7/stat", STAT("2048", "0", "1"));
	read_task(&request, &policy);
	assert_true(request.realtime);
	assert_true(request.memalloc);
	put("proc/7/stat", STAT("0", "0", "6"));
	read_task(&request, &policy);
	assert_true(request.realtime);
}

static void policy_is(const char *word, uint64_t nodes, int64_t node,
		      bool rotates)
{
	struct pfnscope_request request;
	struct pfnscope_policy policy;
	char maps[256];

	snprintf(maps, sizeof(maps), "00400000 bind:5 file=/bin/a mapped=1\n"
		 "7ffd0000 %s stack anon=3 dirty=3 N0=3\n"
		 "7fff0000 default\n", word);
	put("proc/7/numa_maps", maps);
	read_task(&request, &policy);
	assert_string_equal(policy.text, word);
	assert_int_equal(policy.nodes, nodes);
	assert_int_equal(policy.node, node);
	assert_int_equal(policy.rotates, rotates);
}

static void policy_of_the_stack(void **state)
{
	(void)state;
	policy_is("default", 0, PFNSCOPE_MISSING, false);
	policy_is("bind:0-1", 3, PFNSCOPE_MISSING, false);
	policy_is("bind=static:2", 4, PFNSCOPE_MISSING, false);
	policy_is("prefer:1", 0, 1, false);
	policy_is("interleave:0-3", 0, PFNSCOPE_MISSING, true);
	policy_is("interleave:0,2", 0, PFNSCOPE_MISSING, true);
	/* Who has all the turns is next. */
	policy_is("interleave:2", 0, 2, false);
	policy_is("interleave=static:13", 0, 13, false);
	policy_is("weighted interleave:1", 0, 1, false);
}

static void version_is(const char *release, const char *line,
		       const char *expected)
{
	struct pfnscope_source *source;
	struct pfnscope_system system;

	put("proc/sys/kernel/osrelease", release);
	put("proc/version", line);
	source = source_of_root();
	pfnscope_system_read(source, &system);
	pfnscope_source_close(source);
	assert_string_equal(system.version, expected);
}

static void version_of_the_sources(void **state)
{
	(void)state;
	version_is("6.1.0-50-cloud-amd64\n", "Linux version 6.1.0-50-cloud-amd64 (gcc-12 (Debian 12.2.0-14) "
		   "12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP Debian 6.1.176-1 (2026-07-02)\n",
		   "6.1.176-1");
	version_is("6.5.0-14-generic\n", "Linux version 6.5.0-14-generic #14 SMP\n", "6.5.0-14-generic");
	version_is("6.12\n", "Linux version 6.12 Debian 6.1.5-1\n", "6.12");
}

static int make_root(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(task_and_cpuset),
		cmocka_unit_test(policy_of_the_stack),
		cmocka_unit_test(version_of_the_sources),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
