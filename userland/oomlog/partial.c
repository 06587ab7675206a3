// SPDX-License-Identifier: GPL-2.0-only
/*
 * "2024-03-13T11:16:48.123456789Z stdout P text": the interface of container
 * runtimes (CRI) marks a part of a line with P and the end of one with F.
 */
#include "oomlog/partial.h"

#include <ctype.h>

/* The names of a pod and of a container, and the time. */
#define REACH	256

/* "std", then "out" or "err", behind a time, which ends in a digit or 'Z'. */
static bool find_stream(struct pfnscope_scan *s)
{
	struct pfnscope_scan head = *s, found;

	if (head.end - head.at > REACH)
		head.end = head.at + REACH;
	while (pfnscope_scan_find(&head, " std", &found)) {
		const char *time = found.at - 1;

		pfnscope_scan_skip(&found, " std");
		head.at = found.at;
		if (!pfnscope_scan_skip(&found, "out ") && !pfnscope_scan_skip(&found, "err "))
			continue;
		if (time < s->at || (*time != 'Z' && !isdigit((unsigned char)*time)))
			continue;
		s->at = found.at;
		return true;
	}
	return false;
}

/**
 * pfnscope_partial_take - is this a record of a container runtime?
 * @record: the record; if so, moved to its text
 *
 * Return: what it is.
 */
enum pfnscope_partial pfnscope_partial_take(struct pfnscope_scan *record)
{
	struct pfnscope_scan s = *record;
	bool more;

	if (!find_stream(&s))
		return PFNSCOPE_PARTIAL_NONE;
	more = pfnscope_scan_char(&s, 'P');
	if ((!more && !pfnscope_scan_char(&s, 'F')) || !pfnscope_scan_char(&s, ' '))
		return PFNSCOPE_PARTIAL_NONE;
	*record = s;
	return more ? PFNSCOPE_PARTIAL_MORE : PFNSCOPE_PARTIAL_END;
}
