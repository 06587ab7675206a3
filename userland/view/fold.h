/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables too long for the terminal they are shown on: what matters least becomes one
 * row, so that sums still hold. A file or a pipe gets every row.
 */
#ifndef PFNSCOPE_VIEW_FOLD_H
#define PFNSCOPE_VIEW_FOLD_H

#include "table/table.h"

/* Each makes @table, which is sorted, some @rows long at most where it can. */
void pfnscope_slabs_fold(struct pfnscope_table *table, size_t rows);
/*
 * Of owners, and of owners by block: what is below one per cent of its zone, or
 * below some more where that is not enough.
 */
void pfnscope_owners_fold(struct pfnscope_table *table, size_t rows);
/* Flags have no order of weight: two of them share a line. */
void pfnscope_gfp_fold(struct pfnscope_table *table, size_t rows);
/* What comes last. */
void pfnscope_whose_fold(struct pfnscope_table *table, size_t rows);
void pfnscope_files_fold(struct pfnscope_table *table, size_t rows);
void pfnscope_processes_fold(struct pfnscope_table *table, size_t rows);
/* What is as it has to be. */
void pfnscope_about_fold(struct pfnscope_table *table, size_t rows);

#endif
