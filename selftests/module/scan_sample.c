// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 4G
// kernels: plain
/*
 * `sample` against the full walk of `pageblocks`: what a class has in a zone is within the error that is
 * stated in 19 of 20 readings; within half of it, as printed, it is not. A class that came or went between two
 * full walks has the room between them. Kernel stacks have a class of their own in the full walk alone.
 *
 * Chance decides: each limit is where an estimate that is right fails less than once in ten million runs.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/ledger.h"
#include "lib/pace.h"
#include "lib/table.h"

#define WALKS		4
#define READINGS	30	/* between two walks */
#define HELD		(2UL << 30)
#define PIECE		(4UL << 20)
#define SELDOM		1e-7	/* the chance of a failure in twenty tries, of each of many rows */
#define DEVIATIONS	5.3	/* the same for a mean */

/* A class in a zone, over all readings. */
struct row {
	char name[64];
	double known[2];	/* by the walks before and after */
	double told[READINGS];
	double error[READINGS];
	unsigned int regions, looked;	/* of the zone */
	unsigned int readings, outside, outside_half;
	double off;		/* what was told more than is known, added up */
	double squares;		/* and how far that is from its mean between two walks */
	double drift;		/* by how much it changed between two walks */
	double errors;
};

static size_t nr_rows;
static struct row *rows;

/* --- one reading --- */

static bool is_kernel(const char *class)
{
	return !strcmp(class, "kernel") || !strcmp(class, "kernel_stack") || !strcmp(class, "unreferenced");
}

/* "0 Normal free"; the classes that the walk tells apart and the sample does not are one. */
static const char *name_of(const struct table *t, size_t row)
{
	static char name[64];
	const char *class = table_cell(t, row, "class");

	snprintf(name, sizeof(name), "%s %s %s", table_cell(t, row, "node"), table_cell(t, row, "zone"),
		 is_kernel(class) ? "kernel" : class);
	return name;
}

static struct row *row_of(const char *name)
{
	size_t i;

	for (i = 0; i < nr_rows; i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	rows = realloc(rows, (nr_rows + 1) * sizeof(*rows));
	memset(&rows[nr_rows], 0, sizeof(*rows));
	snprintf(rows[nr_rows].name, sizeof(rows->name), "%s", name);
	return &rows[nr_rows++];
}

static long long number(const struct table *t, size_t row, const char *column)
{
	long long value;

	if (table_number(t, row, column, &value))
		return value;
	printf("Bail out! %s: no number in row %zu\n", column, row);
	exit(1);
}

static void take_reading(unsigned int nr)
{
	struct table sample;
	struct row *row;
	size_t i;

	for (i = 0; i < nr_rows; i++)
		rows[i].told[nr] = rows[i].error[nr] = 0;
	table_need(&sample, "sample");
	for (i = 0; i < sample.rows; i++) {
		row = row_of(name_of(&sample, i));
		row->told[nr] += (double)number(&sample, i, "pages");
		row->error[nr] += (double)number(&sample, i, "error_pages");
		row->regions = (unsigned int)number(&sample, i, "regions");
		row->looked = (unsigned int)number(&sample, i, "sampled_regions");
	}
	table_free(&sample);
}

/* --- the full walk --- */

static void add_block(const struct table *blocks, size_t block)
{
	char name[64], class[64];
	size_t column;

	for (column = 0; column < blocks->columns; column++) {
		if (sscanf(blocks->column[column], "%63s", class) != 1 || strlen(class) < 6 ||
		    strcmp(class + strlen(class) - 6, "_pages"))
			continue;
		class[strlen(class) - 6] = '\0';
		snprintf(name, sizeof(name), "%.8s %.16s %.32s", table_cell(blocks, block, "node"),
			 table_cell(blocks, block, "zone"), is_kernel(class) ? "kernel" : class);
		row_of(name)->known[1] += (double)number(blocks, block, blocks->column[column]);
	}
}

static void walk(void)
{
	struct table blocks;
	size_t i;

	for (i = 0; i < nr_rows; i++)
		rows[i].known[1] = 0;
	table_need(&blocks, "pageblocks");
	for (i = 0; i < blocks.rows; i++)
		add_block(&blocks, i);
	table_free(&blocks);
}

/* --- many readings --- */

static void judge_reading(struct row *row, unsigned int nr)
{
	double low = fmin(row->known[0], row->known[1]), high = fmax(row->known[0], row->known[1]);
	double off = fmax(fmax(low - row->told[nr], row->told[nr] - high), 0);

	row->readings++;
	row->outside += off > row->error[nr];
	row->outside_half += off > row->error[nr] / 2;
	row->errors += row->error[nr];
	row->off += row->told[nr] - (low + high) / 2;
}

static void judge(struct row *row)
{
	double mean = 0;
	unsigned int nr;

	for (nr = 0; nr < READINGS; nr++)
		mean += row->told[nr] / READINGS;
	for (nr = 0; nr < READINGS; nr++) {
		row->squares += (row->told[nr] - mean) * (row->told[nr] - mean);
		judge_reading(row, nr);
	}
	row->drift += fabs(row->known[1] - row->known[0]);
}

/* After a walk, before the next one. */
static void trial(void)
{
	unsigned int nr;
	size_t i;

	for (i = 0; i < nr_rows; i++)
		rows[i].known[0] = rows[i].known[1];
	for (nr = 0; nr < READINGS; nr++)
		take_reading(nr);
	walk();
	for (i = 0; i < nr_rows; i++)
		judge(&rows[i]);
}

/* --- what was found --- */

/* The least number of failures in @tries of one in twenty each that is met SELDOM. */
static unsigned int too_many(unsigned int tries)
{
	double chance = pow(0.95, tries), beyond = 1 - chance;
	unsigned int i;

	for (i = 0; beyond > SELDOM && i < tries; i++) {
		chance *= (double)(tries - i) / (i + 1) * 0.05 / 0.95;
		beyond -= chance;
	}
	return i + 1;
}

static void enter_row(struct ledger *l, const struct row *row, unsigned int walks)
{
	double deviation = sqrt(row->squares / (row->readings - walks)), mean = row->off / row->readings;
	double error = row->errors / row->readings;
	bool whole = row->looked == row->regions;
	char detail[256];

	snprintf(detail, sizeof(detail),
		 "%.0f pages, %u of %u regions: %u of %u outside of %.0f, %u of half of it, deviation %.0f, mean off by %.0f",
		 row->known[1], row->looked, row->regions, row->outside, row->readings, error, row->outside_half,
		 deviation, mean);
	printf("# %s: %s\n", row->name, detail);
	ledger_enter_fact(l, "within the error that is stated in 19 of 20 readings", row->name,
			  row->outside < too_many(row->readings), detail);
	ledger_enter_fact(l, "as often too much as too little", row->name,
			  fabs(mean) <= DEVIATIONS * fmax(deviation, error / 2) / sqrt(row->readings) + row->drift / walks + 1,
			  detail);
	ledger_enter_fact(l, "no error where all is looked at", row->name, !whole == !!error, detail);
}

/* A zone of which a part is free has other parts free each time, and the error is no excuse for anything. */
static void enter_free(struct ledger *l, const struct row *row)
{
	double error = row->errors / row->readings, present;
	char name[64], detail[128];

	snprintf(name, sizeof(name), "%.*s present", (int)(strlen(row->name) - strlen(" free")), row->name);
	present = row_of(name)->known[1];
	snprintf(detail, sizeof(detail), "error %.0f of %.0f pages, squares %.0f", error, present, row->squares);
	ledger_enter_fact(l, "another part each time", row->name, row->squares > 0, detail);
	ledger_enter_fact(l, "the error is less than a quarter of the zone", row->name, error < present / 4, detail);
}

static bool is_sampled(const struct row *row, const char *class)
{
	size_t length = strlen(row->name);

	return row->looked < row->regions && row->looked >= 16 && length > strlen(class) &&
	       !strcmp(row->name + length - strlen(class), class);
}

/* In random pieces, so that the parts of a zone differ. */
static void hold(void)
{
	char *held = mmap(NULL, HELD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t at;

	if (held == MAP_FAILED)
		return;
	madvise(held, HELD, MADV_HUGEPAGE);
	for (at = 0; at < HELD; at += (size_t)page_bytes())
		held[at] = 1;
	srand(1);
	for (at = 0; at < HELD; at += PIECE)
		if (rand() & 0x100)
			munmap(held + at, PIECE);
}

int main(void)
{
	unsigned int i, walks = paced(WALKS);
	struct ledger l = { 0 };
	bool any = false;
	size_t row;

	hold();
	walk();
	for (i = 0; i < walks; i++)
		trial();
	for (row = 0; row < nr_rows; row++) {
		if (rows[row].regions)
			enter_row(&l, &rows[row], walks);
		if (is_sampled(&rows[row], " free")) {
			enter_free(&l, &rows[row]);
			any = true;
		}
	}
	ledger_enter_fact(&l, "a zone is told from a part of it", "all", any, "none");
	return ledger_report(&l, "sample");
}
