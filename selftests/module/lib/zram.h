/* SPDX-License-Identifier: GPL-2.0-only */
/* Swap in memory, on a device of its own: what ran before in this boot may still use another one. */

#ifndef PFNSCOPE_TEST_ZRAM_H
#define PFNSCOPE_TEST_ZRAM_H

#include <stdbool.h>

/* Makes 64 MiB of it; the guest has the module zram. */
bool zram_on(void);
void zram_off(void);

#endif
