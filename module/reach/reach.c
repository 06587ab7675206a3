// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of the questions: addresses first, one of them is the BTF's; then
 * the BTF; then whether the module fits this kernel at all; then everybody who
 * wants an answer. The BTF is given back at the end.
 */
#include "boot.h"
#include "btf.h"
#include "cma.h"
#include "counter.h"
#include "eventtrace.h"
#include "holder.h"
#include "layout.h"
#include "oomtrace.h"
#include "pagetrace.h"
#include "reach.h"
#include "slab.h"
#include "super.h"
#include "symbol.h"
#include "vmap.h"

/**
 * pfnscope_reach_init - ask the running kernel all there is to ask
 *
 * Keeps nothing that must be undone.
 *
 * Return: 0, or -EINVAL where the module was built for another kernel.
 */
int pfnscope_reach_init(void)
{
	int err;

	pfnscope_symbol_init();
	pfnscope_btf_load();
	err = pfnscope_layout_check();
	if (!err) {
		pfnscope_counter_init();
		pfnscope_slab_init();
		pfnscope_cma_init();
		pfnscope_super_init();
		pfnscope_vmap_init();
		pfnscope_boot_init();
		pfnscope_holder_init();
		pfnscope_oomtrace_init();
		pfnscope_pagetrace_init();
		pfnscope_eventtrace_init();
	}
	pfnscope_btf_release();
	return err;
}
