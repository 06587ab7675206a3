// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnscope: what physical memory holds, and why. Init and exit only: first the
 * ways into the kernel, then what listens, then the files, then the switches.
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
	if (ret)
		goto hotplug;
	ret = pfnscope_control_init();
	if (!ret)
		return 0;
	pr_err("debugfs directory control: error %d\n", ret);
	pfnscope_view_exit();
hotplug:
	pfnscope_hotplug_exit();
	return ret;
}

static void __exit pfnscope_exit(void)
{
	pfnscope_control_exit();
	pfnscope_view_exit();
	pfnscope_hotplug_exit();
}

module_init(pfnscope_init);
module_exit(pfnscope_exit);

MODULE_DESCRIPTION("The state of physical memory, shown and explained");
MODULE_AUTHOR("The pfnscope authors");
MODULE_VERSION(PFNSCOPE_VERSION);
MODULE_LICENSE("GPL");
