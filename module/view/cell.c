// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cells of a row. Each puts the separating blank before itself; a view
 * prints its first cell, which is always a plain number or word, on its own.
 */
#include <linux/types.h>
#include <linux/kdev_t.h>
#include <linux/string.h>

#include "uapi/pfnscope.h"
#include "view/view.h"

/* A blank and the largest number. */
#define CELL_MAX	(1 + 20)

/* Writes a number in front of @at. Return: where it begins. */
static char *put_before(char *at, u64 number)
{
	do {
		*--at = '0' + number % 10;
		number /= 10;
	} while (number);
	return at;
}

/*
 * seq_put_decimal_ull() without its calls: most of what a row costs is its
 * numbers. A text that does not fit is made again by seq_file, with more room.
 */
static void put_decimal(struct seq_file *m, char separator, u64 number)
{
	char text[CELL_MAX];
	char *at = put_before(text + sizeof(text), number);
	size_t room, len;
	char *buf;

	*--at = separator;
	len = text + sizeof(text) - at;
	room = seq_get_buf(m, &buf);
	if (len < room)
		memcpy(buf, at, len);
	seq_commit(m, len < room ? (int)len : -1);
}

/**
 * pfnscope_put_number - a number, or "-" for PFNSCOPE_UNKNOWN
 * @m: the file
 * @number: what to print
 */
void pfnscope_put_number(struct seq_file *m, u64 number)
{
	if (number == PFNSCOPE_UNKNOWN)
		seq_puts(m, " " PFNSCOPE_CELL_UNKNOWN);
	else
		put_decimal(m, ' ', number);
}

/**
 * pfnscope_put_cells - numbers as by pfnscope_put_number(), in one piece
 * @m: the file
 * @numbers: what to print
 * @count: how many, up to PFNSCOPE_CELLS_MAX
 *
 * For rows of many numbers of which there are many.
 */
void pfnscope_put_cells(struct seq_file *m, const u64 *numbers,
			unsigned int count)
{
	char text[PFNSCOPE_CELLS_MAX * CELL_MAX];
	char *at = text + sizeof(text);

	while (count--) {
		if (numbers[count] == PFNSCOPE_UNKNOWN)
			*--at = *PFNSCOPE_CELL_UNKNOWN;
		else
			at = put_before(at, numbers[count]);
		*--at = ' ';
	}
	seq_write(m, at, text + sizeof(text) - at);
}

/* How many characters at its head need no escape; most strings need none. */
static size_t plain_length(const char *string)
{
	const char *at = string;

	while (*at > ' ' && *at <= '~' && *at != '\\')
		at++;
	return at - string;
}

/**
 * pfnscope_put_string - a string escaped as in /proc/mounts, or "-" for none
 * @m: the file
 * @string: what to print; NULL or empty: not known
 *
 * Anybody names his tasks and cgroups, and root looks at the file with cat: all
 * that is no printable ASCII, which a terminal might obey, is escaped too, and
 * so is the name "-".
 */
void pfnscope_put_string(struct seq_file *m, const char *string)
{
	bool odd = string && !strcmp(string, PFNSCOPE_CELL_UNKNOWN);
	size_t plain;

	seq_putc(m, ' ');
	if (!string || !*string)
		seq_puts(m, PFNSCOPE_CELL_UNKNOWN);
	while (string && *string) {
		plain = odd ? 0 : plain_length(string);
		seq_write(m, string, plain);
		string += plain;
		if (*string)
			seq_printf(m, "\\%03o", (unsigned char)*string++);
	}
}

/**
 * pfnscope_put_device - a device as in /proc/self/mountinfo, or "-"
 * @m: the file
 * @device: a dev_t, or PFNSCOPE_UNKNOWN
 */
void pfnscope_put_device(struct seq_file *m, u64 device)
{
	if (device == PFNSCOPE_UNKNOWN)
		seq_puts(m, " " PFNSCOPE_CELL_UNKNOWN);
	else
		seq_printf(m, " %u:%u", MAJOR(device), MINOR(device));
}

/**
 * pfnscope_put_numbers - a comma list, or "none" when it is empty
 * @m: the file
 * @numbers: what to print
 * @count: how many
 */
void pfnscope_put_numbers(struct seq_file *m, const u64 *numbers,
			  unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		put_decimal(m, i ? ',' : ' ', numbers[i]);
	if (!count)
		seq_puts(m, " " PFNSCOPE_CELL_NONE);
}

/**
 * pfnscope_put_flags - the names of the bits that are set, or "none"
 * @m: the file
 * @flags: the bits
 * @names: a name for each bit from bit 0 on
 * @count: how many names
 */
void pfnscope_put_flags(struct seq_file *m, unsigned long flags,
			const char *const *names, unsigned int count)
{
	const char *separator = " ";
	unsigned int bit;

	for_each_set_bit(bit, &flags, count) {
		seq_puts(m, separator);
		seq_puts(m, names[bit]);
		separator = ",";
	}
	if (*separator == ' ')
		seq_puts(m, " " PFNSCOPE_CELL_NONE);
}
