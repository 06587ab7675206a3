// SPDX-License-Identifier: GPL-2.0-only
/* Control: this must not compile on any kernel */
#include <linux/mm.h>

unsigned long probe(void);
unsigned long probe(void)
{
	return pfnscope_no_such_function();
}
