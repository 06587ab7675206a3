// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --kmod virtio_pci --kmod virtio_balloon --qemu -device --qemu virtio-balloon-pci --monitor balloon
/*
 * The pages that a balloon holds, which its driver can move: as many as the kernel has counted in
 * and out, and none of them is taken for anything else.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

static long long inflated(void)
{
	char *vmstat = text_need("/proc/vmstat");
	long long in = 0, out = 0;

	text_value(vmstat, "balloon_inflate", &in);
	text_value(vmstat, "balloon_deflate", &out);
	free(vmstat);
	return in - out;
}

static long long sum_of(const struct table *t, const char *column)
{
	long long sum = 0, pages;

	for (size_t row = 0; row < t->rows; row++)
		if (table_number(t, row, column, &pages))
			sum += pages;
	return sum;
}

static void round_of(struct ledger *l)
{
	long long before = inflated(), after;
	struct table t;

	table_need(&t, "pageblocks");
	after = inflated();
	ledger_enter_number(l, "movable_ops pages equal balloon_inflate less balloon_deflate", "all zones", before,
			    sum_of(&t, "movable_ops_pages"), after);
	ledger_enter_number(l, "no page of it is called offline", "all zones", 0, sum_of(&t, "offline_pages"), 0);
	table_free(&t);
}

int main(void)
{
	struct ledger l = { 0 };
	char detail[64];

	/* 64 MiB: wanted from outside, once the driver is there. */
	for (int i = 0; i < 600 && inflated() < 16384; i++)
		usleep(100000);
	snprintf(detail, sizeof(detail), "%lld pages in the balloon", inflated());
	ledger_enter_fact(&l, "the balloon has its pages", "", inflated() == 16384, detail);
	ledger_run(&l, round_of, 60);
	return ledger_report(&l, "balloon");
}
