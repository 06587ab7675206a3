// SPDX-License-Identifier: GPL-2.0-only
/* Which machine a root is of, and of when: from the files that it has anyway. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "source/origin.h"
#include "source/parse.h"
#include "source/redact.h"
#include "source/system.h"
#include "source/view.h"
#include "source/words.h"
#include "view/incidents.h"

#define NS_PER_SECOND	1000000000

/* A number of seconds up to a dot or the end; below 0 where there is none. Frees @word. */
static int64_t whole_seconds(char *word)
{
	uint64_t seconds;
	bool known = word && !pfnscope_digits(word, strcspn(word, "."), &seconds) &&
		     seconds <= UINT32_MAX;

	free(word);
	return known ? (int64_t)seconds : -1;
}

int64_t pfnscope_origin_of_incident(const struct pfnscope_table *any,
				    size_t row)
{
	const struct INCIDENTS_table *incidents = INCIDENTS_OF(any);
	uint64_t ns;

	return row < incidents->all.nr_rows &&
	       pfnscope_table_number(CELL(incidents, row, INCIDENTS_real_ns), &ns) ?
	       (int64_t)(ns / NS_PER_SECOND) : -1;
}

/* The folder of an incident has its moment in its header. */
static int64_t incident_time(const struct pfnscope_source *source)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_table *header;
	int64_t seconds;

	if (pfnscope_view_read_file(source, &pfnscope_view_incidents, "header",
				    &header, &error))
		return -1;
	seconds = pfnscope_origin_of_incident(header, 0);
	pfnscope_table_free(header);
	return seconds;
}

/* sosreport copies a file when it comes by it, and keeps that time. */
static int64_t copied_time(const struct pfnscope_source *source)
{
	return pfnscope_source_has(source, "sos_commands") ?
	       pfnscope_source_time(source, "proc/meminfo") : incident_time(source);
}

/* Of any other root, when it was booted and how long it had been up. */
static int64_t recorded_time(const struct pfnscope_source *source)
{
	int64_t boot = whole_seconds(pfnscope_word_behind(source, "proc/stat", "btime"));
	int64_t up = whole_seconds(pfnscope_word_of_first_line(source, "proc/uptime", 0));

	return boot < 0 || up < 0 ? copied_time(source) : boot + up;
}

void pfnscope_origin_read(const struct pfnscope_source *source,
			  struct pfnscope_origin *origin)
{
	char *host = pfnscope_word_of_first_line(source, "proc/sys/kernel/hostname", 0);

	/* What a kernel calls itself that nobody gave a name. */
	if (host && !strcmp(host, "(none)"))
		*host = '\0';
	if (host && *host && pfnscope_source_redaction(source)) {
		char *hashed = pfnscope_redact_name(pfnscope_source_redaction(source), host);

		free(host);
		host = hashed;
	}
	snprintf(origin->host, sizeof(origin->host), "%s", host ? host : "");
	free(host);
	pfnscope_release_read(source, origin->kernel, sizeof(origin->kernel));
	origin->taken_at = pfnscope_source_is_live(source) ? time(NULL) :
			   recorded_time(source);
}
