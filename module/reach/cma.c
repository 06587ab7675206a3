// SPDX-License-Identifier: GPL-2.0-only
/*
 * struct cma is private: its layout is the BTF's. Areas are set up while the kernel
 * boots, in an array of its own, and never change. An area was one range; since
 * v6.15 it has several.
 */
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>

#include "btf.h"
#include "cma.h"
#include "symbol.h"

/* Offsets in bytes; PFNSCOPE_BTF_ABSENT where the kernel has no such member. */
static struct {
	u32 base_pfn, count;
	u32 ranges, nranges, range_base_pfn, range_count;
} off;

/* Of a range in an area that has several, 0 where it is one. */
static u32 range_size;
static const char *unavailable = "not initialised";

/* Ends a walk over what makes no sense; the kernel allows 8. */
#define RANGES_MAX	64U

#define MAY(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, \
	  .size = SIZE, .optional = true }

static const struct pfnscope_btf_want wants[] = {
	MAY(cma, base_pfn, base_pfn, sizeof(long)),
	MAY(cma, count, count, sizeof(long)),
	MAY(cma, ranges, ranges, 0),
	MAY(cma, nranges, nranges, sizeof(int)),
	MAY(cma_memrange, base_pfn, range_base_pfn, sizeof(long)),
	MAY(cma_memrange, count, range_count, sizeof(long)),
};

static bool find_ranges(void)
{
	if (off.ranges != PFNSCOPE_BTF_ABSENT &&
	    off.nranges != PFNSCOPE_BTF_ABSENT &&
	    off.range_base_pfn != PFNSCOPE_BTF_ABSENT &&
	    off.range_count != PFNSCOPE_BTF_ABSENT &&
	    !pfnscope_btf_struct_size("cma_memrange", &range_size))
		return true;
	range_size = 0;
	return off.base_pfn != PFNSCOPE_BTF_ABSENT &&
	       off.count != PFNSCOPE_BTF_ABSENT;
}

static const char *find_all(void)
{
	if (!IS_ENABLED(CONFIG_HUGETLB_PAGE) || !IS_ENABLED(CONFIG_CMA))
		return NULL;
	if (pfnscope_btf_offsets(wants, ARRAY_SIZE(wants)) || !find_ranges())
		return "the BTF does not describe this kernel's CMA areas";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_HUGETLB_CMA);
}

/**
 * pfnscope_cma_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_cma_init(void)
{
	unavailable = find_all();
}

/**
 * pfnscope_cma_unavailable - why it is not known which areas hugetlb has
 *
 * Return: the reason; NULL if it is, and in a kernel that can have none.
 */
const char *pfnscope_cma_unavailable(void)
{
	return unavailable;
}

static unsigned long word_at(const char *base, u32 offset)
{
	return READ_ONCE(*(const unsigned long *)(base + offset));
}

static bool spans(const char *range, u32 base_pfn, u32 count,
		  unsigned long start_pfn, unsigned long pages)
{
	unsigned long base = word_at(range, base_pfn);
	unsigned long size = word_at(range, count);

	return start_pfn >= base && pages <= size &&
	       start_pfn - base <= size - pages;
}

static bool area_spans(const char *area, unsigned long start_pfn,
		       unsigned long pages)
{
	unsigned int ranges, i;

	if (!range_size)
		return spans(area, off.base_pfn, off.count, start_pfn, pages);
	ranges = READ_ONCE(*(const unsigned int *)(area + off.nranges));
	for (i = 0; i < min(ranges, RANGES_MAX); i++)
		if (spans(area + off.ranges + i * range_size,
			  off.range_base_pfn, off.range_count, start_pfn,
			  pages))
			return true;
	return false;
}

/**
 * pfnscope_cma_gives - may a gigantic page be taken from the node's CMA area?
 * @node: node id
 * @start_pfn: where the page would begin
 * @pages: how many it takes
 *
 * Return: whether the range lies in it; false where areas are unavailable.
 */
bool pfnscope_cma_gives(int node, unsigned long start_pfn, unsigned long pages)
{
	const char *const *areas =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_HUGETLB_CMA);
	unsigned long places =
		pfnscope_symbol_size(PFNSCOPE_SYMBOL_HUGETLB_CMA) /
		sizeof(*areas);
	const char *area;

	if (unavailable || !areas || node < 0 || node >= places)
		return false;
	area = READ_ONCE(areas[node]);
	return area && area_spans(area, start_pfn, pages);
}

/**
 * pfnscope_cma_exclusive - do gigantic pages come from CMA areas alone?
 *
 * hugetlb_cma_only=, which a kernel takes back where no area was set up; older ones
 * have no such word.
 */
bool pfnscope_cma_exclusive(void)
{
	const bool *only =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_HUGETLB_CMA_ONLY);

	return only && READ_ONCE(*only);
}
