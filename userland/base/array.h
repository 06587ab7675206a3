/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PFNSCOPE_BASE_ARRAY_H
#define PFNSCOPE_BASE_ARRAY_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#endif
