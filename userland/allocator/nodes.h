/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of nodes as the kernel prints them. */
#ifndef PFNSCOPE_ALLOCATOR_NODES_H
#define PFNSCOPE_ALLOCATOR_NODES_H

#include <stdint.h>

uint64_t pfnscope_node_bits(const char *list);

#endif
