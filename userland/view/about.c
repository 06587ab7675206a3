// SPDX-License-Identifier: GPL-2.0-only
/* What about says. */
#include <string.h>

#include "base/digits.h"
#include "view/about.h"

const char *pfnscope_about_word(const struct pfnscope_table *any,
				const char *key)
{
	const struct ABOUT_table *about = ABOUT_OF(any);
	const char *found;
	size_t row;

	for (row = 0; about && row < about->all.nr_rows; row++) {
		found = pfnscope_table_string(CELL(about, row, ABOUT_key));
		if (found && !strcmp(found, key))
			return pfnscope_table_string(CELL(about, row, ABOUT_value));
	}
	return NULL;
}

const char *pfnscope_snapshot_about(const struct pfnscope_snapshot *snapshot,
				    const char *key)
{
	return pfnscope_about_word(pfnscope_snapshot_table(snapshot,
					&pfnscope_view_about), key);
}

bool pfnscope_about_number(const struct pfnscope_table *any, const char *key,
			   uint64_t *number)
{
	const struct ABOUT_table *about = ABOUT_OF(any);
	const char *word = pfnscope_about_word(&about->all, key);

	return word && !pfnscope_digits(word, strlen(word), number);
}
