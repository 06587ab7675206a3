/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The running kernel's own description of its types. Needed while the module
 * loads: whoever wants an answer asks in its init function and keeps it, then
 * the index (and the copy, where one was made) is given back.
 */
#ifndef PFNSCOPE_REACH_BTF_H
#define PFNSCOPE_REACH_BTF_H

#include "btf_blob.h"

int pfnscope_btf_load(void);
void pfnscope_btf_release(void);
bool pfnscope_btf_available(const char **reason);
const char *pfnscope_btf_source(void);

int pfnscope_btf_enum(const char *enum_name, const char *enumerator,
		      s64 *value);
int pfnscope_btf_struct_size(const char *name, u32 *size);
int pfnscope_btf_member(const char *struct_name, const char *member,
			struct pfnscope_btf_member *m);
int pfnscope_btf_tracepoint_arity(const char *name);

/* The offset of a member that the running kernel does not have. */
#define PFNSCOPE_BTF_ABSENT	(~0U)

/**
 * struct pfnscope_btf_want - a member of a private struct that is to be read
 * @type: the struct
 * @member: in it
 * @offset: where its offset in bytes is kept, or PFNSCOPE_BTF_ABSENT
 * @size: what it must have, in bytes; 0 for any
 * @optional: some kernels do without
 */
struct pfnscope_btf_want {
	const char *type;
	const char *member;
	u32 *offset;
	u32 size;
	bool optional;
};

int pfnscope_btf_offsets(const struct pfnscope_btf_want *wants,
			 unsigned int count);

#endif /* PFNSCOPE_REACH_BTF_H */
