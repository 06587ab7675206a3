#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints how many pixels of each colour a PNG of 8-bit indices has: RRGGBB COUNT."""
import collections
import struct
import sys
import zlib

data = open(sys.argv[1], "rb").read()
at, chunks = 8, collections.defaultdict(bytes)
while at < len(data):
    length, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + length]
    if struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] != zlib.crc32(kind + body):
        sys.exit("bad checksum of " + kind.decode())
    chunks[kind] += body
    at += 12 + length
width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
if (depth, colour) != (8, 3):
    sys.exit("not a palette of 8 bits")
rows, palette = zlib.decompress(chunks[b"IDAT"]), chunks[b"PLTE"]
if len(rows) != height * (width + 1):
    sys.exit("not as many pixels as it says")
count = collections.Counter()
for y in range(height):
    row = rows[y * (width + 1):(y + 1) * (width + 1)]
    if row[0]:
        sys.exit("a filter, which a palette is not written with")
    count.update(row[1:])
for index, pixels in sorted(count.items()):
    print(palette[3 * index:3 * index + 3].hex(), pixels)
