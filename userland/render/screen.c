// SPDX-License-Identifier: GPL-2.0-only
/* The whole screen of a terminal, by ncurses: nobody else knows it. */
#include "render/screen.h"

#ifdef HAVE_NCURSES
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#define ESCAPE_MS	25	/* a lone Escape is one after this time */

static SCREEN *screen;

static bool coloured;

static void use_colours(bool wanted)
{
	coloured = wanted && has_colors() && start_color() != ERR;
	if (coloured)
		use_default_colors();
}

/* newterm() writes an error of its own and ends the program where TERM is unknown. */
static bool is_terminal_known(const char *term)
{
	int status;

	if (!term || !*term || setupterm(term, STDOUT_FILENO, &status) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

int pfnscope_screen_open(bool colours, struct pfnscope_error *error)
{
	const char *term = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return pfnscope_fail(error, PFNSCOPE_USAGE,
				     "top: needs a terminal (without one: pfnscope top -b)");
	if (is_terminal_known(term))
		screen = newterm(term, stdout, stdin);
	if (!screen)
		return pfnscope_fail(error, PFNSCOPE_USAGE,
			"top: cannot use a terminal \"%s\" (TERM=vt100, or pfnscope top -b)",
			term ? term : "");
	set_escdelay(ESCAPE_MS);
	cbreak();
	noecho();
	nonl();
	curs_set(0);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	use_colours(colours);
	return 0;
}

void pfnscope_screen_close(void)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen);
	screen = NULL;
}

void pfnscope_screen_resize(void)
{
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row && size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
}

void pfnscope_screen_redraw(void)
{
	clearok(curscr, TRUE);
}

size_t pfnscope_screen_rows(void)
{
	return (size_t)LINES;
}

size_t pfnscope_screen_columns(void)
{
	return (size_t)COLS;
}

int pfnscope_screen_key(void)
{
	int key = getch();

	switch (key) {
	case ERR: return PFNSCOPE_KEY_NONE;
	case KEY_UP: return PFNSCOPE_KEY_UP;
	case KEY_DOWN: return PFNSCOPE_KEY_DOWN;
	case KEY_LEFT: return PFNSCOPE_KEY_LEFT;
	case KEY_RIGHT: return PFNSCOPE_KEY_RIGHT;
	case KEY_PPAGE: return PFNSCOPE_KEY_PAGE_UP;
	case KEY_NPAGE: return PFNSCOPE_KEY_PAGE_DOWN;
	case KEY_HOME: return PFNSCOPE_KEY_HOME;
	case KEY_END: return PFNSCOPE_KEY_END;
	case KEY_BACKSPACE: case 0x7f: case '\b': return PFNSCOPE_KEY_BACKSPACE;
	}
	return key < KEY_MIN ? key : PFNSCOPE_KEY_OTHER;
}

void pfnscope_screen_clear(void)
{
	erase();
}

/* A pair is made for each colour when it is met, on the terminal's own ground. */
static attr_t colour_pair(long number)
{
	short pair = (short)(number + 1);

	if (!coloured || number < 0 || number >= COLORS || pair >= COLOR_PAIRS ||
	    init_pair(pair, (short)number, -1) == ERR)
		return A_NORMAL;
	return (attr_t)COLOR_PAIR(pair);
}

/* What the escape sequence at @text switches on: bold, a colour of eight, or of 256. */
static attr_t attribute_of(const char *text)
{
	attr_t attribute = A_NORMAL;
	char *end = (char *)text + 1;
	long number;

	while (*end != 'm') {
		number = strtol(end + 1, &end, 10);
		if (number == 38) {	/* 38;5;N */
			if (*end == ';')
				strtol(end + 1, &end, 10);
			return attribute | colour_pair(*end == ';' ? strtol(end + 1, &end, 10) : -1);
		}
		if (number == 1)
			attribute |= A_BOLD;
		else if (number >= 30 && number < 38)
			attribute |= colour_pair(number - 30);
		else if (number >= 90 && number < 98)
			attribute |= colour_pair(number - 90) | A_BOLD;
		if (*end != ';')
			break;
	}
	return attribute;
}

/* Bytes of the character at @text, with what belongs to it. */
static size_t character_bytes(const char *text, size_t length)
{
	size_t bytes = 1;

	while (bytes < length && (text[bytes] & 0xc0) == 0x80)
		bytes++;
	return bytes;
}

void pfnscope_screen_line(size_t row, const char *text, size_t length, size_t first,
			  bool reversed)
{
	attr_t stands_out = reversed ? A_REVERSE : A_NORMAL;
	size_t at, bytes, column = 0, room = (size_t)COLS;
	const char *end;

	attrset(stands_out);
	move((int)row, 0);
	for (at = 0; at < length && column < first + room; at += bytes) {
		end = text[at] == '\033' ? memchr(text + at, 'm', length - at) : NULL;
		bytes = end ? (size_t)(end - text) - at + 1 : character_bytes(text + at, length - at);
		if (end)
			attrset(attribute_of(text + at) | stands_out);
		else if (column++ >= first)
			addnstr(text + at, (int)bytes);
	}
	attrset(stands_out);
	for (; reversed && column < first + room; column++)
		addch(' ');
	attrset(A_NORMAL);
}

void pfnscope_screen_show(void)
{
	refresh();
}
#else
int pfnscope_screen_open(bool colours, struct pfnscope_error *error)
{
	(void)colours;
	return pfnscope_fail(error, PFNSCOPE_USAGE,
		"top: built without ncurses, which leaves pfnscope top -b "
		"(on Debian: apt-get install libncurses-dev, and make userland again)");
}

void pfnscope_screen_close(void)
{
}

void pfnscope_screen_resize(void)
{
}

void pfnscope_screen_redraw(void)
{
}

size_t pfnscope_screen_rows(void)
{
	return 0;
}

size_t pfnscope_screen_columns(void)
{
	return 0;
}

int pfnscope_screen_key(void)
{
	return PFNSCOPE_KEY_NONE;
}

void pfnscope_screen_clear(void)
{
}

void pfnscope_screen_line(size_t row, const char *text, size_t length, size_t first,
			  bool reversed)
{
	(void)row;
	(void)text;
	(void)length;
	(void)first;
	(void)reversed;
}

void pfnscope_screen_show(void)
{
}
#endif
