/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads what stands around the module. */
#ifndef PFNSCOPE_READ_SYSTEM_H
#define PFNSCOPE_READ_SYSTEM_H

#include "model/system.h"
#include "read/source.h"

/* What cannot be read stays unknown: this never fails. */
void pfnscope_system_read(const struct pfnscope_source *source,
			  struct pfnscope_system *system);

#endif
