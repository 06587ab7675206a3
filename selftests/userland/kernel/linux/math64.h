/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_MATH64_H
#define PFNSCOPE_TEST_LINUX_MATH64_H

#define div_u64(n, d)	((n) / (d))

#endif
