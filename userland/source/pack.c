// SPDX-License-Identifier: GPL-2.0-only
/* Writes a file, by zstd or gzip where their libraries were there when this was built. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/pack.h"

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#define BUFFER_SIZE	(16 * 1024)
/* Of zstd: a tenth less than by level 3; with a small window and small tables it takes little memory. */
#define LEVEL		9
#define WINDOW_LOG	18
#define TABLES_LOG	16

/**
 * struct pfnscope_pack - a file that is being written
 * @path: what it is to be, NULL for standard output
 * @unfinished: what it is called until then
 * @fd: where it is written
 * @step: packs @size bytes of @text, or what is left where @text is NULL
 * @free: frees the state of the library
 * @out: packed bytes, on their way
 */
struct pfnscope_pack {
	char *path;
	char *unfinished;
	int fd;
	int (*step)(struct pfnscope_pack *pack, const char *text, size_t size,
		    struct pfnscope_error *error);
	void (*free)(struct pfnscope_pack *pack);
#ifdef HAVE_ZLIB
	z_stream gzip;
#endif
#ifdef HAVE_ZSTD
	ZSTD_CStream *zstd;
#endif
	char out[BUFFER_SIZE];
};

static int pack_fail(const struct pfnscope_pack *pack, struct pfnscope_error *error,
		     const char *why)
{
	return pfnscope_fail(error, PFNSCOPE_OUTPUT, "%s: %s",
			     pack->path ? pack->path : "standard output", why);
}

static int write_bytes(struct pfnscope_pack *pack, const char *bytes, size_t size,
		       struct pfnscope_error *error)
{
	while (size) {
		ssize_t done = write(pack->fd, bytes, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return pack_fail(pack, error, strerror(errno));
		bytes += done;
		size -= (size_t)done;
	}
	return 0;
}

/* --- how it is packed --- */

static int plain_step(struct pfnscope_pack *pack, const char *text, size_t size,
		      struct pfnscope_error *error)
{
	return text ? write_bytes(pack, text, size, error) : 0;
}

static void plain_free(struct pfnscope_pack *pack)
{
	(void)pack;
}

static int plain_new(struct pfnscope_pack *pack)
{
	pack->step = plain_step;
	pack->free = plain_free;
	return 0;
}

#ifdef HAVE_ZLIB
static int pack_gzip_step(struct pfnscope_pack *pack, const char *text, size_t size,
			  struct pfnscope_error *error)
{
	z_stream *z = &pack->gzip;

	z->next_in = (z_const Bytef *)(uintptr_t)text;
	z->avail_in = text ? (uInt)size : 0;
	do {
		z->next_out = (Bytef *)pack->out;
		z->avail_out = sizeof(pack->out);
		deflate(z, text ? Z_NO_FLUSH : Z_FINISH);
		if (write_bytes(pack, pack->out, sizeof(pack->out) - z->avail_out, error))
			return -1;
	} while (!z->avail_out);
	return 0;
}

static void pack_gzip_free(struct pfnscope_pack *pack)
{
	deflateEnd(&pack->gzip);
}

static int pack_gzip_new(struct pfnscope_pack *pack)
{
	pack->step = pack_gzip_step;
	pack->free = pack_gzip_free;
	return deflateInit2(&pack->gzip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8,
			    Z_DEFAULT_STRATEGY) == Z_OK ? 0 : -1;
}
#endif

#ifdef HAVE_ZSTD
static int pack_zstd_step(struct pfnscope_pack *pack, const char *text, size_t size,
			  struct pfnscope_error *error)
{
	ZSTD_inBuffer in = { text, text ? size : 0, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { pack->out, sizeof(pack->out), 0 };

		left = ZSTD_compressStream2(pack->zstd, &out, &in,
					    text ? ZSTD_e_continue : ZSTD_e_end);
		if (ZSTD_isError(left))
			return pack_fail(pack, error, ZSTD_getErrorName(left));
		if (write_bytes(pack, pack->out, out.pos, error))
			return -1;
	} while (text ? in.pos < in.size : left != 0);
	return 0;
}

static void pack_zstd_free(struct pfnscope_pack *pack)
{
	ZSTD_freeCStream(pack->zstd);
}

static int pack_zstd_new(struct pfnscope_pack *pack)
{
	pack->step = pack_zstd_step;
	pack->free = pack_zstd_free;
	pack->zstd = ZSTD_createCStream();
	if (!pack->zstd)
		return -1;
	ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_windowLog, WINDOW_LOG);
	ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_hashLog, TABLES_LOG);
	ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_chainLog, TABLES_LOG);
	ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_checksumFlag, 1);
	return 0;
}
#endif

/* The best first. */
static const struct {
	const char *ending;
	int (*new)(struct pfnscope_pack *pack);
} kinds[] = {
#ifdef HAVE_ZSTD
	{ ".tar.zst", pack_zstd_new },
#endif
#ifdef HAVE_ZLIB
	{ ".tar.gz", pack_gzip_new },
	{ ".tgz", pack_gzip_new },
#endif
	{ ".tar", plain_new },
};

const char *pfnscope_pack_ending(void)
{
	return kinds[0].ending;
}

static int choose_path(struct pfnscope_pack *pack, const char *path)
{
	size_t length = strlen(path), i;

	for (i = 0; strcmp(path, "-") && i < ARRAY_SIZE(kinds); i++) {
		size_t ending = strlen(kinds[i].ending);

		if (length > ending && !strcmp(path + length - ending, kinds[i].ending))
			return kinds[i].new(pack);
	}
	return strcmp(path, "-") ? 1 : kinds[0].new(pack);
}

/* --- the file --- */

int pfnscope_pack_nowhere(void)
{
	return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

bool pfnscope_pack_is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

int pfnscope_pack_folder(const char *path, struct pfnscope_error *error)
{
	char *part = pfnscope_strdup(path), *slash = part + strspn(part, "/");
	int failed = 0;

	while (!failed && slash) {
		slash = strchr(slash, '/');
		if (slash)
			*slash = '\0';
		if (mkdir(part, 0700) && errno != EEXIST)
			failed = pfnscope_fail(error, PFNSCOPE_OUTPUT, "%s: %s", part,
					       strerror(errno));
		if (slash)
			*slash++ = '/';
	}
	free(part);
	return failed;
}

static int open_beside(struct pfnscope_pack *pack, struct pfnscope_error *error)
{
	pack->unfinished = pfnscope_format("%s.%d", pack->path, (int)getpid());
	pack->fd = open(pack->unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0600);
	if (pack->fd >= 0)
		return 0;
	pack_fail(pack, error, strerror(errno));
	free(pack->unfinished);
	pack->unfinished = NULL;
	return -1;
}

int pfnscope_pack_open(const char *path, struct pfnscope_pack **pack,
		       struct pfnscope_error *error)
{
	struct pfnscope_pack *new = pfnscope_calloc(1, sizeof(*new));
	int failed;

	new->free = plain_free;
	new->fd = dup(STDOUT_FILENO);
	if (strcmp(path, "-")) {
		close(new->fd);
		new->fd = -1;
		new->path = pfnscope_strdup(path);
	}
	failed = choose_path(new, path);
	if (failed > 0)
		pfnscope_fail(error, PFNSCOPE_USAGE,
			      "%s: the name of an archive ends in .tar, or in .tar.gz or .tar.zst where pfnscope was built with zlib or libzstd",
			      path);
	else if (failed)
		pfnscope_fail(error, PFNSCOPE_SYSTEM, "%s: the library that packs does not start", path);
	if (failed || (new->path && open_beside(new, error))) {
		pfnscope_pack_close(new);
		return -1;
	}
	*pack = new;
	return 0;
}

int pfnscope_pack_write(struct pfnscope_pack *pack, const char *text, size_t size,
			struct pfnscope_error *error)
{
	return size ? pack->step(pack, text, size, error) : 0;
}

/* The name is there after a crash only once the folder is on the disk as well. */
static int settle_name(struct pfnscope_pack *pack, struct pfnscope_error *error)
{
	const char *slash = strrchr(pack->path, '/');
	char *folder = slash ? pfnscope_strndup(pack->path, (size_t)(slash - pack->path + 1)) :
			       pfnscope_strdup(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fsync(pack->fd) || rename(pack->unfinished, pack->path) ||
		     fd < 0 || fsync(fd) ? errno : 0;

	if (fd >= 0)
		close(fd);
	free(folder);
	return failed ? pack_fail(pack, error, strerror(failed)) : 0;
}

int pfnscope_pack_finish(struct pfnscope_pack *pack, struct pfnscope_error *error)
{
	if (pack->step(pack, NULL, 0, error) || (pack->path && settle_name(pack, error)))
		return -1;
	free(pack->unfinished);
	pack->unfinished = NULL;
	return 0;
}

void pfnscope_pack_close(struct pfnscope_pack *pack)
{
	if (!pack)
		return;
	if (pack->unfinished)
		unlink(pack->unfinished);
	if (pack->fd >= 0)
		close(pack->fd);
	pack->free(pack);
	free(pack->unfinished);
	free(pack->path);
	free(pack);
}
