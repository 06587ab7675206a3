/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known about the running kernel, and how it was found. */
#ifndef PFNSCOPE_WALK_ABOUT_H
#define PFNSCOPE_WALK_ABOUT_H

#include "record.h"

bool pfnscope_about_fill(unsigned int index, struct pfnscope_about *record);

#endif /* PFNSCOPE_WALK_ABOUT_H */
