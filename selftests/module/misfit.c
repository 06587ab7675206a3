// SPDX-License-Identifier: GPL-2.0-only
// guest:
// kernels: full
// misfits: no-lru-gen no-compaction
/*
 * A module that was built for another kernel, which the kernel is made to take: the module's own check
 * of the layouts is what is left, and stops the load before anything is read.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"

static bool log_names(const char *differs)
{
	char words[96];

	snprintf(words, sizeof(words), "built for another kernel: struct %s", differs);
	return ko_log_says(words);
}

/* What differs is in one struct or in both: padding may hide it in the first. */
static void check(struct ledger *l, const char *name, const char *differs, const char *or_this)
{
	char path[64];

	snprintf(path, sizeof(path), "/tests/%s.ko", name);
	ledger_enter_fact(l, "the module for another kernel is there", name, !access(path, R_OK), strerror(errno));
	ko_log_clear();
	ledger_enter_fact(l, "it does not load by force", name, ko_load_forced(path, "") == -EINVAL, strerror(errno));
	ledger_enter_fact(l, "the log names the struct that differs", name, log_names(differs) || log_names(or_this),
			  differs);
	ledger_enter_fact(l, "a refused load leaves nothing", name, access("/sys/module/pfnscope", F_OK), "left");
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_enter_fact(&l, "unloads", "what the guest loaded", !ko_unload("pfnscope"), strerror(errno));
	check(&l, "no-lru-gen", "lruvec:", "pglist_data:");
	check(&l, "no-compaction", "zone:", "pglist_data:");
	ledger_enter_fact(&l, "the module for this kernel loads by force", "", !ko_load_forced(PFNSCOPE_KO, ""), strerror(errno));
	return ledger_report(&l, "misfit");
}
