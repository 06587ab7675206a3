# SPDX-License-Identifier: GPL-2.0-only
# For drgn: the free, slab and page table pages of a 6.1 kernel, told from every struct page. Reads them a section at a time,
# because taking them one by one is slower still.
import os
import struct
import time

from drgn import FaultError, offsetof

SECTION = 32768
PAGE_TYPE_BASE, PG_BUDDY, PG_TABLE = 0xF0000000, 0x80, 0x200

page = prog.type("struct page")
size = page.size
flags_at, private_at, type_at = (offsetof(page, name) for name in ("flags", "private", "page_type"))
order_at = size + offsetof(page, "compound_order")
slab = 1 << prog["PG_slab"].value_()
head = 1 << prog["PG_head"].value_()
vmemmap = prog["vmemmap_base"].value_()
total = {"free": 0, "slab": 0, "page_table": 0}


def count(memory, pages):
    for at in range(0, pages * size, size):
        (flags,) = struct.unpack_from("Q", memory, at + flags_at)
        if flags & slab:
            total["slab"] += 1 << memory[at + order_at] if flags & head else 1
            continue
        (kind,) = struct.unpack_from("I", memory, at + type_at)
        if kind & (PAGE_TYPE_BASE | PG_BUDDY) == PAGE_TYPE_BASE:
            total["free"] += 1 << struct.unpack_from("Q", memory, at + private_at)[0]
        elif kind & (PAGE_TYPE_BASE | PG_TABLE) == PAGE_TYPE_BASE:
            total["page_table"] += 1


def pause():
    """Whoever compares wants to take others' totals now, with the memory of this process."""
    if os.path.exists("/tmp/wait"):
        open("/tmp/now", "w").close()
        while os.path.exists("/tmp/now"):
            time.sleep(0.05)


pause()
for node in range(prog["nr_online_nodes"].value_()):
    for zone in prog["node_data"][node].node_zones:
        pfn = zone.zone_start_pfn.value_()
        end = pfn + zone.spanned_pages.value_()
        while pfn < end:
            upto = min((pfn // SECTION + 1) * SECTION, end)
            try:
                count(prog.read(vmemmap + pfn * size, (upto - pfn) * size), upto - pfn)
            except FaultError:
                pass
            pfn = upto
for name, pages in total.items():
    print("theirs", name, pages)
pause()
