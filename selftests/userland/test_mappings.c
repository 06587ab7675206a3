// SPDX-License-Identifier: GPL-2.0-only
/* Who maps a page frame: this program and a child of it, of pages that both have, by what pagemap says of them. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/whose.h"
#include "source/mappings.h"
#include "view/whose.h"

#define PAGES	4

static uint64_t frames[PAGES];
static size_t own[PAGES], childs[PAGES], others;
static pid_t child;
static char *shared;
static size_t page_size;

static void find_frames(void)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	off_t at = (off_t)((uintptr_t)shared / page_size * sizeof(*frames));

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, frames, sizeof(frames), at), sizeof(frames));
	close(fd);
	for (size_t i = 0; i < PAGES; i++)
		frames[i] &= (1ULL << 55) - 1;
}

/* A child that has touched the pages too. */
static int share(void **state)
{
	int ready[2];
	char byte;

	(void)state;
	page_size = (size_t)sysconf(_SC_PAGESIZE);
	shared = mmap(NULL, PAGES * page_size, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (shared == MAP_FAILED || pipe(ready))
		return -1;
	child = fork();
	if (!child) {
		for (size_t i = 0; i < PAGES; i++)
			*(volatile char *)(shared + i * page_size) = 1;
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(0);
	}
	close(ready[1]);
	return read(ready[0], &byte, 1) == 1 ? 0 : -1;
}

static int part(void **state)
{
	(void)state;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}

static bool count(void *context, uint64_t pid, uint64_t frame)
{
	size_t *left = context;

	for (size_t i = 0; i < PAGES; i++) {
		if (frame != frames[i])
			continue;
		own[i] += pid == (uint64_t)getpid();
		childs[i] += pid == (uint64_t)child;
		others += pid != (uint64_t)getpid() && pid != (uint64_t)child;
	}
	return --*left;
}

static void find(size_t limit, uint64_t first, uint64_t last)
{
	struct pfnscope_mappings mappings = {
		.first = first, .last = last, .take = count, .context = &limit,
	};
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;

	memset(own, 0, sizeof(own));
	memset(childs, 0, sizeof(childs));
	others = 0;
	assert_int_equal(pfnscope_source_open(NULL, &source, &error), 0);
	pfnscope_mappings_find(source, page_size, &mappings);
	pfnscope_source_close(source);
	assert_true(mappings.processes >= 1);
}

/* The kernel may have moved one meanwhile: then that is no answer. */
static void find_in_place(size_t limit)
{
	uint64_t before[PAGES], first, last;

	do {
		find_frames();
		memcpy(before, frames, sizeof(frames));
		first = last = frames[0];
		for (size_t i = 1; i < PAGES; i++) {
			first = frames[i] < first ? frames[i] : first;
			last = frames[i] > last ? frames[i] : last;
		}
		find(limit, limit == 1 ? frames[0] : first, limit == 1 ? frames[0] : last);
		find_frames();
	} while (memcmp(before, frames, sizeof(frames)));
}

static void both_map_each_page(void **state)
{
	(void)state;
	find_frames();
	/* They are kept from all but root. */
	if (!frames[0])
		skip();
	find_in_place(SIZE_MAX);
	for (size_t i = 0; i < PAGES; i++) {
		assert_int_equal(own[i], 1);
		assert_int_equal(childs[i], 1);
	}
	assert_int_equal(others, 0);
}

static void nothing_is_looked_for_behind_the_last(void **state)
{
	(void)state;
	find_frames();
	if (!frames[0])
		skip();
	find_in_place(1);
	assert_int_equal(own[0] + childs[0], 1);
}

/* As the module tells of one: small, and mapped twice. */
static struct pfnscope_table *table_of(uint64_t frame, uint64_t maps)
{
	struct WHOSE_table *table = WHOSE_NEW();
	struct pfnscope_value *row = pfnscope_table_add(&table->all);

	pfnscope_table_set_number(CELL(table, row, WHOSE_start_pfn), frame);
	pfnscope_table_set_number(CELL(table, row, WHOSE_pages), 1);
	pfnscope_table_set_number(CELL(table, row, WHOSE_maps), maps);
	pfnscope_table_set_string(CELL(table, row, WHOSE_class), "shmem");
	return &table->all;
}

static bool is_named(const struct pfnscope_value *value, pid_t pid)
{
	char name[64], comm[32] = "";
	FILE *file = fopen("/proc/self/comm", "r");

	assert_non_null(file);
	assert_non_null(fgets(comm, sizeof(comm), file));
	fclose(file);
	comm[strcspn(comm, "\n")] = '\0';
	snprintf(name, sizeof(name), "%d:%s", (int)pid, comm);
	for (size_t i = 0; i < value->count; i++)
		if (!strcmp(value->words[i], name))
			return true;
	return false;
}

static void a_row_names_them(void **state)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_run run = {
		.command = &pfnscope_cmd_whose, .format.page_size_bytes = page_size,
	};
	const struct pfnscope_value *value;
	struct pfnscope_table *table;
	uint64_t frame;

	(void)state;
	find_frames();
	if (!frames[0])
		skip();
	assert_int_equal(pfnscope_source_open(NULL, &run.source, &error), 0);
	do {
		find_frames();
		frame = frames[0];
		table = table_of(frame, 2);
		pfnscope_whose_find_processes(&run, table);
		value = pfnscope_table_cell(CELL(WHOSE_OF(table), 0, WHOSE_processes));
		find_frames();
		if (frame != frames[0])
			pfnscope_table_free(table);
	} while (frame != frames[0]);
	assert_non_null(value);
	assert_int_equal(value->count, 2);
	assert_true(is_named(value, getpid()));
	assert_true(is_named(value, child));
	pfnscope_table_free(table);
	/* By nobody: nobody is looked for. */
	table = table_of(frame, 0);
	pfnscope_whose_find_processes(&run, table);
	assert_null(pfnscope_table_cell(CELL(WHOSE_OF(table), 0, WHOSE_processes)));
	pfnscope_table_free(table);
	pfnscope_source_close(run.source);
}

static void of_a_recorded_root_nothing_is_known(void **state)
{
	struct pfnscope_mappings mappings = { .last = UINT64_MAX, .take = count };
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;

	(void)state;
	assert_int_equal(pfnscope_source_open("/", &source, &error), 0);
	pfnscope_mappings_find(source, page_size, &mappings);
	pfnscope_source_close(source);
	assert_int_equal(mappings.processes, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_map_each_page),
		cmocka_unit_test(nothing_is_looked_for_behind_the_last),
		cmocka_unit_test(a_row_names_them),
		cmocka_unit_test(of_a_recorded_root_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, share, part);
}
