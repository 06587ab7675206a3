// SPDX-License-Identifier: GPL-2.0-only
/*
 * earlyoom has its limits on its command line, systemd-oomd in oomd.conf and the fragments beside it, of which the
 * last one that says something holds.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/parse.h"
#include "triage/daemons.h"

#define COMMAND_LINE	4096

/* --- earlyoom --- */

/* "10", "10,5": the first, at which it sends SIGTERM. */
static void take_percent(const char *word, uint64_t *percent)
{
	uint64_t number;

	if (word && !pfnscope_digits(word, strspn(word, "0123456789"), &number) &&
	    number <= 100)
		*percent = number;
}

/* Words apart by blanks or NULs: "-m 10", "-m10", "-s 10,5". */
static void take_arguments(char *text, size_t size, struct pfnscope_earlyoom *set)
{
	char *save = NULL;

	for (size_t i = 0; i < size; i++)
		if (!text[i] || text[i] == '"' || text[i] == '\'')
			text[i] = ' ';
	for (char *word = strtok_r(text, " \n", &save); word; word = strtok_r(NULL, " \n", &save)) {
		uint64_t *to = !strncmp(word, "-m", 2) ? &set->memory :
			       !strncmp(word, "-s", 2) ? &set->swap : NULL;

		if (to)
			take_percent(word[2] ? word + 2 : strtok_r(NULL, " \n", &save), to);
	}
}

static bool read_command_line(const struct pfnscope_source *source, const char *path,
			      struct pfnscope_earlyoom *set)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	char *text = NULL;
	size_t size;

	if (pfnscope_source_input(source, path, &input))
		return false;
	if (pfnscope_input_all(input, COMMAND_LINE, &text, &size, &error))
		text = NULL;
	pfnscope_input_close(input);
	if (text)
		take_arguments(text, size, set);
	free(text);
	return true;
}

static bool read_defaults(const struct pfnscope_source *source, const char *path,
			  struct pfnscope_earlyoom *set)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	static const char key[] = "EARLYOOM_ARGS=";

	if (pfnscope_source_input(source, path, &parser.input))
		return false;
	while (pfnscope_parse_line(&parser) > 0)
		if (!strncmp(parser.text, key, strlen(key)))
			take_arguments(parser.text + strlen(key),
				       strlen(parser.text + strlen(key)), set);
	pfnscope_input_close(parser.input);
	return true;
}

void pfnscope_earlyoom_read(const struct pfnscope_source *source, uint64_t pid,
			    struct pfnscope_earlyoom *set)
{
	char *line = pfnscope_format("proc/%" PRIu64 "/cmdline", pid);

	*set = (struct pfnscope_earlyoom){ .memory = 10, .swap = 10 };
	if (pid && read_command_line(source, line, set))
		set->file = pfnscope_format("/%s", line);
	else if (read_defaults(source, "etc/default/earlyoom", set))
		set->file = pfnscope_strdup("/etc/default/earlyoom");
	free(line);
}

/* --- systemd-oomd --- */

/* "90%" */
static void take_share(const char *value, uint64_t *percent)
{
	size_t length = strspn(value, "0123456789");
	uint64_t number;

	if (value[length] == '%' && !pfnscope_digits(value, length, &number) && number <= 100)
		*percent = number;
}

/* "30", "30s", "1min" */
static void take_time(const char *value, uint64_t *seconds)
{
	size_t length = strspn(value, "0123456789");
	uint64_t number;

	if (pfnscope_digits(value, length, &number) || number > UINT32_MAX)
		return;
	if (!value[length] || !strcmp(value + length, "s") || !strcmp(value + length, "sec"))
		*seconds = number;
	else if (!strcmp(value + length, "min") || !strcmp(value + length, "m"))
		*seconds = number * 60;
}

static void take_oomd_setting(struct pfnscope_systemd_oomd *set, char *line)
{
	char *value = strchr(line, '=');

	if (!value || *line == '#' || *line == ';')
		return;
	*value++ = '\0';
	if (!strcmp(line, "SwapUsedLimit"))
		take_share(value, &set->used);
	else if (!strcmp(line, "DefaultMemoryPressureLimit"))
		take_share(value, &set->pressure);
	else if (!strcmp(line, "DefaultMemoryPressureDurationSec"))
		take_time(value, &set->seconds);
}

static void read_oomd_settings(const struct pfnscope_source *source, const char *path,
			       struct pfnscope_systemd_oomd *set)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };

	if (pfnscope_source_input(source, path, &parser.input))
		return;
	while (pfnscope_parse_line(&parser) > 0)
		take_oomd_setting(set, parser.text);
	pfnscope_input_close(parser.input);
	free(set->file);
	set->file = pfnscope_format("/%s", path);
}

static void read_fragments(const struct pfnscope_source *source, const char *folder,
			   struct pfnscope_systemd_oomd *set)
{
	char **names = pfnscope_source_list(source, folder);

	for (char **name = names; *name; name++) {
		size_t length = strlen(*name);
		char *path = pfnscope_format("%s/%s", folder, *name);

		if (length > strlen(".conf") && !strcmp(*name + length - strlen(".conf"), ".conf"))
			read_oomd_settings(source, path, set);
		free(path);
	}
	pfnscope_source_list_free(names);
}

void pfnscope_systemd_oomd_read(const struct pfnscope_source *source,
				struct pfnscope_systemd_oomd *set)
{
	static const char *const places[] = {
		"usr/lib/systemd/oomd.conf", "etc/systemd/oomd.conf",
	};
	static const char *const folders[] = {
		"usr/lib/systemd/oomd.conf.d", "run/systemd/oomd.conf.d",
		"etc/systemd/oomd.conf.d",
	};

	*set = (struct pfnscope_systemd_oomd){ .used = 90, .pressure = 60, .seconds = 30 };
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		read_oomd_settings(source, places[i], set);
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		read_fragments(source, folders[i], set);
}
