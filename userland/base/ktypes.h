/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's names of integers, for the arithmetic that the module shares. */
#ifndef PFNSCOPE_BASE_KTYPES_H
#define PFNSCOPE_BASE_KTYPES_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t u64;
typedef int64_t s64;
typedef uint32_t u32;

#endif
