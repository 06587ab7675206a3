/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comparing racy numbers without a tolerance: a round reads the kernel's own file, then the
 * module's, then the kernel's again. Where the kernel gave the same value twice, the module must
 * have given it too. A value that left and came back in between can fool one round, so a claim is
 * settled by three rounds that agree or three that do not. Where the kernel's value never holds
 * still, as the reader's own work moves it, ours has to lie between the two in most rounds.
 */

#ifndef PFNSCOPE_TEST_LEDGER_H
#define PFNSCOPE_TEST_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

struct ledger_claim;

struct ledger {
	size_t claims;
	struct ledger_claim *claim;
};

/* Enters one round of the claim (@topic, @where): the kernel's value before, ours, the kernel's after. */
void ledger_enter(struct ledger *l, const char *topic, const char *where,
		  const char *before, const char *ours, const char *after);

/* The same for numbers; a value that is not known is ledger_unknown. */
#define LEDGER_UNKNOWN (-0x7fffffffffffffffLL)
void ledger_enter_number(struct ledger *l, const char *topic, const char *where,
			 long long before, long long ours, long long after);

/* A fact that no race excuses. */
void ledger_enter_fact(struct ledger *l, const char *topic, const char *where, bool ok, const char *detail);

/* Calls @round until every claim is settled, at most @rounds times, some milliseconds apart. */
void ledger_run(struct ledger *l, void (*round)(struct ledger *l), unsigned int rounds);

/* Prints the plan and one result for each topic, "@file: TOPIC"; returns the exit status. */
int ledger_report(const struct ledger *l, const char *file);

#endif
