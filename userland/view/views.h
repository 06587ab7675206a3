/* SPDX-License-Identifier: GPL-2.0-only */
/* All files of the module in debugfs that are one table. */
#ifndef PFNSCOPE_VIEW_VIEWS_H
#define PFNSCOPE_VIEW_VIEWS_H

#include "table/field.h"

/* Ended by NULL. */
extern const struct pfnscope_view *const pfnscope_views[];
/* What a file of the module is whose head says @name, @length characters; or NULL. */
const struct pfnscope_view *pfnscope_view_of_head(const char *name, size_t length);

#endif
