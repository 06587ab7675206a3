// SPDX-License-Identifier: GPL-2.0-only

#include "lib/traced.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/pace.h"
#include "lib/text.h"
#include "lib/trace.h"

struct traced_line *traced_lines;
size_t nr_traced;

static const char *const *traced;
static size_t nr_events;

static bool trace_switch(const char *on)
{
	char path[128];
	bool ok = true;

	for (size_t i = 0; i < nr_events; i++) {
		snprintf(path, sizeof(path), TRACING "/events/%s/enable", traced[i]);
		ok &= !text_write(path, on);
	}
	return ok;
}

bool traced_begin(const char *const *events, size_t count)
{
	int fd;

	traced = events;
	nr_events = count;
	if (access(TRACING "/trace", F_OK))
		mount("tracefs", TRACING, "tracefs", 0, NULL);
	text_write(TRACING "/buffer_size_kb", "8192");
	if (text_write(TRACING "/trace_clock", "mono"))
		return false;
	fd = open(TRACING "/trace", O_WRONLY | O_TRUNC);
	return fd >= 0 && !close(fd) && trace_switch("1");
}

bool traced_end(void)
{
	return trace_switch("0");
}

const char *traced_name(const char *name)
{
	for (size_t i = 0; i < nr_events; i++)
		if (!strcmp(strchr(traced[i], '/') + 1, name))
			return strchr(traced[i], '/') + 1;
	return NULL;
}

/* "  comm-PID   [CPU] flags SECONDS.MICROS: NAME: REST"; the name may hold anything. */
static bool parse_line(char *text, struct traced_line *line)
{
	char *cpu = strstr(text, " [0"), *name, *dash;
	long long seconds, micros;

	if (!cpu || *text == '#' || sscanf(cpu, " [%*d] %*s %lld.%lld:", &seconds, &micros) != 2)
		return false;
	*cpu = '\0';
	dash = strrchr(text, '-');
	name = strstr(cpu + 1, ": ");
	if (!dash || !name)
		return false;
	name += 2;
	line->rest = strstr(name, ": ");
	if (!line->rest)
		return false;
	*line->rest = '\0';
	line->rest += 2;
	line->pid = atol(dash + 1);
	line->kswapd = strstr(text, "kswapd");
	line->ns = (seconds * 1000000 + micros) * 1000;
	line->name = traced_name(name);
	line->used = false;
	return line->name;
}

bool traced_is_whole(void)
{
	char path[96], *stats;
	bool whole = true;
	long long lost;

	for (int cpu = 0; cpu < 2; cpu++) {
		snprintf(path, sizeof(path), TRACING "/per_cpu/cpu%d/stats", cpu);
		stats = text_read(path, NULL);
		whole &= !stats || (text_value(stats, "overrun:", &lost) && !lost);
		free(stats);
	}
	return whole;
}

void traced_read(void)
{
	char *text = text_need(TRACING "/trace"), *at = text, *one;
	size_t room = 0;

	free(traced_lines);
	traced_lines = NULL;
	nr_traced = 0;
	while ((one = text_line(&at))) {
		if (nr_traced == room) {
			room = room ? 2 * room : 4096;
			traced_lines = realloc(traced_lines, room * sizeof(*traced_lines));
		}
		nr_traced += parse_line(one, &traced_lines[nr_traced]);
	}
}

long long traced_field(const struct traced_line *line, const char *name)
{
	const char *at = strstr(line->rest, name);

	return at ? strtoll(at + strlen(name), NULL, 0) : -1;
}

const struct traced_line *traced_before(const struct traced_line *end, const char *name)
{
	for (const struct traced_line *line = end; line-- > traced_lines;)
		if (line->pid == end->pid && line->name == name)
			return line;
	return NULL;
}
