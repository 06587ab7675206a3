// SPDX-License-Identifier: GPL-2.0-only
/* Probes of tracepoints, whoever listens. */
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "reach/btf.h"
#include "reach/tap.h"

/**
 * pfnscope_taps_compare - are these the tracepoints of the running kernel?
 * @taps: of which name and arity are looked at
 * @count: how many
 *
 * Return: why not, NULL if they are.
 */
const char *pfnscope_taps_compare(const struct pfnscope_tap *taps,
				  unsigned int count)
{
	const char *why;
	unsigned int i;

	if (!IS_ENABLED(CONFIG_TRACEPOINTS))
		return "this kernel has no tracepoints: CONFIG_TRACEPOINTS is off";
	if (!pfnscope_btf_available(&why))
		return why;
	for (i = 0; i < count; i++)
		if (pfnscope_btf_tracepoint_arity(taps[i].name) != taps[i].arity)
			return "a tracepoint of this kernel is not what its headers say";
	return NULL;
}

static void note_point(struct tracepoint *point, void *data)
{
	struct pfnscope_tap *tap = data;

	if (!strcmp(point->name, tap->name))
		tap->point = point;
}

/**
 * pfnscope_tap_on - register the probe
 * @tap: which one
 * @data: the probe's first argument
 *
 * Without tracepoints there are none of the functions that are called here.
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_tap_on(struct pfnscope_tap *tap, void *data)
{
	int ret;

	if (!IS_ENABLED(CONFIG_TRACEPOINTS))
		return -ENODEV;
	if (!tap->point)
		for_each_kernel_tracepoint(note_point, tap);
	if (!tap->point)
		return -ENODEV;
	ret = tracepoint_probe_register(tap->point, tap->probe, data);
	tap->data = data;
	tap->on = !ret;
	return ret;
}

/**
 * pfnscope_tap_off - undo pfnscope_tap_on(), if it was called
 * @tap: which one; its probe may still run until pfnscope_taps_wait()
 */
void pfnscope_tap_off(struct pfnscope_tap *tap)
{
	if (IS_ENABLED(CONFIG_TRACEPOINTS) && tap->on)
		tracepoint_probe_unregister(tap->point, tap->probe, tap->data);
	tap->on = false;
}

/**
 * pfnscope_taps_wait - wait until no probe runs that was unregistered before
 */
void pfnscope_taps_wait(void)
{
	tracepoint_synchronize_unregister();
}
