/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory cgroups, version 2, directly below the root. */

#ifndef PFNSCOPE_TEST_CGROUP_H
#define PFNSCOPE_TEST_CGROUP_H

#define CGROUP "/sys/fs/cgroup"

/* A cgroup with @value in its @file; says on standard output what could not be done. */
void cgroup_make(const char *name, const char *file, const char *value);
/* Removes it, as soon as its tasks are gone. */
void cgroup_remove(const char *name);
/* This process goes to the cgroup of this path below the root; ends it where it cannot. */
void cgroup_enter(const char *path);
/* A new process does @work in a cgroup with that memory.max, which is removed afterwards. */
void cgroup_run(const char *name, const char *max, void (*work)(void));
/* Work that takes 64 MiB. */
void cgroup_eat(void);

#endif
