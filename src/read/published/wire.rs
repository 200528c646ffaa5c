//! The marks of wire copy: datelines and agency slugs.
//!
//! | form | example |
//! |---|---|
//! | dateline | `STEPANAKERT, Oct. 10, 2020 (Agency) —`, `SAN SALVADOR, 3 JAN 90 -- [TEXT]`, `Beirut, 21 September 2024. An …` |
//! | slug | `(AFP, 10 Oct 2020)`, `© AFP 2020-10-10` |
//!
//! It does not keep the place or the agency: where a story was filed is not where it happened,
//! and `extract` reads both as part of the text.

use super::super::Hints;
use super::lines::is_tail;
use super::shape::{
    clean, downto, has_number, is_name, is_prefix, starts, time_token, trim_marks, upto,
};
use super::{Date, Partial, Reading, in_year, leading, understand};
use crate::extract::date::{DateOrder, Precision};

/// Tells whether a line starts as wire copy does, with or without a date.
pub(in super::super) fn starts_with_dateline(line: &str, order: DateOrder) -> bool {
    if dateline(line, order).is_some_and(|found| !found.bare) {
        return true;
    }
    let head = upto(line, 90);
    let dash = ["--", " - ", "—", "–"]
        .iter()
        .filter_map(|dash| head.find(dash))
        .min();
    let Some((place, rest)) = dash.and_then(|at| head.split_at_checked(at)) else {
        return false;
    };
    let place = place.trim();
    if !is_place(place) {
        return false;
    }
    // `Syria – a decade of war` is a headline; `DAMASCUS (AFP) –` and `DAMASCUS –` are not, unless
    // everything is in capitals.
    let capitals = |s: &str| !s.chars().any(char::is_lowercase);
    let town = place.split(',').next().unwrap_or_default();
    place.ends_with(')') || (town.chars().count() > 2 && capitals(town) && !capitals(rest))
}

/// The date that opens wire copy.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) reading: Reading,
    /// No place stands before the date.
    pub(super) bare: bool,
}

/// Reads the start of a line as a dateline with a date.
pub(super) fn dateline(line: &str, order: DateOrder) -> Option<Opening> {
    opening(line, order, 110)
}

/// Reads the start of a line as a dateline with a date and no place.
pub(super) fn bare_dateline(line: &str, order: DateOrder) -> Option<Reading> {
    opening(line, order, 1).map(|found| found.reading)
}

/// Reads the start of a line as a dateline whose date starts before the byte `limit`.
fn opening(line: &str, order: DateOrder, limit: usize) -> Option<Opening> {
    let head = upto(line, 260);
    let first = upto(head, 120);
    if !has_number(first) {
        return None;
    }
    let clean = clean(head);
    let text = trim_marks(&clean);
    let near = text.char_indices().take_while(|(i, _)| *i < limit);
    let word_starts = near.filter(|(i, c)| {
        c.is_alphanumeric()
            && text.get(..*i).is_some_and(|before| {
                before.is_empty() || before.ends_with([' ', '(', '/', ',', '-', '–', '—'])
            })
    });
    for (start, _) in word_starts {
        let (place, here) = text.split_at_checked(start)?;
        let place = place.trim_end();
        // `МОСКВА. 28 декабря. ИНТЕРФАКС` is no sentence.
        let town = place.strip_suffix('.').filter(|town| !town.contains(' '));
        if !place.is_empty() && !is_place(town.unwrap_or(place)) {
            return None;
        }
        let Some((mut partial, mut length)) = leading(here, order) else {
            continue;
        };
        if let Some((year, digits)) = short_year(partial, here.get(length..)?) {
            partial.year = Some(year);
            length += digits;
        }
        let (written, behind) = here.split_at_checked(length)?;
        let Some(reading) = understand(partial, written) else {
            continue;
        };
        if matches!(reading, Reading::Sure((_, precision)) if precision != Precision::Day) {
            continue;
        }
        let words = place.split_whitespace().count();
        let marked = place.ends_with([',', '(', ')', '-', '–', '—', '/', '.']);
        // `Beirut - 21 September 2024. An air strike …`, `28 декабря 2002 г., Москва. …`; but `Srebrenica,
        // 11 July 1995. Mladic entered the town …` is how English looks back, but for capitals.
        let latin = |text: &str| text.chars().any(|c| ('A'..'\u{250}').contains(&c));
        let foreign = !latin(place) || written.contains(" de ");
        let capitals = !place.contains(char::is_lowercase);
        let copied = foreign || capitals || place.ends_with(['-', '–', '—', '.']);
        let stops = marked && copied && opens_sentence(behind)
            || place.is_empty() && !latin(written) && names_place(behind);
        let ends = ends_dateline(behind) || stops && matches!(reading, Reading::Sure(_));
        return ((marked || words <= 2) && ends).then_some(Opening {
            reading,
            bare: place.is_empty(),
        });
    }
    None
}

/// The year in two digits right behind a month and day, `JUNE 11 89 (AFP)`, and its length; a
/// dateline has nothing else to count there.
fn short_year(partial: Partial, behind: &str) -> Option<(i16, usize)> {
    if partial.year.is_some() || partial.day.is_none() {
        return None;
    }
    let digits = behind
        .strip_prefix(' ')?
        .get(..2)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = behind.get(3..)?;
    let alone = rest.trim_start().starts_with(['(', '-', '–', '—', '[']);
    let year: i16 = digits.parse().ok().filter(|_| alone)?;
    Some((if year < 50 { 2000 + year } else { 1900 + year }, 3))
}

/// Tells whether a text may be the place, the region and the agency of a dateline.
fn is_place(text: &str) -> bool {
    let mut words = 0;
    for word in text.split([' ', ',', '/', '(', ')', '-', '–', '—']) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        words += 1;
        // `St.`, `U.N.` and `Gen.` end in a full stop, but so does a sentence.
        let sentence = word.ends_with(['.', '!', '?', ':', ';']) && bare.chars().count() > 5;
        if sentence || !is_name(bare) || (words == 1 && bare.eq_ignore_ascii_case("in")) {
            return false;
        }
    }
    (1..=8).contains(&words)
}

/// Tells whether a full stop ends a dateline, `Beirut, 21 September 2024. An air strike …`: nothing
/// but a place stands before the date, so it was no sentence.
fn opens_sentence(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix('.') else {
        return false;
    };
    let sentence = rest.trim_start_matches([' ', '-', '–', '—', '"', '“', '«', '\'', '‘']);
    sentence.len() < rest.len() && sentence.starts_with(char::is_uppercase)
}

/// Tells whether a date that opens a line is a dateline's by the place behind it.
fn names_place(behind: &str) -> bool {
    let rest = behind.strip_prefix(',').map(|rest| upto(rest, 60));
    let parts = rest.and_then(|rest| rest.split_at_checked(rest.find(". ")?));
    parts.is_some_and(|(place, sentence)| is_place(place) && opens_sentence(sentence))
}

/// Tells whether what follows a date is the rest of a dateline: agency, brackets, a dash.
fn ends_dateline(behind: &str) -> bool {
    let mut rest = behind;
    let mut closed = false;
    for _ in 0..10 {
        let bracket = rest.starts_with([')', ']']);
        rest = rest.trim_start_matches([' ', ',', '.', ';', ')', ']', '\u{A0}']);
        let dash = rest.trim_start_matches(['-', '–', '—', '―', '−']);
        if dash.len() < rest.len() {
            // Not `10 - 12 October`.
            return !dash.trim_start().starts_with(|c: char| c.is_numeric());
        }
        if rest.starts_with(':') {
            return true;
        }
        let closing = [('(', ')'), ('[', ']'), ('/', '/')];
        if let Some((open, close)) = closing.iter().find(|(open, _)| rest.starts_with(*open)) {
            let inner = upto(rest.get(open.len_utf8()..).unwrap_or_default(), 120);
            let Some(end) = inner.find(*close) else {
                return false;
            };
            rest = inner.get(end + close.len_utf8()..).unwrap_or_default();
            closed = true;
            continue;
        }
        // `YEREVAN, OCTOBER 10, ARMENPRESS.`
        let agency = rest.split(['.', ' ']).next().unwrap_or_default();
        let is_agency = agency.chars().count() > 3 && agency.chars().all(char::is_uppercase);
        if is_agency && rest.get(agency.len()..).is_some_and(|r| r.starts_with('.')) {
            return true;
        }
        match time_token(rest) {
            Some(behind) if !closed && !bracket => rest = behind,
            _ => return closed,
        }
    }
    closed
}

/// Reads the mark of an agency: at the start of a line, or at its end.
pub(super) fn slug(line: &str, at_end: bool, order: DateOrder) -> Option<Reading> {
    let part = if at_end {
        downto(line, 200)
    } else {
        upto(line, 200)
    };
    if !has_number(part) {
        return None;
    }
    // Hardly any line has a bracket or a copyright mark, and cleaning costs more than looking.
    let bracket = part.bytes().any(|b| matches!(b, b'(' | b'[' | 0xc2));
    if !bracket && !part.contains("opyright") && !part.contains("OPYRIGHT") {
        return None;
    }
    let part = clean(part);
    for mark in ["©", "(c)", "(C)", "Copyright", "COPYRIGHT"] {
        if let Some((_, behind)) = part.split_once(mark)
            && let Some(reading) = marked(upto(behind, 100), order)
        {
            return Some(reading);
        }
    }
    let (inner, outside) = if at_end {
        let (_, behind) = part.rsplit_once(['(', '['])?;
        let (inner, outside) = behind.split_once([')', ']'])?;
        (inner, outside)
    } else {
        let behind = part.trim_start().strip_prefix(['(', '['])?;
        let (inner, _) = behind.split_once([')', ']'])?;
        (inner, "")
    };
    if outside.chars().any(char::is_alphanumeric) {
        return None;
    }
    starts(inner).find_map(|(start, prefix)| {
        // Without an agency it is any date in brackets.
        if !is_prefix(prefix) {
            return None;
        }
        let (reading, behind) = exact(inner.get(start..)?, order)?;
        is_tail(behind).then_some(reading)
    })
}

/// The date behind a copyright mark and the name of its owner.
fn marked(text: &str, order: DateOrder) -> Option<Reading> {
    let text = trim_marks(text);
    let word_starts = text.char_indices().filter(|(i, c)| {
        c.is_alphanumeric()
            && text
                .get(..*i)
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    });
    for (start, _) in word_starts {
        let prefix = text.get(..start)?.trim_end();
        if !prefix.is_empty() && !is_prefix(prefix) && !is_prefix(prefix.trim_end_matches('.')) {
            return None;
        }
        if let Some((reading, _)) = exact(text.get(start..)?, order) {
            return Some(reading);
        }
    }
    None
}

/// A date with day, month and year, and what is behind it.
fn exact(text: &str, order: DateOrder) -> Option<(Reading, &str)> {
    let (partial, length) = leading(text, order)?;
    let (written, behind) = text.split_at_checked(length)?;
    match understand(partial, written)? {
        reading @ (Reading::Sure((_, Precision::Day)) | Reading::Either { .. }) => {
            Some((reading, behind))
        }
        _ => None,
    }
}

/// The year of a date without one, where the text settles it.
///
/// A weekday leaves a year in five or six; one of those counts if the text writes it in a date of
/// the same month or one beside it, and no other is written so.
pub(super) fn year_from_text(partial: Partial, text: &str, hints: &Hints<'_>) -> Option<Date> {
    partial.weekday?;
    let text = upto(text, 1 << 20);
    let last = hints.today.year();
    let mut agreed: Option<Date> = None;
    for year in (last - 60..=last).rev() {
        let Some(day) = in_year(partial, year) else {
            continue;
        };
        let near = |month: i8| (i16::from(month) - i16::from(day.month())).rem_euclid(12);
        let digits = year.to_string();
        let written = memchr::memmem::find_iter(text.as_bytes(), digits.as_bytes());
        let agrees = written.take(200).any(|at| {
            let before = downto(text.get(..at).unwrap_or_default(), 24);
            let window = text.len().min(at + 4) - (at - before.len());
            let window = text
                .get(at - before.len()..at - before.len() + window)
                .unwrap_or_default();
            window.char_indices().any(|(i, c)| {
                let start = c.is_alphanumeric()
                    && window
                        .get(..i)
                        .is_some_and(|b| !b.ends_with(char::is_alphanumeric));
                let found = window
                    .get(i..)
                    .filter(|_| start)
                    .and_then(|rest| leading(rest, hints.order));
                found.is_some_and(|(found, _)| {
                    found.year == Some(year)
                        && found
                            .month
                            .is_some_and(|month| matches!(near(month), 0 | 1 | 11))
                })
            })
        });
        if agrees {
            if agreed.is_some() {
                return None;
            }
            agreed = Some(day);
        }
    }
    agreed.filter(|day| {
        let interval = super::single(*day);
        super::implausible(interval, hints.today).is_none()
    })
}
