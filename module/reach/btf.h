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

#endif /* PFNSCOPE_REACH_BTF_H */
