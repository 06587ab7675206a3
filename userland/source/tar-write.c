// SPDX-License-Identifier: GPL-2.0-only
/* Writes files in memory as a tar archive, the names that ustar has no room for by pax. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/tar.h"

static const char zeros[2 * PFNSCOPE_TAR_BLOCK];

static int put_padded(struct pfnscope_pack *pack, const char *text, size_t size,
		      struct pfnscope_error *error)
{
	return pfnscope_pack_write(pack, text, size, error) ||
	       pfnscope_pack_write(pack, zeros, -size % PFNSCOPE_TAR_BLOCK, error) ? -1 : 0;
}

/* All of the field but its last byte. */
static void put_octal(char *field, size_t size, uint64_t number)
{
	for (field[--size] = '\0'; size--; number >>= 3)
		field[size] = (char)('0' + (number & 7));
}

#define PUT_OCTAL(field, number) put_octal(field, sizeof(field), number)

static int put_head(struct pfnscope_pack *pack, const char *path, char type, size_t size,
		    int64_t mtime, struct pfnscope_error *error)
{
	struct pfnscope_tar_head head = { .type = type };

	memcpy(head.name, path, strnlen(path, sizeof(head.name)));
	PUT_OCTAL(head.mode, 0600);
	PUT_OCTAL(head.uid, 0);
	PUT_OCTAL(head.gid, 0);
	PUT_OCTAL(head.size, size);
	PUT_OCTAL(head.mtime, mtime > 0 ? (uint64_t)mtime : 0);
	/* "ustar", a NUL, and a version without one. */
	memcpy(head.magic, "ustar\00000", sizeof(head.magic));
	PUT_OCTAL(head.checksum, pfnscope_tar_checksum(&head));
	return pfnscope_pack_write(pack, (const char *)&head, sizeof(head), error);
}

/* "27 path=some/where\n": the number counts its own digits. */
static int put_long_name(struct pfnscope_pack *pack, const char *path, int64_t mtime,
			 struct pfnscope_error *error)
{
	size_t length = strlen(path) + strlen(" path=\n"), digits = 1;
	char *record;
	int failed;

	while (snprintf(NULL, 0, "%zu", length + digits) > (int)digits)
		digits++;
	record = pfnscope_format("%zu path=%s\n", length + digits, path);
	failed = put_head(pack, "pax", 'x', strlen(record), mtime, error) ||
		 put_padded(pack, record, strlen(record), error);
	free(record);
	return failed ? -1 : 0;
}

static int put_file(struct pfnscope_pack *pack, const struct pfnscope_archived *file,
		    int64_t mtime, struct pfnscope_error *error)
{
	if (strlen(file->path) > sizeof(((struct pfnscope_tar_head *)NULL)->name) &&
	    put_long_name(pack, file->path, mtime, error))
		return -1;
	return put_head(pack, file->path, file->text ? '0' : '5', file->size, mtime, error) ||
	       put_padded(pack, file->text, file->size, error) ? -1 : 0;
}

int pfnscope_tar_write(const struct pfnscope_archive *archive,
		       const struct pfnscope_archived *first, int64_t mtime,
		       struct pfnscope_pack *pack, struct pfnscope_error *error)
{
	if (put_file(pack, first, mtime, error))
		return -1;
	for (size_t i = 0; i < pfnscope_archive_count(archive); i++)
		if (put_file(pack, pfnscope_archive_nth(archive, i), mtime, error))
			return -1;
	return pfnscope_pack_write(pack, zeros, sizeof(zeros), error);
}
