/* SPDX-License-Identifier: GPL-2.0-only */
/* What would have made a zone serve: the same for a live machine and a log. */
#ifndef PFNSCOPE_ALLOCATOR_ZONE_ADVICE_H
#define PFNSCOPE_ALLOCATOR_ZONE_ADVICE_H

#include "allocator/explain.h"
#include "base/lines.h"

/**
 * struct pfnscope_asked - the attempt that a verdict is of
 * @rules: rules of the kernel
 * @classes: its zone classes
 * @request: the request
 * @alloc_flags: PFNSCOPE_ALLOC_ bits of the attempt
 */
struct pfnscope_asked {
	const struct pfnscope_rules *rules;
	const struct pfnscope_classes *classes;
	const struct pfnscope_request *request;
	uint32_t alloc_flags;
};

void pfnscope_zone_advice(const struct pfnscope_asked *asked,
			  const struct pfnscope_verdict *verdict,
			  struct pfnscope_lines *lines);

#endif
