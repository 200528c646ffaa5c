//! The publication date of an article, always with where it came from.
//!
//! Sources are asked in a fixed order, that of [`From`], and the first that states a plausible
//! date wins; where others disagree, or state what cannot be, a note says so. `lines` and `wire`
//! read what stands in the text (date lines; datelines and agency slugs), `names` what files and
//! folders are called.
//!
//! It never looks at file times and never guesses: a dateline without a year that nothing settles
//! gives no date. Dates of events are no business of this file; see `extract::date`.

mod lines;
mod names;
mod shape;
mod wire;

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::Hints;
use crate::extract::date::{DateOrder, Interval, Partial, Precision, leading};

pub(super) use lines::{date_in_line, is_date_line};
pub(super) use wire::starts_with_dateline;

/// When an article was published, how exactly that is known, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The days it may have been published on; one day if the precision is a day.
    pub interval: Interval,
    /// How exactly the date was stated.
    pub precision: Precision,
    /// What stated it.
    pub from: From,
}

/// What stated a publication date, in the order in which the sources are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum From {
    /// The file's row in the manifest.
    Manifest,
    /// The option that gives one date for a whole folder.
    Option,
    /// The file's own metadata: front matter, `<meta>`, a JSON field.
    Metadata,
    /// A line of its own that is a date, under the headline or at the end.
    DateLine,
    /// The opening of wire copy: `STEPANAKERT, Oct. 10, 2020 (Agency) —`.
    Dateline,
    /// An agency's mark at the start or end: `(AFP, 10 Oct 2020)`.
    Slug,
    /// The name of the file.
    FileName,
    /// The names of its folders.
    FolderName,
}

impl From {
    /// Returns the name used in output, like `date-line`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Option => "option",
            Self::Metadata => "metadata",
            Self::DateLine => "date-line",
            Self::Dateline => "dateline",
            Self::Slug => "slug",
            Self::FileName => "file-name",
            Self::FolderName => "folder-name",
        }
    }

    /// The name used in a sentence, like `date line`.
    fn in_words(self) -> String {
        self.as_str().replace('-', " ")
    }
}

/// The days a date stands for and how exactly.
type Found = (Interval, Precision);

/// What is known about an article when its publication date is sought.
pub(super) struct Evidence<'a> {
    pub(super) text: &'a str,
    /// The headline in `text`, which is no date line.
    pub(super) title: Range<usize>,
    /// Statements of metadata, as written, the best first.
    pub(super) metadata: &'a [String],
    /// The article's address, in which many sites write the date.
    pub(super) url: Option<&'a str>,
}

/// A date as a source states it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    /// It says all there is to know.
    Sure(Found),
    /// Day and month may stand in either order: day first, month first.
    Either {
        day_first: Interval,
        month_first: Interval,
        written: String,
    },
    /// The year is missing.
    Yearless { partial: Partial, written: String },
}

/// Decides the publication date; conflicts and refusals go to `notes`.
pub(super) fn decide(
    evidence: &Evidence<'_>,
    hints: &Hints<'_>,
    notes: &mut Vec<String>,
) -> Option<Published> {
    // Names are read first, since they settle what the text leaves open.
    let file = names::file(hints.relative_path, hints.order);
    let folder = names::folders(hints.relative_path, hints.order, hints.today);
    let mut known: Vec<Interval> = Vec::new();
    let sure = [&file, &folder]
        .into_iter()
        .flatten()
        .filter_map(|reading| match reading {
            Reading::Sure((interval, _)) => Some(*interval),
            _ => None,
        });
    known.extend(sure.filter(|interval| implausible(*interval, hints.today).is_none()));

    let mut stated: Vec<(From, Reading)> = Vec::new();
    if let Some(found) = hints.manifest.and_then(|row| row.published) {
        stated.push((From::Manifest, Reading::Sure(found)));
    }
    if let Some(found) = hints.published {
        stated.push((From::Option, Reading::Sure(found)));
    }
    for written in evidence.metadata {
        match reading(written, hints.order) {
            Some(reading) => stated.push((From::Metadata, reading)),
            None => notes.push(format!("the metadata's date {written:?} is no date")),
        }
    }
    if let Some(found) = evidence
        .url
        .and_then(|url| names::address(url, hints.order))
    {
        stated.push((From::Metadata, found));
    }
    stated.extend(lines::stated(evidence, hints.order));
    stated.extend(file.map(|reading| (From::FileName, reading)));
    stated.extend(folder.map(|reading| (From::FolderName, reading)));

    let mut settled: Vec<(From, Found)> = Vec::new();
    let mut open = Vec::new();
    for (from, reading) in stated {
        match settle(reading, &known, evidence.text, hints) {
            Err(why) => open.push(format!("the {} {why}", from.in_words())),
            Ok(found) => match implausible(found.0, hints.today) {
                Some(why) => {
                    notes.push(format!(
                        "the {}'s date {} {why}",
                        from.in_words(),
                        show(found)
                    ));
                }
                None if settled.iter().any(|(other, _)| *other == from) => {}
                None => settled.push((from, found)),
            },
        }
    }
    let mut settled = settled.into_iter();
    let Some((from, found)) = settled.next() else {
        notes.append(&mut open);
        return None;
    };
    let others: Vec<String> = settled
        .filter(|(_, other)| !overlap(found.0, other.0))
        .map(|(other, date)| format!("{} {}", other.in_words(), show(date)))
        .collect();
    if !others.is_empty() {
        let first = format!("{} {}", from.in_words(), show(found));
        notes.push(format!(
            "publication dates disagree: {first}, {}",
            others.join(", ")
        ));
    }
    Some(Published {
        interval: found.0,
        precision: found.1,
        from,
    })
}

/// Reads a date that is stated on its own: in a manifest, an option, metadata.
///
/// Knows what machines write (`2020-10-10T14:05:00Z`, `2020-10`, seconds since 1970) and what
/// people do (`10 October 2020`). `None` for what is no date, for a month and day without a year,
/// and for `10/11/2020` unless `order` says how to read it.
pub fn parse(stated: &str, order: DateOrder) -> Option<(Interval, Precision)> {
    match reading(stated, order)? {
        Reading::Sure(found) => Some(found),
        _ => None,
    }
}

/// Tells why a date cannot be a publication date, if it cannot.
///
/// A day after today is let through: east of us it is tomorrow already.
pub fn implausible(interval: Interval, today: Date) -> Option<String> {
    let tomorrow = today.tomorrow().unwrap_or(today);
    if interval.start > tomorrow {
        return Some(format!("is after today, {today}"));
    }
    (interval.end.year() < 1800).then(|| "is before 1800".to_owned())
}

/// Reads a date that is stated on its own.
fn reading(stated: &str, order: DateOrder) -> Option<Reading> {
    let stated = stated.trim().trim_matches(['"', '\'']).trim();
    if let Some(found) = machine(stated) {
        return Some(Reading::Sure(found));
    }
    let (partial, length) = leading(stated, order)?;
    let (written, rest) = stated.split_at_checked(length)?;
    // A clock and a zone may follow, but not the rest of a sentence.
    let rest = rest.trim();
    if partial.month.is_none() && !rest.is_empty() && !written.contains('/') {
        return None;
    }
    if partial.year.is_none() {
        // `Sat Oct 10 14:05:00 +0000 2020`
        let last = stated.rsplit(' ').next().filter(|last| last.len() == 4)?;
        let year = last.parse::<i16>().ok()?;
        return Some(Reading::Sure(
            Partial {
                year: Some(year),
                ..partial
            }
            .interval()?,
        ));
    }
    understand(partial, written)
}

/// Dates as machines write them.
fn machine(stated: &str) -> Option<Found> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole = match stated.split_once('.') {
        Some((whole, part)) if digits(part) => whole,
        _ => stated,
    };
    if digits(whole) {
        return compact(whole).or_else(|| since_1970(whole));
    }
    if let Some((day, clock)) = stated.split_once('T')
        && day.len() == 8
        && digits(day)
        && clock.starts_with(|c: char| c.is_ascii_digit())
    {
        return compact(day);
    }
    let date = stated.split(['T', ' ']).next()?;
    let rest = stated.get(date.len()..)?;
    let mark = if date.contains('/') { '/' } else { '-' };
    let mut parts = date.split(mark);
    let year = parts.next().filter(|y| y.len() == 4 && digits(y))?;
    let mut number = |least: usize| match parts.next() {
        None => Some(None),
        Some(s) if (least..=2).contains(&s.len()) && digits(s) => Some(s.parse::<i8>().ok()),
        Some(_) => None,
    };
    let (month, day) = (number(1)?, number(1)?);
    if parts.next().is_some() || (day.is_none() && !rest.is_empty()) {
        return None;
    }
    Partial {
        year: year.parse().ok(),
        month,
        day,
        weekday: None,
    }
    .interval()
}

/// `20201010`, and with a clock `202010101405` and `20201010140500`.
fn compact(digits: &str) -> Option<Found> {
    if !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let number = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let year = number(0..4).filter(|year| (1800..=2200).contains(year));
    let part = |range| i8::try_from(number(range)?).ok();
    Partial {
        year: Some(year?),
        month: Some(part(4..6)?),
        day: Some(part(6..8)?),
        weekday: None,
    }
    .interval()
}

/// Seconds since 1970, or thousandths or millionths of them, told by their length: none is before 1973.
fn since_1970(digits: &str) -> Option<Found> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        15 | 16 => number / 1_000_000,
        _ => return None,
    };
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    let day = stamp.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some((single(day), Precision::Day))
}

/// Makes a reading of what `leading` found, written as `written`.
fn understand(partial: Partial, written: &str) -> Option<Reading> {
    let written = written.trim();
    if is_range(written) {
        return None;
    }
    match partial {
        Partial {
            year: None,
            month: Some(_),
            day: Some(_),
            ..
        } => Some(Reading::Yearless {
            partial,
            written: written.to_owned(),
        }),
        Partial {
            year: Some(year),
            month: None,
            ..
        } => match two_numbers(written) {
            None => partial.interval().map(Reading::Sure),
            Some((a, b)) => {
                let day = |month, day| Date::new(year, month, day).ok();
                let (day_first, month_first) = (single(day(b, a)?), single(day(a, b)?));
                Some(Reading::Either {
                    day_first,
                    month_first,
                    written: written.to_owned(),
                })
            }
        },
        Partial { year: Some(_), .. } => partial.interval().map(Reading::Sure),
        _ => None,
    }
}

/// The two numbers before the year of `10/11/2020`, behind a weekday if there is one.
fn two_numbers(written: &str) -> Option<(i8, i8)> {
    let from = written.find(|c: char| c.is_ascii_digit())?;
    let mut parts = written.get(from..)?.split(['/', '.', '-']);
    let mut number = || parts.next()?.trim().parse::<i8>().ok();
    Some((number()?, number()?))
}

/// Tells a range of days (`10–12 October 2020`), which is when something happened.
fn is_range(written: &str) -> bool {
    let named = written.chars().any(char::is_alphabetic);
    let dash = written.contains(['–', '—']) || written.contains(" - ");
    let glued = named
        && written
            .as_bytes()
            .windows(3)
            .any(|w| matches!(w, [a, b'-', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    // `2020-10-10T14:05:00Z` has a letter too.
    let glued = glued && machine(written).is_none();
    let lower = written.to_lowercase();
    dash || glued || lower.contains(" to ") || lower.contains(" and ")
}

/// Settles what a reading leaves open, or says what is missing.
fn settle(
    reading: Reading,
    known: &[Interval],
    text: &str,
    hints: &Hints<'_>,
) -> Result<Found, String> {
    match reading {
        Reading::Sure(found) => Ok(found),
        Reading::Either {
            day_first,
            month_first,
            written,
        } => {
            let near = |a: Interval| known.iter().any(|other| overlap(a, *other));
            let possible = |a: Interval| implausible(a, hints.today).is_none();
            let shown = shape::order_shown(text);
            let interval = match shown {
                _ if near(day_first) != near(month_first) => {
                    if near(day_first) {
                        day_first
                    } else {
                        month_first
                    }
                }
                _ if possible(day_first) != possible(month_first) => {
                    if possible(day_first) {
                        day_first
                    } else {
                        month_first
                    }
                }
                DateOrder::DayFirst => day_first,
                DateOrder::MonthFirst => month_first,
                DateOrder::Auto => {
                    let (a, b) = (day_first.start, month_first.start);
                    return Err(format!(
                        "{written:?} may be {a} or {b}; --date-order settles it"
                    ));
                }
            };
            Ok((interval, Precision::Day))
        }
        Reading::Yearless { partial, written } => {
            let day = known
                .iter()
                .find_map(|interval| near_year(partial, *interval));
            match day.or_else(|| wire::year_from_text(partial, text, hints)) {
                Some(day) => Ok((single(day), Precision::Day)),
                None => Err(format!(
                    "{written:?} has no year, and nothing else settles it"
                )),
            }
        }
    }
}

/// The day of a date without a year that falls into an interval, or at most a month beside it.
fn near_year(partial: Partial, known: Interval) -> Option<Date> {
    let slack = jiff::Span::new().days(31);
    let whole_year =
        known.start.year() == known.end.year() && known.start.month() != known.end.month();
    let (from, to) = if whole_year {
        (known.start, known.end)
    } else {
        (
            known.start.checked_sub(slack).ok()?,
            known.end.checked_add(slack).ok()?,
        )
    };
    (from.year()..=to.year())
        .filter_map(|year| in_year(partial, year))
        .find(|day| (from..=to).contains(day))
}

/// The day in a year, if it exists and is the weekday that is written.
fn in_year(partial: Partial, year: i16) -> Option<Date> {
    let day = Date::new(year, partial.month?, partial.day?).ok()?;
    let fits = |weekday: Weekday| weekday == day.weekday();
    partial.weekday.is_none_or(fits).then_some(day)
}

fn single(day: Date) -> Interval {
    Interval {
        start: day,
        end: day,
    }
}

fn overlap(a: Interval, b: Interval) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// A date as exactly as it is known: `2020-10-10`, `2020-10`, `2020`.
fn show((interval, precision): Found) -> String {
    let day = interval.start;
    match precision {
        Precision::Day => day.to_string(),
        Precision::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Precision::Year => format!("{:04}", day.year()),
        _ => format!("{day}..{}", interval.end),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
