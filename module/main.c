// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnscope: what physical memory holds, and why. Init and exit only: first the
 * ways into the kernel, then what listens, then the files. Whoever has opened a
 * file before init fails would be left with code that is freed, so that nothing
 * fails once there is one.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

#include "reach/hotplug.h"
#include "reach/reach.h"
#include "uapi/pfnscope.h"
#include "view/view.h"

static int __init pfnscope_init(void)
{
	int ret;

	ret = pfnscope_reach_init();
	if (ret)
		return ret;
	ret = pfnscope_hotplug_init();
	if (ret) {
		pr_err("memory notifier: error %d\n", ret);
		return ret;
	}
	ret = pfnscope_view_init();
	if (ret) {
		pr_err("/proc/" PFNSCOPE_PROC_FILE ": error %d\n", ret);
		pfnscope_hotplug_exit();
	}
	return ret;
}

static void __exit pfnscope_exit(void)
{
	pfnscope_view_exit();
	pfnscope_hotplug_exit();
}

module_init(pfnscope_init);
module_exit(pfnscope_exit);

MODULE_DESCRIPTION("The state of physical memory, shown and explained");
MODULE_AUTHOR("The pfnscope authors");
MODULE_VERSION(PFNSCOPE_VERSION);
MODULE_LICENSE("GPL");
