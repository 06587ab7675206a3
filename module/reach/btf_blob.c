// SPDX-License-Identifier: GPL-2.0-only
/* A BTF blob as a whole: its header, its sections, the index over its types. */
#include "btf_format.h"

#ifdef __KERNEL__
#include <linux/sched.h>
#else
#define cond_resched() ((void)0)
#endif

#define BLOB_MAGIC		0xeb9f
#define BLOB_VERSION		1
#define BLOB_HEADER_MIN		24	/* 7.2 appends fields: use hdr_len */

/* How many bytes follow a record of each kind: fixed, and for each of vlen. */
static const struct {
	u8 fixed;
	u8 each;
} trailer[KINDS] = {
	[KIND_INT]		= { 4, 0 },
	[KIND_ARRAY]		= { 12, 0 },
	[KIND_STRUCT]		= { 0, 12 },
	[KIND_UNION]		= { 0, 12 },
	[KIND_ENUM]		= { 0, ENUM_BYTES },
	[KIND_FUNC_PROTO]	= { 0, 8 },
	[KIND_VAR]		= { 4, 0 },
	[KIND_DATASEC]		= { 0, 12 },
	[KIND_DECL_TAG]		= { 4, 0 },
	[KIND_ENUM64]		= { 0, ENUM64_BYTES },
};

struct blob_header {
	u16 magic;
	u8 version;
	u8 flags;
	u32 hdr_len;
	u32 type_off;
	u32 type_len;
	u32 str_off;
	u32 str_len;
};

static int refuse(struct pfnscope_btf_blob *blob, const char *reason)
{
	blob->reason = reason;
	return -EINVAL;
}

static bool section_fits(u32 hdr_len, u32 off, u32 section_len, size_t len)
{
	return (u64)hdr_len + off + section_len <= len;
}

static u32 round_up_to_power_of_two(u32 n)
{
	u32 power = 64;

	while (power < n)
		power *= 2;
	return power;
}

/**
 * pfnscope_btf_blob_open - check the header and find the sections
 * @blob: filled, but for the two arrays that the caller provides
 * @data: the blob, aligned to 4 bytes, which must outlive @blob
 * @len: its length
 *
 * Return: 0, or -EINVAL with @blob->reason set.
 */
int pfnscope_btf_blob_open(struct pfnscope_btf_blob *blob, const void *data,
			   size_t len)
{
	const struct blob_header *h = data;

	memset(blob, 0, sizeof(*blob));
	if (len < BLOB_HEADER_MIN)
		return refuse(blob, "the BTF is shorter than its header");
	if (h->magic != BLOB_MAGIC || h->version != BLOB_VERSION)
		return refuse(blob, "the BTF has an unknown magic or version");
	if (h->hdr_len < BLOB_HEADER_MIN || h->hdr_len % 4 || h->type_off % 4)
		return refuse(blob, "the BTF header is malformed");
	if (!section_fits(h->hdr_len, h->type_off, h->type_len, len) ||
	    !section_fits(h->hdr_len, h->str_off, h->str_len, len))
		return refuse(blob, "the BTF is truncated");

	blob->types = (const u8 *)data + h->hdr_len + h->type_off;
	blob->types_len = h->type_len;
	blob->strings = (const char *)data + h->hdr_len + h->str_off;
	blob->strings_len = h->str_len;
	if (!h->str_len || blob->strings[0] ||
	    blob->strings[h->str_len - 1])
		return refuse(blob, "the BTF strings are not terminated");

	/* Type id 0 is void and has no record. */
	blob->max_types = h->type_len / sizeof(struct type_record) + 1;
	blob->name_slots = round_up_to_power_of_two(blob->max_types / 4);
	return 0;
}

/* Only types that are asked for by name; nothing else is worth its slot. */
static bool wants_name(const struct pfnscope_btf_blob *blob,
		       const struct type_record *t)
{
	switch (kind_of(t)) {
	case KIND_STRUCT:
	case KIND_UNION:
	case KIND_ENUM:
	case KIND_ENUM64:
		return t->name_off;
	case KIND_TYPEDEF:
		return !strncmp(name_at(blob, t->name_off), TRACEPOINT_PREFIX,
				strlen(TRACEPOINT_PREFIX));
	default:
		return false;
	}
}

/* Where the search for a name begins. FNV-1a: short, no table, good enough. */
u32 pfnscope_btf_blob_hash(const char *name)
{
	u32 hash = 2166136261U;

	while (*name)
		hash = (hash ^ (u8)*name++) * 16777619U;
	return hash;
}

static void put_name(struct pfnscope_btf_blob *blob, u32 id, const char *name)
{
	u32 mask = blob->name_slots - 1;
	u32 slot = pfnscope_btf_blob_hash(name) & mask;

	while (blob->names[slot])
		slot = (slot + 1) & mask;
	blob->names[slot] = id;
}

/* Bytes that the record at @off occupies, or 0 where it cannot be one. */
static u32 record_size(const struct pfnscope_btf_blob *blob, u32 off)
{
	const struct type_record *t = (const void *)(blob->types + off);
	u32 left = blob->types_len - off;
	u64 size;

	if (left < sizeof(*t) || !kind_of(t) || kind_of(t) >= KINDS ||
	    t->name_off >= blob->strings_len)
		return 0;
	size = sizeof(*t) + trailer[kind_of(t)].fixed +
	       (u64)trailer[kind_of(t)].each * vlen_of(t);
	return size <= left ? size : 0;
}

/**
 * pfnscope_btf_blob_index - walk the types once and remember where they are
 * @blob: opened, with both arrays provided
 *
 * Return: 0, or -EINVAL with @blob->reason set.
 */
int pfnscope_btf_blob_index(struct pfnscope_btf_blob *blob)
{
	const struct type_record *t;
	u32 nr_names = 0;
	u32 id = 1;
	u32 off;
	u32 size;

	blob->offsets[0] = 0;
	for (off = 0; off < blob->types_len; off += size, id++) {
		size = record_size(blob, off);
		if (!size)
			return refuse(blob, "the BTF holds a malformed type");
		t = (const void *)(blob->types + off);
		blob->offsets[id] = off;
		if (wants_name(blob, t)) {
			/* One slot stays empty: it ends every search. */
			if (++nr_names >= blob->name_slots)
				return refuse(blob, "the BTF has too many names");
			put_name(blob, id, name_at(blob, t->name_off));
		}
		if (id % 4096 == 0)
			cond_resched();
	}
	blob->nr_types = id;
	return 0;
}

/*
 * The next type called @name, starting behind *@slot; several types may share
 * a name. Start with *@slot =
 * pfnscope_btf_blob_hash().
 */
const struct type_record *
pfnscope_btf_blob_next(const struct pfnscope_btf_blob *blob, const char *name,
		       u32 *slot)
{
	const struct type_record *t;
	u32 id;

	for (;;) {
		id = blob->names[*slot & (blob->name_slots - 1)];
		if (!id)
			return NULL;
		++*slot;
		t = type_at(blob, id);
		if (t && !strcmp(name_at(blob, t->name_off), name))
			return t;
	}
}
