/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_SORT_H
#define PFNSCOPE_TEST_LINUX_SORT_H

#include <stddef.h>

void sort(void *base, size_t num, size_t size, int (*compare)(const void *, const void *),
	  void (*swap)(void *, void *, int));

#endif
