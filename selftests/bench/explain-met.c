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

/* What stands in a column instead, unless that is kept. */
struct cell {
	int column;
	char text[24];
	bool kept;
};

/* A row with some of its cells replaced. */
static void met_row(const char *row, const struct cell *cells, int count, FILE *to)
{
	for (int i = 0; *row != '\n'; i++) {
		int size = (int)strcspn(row, " \n");
		const char *text = row;

		for (int k = 0; k < count; k++)
			if (cells[k].column == i && !cells[k].kept)
				text = cells[k].text;
		fprintf(to, "%s%.*s", i ? " " : "", text == row ? size : (int)strlen(text), text);
		row += size + (row[size] == ' ');
	}
	fputc('\n', to);
}

/* The copy of a file with a little more room, to be written. */
static FILE *begin(struct file *out, const char *path, size_t length)
{
	size_t room = length + 1024;
	FILE *to;

	snprintf(out->path, sizeof(out->path), "%s", path);
	out->text = malloc(room);
	to = out->text ? fmemopen(out->text, room, "w") : NULL;
	if (!to)
		die("memory");
	return to;
}

static void end(struct file *out, FILE *to)
{
	out->length = (size_t)ftell(to);
	fclose(to);
}

/* The zones file with the free pages, the boost and the highatomic reserve that the request met. */
void met_zones(const struct file *zones, const char *met, struct file *out)
{
	const char *names = strchr(zones->text, '\n') + 1, *row = strchr(names, '\n') + 1;
	struct cell cells[3] = { { .column = column(names, "free_pages") }, { .column = column(names, "boost_pages") },
				 { .column = column(names, "highatomic_pages") } };
	FILE *to = begin(out, ZONES, zones->length);

	fwrite(zones->text, 1, (size_t)(row - zones->text), to);
	for (; *row; row = strchr(row, '\n') + 1) {
		long pages[3];
		int length;

		if (sscanf(met, "%ld/%ld/%ld%n", &pages[0], &pages[1], &pages[2], &length) != 3)
			die("too few zones in an answer");
		met += length;
		for (int i = 0; i < 3; i++)
			snprintf(cells[i].text, sizeof(cells[i].text), "%ld", pages[i]);
		met_row(row, cells, 3, to);
	}
	end(out, to);
}

/* Does kswapd sleep, by the state in that column of the row? */
static bool sleeps(const char *row, int state_at)
{
	while (state_at--)
		row += strcspn(row, " \n") + 1;
	return *row == 'S';
}

/* The reclaim file with the kswapds, in the order of its rows of nodes, as they were. */
void met_reclaim(const struct file *reclaim, const char *kswapds, struct file *out)
{
	const char *names = strchr(reclaim->text, '\n') + 1;
	int state_at = column(names, "kswapd_state"), failures_at = column(names, "kswapd_failures");
	struct cell cells[2] = { { .column = failures_at }, { .column = state_at } };
	FILE *to = begin(out, RECLAIM, reclaim->length);

	for (const char *row = reclaim->text; *row; row = strchr(row, '\n') + 1) {
		int awake, failures, length;

		if (strncmp(row, "node ", 5) || row == names) {
			fprintf(to, "%.*s\n", (int)strcspn(row, "\n"), row);
			continue;
		}
		if (sscanf(kswapds, "%d/%d%n", &awake, &failures, &length) != 2)
			die("too few nodes in an answer");
		kswapds += length;
		snprintf(cells[0].text, sizeof(cells[0].text), "%d", failures);
		snprintf(cells[1].text, sizeof(cells[1].text), "%s", awake == 1 ? "R" : "S");
		cells[1].kept = sleeps(row, state_at) != (awake == 1);
		met_row(row, cells, 2, to);
	}
	end(out, to);
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
