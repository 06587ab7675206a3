/* SPDX-License-Identifier: GPL-2.0-only */
/* Loading and unloading of modules. */

#ifndef PFNSCOPE_TEST_KO_H
#define PFNSCOPE_TEST_KO_H

#include <stdbool.h>

#define PFNSCOPE_KO "/lib/pfnscope/pfnscope.ko"

/* 0 or -errno, which errno is too. */
int ko_load(const char *path, const char *args);
int ko_unload(const char *name);

/* The same for a module that was built for another kernel, whatever its vermagic and the versions of its symbols say. */
int ko_load_forced(const char *path, const char *args);

/* Does it stand in the kernel's log, since that was cleared? */
bool ko_log_says(const char *text);
void ko_log_clear(void);

/* Unloads as soon as nobody uses it; -ETIMEDOUT after a hang of twenty seconds and more. */
int ko_unload_patiently(const char *name);

#endif
