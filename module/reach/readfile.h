/* SPDX-License-Identifier: GPL-2.0-only */
/* A file that a parameter names, as a whole, while the module loads. */
#ifndef PFNSCOPE_REACH_READFILE_H
#define PFNSCOPE_REACH_READFILE_H

#include <linux/types.h>

int pfnscope_readfile(const char *path, void **data, size_t *len);

#endif /* PFNSCOPE_REACH_READFILE_H */
