// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real OOM kills: the first victim, by the kernel's log, is the one that "pfnscope oom --next" named just before, and
 * who dies with it are those that it said. VICTIMS=N makes N random scenes in place of a few, and prints a line each.
 * Runs in a guest with two nodes; it is built with the files of selftests/module/lib.
 */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/memory.h"
#include "lib/text.h"

#define MIB	(1UL << 20)
#define PLAYERS	8
#define SPARSE	(2 * MIB)	/* a page table each */
#define BIND	2
#define SECONDS	60

enum kind { ANON, SHMEM, TABLES, THREAD, VFORK, KINDS };

static const char *const kinds[] = { "anon", "shmem", "tables", "thread", "vfork" };

/* Who competes: @mib of memory, in the cgroup "a" or "b". */
struct player {
	enum kind kind;
	unsigned int mib;
	int adj;
	char cgroup;
	int node;	/* bound to it, where it is not 0: node 1 is 2 */
};

/* What a player tells. */
static struct told {
	pid_t pid, tid;
	bool ready;
} *told;

static unsigned int players;

/* --- those who compete --- */

static void *map(size_t size, int flags)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	madvise(memory, size, MADV_NOHUGEPAGE);
	return memory;
}

static void fill(const struct player *p)
{
	size_t pages = p->mib * MIB / PAGE;
	char *memory;

	if (p->kind == TABLES) {
		/* As many pages of page tables as of memory. */
		memory = map(pages / 2 * SPARSE, MAP_PRIVATE);
		for (size_t i = 0; i < pages / 2; i++)
			memory[i * SPARSE] = 1;
		return;
	}
	memory = map(p->mib * MIB, p->kind == SHMEM ? MAP_SHARED : MAP_PRIVATE);
	memset(memory, 1, p->mib * MIB);
}

static _Noreturn void wait_for_end(struct told *t)
{
	t->tid = (pid_t)syscall(SYS_gettid);
	t->ready = true;
	for (;;)
		pause();
}

static const struct player *in_thread;

static void *thread(void *t)
{
	fill(in_thread);
	wait_for_end(t);
}

static _Noreturn void play(const struct player *p, struct told *t)
{
	pthread_t other;

	switch (p->kind) {
	case THREAD:
		/* The first thread ends, and has no memory then. */
		in_thread = p;
		if (pthread_create(&other, NULL, thread, t))
			_exit(1);
		syscall(SYS_exit, 0);
		break;
	case VFORK:
		fill(p);
		/* The child has the same memory, and is never taken for that. */
		if (!vfork())
			wait_for_end(t);
		break;
	default:
		fill(p);
		wait_for_end(t);
	}
	_exit(1);
}

static void bind_to(int node)
{
	unsigned long mask = 1UL << (node - 1);

	if (node && syscall(SYS_set_mempolicy, BIND, &mask, 64))
		_exit(1);
}

static void enter(char cgroup)
{
	char path[32];

	if (!cgroup)
		return;
	snprintf(path, sizeof(path), "victims/%c", cgroup);
	cgroup_enter(path);
}

static void set_adj(int adj)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", adj);
	text_write("/proc/self/oom_score_adj", text);
}

static bool join(const struct player *p)
{
	struct told *t = &told[players];
	double since = 0;
	pid_t pid;

	*t = (struct told){ 0 };
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		enter(p->cgroup);
		set_adj(p->adj);
		bind_to(p->node);
		play(p, t);
	}
	if (pid < 0)
		return false;
	t->pid = pid;
	players++;
	while (!*(volatile bool *)&t->ready)
		if (!wait_on(&since, SECONDS))
			return false;
	return true;
}

static void end_all(void)
{
	for (unsigned int i = 0; i < players; i++) {
		kill(told[i].pid, SIGKILL);
		waitpid(told[i].pid, NULL, 0);
	}
	players = 0;
}

/* --- what is foretold --- */

struct forecast {
	pid_t victim;
	unsigned int doomed;	/* bits of players: the victim and who dies along */
	char rows[4096];
};

static int player_of(pid_t pid)
{
	for (unsigned int i = 0; i < players; i++)
		if (told[i].pid == pid || told[i].tid == pid)
			return (int)i;
	return -1;
}

static void take_row(struct forecast *f, char *row)
{
	char fate[32];
	int pid;

	if (sscanf(row, "%d %31s", &pid, fate) != 2)
		return;
	if (!strcmp(fate, "victim"))
		f->victim = pid;
	if ((!strcmp(fate, "victim") || !strcmp(fate, "along")) && player_of(pid) >= 0)
		f->doomed |= 1U << player_of(pid);
}

static void foretell(const char *options, struct forecast *f)
{
	char command[160], *copy, *at, *row;
	size_t length;
	FILE *pipe;

	*f = (struct forecast){ 0 };
	snprintf(command, sizeof(command),
		 "pfnscope oom --next --raw -n --top 20 -o pid,fate,score,rss,swap,pgtables,oom_score_adj,total,why,comm %s", options);
	pipe = popen(command, "r");
	length = pipe ? fread(f->rows, 1, sizeof(f->rows) - 1, pipe) : 0;
	f->rows[length] = '\0';
	if (pipe)
		pclose(pipe);
	copy = at = strdup(f->rows);
	while ((row = text_line(&at)))
		take_row(f, row);
	free(copy);
}

/* --- what happens --- */

static int open_log(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);

	if (log >= 0)
		lseek(log, 0, SEEK_END);
	return log;
}

/* The first one that was killed since. */
static pid_t killed(int log)
{
	static char record[9000];
	double since = 0;
	ssize_t n;
	int pid;

	do {
		while ((n = read(log, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
			const char *words;

			record[n > 0 ? n : 0] = '\0';
			words = strstr(record, "Killed process ");
			if (words && sscanf(words, "Killed process %d", &pid) == 1)
				return pid;
		}
	} while (wait_on(&since, SECONDS));
	return 0;
}

static long long kills(const char *file)
{
	char *text = text_need(file);
	long long count = 0;

	text_value(text, "oom_kill", &count);
	free(text);
	return count;
}

/* Asks for more, page by page, until somebody is killed for it; never this one. */
static pid_t ask(char cgroup, int node, const char *counter)
{
	pid_t pid = fork();
	long long before;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	set_adj(-1000);
	enter(cgroup);
	bind_to(node);
	before = kills(counter);
	do {
		char *memory = map(16 * PAGE, MAP_PRIVATE);

		for (unsigned int i = 0; i < 16; i++)
			memory[i * PAGE] = 1;
	} while (kills(counter) == before);
	_exit(0);
}

/* Those who were to die have died. Others may have, too: the kernel kills again where memory comes back late. */
static bool fates_are(unsigned int doomed)
{
	double since = 0;
	bool ok = true;

	for (unsigned int i = 0; i < players; i++) {
		siginfo_t info = { 0 };
		bool dies = doomed & (1U << i);

		do {
			waitid(P_PID, (id_t)told[i].pid, &info, WEXITED | WNOHANG | WNOWAIT);
		} while (dies && !info.si_pid && wait_on(&since, SECONDS));
		if (!info.si_pid && dies) {
			printf("# process %d lives\n", told[i].pid);
			ok = false;
		}
	}
	return ok;
}

static void print_rows(const char *rows)
{
	char *copy = strdup(rows), *at = copy, *row;

	while ((row = text_line(&at)))
		printf("# %s\n", row);
	free(copy);
}

struct place {
	const char *options;	/* of pfnscope oom --next */
	char cgroup;		/* who asks is there */
	int node;
	const char *counter;	/* where kills are counted */
};

/* All are there: was it foretold? */
static bool is_foretold(const struct place *place)
{
	int log = open_log();
	struct forecast f;
	pid_t asks, dead;
	bool ok;

	foretell(place->options, &f);
	if (getenv("VICTIMS"))
		printf("# foretold %d\n", f.victim);
	asks = ask(place->cgroup, place->node, place->counter);
	dead = killed(log);
	if (getenv("VICTIMS"))
		printf("# killed %d\n", dead);
	waitpid(asks, NULL, 0);
	ok = dead && f.victim && (dead == f.victim || player_of(dead) == player_of(f.victim)) && player_of(dead) >= 0;
	if (!ok) {
		printf("# foretold %d, killed %d; pid fate score rss swap pgtables adj total why comm:\n", f.victim, dead);
		print_rows(f.rows);
	}
	close(log);
	return ok && fates_are(f.doomed);
}

/* --- a cgroup at its limit --- */

static void set(const char *file, const char *value)
{
	char path[96];
	int err;

	snprintf(path, sizeof(path), CGROUP "/victims/%s", file);
	err = text_write(path, value);
	if (err)
		printf("# %s: %s\n", path, strerror(-err));
}

static void make_cgroups(void)
{
	cgroup_make("victims", "memory.max", "max");
	set("cgroup.subtree_control", "+memory");
	cgroup_make("victims/a", "memory.max", "max");
	cgroup_make("victims/b", "memory.max", "max");
	text_write(CGROUP "/victims/memory.swap.max", "0");
}

/* Who is left: the child of a vfork() outlives its parent. */
static void end_those_in(const char *path)
{
	double since = 0;
	char *text, *at, *line;

	do {
		text = at = text_need(path);
		while ((line = text_line(&at)))
			if (atoi(line) > 0)
				kill(atoi(line), SIGKILL);
		at = *text ? text : NULL;
		free(text);
	} while (at && wait_on(&since, SECONDS));
}

static void remove_cgroups(void)
{
	end_all();
	end_those_in(CGROUP "/victims/a/cgroup.procs");
	end_those_in(CGROUP "/victims/b/cgroup.procs");
	cgroup_remove("victims/a");
	cgroup_remove("victims/b");
	cgroup_remove("victims");
}

static void limit(void)
{
	char *text = text_need(CGROUP "/victims/memory.current"), bytes[32];

	snprintf(bytes, sizeof(bytes), "%lld", atoll(text) + 2 * (long long)MIB);
	set("memory.max", bytes);
	free(text);
}

/* @group: the cgroup that dies as a whole, or 0. */
static bool scene_is_foretold(const struct player *player, unsigned int count, char group)
{
	static const struct place place = {
		"--cgroup /victims", 'b', 0, CGROUP "/victims/memory.events",
	};
	bool ok = true;

	make_cgroups();
	if (group)
		set(group == 'a' ? "a/memory.oom.group" : "b/memory.oom.group", "1");
	for (unsigned int i = 0; i < count && ok; i++)
		ok = join(&player[i]);
	if (ok) {
		limit();
		ok = is_foretold(&place);
	} else {
		printf("# player %u does not come\n", players);
	}
	remove_cgroups();
	return ok;
}

/* --- tests --- */

FIXTURE(victims)
{
	int none;
};

FIXTURE_SETUP(victims)
{
	(void)self;
	setvbuf(stdout, NULL, _IOLBF, 0);
	told = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

FIXTURE_TEARDOWN(victims)
{
	(void)self;
	munmap(told, PAGE);
}

#define SCENE(name, group, ...)							\
	TEST_F_TIMEOUT(victims, name, 240)					\
	{									\
		static const struct player player[] = { __VA_ARGS__ };		\
										\
		EXPECT_TRUE(scene_is_foretold(player, sizeof(player) / sizeof(*player), group)); \
	}

SCENE(the_largest, 0, { ANON, 8, 0, 'a', 0 }, { ANON, 12, 0, 'b', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(the_one_with_a_high_adj, 0, { ANON, 12, 0, 'a', 0 }, { ANON, 6, 500, 'a', 0 }, { ANON, 8, -100, 'b', 0 })
SCENE(all_scores_below_0, 0, { ANON, 10, -900, 'a', 0 }, { ANON, 4, -800, 'b', 0 }, { ANON, 8, -999, 'b', 0 })
SCENE(the_largest_is_spared, 0, { ANON, 14, -1000, 'a', 0 }, { ANON, 4, 0, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(the_first_thread_has_ended, 0, { THREAD, 10, 0, 'a', 0 }, { ANON, 8, 0, 'b', 0 })
SCENE(shared_memory_counts, 0, { SHMEM, 10, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 4, 0, 'b', 0 })
SCENE(page_tables_count, 0, { ANON, 8, 0, 'a', 0 }, { TABLES, 10, 0, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(not_the_child_of_a_vfork, 0, { VFORK, 10, 0, 'a', 0 }, { ANON, 8, 0, 'b', 0 })
SCENE(the_later_of_equals, 0, { ANON, 8, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 }, { ANON, 8, 0, 'a', 0 })
SCENE(a_group_dies_as_a_whole, 'a', { ANON, 10, 0, 'a', 0 }, { ANON, 2, 0, 'a', 0 }, { ANON, 2, -1000, 'a', 0 }, { ANON, 6, 0, 'b', 0 })
SCENE(a_group_without_the_victim_lives, 'a', { ANON, 6, 0, 'a', 0 }, { ANON, 2, 0, 'a', 0 }, { ANON, 10, 0, 'b', 0 })

/* --- random ones --- */

static unsigned int seed;

static unsigned int random_below(unsigned int bound)
{
	return (unsigned int)rand_r(&seed) % bound;
}

static unsigned int random_scene(unsigned int number, struct player *player, char *group)
{
	unsigned int count;

	seed = number * 7919 + 1;
	count = 3 + random_below(4);
	*group = "\0\0ab"[random_below(4)];
	for (unsigned int i = 0; i < count; i++)
		player[i] = (struct player){
			.kind = (enum kind)random_below(KINDS),
			.mib = 1 + random_below(10),
			.adj = i && random_below(2) ? (int)random_below(2001) - 1000 : 0,
			.cgroup = "ab"[random_below(2)],
		};
	return count;
}

static void print_scene(unsigned int number, bool ok, const struct player *player, unsigned int count, char group)
{
	printf("# scene %u %s:", number, ok ? "foretold" : "MISSED");
	for (unsigned int i = 0; i < count; i++)
		printf(" %s %uM %d %c,", kinds[player[i].kind], player[i].mib, player[i].adj, player[i].cgroup);
	printf(" group %c\n", group ? group : '-');
}

TEST_F_TIMEOUT(victims, of_random_scenes, 3600)
{
	const char *wanted = getenv("VICTIMS");
	unsigned int scenes = wanted ? (unsigned int)atoi(wanted) : 3, missed = 0;

	for (unsigned int number = 0; number < scenes; number++) {
		struct player player[PLAYERS];
		char group;
		unsigned int count = random_scene(number, player, &group);
		bool ok = scene_is_foretold(player, count, group);

		missed += !ok;
		if (!ok || wanted)
			print_scene(number, ok, player, count, group);
	}
	EXPECT_EQ(0, missed);
}

/* --- the machine, and a part of its nodes --- */

#define MIN_FREE	"/proc/sys/vm/min_free_kbytes"

/* With watermarks that one death meets; huge pages have raised them. This process is none of the scene. */
static bool machine_is_foretold(const struct place *place, const struct player *player, unsigned int count)
{
	char *min_free = text_need(MIN_FREE);
	bool ok = true;

	text_write(MIN_FREE, "4096");
	set_adj(-1000);
	for (unsigned int i = 0; i < count && ok; i++)
		ok = join(&player[i]);
	if (ok)
		ok = is_foretold(place);
	text_write(MIN_FREE, min_free);
	free(min_free);
	return ok;
}

TEST_F_TIMEOUT(victims, the_machine, 240)
{
	static const struct place place = { "", 0, 0, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 0, 0, 0 }, { ANON, 20, 600, 0, 0 }, { ANON, 30, 300, 0, 0 },
	};

	EXPECT_TRUE(machine_is_foretold(&place, player, 3));
	end_all();
}

static bool has_two_nodes(void)
{
	return !access("/sys/devices/system/node/node1", F_OK);
}

TEST_F_TIMEOUT(victims, a_memory_policy, 240)
{
	static const struct place place = { "--nodes 1", 0, 2, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 800, 0, 1 }, { ANON, 20, 700, 0, 2 }, { ANON, 30, 0, 0, 0 },
	};

	if (!has_two_nodes())
		SKIP(return, "this guest has one node");
	EXPECT_TRUE(machine_is_foretold(&place, player, 3));
	end_all();
}

TEST_F_TIMEOUT(victims, a_cpuset, 240)
{
	static const struct place place = { "--cpuset 1", 'b', 0, "/proc/vmstat" };
	static const struct player player[] = {
		{ ANON, 40, 800, 'a', 0 }, { ANON, 20, 700, 'b', 0 }, { ANON, 30, 0, 'b', 0 },
	};

	if (!has_two_nodes())
		SKIP(return, "this guest has one node");
	cgroup_make("victims", "cpuset.mems", "0-1");
	set("cgroup.subtree_control", "+cpuset");
	cgroup_make("victims/a", "cpuset.mems", "0");
	cgroup_make("victims/b", "cpuset.mems", "1");
	EXPECT_TRUE(machine_is_foretold(&place, player, 3));
	remove_cgroups();
}

TEST_HARNESS_MAIN
