/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding off the removal of memory. The kernel's own mem_hotplug_lock is not
 * exported; a memory notifier gives the same where it is needed.
 */
#ifndef PFNSCOPE_REACH_HOTPLUG_H
#define PFNSCOPE_REACH_HOTPLUG_H

int pfnscope_hotplug_init(void);
void pfnscope_hotplug_exit(void);
int pfnscope_hotplug_read_lock(void);
void pfnscope_hotplug_read_unlock(void);

#endif /* PFNSCOPE_REACH_HOTPLUG_H */
