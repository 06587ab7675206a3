// SPDX-License-Identifier: GPL-2.0-only
/* v5.16: with the stacks, and exported; a stack ends where the interrupt began */
#include <linux/stacktrace.h>

unsigned int probe(unsigned long *entries, unsigned int nr);
unsigned int probe(unsigned long *entries, unsigned int nr)
{
	return filter_irq_stacks(entries, nr);
}
