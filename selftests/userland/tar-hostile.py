#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Usage: tar-hostile.py ROOT FOLDER

Writes archives of the recorded root ROOT into FOLDER, each with one thing wrong that somebody may have meant; and good-*,
the same in ways that are fine. The name of a file is what is wrong with it."""

import io
import os
import sys
import tarfile

root, folder = sys.argv[1:]
BLOCK = 512


def entry(name, text=b"", **fields):
    info = tarfile.TarInfo(name)
    info.size = len(text)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, text


def pack(name, *entries, form=tarfile.USTAR_FORMAT, top=""):
    """ROOT, and then ENTRIES."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form) as archive:
        archive.add(root, arcname=top or ".")
        for info, text in entries:
            archive.addfile(info, io.BytesIO(text))
    with open(os.path.join(folder, name + ".tar"), "wb") as out:
        out.write(data.getvalue())
    return data.getvalue()


def write(name, data):
    with open(os.path.join(folder, name + ".tar"), "wb") as out:
        out.write(data)


def link(name, target, kind=tarfile.SYMTYPE):
    return entry(name, type=kind, linkname=target)


def head(name, size_field):
    """A header with a size as it is given, and the right checksum."""
    block = bytearray(entry(name)[0].tobuf(tarfile.USTAR_FORMAT)[:BLOCK])
    block[124:136] = size_field
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


long = "proc/" + "/".join(["a" * 90] * 6) + "/b"
whole = pack("good-ustar")
pack("good-gnu", entry(long, b"1\n"), form=tarfile.GNU_FORMAT)
pack("good-pax", entry(long, b"1\n"), form=tarfile.PAX_FORMAT)
pack("good-top", top="sosreport-host-1")
pack("good-link", link("sys/devices/here", "../kernel/mm"))
pack("good-unread", entry("var/log/" + "x" * 50, b"x" * 100000), top="")
pack("climbs", entry("proc/../../../tmp/pfnscope-climbed", b"x"))
pack("climbs-by-pax", entry("proc/" + "a" * 200 + "/../../../../tmp/pfnscope-climbed", b"x"), form=tarfile.PAX_FORMAT)
write("absolute", entry("/tmp/pfnscope-climbed", type=tarfile.REGTYPE)[0].tobuf() + whole)
pack("link-absolute", link("proc/vmstat", "/etc/passwd"))
pack("link-climbs", link("proc/vmstat", "../../etc/passwd"))
pack("hard-link-climbs", link("proc/vmstat", "../etc/passwd", tarfile.LNKTYPE))
pack("sparse", entry("proc/vmstat", type=tarfile.GNUTYPE_SPARSE))
write("huge-octal", head("proc/zoneinfo", b"77777777777\0") + b"x" * BLOCK)
write("huge-binary", head("proc/zoneinfo", b"\x80" + b"\x7f" * 11) + b"x" * BLOCK)
write("huge-negative", head("proc/zoneinfo", b"\xff" * 12) + b"x" * BLOCK)
write("size-is-no-number", head("proc/zoneinfo", b"12x45678901\0") + b"x" * BLOCK)
write("promises-more", head("proc/zoneinfo", b"00400000000\0") + b"x" * BLOCK)
write("cut-in-a-file", whole[:whole.index(b"Node 0") + 100])
write("cut-in-a-head", whole[:BLOCK + 100])
write("cut-between", whole[:BLOCK])
second = whole.index(b"ustar", BLOCK) - 257
write("damaged-head", whole[:second] + b"\xff" * BLOCK + whole[second + BLOCK:])
write("empty", b"")
write("nothing-in-it", b"\0" * BLOCK * 2)
write("text", b"Out of memory: Killed process 1 (a)\n" * 100)
write("pax-damaged", entry("x", b"9999 path=a\n", type=b"x")[0].tobuf() + b"9999 path=a\n".ljust(BLOCK, b"\0"))
write("pax-without-end", entry("x", b"12 path=abcd", type=b"x")[0].tobuf() + b"12 path=abcd".ljust(BLOCK, b"\0"))
write("name-too-long", entry("x", b"a" * 5000, type=b"L")[0].tobuf() + b"a" * 5120)
