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

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/top.h"
#include "render/screen.h"

#define SECOND	1000000000LL
#define CONTROL(letter)	((letter) & 0x1f)
#define ESCAPE	0x1b
#define SIDEWAYS	8	/* columns at a key */

/* What the last line asks for. */
enum prompt {
	NOTHING,
	FILTER,
	SORT,
};

/**
 * struct view - the screen
 * @top: what is on it
 * @text: the page, NULL before it was read
 * @lines: of it
 * @first: the uppermost of these on the screen
 * @left: the first column on the screen
 * @paused: the clock does not run
 * @help: the keys, in place of the page
 * @prompt: what the last line asks for
 * @typed: what was typed there
 * @length: of that
 * @column: what < and > have chosen, below 0 for the usual order
 * @count: readings after which it ends, 0 for never
 * @over: it ends
 * @signal: because of this one, or 0
 */
struct view {
	struct pfnscope_top *top;
	char *text;
	size_t lines;
	size_t first;
	size_t left;
	bool paused;
	bool help;
	enum prompt prompt;
	char typed[64];
	size_t length;
	int column;
	uint64_t count;
	bool over;
	int signal;
};

static const char help_text[] =
	"1 to 8, Tab   the page\n"
	"up, down      line by line, also j and k; PgUp, PgDn; Home, End\n"
	"left, right   sideways\n"
	"space         pause, or go on\n"
	"s             scan now: free lists, huge pages, triage\n"
	"/             only rows with a word in them\n"
	"F             sort by columns: -free, zone; nothing for the usual order\n"
	"< >           sort by the column to the left, or to the right\n"
	"h, ?          this text\n"
	"^L            draw everything anew\n"
	"q             end\n"
	"\n"
	"+N and -N behind a number: its change each second, since the reading before.\n"
	"While it is paused, another page, order or filter still takes one reading.\n"
	"cost: time of CPUs that this takes each second; of it, the module's.\n";

/* --- drawing --- */

static size_t room(void)
{
	size_t rows = pfnscope_screen_rows();

	return rows > 2 ? rows - 2 : 0;
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* "1 Overview 2 Zones", the one that is shown first of all where not all fit. */
static void draw_pages(const struct view *view)
{
	struct pfnscope_text bar = { 0 };

	for (size_t i = 0; i < pfnscope_top_count(); i++) {
		bool here = i == view->top->page;

		pfnscope_text_put_string(&bar, i ? " " : "");
		pfnscope_text_put_string(&bar, here ? "[" : "");
		pfnscope_text_put_number(&bar, i + 1, 10);
		pfnscope_text_put_char(&bar, ' ');
		pfnscope_text_put_string(&bar, pfnscope_top_pages[i].title);
		pfnscope_text_put_string(&bar, here ? "]" : "");
	}
	pfnscope_screen_line(0, bar.data, bar.length, 0, true);
	free(bar.data);
}

static char *status_text(const struct view *view)
{
	const struct pfnscope_top *top = view->top;
	struct pfnscope_text text = { 0 };
	char *cost = pfnscope_top_cost_text(top);

	if (view->paused)
		pfnscope_text_put_string(&text, "paused, ");
	else if (!pfnscope_source_is_live(top->run->source))
		pfnscope_text_put_string(&text, "recorded, ");
	pfnscope_text_put_string(&text, "reading ");
	pfnscope_text_put_number(&text, top->tick, 10);
	pfnscope_text_put_string(&text, ", cost ");
	pfnscope_text_put_string(&text, cost);
	if (top->sort) {
		pfnscope_text_put_string(&text, ", by ");
		pfnscope_text_put_printable(&text, top->sort, "");
	}
	if (top->filter) {
		pfnscope_text_put_string(&text, ", /");
		pfnscope_text_put_printable(&text, top->filter, "");
	}
	pfnscope_text_put_string(&text, ", h: keys");
	free(cost);
	return text.data;
}

static void draw_last(const struct view *view)
{
	char *text;

	switch (view->prompt) {
	case FILTER:
		text = pfnscope_format("only rows with: %s_", view->typed);
		break;
	case SORT:
		text = pfnscope_format("sort by: %s_", view->typed);
		break;
	default:
		text = status_text(view);
	}
	pfnscope_screen_line(pfnscope_screen_rows() - 1, text, strlen(text), 0, true);
	free(text);
}

static void draw(struct view *view)
{
	const char *text = view->help ? help_text : view->text ? view->text : "";
	size_t lines = count_lines(text), row;

	pfnscope_screen_clear();
	if (!pfnscope_screen_rows())
		return;
	if (view->first + room() > lines)
		view->first = lines > room() ? lines - room() : 0;
	view->lines = lines;
	for (row = 0; row < view->first; row++)
		text = strchr(text, '\n') + 1;
	for (row = 0; row < room() && *text; row++) {
		size_t length = strcspn(text, "\n");

		pfnscope_screen_line(row + 1, text, length, view->left, false);
		text += length + (text[length] == '\n');
	}
	draw_pages(view);
	draw_last(view);
	pfnscope_screen_show();
}

/* --- reading --- */

static void read_page(struct view *view, enum pfnscope_top_why why)
{
	pfnscope_top_read(view->top, why);
	free(view->text);
	view->text = pfnscope_top_text(view->top, view->top->run->format.colours);
	if (view->count && view->top->tick >= view->count)
		view->over = true;
}

static void turn(struct view *view, size_t page)
{
	if (page == view->top->page || page >= pfnscope_top_count())
		return;
	pfnscope_top_turn(view->top, page);
	view->first = 0;
	view->left = 0;
	view->column = -1;
	read_page(view, PFNSCOPE_TOP_AGAIN);
}

static void set(char **what, const char *text)
{
	free(*what);
	*what = *text ? pfnscope_strdup(text) : NULL;
}

/* --- keys --- */

/* The columns of the first table on the page that are shown without being asked for. */
static const struct pfnscope_field *shown_column(const struct view *view, int column)
{
	const struct pfnscope_top_page *page = &pfnscope_top_pages[view->top->page];

	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS && page->sections[i].command; i++) {
		const struct pfnscope_view *of = page->sections[i].command->view;

		for (size_t field = 0; of && field < of->nr_fields; field++)
			if (of->fields[field].flags & PFNSCOPE_SHOWN && !column--)
				return &of->fields[field];
		if (of)
			return NULL;
	}
	return NULL;
}

static void sort_beside(struct view *view, int by)
{
	const struct pfnscope_field *field;

	if (view->column + by < -1)
		return;
	field = view->column + by < 0 ? NULL : shown_column(view, view->column + by);
	if (!field && view->column + by >= 0)
		return;
	view->column += by;
	set(&view->top->sort, field ? field->name : "");
	read_page(view, PFNSCOPE_TOP_AGAIN);
}

static void ask(struct view *view, enum prompt prompt, const char *now)
{
	view->prompt = prompt;
	view->length = (size_t)snprintf(view->typed, sizeof(view->typed), "%s", now ? now : "");
	if (view->length >= sizeof(view->typed))
		view->length = sizeof(view->typed) - 1;
}

static void answer(struct view *view)
{
	set(view->prompt == FILTER ? &view->top->filter : &view->top->sort, view->typed);
	view->prompt = NOTHING;
	view->column = -1;
	read_page(view, PFNSCOPE_TOP_AGAIN);
}

static void type(struct view *view, int key)
{
	if (key == '\r' || key == '\n')
		answer(view);
	else if (key == ESCAPE)
		view->prompt = NOTHING;
	else if (key == PFNSCOPE_KEY_BACKSPACE)
		view->length -= view->length > 0;
	else if (key == CONTROL('u'))
		view->length = 0;
	else if (key >= ' ' && key <= '~' && view->length + 1 < sizeof(view->typed))
		view->typed[view->length++] = (char)key;
	view->typed[view->length] = '\0';
}

static void move(struct view *view, int key)
{
	size_t page = room() ? room() : 1;

	switch (key) {
	case PFNSCOPE_KEY_UP: case 'k':
		view->first -= view->first > 0;
		break;
	case PFNSCOPE_KEY_DOWN: case 'j':
		view->first++;
		break;
	case PFNSCOPE_KEY_PAGE_UP:
		view->first -= view->first < page ? view->first : page;
		break;
	case PFNSCOPE_KEY_PAGE_DOWN:
		view->first += page;
		break;
	case PFNSCOPE_KEY_HOME:
		view->first = 0;
		break;
	case PFNSCOPE_KEY_END:
		view->first = view->lines;
		break;
	case PFNSCOPE_KEY_LEFT:
		view->left -= view->left < SIDEWAYS ? view->left : SIDEWAYS;
		break;
	case PFNSCOPE_KEY_RIGHT:
		view->left += SIDEWAYS;
		break;
	}
}

static void obey(struct view *view, int key)
{
	if (key >= '1' && key <= '9') {
		turn(view, (size_t)(key - '1'));
		return;
	}
	switch (key) {
	case 'q': case 'Q':
		view->over = true;
		break;
	case '\t':
		turn(view, (view->top->page + 1) % pfnscope_top_count());
		break;
	case ' ':
		view->paused = !view->paused;
		break;
	case 's':
		read_page(view, PFNSCOPE_TOP_SCAN);
		break;
	case '/':
		ask(view, FILTER, view->top->filter);
		break;
	case 'F':
		ask(view, SORT, view->top->sort);
		break;
	case '<':
		sort_beside(view, -1);
		break;
	case '>':
		sort_beside(view, 1);
		break;
	case 'h': case '?':
		view->help = true;
		break;
	case CONTROL('l'):
		pfnscope_screen_redraw();
		break;
	default:
		move(view, key);
	}
}

static void take_keys(struct view *view)
{
	int key;

	while (!view->over && (key = pfnscope_screen_key()) != PFNSCOPE_KEY_NONE) {
		if (view->prompt != NOTHING)
			type(view, key);
		else if (view->help)
			view->help = false;
		else
			obey(view, key);
	}
}

/* --- the loop --- */

static const int signals[] = { SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE };

static void take_signal(struct view *view, int from)
{
	struct signalfd_siginfo info;

	if (read(from, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGWINCH) {
		pfnscope_screen_resize();
		return;
	}
	view->signal = (int)info.ssi_signo;
	view->over = true;
}

static void take_tick(struct view *view, int from)
{
	uint64_t ticks;

	if (read(from, &ticks, sizeof(ticks)) == sizeof(ticks) && !view->paused)
		read_page(view, PFNSCOPE_TOP_TICK);
}

static int watch(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return fd < 0 ? -1 : epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void loop(struct view *view, int epoll, int clock, int signal_fd)
{
	struct epoll_event event;

	while (!view->over) {
		draw(view);
		if (epoll_wait(epoll, &event, 1, -1) < 0) {
			/* Stopped and continued, which ncurses sees to. */
			if (errno != EINTR)
				return;
		} else if (event.data.fd == clock) {
			take_tick(view, clock);
		} else if (event.data.fd == signal_fd) {
			take_signal(view, signal_fd);
		} else if (event.events & EPOLLIN) {
			take_keys(view);
		} else {
			view->over = true;	/* the terminal is gone */
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

static int run_loop(struct view *view, int64_t every, const sigset_t *set)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC), clock = clock_of(view->top, every);
	int signal_fd = signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK), status = 0;

	if (watch(epoll, clock) || watch(epoll, signal_fd) || watch(epoll, STDIN_FILENO))
		status = pfnscope_fail(&view->top->run->error, PFNSCOPE_SYSTEM,
				       "top: cannot wait: %s", strerror(errno));
	else
		loop(view, epoll, clock, signal_fd);
	close(signal_fd);
	close(clock);
	close(epoll);
	return status;
}

int pfnscope_top_live(struct pfnscope_top *top, int64_t every, uint64_t count)
{
	struct view view = { .top = top, .column = -1, .count = count };
	sigset_t set, before;
	int status;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaddset(&set, signals[i]);
	/* First of all, so that none comes between and leaves the terminal as it is. */
	sigprocmask(SIG_BLOCK, &set, &before);
	status = pfnscope_screen_open(top->run->format.colours, &top->run->error);
	if (!status) {
		read_page(&view, PFNSCOPE_TOP_TICK);
		status = run_loop(&view, every, &set);
		pfnscope_screen_close();
	}
	free(view.text);
	/* Whoever sent it is to see what it did; ncurses has a handler of its own. */
	if (view.signal) {
		signal(view.signal, SIG_DFL);
		raise(view.signal);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}
