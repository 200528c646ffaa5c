//! Publication dates that stand in the text: date lines, datelines and agency slugs.
//!
//! | form | example |
//! |---|---|
//! | date line | `Saturday, October 10, 2020`, `Published: 10 Oct 2020 14:05 GMT`, `Geneva, 10 October 2020` |
//! | dateline | `STEPANAKERT, Oct. 10, 2020 (Agency) —`, `SAN SALVADOR, 3 JAN 90 -- [TEXT]` |
//! | slug | `(AFP, 10 Oct 2020)`, `© AFP 2020-10-10` |
//!
//! Only the first and the last lines are looked at, and a date counts only in one of these
//! shapes: a date within a sentence is one the article speaks of. Dates that head the entries of
//! a chronology are none of the article's either.

use std::ops::Range;

use super::super::text::{Lines, last_lines};
use super::super::Hints;
use super::{Date, Evidence, From, Partial, Reading, in_year, leading, understand};
use crate::extract::date::{DateOrder, Precision};

/// How many lines at the start are looked at, and how many at the end.
const HEAD: usize = 7;
const TAIL: usize = 5;
/// The longest date line, in bytes.
const LONGEST: usize = 160;
/// A line longer than this is a paragraph.
const PARAGRAPH: usize = 100;

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
    let opening = head.iter().enumerate().find_map(|(n, range)| Some((n, dateline(line(range), order)?)));
    let opening = opening.filter(|(_, found)| !(found.bare && is_chronology(text, order)));
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
        last.map(|range| at(range, true).or_else(|| at(range, false))).find_map(|found| found)
    });
    found.extend(mark.map(|reading| (From::Slug, reading)));
    found
}

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
        } else if !(unnamed && *chronology.get_or_insert_with(|| is_chronology(text, order))) {
            return Some((n, found.reading));
        }
    }
    updated
}

/// Tells whether lines of a text are headed by three different dates or more.
fn is_chronology(text: &str, order: DateOrder) -> bool {
    let mut seen: Vec<Reading> = Vec::new();
    for range in Lines::new(text, 0).take(10_000) {
        let line = text.get(range).unwrap_or_default();
        let found = date_line(line, order)
            .filter(|found| found.label == Label::None && !found.prefixed)
            .map(|found| found.reading)
            .or_else(|| dateline(line, order).filter(|d| d.bare).map(|d| d.reading));
        if let Some(reading) = found
            && !seen.contains(&reading)
        {
            seen.push(reading);
            if seen.len() > 2 {
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
    match date_line(line, order).filter(|found| !found.inline)?.reading {
        Reading::Sure((interval, Precision::Day)) => Some(interval.start),
        _ => None,
    }
}

/// Tells whether a line starts as wire copy does, with or without a date.
pub(in super::super) fn starts_with_dateline(line: &str, order: DateOrder) -> bool {
    if dateline(line, order).is_some_and(|found| !found.bare) {
        return true;
    }
    let head = upto(line, 90);
    let dash = ["--", " - ", "—", "–"].iter().filter_map(|dash| head.find(dash)).min();
    let Some((place, rest)) = dash.and_then(|at| head.split_at_checked(at)) else { return false };
    let place = place.trim();
    if !is_place(place) {
        return false;
    }
    // `Syria – a decade of war` is a headline; `DAMASCUS (AFP) –` and `DAMASCUS –` are not, unless
    // everything is in capitals.
    let capitals = |s: &str| !s.chars().any(char::is_lowercase);
    let first = place.split([' ', ',']).next().unwrap_or_default();
    place.ends_with(')') || (first.chars().count() > 2 && capitals(first) && !capitals(rest))
}

/// What a label says about the date behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    Published,
    Updated,
}

/// Labels, longer ones before those they start with.
const LABELS: [(&str, Label); 50] = [
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
    ("posted", Label::Published),
    ("release date", Label::Published),
    ("released", Label::Published),
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

/// Words that may stand beside a time.
const TIME_WORDS: [&str; 24] = [
    "am", "pm", "a.m", "p.m", "at", "on", "local", "time", "hours", "hrs", "hr", "h", "noon",
    "midnight", "gmt", "utc", "uhr", "z", "t", "edt", "est", "uk", "read", "ago",
];
/// Weekdays may stand behind a date as well.
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Words that names may hold in lower case.
const CONNECTORS: [&str; 22] = [
    "of", "de", "la", "las", "los", "del", "al", "el", "da", "do", "dos", "das", "di", "du", "y",
    "and", "von", "van", "bin", "the", "for", "in",
];
/// Words that show a sentence, where a place or a name would stand.
const SENTENCE: [&str; 45] = [
    "on", "at", "by", "since", "from", "after", "before", "during", "as", "until", "till", "this",
    "that", "was", "were", "has", "have", "had", "is", "are", "be", "been", "said", "says", "will",
    "would", "between", "about", "around", "late", "early", "mid", "last", "next", "when", "while",
    "but", "to", "with", "a", "an", "it", "its", "killed", "dated",
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
    if !head.chars().any(char::is_numeric) {
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
    rest = trim_marks(skip_on(skip_time(rest)));
    for (start, prefix) in starts(rest) {
        if !prefix.is_empty() && !is_prefix(prefix) {
            continue;
        }
        let here = rest.get(start..)?;
        let Some((partial, length)) = leading(here, order) else { continue };
        let (written, behind) = here.split_at_checked(length)?;
        let Some(reading) = understand(partial, written) else { continue };
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
        if head.len() == line.len() && is_tail(behind) {
            return Some(DateLine { reading, label, prefixed, inline: false });
        }
        let day = !matches!(reading, Reading::Sure((_, Precision::Month)) | Reading::Yearless { .. });
        if label == Label::Published && !prefixed && day && opens_paragraph(behind) {
            return Some(DateLine { reading, label, prefixed, inline: true });
        }
    }
    None
}

/// The label a text starts with, and what is behind it.
fn label_at(text: &str) -> Option<(Label, &str)> {
    let (label, rest) = LABELS.iter().find_map(|(name, label)| {
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

/// Without the preposition that a date may have.
fn skip_on(text: &str) -> &str {
    let found = ["on", "On", "ON", "at", "le", "el", "am", "em"].iter().find_map(|word| {
        text.strip_prefix(word).filter(|rest| rest.starts_with([' ', ':']))
    });
    found.unwrap_or(text)
}

/// Where a date may start: at once, or behind a mark that ends a prefix.
fn starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let marks = text.char_indices().filter(|(i, _)| *i < 90).filter_map(move |(i, c)| {
        let spaced = || text.get(..i).is_some_and(|t| t.ends_with(' '));
        let ends = match c {
            ',' | '|' | '·' | '•' | '(' | ')' | '—' | '–' | '/' => true,
            '-' => spaced(),
            _ => false,
        };
        let rest = text.get(i + c.len_utf8()..).filter(|_| ends)?;
        let start = text.len() - trim_marks(rest).len();
        Some((start, text.get(..i)?))
    });
    // `AFP 10 Oct 2020` needs no mark.
    let agency = text.split_once(' ').filter(|(word, _)| {
        (2..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
    });
    let agency = agency.map(|(word, _)| (word.len() + 1, word));
    std::iter::once((0, "")).chain(agency).chain(marks)
}

/// Tells whether what stands before a date is a place, an author or a source.
fn is_prefix(prefix: &str) -> bool {
    let mut words = 0;
    for word in prefix.split([' ', ',', '|', '·', '•', '(', ')', '/']) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        words += 1;
        let lower = word.to_lowercase();
        // A weekday belongs to the date, and what a label says is not known.
        if WEEKDAYS.contains(&lower.as_str()) || prefix.contains(':') {
            return false;
        }
        let by = words == 1 && matches!(lower.as_str(), "by" | "from");
        let first = matches!(lower.as_str(), "the" | "a" | "an" | "in") && words == 1;
        if first || !(by || is_name(word)) {
            return false;
        }
    }
    // `Washington D. C.` is no sentence.
    let last = prefix.trim_end().rsplit(' ').next().unwrap_or_default();
    let sentence = last.ends_with(['!', '?']) || (last.ends_with('.') && last.len() > 4);
    (1..=6).contains(&words) && !sentence
}

/// Tells whether a word may be part of a name.
fn is_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    if SENTENCE.contains(&lower.as_str()) || word.chars().any(char::is_numeric) {
        return false;
    }
    // Scripts without capitals have no way to tell.
    CONNECTORS.contains(&lower.as_str()) || !word.starts_with(char::is_lowercase)
}

/// Tells whether what stands behind a date line's date belongs to a date line: times, zones, a
/// source.
fn is_tail(tail: &str) -> bool {
    let mut rest = tail;
    for _ in 0..16 {
        let marked = rest.trim_start().starts_with([',', '|', '·', '•', '—', '–', '/', '-', '(']);
        rest = trim_marks(rest);
        if rest.is_empty() {
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

/// What is behind a time, a zone or a number of minutes, if the text starts with one.
fn time_token(text: &str) -> Option<&str> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(text.len());
    if digits > 0 && text.starts_with(|c: char| c.is_ascii_digit()) {
        let number = text.get(..digits)?;
        let behind = text.get(digits..)?;
        let word: String = behind.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        let word = word.to_lowercase();
        let unit = ["min", "mins", "minute", "minutes", "comment", "comments", "views", "shares"];
        if unit.contains(&word.as_str()) {
            return behind.trim_start().get(word.len()..);
        }
        let behind = after_noon(behind);
        let clock = number.contains([':', '.']) || TIME_WORDS.contains(&word.as_str()) || number.len() == 4;
        return clock.then_some(behind);
    }
    let end = text.find(|c: char| !(c.is_alphabetic() || c == '.')).unwrap_or(text.len());
    let word = text.get(..end).filter(|word| !word.is_empty())?;
    let lower = word.trim_end_matches('.').to_lowercase();
    let zone = word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase());
    let weekday = WEEKDAYS.iter().any(|day| lower.len() >= 3 && day.starts_with(&lower));
    (zone || weekday || TIME_WORDS.contains(&lower.as_str())).then(|| text.get(end..))?
}

/// What is behind `P. M.` as some tools space it, or behind the `p` of `6:11p`.
fn after_noon(text: &str) -> &str {
    let bare = text.trim_start();
    for form in ["a. m.", "p. m.", "a.m.", "p.m.", "am", "pm", "a", "p"] {
        if let Some((head, rest)) = bare.split_at_checked(form.len())
            && head.eq_ignore_ascii_case(form)
            && !rest.starts_with(char::is_alphanumeric)
        {
            return rest;
        }
    }
    text
}

/// What is behind a time at the start, `7:00pm UK, `.
fn skip_time(text: &str) -> &str {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(text.len());
    let (number, behind) = text.split_at_checked(digits).unwrap_or_default();
    let noon = after_noon(behind) != behind;
    let zone = number.len() == 4 && [" GMT", " UTC", " hrs", " hours"].iter().any(|z| behind.starts_with(z));
    if !(noon || zone || number.contains(':')) {
        return text;
    }
    let mut rest = trim_marks(after_noon(behind));
    // Zones and the time elsewhere, `GMT (1852 HKT)`, up to the date.
    while leading(rest, DateOrder::Auto).is_none_or(|(partial, _)| partial.month.is_none()) {
        match time_token(rest) {
            Some(behind) => rest = trim_marks(behind),
            None => break,
        }
    }
    rest
}

/// Tells whether a sentence starts behind a labelled date, as where line ends were lost.
fn opens_paragraph(behind: &str) -> bool {
    let mut rest = trim_marks(behind);
    while let Some(behind) = time_token(rest) {
        rest = trim_marks(behind);
    }
    rest.is_empty() || !rest.starts_with(char::is_lowercase)
}

/// The date that opens wire copy.
#[derive(Debug)]
struct Opening {
    reading: Reading,
    /// No place stands before the date.
    bare: bool,
}

/// Reads the start of a line as a dateline with a date.
fn dateline(line: &str, order: DateOrder) -> Option<Opening> {
    let head = upto(line, 260);
    let first = upto(head, 120);
    if !first.chars().any(char::is_numeric) {
        return None;
    }
    let clean = clean(head);
    let text = trim_marks(&clean);
    let word_starts = text.char_indices().filter(|(i, c)| {
        *i < 110 && c.is_alphanumeric() && text.get(..*i).is_some_and(|before| {
            before.is_empty() || before.ends_with([' ', '(', '/', ',', '-', '–', '—'])
        })
    });
    for (start, _) in word_starts {
        let (place, here) = text.split_at_checked(start)?;
        let place = place.trim_end();
        if !place.is_empty() && !is_place(place) {
            return None;
        }
        let Some((mut partial, mut length)) = leading(here, order) else { continue };
        if let Some((year, digits)) = short_year(partial, here.get(length..)?) {
            partial.year = Some(year);
            length += digits;
        }
        let (written, behind) = here.split_at_checked(length)?;
        let Some(reading) = understand(partial, written) else { continue };
        if matches!(reading, Reading::Sure((_, precision)) if precision != Precision::Day) {
            continue;
        }
        let words = place.split_whitespace().count();
        let parted = place.ends_with([',', '(', ')', '-', '–', '—', '/', '.']) || words <= 2;
        return (parted && ends_dateline(behind)).then_some(Opening { reading, bare: place.is_empty() });
    }
    None
}

/// The year in two digits right behind a month and day, `JUNE 11 89 (AFP)`, and its length; a
/// dateline has nothing else to count there.
fn short_year(partial: Partial, behind: &str) -> Option<(i16, usize)> {
    if partial.year.is_some() || partial.day.is_none() {
        return None;
    }
    let digits = behind.strip_prefix(' ')?.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
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
            let Some(end) = inner.find(*close) else { return false };
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
fn slug(line: &str, at_end: bool, order: DateOrder) -> Option<Reading> {
    let part = if at_end { downto(line, 200) } else { upto(line, 200) };
    if !part.chars().any(char::is_numeric) {
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
        c.is_alphanumeric() && text.get(..*i).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
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
        reading @ (Reading::Sure((_, Precision::Day)) | Reading::Either { .. }) => Some((reading, behind)),
        _ => None,
    }
}

/// The order of day and month that other dates of a text show, if they show one.
pub(super) fn order_shown(text: &str) -> DateOrder {
    let bytes = text.as_bytes();
    let (mut day_first, mut month_first) = (false, false);
    let mut last = None;
    for at in memchr::memchr_iter(b'/', bytes).take(2000) {
        // The first of two slashes: `25/12/2020`.
        let number = |range: Range<usize>| text.get(range)?.parse::<u8>().ok();
        let before = bytes.get(..at).unwrap_or_default();
        let from = before.iter().rev().take(2).take_while(|b| b.is_ascii_digit()).count();
        let after = bytes.get(at + 1..).unwrap_or_default();
        let to = after.iter().take(2).take_while(|b| b.is_ascii_digit()).count();
        let alone = !before.iter().rev().nth(from).is_some_and(|b| b.is_ascii_digit() || *b == b'/');
        if alone && after.get(to) == Some(&b'/') && last != Some(at)
            && let (Some(a), Some(b)) = (number(at - from..at), number(at + 1..at + 1 + to))
        {
            day_first |= (13..=31).contains(&a) && b <= 12;
            month_first |= (13..=31).contains(&b) && a <= 12;
            last = Some(at + 1 + to);
        }
    }
    match (day_first, month_first) {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ => DateOrder::Auto,
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
        let Some(day) = in_year(partial, year) else { continue };
        let near = |month: i8| (i16::from(month) - i16::from(day.month())).rem_euclid(12);
        let digits = year.to_string();
        let written = memchr::memmem::find_iter(text.as_bytes(), digits.as_bytes());
        let agrees = written.take(200).any(|at| {
            let before = downto(text.get(..at).unwrap_or_default(), 24);
            let window = text.len().min(at + 4) - (at - before.len());
            let window = text.get(at - before.len()..at - before.len() + window).unwrap_or_default();
            window.char_indices().any(|(i, c)| {
                let start = c.is_alphanumeric()
                    && window.get(..i).is_some_and(|b| !b.ends_with(char::is_alphanumeric));
                let found = window.get(i..).filter(|_| start).and_then(|rest| leading(rest, hints.order));
                found.is_some_and(|(found, _)| {
                    found.year == Some(year)
                        && found.month.is_some_and(|month| matches!(near(month), 0 | 1 | 11))
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

/// A line without the marks of Markdown, and without the spaces that some tools put around `/`
/// and `:` between numbers.
fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' | '_' | '`' => {}
            '\u{A0}' | '\u{202F}' | '\t' => out.push(' '),
            '/' | ':' => {
                let kept = out.trim_end().len();
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let glued = digit(out.get(..kept).and_then(|o| o.chars().next_back()));
                let mut ahead = chars.clone();
                let spaces = ahead.by_ref().take_while(|c| *c == ' ').count();
                let next = chars.clone().nth(spaces);
                if glued && digit(next) {
                    out.truncate(kept);
                    out.push(c);
                    for _ in 0..spaces {
                        chars.next();
                    }
                } else {
                    out.push(c);
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Without the white space and the marks that a text starts with.
fn trim_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || ",.;:|-–—·•()[]/@#>+«»\"'“”‘’\u{A0}\u{200E}\u{200F}\u{FEFF}".contains(c)
    })
}

/// At most the first `length` bytes.
fn upto(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or(text)
}

/// At most the last `length` bytes.
fn downto(text: &str, length: usize) -> &str {
    (text.len().saturating_sub(length)..=text.len()).find_map(|at| text.get(at..)).unwrap_or(text)
}
