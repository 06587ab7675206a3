/* SPDX-License-Identifier: GPL-2.0-only */
/* The page of the map as it lies beside: page.html, page.css, page.js. */
#ifndef PFNSCOPE_MAP_PAGE_H
#define PFNSCOPE_MAP_PAGE_H

extern const char pfnscope_page_html[];
extern const char pfnscope_page_css[];
extern const char pfnscope_page_js[];

#endif
