// SPDX-License-Identifier: GPL-2.0-only
/* Masks of each era and names of flags, to meaning and back. */
#include "allocator/gfp.h"
#include "base/array.h"
#include "base/lines.h"
#include "base/release.h"

#include <stdio.h>
#include <string.h>

#define RECLAIM	(PFNSCOPE_GFP_DIRECT_RECLAIM | PFNSCOPE_GFP_KSWAPD_RECLAIM)
#define KERNEL	(RECLAIM | PFNSCOPE_GFP_IO | PFNSCOPE_GFP_FS)
#define USER	(KERNEL | PFNSCOPE_GFP_HARDWALL)
#define HIGHUSER (USER | PFNSCOPE_GFP_HIGHMEM)
#define MOVABLE	(HIGHUSER | PFNSCOPE_GFP_MOVABLE)

struct bit {
	uint32_t mask;
	uint32_t gfp;
};

/* These never moved. */
static const struct bit always[] = {
	{ 0x01, PFNSCOPE_GFP_DMA }, { 0x02, PFNSCOPE_GFP_HIGHMEM },
	{ 0x04, PFNSCOPE_GFP_DMA32 }, { 0x20, PFNSCOPE_GFP_HIGH },
	{ 0x40, PFNSCOPE_GFP_IO }, { 0x80, PFNSCOPE_GFP_FS },
};

/* Up to 4.3. kswapd was always woken, so __GFP_WAIT stands for direct reclaim. */
#define OLD_BITS							\
	{ 0x10, PFNSCOPE_GFP_DIRECT_RECLAIM },				\
	{ 0x100, PFNSCOPE_GFP_OTHER }, { 0x200, PFNSCOPE_GFP_NOWARN },	\
	{ 0x400, PFNSCOPE_GFP_RETRY_MAYFAIL },				\
	{ 0x800, PFNSCOPE_GFP_NOFAIL }, { 0x1000, PFNSCOPE_GFP_NORETRY }, \
	{ 0x4000, PFNSCOPE_GFP_COMP }, { 0x8000, PFNSCOPE_GFP_ZERO },	\
	{ 0x10000, PFNSCOPE_GFP_NOMEMALLOC },				\
	{ 0x20000, PFNSCOPE_GFP_HARDWALL },				\
	{ 0x40000, PFNSCOPE_GFP_THISNODE }

static const struct bit v2_6_0[] = {
	OLD_BITS, { 0x2000, PFNSCOPE_GFP_OTHER },
};

static const struct bit v2_6_23[] = {
	OLD_BITS, { 0x2000, PFNSCOPE_GFP_OTHER },
	{ 0x80000, PFNSCOPE_GFP_RECLAIMABLE },
	{ 0x100000, PFNSCOPE_GFP_MOVABLE },
};

static const struct bit v2_6_31[] = {
	OLD_BITS, { 0x2000, PFNSCOPE_GFP_MEMALLOC },
	{ 0x08, PFNSCOPE_GFP_MOVABLE }, { 0x80000, PFNSCOPE_GFP_RECLAIMABLE },
	{ 0x100000, PFNSCOPE_GFP_ACCOUNT }, { 0x200000, PFNSCOPE_GFP_OTHER },
	{ 0x400000, PFNSCOPE_GFP_NO_KSWAPD }, { 0x800000, PFNSCOPE_GFP_OTHER },
	{ 0x1000000, PFNSCOPE_GFP_WRITE },
};

/* 4.4 split waiting into its two halves. */
#define SPLIT_BITS							\
	{ 0x08, PFNSCOPE_GFP_MOVABLE }, { 0x10, PFNSCOPE_GFP_RECLAIMABLE }, \
	{ 0x200, PFNSCOPE_GFP_NOWARN },					\
	{ 0x400, PFNSCOPE_GFP_RETRY_MAYFAIL },				\
	{ 0x800, PFNSCOPE_GFP_NOFAIL }, { 0x1000, PFNSCOPE_GFP_NORETRY }, \
	{ 0x2000, PFNSCOPE_GFP_MEMALLOC }, { 0x4000, PFNSCOPE_GFP_COMP }, \
	{ 0x8000, PFNSCOPE_GFP_ZERO },					\
	{ 0x10000, PFNSCOPE_GFP_NOMEMALLOC },				\
	{ 0x20000, PFNSCOPE_GFP_HARDWALL },				\
	{ 0x40000, PFNSCOPE_GFP_THISNODE },				\
	{ 0x80000, PFNSCOPE_GFP_ATOMIC }, { 0x100000, PFNSCOPE_GFP_ACCOUNT }

static const struct bit v4_4[] = {
	SPLIT_BITS, { 0x100, PFNSCOPE_GFP_OTHER },
	{ 0x200000, PFNSCOPE_GFP_OTHER },
	{ 0x400000, PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ 0x800000, PFNSCOPE_GFP_OTHER }, { 0x1000000, PFNSCOPE_GFP_WRITE },
	{ 0x2000000, PFNSCOPE_GFP_KSWAPD_RECLAIM },
};

static const struct bit v4_10[] = {
	SPLIT_BITS, { 0x100, PFNSCOPE_GFP_OTHER },
	{ 0x200000, PFNSCOPE_GFP_OTHER },
	{ 0x400000, PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ 0x800000, PFNSCOPE_GFP_WRITE },
	{ 0x1000000, PFNSCOPE_GFP_KSWAPD_RECLAIM },
	{ 0x2000000, PFNSCOPE_GFP_OTHER },
};

static const struct bit v4_18[] = {
	SPLIT_BITS, { 0x100, PFNSCOPE_GFP_WRITE },
	{ 0x200000, PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ 0x400000, PFNSCOPE_GFP_KSWAPD_RECLAIM },
	{ 0x800000, PFNSCOPE_GFP_OTHER },
};

static const struct bit v5_1[] = {
	{ 0x08, PFNSCOPE_GFP_MOVABLE }, { 0x10, PFNSCOPE_GFP_RECLAIMABLE },
	{ 0x100, PFNSCOPE_GFP_ZERO }, { 0x200, PFNSCOPE_GFP_ATOMIC },
	{ 0x400, PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ 0x800, PFNSCOPE_GFP_KSWAPD_RECLAIM }, { 0x1000, PFNSCOPE_GFP_WRITE },
	{ 0x2000, PFNSCOPE_GFP_NOWARN }, { 0x4000, PFNSCOPE_GFP_RETRY_MAYFAIL },
	{ 0x8000, PFNSCOPE_GFP_NOFAIL }, { 0x10000, PFNSCOPE_GFP_NORETRY },
	{ 0x20000, PFNSCOPE_GFP_MEMALLOC }, { 0x40000, PFNSCOPE_GFP_COMP },
	{ 0x80000, PFNSCOPE_GFP_NOMEMALLOC },
	{ 0x100000, PFNSCOPE_GFP_HARDWALL },
	{ 0x200000, PFNSCOPE_GFP_THISNODE }, { 0x400000, PFNSCOPE_GFP_ACCOUNT },
	{ 0x800000, PFNSCOPE_GFP_OTHER }, { 0x1000000, PFNSCOPE_GFP_OTHER },
	{ 0x2000000, PFNSCOPE_GFP_OTHER }, { 0x4000000, PFNSCOPE_GFP_OTHER },
	{ 0x8000000, PFNSCOPE_GFP_OTHER },
};

struct era {
	unsigned int since;
	const struct bit *bits;
	size_t count;
};

#define ERA(version, bits) { version, bits, sizeof(bits) / sizeof(*(bits)) }

static const struct era eras[] = {
	ERA(PFNSCOPE_KERNEL(2, 6, 0), v2_6_0),
	ERA(PFNSCOPE_KERNEL(2, 6, 23), v2_6_23),
	ERA(PFNSCOPE_KERNEL(2, 6, 31), v2_6_31),
	ERA(PFNSCOPE_KERNEL(4, 4, 0), v4_4),
	ERA(PFNSCOPE_KERNEL(4, 10, 0), v4_10),
	ERA(PFNSCOPE_KERNEL(4, 18, 0), v4_18),
	ERA(PFNSCOPE_KERNEL(5, 1, 0), v5_1),
};

#define ERAS	ARRAY_SIZE(eras)

static uint32_t translate(const struct bit *bits, size_t count, uint64_t *mask)
{
	uint32_t gfp = 0;

	for (size_t i = 0; i < count; i++) {
		if (!(*mask & bits[i].mask))
			continue;
		gfp |= bits[i].gfp;
		*mask &= ~(uint64_t)bits[i].mask;
	}
	return gfp;
}

/**
 * pfnscope_gfp_from_mask - what a mask means on its kernel
 * @mask: the bits
 * @version: PFNSCOPE_KERNEL(); 0 means the newest
 * @unknown: gets the bits that no such kernel has
 *
 * A kernel between two releases calls itself after the older one: where the
 * mask has a bit that the named era does not know and the next one does, the
 * next one is meant.
 *
 * Since 6.3 there is no __GFP_ATOMIC, and GFP_ATOMIC is what is left of it: the bit
 * is set for its name alone, no rule of those kernels asks for it.
 *
 * Return: PFNSCOPE_GFP_ bits.
 */
uint32_t pfnscope_gfp_from_mask(uint64_t mask, unsigned int version,
				uint64_t *unknown)
{
	size_t era = ERAS - 1;
	uint32_t gfp = 0;

	while (version && era > 0 && eras[era].since > version)
		era--;
	for (size_t i = era; i < ERAS && i <= era + 1; i++) {
		uint64_t left = mask;
		uint32_t found = translate(always, ARRAY_SIZE(always), &left);

		found |= translate(eras[i].bits, eras[i].count, &left);
		if (i == era || !left) {
			gfp = found;
			*unknown = left;
		}
		if (!left)
			break;
	}
	if (eras[era].since < PFNSCOPE_KERNEL(4, 4, 0) &&
	    !(gfp & PFNSCOPE_GFP_NO_KSWAPD))
		gfp |= PFNSCOPE_GFP_KSWAPD_RECLAIM;
	return pfnscope_gfp_is_atomic(gfp, version) ? gfp | PFNSCOPE_GFP_ATOMIC :
						      gfp;
}

bool pfnscope_gfp_is_atomic(uint32_t gfp, unsigned int version)
{
	const uint32_t atomic = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_KSWAPD_RECLAIM;

	return (!version || version >= PFNSCOPE_KERNEL(6, 3, 0)) &&
	       (gfp & atomic) == atomic && !(gfp & PFNSCOPE_GFP_DIRECT_RECLAIM);
}

struct name {
	const char *name;
	uint32_t gfp;
};

/* The compounds first, the largest in front: they also print a mask. */
static const struct name names[] = {
	{ "GFP_TRANSHUGE", MOVABLE | PFNSCOPE_GFP_COMP |
	  PFNSCOPE_GFP_NOMEMALLOC | PFNSCOPE_GFP_NOWARN },
	{ "GFP_TRANSHUGE_LIGHT", (MOVABLE | PFNSCOPE_GFP_COMP |
	  PFNSCOPE_GFP_NOMEMALLOC | PFNSCOPE_GFP_NOWARN) & ~RECLAIM },
	{ "GFP_HIGHUSER_MOVABLE", MOVABLE },
	{ "GFP_HIGHUSER", HIGHUSER },
	{ "GFP_USER", USER },
	{ "GFP_KERNEL_ACCOUNT", KERNEL | PFNSCOPE_GFP_ACCOUNT },
	{ "GFP_TEMPORARY", KERNEL | PFNSCOPE_GFP_RECLAIMABLE },
	{ "GFP_KERNEL", KERNEL },
	{ "GFP_NOFS", RECLAIM | PFNSCOPE_GFP_IO },
	{ "GFP_ATOMIC", PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_ATOMIC |
	  PFNSCOPE_GFP_KSWAPD_RECLAIM },
	{ "GFP_NOIO", RECLAIM },
	{ "GFP_NOWAIT", PFNSCOPE_GFP_KSWAPD_RECLAIM },
	{ "GFP_DMA32", PFNSCOPE_GFP_DMA32 },
	{ "GFP_DMA", PFNSCOPE_GFP_DMA },
	{ "__GFP_RECLAIM", RECLAIM },
	{ "__GFP_DIRECT_RECLAIM", PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ "__GFP_WAIT", PFNSCOPE_GFP_DIRECT_RECLAIM },
	{ "__GFP_KSWAPD_RECLAIM", PFNSCOPE_GFP_KSWAPD_RECLAIM },
	{ "__GFP_DMA", PFNSCOPE_GFP_DMA },
	{ "__GFP_DMA32", PFNSCOPE_GFP_DMA32 },
	{ "__GFP_HIGHMEM", PFNSCOPE_GFP_HIGHMEM },
	{ "__GFP_MOVABLE", PFNSCOPE_GFP_MOVABLE },
	{ "__GFP_RECLAIMABLE", PFNSCOPE_GFP_RECLAIMABLE },
	{ "__GFP_HIGH", PFNSCOPE_GFP_HIGH },
	{ "__GFP_ATOMIC", PFNSCOPE_GFP_ATOMIC },
	{ "__GFP_IO", PFNSCOPE_GFP_IO },
	{ "__GFP_FS", PFNSCOPE_GFP_FS },
	{ "__GFP_NOWARN", PFNSCOPE_GFP_NOWARN },
	{ "__GFP_RETRY_MAYFAIL", PFNSCOPE_GFP_RETRY_MAYFAIL },
	{ "__GFP_REPEAT", PFNSCOPE_GFP_RETRY_MAYFAIL },
	{ "__GFP_NOFAIL", PFNSCOPE_GFP_NOFAIL },
	{ "__GFP_NORETRY", PFNSCOPE_GFP_NORETRY },
	{ "__GFP_MEMALLOC", PFNSCOPE_GFP_MEMALLOC },
	{ "__GFP_COMP", PFNSCOPE_GFP_COMP },
	{ "__GFP_ZERO", PFNSCOPE_GFP_ZERO },
	{ "__GFP_NOMEMALLOC", PFNSCOPE_GFP_NOMEMALLOC },
	{ "__GFP_HARDWALL", PFNSCOPE_GFP_HARDWALL },
	{ "__GFP_THISNODE", PFNSCOPE_GFP_THISNODE },
	{ "__GFP_ACCOUNT", PFNSCOPE_GFP_ACCOUNT },
	{ "__GFP_WRITE", PFNSCOPE_GFP_WRITE },
	{ "__GFP_NO_KSWAPD", PFNSCOPE_GFP_NO_KSWAPD },
	{ "__GFP_COLD", PFNSCOPE_GFP_OTHER },
	{ "__GFP_NOTRACK", PFNSCOPE_GFP_OTHER },
	{ "GFP_NOTRACK", PFNSCOPE_GFP_OTHER },
	{ "__GFP_NOLOCKDEP", PFNSCOPE_GFP_OTHER },
	{ "__GFP_OTHER_NODE", PFNSCOPE_GFP_OTHER },
	{ "__GFP_ZEROTAGS", PFNSCOPE_GFP_OTHER },
	{ "__GFP_SKIP_ZERO", PFNSCOPE_GFP_OTHER },
	{ "__GFP_SKIP_KASAN", PFNSCOPE_GFP_OTHER },
	{ "__GFP_SKIP_KASAN_POISON", PFNSCOPE_GFP_OTHER },
	{ "__GFP_NO_OBJ_EXT", PFNSCOPE_GFP_OTHER },
};

const char *pfnscope_gfp_name(size_t index)
{
	return index < ARRAY_SIZE(names) ? names[index].name : NULL;
}

/**
 * pfnscope_gfp_named - the meaning of one name
 * @name: "GFP_KERNEL", "__GFP_COMP", also with the three underscores of bits
 *
 * Return: PFNSCOPE_GFP_ bits, 0 for an unknown name.
 */
uint32_t pfnscope_gfp_named(const char *name)
{
	if (!strncmp(name, "___", 3))
		name++;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i].name, name))
			return names[i].gfp;
	return 0;
}

/**
 * pfnscope_gfp_from_names - the meaning of "GFP_KERNEL|__GFP_COMP"
 * @list: names with '|' between them
 * @gfp: gets PFNSCOPE_GFP_ bits, of the names that are known
 * @bad: gets the first name that is not, else empty
 * @size: size of @bad
 *
 * Return: false where a name is not known.
 */
bool pfnscope_gfp_from_names(const char *list, uint32_t *gfp, char *bad,
			     size_t size)
{
	char name[40];

	*gfp = 0;
	*bad = '\0';
	while (*list) {
		size_t length = strcspn(list, "| \t");
		uint32_t found;

		snprintf(name, sizeof(name), "%.*s",
			 (int)(length < 39 ? length : 39), list);
		found = pfnscope_gfp_named(name);
		*gfp |= found;
		if (!found && *name && !*bad)
			snprintf(bad, size, "%s", name);
		list += length;
		list += strspn(list, "| \t");
	}
	return !*bad;
}

/**
 * pfnscope_gfp_text - name a meaning as the kernel would
 * @gfp: PFNSCOPE_GFP_ bits
 * @out: gets "GFP_KERNEL|__GFP_COMP"
 * @size: size of @out
 */
void pfnscope_gfp_text(uint32_t gfp, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (names[i].gfp == PFNSCOPE_GFP_OTHER ||
		    (gfp & names[i].gfp) != names[i].gfp)
			continue;
		if (!pfnscope_names_add(out, size, &used, names[i].name))
			break;
		gfp &= ~names[i].gfp;
	}
}
