// SPDX-License-Identifier: GPL-2.0-only
// configs: zones
// guest:
// guest: --nodes 4 --mem 2G
/* What every file of the directory promises, whichever view it belongs to. */

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

/* The columns that may not go away or change places; more may follow them. */
static const struct {
	const char *file, *columns;
} promised[] = {
	{ "about", "key value" },
	{ "stats", "file opens rows spent_ns longest_hold_ns visited_pages" },
	{ "zones", "node zone spanned_pages present_pages managed_pages free_pages min_pages low_pages high_pages "
		   "promo_pages boost_pages lowmem_reserve_pages highatomic_pages cma_pages flags start_pfn" },
	{ "zonelists", "node list position zone_node zone" },
	{ "gfp", "name kind value" },
	{ "pcp", "node zone cpu count_pages high_pages batch_pages high_min_pages high_max_pages lists" },
	{ "reclaim", "scope node zone kswapd_pid kswapd_state kswapd_order kswapd_highest_zone kswapd_failures "
		     "scanned_kswapd_pages scanned_direct_pages stolen_kswapd_pages stolen_direct_pages "
		     "refault_anon_pages refault_file_pages compact_migrate_pfn compact_migrate_sync_pfn "
		     "compact_free_pfn compact_considered compact_defer_shift compact_order_failed" },
	{ "summary", "node zone present_pages managed_pages free_pages min_pages low_pages high_pages" },
};

/* Columns of numbers that carry no unit. */
static const char *const counts[] = { "node", "cpu", "position", "zone_node", "value", "opens", "rows", "order" };

static bool ends_with(const char *s, const char *end)
{
	size_t a = strlen(s), b = strlen(end);

	return a >= b && !strcmp(s + a - b, end);
}

static bool is_number_column(const struct table *t, const char *column)
{
	static const char *const units[] = { "_pages", "_bytes", "_ns", "_ms", "_pfn", "_blocks", "_objects" };

	if (!strcmp(t->name, "about"))
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (ends_with(column, units[i]))
			return true;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		if (!strcmp(column, counts[i]))
			return true;
	return false;
}

/* "-", "none", a decimal number or a list of them. */
static bool is_number_cell(const char *cell)
{
	char copy[512], *save = NULL, *word;

	if (!strcmp(cell, "-") || !strcmp(cell, "none"))
		return true;
	if (strlen(cell) >= sizeof(copy) || ends_with(cell, ",") || *cell == ',' || strstr(cell, ",,"))
		return false;
	strcpy(copy, cell);
	for (word = strtok_r(copy, ",", &save); word; word = strtok_r(NULL, ",", &save))
		if (!is_decimal(word))
			return false;
	return true;
}

/* Half of the address space belongs to the kernel: from 2^63 up, as decimal, as negative number, as hex. */
static bool may_be_address(const char *cell)
{
	const char *at = cell;

	if (strstr(cell, "0x"))
		return true;
	while (*at) {
		size_t hex = strspn(at, "0123456789abcdefABCDEF");
		size_t digits = strspn(at, "0123456789");

		if (hex >= 8 && hex > digits)
			return true;
		if (digits && at > cell && at[-1] == '-' && strtoull(at, NULL, 10) > 1ULL << 46)
			return true;
		if (digits && (strtoull(at, NULL, 10) >> 63 || errno == ERANGE))
			return true;
		errno = 0;
		at += hex ? hex : 1;
	}
	return false;
}

static void check_cells(struct ledger *l, const struct table *t, const char *file)
{
	char topic[96], text[160];

	for (size_t i = 0; i < t->rows * t->columns; i++) {
		const char *column = t->column[i % t->columns], *cell = t->cells[i];

		snprintf(text, sizeof(text), "row %zu, %.40s: '%.80s'", i / t->columns + 1, column, cell);
		snprintf(topic, sizeof(topic), "%s: numbers are decimal", file);
		if (is_number_column(t, column) && !is_number_cell(cell))
			ledger_enter_fact(l, topic, text, false, "not a number");
		snprintf(topic, sizeof(topic), "%s: no cell can be an address of the kernel", file);
		ledger_enter_fact(l, topic, "", !may_be_address(cell), text);
	}
	if (t->rows) {
		snprintf(topic, sizeof(topic), "%s: numbers are decimal", file);
		ledger_enter_fact(l, topic, "", true, "");
	}
}

static void check_columns(struct ledger *l, const struct table *t, const char *file)
{
	char topic[96], text[1024] = "";

	for (size_t i = 0; i < t->columns; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", i ? " " : "", t->column[i]);
	snprintf(topic, sizeof(topic), "%s: begins with the columns it promises", file);
	for (size_t i = 0; i < sizeof(promised) / sizeof(*promised); i++)
		if (!strcmp(promised[i].file, t->name))
			ledger_enter_fact(l, topic, "",
					  !strncmp(text, promised[i].columns, strlen(promised[i].columns)), text);
}

static void check_file(struct ledger *l, const char *path, const char *file, const char *name)
{
	char topic[96];
	struct table t;

	snprintf(topic, sizeof(topic), "%s: keeps the grammar", file);
	ledger_enter_fact(l, topic, "", table_read(&t, path), t.error);
	if (t.error[0])
		return;
	snprintf(topic, sizeof(topic), "%s: the first line names the file and a version from 1.0 on", file);
	ledger_enter_fact(l, topic, "", !strcmp(t.name, name) && t.major >= 1, t.name);
	check_columns(l, &t, file);
	check_cells(l, &t, file);
	table_free(&t);
}

static void each_file(const char *dir, const char *name, void *arg)
{
	char path[512];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (!stat(path, &st) && S_ISREG(st.st_mode))
		check_file(arg, path, name, name);
}

/* The files of the core views are there, and have rows on every kernel. */
static void check_promised(struct ledger *l)
{
	struct table t;

	for (size_t i = 0; i < sizeof(promised) / sizeof(*promised); i++) {
		const char *name = promised[i].file;
		char path[256];

		snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", name);
		if (!strcmp(name, "summary"))
			snprintf(path, sizeof(path), PFNSCOPE_PROC);
		ledger_enter_fact(l, "the core views are there and have rows", name,
				  table_read(&t, path) && t.rows && !t.unavailable,
				  t.error[0] ? t.error : "no rows");
		table_free(&t);
	}
}

/* A zone's line of buddyinfo has a number for each order behind four words: "Node 0, zone DMA". */
static void block_orders(char pageblock[32], char max_order[32])
{
	char *pagetypeinfo = text_need("/proc/pagetypeinfo"), *buddyinfo = text_need("/proc/buddyinfo"), *word;
	long long order = -1;
	int words = 0;

	text_value(pagetypeinfo, "Page block order:", &order);
	buddyinfo[strcspn(buddyinfo, "\n")] = '\0';
	for (word = strtok(buddyinfo, " "); word; word = strtok(NULL, " "))
		words++;
	snprintf(pageblock, 32, "%lld", order);
	snprintf(max_order, 32, "%d", words - 5);
	free(pagetypeinfo);
	free(buddyinfo);
}

/* What `about` says of itself can be had elsewhere. */
static void check_about(struct ledger *l)
{
	char *release = text_need("/proc/sys/kernel/osrelease"), pageblock[32], text[32];
	const char *check;
	struct table t;
	long row;

	table_need(&t, "about");
	release[strcspn(release, "\n")] = '\0';
	row = table_find(&t, "key", "kernel_release", NULL);
	ledger_enter_fact(l, "about: kernel_release is uname's", "",
			  row >= 0 && !strcmp(table_cell(&t, (size_t)row, "value"), release), release);
	snprintf(text, sizeof(text), "%lld", page_bytes());
	ledger_enter_fact(l, "about: page_size_bytes is sysconf's", text,
			  table_find(&t, "key", "page_size_bytes", "value", text, NULL) >= 0, "another");
	block_orders(pageblock, text);
	ledger_enter_fact(l, "about: pageblock_order and max_order are those of pagetypeinfo and buddyinfo", text,
			  table_find(&t, "key", "pageblock_order", "value", pageblock, NULL) >= 0 &&
			  table_find(&t, "key", "max_order", "value", text, NULL) >= 0, "others");
	check = access("/sys/kernel/btf/vmlinux", F_OK) ? "not\\040made:\\040no\\040BTF" : "passed";
	ledger_enter_fact(l, "about: self_check passed, where there is BTF", check,
			  table_find(&t, "key", "self_check", "value", check, NULL) >= 0, "it did not");
	for (row = 0; row < (long)t.rows; row++)
		ledger_enter_fact(l, "about: a key comes once", table_cell(&t, (size_t)row, "key"),
				  table_find(&t, "key", table_cell(&t, (size_t)row, "key"), NULL) == row, "again");
	table_free(&t);
	free(release);
}

int main(void)
{
	struct ledger l = { 0 };

	text_each_file(PFNSCOPE_DIR, each_file, &l);
	check_file(&l, PFNSCOPE_PROC, "/proc/pfnscope", "summary");
	check_promised(&l);
	check_about(&l);
	return ledger_report(&l, "grammar");
}
