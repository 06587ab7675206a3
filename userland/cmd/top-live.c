// SPDX-License-Identifier: GPL-2.0-only
/* The live view on a whole screen: keys, signals and the clock, in one loop. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "cmd/top-live.h"
#include "render/screen.h"

#define SECOND	1000000000LL

static const int signals[] = { SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE };

static void take_signal(struct pfnscope_top_live *live, int from)
{
	struct signalfd_siginfo info;

	if (read(from, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGWINCH) {
		pfnscope_screen_resize();
		return;
	}
	live->signal = (int)info.ssi_signo;
	live->over = true;
}

static void take_tick(struct pfnscope_top_live *live, int from)
{
	uint64_t ticks;

	if (read(from, &ticks, sizeof(ticks)) == sizeof(ticks) && !live->paused)
		pfnscope_top_again(live, PFNSCOPE_TOP_TICK);
}

static int watch(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return fd < 0 ? -1 : epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void loop(struct pfnscope_top_live *live, int epoll, int clock, int signal_fd)
{
	struct epoll_event event;

	while (!live->over) {
		pfnscope_top_draw(live);
		if (epoll_wait(epoll, &event, 1, -1) < 0) {
			/* Stopped and continued, which ncurses sees to. */
			if (errno != EINTR)
				return;
		} else if (event.data.fd == clock) {
			take_tick(live, clock);
		} else if (event.data.fd == signal_fd) {
			take_signal(live, signal_fd);
		} else if (event.events & EPOLLIN) {
			pfnscope_top_keys(live);
		} else {
			live->over = true;	/* the terminal is gone */
		}
	}
}

/* What is recorded is read once. */
static int clock_of(const struct pfnscope_top *top, int64_t every)
{
	const struct timespec time = { .tv_sec = every / SECOND, .tv_nsec = every % SECOND };
	const struct itimerspec spec = { .it_interval = time, .it_value = time };
	int clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (clock >= 0 && pfnscope_source_is_live(top->run->source))
		timerfd_settime(clock, 0, &spec, NULL);
	return clock;
}

static int run_loop(struct pfnscope_top_live *live, int64_t every, const sigset_t *set)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC), clock = clock_of(live->top, every);
	int signal_fd = signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK), status = 0;

	if (watch(epoll, clock) || watch(epoll, signal_fd) || watch(epoll, STDIN_FILENO))
		status = pfnscope_fail(&live->top->run->error, PFNSCOPE_SYSTEM,
				       "top: cannot wait: %s", strerror(errno));
	else
		loop(live, epoll, clock, signal_fd);
	close(signal_fd);
	close(clock);
	close(epoll);
	return status;
}

int pfnscope_top_live(struct pfnscope_top *top, int64_t every, uint64_t count)
{
	struct pfnscope_top_live live = { .top = top, .column = -1, .count = count };
	sigset_t set, before;
	int status;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaddset(&set, signals[i]);
	/* First of all, so that none comes between and leaves the terminal as it is. */
	sigprocmask(SIG_BLOCK, &set, &before);
	status = pfnscope_screen_open(top->run->format.colours, &top->run->error);
	if (!status) {
		pfnscope_top_again(&live, PFNSCOPE_TOP_TICK);
		status = run_loop(&live, every, &set);
		pfnscope_screen_close();
	}
	free(live.text);
	/* Whoever sent it is to see what it did; ncurses has a handler of its own. */
	if (live.signal) {
		signal(live.signal, SIG_DFL);
		raise(live.signal);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}
