#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes proc/kpageflags and proc/kpagecgroup below ROOT: the block of 512 pages at FIRST, and nothing for all others.

Its pages, by the numbers of the kernel's include/uapi/linux/kernel-page-flags.h: 100 free, a slab of 8 as kernels since
6.10 mark it, 4 page tables, 20 anonymous of which 12 are charged to ID, 10 of a file on their way to the LRU, 370
without a flag.
"""
import os
import struct
import sys

UPTODATE, LRU, SLAB, BUDDY, MMAP, ANON, SWAPBACKED, HEAD, TAIL, PGTABLE = 3, 5, 7, 10, 11, 12, 14, 15, 16, 26


def flags(*bits):
    return sum(1 << bit for bit in bits)


root, first, cgroup = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
pages = ([flags(BUDDY)] * 100 + [flags(SLAB, HEAD)] + [flags(TAIL)] * 7 + [flags(PGTABLE, MMAP)] * 4 +
         [flags(UPTODATE, LRU, MMAP, ANON, SWAPBACKED)] * 20 + [flags(UPTODATE)] * 10 + [0] * 370)
owners = [0] * 112 + [cgroup] * 12 + [0] * 387
for name, numbers in (("kpageflags", pages), ("kpagecgroup", owners)):
    with open(os.path.join(root, "proc", name), "wb") as file:
        file.seek(8 * first)
        file.write(struct.pack("<%dQ" % len(numbers), *numbers))
