// SPDX-License-Identifier: GPL-2.0-only
/* Whole files as strings, and files of "name value" lines. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

char *text_read_chunked(const char *path, size_t chunk, size_t *len)
{
	size_t used = 0, size = chunk + 4096;
	char *text = malloc(size);
	int fd = open(path, O_RDONLY);
	ssize_t n = -1;

	while (fd >= 0 && text && (n = read(fd, text + used, chunk)) > 0) {
		used += (size_t)n;
		if (used + chunk >= size) {
			size = 2 * size;
			text = realloc(text, size);
		}
	}
	if (n < 0) {
		int err = errno;

		free(text);
		if (fd >= 0)
			close(fd);
		errno = err;
		return NULL;
	}
	close(fd);
	text[used] = '\0';
	if (len)
		*len = used;
	return text;
}

char *text_read(const char *path, size_t *len)
{
	return text_read_chunked(path, 65536, len);
}

char *text_need(const char *path)
{
	char *text = text_read(path, NULL);

	if (!text) {
		printf("Bail out! %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return text;
}

int text_write(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, value, strlen(value)) < 0)
		err = -errno;
	close(fd);
	return err;
}

bool text_value(const char *text, const char *name, long long *value)
{
	size_t len = strlen(name);

	for (const char *line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && (line[len] == ' ' || line[len] == ':'))
			return sscanf(line + len + 1, "%lld", value) == 1;
	}
	return false;
}

char *text_line(char **at)
{
	char *line = *at, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end++ = '\0';
	*at = end;
	return line;
}

void text_each_file(const char *dir, void (*each)(const char *dir, const char *name, void *arg), void *arg)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	struct stat st;

	if (!d)
		return;
	while ((entry = readdir(d)))
		if (!fstatat(dirfd(d), entry->d_name, &st, 0) && S_ISREG(st.st_mode))
			each(dir, entry->d_name, arg);
	closedir(d);
}

void text_each_entry(const char *dir, void (*each)(const char *dir, const char *name, void *arg), void *arg)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (!d)
		return;
	while ((entry = readdir(d)))
		if (entry->d_name[0] != '.')
			each(dir, entry->d_name, arg);
	closedir(d);
}
