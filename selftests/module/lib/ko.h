/* SPDX-License-Identifier: GPL-2.0-only */
/* Loading and unloading of modules. */

#ifndef PFNSCOPE_TEST_KO_H
#define PFNSCOPE_TEST_KO_H

#define PFNSCOPE_KO "/lib/pfnscope/pfnscope.ko"

/* 0 or -errno, which errno is too. */
int ko_load(const char *path, const char *args);
int ko_unload(const char *name);

/* Unloads as soon as nobody uses it; -ETIMEDOUT after a hang of twenty seconds and more. */
int ko_unload_patiently(const char *name);

#endif
