/* SPDX-License-Identifier: GPL-2.0-only */
/* Checks of an address by what lies there, where it cannot be checked by name. */
#ifndef PFNSCOPE_REACH_SYMBOL_CONTENT_H
#define PFNSCOPE_REACH_SYMBOL_CONTENT_H

#include "symbol.h"

const char *pfnscope_symbol_content(enum pfnscope_symbol id,
				    unsigned long address, unsigned long size);

#endif /* PFNSCOPE_REACH_SYMBOL_CONTENT_H */
