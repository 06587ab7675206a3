/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The records of the BTF format (Documentation/bpf/btf.rst), for the files of
 * the parser only. The constants stand here, because the headers of 5.10 do not
 * know the kinds that a newer pahole writes.
 */
#ifndef PFNSCOPE_REACH_BTF_FORMAT_H
#define PFNSCOPE_REACH_BTF_FORMAT_H

#include "btf_blob.h"

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/string.h>
#else
#include <errno.h>
#include <string.h>
#endif

/* What the typedefs of tracepoints begin with. */
#define TRACEPOINT_PREFIX	"btf_trace_"

enum kind {
	KIND_INT = 1,
	KIND_PTR,
	KIND_ARRAY,
	KIND_STRUCT,
	KIND_UNION,
	KIND_ENUM,
	KIND_FWD,
	KIND_TYPEDEF,
	KIND_VOLATILE,
	KIND_CONST,
	KIND_RESTRICT,
	KIND_FUNC,
	KIND_FUNC_PROTO,
	KIND_VAR,
	KIND_DATASEC,
	KIND_FLOAT,
	KIND_DECL_TAG,
	KIND_TYPE_TAG,
	KIND_ENUM64,
	KINDS
};

/* The record that every type begins with. */
struct type_record {
	u32 name_off;
	u32 info;
	u32 size_or_type;
};

struct array_record {
	u32 type;
	u32 index_type;
	u32 count;
};

struct member_record {
	u32 name_off;
	u32 type;
	u32 offset;
};

#define ENUM_BYTES	8
#define ENUM64_BYTES	12

struct enum_record {
	u32 name_off;
	u32 low;
	u32 high;	/* enum64 only */
};

static inline enum kind kind_of(const struct type_record *t)
{
	return (t->info >> 24) & 0x7f;
}

/* 16 bits wide and followed by zeros up to 7.1, 24 bits since. */
static inline u32 vlen_of(const struct type_record *t)
{
	return t->info & 0xffffff;
}

static inline bool kind_flag(const struct type_record *t)
{
	return t->info >> 31;
}

static inline const void *after(const struct type_record *t)
{
	return t + 1;
}

static inline bool is_struct(const struct type_record *t)
{
	return kind_of(t) == KIND_STRUCT || kind_of(t) == KIND_UNION;
}

static inline bool is_enum(const struct type_record *t)
{
	return kind_of(t) == KIND_ENUM || kind_of(t) == KIND_ENUM64;
}

/* Empty where the offset is none. */
static inline const char *name_at(const struct pfnscope_btf_blob *blob,
				  u32 name_off)
{
	return name_off < blob->strings_len ? blob->strings + name_off : "";
}

/* NULL for void and for an id beyond the last. */
static inline const struct type_record *
type_at(const struct pfnscope_btf_blob *blob, u32 id)
{
	if (!id || id >= blob->nr_types)
		return NULL;
	return (const void *)(blob->types + blob->offsets[id]);
}

u32 pfnscope_btf_blob_hash(const char *name);
const struct type_record *
pfnscope_btf_blob_next(const struct pfnscope_btf_blob *blob, const char *name,
		       u32 *slot);

#endif /* PFNSCOPE_REACH_BTF_FORMAT_H */
