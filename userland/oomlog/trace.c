// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frames of a trace. Architectures and eras write them in their own ways:
 *
 *	 warn_alloc+0x134/0x1b0
 *	 [<ffffffff8114b6c4>] ? warn_alloc_failed+0xe4/0x140 [mod]
 *	[effe5ce0] [c01aef80] warn_alloc+0x100/0x178 (unreliable)
 *	[<c0631ee8>] (dump_stack) from [<c01b1904>] (warn_alloc+0xbc/0x168)
 *	 dump_stack from warn_alloc+0xbc/0x168
 *	<ffffffff80158db3>{:nfs:nfs_read+99} <ffffffff80158db3>{...}
 *	 [<ffffffff884a9aa0>] :nfs:nfs_read+0x33/0x7a
 *	 warn_alloc (mm/page_alloc.c:4344)
 *	 alloc_pages_node include/linux/gfp.h:237 [inline]
 */
#include "oomlog/trace.h"

#include <ctype.h>

#include "base/array.h"

#define ADDRESS_MAX	40

/* "[<c01af34c>]", "[c01af34c]", "<IRQ>", "([<00000001>]": no part of a name. */
static bool decoration(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	const char *close;

	if (pfnscope_scan_starts(&t, "(["))
		t.at++;
	if (!pfnscope_scan_starts(&t, "[") && !pfnscope_scan_starts(&t, "<"))
		return false;
	close = memchr(t.at, *t.at == '[' ? ']' : '>',
		       (size_t)(t.end - t.at));
	if (!close || close - t.at > ADDRESS_MAX)
		return false;
	s->at = close + 1;
	pfnscope_scan_char(s, ')');
	return true;
}

static void before_name(struct pfnscope_scan *s, struct pfnscope_frame *frame)
{
	frame->reliable = true;
	for (;;) {
		pfnscope_scan_blanks(s);
		if (pfnscope_scan_char(s, '?'))
			frame->reliable = false;
		else if (!pfnscope_scan_skip(s, "Call Trace:") &&
			 !pfnscope_scan_skip(s, "Call trace:") &&
			 !pfnscope_scan_skip(s, "from ") && !decoration(s))
			break;
	}
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

static bool name(struct pfnscope_scan *s, struct pfnscope_frame *frame)
{
	/* The descriptors of functions of old 64-bit PowerPC have a dot. */
	pfnscope_scan_char(s, '.');
	frame->name.at = s->at;
	while (s->at < s->end && is_name(*s->at))
		s->at++;
	frame->name.end = s->at;
	return frame->name.at < frame->name.end &&
	       !isdigit((unsigned char)*frame->name.at);
}

/* "+0x134/0x1b0", and "+99" of old x86-64; some web pages have a blank before it. */
static bool offset(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;
	uint64_t ignored;

	if (pfnscope_scan_starts(&t, " +0x"))
		t.at++;
	if (!pfnscope_scan_char(&t, '+') || !pfnscope_scan_hex(&t, &ignored))
		return false;
	if (pfnscope_scan_char(&t, '/'))
		pfnscope_scan_hex(&t, &ignored);
	*s = t;
	return true;
}

/* "(mm/page_alloc.c:4344)" or " mm/page_alloc.c:4344" of a decoded trace. */
static bool source(struct pfnscope_scan *s)
{
	static const char *const kinds[] = { ".c:", ".h:", ".S:", ".rs:" };
	struct pfnscope_scan t = *s, word, found;

	pfnscope_scan_blanks(&t);
	pfnscope_scan_char(&t, '(');
	word = t;
	while (t.at < t.end && *t.at != ' ' && *t.at != ')')
		t.at++;
	word.end = t.at;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (!pfnscope_scan_find(&word, kinds[i], &found) ||
		    !isdigit((unsigned char)word.end[-1]))
			continue;
		pfnscope_scan_char(&t, ')');
		*s = t;
		return true;
	}
	return false;
}

static void module(struct pfnscope_scan *s, struct pfnscope_frame *frame)
{
	struct pfnscope_scan t = *s;

	pfnscope_scan_blanks(&t);
	if (!pfnscope_scan_char(&t, '['))
		return;
	frame->module.at = t.at;
	while (t.at < t.end && (is_name(*t.at) || *t.at == '-'))
		t.at++;
	frame->module.end = t.at;
	/* A build id may follow; what is inlined is no module. */
	while (t.at < t.end && *t.at != ']' && *t.at != '[')
		t.at++;
	if (!pfnscope_scan_char(&t, ']') ||
	    pfnscope_scan_starts(&frame->module, "inline"))
		frame->module.end = frame->module.at;
	else
		*s = t;
}

/* ":nfs:" between the brace, if any, and the name. */
static void module_before(struct pfnscope_scan *s, struct pfnscope_frame *frame)
{
	if (!pfnscope_scan_char(s, ':'))
		return;
	frame->module.at = s->at;
	while (s->at < s->end && *s->at != ':')
		s->at++;
	frame->module.end = s->at;
	pfnscope_scan_char(s, ':');
}

/**
 * pfnscope_frame_next - read the next frame of a line
 * @line: the rest of the line, moved behind the frame
 * @frame: the frame
 *
 * Return: false where no frame begins there; @line is undefined then.
 */
bool pfnscope_frame_next(struct pfnscope_scan *line,
			 struct pfnscope_frame *frame)
{
	bool brace, round, at;

	*frame = (struct pfnscope_frame){ 0 };
	before_name(line, frame);
	brace = pfnscope_scan_char(line, '{');
	round = pfnscope_scan_char(line, '(');
	module_before(line, frame);
	if (!name(line, frame))
		return false;
	at = offset(line);
	at |= source(line);
	module(line, frame);
	if (brace)
		return pfnscope_scan_char(line, '}') && at;
	if (round && !pfnscope_scan_char(line, ')'))
		return false;
	return at || pfnscope_scan_starts(line, " from ");
}

struct function {
	const char *name;		/* ends in "*" where more may follow */
	enum pfnscope_frame_class class;
};

/*
 * The functions between a trace and whoever asked, of kernels 2.6 to 7.x. The
 * page allocator, and what hands its pages on: slab, vmalloc, CMA, DMA, percpu,
 * charging a cgroup.
 */
static const struct function functions[] = {
	{ "dump_stack*", PFNSCOPE_FRAME_DUMP },
	{ "__dump_stack*", PFNSCOPE_FRAME_DUMP },
	{ "show_stack*", PFNSCOPE_FRAME_DUMP },
	{ "show_trace*", PFNSCOPE_FRAME_DUMP },
	{ "show_regs*", PFNSCOPE_FRAME_DUMP },
	{ "dump_backtrace*", PFNSCOPE_FRAME_DUMP },
	{ "unwind_backtrace*", PFNSCOPE_FRAME_DUMP },
	{ "dump_trace*", PFNSCOPE_FRAME_DUMP },
	{ "show_mem*", PFNSCOPE_FRAME_DUMP },
	{ "__show_mem*", PFNSCOPE_FRAME_DUMP },
	{ "panic", PFNSCOPE_FRAME_DUMP },
	{ "vpanic", PFNSCOPE_FRAME_DUMP },
	{ "warn_alloc*", PFNSCOPE_FRAME_WARN },
	{ "nopage_*", PFNSCOPE_FRAME_WARN },
	{ "slab_out_of_memory", PFNSCOPE_FRAME_WARN },
	{ "dump_header*", PFNSCOPE_FRAME_OOM },
	{ "oom_kill_process*", PFNSCOPE_FRAME_OOM },
	{ "__oom_kill_process*", PFNSCOPE_FRAME_OOM },
	{ "oom_kill_task*", PFNSCOPE_FRAME_OOM },
	{ "out_of_memory*", PFNSCOPE_FRAME_OOM },
	{ "__out_of_memory*", PFNSCOPE_FRAME_OOM },
	{ "check_panic_on_oom*", PFNSCOPE_FRAME_OOM },
	{ "pagefault_out_of_memory", PFNSCOPE_FRAME_OOM },
	{ "mem_cgroup_out_of_memory", PFNSCOPE_FRAME_MEMCG },
	{ "mem_cgroup_oom*", PFNSCOPE_FRAME_MEMCG },
	{ "memcg1_oom*", PFNSCOPE_FRAME_MEMCG },
	{ "mem_cgroup_handle_oom*", PFNSCOPE_FRAME_MEMCG },
	{ "__mem_cgroup_handle_oom*", PFNSCOPE_FRAME_MEMCG },
	{ "try_charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "charge_memcg", PFNSCOPE_FRAME_ALLOCATOR },
	{ "mem_cgroup_*charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__mem_cgroup_*charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "memcg_*charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__memcg_*charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "obj_cgroup_charge*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__memcg_slab_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "memcg_slab_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_kmem_pages*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_frozen_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_frozen_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__folio_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "folio_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vma_alloc_folio*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vma_alloc_zeroed*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "get_page_from_freelist", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__get_free_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "get_free_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "get_zeroed_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "make_alloc_exact", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__page_frag_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "page_frag_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_contig*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_contig*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "cma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__cma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__kmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "___kmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__do_kmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kzalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kcalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "krealloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__krealloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__do_krealloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmemdup*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kstrdup*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "memdup_user*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vmemdup_user*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "devm_kmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "devm_kzalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "devm_kmemdup*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "devm_get_free_pages*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmem_cache_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__kmem_cache_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "___cache_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "____cache_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__cache_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "cache_alloc_refill*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "cache_grow*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmem_getpages*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmem_alloc_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "fallback_alloc", PFNSCOPE_FRAME_ALLOCATOR },
	{ "slab_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__slab_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "___slab_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "slob_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "new_slab*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "allocate_slab*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_slab_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_single_from_new_slab*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_from_new_slab*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_from_pcs*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_full_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_empty_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_empty_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_slab_obj_exts*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_tagging_slab*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "slab_post_alloc_hook*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__prefill_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmem_cache_prefill_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kmem_cache_refill_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__pcs_replace_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "refill_objects*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "refill_sheaf*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "mempool_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__vmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vzalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vcalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vrealloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vm_area_alloc_pages*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_vmap_area*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__get_vm_area*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "get_vm_area*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vmap", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vmap_pfn", PFNSCOPE_FRAME_ALLOCATOR },
	{ "vm_map_ram", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kvmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__kvmalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kvzalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kvcalloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "kvrealloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__dma_direct_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_direct_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_common_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_generic_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_pool_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_nommu_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dma_iommu_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "dmam_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "pool_alloc_page", PFNSCOPE_FRAME_ALLOCATOR },
	{ "pci_alloc_consistent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "pci_zalloc_consistent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "consistent_alloc", PFNSCOPE_FRAME_ALLOCATOR },
	{ "alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "intel_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "nommu_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "gart_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "x86_swiotlb_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "xen_swiotlb_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "mips_dma_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "octeon_dma_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "loongson_dma_alloc_coherent", PFNSCOPE_FRAME_ALLOCATOR },
	{ "arm_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "arch_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "arm_coherent_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "arm64_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__arm64_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__iommu_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "iommu_dma_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__iommu_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "iommu_alloc_page*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_from_contiguous", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_remap_buffer", PFNSCOPE_FRAME_ALLOCATOR },
	{ "remap_allocator_alloc", PFNSCOPE_FRAME_ALLOCATOR },
	{ "cma_allocator_alloc", PFNSCOPE_FRAME_ALLOCATOR },
	{ "swiotlb_alloc*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "pcpu_*", PFNSCOPE_FRAME_ALLOCATOR },
	{ "__alloc_percpu*", PFNSCOPE_FRAME_ALLOCATOR },
};

/* A "*" stands for any bytes; a name has one, or one more at its end. */
static bool matches(struct pfnscope_scan s, const char *pattern)
{
	for (; *pattern; pattern++) {
		const char *next = pattern + 1;
		char word[32];
		size_t size;

		if (*pattern != '*') {
			if (!pfnscope_scan_char(&s, *pattern))
				return false;
			continue;
		}
		size = strcspn(next, "*");
		if (!size)
			return true;
		memcpy(word, next, size);
		word[size] = '\0';
		if (next[size])
			return pfnscope_scan_after(&s, word);
		return (size_t)(s.end - s.at) >= size &&
		       !memcmp(s.end - size, word, size);
	}
	return pfnscope_scan_done(&s);
}

/* "foo.isra.0", "foo.constprop.0", "foo.cold", "foo_noprof" are all foo(). */
static struct pfnscope_scan plain_name(struct pfnscope_scan name)
{
	static const char suffix[] = "_noprof";
	const size_t size = sizeof(suffix) - 1;
	const char *dot = memchr(name.at, '.', (size_t)(name.end - name.at));

	if (dot)
		name.end = dot;
	if ((size_t)(name.end - name.at) > size &&
	    !memcmp(name.end - size, suffix, size))
		name.end -= size;
	return name;
}

/**
 * pfnscope_frame_class - what a function is to a report
 * @name: its name as printed
 *
 * Return: PFNSCOPE_FRAME_OTHER for whoever asked, and for all its callers.
 */
enum pfnscope_frame_class pfnscope_frame_class(struct pfnscope_scan name)
{
	struct pfnscope_scan s = plain_name(name);

	for (size_t i = 0; i < ARRAY_SIZE(functions); i++)
		if (matches(s, functions[i].name))
			return functions[i].class;
	return PFNSCOPE_FRAME_OTHER;
}
