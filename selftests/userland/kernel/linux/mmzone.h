/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_MMZONE_H
#define PFNSCOPE_TEST_LINUX_MMZONE_H

#include <stdbool.h>

#define MAX_NR_ZONES		5

#endif
