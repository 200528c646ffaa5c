//! Derived keys: further spellings under which a name of the tables is found.
//!
//! `Rapides Parish` is also `Rapides`, `St. Louis` is `Saint Louis`, `Al Hudaydah` is `El-Hudaydah`
//! and `Hudaydah`. These are keys only, never shown. Not for transliteration, which the tables'
//! aliases cover.

use crate::analysis::fold::is_apostrophe;
use crate::gazetteer::format::Candidate;
use crate::gazetteer::key::name_key;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::pack::Row;

/// Words that say what kind of unit a name is, last or first in it.
const UNIT_LAST: &[&str] = &[
    "province",
    "governorate",
    "oblast",
    "region",
    "state",
    "county",
    "parish",
    "district",
    "department",
    "prefecture",
    "raion",
    "rayon",
    "rayonu",
    "municipality",
    "borough",
    "republic",
    "krai",
    "kray",
    "okrug",
    "emirate",
    "division",
    "canton",
    "voivodeship",
    "regency",
    "township",
    "city",
    "sheng",
    "zizhiqu",
    "ken",
    "fu",
    "do",
    "megye",
    "krajina",
    "kray",
    "obwod",
    "mkoa",
    "vilayati",
    "viloyati",
    "oblasy",
    "oblysy",
    "huso",
    "zone",
    "woreda",
    "territory",
    "wilaya",
    "vilayet",
    "ili",
    "shi",
    "sheng",
    "commune",
    "subdistrict",
    "area",
];
const UNIT_FIRST: &[&str] = &[
    "province of",
    "state of",
    "region of",
    "department of",
    "departamento de",
    "departamento del",
    "provincia de",
    "provincia del",
    "estado de",
    "muhafazat",
    "wilayat",
    "wilaya de",
    "ostan e",
    "gouvernorat de",
    "province de",
    "region de",
    "county of",
    "district of",
    "municipality of",
    "tinh",
    "thanh pho",
    "huyen",
    "quan",
    "muhafazah",
    "al muhafazah",
    "changwat",
    "amphoe",
    "provinsi",
    "kabupaten",
    "kota",
    "kotamadya",
    "mkoa wa",
    "gobolka",
    "gobol",
    "shahrestan e",
    "ostan",
    "wojewodztwo",
    "wilayah",
    "mintaqat",
    "imarat",
    "qada",
    "distrito de",
    "concelho de",
    "provincia di",
    "judetul",
    "judet",
    "raionul",
    "opstina",
    "grad",
    "zupanija",
    "regiao",
    "cercle de",
    "region of the",
    "obcina",
    "comuna",
    "daerah",
    "propinsi",
    "municipio de",
    "partido de",
    "departement de",
    "politischer bezirk",
    "landkreis",
    "powiat",
    "arrondissement de",
    "kreis",
    "okres",
];

/// Adjectives that are no name by themselves: `Distrito Nacional`, `Central Province`.
const QUALITIES: &[&str] = &[
    "nacional",
    "national",
    "federal",
    "capital",
    "central",
    "northern",
    "southern",
    "eastern",
    "western",
    "autonomous",
];

/// Countries whose place names carry the Arabic article.
const ARABIC: &[&str] = &[
    "ARE", "BHR", "DZA", "EGY", "ERI", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN",
    "PSE", "QAT", "SAU", "SDN", "SYR", "TCD", "TUN", "YEM", "SOM", "ESH", "ISR", "MLI", "NER",
    "IRN",
];
const ARTICLES: &[&str] = &[
    "al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "an",
    "en", "adh",
];

/// Returns `key` without the word that says what unit it is.
pub fn without_unit_word(key: &str) -> Option<&str> {
    let last = UNIT_LAST
        .iter()
        .find_map(|w| key.strip_suffix(w)?.strip_suffix(' '));
    let first = || {
        UNIT_FIRST
            .iter()
            .find_map(|w| key.strip_prefix(w)?.strip_prefix(' '))
    };
    last.or_else(first)
        .filter(|rest| rest.len() > 2 && !QUALITIES.contains(rest))
}

/// Returns the ways to write a name with an Arabic article, and without the one it has.
pub fn with_article(key: &str) -> Vec<String> {
    let bare = key
        .split_once(' ')
        .filter(|(a, _)| ARTICLES.contains(a))
        .map_or(key, |p| p.1);
    std::iter::once(bare.to_string())
        .chain(ARTICLES.iter().map(|a| format!("{a} {bare}")))
        .collect()
}

/// Adds the derived keys of every row.
pub fn derive(rows: &mut [Row]) {
    for row in rows {
        let mut keys = Vec::new();
        let names = std::iter::once((&row.name, 0)).chain(row.aliases.iter().map(|(a, f)| (a, *f)));
        for (name, flags) in names.filter(|(n, _)| is_latin(n)) {
            let key = name_key(name);
            if row.kind.is_some_and(Kind::is_admin) {
                keys.extend(
                    without_unit_word(&key).map(|k| (k.to_string(), flags | Candidate::DERIVED)),
                );
            }
            if !row.kind.is_some_and(Kind::is_place) {
                continue;
            }
            abbreviated(&key, flags, &mut keys);
            if ARABIC.contains(&row.country.as_str())
                && row
                    .kind
                    .is_some_and(|k| k.is_town() || k.is_admin() || k == Kind::Camp)
            {
                // In `Ra’s al ‘Ayn` and `Ba‘qūbah` the mark is a letter, which most texts leave out.
                let bare: String = name.chars().filter(|c| !is_apostrophe(*c)).collect();
                let bare = name_key(&bare);
                arabic(&bare, flags, &mut keys);
                inner_article(&bare, flags, &mut keys);
                if bare != key {
                    arabic(&key, flags, &mut keys);
                    inner_article(&key, flags, &mut keys);
                    keys.push((bare, flags));
                }
            }
        }
        keys.sort();
        keys.dedup();
        row.derived.extend(keys);
    }
}

/// Whether a name is written in Latin letters, transliterations included.
fn is_latin(name: &str) -> bool {
    let latin = |c: char| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c);
    name.chars().all(|c| latin(c) || is_apostrophe(c))
}

/// `st`, `mt` and `ft` for `saint`, `mount` and `fort`, and the other way round.
fn abbreviated(key: &str, flags: u32, out: &mut Vec<(String, u32)>) {
    for (short, long) in [("st ", "saint "), ("mt ", "mount "), ("ft ", "fort ")] {
        if let Some(rest) = key.strip_prefix(short) {
            out.push((format!("{long}{rest}"), flags));
        } else if let Some(rest) = key.strip_prefix(long) {
            out.push((format!("{short}{rest}"), flags));
        }
    }
}

/// `al`, `el` and the bare name for a name with an Arabic article.
fn arabic(key: &str, flags: u32, out: &mut Vec<(String, u32)>) {
    let Some((article, rest)) = key.split_once(' ') else {
        return;
    };
    if ARTICLES.contains(&article) && rest.len() > 3 {
        for other in articles_before(rest) {
            if other != article {
                out.push((format!("{other} {rest}"), flags));
            }
        }
        if rest.len() > 4 {
            out.push((rest.to_string(), flags | Candidate::DERIVED));
        }
    }
}

/// `deir ez zor`, `deir al zor` and `deir ezzor` for a name with an Arabic article inside.
fn inner_article(key: &str, flags: u32, out: &mut Vec<(String, u32)>) {
    let words: Vec<&str> = key.split(' ').collect();
    for at in 1..words.len().saturating_sub(1) {
        let (head, rest) = (words[..at].join(" "), words[at + 1..].join(" "));
        if !ARTICLES.contains(&words[at]) || rest.len() < 3 {
            continue;
        }
        for article in articles_before(&rest) {
            out.push((format!("{head} {article} {rest}"), flags));
            out.push((format!("{head} {article}{rest}"), flags));
        }
    }
}

/// The ways to write the article before a word: assimilated to a sun letter, or not.
fn articles_before(word: &str) -> Vec<String> {
    let mut all = vec!["al".to_string(), "el".to_string()];
    let sun = ["sh", "th", "dh", "t", "d", "r", "z", "s", "n"];
    if let Some(letter) = sun.iter().find(|l| word.starts_with(**l)) {
        for letter in [letter, &letter[..1]] {
            all.push(format!("a{letter}"));
            all.push(format!("e{letter}"));
        }
    }
    all
}
