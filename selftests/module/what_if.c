// SPDX-License-Identifier: GPL-2.0-only
// configs: zones
// guest: --mem 1G --append movablecore=256M
// guest: --nodes 4 --mem 2G
/*
 * What "pfnscope explain --set" foretells of the marks of all zones, against /proc/zoneinfo once the
 * setting has really been made. A value that it refuses is one that the kernel refuses.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "kselftest_harness.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

#define ANSWER "/tmp/what-if"

static const char *const paths[] = {
	"/proc/sys/vm/min_free_kbytes", "/proc/sys/vm/watermark_scale_factor",
	"/proc/sys/vm/lowmem_reserve_ratio", "/proc/sys/vm/watermark_boost_factor",
};

enum { MIN_FREE, SCALE, RATIO, BOOST, PATHS };

static const char *const keys[] = {
	"vm.min_free_kbytes", "vm.watermark_scale_factor", "vm.lowmem_reserve_ratio",
};

/* --- what is foretold --- */

/* Behind @key of the object that begins at @at: digits, or a list of them without its blanks. */
static bool value_of(const char *at, const char *key, char *out, size_t size)
{
	const char *end = strstr(at, "}"), *found;
	char name[48];
	size_t used = 0;
	bool list;

	snprintf(name, sizeof(name), "\"%s\":", key);
	found = strstr(at, name);
	if (!found || !end || found > end)
		return false;
	found += strlen(name);
	found += strspn(found, " \n");
	list = *found == '[';
	for (; *found && used < size - 1 && !strchr(list ? "]" : ",\n}", *found); found++)
		if (!strchr("[ \n\"", *found))
			out[used++] = *found;
	out[used] = '\0';
	return used && strcmp(out, "null");
}

/* Asks, with one more --set for each of @word that is not NULL; returns the status of the command. */
static int ask(const char *const *word, char **answer)
{
	char command[512] = "pfnscope explain --gfp GFP_KERNEL --json";
	int status;

	for (int i = 0; i < RATIO + 1; i++)
		if (word[i])
			snprintf(command + strlen(command), sizeof(command) - strlen(command),
				 " --set '%s=%s'", keys[i], word[i]);
	strcat(command, " >" ANSWER " 2>/dev/null");
	status = system(command);
	*answer = text_need(ANSWER);
	return WEXITSTATUS(status);
}

/* --- what comes --- */

static const struct {
	const char *key, *line;
} marks[] = {
	{ "min_then_pages", "min" }, { "low_then_pages", "low" }, { "high_then_pages", "high" },
	{ "promo_then_pages", "promo" },
};

static int differ(const struct zi_zone *zone, const char *key, const char *foretold, const char *came)
{
	if (!strcmp(foretold, came))
		return 0;
	printf("# node %s zone %s: %s: %s, it came as %s\n", zone->node, zone->zone, key, foretold, came);
	return 1;
}

/* Zones, or marks of them, that are not as foretold. */
static int compare_zone(const char *row, const struct zi_zone *zone)
{
	char foretold[160], came[32];
	long long value;
	int wrong = 0;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!zi_value(zone, marks[i].line, &value))
			continue;
		snprintf(came, sizeof(came), "%lld", value);
		wrong += !value_of(row, marks[i].key, foretold, sizeof(foretold)) ||
			 differ(zone, marks[i].key, foretold, came);
	}
	return wrong + (!value_of(row, "lowmem_reserve_then_pages", foretold, sizeof(foretold)) ||
			differ(zone, "protection", foretold, zone->protection));
}

static int compare(const char *answer, size_t *zones)
{
	const char *row = strstr(answer, "\"marks\"");
	struct zoneinfo zi;
	char node[16], name[16];
	int wrong = 0;

	zoneinfo_need(&zi);
	*zones = 0;
	while (row && (row = strchr(row, '{'))) {
		struct zi_zone *zone;

		if (!value_of(row, "node", node, sizeof(node)) || !value_of(row, "zone", name, sizeof(name)))
			break;
		zone = zoneinfo_find(&zi, node, name);
		wrong += zone ? compare_zone(row, zone) : 1;
		++*zones;
		row = strchr(row, '}');
	}
	wrong += *zones != zi.zones;
	zoneinfo_free(&zi);
	return wrong;
}

FIXTURE(what_if)
{
	char *old[PATHS];
};

FIXTURE_SETUP(what_if)
{
	for (int i = 0; i < PATHS; i++)
		self->old[i] = text_need(paths[i]);
	/* A fallback that boosts a mark would move it between the two readings. */
	text_write(paths[BOOST], "0");
}

FIXTURE_TEARDOWN(what_if)
{
	for (int i = 0; i < PATHS; i++) {
		text_write(paths[i], self->old[i]);
		free(self->old[i]);
	}
}

static size_t words(const char *text)
{
	size_t count = 0;

	for (; *text; count++) {
		text += strspn(text, " \t\n");
		if (!*text)
			break;
		text += strcspn(text, " \t\n");
	}
	return count;
}

TEST_F_TIMEOUT(what_if, marks_come_as_they_were_foretold, 240)
{
	static const char *const steps[][RATIO + 1] = {
		{ "4096" }, { "32768" }, { "1" }, { "20001", "1" }, { NULL, "100" }, { "30000", "500" },
		{ NULL, "1000" }, { "16384", NULL, "8 4 2 1" }, { NULL, "10", "1 1" }, { NULL, NULL, "0 0 0" },
		{ NULL, NULL, "100000 3" }, { NULL, NULL, "256 256 32 0 0" },
	};
	size_t made = 0, zones = 0;

	for (size_t step = 0; step < sizeof(steps) / sizeof(*steps); step++) {
		char *answer;

		/* A kernel with fewer zones drops the ratios of the others, which the command refuses. */
		if (steps[step][RATIO] && words(steps[step][RATIO]) > words(self->old[RATIO]))
			continue;
		EXPECT_GE(3, ask(steps[step], &answer));
		for (int i = 0; i <= RATIO; i++)
			if (steps[step][i])
				EXPECT_EQ(0, text_write(paths[i], steps[step][i]));
		EXPECT_EQ(0, compare(answer, &zones)) TH_LOG("step %zu", step);
		EXPECT_LT(0, zones);
		free(answer);
		made++;
	}
	printf("# %zu settings, %zu zones\n", made, zones);
}

TEST_F_TIMEOUT(what_if, a_value_is_refused_where_the_kernel_refuses_it, 240)
{
	static const struct {
		int key;
		const char *value;
	} tries[] = { { SCALE, "0" }, { SCALE, "1000" }, { SCALE, "3000" }, { SCALE, "3001" },
		      { MIN_FREE, "0" }, { MIN_FREE, "2147483648" } };

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		const char *word[RATIO + 1] = { NULL };
		char *answer;
		int status;

		word[tries[i].key] = tries[i].value;
		status = ask(word, &answer);
		free(answer);
		EXPECT_EQ(text_write(paths[tries[i].key], tries[i].value) == 0, status != 64)
			TH_LOG("%s=%s: status %d", keys[tries[i].key], tries[i].value, status);
	}
}

TEST_HARNESS_MAIN
