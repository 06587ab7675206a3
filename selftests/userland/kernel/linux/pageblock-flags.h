/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_PAGEBLOCK_FLAGS_H
#define PFNSCOPE_TEST_LINUX_PAGEBLOCK_FLAGS_H

#define pageblock_order		9
#define pageblock_nr_pages	(1UL << pageblock_order)

#endif
