// SPDX-License-Identifier: GPL-2.0-only
/* The block that tar puts before a file, and the name that stands in it. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/tar.h"

unsigned int pfnscope_tar_checksum(const struct pfnscope_tar_head *head)
{
	const unsigned char *byte = (const unsigned char *)head;
	unsigned int sum = 0;

	for (size_t i = 0; i < sizeof(*head); i++)
		sum += byte[i];
	for (size_t i = 0; i < sizeof(head->checksum); i++)
		sum += ' ' - (unsigned char)head->checksum[i];
	return sum;
}

bool pfnscope_tar_number(const char *field, size_t size, uint64_t *number)
{
	size_t i = 0;

	*number = 0;
	if ((unsigned char)*field & 0x80) {
		*number = (unsigned char)*field & 0x3f;
		for (i = 1; i < size && !(*number >> 55); i++)
			*number = *number << 8 | (unsigned char)field[i];
		return i == size && !(*field & 0x40);
	}
	while (i < size && field[i] == ' ')
		i++;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		*number = *number << 3 | (uint64_t)(field[i] - '0');
	return i == size || !field[i] || field[i] == ' ';
}

bool pfnscope_tar_is_end(const struct pfnscope_tar_head *head)
{
	const char *byte = (const char *)head;

	for (size_t i = 0; i < sizeof(*head); i++)
		if (byte[i])
			return false;
	return true;
}

bool pfnscope_tar_is_whole(const struct pfnscope_tar_head *head)
{
	uint64_t sum;

	return pfnscope_tar_number(head->checksum, sizeof(head->checksum), &sum) && sum == pfnscope_tar_checksum(head);
}

char *pfnscope_tar_name(const struct pfnscope_tar_head *head)
{
	char *name = pfnscope_strndup(head->name, strnlen(head->name, sizeof(head->name)));
	char *whole;

	if (strncmp(head->magic, "ustar", 6) || !*head->prefix)
		return name;
	whole = pfnscope_format("%.*s/%s", (int)sizeof(head->prefix), head->prefix, name);
	free(name);
	return whole;
}

/* By "..", wherever that would end, or as it begins with a slash. */
static bool leads_out(const char *path)
{
	const char *at = path;

	while ((at = strstr(at, ".."))) {
		if ((at == path || at[-1] == '/') && (!at[2] || at[2] == '/'))
			return true;
		at++;
	}
	return *path == '/';
}

int pfnscope_tar_clean(char *path)
{
	const char *at = path;
	char *out = path;
	size_t length;

	if (leads_out(path))
		return -1;
	for (; *at; at += length + (at[length] == '/')) {
		length = strcspn(at, "/");
		if (!length || (length == 1 && *at == '.'))
			continue;
		if (out > path)
			*out++ = '/';
		memmove(out, at, length);
		out += length;
	}
	*out = '\0';
	return 0;
}
