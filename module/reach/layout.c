// SPDX-License-Identifier: GPL-2.0-only
/*
 * The structs of public headers that this module reads. The members are late in
 * their structs, behind what differs between configurations.
 */
#include <linux/cgroup-defs.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/ioport.h>
#include <linux/memcontrol.h>
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <linux/swap.h>
#include <linux/vmalloc.h>

#include "reach/config.h"
#include "layout.h"

#define SIZE(STRUCT) \
	{ .name = #STRUCT, .size = sizeof(struct STRUCT) }
#define OFFSET(STRUCT, MEMBER) \
	{ .name = #STRUCT, .member = #MEMBER, \
	  .offset = offsetof(struct STRUCT, MEMBER) }

static const struct pfnscope_layout layouts[] = {
	SIZE(zone),
	OFFSET(zone, vm_stat),
	SIZE(pglist_data),
	OFFSET(pglist_data, vm_stat),
	SIZE(page),
	OFFSET(page, _refcount),
	SIZE(free_area),
	SIZE(per_cpu_pages),
	SIZE(zoneref),
	SIZE(zonelist),
	SIZE(mem_section),
	SIZE(lruvec),
#ifdef CONFIG_MEMCG
	SIZE(mem_cgroup_per_node),
	SIZE(mem_cgroup),
	SIZE(page_counter),
#ifdef HAVE_MEMCG_SWAPPINESS
	OFFSET(mem_cgroup, swappiness),
#endif
	OFFSET(mem_cgroup, nodeinfo),
	SIZE(cgroup_subsys_state),
	SIZE(cgroup),
	OFFSET(cgroup, kn),
#endif
	SIZE(hstate),
	SIZE(shrinker),
	SIZE(swap_info_struct),
	OFFSET(swap_info_struct, inuse_pages),
	SIZE(task_struct),
	OFFSET(task_struct, comm),
	OFFSET(mm_struct, pgd),
	SIZE(vmap_area),
	SIZE(vm_struct),
	OFFSET(vm_struct, caller),
	SIZE(resource),
	SIZE(address_space),
	SIZE(inode),
	OFFSET(inode, i_dentry),
	SIZE(super_block),
	OFFSET(super_block, s_dev),
	SIZE(dentry),
	OFFSET(dentry, d_name),
	OFFSET(file_system_type, name),
};

static const char *result = "not made: no BTF";

/**
 * pfnscope_layout_check - compare every struct, and say which one differs
 *
 * Call while the BTF is loaded. Without BTF nothing can be compared, and the
 * compiled layouts are taken for right.
 *
 * Return: 0, or -EINVAL: nothing may be read then, do not load.
 */
int pfnscope_layout_check(void)
{
	char message[PFNSCOPE_LAYOUT_MESSAGE];
	unsigned int i;
	int err;

	if (!pfnscope_btf_available(NULL))
		return 0;
	for (i = 0; i < ARRAY_SIZE(layouts); i++) {
		err = pfnscope_layout_compare(&layouts[i], message,
					      sizeof(message));
		if (err) {
			pr_err("%s: built for another kernel: %s\n",
			       KBUILD_MODNAME, message);
			return err;
		}
	}
	result = "passed";
	return 0;
}

/**
 * pfnscope_layout_result - the outcome, for a reader
 */
const char *pfnscope_layout_result(void)
{
	return result;
}

/**
 * pfnscope_layout_nth - the structs that are compared, one by one
 * @n: from 0
 *
 * Return: the struct, NULL behind the last one.
 */
const struct pfnscope_layout *pfnscope_layout_nth(unsigned int n)
{
	return n < ARRAY_SIZE(layouts) ? &layouts[n] : NULL;
}
