// SPDX-License-Identifier: GPL-2.0-only
/* Control: this must compile on every kernel */
#include <linux/mm.h>

unsigned long probe(void);
unsigned long probe(void)
{
	return PAGE_SIZE;
}
