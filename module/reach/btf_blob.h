/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions to a BTF blob: what is the value of this enumerator, how large is
 * that struct, where in it is the member. Bytes in, answers out: no allocation,
 * no lock, nothing of the kernel's, so that the same lines are tested in user
 * space on the BTF of every kernel and on damaged copies of it.
 *
 * A blob is not trusted. Every offset, length, name and type id is compared
 * with the section it points into before it is followed, and every chain and
 * recursion ends after a fixed number of steps.
 */
#ifndef PFNSCOPE_REACH_BTF_BLOB_H
#define PFNSCOPE_REACH_BTF_BLOB_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>
typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;
#endif

/**
 * struct pfnscope_btf_member - where a member lies in its struct
 * @bit_offset: from the start of the struct
 * @size: of its type, in bytes; an array counts whole
 * @bitfield_bits: width of a bit-field, 0 for any other member
 */
struct pfnscope_btf_member {
	u32 bit_offset;
	u32 size;
	u32 bitfield_bits;
};

/**
 * struct pfnscope_btf_blob - a blob and the index over it
 * @types: type section, of @types_len bytes
 * @strings: string section, of @strings_len bytes, the last one NUL
 * @offsets: offset of each type id in @types; the caller provides @max_types
 * @names: hash table of type ids, 0 is empty; the caller provides @name_slots
 *	of them, zeroed
 * @nr_types: type ids are below this
 * @reason: why the blob was refused
 *
 * pfnscope_btf_blob_open() sets everything but @offsets and @names; the caller
 * allocates those two and calls pfnscope_btf_blob_index().
 */
struct pfnscope_btf_blob {
	const u8 *types;
	u32 types_len;
	const char *strings;
	u32 strings_len;
	u32 *offsets;
	u32 max_types;
	u32 nr_types;
	u32 *names;
	u32 name_slots;
	const char *reason;
};

int pfnscope_btf_blob_open(struct pfnscope_btf_blob *blob, const void *data,
			   size_t len);
int pfnscope_btf_blob_index(struct pfnscope_btf_blob *blob);

int pfnscope_btf_blob_enum(const struct pfnscope_btf_blob *blob,
			   const char *enum_name, const char *enumerator,
			   s64 *value);
int pfnscope_btf_blob_struct_size(const struct pfnscope_btf_blob *blob,
				  const char *name, u32 *size);
int pfnscope_btf_blob_member(const struct pfnscope_btf_blob *blob,
			     const char *struct_name, const char *member,
			     struct pfnscope_btf_member *m);
int pfnscope_btf_blob_tracepoint_arity(const struct pfnscope_btf_blob *blob,
				       const char *name);

#endif /* PFNSCOPE_REACH_BTF_BLOB_H */
