//! Compact passages: what shows a passage, in half of the bytes that it takes as it is.
//!
//! Ids begin in a few ways; a name that only the text knows mostly stands in the passage, and its id follows
//! from it; days lie near our time, ends near beginnings. Nothing is lost. Not for what there is to
//! store (`stored`).

use super::days;
use super::stored::{StoredDate, StoredEntry, StoredPassage};
use crate::analysis::key;
use crate::extract::date::{Basis, Interval, Precision};
use serde::{Deserialize, Serialize};

/// How most ids begin; those of GeoNames go on with a number.
const BEGINNINGS: [&str; 7] = [
    "country:", "state:", "group:", "org:", "person:", "people:", "region:",
];
const NUMBERED: &str = "geonames:";
/// How an id begins that follows from a name.
const TEXT: &str = "text:";
/// The kind of most names that only the text knows.
const UNKNOWN: &str = "unknown";

#[derive(Serialize, Deserialize)]
struct Passage<'a> {
    line: Option<usize>,
    /// Where it begins in the file, and how many bytes it has there beyond those of its text.
    bytes: Option<(usize, isize)>,
    runs: Vec<(usize, Option<usize>, u8, u8)>,
    continues: bool,
    #[serde(borrow)]
    actors: Vec<Entry<'a>>,
    places: Vec<Entry<'a>>,
    dates: Vec<Day>,
}

#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Id<'a>,
    /// How far each mention begins from the one before, and its length.
    spans: Vec<(usize, usize)>,
}

#[derive(Serialize, Deserialize)]
enum Id<'a> {
    /// GeoNames' number.
    Number(u32),
    /// One of the beginnings, or none of them, and the rest.
    Begun(u8, &'a str),
    /// Of a name that only the text knows.
    Text {
        /// `None` where it is the first mention.
        name: Option<&'a str>,
        /// `None` where it follows from the name.
        id: Option<&'a str>,
        /// `None` for [`UNKNOWN`].
        kind: Option<&'a str>,
        country: Option<&'a str>,
    },
}

#[derive(Serialize, Deserialize)]
struct Day {
    /// The first day, and how far the last is from it.
    days: Option<(i32, i32)>,
    precision: Precision,
    basis: Basis,
    /// Where the mention begins, and its length.
    span: Option<(usize, usize)>,
}

/// Writes what shows a passage with this text.
pub fn encode(passage: &StoredPassage, text: &str) -> Vec<u8> {
    let entry = |e| entry(e, text);
    super::stored::encode(&Passage {
        line: passage.line,
        bytes: passage.bytes.map(|(start, end)| {
            let length = end.wrapping_sub(start);
            (start, length.wrapping_sub(text.len()) as isize)
        }),
        runs: passage.runs.clone(),
        continues: passage.continues,
        actors: passage.actors.iter().map(entry).collect(),
        places: passage.places.iter().map(entry).collect(),
        dates: passage.dates.iter().map(day).collect(),
    })
}

/// Reads back what shows a passage with this text.
pub fn decode(bytes: &[u8], text: &str) -> Result<StoredPassage, postcard::Error> {
    let passage: Passage = postcard::from_bytes(bytes)?;
    let all = |entries: Vec<Entry>| entries.into_iter().map(|e| stored_entry(e, text)).collect();
    let bytes = |(start, more): (usize, isize)| {
        let length = text.len().wrapping_add(more as usize);
        (start, start.wrapping_add(length))
    };
    let dates = passage.dates.into_iter().map(stored_date);
    Ok(StoredPassage {
        line: passage.line,
        bytes: passage.bytes.map(bytes),
        runs: passage.runs,
        continues: passage.continues,
        actors: all(passage.actors),
        places: all(passage.places),
        dates: dates
            .collect::<Option<_>>()
            .ok_or(postcard::Error::DeserializeBadEncoding)?,
    })
}

fn entry<'a>(entry: &'a StoredEntry, text: &str) -> Entry<'a> {
    let mut before = 0;
    let spans = entry.spans.iter().map(|&(start, end)| {
        let from = start.wrapping_sub(before);
        before = start;
        (from, end.wrapping_sub(start))
    });
    Entry {
        id: match &entry.named {
            None => id(&entry.id),
            Some((name, kind, country)) => Id::Text {
                name: (mention(&entry.spans, text) != Some(name)).then_some(name),
                id: (entry.id.strip_prefix(TEXT) != Some(&key(name))).then_some(&entry.id),
                kind: (kind != UNKNOWN).then_some(kind),
                country: country.as_deref(),
            },
        },
        spans: spans.collect(),
    }
}

fn stored_entry(entry: Entry, text: &str) -> StoredEntry {
    let mut start = 0usize;
    let spans = entry.spans.into_iter().map(|(from, length)| {
        start = start.wrapping_add(from);
        (start, start.wrapping_add(length))
    });
    let spans: Vec<(usize, usize)> = spans.collect();
    let (id, named) = match entry.id {
        Id::Number(number) => (format!("{NUMBERED}{number}"), None),
        Id::Begun(beginning, rest) => {
            let beginning = BEGINNINGS.get(usize::from(beginning)).unwrap_or(&"");
            ([beginning, rest].concat(), None)
        }
        Id::Text {
            name,
            id,
            kind,
            country,
        } => {
            let name = name.or_else(|| mention(&spans, text)).unwrap_or_default();
            let id = id.map_or_else(|| [TEXT, &key(name)].concat(), str::to_owned);
            let kind = kind.unwrap_or(UNKNOWN).to_owned();
            (
                id,
                Some((name.to_owned(), kind, country.map(str::to_owned))),
            )
        }
    };
    StoredEntry { id, spans, named }
}

/// The first mention, as it is written.
fn mention<'t>(spans: &[(usize, usize)], text: &'t str) -> Option<&'t str> {
    let &(start, end) = spans.first()?;
    text.get(start..end)
}

fn id(id: &str) -> Id<'_> {
    let number = id
        .strip_prefix(NUMBERED)
        .filter(|n| !n.starts_with(['0', '+']));
    if let Some(number) = number.and_then(|n| n.parse().ok()) {
        return Id::Number(number);
    }
    let begun = BEGINNINGS.iter().enumerate();
    let mut begun = begun.filter_map(|(n, b)| Some(Id::Begun(n as u8, id.strip_prefix(b)?)));
    begun
        .next()
        .unwrap_or(Id::Begun(BEGINNINGS.len() as u8, id))
}

fn day(date: &StoredDate) -> Day {
    Day {
        days: date.days.map(|Interval { start, end }| {
            let first = days::near(start);
            (first, days::near(end) - first)
        }),
        precision: date.precision,
        basis: date.basis,
        span: date
            .span
            .map(|(start, end)| (start, end.wrapping_sub(start))),
    }
}

/// `None` if its days are none.
fn stored_date(day: Day) -> Option<StoredDate> {
    let days = match day.days {
        None => None,
        Some((first, more)) => {
            let last = first.checked_add(more)?;
            Some(Interval::new(days::of_near(first)?, days::of_near(last)?)?)
        }
    };
    Some(StoredDate {
        days,
        precision: day.precision,
        basis: day.basis,
        span: day
            .span
            .map(|(start, length)| (start, start.wrapping_add(length))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TEXT: &str = "Bayramov met Aliyev in Baku on Saturday, BAYRAMOV said.";

    fn there_and_back(passage: &StoredPassage) -> usize {
        let bytes = encode(passage, TEXT);
        assert_eq!(&decode(&bytes, TEXT).expect("it was just written"), passage);
        bytes.len()
    }

    fn entry(id: &str, spans: &[(usize, usize)], named: Option<(&str, &str)>) -> StoredEntry {
        StoredEntry {
            id: id.to_owned(),
            spans: spans.to_vec(),
            named: named.map(|(name, kind)| {
                let country = (kind == "person").then(|| "AZE".to_owned());
                (name.to_owned(), kind.to_owned(), country)
            }),
        }
    }

    #[test]
    fn nothing_is_lost() {
        let bayramov = [(0, 8), (41, 49)];
        let actors = [
            entry("state:AZE/ministry-of-defence", &[(23, 27)], None),
            entry("text:bayramov", &bayramov, Some(("Bayramov", "person"))),
            entry(
                "text:bayramov",
                &bayramov,
                Some(("Jeyhun Bayramov", "unknown")),
            ),
            entry("text:jeyhun bayramov", &[], Some(("Jeyhun Bayramov", ""))),
            entry("text:nobody", &[(41, 900), (3, 2)], None),
        ];
        let places = [
            entry("geonames:587084", &[(23, 27)], None),
            entry("geonames:0587084", &[], None),
            entry("geonames:4294967296", &[], None),
            entry("country:AZE", &[], None),
            entry("a user's own", &[], None),
        ];
        let days = |first, last| Interval::new(first, last);
        let dates = [
            (days(date(2020, 10, 10), date(2020, 10, 10)), Some((31, 39))),
            (days(date(1990, 1, 1), date(1999, 12, 31)), None),
            (days(date(-9999, 1, 1), date(9999, 12, 31)), None),
            (None, Some((0, usize::MAX))),
        ];
        let passage = StoredPassage {
            line: Some(3),
            bytes: Some((40, 41 + TEXT.len())),
            runs: vec![(20, Some(40), 1, 1), (35, None, 3, 2)],
            continues: true,
            actors: actors.to_vec(),
            places: places.to_vec(),
            dates: Vec::from(dates.map(|(days, span)| StoredDate {
                days,
                precision: Precision::Decade,
                basis: Basis::Mention,
                span,
            })),
        };
        there_and_back(&passage);
        there_and_back(&StoredPassage::default());
        there_and_back(&StoredPassage {
            bytes: Some((9, 2)),
            ..StoredPassage::default()
        });
    }

    #[test]
    fn a_name_that_stands_in_the_text_takes_no_room() {
        let mut passage = StoredPassage::default();
        let vacant = there_and_back(&passage);
        let named = Some(("Bayramov", "unknown"));
        passage
            .actors
            .push(entry("text:bayramov", &[(0, 8)], named));
        assert_eq!(there_and_back(&passage) - vacant, 8);
    }

    #[test]
    fn bytes_that_are_cut_short_are_refused() {
        let mut passage = StoredPassage::default();
        passage.places.push(entry("country:AZE", &[(23, 27)], None));
        let bytes = encode(&passage, TEXT);
        for length in 0..bytes.len() {
            assert!(decode(&bytes[..length], TEXT).is_err());
        }
    }
}
