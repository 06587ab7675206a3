// SPDX-License-Identifier: GPL-2.0-only
/* Points in time by strptime(), without a word that depends on a language. */
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/moment.h"

static bool is_ago(const char *text, int64_t now, int64_t *at)
{
	static const char ago[] = " ago";
	size_t length = strlen(text), tail = sizeof(ago) - 1;
	int64_t span;

	if (length <= tail || strcmp(text + length - tail, ago) ||
	    !pfnscope_span_seconds(text, length - tail, &span) || span > now)
		return false;
	*at = now - span;
	return true;
}

static bool is_unix_time(const char *text, int64_t *at)
{
	uint64_t number;

	if (*text != '@' || pfnscope_digits(text + 1, strlen(text + 1), &number) ||
	    number > UINT32_MAX)
		return false;
	*at = (int64_t)number;
	return true;
}

static bool is_end(const char *text)
{
	return !*text || !strcmp(text, "Z") || !strcmp(text, " UTC");
}

static bool is_date(const char *text, int64_t now, int64_t *at)
{
	/* The longer ones first. */
	static const char *const formats[] = {
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d",
		"%H:%M:%S", "%H:%M",
	};
	time_t today = (time_t)now;

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		struct tm utc = { 0 };
		const char *end;

		if (!gmtime_r(&today, &utc))
			return false;
		utc.tm_hour = utc.tm_min = utc.tm_sec = 0;
		end = strptime(text, formats[i], &utc);
		if (!end || !is_end(end))
			continue;
		*at = (int64_t)timegm(&utc);
		return *at >= 0;
	}
	return false;
}

bool pfnscope_moment(const char *text, int64_t now, int64_t *at)
{
	return is_ago(text, now, at) || is_unix_time(text, at) || is_date(text, now, at);
}
