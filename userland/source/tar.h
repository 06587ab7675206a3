/* SPDX-License-Identifier: GPL-2.0-only */
/* The tar format of POSIX: a block of 512 bytes before each file. */
#ifndef PFNSCOPE_SOURCE_TAR_H
#define PFNSCOPE_SOURCE_TAR_H

#include "base/error.h"
#include "source/archive.h"
#include "source/pack.h"
#include "source/stream.h"

#define PFNSCOPE_TAR_BLOCK	512

/* One block, as it lies in the file; numbers are octal digits. */
struct pfnscope_tar_head {
	char name[100];
	char mode[8];
	char uid[8];
	char gid[8];
	char size[12];
	char mtime[12];
	char checksum[8];
	char type;
	char link[100];
	char magic[8];
	char user[32];
	char group[32];
	char device[16];
	char prefix[155];
	char unused[12];
};

/* What the checksum of @head has to be. */
unsigned int pfnscope_tar_checksum(const struct pfnscope_tar_head *head);
/* Its checksum is as it has to be. */
bool pfnscope_tar_is_whole(const struct pfnscope_tar_head *head);
/* The block of zeroes at the end. */
bool pfnscope_tar_is_end(const struct pfnscope_tar_head *head);
/* Digits to a blank or the end, or the big-endian number of GNU tar. */
bool pfnscope_tar_number(const char *field, size_t size, uint64_t *number);
/* To be freed. */
char *pfnscope_tar_name(const struct pfnscope_tar_head *head);
/* Without empty words and dots, in place. Return: -1 where it leads out. */
int pfnscope_tar_clean(char *path);

/*
 * The files of the archive that @stream is, those of them that a root may have. Nothing is
 * written anywhere, links are not followed, and what leads out of it is refused.
 * Return: 0, or -1 with @error.
 */
int pfnscope_tar_read(struct pfnscope_stream *stream, struct pfnscope_archive **archive,
		      struct pfnscope_error *error);
/* @first, and all of @archive behind it, as written at @mtime. Return: 0, or -1 with @error. */
int pfnscope_tar_write(const struct pfnscope_archive *archive,
		       const struct pfnscope_archived *first, int64_t mtime,
		       struct pfnscope_pack *pack, struct pfnscope_error *error);

#endif
