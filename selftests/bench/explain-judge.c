// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lets `pfnscope explain` foretell each request of a log that selftests/bench/explain.c wrote, and compares that with what
 * became of it:
 *
 *   explain-judge COMMAND DIR <LOG
 *
 * A request that does not wait must be served, by the zone foretold, or fail. One that may wait must reclaim or compact
 * where that was foretold, and be served without where it was not.
 *
 * Each disagreement is printed, with its files in DIR/N. It is a race where the files and what the request met differ in free
 * pages or boost, either of a zone that served or was to serve, or where they differ in those or in which kswapds were awake so
 * that the command agrees once it is given what was met; of a request that may wait also where it agrees once it is given what
 * was left behind; else a defect.
 *
 * At the end, for requests that do not wait and for those that may:
 *
 *   KIND TRIALS SERVED FAILED NEAR AGREE RACES DEFECTS
 *
 * NEAR are those where the nearest comparison was decided by at most 32 pages. Of requests that may wait, FAILED are those
 * that had to reclaim.
 */
#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILES	32
#define NEAR	32
#define ZONES	"/sys/kernel/debug/pfnscope/zones"
#define RECLAIM	"/sys/kernel/debug/pfnscope/reclaim"

extern char **environ;

struct file {
	char path[96];
	char *text;
	size_t length;
};

struct answer {
	char outcome[16], zone[16];
	int node;
	long nearest;
};

struct count {
	unsigned long trials, served, failed, near, agree, races, defects;
};

static struct file files[FILES];
static size_t nr_files;
static const char *command, *folder;
static char line[1024];

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static struct file *file_at(const char *path)
{
	size_t i;

	for (i = 0; i < nr_files; i++)
		if (!strcmp(files[i].path, path))
			return &files[i];
	if (nr_files == FILES)
		die("too many files");
	snprintf(files[i].path, sizeof(files[i].path), "%s", path);
	nr_files++;
	return &files[i];
}

static void take_file(void)
{
	char path[96];
	struct file *file;
	size_t length;

	if (sscanf(line, "@ %95s %zu", path, &length) != 2)
		die(line);
	file = file_at(path);
	file->text = realloc(file->text, length + 1);
	if (!file->text || fread(file->text, 1, length, stdin) != length)
		die(path);
	file->text[length] = '\0';
	file->length = length;
}

static void write_file(const char *root, const struct file *file)
{
	char path[512];
	FILE *to;

	snprintf(path, sizeof(path), "%s%s", root, file->path);
	for (char *at = path + strlen(folder) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		if (mkdir(path, 0755) && errno != EEXIST)
			die(path);
		*at = '/';
	}
	to = fopen(path, "w");
	if (!to || fwrite(file->text, 1, file->length, to) != file->length || fclose(to))
		die(path);
}

static void write_root(const char *root)
{
	for (size_t i = 0; i < nr_files; i++)
		write_file(root, &files[i]);
}

/* --- the command --- */

/* What the command printed, in @text. */
static void run(char *const *words, char *text, size_t size)
{
	posix_spawn_file_actions_t actions;
	int ends[2], status;
	size_t length = 0;
	ssize_t got;
	pid_t child;

	if (pipe(ends))
		die("pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	if (posix_spawn(&child, command, &actions, NULL, words, environ))
		die(command);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	while ((got = read(ends[0], text + length, size - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	close(ends[0]);
	waitpid(child, &status, 0);
	if (!length)
		die("the command said nothing");
}

static const char *after(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? at + strlen(key) : NULL;
}

static void nearest(const char *text, struct answer *answer)
{
	const char *left, *right;

	answer->nearest = 1L << 30;
	while ((left = after(text, "\"left_side\": ")) && (right = after(left, "\"right_side\": "))) {
		long distance = labs(atol(left) - atol(right));

		if (*left != 'n' && distance < answer->nearest)
			answer->nearest = distance;
		text = right;
	}
}

static void ask(char *root, char *gfp, char *order, char *node, struct answer *answer)
{
	char *const words[] = { (char *)command, "--root", root, "--json", "explain", "--gfp", gfp, "--order", order,
				"--node", node, "--cpu", "0", NULL };
	static char text[1 << 20];
	const char *at;

	run(words, text, sizeof(text));
	*answer = (struct answer){ .node = -1 };
	at = after(text, "\"outcome\": \"");
	if (!at || sscanf(at, "%15[a-z]", answer->outcome) != 1)
		die("no outcome");
	at = after(text, "\"served_zone\": \"");
	if (at)
		sscanf(at, "%15[A-Za-z0-9]", answer->zone);
	at = after(text, "\"served_node\": ");
	if (at && *at != 'n')
		answer->node = atoi(at);
	nearest(text, answer);
}

/* --- the comparison --- */

struct truth {
	bool served, waited;
	int node;
	char zone[16];
	bool may_wait;
	const char *zones[2];	/* right before and right after the request */
	const char *kswapds;
};

static void take_truth(struct truth *truth)
{
	char word[16], node[16];
	const char *at = line;
	unsigned long stalls;

	if (sscanf(line, "! %15s %15s %15s %lu", word, node, truth->zone, &stalls) != 4)
		die(line);
	for (int i = 0; i < 3; i++) {
		at = strchr(at, '|');
		if (!at++)
			die(line);
		*(i == 1 ? &truth->kswapds : &truth->zones[i / 2]) = at;
	}
	truth->served = !strcmp(word, "served");
	truth->node = truth->served ? atoi(node) : -1;
	truth->waited = stalls;
}

static bool agrees(const struct answer *answer, const struct truth *truth)
{
	bool at_once = !strcmp(answer->outcome, "fast") || !strcmp(answer->outcome, "slow") ||
		       !strcmp(answer->outcome, "reserves");

	if (!strcmp(answer->outcome, "fail"))
		return !truth->waited && !truth->served;
	if (!at_once)
		return truth->waited || (!truth->served && !truth->may_wait);
	return truth->served && !truth->waited && answer->node == truth->node && !strcmp(answer->zone, truth->zone);
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
static void met_zones(const struct file *zones, const char *met, struct file *out)
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

/* The reclaim file with the kswapds, in the order of its rows of nodes, awake or asleep as they were. */
static void met_reclaim(const struct file *reclaim, const char *kswapds, struct file *out)
{
	const char *names = strchr(reclaim->text, '\n') + 1;
	int state_at = column(names, "kswapd_state");

	snprintf(out->path, sizeof(out->path), "%s", RECLAIM);
	out->text = malloc(reclaim->length + 1);
	if (!out->text)
		die("memory");
	memcpy(out->text, reclaim->text, reclaim->length + 1);
	out->length = reclaim->length;
	for (char *row = out->text; *row; row = strchr(row, '\n') + 1) {
		char *cell = row, *end;
		long awake;

		if (strncmp(row, "node ", 5))
			continue;
		awake = strtol(kswapds, &end, 10);
		if (end == kswapds)
			die("too few nodes in an answer");
		kswapds = end;
		for (int i = 0; i < state_at; i++)
			cell += strcspn(cell, " ") + 1;
		if ((*cell != 'S') != awake && *cell != '-')
			*cell = awake ? 'R' : 'S';
	}
}

static bool differ(const struct file *a, const struct file *b)
{
	return a->length != b->length || memcmp(a->text, b->text, a->length);
}

/* Was a zone another when the request met it? Its free lists were, too, then. */
static bool moved(const struct file *zones, const struct file *met, int node, const char *zone)
{
	const char *then, *now;
	char head[40];

	snprintf(head, sizeof(head), "\n%d %s ", node, zone);
	then = strstr(zones->text, head);
	now = strstr(met->text, head);
	return then && now && strncmp(then, now, strcspn(then + 1, "\n") + 1);
}

/* What the command says of the files with these two in the place of theirs. */
static void ask_with(char *root, char words[3][16], const struct file *zones, const struct file *reclaim, struct answer *answer)
{
	write_file(root, zones);
	write_file(root, reclaim);
	ask(root, words[0], words[1], words[2], answer);
	write_file(root, file_at(ZONES));
	write_file(root, file_at(RECLAIM));
}

static bool met_others(char *root, char words[3][16], const struct answer *foretold, const struct truth *truth)
{
	struct file met, awake, *zones = file_at(ZONES), *reclaim = file_at(RECLAIM);
	struct answer answer;
	bool race = false;

	met_zones(zones, truth->zones[0], &met);
	met_reclaim(reclaim, truth->kswapds, &awake);
	if (differ(&met, zones) || differ(&awake, reclaim)) {
		ask_with(root, words, &met, &awake, &answer);
		race = agrees(&answer, truth) || moved(zones, &met, foretold->node, foretold->zone) ||
		       moved(zones, &met, truth->node, truth->zone);
	}
	free(met.text);
	free(awake.text);
	return race;
}

/* Kswapd may have run while it waited: it takes boosts away. What the request itself took is missing then, too. */
static bool left_others(char *root, char words[3][16], const struct truth *truth)
{
	struct file left;
	struct answer answer;

	met_zones(file_at(ZONES), truth->zones[1], &left);
	ask_with(root, words, &left, file_at(RECLAIM), &answer);
	free(left.text);
	return agrees(&answer, truth);
}

static void disagree(unsigned long number, char words[3][16], const struct answer *answer, const struct truth *truth,
		     struct count *count)
{
	char root[512];
	bool race;

	snprintf(root, sizeof(root), "%s/%lu", folder, number);
	if (mkdir(root, 0755) && errno != EEXIST)
		die(root);
	write_root(root);
	race = met_others(root, words, answer, truth) ||
	       (truth->may_wait && left_others(root, words, truth));
	*(race ? &count->races : &count->defects) += 1;
	printf("# %s: --root %s --gfp %s --order %s --node %s --cpu 0: foretold %s", race ? "race" : "defect", root, words[0],
	       words[1], words[2], answer->outcome);
	if (answer->node >= 0)
		printf(" %d %s", answer->node, answer->zone);
	printf(", was %s", line + 2);
}

static void judge(unsigned long number, struct count counts[2])
{
	char words[3][16], kind[16], root[512];
	struct answer answer;
	struct truth truth;
	struct count *count;

	if (sscanf(line, "? %15s %15s %15s %15s", words[0], words[1], words[2], kind) != 4 || !fgets(line, sizeof(line), stdin))
		die(line);
	take_truth(&truth);
	truth.may_wait = !strcmp(kind, "waiting");
	snprintf(root, sizeof(root), "%s/now", folder);
	write_root(root);
	ask(root, words[0], words[1], words[2], &answer);
	count = &counts[truth.may_wait];
	count->trials++;
	*(truth.served && !truth.waited ? &count->served : &count->failed) += 1;
	count->near += answer.nearest <= NEAR;
	if (agrees(&answer, &truth))
		count->agree++;
	else
		disagree(number, words, &answer, &truth, count);
}

int main(int argc, char **argv)
{
	static const char *const kinds[] = { "atomic", "waiting" };
	struct count counts[2] = { { 0 } };
	unsigned long number = 0;

	if (argc != 3)
		return 64;
	command = argv[1];
	folder = argv[2];
	while (fgets(line, sizeof(line), stdin)) {
		if (*line == '@')
			take_file();
		else if (*line == '?')
			judge(number++, counts);
		else
			die(line);
	}
	for (int i = 0; i < 2; i++)
		printf("%s %lu %lu %lu %lu %lu %lu %lu\n", kinds[i], counts[i].trials, counts[i].served, counts[i].failed,
		       counts[i].near, counts[i].agree, counts[i].races, counts[i].defects);
	return 0;
}
