#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Usage: top-screen.py PFNSCOPE FIXTURES

`pfnscope top` on a terminal of our own: what is on the screen of each page is what the command of that page prints, keys
and changes of its size do what they are for, and however it ends the terminal is left as it was. Prints KTAP."""

import fcntl
import io
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tarfile
import tempfile
import termios
import time

PROGRAM, FIXTURES = sys.argv[1:3]
PATIENCE = 30 * int(os.environ.get("PATIENCE", "1"))
count = bad = 0


def result(good, name, *details):
    global count, bad
    count += 1
    bad += not good
    print(("ok" if good else "not ok") + f" {count} - {name}")
    for text in details if not good else ():
        for line in str(text).splitlines():
            print("# " + line)
    sys.stdout.flush()


class Terminal:
    """Letters where escape sequences put them: those that ncurses writes for vt100 and xterm."""

    SEQUENCE = re.compile(r"\x1b\[([?>]?)([0-9;]*)([@-~])|\x1b[()][A-Z0-9]|\x1b[=>78MDEHc]")

    def __init__(self, rows, columns):
        self.modes, self.unknown, self.rest, self.sgr = set(), [], "", ""
        self.coloured = []
        self.resize(rows, columns)

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.top, self.bottom = 0, rows - 1
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.row = self.column = 0

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)

    def line(self, row):
        return "".join(self.cells[row]).rstrip()

    def scroll(self, by):
        for _ in range(abs(by)):
            gone, new = (self.top, self.bottom) if by > 0 else (self.bottom, self.top)
            del self.cells[gone]
            self.cells.insert(new, [" "] * self.columns)

    def down(self):
        if self.row == self.bottom:
            self.scroll(1)
        elif self.row + 1 < self.rows:
            self.row += 1

    def put(self, letter):
        if self.column >= self.columns:     # the margin wraps with the next letter
            self.column = 0
            self.down()
        self.cells[self.row][self.column] = letter
        if self.sgr not in ("", "0", "7", "0;7"):
            self.coloured.append((self.sgr, letter))
        self.last = letter
        self.column += 1

    def erase(self, kind, first, last):
        for place in range(*((first, last) if kind == 0 else (0, first + 1) if kind == 1 else (0, last))):
            yield place

    def control(self, private, words, end):
        numbers = [int(word) if word else 0 for word in words.split(";")]
        n = numbers[0] or 1
        row = self.cells[self.row]
        if private:
            if end in "hl":
                for mode in numbers:
                    (self.modes.add if end == "h" else self.modes.discard)(mode)
            return
        if end in "Hf":
            self.row = min(n, self.rows) - 1
            self.column = min((numbers + [0, 0])[1] or 1, self.columns) - 1
        elif end == "J":
            for line in self.erase(numbers[0], self.row + 1, self.rows):
                self.cells[line] = [" "] * self.columns
            if numbers[0] == 0:
                row[self.column:] = [" "] * (self.columns - self.column)
        elif end == "K":
            for place in self.erase(numbers[0], self.column, self.columns):
                row[place] = " "
        elif end == "m":
            self.sgr = words if words not in ("0", "") else ""
        elif end == "A":
            self.row = max(self.row - n, 0)
        elif end == "B":
            self.row = min(self.row + n, self.rows - 1)
        elif end == "C":
            self.column = min(self.column + n, self.columns - 1)
        elif end == "D":
            self.column = max(self.column - n, 0)
        elif end in "G`":
            self.column = min(n, self.columns) - 1
        elif end == "d":
            self.row = min(n, self.rows) - 1
        elif end == "X":
            row[self.column:self.column + n] = [" "] * min(n, self.columns - self.column)
        elif end == "P":
            del row[self.column:self.column + n]
            row += [" "] * (self.columns - len(row))
        elif end == "@":
            row[self.column:self.column] = [" "] * n
            del row[self.columns:]
        elif end in "LM":
            for _ in range(n):
                del self.cells[self.bottom if end == "L" else self.row]
                self.cells.insert(self.row if end == "L" else self.bottom, [" "] * self.columns)
        elif end in "ST":
            self.scroll(n if end == "S" else -n)
        elif end == "b":
            for _ in range(n):
                self.put(self.last)
        elif end == "r":
            self.top, self.bottom = n - 1, ((numbers + [0])[1] or self.rows) - 1
            self.row = self.column = 0
        elif end in "hl":
            pass
        else:
            self.unknown.append(f"CSI {words} {end}")

    def feed(self, text):
        text = self.rest + text
        at = 0
        while at < len(text):
            letter = text[at]
            if letter == "\x1b":
                match = self.SEQUENCE.match(text, at)
                if not match:
                    if len(text) - at < 16:
                        break
                    self.unknown.append(repr(text[at:at + 8]))
                    at += 1
                    continue
                if match.group(3):
                    self.control(match.group(1), match.group(2), match.group(3))
                elif match.group(0) == "\x1bM":
                    if self.row == self.top:
                        self.scroll(-1)
                    else:
                        self.row -= 1
                at = match.end()
                continue
            if letter == "\r":
                self.column = 0
            elif letter == "\n":
                self.down()
            elif letter == "\b":
                self.column = max(min(self.column, self.columns) - 1, 0)
            elif letter == "\t":
                self.column = min(self.column // 8 * 8 + 8, self.columns - 1)
            elif letter >= " ":
                self.put(letter)
            at += 1
        self.rest = text[at:]


class Session:
    """The command on such a terminal; what stays of its settings is looked at from the other end."""

    def __init__(self, *words, rows=24, columns=80, term="vt100", **environment):
        self.terminal = Terminal(rows, columns)
        self.ours, self.theirs = pty.openpty()
        self.size(rows, columns)
        self.before = termios.tcgetattr(self.theirs)
        variables = dict(os.environ, TERM=term, LC_ALL="C.UTF-8", **environment)
        for name in ("COLUMNS", "LINES", "COLORTERM"):
            variables.pop(name, None)

        def own_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen([PROGRAM, "top", *words], stdin=self.theirs, stdout=self.theirs,
                                        stderr=subprocess.PIPE, env=variables, preexec_fn=own_terminal)

    def size(self, rows, columns):
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        ready, _, _ = select.select([self.ours], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.ours, 65536)
        except OSError:
            return False
        self.terminal.feed(data.decode("utf-8", "replace"))
        return bool(data)

    def wait(self, condition):
        """Until the screen is so, and for a while in which nothing more is written."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition(self.terminal):
                while self.read(0.1):
                    pass
                if condition(self.terminal):
                    return True
            self.read(0.2)
            if self.process.poll() is not None and not self.read(0):
                return condition(self.terminal)
        return False

    def shows(self, text):
        return self.wait(lambda terminal: text in terminal.text())

    def reads(self, least):
        """The clock goes on while the screen is looked at."""
        def is_there(terminal):
            number = re.search(r"reading (\d+),", terminal.line(terminal.rows - 1))
            return number and int(number.group(1)) >= least
        return self.wait(is_there)

    def type(self, keys):
        os.write(self.ours, keys.encode())

    def resize(self, rows, columns):
        self.terminal.resize(rows, columns)
        self.size(rows, columns)        # which sends the signal

    def end(self, how=None):
        """Its status; what it wrote to stderr is in self.errors."""
        if isinstance(how, str):
            self.type(how)
        elif how:
            self.process.send_signal(how)
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.1)
        while self.read(0.1):
            pass
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.errors = self.process.stderr.read().decode()
        return self.process.returncode

    def is_restored(self):
        return (termios.tcgetattr(self.theirs) == self.before and not self.terminal.sgr and
                not self.terminal.modes & {1, 1000, 1002, 1049})

    def close(self):
        self.process.stderr.close()
        os.close(self.ours)
        os.close(self.theirs)


def prints(*words):
    """What the command prints elsewhere, without the blanks at the ends of lines."""
    run = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8"))
    return [line.rstrip() for line in run.stdout.splitlines()]


ROOT = ("--root", os.path.join(FIXTURES, "7.2-numa"))
PAGES = [("overview", "status"), ("zones", "zones"), ("freelists", "freelists"), ("reclaim", "reclaim"), ("lru", "lru"),
         ("slabs", "slabs"), ("hugepages", "hugepages"), ("swap", "swap"), ("events", "latency"), ("map", "map")]

# --- each page, by its key, against what its command prints ---

session = Session(*ROOT)
for key, (page, command) in enumerate(PAGES, 1):
    key %= 10
    session.type(str(key))
    wanted = prints(command, *ROOT)[:12]
    good = session.wait(lambda terminal: all(line[:80].rstrip() in terminal.text().split("\n") for line in wanted) and
                        f"[{key} " in terminal.line(0))
    result(good, f"page {key}: what {command} prints is on the screen", session.terminal.text())
result(session.terminal.line(23).startswith("recorded, reading 1,"), "a recorded root is read once",
       session.terminal.line(23))
result(all(len(row) == 80 for row in session.terminal.cells) and not session.terminal.unknown,
       "and the screen has 24 lines of 80 columns", session.terminal.unknown)

# --- keys ---

session.type("6")
session.shows("(all caches)")
session.type("\x1bOB\x1bOB\x1bOB")
slabs = prints("slabs", *ROOT)
result(session.wait(lambda terminal: terminal.line(1) == slabs[2]), "three lines down", session.terminal.text())
session.type("kkk")
result(session.wait(lambda terminal: terminal.line(2) == slabs[0]), "and up again", session.terminal.text())
session.type("\x1bOC")
result(session.wait(lambda terminal: terminal.line(2) == slabs[0][8:]), "sideways", session.terminal.text())
session.type("\x1bOD")
session.type("/kmalloc-cg\r")
only = [line for line in slabs[1:] if "kmalloc-cg" in line]
result(session.wait(lambda terminal: terminal.line(3).split() == only[0].split() and "task_struct" not in terminal.text()) and len(only) > 2,
       "/ leaves the rows with a word in them", session.terminal.text())
result("/kmalloc-cg" in session.terminal.line(23), "and says so", session.terminal.line(23))
session.type("/\x15\r")
result(session.shows("task_struct"), "and nothing leaves all of them", session.terminal.text())
session.type("Fname\r")
names = sorted(line.split()[0] for line in slabs[1:])
result(session.wait(lambda terminal: [terminal.line(row).split()[0] for row in range(3, 8)] ==
                    [name for name in sorted(names)][:5]) or
       "by name" in session.terminal.line(23), "F sorts", session.terminal.text())
session.type("F\x15nonsense\x1b")
result(session.wait(lambda terminal: "by name" in terminal.line(23)), "Escape leaves it as it was", session.terminal.text())
session.type("F\x15\r")
result(session.wait(lambda terminal: terminal.line(3) == slabs[1]), "and nothing is the usual order", session.terminal.text())
session.type(">>>")
result(session.shows("by objects,"), "> chooses a column", session.terminal.line(23))
session.type("<")
result(session.shows("by name,"), "< the one to the left", session.terminal.line(23))
session.type("<<")
result(session.wait(lambda terminal: ", by " not in terminal.line(23)), "and left of all is the usual order",
       session.terminal.line(23))
session.type("h")
result(session.shows("scan now"), "h lists the keys", session.terminal.text())
session.type("x")
result(session.shows("(all caches)"), "and any key ends that", session.terminal.text())
session.type("\t")
result(session.shows("[7 Huge]"), "Tab is the next page", session.terminal.text())

# --- sizes ---

session.type("6")
session.shows("(all caches)")
for rows, columns in ((40, 132), (24, 80), (10, 40), (3, 20), (2, 10), (1, 1), (24, 80)):
    session.resize(rows, columns)
    body = max(rows - 2, 0)
    want = ([prints("slabs", *ROOT)[0]] + slabs[1:])[:max(body - 1, 0)]
    good = session.wait(lambda terminal: rows < 3 or
                        [terminal.line(row + 2) for row in range(len(want))] == [line[:columns].rstrip() for line in want])
    result(good and session.process.poll() is None, f"{columns} columns by {rows} lines", session.terminal.text())

# --- how it ends ---

result(session.end("q") == 0 and not session.errors, "q ends it", session.process.returncode, session.errors)
result(session.is_restored(), "and the terminal is as it was", session.terminal.modes)
session.close()
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
    session = Session(*ROOT, term="xterm")
    good = session.shows("worst zone")
    changed = not session.is_restored()
    status = session.end(number)
    result(good and changed and status == -number and session.is_restored(),
           f"{number.name} ends it, and the terminal is as it was", status, session.errors, session.terminal.modes)
    session.close()
session = Session(*ROOT)
good = session.shows("worst zone")
status = session.end("\x03")
result(good and status == -signal.SIGINT and session.is_restored(), "and so does ^C", status, session.errors)
session.close()
session = Session(*ROOT)
good = session.shows("worst zone")
session.process.stderr.close()
os.close(session.theirs)
os.close(session.ours)
try:
    session.process.wait(PATIENCE)
except subprocess.TimeoutExpired:
    good = False
    session.process.kill()
result(good and session.process.returncode in (0, -signal.SIGHUP), "a terminal that goes away ends it",
       session.process.returncode)

# --- a folder of recordings ---

folder = tempfile.mkdtemp()
os.mkdir(os.path.join(folder, "2026-11-27"))
for number, free in enumerate((1000, 1100, 1300)):
    text = ("pfnscope zones 1.0\nnode zone present_pages managed_pages free_pages min_pages low_pages high_pages\n"
            f"0 DMA 4000 4000 {free} 40 50 60\n").encode()
    with tarfile.open(os.path.join(folder, f"2026-11-27/1700{number}0.tar"), "w") as archive:
        member = tarfile.TarInfo("./sys/kernel/debug/pfnscope/zones")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
session = Session("--from", folder, "--page", "zones")


def is_at(nth, seconds, change):
    return session.wait(lambda terminal: terminal.line(23).startswith(f"2026-11-27/1700{seconds} UTC, {nth} of 3, ") and
                        (change in terminal.text() if change else "+" not in terminal.text()))


result(is_at(3, 20, " +80K "), "of a folder of recordings the last one, and what changed since the one before",
       session.terminal.text())
session.type("[")
result(is_at(2, 10, " +40K "), "[ is the one before, and what had changed then", session.terminal.text())
session.type("[")
result(is_at(1, "00", None), "the first one has none before it", session.terminal.text())
session.type("[]")
result(is_at(2, 10, " +40K "), "] is the next one", session.terminal.text())
with open(os.path.join(folder, "2026-11-27/170020.tar"), "wb") as archive:
    archive.write(b"no archive")
session.type("]")
result(session.wait(lambda terminal: "170020.tar" in terminal.line(23) and " +40K " in terminal.text()),
       "one that is damaged is not gone to, and why is told", session.terminal.line(23))
session.type("2\t")
result(session.shows("[3 Free]"), "and another page can be looked at", session.terminal.text())
result(session.end("q") == 0 and session.is_restored(), "which ends as others do", session.errors)
session.close()
shutil.rmtree(folder)

# --- a running system ---

session = Session("-d", "0.2", "--page", "zones")
result(session.reads(3), "a running system is read again and again", session.terminal.text())
session.type(" ")
good = session.shows("paused, reading ")
line = session.terminal.line(23)
time.sleep(1)
session.read(0.3)
result(good and session.terminal.line(23) == line, "space pauses it", line, session.terminal.line(23))
session.type(" ")
number = int(re.search(r"reading (\d+)", line).group(1))
result(session.reads(number + 2), "and goes on", session.terminal.line(23))
result(re.search(r"cost [0-9.]+[mun]*s/s", session.terminal.line(23)), "what it costs is told", session.terminal.line(23))
status = session.end("q")
result(status == 0 and session.is_restored(), "and it ends", status, session.errors)
session.close()
session = Session("-d", "0.1", "-n", "4")
result(session.end() == 0 and session.is_restored(), "-n ends it by itself", session.process.returncode, session.errors)
session.close()

# --- colours ---

for wanted, environment in ((True, {}), (False, {"NO_COLOR": "1"})):
    session = Session("--page", "zones", "--root", os.environ["MARKED"], term="xterm-256color", **environment)
    good = session.shows("below_min")
    letters = {sgr for sgr, letter in session.terminal.coloured if "3" in sgr}
    result(good and bool(letters) == wanted, "numbers past a limit " + ("are coloured" if wanted else "are not, with NO_COLOR"),
           session.terminal.text(), letters)
    session.end("q")
    session.close()

session = Session("--page", "map", *ROOT, term="xterm-256color")
good = session.shows("A letter is")
colours = {sgr for sgr, letter in session.terminal.coloured if letter in "ACHMRSUX"}
result(good and len(colours) > 4, "the map has its colours", session.terminal.text(), colours)
session.end("q")
session.close()

# --- terminals that are none ---

session = Session(*ROOT, term="nonsense")
status = session.end()
result(status == 64 and 'cannot use a terminal "nonsense"' in session.errors and session.is_restored(),
       "an unknown terminal is an error with the way out", status, session.errors)
session.close()
print(f"1..{count}")
sys.exit(bad > 0)
