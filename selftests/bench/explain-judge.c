// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lets `pfnscope explain` foretell each request of a log that selftests/bench/explain.c wrote, and compares that with what
 * became of it:
 *
 *   explain-judge COMMAND DIR <LOG
 *
 * A request that does not wait must be served, by the zone foretold, or fail, and must have woken the kswapds foretold, of
 * those that slept. One that may wait must reclaim or compact where that was foretold, and be served without where it was not.
 * Of policies whose nodes take turns the command cannot know the next: where one of them as --node agrees, it is unsure.
 *
 * Each disagreement is printed, with its files in DIR/N. The request was overtaken where the files and what it met differ, in
 * free pages, boosts, highatomic reserves (which others that reclaim give back) or kswapds, and the command agrees once it is
 * given that. It is a race where these differ for a zone that served or was to serve, whose free lists then did, too; or where
 * kswapd took boosts of the node away while it was served; of a request that may wait also where the command agrees once it is
 * given what was left behind, or has no boosts of the nodes whose kswapd ran. Else it is a defect.
 *
 * At the end, for requests that do not wait and for those that may:
 *
 *   KIND TRIALS SERVED FAILED NEAR AGREE UNSURE OVERTAKEN RACES DEFECTS
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

#include "explain-met.h"

#define FILES	64
#define NEAR	32
#define OVERTAKEN	"agrees with what it met"

extern char **environ;

/* Words of the log; node and process "-" where none is named. */
struct question {
	char gfp[16], order[16], node[16], pid[16];
};

struct answer {
	char outcome[16], zone[16];
	int node;
	long nearest;
	unsigned long kswapds, turns;	/* nodes: woken ones, and those of a policy of which one is next */
};

struct count {
	unsigned long trials, served, failed, near, agree, unsure, overtaken, races, defects;
};

static struct file files[FILES];
static size_t nr_files;
static const char *command, *folder;
static char line[2048];

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

/* "0-1,3" as a mask. */
static unsigned long node_mask(const char *list)
{
	unsigned long nodes = 0;

	while (*list >= '0' && *list <= '9') {
		long first = strtol(list, (char **)&list, 10), last = first;

		if (*list == '-')
			last = strtol(list + 1, (char **)&list, 10);
		for (; first <= last && first < 64; first++)
			nodes |= 1UL << first;
		list += *list == ',';
	}
	return nodes;
}

static unsigned long nodes_of(const char *text, const char *key)
{
	const char *at = after(text, key);

	return at ? node_mask(at) : 0;
}

static void take_answer(const char *text, struct answer *answer)
{
	const char *at = after(text, "\"outcome\": \"");

	*answer = (struct answer){ .node = -1 };
	if (!at || sscanf(at, "%15[a-z]", answer->outcome) != 1)
		die("no outcome");
	at = after(text, "\"served_zone\": \"");
	if (at)
		sscanf(at, "%15[A-Za-z0-9]", answer->zone);
	at = after(text, "\"served_node\": ");
	if (at && *at != 'n')
		answer->node = atoi(at);
	answer->kswapds = nodes_of(text, "\"kswapd_nodes\": \"");
	if (after(text, " has next: ask for each"))
		answer->turns = nodes_of(text, "interleave:");
	nearest(text, answer);
}

static void ask(char *root, const struct question *q, struct answer *answer)
{
	static char text[1 << 20];
	const char *words[20] = { command, "--root", root, "--json", "explain", "--gfp", q->gfp, "--order", q->order, "--cpu",
				  "0" };
	int n = 11;

	if (*q->node != '-') {
		words[n++] = "--node";
		words[n++] = q->node;
	}
	if (*q->pid != '-') {
		words[n++] = "--pid";
		words[n++] = q->pid;
	}
	run((char *const *)words, text, sizeof(text));
	take_answer(text, answer);
}

/* --- the comparison --- */

struct truth {
	bool served, waited;
	int node;
	char zone[16];
	bool may_wait;
	const char *zones[2];	/* right before and right after the request */
	const char *kswapds[2];
};

static void take_truth(struct truth *truth)
{
	char word[16], node[16];
	const char *at = line;
	unsigned long stalls;

	if (sscanf(line, "! %15s %15s %15s %lu", word, node, truth->zone, &stalls) != 4)
		die(line);
	for (int i = 0; i < 4; i++) {
		at = strchr(at, '|');
		if (!at++)
			die(line);
		*(i % 2 ? &truth->kswapds[i / 2] : &truth->zones[i / 2]) = at;
	}
	truth->served = !strcmp(word, "served");
	truth->node = truth->served ? atoi(node) : -1;
	truth->waited = stalls;
}

/*
 * Of the kswapds that slept when the request came, those foretold have run since, and no others: but the own one of the zone
 * that served, as mixing types raises its boost. Where the request waited anything may have woken them.
 */
static bool woke_these(const struct answer *answer, const struct truth *truth)
{
	const char *then = truth->kswapds[0], *now = truth->kswapds[1];
	int node = 0, awake, left, length, more;

	if (truth->may_wait)
		return true;
	for (; sscanf(then, "%d/%*d%n", &awake, &length) == 1 && sscanf(now, "%d/%*d%n", &left, &more) == 1; node++) {
		bool foretold = answer->kswapds >> node & 1;

		if (!awake && ((foretold && !left) || (!foretold && left == 1 && node != truth->node)))
			return false;
		then += length;
		now += more;
	}
	return true;
}

static bool agrees(const struct answer *answer, const struct truth *truth)
{
	bool at_once = !strcmp(answer->outcome, "fast") || !strcmp(answer->outcome, "slow") ||
		       !strcmp(answer->outcome, "reserves");

	if (!woke_these(answer, truth))
		return false;
	if (!strcmp(answer->outcome, "fail"))
		return !truth->waited && !truth->served;
	if (!at_once)
		return truth->waited || (!truth->served && !truth->may_wait);
	return truth->served && !truth->waited && answer->node == truth->node && !strcmp(answer->zone, truth->zone);
}

/* What the command says of the files with these two in the place of theirs. */
static void ask_with(char *root, const struct question *q, const struct file *zones, const struct file *reclaim,
		     struct answer *answer)
{
	write_file(root, zones);
	write_file(root, reclaim);
	ask(root, q, answer);
	write_file(root, file_at(ZONES));
	write_file(root, file_at(RECLAIM));
}

/* Whether it agrees once it is given what was met, or was to be served by a zone that is another now; NULL where not. */
static const char *met_others(char *root, const struct question *q, const struct answer *foretold, const struct truth *truth)
{
	struct file met, awake, *zones = file_at(ZONES), *reclaim = file_at(RECLAIM);
	struct answer answer;
	const char *race = NULL;

	met_zones(zones, truth->zones[0], &met);
	met_reclaim(reclaim, truth->kswapds[0], &awake);
	if (differ(&met, zones) || differ(&awake, reclaim)) {
		ask_with(root, q, &met, &awake, &answer);
		if (agrees(&answer, truth))
			race = OVERTAKEN;
		else if (moved(zones, &met, foretold->node, foretold->zone) || moved(zones, &met, truth->node, truth->zone))
			race = "its zone had changed";
	}
	free(met.text);
	free(awake.text);
	return race;
}

/*
 * Kswapd takes boosts away, on another CPU even from a request that does not wait: what there was in between is not known then.
 * The rows of the zones file are those of the answer.
 */
static bool boost_fell(const struct truth *truth, int node)
{
	const char *then = truth->zones[0], *now = truth->zones[1], *row = strchr(file_at(ZONES)->text, '\n') + 1;
	long before, left;
	int length, more;

	for (row = strchr(row, '\n') + 1; *row; row = strchr(row, '\n') + 1) {
		if (sscanf(then, "%*d/%ld/%*d%n", &before, &length) != 1 ||
		    sscanf(now, "%*d/%ld/%*d%n", &left, &more) != 1)
			die("too few zones in an answer");
		if (left < before && atoi(row) == node)
			return true;
		then += length;
		now += more;
	}
	return false;
}

/* Of a request that waited: what it took itself is missing in what it left, too. */
static bool left_others(char *root, const struct question *q, const struct truth *truth)
{
	struct file left;
	struct answer answer;

	met_zones(file_at(ZONES), truth->zones[1], &left);
	ask_with(root, q, &left, file_at(RECLAIM), &answer);
	free(left.text);
	return agrees(&answer, truth);
}

/*
 * The zones as they were met, without the boosts of nodes whose kswapd ran while the request waited: it takes them away, and
 * mixing types raises them again.
 */
static void without_boosts(const struct truth *truth, char *text, size_t size)
{
	const char *then = truth->zones[0], *row = strchr(file_at(ZONES)->text, '\n') + 1;
	size_t used = 0;

	for (row = strchr(row, '\n') + 1; *row; row = strchr(row, '\n') + 1) {
		const char *kswapds = truth->kswapds[1];
		long pages, boost, reserved;
		int ran = 0, length;

		if (sscanf(then, "%ld/%ld/%ld%n", &pages, &boost, &reserved, &length) != 3)
			die("too few zones in an answer");
		then += length;
		for (int node = atoi(row); node >= 0 && sscanf(kswapds, "%d/%*d%n", &ran, &length) == 1; node--)
			kswapds += length;
		used += (size_t)snprintf(text + used, size - used, " %ld/%ld/%ld", pages, ran ? 0 : boost, reserved);
	}
}

static bool lost_boosts(char *root, const struct question *q, const struct truth *truth)
{
	struct file zones;
	struct answer answer;
	char text[1024];

	without_boosts(truth, text, sizeof(text));
	met_zones(file_at(ZONES), text, &zones);
	ask_with(root, q, &zones, file_at(RECLAIM), &answer);
	free(zones.text);
	return agrees(&answer, truth);
}

/* How it is known that the request was overtaken, NULL where it was not. */
static const char *overtaken(char *root, const struct question *q, const struct answer *foretold, const struct truth *truth)
{
	const char *race = met_others(root, q, foretold, truth);

	if (!race && truth->served && boost_fell(truth, truth->node))
		race = "kswapd took boosts away meanwhile";
	if (!race && truth->may_wait && left_others(root, q, truth))
		race = "agrees with what it left";
	if (!race && truth->may_wait && lost_boosts(root, q, truth))
		race = "agrees without the boosts that kswapd takes away";
	return race;
}

/* Of nodes that take turns, one. */
static bool one_agrees(char *root, const struct question *q, unsigned long turns, const struct truth *truth)
{
	struct question named = *q;
	struct answer answer;

	for (int node = 0; turns >> node; node++) {
		if (!(turns >> node & 1))
			continue;
		snprintf(named.node, sizeof(named.node), "%d", node);
		ask(root, &named, &answer);
		if (agrees(&answer, truth) || overtaken(root, &named, &answer, truth))
			return true;
	}
	return false;
}

static void disagree(unsigned long number, const struct question *q, const struct answer *answer, const struct truth *truth,
		     struct count *count)
{
	char root[512];
	const char *race;

	snprintf(root, sizeof(root), "%s/%lu", folder, number);
	if (mkdir(root, 0755) && errno != EEXIST)
		die(root);
	write_root(root);
	race = overtaken(root, q, answer, truth);
	*(!race ? &count->defects : !strcmp(race, OVERTAKEN) ? &count->overtaken : &count->races) += 1;
	printf("# %s: --root %s --gfp %s --order %s --node %s --pid %s --cpu 0: foretold %s", race ? race : "defect", root,
	       q->gfp, q->order, q->node, q->pid, answer->outcome);
	if (answer->node >= 0)
		printf(" %d %s", answer->node, answer->zone);
	if (!woke_these(answer, truth))
		printf(", kswapds 0x%lx", answer->kswapds);
	printf(", was %s", line + 2);
}

static void judge(unsigned long number, struct count counts[2])
{
	char kind[16], root[512];
	struct question q;
	struct answer answer;
	struct truth truth;
	struct count *count;

	if (sscanf(line, "? %15s %15s %15s %15s %15s", q.gfp, q.order, q.node, q.pid, kind) != 5 ||
	    !fgets(line, sizeof(line), stdin))
		die(line);
	take_truth(&truth);
	truth.may_wait = !strcmp(kind, "waiting");
	snprintf(root, sizeof(root), "%s/now", folder);
	write_root(root);
	ask(root, &q, &answer);
	count = &counts[truth.may_wait];
	count->trials++;
	*(truth.served && !truth.waited ? &count->served : &count->failed) += 1;
	count->near += answer.nearest <= NEAR;
	if (answer.turns && one_agrees(root, &q, answer.turns, &truth))
		count->unsure++;
	else if (!answer.turns && agrees(&answer, &truth))
		count->agree++;
	else
		disagree(number, &q, &answer, &truth, count);
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
		printf("%s %lu %lu %lu %lu %lu %lu %lu %lu %lu\n", kinds[i], counts[i].trials, counts[i].served,
		       counts[i].failed, counts[i].near, counts[i].agree, counts[i].unsure, counts[i].overtaken,
		       counts[i].races, counts[i].defects);
	return 0;
}
