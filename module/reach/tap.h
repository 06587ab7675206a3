/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints are not exported but can be found by name. A probe is compiled for the
 * prototype of the headers; the running kernel's BTF must agree on the number of
 * arguments, as some changed within a stable series.
 */
#ifndef PFNSCOPE_REACH_TAP_H
#define PFNSCOPE_REACH_TAP_H

#include <linux/types.h>

struct tracepoint;

/**
 * struct pfnscope_tap - a tracepoint and our probe
 * @name: of the tracepoint
 * @probe: of the prototype of the headers
 * @arity: arguments it has there
 * @point: in the running kernel; NULL before it was found
 * @data: what the probe was registered with
 * @on: the probe is registered
 */
struct pfnscope_tap {
	const char *name;
	void *probe;
	int arity;
	struct tracepoint *point;
	void *data;
	bool on;
};

/* To be called while the kernel's BTF is loaded. Why they cannot be used, or NULL. */
const char *pfnscope_taps_compare(const struct pfnscope_tap *taps,
				  unsigned int count);

int pfnscope_tap_on(struct pfnscope_tap *tap, void *data);
void pfnscope_tap_off(struct pfnscope_tap *tap);
/* To be called after the last one of a kind is off: no probe runs any more. */
void pfnscope_taps_wait(void);

#endif /* PFNSCOPE_REACH_TAP_H */
