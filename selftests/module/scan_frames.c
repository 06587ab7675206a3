// SPDX-License-Identifier: GPL-2.0-only
// configs: slabs
// guest:
// guest: --nodes 2 --mem 1G --append hugepages=16
// guest: --mem 1G --append movablecore=256M
/*
 * `owners` by kind: vmalloc function by function against /proc/vmallocinfo, reserved against /proc/iomem, the
 * memory blocks of sysfs and what the kernel said of its first per-CPU chunk when it booted.
 */

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/pace.h"
#include "lib/ram.h"
#include "lib/table.h"
#include "lib/text.h"

#define PAGE	4096ULL

/* Bytes of a struct page, on all kernels that are tested. */
#define STRUCT_PAGE	64

/* Pages of an owner in all zones; of a whole kind where it is NULL. */
static long long pages_of(const struct table *t, const char *kind, const char *owner)
{
	long long sum = 0, pages;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "kind"), kind) &&
		    (!owner || !strcmp(table_cell(t, row, "owner"), owner)) && table_number(t, row, "pages", &pages))
			sum += pages;
	return sum;
}

/* --- vmalloc --- */

struct caller {
	char name[160];
	long long before, after;
};

static struct caller callers[512];
static size_t nr_callers;

static struct caller *caller_of(const char *name)
{
	size_t i;

	for (i = 0; i < nr_callers && strcmp(callers[i].name, name); i++)
		;
	if (i == nr_callers && i < sizeof(callers) / sizeof(callers[0]))
		snprintf(callers[nr_callers++].name, sizeof(callers[0].name), "%s", name);
	return i < nr_callers ? &callers[i] : NULL;
}

/* "0x..-0x.. BYTES FUNCTION+0x../0x.. [MODULE] pages=N ...": only an area that owns its pages says how many. */
static void add_area(const char *line, bool after)
{
	char function[128], module[64] = "", name[sizeof(callers[0].name)];
	const char *pages = strstr(line, " pages=");
	struct caller *caller;

	if (!pages || sscanf(line, "%*s %*d %127[^+ ]", function) != 1)
		return;
	sscanf(line, "%*s %*d %*s [%63[^]]]", module);
	snprintf(name, sizeof(name), *module ? "%s\\040[%s]" : "%s", function, module);
	caller = caller_of(name);
	if (caller)
		*(after ? &caller->after : &caller->before) += atoll(pages + strlen(" pages="));
}

static void add_areas(bool after)
{
	char *text = text_need("/proc/vmallocinfo"), *at = text, *line;

	while ((line = text_line(&at)))
		add_area(line, after);
	free(text);
}

static void compare_vmalloc(struct ledger *l, const struct table *t)
{
	for (struct caller *c = callers; c < callers + nr_callers; c++)
		ledger_enter_number(l, "vmalloc by function equals /proc/vmallocinfo", c->name, c->before,
				    pages_of(t, "vmalloc", c->name), c->after);
}

/* --- reserved --- */

static void compare_zones(struct ledger *l, const struct table *t)
{
	char where[64];
	long long pages, sum;

	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(table_cell(t, row, "kind"), "class") || strcmp(table_cell(t, row, "owner"), "reserved") ||
		    !table_number(t, row, "pages", &pages))
			continue;
		sum = 0;
		for (size_t i = 0; i < t->rows; i++) {
			long long part;

			if (!strcmp(table_cell(t, i, "kind"), "reserved") &&
			    !strcmp(table_cell(t, i, "node"), table_cell(t, row, "node")) &&
			    !strcmp(table_cell(t, i, "zone"), table_cell(t, row, "zone")) &&
			    table_number(t, i, "pages", &part))
				sum += part;
		}
		snprintf(where, sizeof(where), "node %s zone %s", table_cell(t, row, "node"), table_cell(t, row, "zone"));
		ledger_enter_number(l, "kind reserved adds up to the class", where, pages, sum, pages);
	}
}

static unsigned long long iomem_pages(const char *iomem, const char *name)
{
	const char *at = strstr(iomem, name), *line = at;
	unsigned long long start, end;

	while (line && line > iomem && line[-1] != '\n')
		line--;
	if (!line || sscanf(line, " %llx-%llx", &start, &end) != 2 || end <= start)
		return 0;
	return (end + PAGE) / PAGE - start / PAGE;
}

static void compare_image(struct ledger *l, const struct table *t)
{
	static const char *const parts[][2] = {
		{ "Kernel code", "Kernel\\040code" }, { "Kernel rodata", "Kernel\\040rodata" },
		{ "Kernel data", "Kernel\\040data" },
	};
	char *iomem = text_need("/proc/iomem");

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		long long pages = (long long)iomem_pages(iomem, parts[i][0]);

		ledger_enter_fact(l, "the image has its parts in /proc/iomem", parts[i][0], pages > 0, "no range");
		ledger_enter_number(l, "reserved for the image equals /proc/iomem", parts[i][0], pages,
				    pages_of(t, "reserved", parts[i][1]), pages);
	}
	/* Its end is what the kernel allocated from at boot; what was left of that is free. */
	ledger_enter_fact(l, "reserved for bss is some of what /proc/iomem has", "",
			  pages_of(t, "reserved", "Kernel\\040bss") > 0 &&
			  pages_of(t, "reserved", "Kernel\\040bss") <= (long long)iomem_pages(iomem, "Kernel bss"), "more");
	free(iomem);
}

#define MEMORY	"/sys/devices/system/memory"

static long long struct_pages(long long blocks, unsigned long long bytes)
{
	return blocks * (long long)(bytes / PAGE * STRUCT_PAGE / PAGE);
}

/* Sections of x86, with memory in them. */
#define SECTION	(128ULL << 20)
#define SECTIONS	512

static long long sections(void)
{
	const size_t pages = SECTION / PAGE;
	bool *ram = ram_need(SECTIONS * pages);
	long long some = 0;

	for (size_t i = 0; i < SECTIONS; i++)
		some += memchr(ram + i * pages, true, pages) != NULL;
	free(ram);
	return some;
}

/*
 * Every memory block of sysfs has its struct pages, whether or not there is memory behind each; without
 * CONFIG_MEMORY_HOTPLUG there are no blocks, but the sections that they are made of.
 */
static long long memmap_pages(void)
{
	DIR *dir = opendir(MEMORY);
	struct dirent *entry;
	unsigned long long bytes;
	long long blocks = 0;
	unsigned int number;
	char *size;

	if (!dir)
		return struct_pages(sections(), SECTION);
	size = text_need(MEMORY "/block_size_bytes");
	bytes = strtoull(size, NULL, 16);
	while ((entry = readdir(dir)))
		blocks += sscanf(entry->d_name, "memory%u", &number) == 1;
	closedir(dir);
	free(size);
	return struct_pages(blocks, bytes);
}

/*
 * "percpu: Embedded 53 pages/cpu s180224 r8192 d28672 u1048576"; 0 where the kernel did not say, and -1 where the log
 * has lost the beginning of the boot.
 */
static long long percpu_pages(void)
{
	static char log[1 << 20];
	int n = klogctl(3, log, sizeof(log) - 1);
	const char *line;

	log[n > 0 ? n : 0] = '\0';
	line = strstr(log, "percpu: Embedded ");
	if (!line && strstr(log, "Linux version "))
		return 0;
	return line ? atoll(line + strlen("percpu: Embedded ")) * sysconf(_SC_NPROCESSORS_CONF) : -1;
}

static void compare_percpu(struct ledger *l, const struct table *t, long long pages)
{
	ledger_enter_fact(l, "the kernel said how large its first per-CPU chunk is", "", pages > 0, "not in the log");
	ledger_enter_number(l, "reserved percpu equals what the kernel said at boot", "all zones", pages,
			    pages_of(t, "reserved", "percpu"), pages);
}

static void round_of(struct ledger *l)
{
	long long memmap = memmap_pages(), percpu = percpu_pages();
	struct table t;

	for (size_t i = 0; i < nr_callers; i++)
		callers[i].before = callers[i].after = 0;
	add_areas(false);
	table_need(&t, "owners");
	add_areas(true);
	compare_vmalloc(l, &t);
	compare_zones(l, &t);
	compare_image(l, &t);
	ledger_enter_number(l, "reserved memmap equals the memory blocks of sysfs", "all zones", memmap,
			    pages_of(&t, "reserved", "memmap"), memmap);
	if (percpu >= 0)
		compare_percpu(l, &t, percpu);
	table_free(&t);
}

/* What is reserved and has no name is small change. */
static void check_rest(struct ledger *l)
{
	long long rest, all;
	char text[64];
	struct table t;

	table_need(&t, "owners");
	rest = pages_of(&t, "reserved", "other");
	all = pages_of(&t, "class", "reserved");
	snprintf(text, sizeof(text), "%lld pages of %lld", rest, all);
	ledger_enter_fact(l, "a tenth of what is reserved has no name, at most", "", all > 0 && rest <= all / 10, text);
	printf("# reserved without a name: %s\n", text);
	table_free(&t);
}

/* Kernel stacks are areas of vmalloc() too, and no page is an area's and a holder's. */
static long long nameless_pages(const struct table *t)
{
	return pages_of(t, "class", "kernel") + pages_of(t, "class", "kernel_stack") +
	       pages_of(t, "class", "unreferenced") - pages_of(t, "counter", "pcp") - pages_of(t, "vmalloc", NULL) -
	       pages_of(t, "holder", NULL);
}

static void check_share(struct ledger *l)
{
	long long used, nameless, reserved;
	char text[128];
	struct table t;

	table_need(&t, "owners");
	used = pages_of(&t, "class", NULL) - pages_of(&t, "class", "free");
	nameless = nameless_pages(&t);
	reserved = pages_of(&t, "reserved", "other");
	snprintf(text, sizeof(text), "%lld pages of the kernel's and %lld reserved ones, of %lld in use: %.1f %%", nameless,
		 reserved, used, 100.0 * (double)(nameless + reserved) / (double)used);
	ledger_enter_fact(l, "less than 32 MiB in use have no name", "", nameless + reserved < (32 << 20) / (long long)PAGE,
			  text);
	printf("# without a name: %s\n", text);
	table_free(&t);
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_run(&l, round_of, 60);
	/* For the shadow of KASAN an eighth of memory is reserved, and listed nowhere. */
	if (pace() == 1) {
		/* Of little that is reserved, as in a small kernel, a tenth is nothing. */
		if (!access(MEMORY, F_OK))
			check_rest(&l);
		check_share(&l);
	}
	return ledger_report(&l, "owners");
}
