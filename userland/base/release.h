/* SPDX-License-Identifier: GPL-2.0-only */
/* The release of a kernel as a number that can be compared. */
#ifndef PFNSCOPE_BASE_RELEASE_H
#define PFNSCOPE_BASE_RELEASE_H

#define PFNSCOPE_KERNEL(a, b, c) (((a) << 16) + ((b) << 8) + (c))

unsigned int pfnscope_release_version(const char *release);

#endif
