// SPDX-License-Identifier: GPL-2.0-only
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
#include "lib/cgroup.h"
#include "lib/memory.h"
#include "lib/text.h"
#include "lib/victims.h"

#define MIB	(1UL << 20)
#define SPARSE	(2 * MIB)	/* a page table each */
#define BIND	2
#define SECONDS	60

/* What a player tells. */
static struct told {
	pid_t pid, tid;
	bool ready;
} *told;

static unsigned int players;

void victims_begin(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	told = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void victims_end(void)
{
	munmap(told, PAGE);
}

/* --- those who compete --- */

static void *map(size_t size, int flags)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	madvise(memory, size, MADV_NOHUGEPAGE);
	return memory;
}

static long long swapped_kb(void)
{
	char *text = text_need("/proc/self/status");
	long long kb = 0;

	text_value(text, "VmSwap", &kb);
	free(text);
	return kb;
}

/* Not each page goes at once. */
static void swap_out(char *memory, size_t size)
{
	for (int round = 0; round < 10 && swapped_kb() * 1024 < (long long)size * 9 / 10; round++)
		madvise(memory, size, MADV_PAGEOUT);
	if (swapped_kb() * 1024 < (long long)size * 9 / 10) {
		printf("# %lld kB are swapped out\n", swapped_kb());
		_exit(1);
	}
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
	if (p->kind == SWAPPED)
		swap_out(memory, p->mib * MIB);
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

/* It is still to be waited for. */
static bool has_ended(pid_t pid)
{
	siginfo_t info = { 0 };

	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
	return info.si_pid;
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
		if (has_ended(pid) || !wait_on(&since, SECONDS))
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
		if (!(doomed & (1U << i)))
			continue;
		while (!has_ended(told[i].pid) && wait_on(&since, SECONDS))
			;
		if (!has_ended(told[i].pid)) {
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

void victims_remove_cgroups(void)
{
	end_all();
	end_those_in(CGROUP "/victims/a/cgroup.procs");
	end_those_in(CGROUP "/victims/b/cgroup.procs");
	cgroup_remove("victims/a");
	cgroup_remove("victims/b");
	cgroup_remove("victims");
}

/* Of memory a little more than there is; of swap what is used. */
static void limit(void)
{
	char *text = text_need(CGROUP "/victims/memory.current"), bytes[32];

	snprintf(bytes, sizeof(bytes), "%lld", atoll(text) + 2 * (long long)MIB);
	free(text);
	text = text_read(CGROUP "/victims/memory.swap.current", NULL);
	if (text)
		text_write(CGROUP "/victims/memory.swap.max", text);
	free(text);
	set("memory.max", bytes);
}

static bool all_join(const struct player *player, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (!join(&player[i])) {
			printf("# player %u does not come\n", i);
			return false;
		}
	return true;
}

bool victims_in_cgroup(const struct player *player, unsigned int count, char group)
{
	static const struct place place = {
		"--cgroup /victims", 'b', 0, CGROUP "/victims/memory.events",
	};
	bool ok;

	make_cgroups();
	if (group)
		set(group == 'a' ? "a/memory.oom.group" : "b/memory.oom.group", "1");
	ok = all_join(player, count);
	if (ok) {
		limit();
		ok = is_foretold(&place);
	}
	victims_remove_cgroups();
	return ok;
}

/* --- the machine, and a part of its nodes --- */

#define MIN_FREE	"/proc/sys/vm/min_free_kbytes"

/* With watermarks that one death meets; huge pages have raised them. This process is none of the scene. */
bool victims_in_machine(const struct place *place, const struct player *player, unsigned int count)
{
	char *min_free = text_need(MIN_FREE);
	bool ok;

	text_write(MIN_FREE, "4096");
	set_adj(-1000);
	ok = all_join(player, count) && is_foretold(place);
	text_write(MIN_FREE, min_free);
	free(min_free);
	end_all();
	return ok;
}

void victims_cpusets(void)
{
	cgroup_make("victims", "cpuset.mems", "0-1");
	set("cgroup.subtree_control", "+cpuset");
	cgroup_make("victims/a", "cpuset.mems", "0");
	cgroup_make("victims/b", "cpuset.mems", "1");
}
