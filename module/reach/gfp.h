/* SPDX-License-Identifier: GPL-2.0-only */
/* The gfp flags of this kernel; their values move from version to version. */
#ifndef PFNSCOPE_REACH_GFP_H
#define PFNSCOPE_REACH_GFP_H

#include "record.h"

const struct pfnscope_gfp *pfnscope_gfp_nth(unsigned int n);

#endif /* PFNSCOPE_REACH_GFP_H */
