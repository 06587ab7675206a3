// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to v6.8 all areas are in one tree, in the order of their addresses; since then
 * (commit d093602919ad) in one of each node of the allocator's. The lock of a tree
 * is what every vmalloc() and every new kernel stack takes, so it is not taken:
 * from one area to the next the tree is gone down anew, twice, until both ways come
 * to the same area, because one way may be led astray while the tree is turned
 * about. Nothing that is met is trusted: an area counts when the struct that it
 * names has its address too.
 */
#include <linux/kernel.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "reach/config.h"
#include "btf.h"
#include "symbol.h"
#include "vmap.h"

/* A tree of 2^64 areas is no deeper than twice that. */
#define DEPTH_MAX	128

/* So often both ways may end apart, then the last one is believed. */
#define TRIES		8

#ifdef HAVE_VMAP_AREA_LIST

/**
 * pfnscope_vmap_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_vmap_init(void)
{
}

static const struct rb_root *nth_tree(unsigned int node)
{
	return node ? NULL :
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_VMAP_AREA_ROOT);
}

/**
 * pfnscope_vmap_unavailable - why the areas cannot be found
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_vmap_unavailable(void)
{
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_VMAP_AREA_ROOT);
}

#else

static u32 busy, root, stride;
static bool known;

static const struct pfnscope_btf_want wants[] = {
	{ "vmap_node", "busy", &busy },
	{ "rb_list", "root", &root, sizeof(struct rb_root) },
};

/**
 * pfnscope_vmap_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_vmap_init(void)
{
	known = pfnscope_btf_available(NULL) &&
		!pfnscope_btf_offsets(wants, ARRAY_SIZE(wants)) &&
		!pfnscope_btf_struct_size("vmap_node", &stride);
}

static const struct rb_root *nth_tree(unsigned int node)
{
	void *const *nodes =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_VMAP_NODES);
	const unsigned int *count =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_NR_VMAP_NODES);

	if (node >= READ_ONCE(*count))
		return NULL;
	return READ_ONCE(*nodes) + (size_t)node * stride + busy + root;
}

/**
 * pfnscope_vmap_unavailable - why the areas cannot be found
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_vmap_unavailable(void)
{
	if (!known)
		return "the layout of vmap_node is not known";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_VMAP_NODES) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_NR_VMAP_NODES);
}

#endif

/* The first area of the tree that ends behind @address. */
static bool go_down(const struct rb_root *tree, unsigned long address,
		    struct vmap_area *first)
{
	const struct vmap_area *node;
	struct vmap_area area;
	struct rb_node *at;
	unsigned int depth;
	bool met = false;

	if (get_kernel_nofault(at, &tree->rb_node))
		return false;
	for (depth = 0; at && depth < DEPTH_MAX; depth++) {
		node = rb_entry(at, struct vmap_area, rb_node);
		if (copy_from_kernel_nofault(&area, node, sizeof(area)))
			break;
		if (area.va_end > address) {
			*first = area;
			met = true;
			at = area.rb_node.rb_left;
		} else {
			at = area.rb_node.rb_right;
		}
	}
	return met;
}

static bool next_area(const struct rb_root *tree, unsigned long address,
		      struct vmap_area *area)
{
	struct vmap_area again;
	unsigned int tries;
	bool met = go_down(tree, address, area);

	for (tries = 0; tries < TRIES; tries++) {
		if (go_down(tree, address, &again) == met &&
		    (!met || again.va_start == area->va_start))
			break;
		met = go_down(tree, address, area);
	}
	return met && area->va_start < area->va_end &&
	       area->va_end > address;
}

/* Those without a struct are of vm_map_ram(), or on their way out. */
static bool describe(const struct vmap_area *area, struct pfnscope_vmap *vmap)
{
	const unsigned long owned = VM_ALLOC | VM_MAP_PUT_PAGES |
				    VM_DMA_COHERENT;
	struct vm_struct vm;

	if (copy_from_kernel_nofault(&vm, area->vm, sizeof(vm)) ||
	    (unsigned long)vm.addr != area->va_start ||
	    vm.size > area->va_end - area->va_start ||
	    vm.flags & (VM_IOREMAP | VM_UNINITIALIZED))
		return false;
	vmap->caller = vm.caller;
	vmap->borrowed = !(vm.flags & owned);
	return true;
}

/**
 * pfnscope_vmap_next - go to the next area that has pages of memory
 * @vmap: zeroed before the first one
 *
 * Not to be called where pfnscope_vmap_unavailable(). Areas that come or go
 * meanwhile are met or not.
 *
 * Return: false after the last one.
 */
bool pfnscope_vmap_next(struct pfnscope_vmap *vmap)
{
	const struct rb_root *tree;
	struct vmap_area area;

	while ((tree = nth_tree(vmap->node))) {
		while (next_area(tree, vmap->end, &area)) {
			vmap->start = area.va_start;
			vmap->end = area.va_end;
			if (describe(&area, vmap))
				return true;
			cond_resched();
		}
		vmap->node++;
		vmap->end = 0;
	}
	return false;
}
