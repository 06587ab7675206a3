/* SPDX-License-Identifier: GPL-2.0-only */
/* Which page frames are memory, by /proc/iomem. Holes of it may have a struct page too. */

#ifndef PFNSCOPE_TEST_RAM_H
#define PFNSCOPE_TEST_RAM_H

#include <stdbool.h>
#include <stddef.h>

/* One element a page frame, to be freed by the caller; ends the test where it cannot be read. */
bool *ram_need(size_t pages);

#endif
