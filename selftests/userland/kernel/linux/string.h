/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_STRING_H
#define PFNSCOPE_TEST_LINUX_STRING_H

#include <string.h>

#endif
