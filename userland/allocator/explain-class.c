// SPDX-License-Identifier: GPL-2.0-only
/* Zone classes: which zones a request may use, and in which reserve it counts. */
#include "allocator/explain.h"
#include "allocator/gfp.h"

#include <string.h>

static const char *const class_names[PFNSCOPE_CLASS_COUNT] = {
	[PFNSCOPE_CLASS_DMA] = "DMA",
	[PFNSCOPE_CLASS_DMA32] = "DMA32",
	[PFNSCOPE_CLASS_NORMAL] = "Normal",
	[PFNSCOPE_CLASS_HIGHMEM] = "HighMem",
	[PFNSCOPE_CLASS_MOVABLE] = "Movable",
	[PFNSCOPE_CLASS_DEVICE] = "Device",
};

/**
 * pfnscope_class_named - the class of a zone
 * @name: its name
 *
 * Return: the class, PFNSCOPE_CLASS_COUNT for a name no kernel has.
 */
enum pfnscope_class pfnscope_class_named(const char *name)
{
	enum pfnscope_class class = PFNSCOPE_CLASS_DMA;

	while (class < PFNSCOPE_CLASS_COUNT && strcmp(class_names[class], name))
		class++;
	return class;
}

/**
 * pfnscope_class_name - the name of a class
 * @class: the class
 *
 * Return: its name.
 */
const char *pfnscope_class_name(enum pfnscope_class class)
{
	return class < PFNSCOPE_CLASS_COUNT ? class_names[class] : "?";
}

/**
 * pfnscope_class_index - where a class counts in lowmem_reserve
 * @classes: the classes of the kernel
 * @class: the class
 *
 * Return: the index, -1 where the kernel has no such class.
 */
int pfnscope_class_index(const struct pfnscope_classes *classes,
			 enum pfnscope_class class)
{
	for (unsigned int i = 0; i < classes->count; i++)
		if (classes->class[i] == class)
			return (int)i;
	return -1;
}

static bool has_class(const struct pfnscope_classes *classes,
		      enum pfnscope_class class)
{
	return !classes->count || pfnscope_class_index(classes, class) >= 0;
}

/**
 * pfnscope_request_class - the highest zone class a request may use
 * @c: the classes of the kernel; where they are not known it has all but
 *	HighMem
 * @gfp: PFNSCOPE_GFP_ bits
 *
 * Mirrors gfp_zone(): a class that the kernel does not have becomes Normal.
 *
 * Return: the class.
 */
enum pfnscope_class pfnscope_request_class(const struct pfnscope_classes *c,
					   uint32_t gfp)
{
	bool highmem = gfp & PFNSCOPE_GFP_HIGHMEM;
	enum pfnscope_class class = PFNSCOPE_CLASS_NORMAL;

	if (gfp & PFNSCOPE_GFP_DMA)
		class = PFNSCOPE_CLASS_DMA;
	else if (gfp & PFNSCOPE_GFP_DMA32)
		class = PFNSCOPE_CLASS_DMA32;
	else if (highmem && (gfp & PFNSCOPE_GFP_MOVABLE) &&
		 has_class(c, PFNSCOPE_CLASS_MOVABLE))
		class = PFNSCOPE_CLASS_MOVABLE;
	else if (highmem && c->count)
		class = PFNSCOPE_CLASS_HIGHMEM;
	return has_class(c, class) ? class : PFNSCOPE_CLASS_NORMAL;
}
