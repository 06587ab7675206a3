// SPDX-License-Identifier: GPL-2.0-only

#include "switch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static bool shows(const char *path, const char *written, const char *expected)
{
	char *text = text_need(path);
	bool same = !strcmp(text, expected);

	if (!same)
		printf("# after \"%s\": \"%s\" and not \"%s\"\n", written, text, expected);
	free(text);
	return same;
}

static bool takes(const char *path, const char *written, int expected)
{
	int answer = text_write(path, written);

	if (answer != expected)
		printf("# \"%s\": %d and not %d\n", written, answer, expected);
	return answer == expected;
}

bool switch_holds(const char *path, const struct switch_good *good, size_t nr_good, const char *const *bad, size_t nr_bad)
{
	bool holds = true;

	for (size_t i = 0; i < nr_good; i++)
		holds &= takes(path, good[i].written, 0) && shows(path, good[i].written, good[i].shown) &&
			 takes(path, good[i].shown, 0) && shows(path, good[i].shown, good[i].shown);
	for (size_t i = 0; i < nr_bad; i++)
		holds &= takes(path, bad[i], -EINVAL) && shows(path, bad[i], good[nr_good - 1].shown);
	return holds;
}
