/* SPDX-License-Identifier: GPL-2.0-only */
/* For files of the module that are compiled into a test: what they take from the kernel's header of this name. */
#ifndef PFNSCOPE_TEST_LINUX_KERNEL_H
#define PFNSCOPE_TEST_LINUX_KERNEL_H

#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define min(a, b)		((a) < (b) ? (a) : (b))

#endif
