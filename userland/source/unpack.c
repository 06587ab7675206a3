// SPDX-License-Identifier: GPL-2.0-only
/*
 * gzip, xz and zstd, by those of their libraries that were there when this
 * command was built. A log of any size is unpacked in little memory; what asks
 * for more is left to the program that packed it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/unpack.h"

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_LZMA
#include <lzma.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

/* Of a dictionary, in bytes: 2^25. */
#define WINDOW_LOG	25

#define DAMAGED		"the compressed data is damaged"

/**
 * struct pfnscope_unpack - one compressed file
 * @step: as pfnscope_unpack_step()
 * @free: frees the state of the library
 * @complete: nothing is open
 */
struct pfnscope_unpack {
	int (*step)(struct pfnscope_unpack *unpack,
		    struct pfnscope_unpack_step *step, const char **reason);
	void (*free)(struct pfnscope_unpack *unpack);
	bool complete;
#ifdef HAVE_ZLIB
	z_stream gzip;
#endif
#ifdef HAVE_LZMA
	lzma_stream xz;
#endif
#ifdef HAVE_ZSTD
	ZSTD_DStream *zstd;
#endif
};

static int unpack_fail(const char **reason, const char *why)
{
	*reason = why;
	return -1;
}

#ifdef HAVE_ZLIB
static void unpack_gzip_free(struct pfnscope_unpack *unpack)
{
	inflateEnd(&unpack->gzip);
}

/* A rotated log may be several gzip files one behind the other. */
static int unpack_gzip_step(struct pfnscope_unpack *unpack,
			    struct pfnscope_unpack_step *step, const char **reason)
{
	z_stream *z = &unpack->gzip;
	int result;

	if (unpack->complete && step->in_size)
		inflateReset(z);
	z->next_in = (z_const Bytef *)(uintptr_t)step->in;
	z->avail_in = (uInt)step->in_size;
	z->next_out = (Bytef *)step->out;
	z->avail_out = (uInt)step->out_size;
	result = inflate(z, Z_NO_FLUSH);
	step->in += step->in_size - z->avail_in;
	step->in_size = z->avail_in;
	step->out += step->out_size - z->avail_out;
	step->out_size = z->avail_out;
	unpack->complete = result == Z_STREAM_END;
	return result == Z_OK || result == Z_STREAM_END ||
	       result == Z_BUF_ERROR ? 0 : unpack_fail(reason, DAMAGED);
}

static int unpack_gzip_new(struct pfnscope_unpack *unpack, const char **reason)
{
	if (inflateInit2(&unpack->gzip, 16 + MAX_WBITS) != Z_OK)
		return unpack_fail(reason, "zlib does not start");
	unpack->step = unpack_gzip_step;
	unpack->free = unpack_gzip_free;
	return 0;
}
#else
static int unpack_gzip_new(struct pfnscope_unpack *unpack, const char **reason)
{
	(void)unpack;
	return unpack_fail(reason, "gzip, and this pfnscope was built without zlib; gzip -dc FILE | pfnscope oom");
}
#endif

#ifdef HAVE_LZMA
static void unpack_xz_free(struct pfnscope_unpack *unpack)
{
	lzma_end(&unpack->xz);
}

static int unpack_xz_step(struct pfnscope_unpack *unpack,
			  struct pfnscope_unpack_step *step, const char **reason)
{
	lzma_stream *xz = &unpack->xz;
	lzma_ret result;

	xz->next_in = (const uint8_t *)step->in;
	xz->avail_in = step->in_size;
	xz->next_out = (uint8_t *)step->out;
	xz->avail_out = step->out_size;
	result = lzma_code(xz, step->last ? LZMA_FINISH : LZMA_RUN);
	step->in = (const char *)xz->next_in;
	step->in_size = xz->avail_in;
	step->out = (char *)xz->next_out;
	step->out_size = xz->avail_out;
	unpack->complete = result == LZMA_STREAM_END;
	if (result == LZMA_MEMLIMIT_ERROR)
		return unpack_fail(reason, "needs much memory; xz -dc FILE | pfnscope oom");
	return result == LZMA_OK || result == LZMA_STREAM_END ||
	       result == LZMA_BUF_ERROR ? 0 : unpack_fail(reason, DAMAGED);
}

static int unpack_xz_new(struct pfnscope_unpack *unpack, const char **reason)
{
	uint64_t limit = (UINT64_C(1) << WINDOW_LOG) + (1 << 20);

	unpack->xz = (lzma_stream)LZMA_STREAM_INIT;
	if (lzma_stream_decoder(&unpack->xz, limit, LZMA_CONCATENATED) !=
	    LZMA_OK)
		return unpack_fail(reason, "liblzma does not start");
	unpack->step = unpack_xz_step;
	unpack->free = unpack_xz_free;
	return 0;
}
#else
static int unpack_xz_new(struct pfnscope_unpack *unpack, const char **reason)
{
	(void)unpack;
	return unpack_fail(reason, "xz, and this pfnscope was built without liblzma; xz -dc FILE | pfnscope oom");
}
#endif

#ifdef HAVE_ZSTD
static void unpack_zstd_free(struct pfnscope_unpack *unpack)
{
	ZSTD_freeDStream(unpack->zstd);
}

static int unpack_zstd_step(struct pfnscope_unpack *unpack,
			    struct pfnscope_unpack_step *step, const char **reason)
{
	ZSTD_inBuffer in = { step->in, step->in_size, 0 };
	ZSTD_outBuffer out = { step->out, step->out_size, 0 };
	size_t result = ZSTD_decompressStream(unpack->zstd, &out, &in);

	step->in += in.pos;
	step->in_size -= in.pos;
	step->out += out.pos;
	step->out_size -= out.pos;
	if (ZSTD_isError(result))
		return unpack_fail(reason, ZSTD_getErrorName(result));
	/* Behind the last frame it waits for another one. */
	if (in.pos || out.pos)
		unpack->complete = !result;
	return 0;
}

static int unpack_zstd_new(struct pfnscope_unpack *unpack, const char **reason)
{
	unpack->zstd = ZSTD_createDStream();
	if (!unpack->zstd)
		return unpack_fail(reason, "libzstd does not start");
	ZSTD_DCtx_setParameter(unpack->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
	unpack->step = unpack_zstd_step;
	unpack->free = unpack_zstd_free;
	return 0;
}
#else
static int unpack_zstd_new(struct pfnscope_unpack *unpack, const char **reason)
{
	(void)unpack;
	return unpack_fail(reason, "zstd, and this pfnscope was built without libzstd; zstd -dc FILE | pfnscope oom");
}
#endif

static int bzip2_new(struct pfnscope_unpack *unpack, const char **reason)
{
	(void)unpack;
	return unpack_fail(reason, "bzip2; bzip2 -dc FILE | pfnscope oom");
}

static int lz4_new(struct pfnscope_unpack *unpack, const char **reason)
{
	(void)unpack;
	return unpack_fail(reason, "lz4; lz4 -dc FILE | pfnscope oom");
}

static const struct {
	const char *magic;
	size_t size;
	int (*new)(struct pfnscope_unpack *unpack, const char **reason);
} kinds[] = {
	{ "\x1f\x8b\x08", 3, unpack_gzip_new },
	{ "\xfd" "7zXZ\0", 6, unpack_xz_new },
	{ "\x28\xb5\x2f\xfd", 4, unpack_zstd_new },
	{ "BZh", 3, bzip2_new },
	{ "\x04\x22\x4d\x18", 4, lz4_new },
};

int pfnscope_unpack_new(const char *begin, size_t size,
			struct pfnscope_unpack **unpack, const char **reason)
{
	*unpack = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (size < kinds[i].size ||
		    memcmp(begin, kinds[i].magic, kinds[i].size))
			continue;
		*unpack = pfnscope_calloc(1, sizeof(**unpack));
		if (!kinds[i].new(*unpack, reason))
			return 0;
		free(*unpack);
		*unpack = NULL;
		return -1;
	}
	return 0;
}

int pfnscope_unpack_step(struct pfnscope_unpack *unpack,
			 struct pfnscope_unpack_step *step, const char **reason)
{
	return unpack->step(unpack, step, reason);
}

bool pfnscope_unpack_complete(const struct pfnscope_unpack *unpack)
{
	return unpack->complete;
}

void pfnscope_unpack_free(struct pfnscope_unpack *unpack)
{
	if (!unpack)
		return;
	unpack->free(unpack);
	free(unpack);
}
