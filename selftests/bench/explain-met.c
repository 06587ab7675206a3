// SPDX-License-Identifier: GPL-2.0-only
/* The tables of zones and of kswapds, which the judge shows the command once more as trial.ko found them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain-met.h"

void die(const char *what)
{
	perror(what);
	exit(2);
}

/* Which column of the file has that name; they are separated by one blank. */
static int column(const char *names, const char *name)
{
	size_t length = strlen(name);
	int i = 0;

	for (; *names != '\n'; i++) {
		size_t size = strcspn(names, " \n");

		if (size == length && !strncmp(names, name, length))
			return i;
		names += size + (names[size] == ' ');
	}
	die(name);
	return -1;
}

/* A row with two of its cells replaced. */
static void met_row(const char *row, int free_at, long pages, int boost_at, long boost, FILE *to)
{
	for (int i = 0; *row != '\n'; i++) {
		size_t size = strcspn(row, " \n");

		if (i == free_at)
			fprintf(to, "%s%ld", i ? " " : "", pages);
		else if (i == boost_at)
			fprintf(to, "%s%ld", i ? " " : "", boost);
		else
			fprintf(to, "%s%.*s", i ? " " : "", (int)size, row);
		row += size + (row[size] == ' ');
	}
	fputc('\n', to);
}

/* The zones file with the free pages and the boost that the request met. */
void met_zones(const struct file *zones, const char *met, struct file *out)
{
	const char *names = strchr(zones->text, '\n') + 1, *row = strchr(names, '\n') + 1;
	int free_at = column(names, "free_pages"), boost_at = column(names, "boost_pages");
	size_t room = zones->length + 1024;
	FILE *to;

	snprintf(out->path, sizeof(out->path), "%s", ZONES);
	out->text = malloc(room);
	to = fmemopen(out->text, room, "w");
	if (!out->text || !to)
		die("memory");
	fwrite(zones->text, 1, (size_t)(row - zones->text), to);
	for (; *row; row = strchr(row, '\n') + 1) {
		long pages, boost;
		int length;

		if (sscanf(met, "%ld/%ld%n", &pages, &boost, &length) != 2)
			die("too few zones in an answer");
		met += length;
		met_row(row, free_at, pages, boost_at, boost, to);
	}
	out->length = (size_t)ftell(to);
	fclose(to);
}

/* A row with the state of kswapd and its failures replaced. */
static void met_node(const char *row, int state_at, bool awake, int failures_at, int failures, FILE *to)
{
	for (int i = 0; *row != '\n'; i++) {
		size_t size = strcspn(row, " \n");

		if (i)
			fputc(' ', to);
		if (i == failures_at)
			fprintf(to, "%d", failures);
		else if (i == state_at && (*row != 'S') != awake)
			fputc(awake ? 'R' : 'S', to);
		else
			fprintf(to, "%.*s", (int)size, row);
		row += size + (row[size] == ' ');
	}
	fputc('\n', to);
}

/* The reclaim file with the kswapds, in the order of its rows of nodes, as they were. */
void met_reclaim(const struct file *reclaim, const char *kswapds, struct file *out)
{
	const char *names = strchr(reclaim->text, '\n') + 1;
	int state_at = column(names, "kswapd_state"), failures_at = column(names, "kswapd_failures");
	size_t room = reclaim->length + 1024;
	FILE *to;

	snprintf(out->path, sizeof(out->path), "%s", RECLAIM);
	out->text = malloc(room);
	to = fmemopen(out->text, room, "w");
	if (!out->text || !to)
		die("memory");
	for (const char *row = reclaim->text; *row; row = strchr(row, '\n') + 1) {
		int awake, failures, length;

		if (strncmp(row, "node ", 5) || row == names) {
			fprintf(to, "%.*s\n", (int)strcspn(row, "\n"), row);
			continue;
		}
		if (sscanf(kswapds, "%d/%d%n", &awake, &failures, &length) != 2)
			die("too few nodes in an answer");
		kswapds += length;
		met_node(row, state_at, awake == 1, failures_at, failures, to);
	}
	out->length = (size_t)ftell(to);
	fclose(to);
}

bool differ(const struct file *a, const struct file *b)
{
	return a->length != b->length || memcmp(a->text, b->text, a->length);
}

/* Was a zone another when the request met it? Its free lists were, too, then. */
bool moved(const struct file *zones, const struct file *met, int node, const char *zone)
{
	const char *then, *now;
	char head[40];

	snprintf(head, sizeof(head), "\n%d %s ", node, zone);
	then = strstr(zones->text, head);
	now = strstr(met->text, head);
	return then && now && strncmp(then, now, strcspn(then + 1, "\n") + 1);
}
