// SPDX-License-Identifier: GPL-2.0-only
/* A recorded root whose links lead out of it: by openat2(), and where a filter of calls does not know that one. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "source/source.h"

static char root[] = "/tmp/pfnscope-source-XXXXXX";

static void write_file(const char *path, const char *text)
{
	char name[128];
	FILE *file;

	snprintf(name, sizeof(name), "%s/%s", root, path);
	file = fopen(name, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void make_link(const char *path, const char *to)
{
	char name[128];

	snprintf(name, sizeof(name), "%s/%s", root, path);
	assert_int_equal(symlink(to, name), 0);
}

static void make_folder(const char *path)
{
	char name[128];

	snprintf(name, sizeof(name), "%s/%s", root, path);
	assert_int_equal(mkdir(name, 0700), 0);
}

static int make_root(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(root));
	make_folder("proc");
	make_folder("proc/sys");
	make_folder("proc/sys/vm");
	write_file("proc/sys/vm/defrag_mode", "1\n");
	make_link("proc/vmstat", "/etc/passwd");
	make_link("proc/meminfo", "../../../../../../etc/passwd");
	make_link("proc/pressure", "/etc");
	return 0;
}

static int remove_root(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command);
}

/* 0 where the file can be read, else the errno. */
static int opens(const char *path)
{
	struct pfnscope_source *source;
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input = NULL;
	int failure;

	assert_int_equal(pfnscope_source_open(root, &source, &error), 0);
	failure = pfnscope_source_input(source, path, &input);
	if (!failure)
		pfnscope_input_close(input);
	pfnscope_source_close(source);
	return failure;
}

static void expect_no_way_out(void)
{
	assert_int_equal(opens("proc/sys/vm/defrag_mode"), 0);
	assert_int_equal(opens("proc/sys/vm"), EISDIR);
	assert_int_equal(opens("proc/sys/vm/nothing"), ENOENT);
	assert_int_not_equal(opens("proc/vmstat"), 0);
	assert_int_not_equal(opens("proc/meminfo"), 0);
	assert_int_not_equal(opens("proc/pressure/passwd"), 0);
	assert_int_not_equal(opens("../../../../../etc/passwd"), 0);
}

static void links_do_not_lead_out(void **state)
{
	(void)state;
	expect_no_way_out();
}

/* As the filter of a container that is older than the call. For good: the last one. */
static void nor_where_the_call_is_refused(void **state)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(*code), code };

	(void)state;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		skip();
	assert_int_equal(syscall(SYS_openat2, -1, "", NULL, 0), -1);
	assert_int_equal(errno, EPERM);
	expect_no_way_out();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_do_not_lead_out),
		cmocka_unit_test(nor_where_the_call_is_refused),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
