// SPDX-License-Identifier: GPL-2.0-only
/*
 * One report in every dress that logs come in: what is read must be the same
 * as from the bare lines. Also where reports begin and end.
 */
// with: oom-reports.c
#include <ctype.h>
#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oom-reports.h"

#define SIZE	65536

static const char bare[] =
"worker/3 invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0\n"
"CPU: 3 PID: 4711 Comm: worker/3 Not tainted 6.8.12-test #1\n"
"Hardware name: Test Board, BIOS 1.0 01/01/2024\n"
"Call Trace:\n"
" <TASK>\n"
" dump_stack_lvl+0x47/0x60\n"
" out_of_memory+0x100/0x5b0\n"
" </TASK>\n"
"Mem-Info:\n"
"active_anon:1201 inactive_anon:480033 isolated_anon:0\n"
" active_file:18 inactive_file:7 isolated_file:0\n"
" unevictable:0 dirty:2 writeback:1\n"
" slab_reclaimable:3000 slab_unreclaimable:9001\n"
" mapped:35 shmem:222 pagetables:1900\n"
" sec_pagetables:0 bounce:0\n"
" kernel_misc_reclaimable:0\n"
" free:14444 free_pcp:61 free_cma:0\n"
"Node 0 active_anon:4804kB inactive_anon:1920132kB active_file:72kB inactive_file:28kB unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:140kB dirty:8kB writeback:4kB shmem:888kB shmem_thp:0kB shmem_pmdmapped:0kB anon_thp:0kB writeback_tmp:0kB kernel_stack:2960kB pagetables:7600kB sec_pagetables:0kB all_unreclaimable? no\n"
"Node 0 DMA free:7680kB boost:0kB min:348kB low:432kB high:516kB reserved_highatomic:0KB active_anon:0kB inactive_anon:7168kB active_file:0kB inactive_file:0kB unevictable:0kB writepending:0kB present:15992kB managed:15360kB mlocked:0kB bounce:0kB free_pcp:0kB local_pcp:0kB free_cma:0kB\n"
"lowmem_reserve[]: 0 1912 1912 1912 1912\n"
"Node 0 DMA32 free:50096kB boost:6144kB min:51000kB low:62214kB high:73428kB reserved_highatomic:2048KB active_anon:4804kB inactive_anon:1912964kB active_file:72kB inactive_file:28kB unevictable:0kB writepending:12kB present:2080640kB managed:1992944kB mlocked:0kB bounce:0kB free_pcp:244kB local_pcp:244kB free_cma:0kB\n"
"lowmem_reserve[]: 0 0 0 0 0\n"
"Node 0 DMA: 0*4kB 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 2*256kB (UM) 2*512kB (UM) 2*1024kB (UM) 2*2048kB (UM) 0*4096kB = 7680kB\n"
"Node 0 DMA32: 124*4kB (UME) 120*8kB (UMEH) 85*16kB (UMEH) 1477*32kB (UME) 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 50080kB\n"
"Node 0 hugepages_total=2 hugepages_free=1 hugepages_surp=0 hugepages_size=2048kB\n"
"247 total pagecache pages\n"
"0 pages in swap cache\n"
"Free swap  = 0kB\n"
"Total swap = 0kB\n"
"524158 pages RAM\n"
"0 pages HighMem/MovableOnly\n"
"22082 pages reserved\n"
"Tasks state (memory values in pages):\n"
"[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name\n"
"[    311]     0   311     6187      690      600       90         0    61440        0         -1000 udevd\n"
"[   4711]  1000  4711   612000   470012   470000       12         0  3850240        0             0 worker/3\n"
"[   4712]  1000  4712     2311      122      110       12         0    53248        0             0 sh\n"
"oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=worker/3,pid=4711,uid=1000\n"
"Out of memory: Killed process 4711 (worker/3) total-vm:2448000kB, anon-rss:1880000kB, file-rss:48kB, shmem-rss:0kB, UID:1000 pgtables:3760kB oom_score_adj:0\n";

static struct json_object *read_log(const char *text)
{
	return oom_reports(text, strlen(text));
}

/* The one report of @text must be that of the bare lines. */
static void same_as_bare(const char *text)
{
	struct json_object *expected = read_log(bare), *read = read_log(text);

	assert_int_equal(json_object_array_length(read), 1);
	assert_string_equal(json_object_to_json_string(read),
			    json_object_to_json_string(expected));
	json_object_put(expected);
	json_object_put(read);
}

/* Each line of the report with a prefix; @behind is what ends it. */
static char *dress(const char *prefix, const char *behind)
{
	char *out = calloc(1, SIZE);
	const char *line = bare;

	while (*line) {
		size_t length = strcspn(line, "\n");

		sprintf(out + strlen(out), "%s%.*s%s", prefix, (int)length,
			line, behind);
		line += length + 1;
	}
	return out;
}

static void prefixes_come_off(void **state)
{
	static const char *const prefixes[] = {
		"[  828.600750] ", "[  828.600750][ T5241] ", "<4>", "  ",
		"<4>[  828.600750] ", "[Mon Mar 25 23:35:17 2019] ",
		"[  +0.000012] ", "[2024-03-13T11:16:48,123456+08:00] ",
		"Jun 18 07:44:52 host kernel: ", "> ", ">> ", "> > ", "\t",
		"Jun  8 07:44:52 host kernel: [64377.426677] ",
		"2024-03-13T11:16:48.123456+01:00 host kernel: ",
		"Jun 18 07:44:52 host kernel[1]: [ 64377.426677] ",
		"kern  :warn  : [  828.600750] ", "MESSAGE=",
		"4,1234,828600750,-;", "4,1234,828600750,-,caller=T5241;",
		"> > Jun 18 07:44:52 host kernel: [64377.426677] ",
		"&gt; [  828.600750] ", "\033[32m[  828.600750]\033[0m ",
		"{\"log\":\"[  828.600750] ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		char *text = dress(prefixes[i], "\n");

		same_as_bare(text);
		free(text);
		text = dress(prefixes[i], "\r\n");
		same_as_bare(text);
		free(text);
	}
}

/* Loggers that keep a whole message in one line. */
static void escaped_newlines(void **state)
{
	static const char *const ends[] = { "\\x0a", "#012", "\\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		char *text = dress("", ends[i]);

		same_as_bare(text);
		free(text);
	}
}

/* As a mail client wraps: at the last blank before the column. */
static char *wrap(const char *prefix, const char *quote, size_t column)
{
	char *dressed = dress(prefix, "\n"), *out = calloc(1, SIZE);
	const char *at = dressed;

	while (*at) {
		size_t length = strcspn(at, "\n"), cut = length;

		if (length > column) {
			for (cut = column; cut > 30 && at[cut] != ' '; cut--)
				;
			if (at[cut] != ' ')
				cut = strcspn(at, " \n");
		}
		sprintf(out + strlen(out), "%s%.*s\n", quote, (int)cut, at);
		at += cut + (cut <= length && at[cut] != '\0');
	}
	free(dressed);
	return out;
}

static void wrapped_at_blanks(void **state)
{
	(void)state;
	for (size_t column = 60; column <= 100; column++) {
		char *text = wrap("[  828.600750] ", "", column);

		same_as_bare(text);
		free(text);
		text = wrap("[  828.600750] ", "> ", column);
		same_as_bare(text);
		free(text);
	}
}

/* As a terminal of fixed width cuts: anywhere. */
static void cut_one(const char *prefix, const char *quote, size_t column)
{
	char *dressed = dress(prefix, "\n"), *out = calloc(1, SIZE);
	const char *at = dressed;

	while (*at) {
		size_t length = strcspn(at, "\n");
		size_t cut = length > column ? column : length;

		sprintf(out + strlen(out), "%s%.*s\n", quote, (int)cut, at);
		at += cut + (at[cut] == '\n');
	}
	same_as_bare(out);
	free(out);
	free(dressed);
}

static void cut_at_a_column(void **state)
{
	static const size_t columns[] = { 80, 100, 120, 132, 181, 200, 213 };

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		cut_one("", "", columns[i]);
		cut_one("[  828.600750] ", "", columns[i]);
		cut_one("[  828.600750] ", "> ", columns[i]);
	}
}

static void quoted_printable(void **state)
{
	char *text = dress("[  828.600750] ", "\n"), *out = calloc(1, SIZE);
	size_t column = 0, n = 0;

	(void)state;
	for (const char *at = text; *at; at++) {
		if (column > 72 && *at != '\n') {
			n += (size_t)sprintf(out + n, "=\n");
			column = 0;
		}
		n += (size_t)sprintf(out + n, *at == '=' ? "=3D" : "%c", *at);
		column = *at == '\n' ? 0 : column + (*at == '=' ? 3 : 1);
	}
	same_as_bare(out);
	free(out);
	free(text);
}

/* Two tasks print at once; the kernel names the caller of each line. */
static void interleaved_callers(void **state)
{
	char *one = dress("[  828.600750][  T100] ", "\n");
	char *two = dress("[  828.600751][  T200] ", "\n");
	char *out = calloc(1, 2 * SIZE), *a = one, *b = two;
	struct json_object *list, *expected = read_log(bare);

	(void)state;
	while (*a && *b) {
		size_t left = strcspn(a, "\n") + 1, right = strcspn(b, "\n") + 1;

		sprintf(out + strlen(out), "%.*s%.*s", (int)left, a,
			(int)right, b);
		a += left;
		b += right;
	}
	list = read_log(out);
	assert_int_equal(json_object_array_length(list), 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(json_object_equal(
			json_object_array_get_idx(list, i),
			json_object_array_get_idx(expected, 0)));
	json_object_put(list);
	json_object_put(expected);
	free(out);
	free(one);
	free(two);
}

/* Lines of others in between say nothing about the report. */
static void noise_in_between(void **state)
{
	char *text = dress("[  828.600750] usb 1-1: new device\n"
			   "[  828.600751] ", "\n");

	(void)state;
	same_as_bare(text);
	free(text);
}

static size_t count(const char *text)
{
	struct json_object *list = read_log(text);
	size_t length = json_object_array_length(list);

	json_object_put(list);
	return length;
}

static void where_reports_begin(void **state)
{
	char *two = calloc(1, SIZE);

	(void)state;
	strcat(strcat(two, bare), bare);
	assert_int_equal(count(two), 2);
	assert_int_equal(count(bare), 1);
	/* From the middle on there is no header, and still a report. */
	assert_int_equal(count(strstr(bare, "Mem-Info:")), 1);
	strcpy(two, strstr(bare, "Mem-Info:"));
	strcat(two, strstr(bare, "Mem-Info:"));
	assert_int_equal(count(two), 2);
	free(two);
	/* What `dmesg | grep -i kill` leaves. */
	assert_int_equal(count("Out of memory: Killed process 1 (a) total-vm:4kB\n"
			       "Out of memory: Killed process 2 (b) total-vm:4kB\n"),
			 2);
	assert_int_equal(count("a page allocation failure was seen\n"
			       "the oom-killer: a story\n"), 0);
	assert_int_equal(count(""), 0);
}

static struct json_object *member(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(object, key, &value);
	return value;
}

static void missing_stays_missing(void **state)
{
	struct json_object *list = read_log(
		"Node 0 Normal free:4000kB min:1000kB low:1200kB high:1400kB\n");
	struct json_object *report = json_object_array_get_idx(list, 0);
	struct json_object *zone = json_object_array_get_idx(
		member(report, "zones"), 0);

	(void)state;
	assert_null(member(report, "comm"));
	assert_null(member(report, "gfp_mask"));
	assert_null(member(report, "page_size_kb"));
	assert_null(member(report, "killed"));
	assert_null(member(zone, "managed_kb"));
	assert_int_equal(json_object_get_int(member(zone, "free_kb")), 4000);
	json_object_put(list);
}

static const char *victim(const char *line, struct json_object **list)
{
	*list = read_log(line);
	assert_int_equal(json_object_array_length(*list), 1);
	return json_object_get_string(member(member(
		json_object_array_get_idx(*list, 0), "killed"), "comm"));
}

static void names_of_victims(void **state)
{
	static const char *const lines[][2] = {
		{ "Out of Memory: Killed process 15527 (httpd).\n", "httpd" },
		{ "Killed process 20557, UID 188, (haproxy) total-vm:8kB, "
		  "anon-rss:4kB\n", "haproxy" },
		{ "Killed process 12 (a b), UID 0, total-vm:8kB\n", "a b" },
		{ "Out of memory: Killed process 77 ((sd-pam)) total-vm:8kB\n",
		  "(sd-pam)" },
		{ "Memory cgroup out of memory: Kill process 5 (x) score 970 "
		  "or sacrifice child\n", "x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct json_object *list;

		assert_string_equal(victim(lines[i][0], &list), lines[i][1]);
		json_object_put(list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_come_off),
		cmocka_unit_test(escaped_newlines),
		cmocka_unit_test(wrapped_at_blanks),
		cmocka_unit_test(cut_at_a_column),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(interleaved_callers),
		cmocka_unit_test(noise_in_between),
		cmocka_unit_test(where_reports_begin),
		cmocka_unit_test(missing_stays_missing),
		cmocka_unit_test(names_of_victims),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
