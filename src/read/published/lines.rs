//! Date lines: lines of the text that are a date and nothing else, and what else the text states.
//!
//! `Saturday, October 10, 2020`, `Published: 10 Oct 2020 14:05 GMT`, `Geneva, 10 October 2020`.
//! Only the first lines and the last are looked at. A place, an author or a source may stand
//! before the date, a time, a zone and a source behind it.
//!
//! A date within a sentence is no date line: it is one the article speaks of. Neither is one that
//! heads an entry of a chronology.

use std::ops::Range;

use super::super::text::{Lines, last_lines};
use super::shape::{
    clean, has_number, is_name, is_prefix, skip_on, skip_time, starts, time_token, trim_marks, upto,
};
use super::wire::{bare_dateline, dateline, slug};
use super::{Date, Evidence, From, Reading, leading, understand};
use crate::extract::date::{DateOrder, Precision};

/// How many lines at the start are looked at, and how many at the end.
const HEAD: usize = 7;

const TAIL: usize = 5;

/// The longest date line, in bytes.
const LONGEST: usize = 160;

/// A line longer than this is a paragraph.
const PARAGRAPH: usize = 100;

/// A label and the marks around it take so many bytes at most.
const LABELLED: usize = 64;

/// What the text states, each kind at most once.
pub(super) fn stated(evidence: &Evidence<'_>, order: DateOrder) -> Vec<(From, Reading)> {
    let text = evidence.text;
    let head: Vec<Range<usize>> = Lines::new(text, 0)
        .take(HEAD)
        .filter(|line| evidence.title.is_empty() || *line != evidence.title)
        .filter(|line| line.start >= evidence.title.end || line.end <= evidence.title.start)
        .collect();
    let from = head.last().map_or(0, |line| line.end);
    let tail = last_lines(text, from, TAIL);
    let line = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();

    let mut found = Vec::new();
    let opening = head
        .iter()
        .enumerate()
        .find_map(|(n, range)| Some((n, dateline(line(range), order)?)));
    // A report without a place has one such opening, a chronology the next at once.
    let opening = opening.filter(|(_, found)| !(found.bare && is_chronology(text, order, 2)));
    let (at, reading) = in_date_lines(text, &head, &tail, order).unzip();
    found.extend(reading.map(|reading| (From::DateLine, reading)));
    if let Some((opens, opening)) = opening {
        // A date line at the head counts before, one further down does not: a document that wire
        // copy quotes ends in its own place and date.
        let at_head = at.is_some_and(|at| at < opens || (at <= 1 && at + 1 < head.len()));
        let position = if at_head { found.len() } else { 0 };
        found.insert(position, (From::Dateline, opening.reading));
    }
    let at = |range: &Range<usize>, at_end| slug(line(range), at_end, order);
    let mark = head.iter().find_map(|range| at(range, false)).or_else(|| {
        // A text of few lines has its end among the first.
        let last = tail.iter().rev().chain(head.iter().rev());
        last.map(|range| at(range, true).or_else(|| at(range, false)))
            .find_map(|found| found)
    });
    found.extend(mark.map(|reading| (From::Slug, reading)));
    found.extend(in_title(line(&evidence.title), order).map(|reading| (From::DateLine, reading)));
    found
}

/// The date that a periodical report ends its title in: `Sudan: Situation Report, 27 January 2025`.
/// In other headlines it is that of an event.
fn in_title(title: &str, order: DateOrder) -> Option<Reading> {
    let title = upto(title, LONGEST);
    if !has_number(title) {
        return None;
    }
    title.char_indices().find_map(|(at, mark)| {
        let (name, rest) = title
            .split_at_checked(at)
            .filter(|_| ",(–—-".contains(mark))?;
        let rest = trim_marks(rest);
        // `Troops report fighting near Kut, 23 March 2003` is no name of a report.
        let report = |word: &str| REPORTS.iter().any(|name| word.eq_ignore_ascii_case(name));
        let number = |word: &&str| {
            word.eq_ignore_ascii_case("no") || word.bytes().all(|b| b.is_ascii_digit())
        };
        let mut words = name.rsplit(|c: char| !c.is_alphanumeric());
        let last = words.find(|word| !word.is_empty() && !number(word))?;
        if !report(last) || !last.starts_with(char::is_uppercase) {
            return None;
        }
        let (partial, length) = leading(rest, order)?;
        let (written, behind) = rest.split_at_checked(length)?;
        let reading = understand(partial, written)?;
        let exact = matches!(reading, Reading::Sure((_, Precision::Day)));
        (exact && trim_marks(behind).is_empty()).then_some(reading)
    })
}

/// What reports that come out again and again call themselves.
const REPORTS: [&str; 8] = [
    "report",
    "update",
    "bulletin",
    "brief",
    "briefing",
    "sitrep",
    "snapshot",
    "assessment",
];

/// The date line of a text, and its number: the first near the headline, else the last at the end.
fn in_date_lines(
    text: &str,
    head: &[Range<usize>],
    tail: &[Range<usize>],
    order: DateOrder,
) -> Option<(usize, Reading)> {
    let mut updated = None;
    let mut chronology = None;
    let ahead = head.iter().enumerate();
    let behind = tail.iter().map(|range| (usize::MAX, range)).rev();
    for (n, range) in ahead.chain(behind) {
        let Some(found) = date_line(text.get(range.clone())?, order) else {
            // What a paragraph follows is its heading, not the end of the article.
            if n == usize::MAX && range.len() > PARAGRAPH {
                break;
            }
            continue;
        };
        let unnamed = found.label == Label::None && !found.prefixed;
        if found.label == Label::Updated {
            updated = updated.or(Some((n, found.reading)));
        } else if !(unnamed && *chronology.get_or_insert_with(|| is_chronology(text, order, 3))) {
            return Some((n, found.reading));
        }
    }
    updated
}

/// Tells whether lines of a text are headed by so many different dates.
fn is_chronology(text: &str, order: DateOrder, dates: usize) -> bool {
    let mut seen: Vec<Reading> = Vec::new();
    for range in Lines::new(text, 0).take(10_000) {
        let line = text.get(range).unwrap_or_default();
        if !has_number(upto(line, LONGEST)) {
            continue;
        }
        let found = date_line(line, order)
            .filter(|found| found.label == Label::None && !found.prefixed)
            .map(|found| found.reading)
            .or_else(|| bare_dateline(line, order));
        if let Some(reading) = found
            && !seen.contains(&reading)
        {
            seen.push(reading);
            if seen.len() >= dates {
                return true;
            }
        }
    }
    false
}

/// Tells whether a line is a date line, so that it is not taken for a headline.
pub(in super::super) fn is_date_line(line: &str, order: DateOrder) -> bool {
    line.len() <= LONGEST && date_line(line, order).is_some_and(|found| !found.inline)
}

/// The day in a short text that is a date and nothing else, like `Posted on 10 October 2020`.
pub(in super::super) fn date_in_line(line: &str, order: DateOrder) -> Option<Date> {
    match date_line(line, order)
        .filter(|found| !found.inline)?
        .reading
    {
        Reading::Sure((interval, Precision::Day)) => Some(interval.start),
        _ => None,
    }
}

/// What a label says about the date behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    Published,
    Updated,
}

/// Labels, longer ones before those they start with.
const LABELS: [(&str, Label); 53] = [
    ("date of publication", Label::Published),
    ("publication date", Label::Published),
    ("date published", Label::Published),
    ("first published", Label::Published),
    ("originally published", Label::Published),
    ("published online", Label::Published),
    ("published time", Label::Published),
    ("published", Label::Published),
    ("for immediate release", Label::Published),
    ("for release", Label::Published),
    ("press release", Label::Published),
    ("publish date", Label::Published),
    ("date posted", Label::Published),
    ("first posted", Label::Published),
    ("posted", Label::Published),
    ("release date", Label::Published),
    ("released", Label::Published),
    ("release", Label::Published),
    ("date issued", Label::Published),
    ("issue date", Label::Published),
    ("issued", Label::Published),
    ("load-date", Label::Published),
    ("pubdate", Label::Published),
    ("filed", Label::Published),
    ("dated", Label::Published),
    ("date", Label::Published),
    ("last updated", Label::Updated),
    ("last update", Label::Updated),
    ("last modified", Label::Updated),
    ("last edited", Label::Updated),
    ("updated", Label::Updated),
    ("edited time", Label::Updated),
    ("edited", Label::Updated),
    ("update", Label::Updated),
    ("modified", Label::Updated),
    ("as of", Label::Updated),
    ("publié", Label::Published),
    ("publicado", Label::Published),
    ("publicada", Label::Published),
    ("fecha", Label::Published),
    ("data", Label::Published),
    ("mis à jour", Label::Updated),
    ("actualizado", Label::Updated),
    ("veröffentlicht", Label::Published),
    ("datum", Label::Published),
    ("stand", Label::Updated),
    ("опубликовано", Label::Published),
    ("дата публикации", Label::Published),
    ("дата", Label::Published),
    ("обновлено", Label::Updated),
    ("опубліковано", Label::Published),
    ("оновлено", Label::Updated),
    ("yayınlanma", Label::Published),
];

/// A line that is a date.
#[derive(Debug)]
struct DateLine {
    reading: Reading,
    label: Label,
    /// A place, an author or a source stands before the date.
    prefixed: bool,
    /// The date only opens a paragraph.
    inline: bool,
}

/// Reads a line as a date line.
fn date_line(line: &str, order: DateOrder) -> Option<DateLine> {
    let head = upto(line, LONGEST);
    if !has_number(head) {
        return None;
    }
    // A paragraph is a date line only by a date right behind its label.
    let paragraph = head.len() < line.len();
    if paragraph && label_at(trim_marks(&clean(upto(head, LABELLED)))).is_none() {
        return None;
    }
    let clean = clean(head);
    let mut rest = trim_marks(&clean);
    let mut label = Label::None;
    while let Some((found, behind)) = label_at(rest) {
        if label == Label::None || found == Label::Published {
            label = found;
        }
        rest = behind;
    }
    if paragraph && label != Label::Published {
        return None;
    }
    rest = trim_marks(skip_on(skip_time(rest)));
    let most = if paragraph { 1 } else { usize::MAX };
    for (start, prefix) in starts(rest).take(most) {
        if !prefix.is_empty() && !is_prefix(prefix) {
            continue;
        }
        let here = rest.get(start..)?;
        let Some((partial, length)) = leading(here, order) else {
            continue;
        };
        let (written, behind) = here.split_at_checked(length)?;
        let Some(reading) = understand(partial, written) else {
            continue;
        };
        let exact = match &reading {
            Reading::Sure((_, Precision::Day)) | Reading::Either { .. } => true,
            // A month under the headline is how magazines date; a year is no date line.
            Reading::Sure((_, Precision::Month)) => prefix.is_empty(),
            Reading::Yearless { partial, .. } => partial.weekday.is_some() || label != Label::None,
            Reading::Sure(_) => false,
        };
        if !exact {
            continue;
        }
        let prefixed = !prefix.is_empty();
        if !paragraph && is_tail(behind) {
            return Some(DateLine {
                reading,
                label,
                prefixed,
                inline: false,
            });
        }
        let day = !matches!(
            reading,
            Reading::Sure((_, Precision::Month)) | Reading::Yearless { .. }
        );
        if label == Label::Published && !prefixed && day && opens_paragraph(behind) {
            return Some(DateLine {
                reading,
                label,
                prefixed,
                inline: true,
            });
        }
    }
    None
}

/// The label a text starts with, and what is behind it.
fn label_at(text: &str) -> Option<(Label, &str)> {
    let mut initial = text.chars().next()?.to_lowercase();
    let initial = initial.next().filter(|_| initial.len() == 0)?;
    let mut named = LABELS.iter().filter(|(name, _)| name.starts_with(initial));
    let (label, rest) = named.find_map(|(name, label)| {
        let mut rest = text.char_indices();
        for wanted in name.chars() {
            let (_, c) = rest.next()?;
            if !c.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
        }
        let rest = text.get(rest.offset()..)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some((*label, rest))
    })?;
    let rest = trim_marks(rest);
    Some((label, trim_marks(skip_on(rest))))
}

/// Tells whether what stands behind a date line's date belongs to a date line: times, zones, a
/// source.
pub(super) fn is_tail(tail: &str) -> bool {
    let mut rest = tail;
    for _ in 0..16 {
        let marked = rest
            .trim_start()
            .starts_with([',', '|', '·', '•', '—', '–', '/', '-', '(']);
        rest = trim_marks(rest);
        // The `p` of `6:11p` is left when the date takes its time along.
        if matches!(rest, "" | "a" | "p") {
            return true;
        }
        if label_at(rest).is_some() {
            return rest.len() <= PARAGRAPH;
        }
        if let Some(behind) = time_token(rest) {
            rest = behind;
            continue;
        }
        let source = rest.strip_prefix("by ").or(rest.strip_prefix("By "));
        if !marked && source.is_none() {
            return false;
        }
        let source = source.unwrap_or(rest);
        let words: Vec<&str> = source.split_whitespace().collect();
        let named = |word: &&str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.is_empty() || is_name(bare)
        };
        return words.len() <= 6 && words.iter().all(named) && !source.ends_with(['!', '?']);
    }
    false
}

/// Tells whether a sentence starts behind a labelled date, as where line ends were lost.
fn opens_paragraph(behind: &str) -> bool {
    let mut rest = trim_marks(behind);
    while let Some(behind) = time_token(rest) {
        rest = trim_marks(behind);
    }
    rest.is_empty() || !rest.starts_with(char::is_lowercase)
}
