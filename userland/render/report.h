/* SPDX-License-Identifier: GPL-2.0-only */
/* Several answers as one page that needs no other file. */
#ifndef PFNSCOPE_RENDER_REPORT_H
#define PFNSCOPE_RENDER_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/origin.h"

/**
 * struct pfnscope_report_part - one answer
 * @id: a word that names it within the page
 * @title: a few words
 * @is_incident: it is one of several, of which the page has one after the other
 * @command: what to type for it, without "pfnscope"
 * @text: for people
 * @remarks: what it lacks, a line each; empty where nothing
 * @json: the same for programs, or NULL
 * @picture: the same as SVG, or NULL
 */
struct pfnscope_report_part {
	const char *id;
	const char *title;
	bool is_incident;
	char *command;
	char *text;
	char *remarks;
	char *json;
	char *picture;
};

/**
 * struct pfnscope_report - the page
 * @origin: whose figures they are
 * @redacted: names are numbers
 * @parts: in their order
 * @count: how many
 */
struct pfnscope_report {
	struct pfnscope_origin origin;
	bool redacted;
	struct pfnscope_report_part *parts;
	size_t count;
};

/* Whether there is more to it than remarks. */
bool pfnscope_report_has(const struct pfnscope_report_part *part);
void pfnscope_report_html(const struct pfnscope_report *report);

#endif
