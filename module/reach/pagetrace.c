// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probes are the listener's own functions: on this path a call more, or one
 * through a pointer, would be felt.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <trace/events/kmem.h>

#include "reach/pagetrace.h"
#include "reach/tap.h"

enum { TAKEN, GIVEN, TAPS };

static struct pfnscope_tap taps[TAPS] = {
	[TAKEN] = { .name = "mm_page_alloc", .arity = 4 },
	[GIVEN] = { .name = "mm_page_free", .arity = 2 },
};

static const char *unavailable = "not looked up yet";

/* Never called: the compiler compares the prototypes here. */
static void __maybe_unused check_prototypes(pfnscope_page_taken_fn *taken,
					    pfnscope_page_given_fn *given)
{
	check_trace_callback_type_mm_page_alloc(taken);
	check_trace_callback_type_mm_page_free(given);
}

/* Names of functions are what it is for; without them there would be addresses. */
static const char *why_not(void)
{
	if (!IS_ENABLED(CONFIG_KALLSYMS))
		return "the kernel keeps no symbols: CONFIG_KALLSYMS is off";
	if (!IS_ENABLED(CONFIG_STACKTRACE))
		return "the kernel cannot walk its stacks: CONFIG_STACKTRACE is off";
	return pfnscope_taps_compare(taps, TAPS);
}

/**
 * pfnscope_pagetrace_init - compare the tracepoints with the running kernel's
 *
 * To be called while its BTF is loaded.
 */
void pfnscope_pagetrace_init(void)
{
	unavailable = why_not();
}

/**
 * pfnscope_pagetrace_unavailable - can this kernel tell?
 *
 * Return: why not, NULL if it can.
 */
const char *pfnscope_pagetrace_unavailable(void)
{
	return unavailable;
}

/**
 * pfnscope_pagetrace_on - begin to listen; one listener at a time
 * @taken: a probe, for each request
 * @given: a probe, for each page that comes back
 * @data: their first argument
 *
 * Return: 0 or a negative errno, and then nobody listens.
 */
int pfnscope_pagetrace_on(pfnscope_page_taken_fn *taken,
			  pfnscope_page_given_fn *given, void *data)
{
	int ret;

	if (unavailable)
		return -ENODEV;
	taps[TAKEN].probe = taken;
	taps[GIVEN].probe = given;
	/* A page must not come back unseen that was seen to be taken. */
	ret = pfnscope_tap_on(&taps[GIVEN], data);
	if (!ret)
		ret = pfnscope_tap_on(&taps[TAKEN], data);
	if (ret)
		pfnscope_pagetrace_off();
	return ret;
}

/**
 * pfnscope_pagetrace_off - stop it, and wait until no probe runs any more
 */
void pfnscope_pagetrace_off(void)
{
	pfnscope_tap_off(&taps[TAKEN]);
	pfnscope_tap_off(&taps[GIVEN]);
	pfnscope_taps_wait();
}
