/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_SCHED_H
#define PFNSCOPE_TEST_LINUX_SCHED_H

#include <stdbool.h>
#include <stddef.h>

int cond_resched(void);

#endif
