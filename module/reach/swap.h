/* SPDX-License-Identifier: GPL-2.0-only */
/* Swap devices: struct swap_info_struct is public, the array of them is not. */
#ifndef PFNSCOPE_REACH_SWAP_H
#define PFNSCOPE_REACH_SWAP_H

#include "record-pools.h"

const char *pfnscope_swap_unavailable(void);
unsigned int pfnscope_swap_types(void);
bool pfnscope_swap_read(unsigned int type, struct pfnscope_swap *record);

#endif /* PFNSCOPE_REACH_SWAP_H */
