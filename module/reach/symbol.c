// SPDX-License-Identifier: GPL-2.0-only
/*
 * Three ways to an address. kallsyms_lookup_name, which is not exported since
 * 5.7: a kprobe on it yields where it is, a static call calls it directly,
 * because a call through a pointer dies on CPUs with IBT (its ENDBR is sealed
 * since 6.2). Where that is not to be had, sprint_symbol(), which is exported,
 * is asked for the name and size of one symbol after the other. What kallsyms
 * does not list may be found in the System.map that a parameter names.
 */
#include <linux/init_task.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/static_call.h>
#include <linux/string.h>

#include "reach/config.h"
#include "symbol.h"
#include "symbol_content.h"
#include "symbol_map.h"

/* No kernel has more; ends a walk over a table that makes no sense. */
#define WALK_MAX	2000000

#define FOUND_LOOKUP	"kallsyms_lookup_name"
#define FOUND_WALK	"symbol walk"
#define FOUND_MAP	"System.map"

static bool walk;
module_param(walk, bool, 0400);
MODULE_PARM_DESC(walk, "find symbols without kprobes, by walking all of them");

/*
 * @built: the kernel has what the symbol belongs to, and needs it
 * @found: how it was found, or why not
 * @missing: why what needs it is unavailable
 */
struct symbol {
	const char *name;
	bool built;
	unsigned long address;
	unsigned long size;
	const char *found;
	char missing[96];
};

#ifdef HAVE_SHRINKER_TRY_GET
#define SHRINKERS_BY_RWSEM	false
#else
#define SHRINKERS_BY_RWSEM	true
#endif

#if defined(CONFIG_MEMCG) && !defined(HAVE_PAGE_MEM_CGROUP)
#define PAGES_NAME_OBJCG	true
#else
#define PAGES_NAME_OBJCG	false
#endif

#ifdef HAVE_VMAP_AREA_LIST
#define VMAP_HAS_NODES	false
#else
#define VMAP_HAS_NODES	true
#endif

#define HUGETLB_HAS_CMA \
	(IS_ENABLED(CONFIG_HUGETLB_PAGE) && IS_ENABLED(CONFIG_CMA))

#ifdef HAVE_MOVABLE_GIGANTIC_PAGES
#define GIGANTIC_MAY_MOVE	true
#else
#define GIGANTIC_MAY_MOVE	false
#endif

static struct symbol symbols[PFNSCOPE_SYMBOLS] = {
	[PFNSCOPE_SYMBOL_BTF] = {
		"__start_BTF", IS_ENABLED(CONFIG_DEBUG_INFO_BTF) },
	[PFNSCOPE_SYMBOL_SLAB_CACHES] = {
		"slab_caches", true },
	[PFNSCOPE_SYMBOL_SLAB_MUTEX] = {
		"slab_mutex", true },
	[PFNSCOPE_SYMBOL_OBJCG_LOCK] = {
		"objcg_lock", PAGES_NAME_OBJCG },
	[PFNSCOPE_SYMBOL_HSTATES] = {
		"hstates", IS_ENABLED(CONFIG_HUGETLB_PAGE) },
	[PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE] = {
		"hugetlb_max_hstate", IS_ENABLED(CONFIG_HUGETLB_PAGE) },
	[PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES] = {
		"movable_gigantic_pages", GIGANTIC_MAY_MOVE },
	[PFNSCOPE_SYMBOL_HUGETLB_CMA] = {
		"hugetlb_cma", HUGETLB_HAS_CMA },
	[PFNSCOPE_SYMBOL_HUGETLB_CMA_ONLY] = {
		"hugetlb_cma_only", HUGETLB_HAS_CMA },
	[PFNSCOPE_SYMBOL_COMPACT_UNEVICTABLE] = {
		"sysctl_compact_unevictable_allowed",
		IS_ENABLED(CONFIG_COMPACTION) },
	[PFNSCOPE_SYMBOL_SHRINKER_LIST] = {
		"shrinker_list", true },
	[PFNSCOPE_SYMBOL_SHRINKER_RWSEM] = {
		"shrinker_rwsem", SHRINKERS_BY_RWSEM },
	[PFNSCOPE_SYMBOL_SWAP_INFO] = {
		"swap_info", IS_ENABLED(CONFIG_SWAP) },
	[PFNSCOPE_SYMBOL_ZSWAP_STORED_PAGES] = {
		"zswap_stored_pages", IS_ENABLED(CONFIG_ZSWAP) },
	[PFNSCOPE_SYMBOL_ZSWAP_POOL_TOTAL_SIZE] = {
		"zswap_pool_total_size", IS_ENABLED(CONFIG_ZSWAP) },
	[PFNSCOPE_SYMBOL_INIT_MM] = {
		"init_mm", true },
	[PFNSCOPE_SYMBOL_VMAP_AREA_ROOT] = {
		"vmap_area_root", !VMAP_HAS_NODES },
	[PFNSCOPE_SYMBOL_VMAP_NODES] = {
		"vmap_nodes", VMAP_HAS_NODES },
	[PFNSCOPE_SYMBOL_NR_VMAP_NODES] = {
		"nr_vmap_nodes", VMAP_HAS_NODES },
	[PFNSCOPE_SYMBOL_PCPU_BASE_ADDR] = {
		"pcpu_base_addr", IS_ENABLED(CONFIG_SMP) },
	[PFNSCOPE_SYMBOL_PCPU_FIRST_CHUNK] = {
		"pcpu_first_chunk", IS_ENABLED(CONFIG_SMP) },
	[PFNSCOPE_SYMBOL_PCPU_UNIT_OFFSETS] = {
		"pcpu_unit_offsets", IS_ENABLED(CONFIG_SMP) },
	[PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA] = {
		"atomic_pool_dma", IS_ENABLED(CONFIG_DMA_COHERENT_POOL) },
	[PFNSCOPE_SYMBOL_ATOMIC_POOL_DMA32] = {
		"atomic_pool_dma32", IS_ENABLED(CONFIG_DMA_COHERENT_POOL) },
	[PFNSCOPE_SYMBOL_ATOMIC_POOL_KERNEL] = {
		"atomic_pool_kernel", IS_ENABLED(CONFIG_DMA_COHERENT_POOL) },
	[PFNSCOPE_SYMBOL_DEVICES_KSET] = {
		"devices_kset", true },
	[PFNSCOPE_SYMBOL_FTRACE_PAGES_START] = {
		"ftrace_pages_start", IS_ENABLED(CONFIG_DYNAMIC_FTRACE) },
};

static unsigned long no_lookup(const char *name)
{
	return 0;
}

DEFINE_STATIC_CALL(pfnscope_lookup_name, no_lookup);

/**
 * pfnscope_symbol_locate - which symbol an address belongs to
 * @address: anything
 * @place: filled, by sprint_symbol()
 *
 * Return: false where it is none of the kernel proper.
 */
bool pfnscope_symbol_locate(unsigned long address,
			    struct pfnscope_place *place)
{
	char *plus;
	char end;

	sprint_symbol(place->text, address);
	plus = strrchr(place->text, '+');
	/* A module's symbol is followed by " [module]": %c would match it. */
	if (!plus || sscanf(plus, "+0x%lx/0x%lx%c", &place->offset,
			    &place->size, &end) != 2)
		return false;
	*plus = '\0';
	return true;
}

static void accept(struct symbol *s, unsigned long address, unsigned long size,
		   const char *found)
{
	s->address = address;
	s->size = size;
	s->found = found;
}

/* A kernel may keep no names of data, or none at all. */
static const char *why_missing(const char *otherwise)
{
	if (!IS_ENABLED(CONFIG_KALLSYMS))
		return "the kernel keeps no symbols: CONFIG_KALLSYMS is off";
	if (!IS_ENABLED(CONFIG_KALLSYMS_ALL))
		return "kallsyms lists no data: CONFIG_KALLSYMS_ALL is off";
	return otherwise;
}

/* Takes nothing on trust: what stands at the address must bear the name. */
static void verify(struct symbol *s, unsigned long address)
{
	struct pfnscope_place place;

	if (!address)
		s->found = why_missing("not in this kernel");
	else if (!pfnscope_symbol_locate(address, &place) || place.offset ||
		 strcmp(place.text, s->name))
		s->found = "another symbol stands at its address";
	else
		accept(s, address, place.size, FOUND_LOOKUP);
}

#ifdef CONFIG_KPROBES
/*
 * The probe is registered switched off: the address is all that is wanted, and
 * no instruction is patched. With IBT the probe is put behind the ENDBR.
 */
static unsigned long probe_lookup_name(void)
{
	struct kprobe probe = {
		.symbol_name = FOUND_LOOKUP,
		.flags = KPROBE_FLAG_DISABLED,
	};
	unsigned long address;
	struct pfnscope_place place;

	if (register_kprobe(&probe))
		return 0;
	address = (unsigned long)probe.addr;
	unregister_kprobe(&probe);
	if (!pfnscope_symbol_locate(address, &place) || strcmp(place.text, FOUND_LOOKUP))
		return 0;
	return address - place.offset;
}
#else
static unsigned long probe_lookup_name(void)
{
	return 0;
}
#endif

/*
 * Whoever writes 0 to debugfs/kprobes/enabled wants none used. Registering
 * works all the same, so the switch itself is read.
 */
static bool kprobes_switched_off(void)
{
	struct symbol s = { .name = "kprobes_all_disarmed" };

	verify(&s, static_call(pfnscope_lookup_name)(s.name));
	return s.address && READ_ONCE(*(bool *)s.address);
}

static bool prepare_lookup(void)
{
	unsigned long address = probe_lookup_name();

	BUILD_BUG_ON(!__same_type(kallsyms_lookup_name, no_lookup));
	if (!address)
		return false;
	static_call_update(pfnscope_lookup_name,
			   (typeof(no_lookup) *)address);
	return !kprobes_switched_off();
}

static void look_up_all(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++) {
		struct symbol *s = &symbols[i];

		if (s->built)
			verify(s, static_call(pfnscope_lookup_name)(s->name));
		cond_resched();
	}
}

static unsigned int match(unsigned long address, const struct pfnscope_place *place)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++) {
		if (!symbols[i].built || symbols[i].address ||
		    strcmp(symbols[i].name, place->text))
			continue;
		accept(&symbols[i], address, place->size, FOUND_WALK);
		return 1;
	}
	return 0;
}

/* Walks from @address to one end of the table; returns how many are missing. */
static unsigned int walk_symbols(unsigned long address, bool up,
				 unsigned int missing)
{
	struct pfnscope_place place;
	unsigned int steps;

	for (steps = 0; steps < WALK_MAX && missing; steps++) {
		if (!pfnscope_symbol_locate(address, &place))
			break;
		address -= place.offset;
		missing -= match(address, &place);
		address = up ? address + max(place.size, 1UL) : address - 1;
		if (steps % 1024 == 0)
			cond_resched();
	}
	return missing;
}

/* Everything wanted is data: begin in the middle of it, and go down last. */
static void walk_all(void)
{
	unsigned long anchor = (unsigned long)&init_task;
	unsigned int missing = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++) {
		if (!symbols[i].built)
			continue;
		symbols[i].found = why_missing("not met on the symbol walk");
		missing++;
	}
	missing = walk_symbols(anchor, true, missing);
	walk_symbols(anchor, false, missing);
}

static void take_from_map(enum pfnscope_symbol id,
			  const struct pfnscope_map_want *want)
{
	struct symbol *s = &symbols[id];
	const char *reason;

	if (!want->address) {
		s->found = "neither in kallsyms nor once in the System.map";
		return;
	}
	reason = pfnscope_symbol_content(id, want->address, want->size);
	if (reason)
		s->found = reason;
	else
		accept(s, want->address, want->size, FOUND_MAP);
}

/* What was found already is not asked for. */
static void ask_map(void)
{
	struct pfnscope_map_want wants[PFNSCOPE_SYMBOLS] = {};
	const char *refused;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++)
		if (symbols[i].built && !symbols[i].address)
			wants[i].name = symbols[i].name;
	refused = pfnscope_map_find(wants, ARRAY_SIZE(wants));
	for (i = 0; i < ARRAY_SIZE(symbols); i++) {
		if (!symbols[i].built || symbols[i].address)
			continue;
		if (refused)
			symbols[i].found = refused;
		else
			take_from_map(i, &wants[i]);
	}
}

static void tell_missing(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(symbols); i++)
		snprintf(symbols[i].missing, sizeof(symbols[i].missing),
			 "%s: %s", symbols[i].name, pfnscope_symbol_found(i));
}

/**
 * pfnscope_symbol_init - look all symbols up
 *
 * Call first, from a context that may sleep. Never fails: a symbol that is not
 * found has no address, and pfnscope_symbol_found() says why.
 */
void pfnscope_symbol_init(void)
{
	if (!walk && prepare_lookup())
		look_up_all();
	else
		walk_all();
	if (pfnscope_map_given())
		ask_map();
	tell_missing();
}

/**
 * pfnscope_symbol_address - where a symbol is
 * @id: which
 *
 * Return: its address, NULL where it was not found.
 */
void *pfnscope_symbol_address(enum pfnscope_symbol id)
{
	return (void *)symbols[id].address;
}

/**
 * pfnscope_symbol_size - bytes from a symbol to the next one, 0 if not found
 * @id: which
 */
unsigned long pfnscope_symbol_size(enum pfnscope_symbol id)
{
	return symbols[id].size;
}

/**
 * pfnscope_symbol_name - the kernel's name of a symbol
 * @id: which
 */
const char *pfnscope_symbol_name(enum pfnscope_symbol id)
{
	return symbols[id].name;
}

/**
 * pfnscope_symbol_found - how a symbol was found, or why it was not
 * @id: which
 */
const char *pfnscope_symbol_found(enum pfnscope_symbol id)
{
	if (!symbols[id].built)
		return "not needed on this kernel";
	return symbols[id].found;
}

/**
 * pfnscope_symbol_missing - why what needs a symbol is unavailable
 * @id: which
 *
 * Return: its name and the reason, NULL where it was found.
 */
const char *pfnscope_symbol_missing(enum pfnscope_symbol id)
{
	return symbols[id].address ? NULL : symbols[id].missing;
}
