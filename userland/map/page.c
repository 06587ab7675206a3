// SPDX-License-Identifier: GPL-2.0-only
/* The page of the map, as it lies beside. */
#include "base/embed.h"
#include "map/page.h"

PFNSCOPE_EMBED(pfnscope_page_html, "map/page.html");
PFNSCOPE_EMBED(pfnscope_page_css, "map/page.css");
PFNSCOPE_EMBED(pfnscope_page_js, "map/page.js");
