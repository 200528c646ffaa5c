//! The shapes that stand around a date: names, times, zones, marks.
//!
//! Everything here is about what a line looks like. It reads no dates; where one may start, it
//! asks `extract::date`.

use std::borrow::Cow;
use std::ops::Range;

use super::leading;
use crate::extract::date::DateOrder;

/// Words that may stand beside a time.
pub(super) const TIME_WORDS: [&str; 24] = [
    "am", "pm", "a.m", "p.m", "at", "on", "local", "time", "hours", "hrs", "hr", "h", "noon",
    "midnight", "gmt", "utc", "uhr", "z", "t", "edt", "est", "uk", "read", "ago",
];

/// Weekdays may stand behind a date as well.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words that names may hold in lower case: particles, and what a unit is.
pub(super) const CONNECTORS: [&str; 32] = [
    "of",
    "de",
    "la",
    "las",
    "los",
    "del",
    "al",
    "el",
    "da",
    "do",
    "dos",
    "das",
    "di",
    "du",
    "y",
    "and",
    "von",
    "van",
    "bin",
    "the",
    "for",
    "in",
    "province",
    "region",
    "state",
    "district",
    "governorate",
    "county",
    "oblast",
    "область",
    "край",
    "район",
];

/// Words that show a sentence, where a place or a name would stand.
pub(super) const SENTENCE: [&str; 45] = [
    "on", "at", "by", "since", "from", "after", "before", "during", "as", "until", "till", "this",
    "that", "was", "were", "has", "have", "had", "is", "are", "be", "been", "said", "says", "will",
    "would", "between", "about", "around", "late", "early", "mid", "last", "next", "when", "while",
    "but", "to", "with", "a", "an", "it", "its", "killed", "dated",
];

/// Without the preposition that a date may have.
pub(super) fn skip_on(text: &str) -> &str {
    let found = ["on", "On", "ON", "at", "le", "el", "am", "em"]
        .iter()
        .find_map(|word| {
            text.strip_prefix(word)
                .filter(|rest| rest.starts_with([' ', ':']))
        });
    found.unwrap_or(text)
}

/// Where a date may start: at once, or behind a mark that ends a prefix.
pub(super) fn starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let marks = text
        .char_indices()
        .filter(|(i, _)| *i < 90)
        .filter_map(move |(i, c)| {
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
    // Nor does `By JOHN SMITH OCT. 10, 2020`.
    let byline = text.starts_with("By ") || text.starts_with("BY ");
    let author = text
        .match_indices(' ')
        .skip(2)
        .take_while(move |(i, _)| byline && *i < 90)
        .filter_map(|(i, _)| Some((i + 1, text.get(..i)?)));
    std::iter::once((0, ""))
        .chain(agency)
        .chain(author)
        .chain(marks)
}

/// Tells whether what stands before a date is a place, an author or a source.
pub(super) fn is_prefix(prefix: &str) -> bool {
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
pub(super) fn is_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    if SENTENCE.contains(&lower.as_str()) || word.chars().any(char::is_numeric) {
        return false;
    }
    // Scripts without capitals have no way to tell.
    CONNECTORS.contains(&lower.as_str()) || !word.starts_with(char::is_lowercase)
}

/// What is behind a time, a zone or a number of minutes, if the text starts with one.
pub(super) fn time_token(text: &str) -> Option<&str> {
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')))
        .unwrap_or(text.len());
    if digits > 0 && text.starts_with(|c: char| c.is_ascii_digit()) {
        let number = text.get(..digits)?;
        let behind = text.get(digits..)?;
        let word: String = behind
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        let word = word.to_lowercase();
        let unit = [
            "min", "mins", "minute", "minutes", "comment", "comments", "views", "shares",
        ];
        if unit.contains(&word.as_str()) {
            return behind.trim_start().get(word.len()..);
        }
        let behind = after_noon(behind);
        let clock =
            number.contains([':', '.']) || TIME_WORDS.contains(&word.as_str()) || number.len() == 4;
        return clock.then_some(behind);
    }
    let end = text
        .find(|c: char| !(c.is_alphabetic() || c == '.'))
        .unwrap_or(text.len());
    let word = text.get(..end).filter(|word| !word.is_empty())?;
    let lower = word.trim_end_matches('.').to_lowercase();
    let zone = word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase());
    let weekday = WEEKDAYS
        .iter()
        .any(|day| lower.len() >= 3 && day.starts_with(&lower));
    (zone || weekday || TIME_WORDS.contains(&lower.as_str())).then(|| text.get(end..))?
}

/// What is behind `P. M.` as some tools space it, or behind the `p` of `6:11p`.
pub(super) fn after_noon(text: &str) -> &str {
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
pub(super) fn skip_time(text: &str) -> &str {
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || c == ':'))
        .unwrap_or(text.len());
    let (number, behind) = text.split_at_checked(digits).unwrap_or_default();
    let noon = after_noon(behind) != behind;
    let zone = number.len() == 4
        && [" GMT", " UTC", " hrs", " hours"]
            .iter()
            .any(|z| behind.starts_with(z));
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

/// The order of day and month that other dates of a text show, if they show one.
pub(super) fn order_shown(text: &str) -> DateOrder {
    let bytes = text.as_bytes();
    let (mut day_first, mut month_first) = (false, false);
    let mut last = None;
    for at in memchr::memchr_iter(b'/', bytes).take(2000) {
        // The first of two slashes: `25/12/2020`.
        let number = |range: Range<usize>| text.get(range)?.parse::<u8>().ok();
        let before = bytes.get(..at).unwrap_or_default();
        let from = before
            .iter()
            .rev()
            .take(2)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let after = bytes.get(at + 1..).unwrap_or_default();
        let to = after
            .iter()
            .take(2)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let alone = !before
            .iter()
            .rev()
            .nth(from)
            .is_some_and(|b| b.is_ascii_digit() || *b == b'/');
        if alone
            && after.get(to) == Some(&b'/')
            && last != Some(at)
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

/// Tells whether a text has a digit or a sign for a number.
pub(super) fn has_number(text: &str) -> bool {
    let numeric = |c: char| !c.is_ascii() && c.is_numeric();
    any(text, |b| b.is_ascii_digit()) || (!text.is_ascii() && text.chars().any(numeric))
}

/// Whether any byte is such: by many bytes at a time, since mostly none is.
fn any(text: &str, such: impl Fn(u8) -> bool) -> bool {
    let (parts, rest) = text.as_bytes().as_chunks::<32>();
    parts
        .iter()
        .any(|part| part.iter().fold(false, |any, &b| any | such(b)))
        || rest.iter().any(|&b| such(b))
}

/// A line without the marks of Markdown, and without the spaces that some tools put around `/`
/// and `:` between numbers.
pub(super) fn clean(line: &str) -> Cow<'_, str> {
    // Hardly any line has them; the last two start a no-break space, among much else.
    let marked = |b| matches!(b, b'*' | b'_' | b'`' | b'\t' | b'/' | b':' | 0xC2 | 0xE2);
    if !any(line, marked) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.bytes().position(marked) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let mut chars = behind.chars();
        let mark = chars.next();
        rest = chars.as_str();
        match mark {
            Some('*' | '_' | '`') => {}
            Some('\u{A0}' | '\u{202F}' | '\t') => out.push(' '),
            Some(mark @ ('/' | ':')) => {
                let kept = out.trim_end().len();
                let next = rest.trim_start_matches(' ');
                let number = out[..kept].ends_with(|c: char| c.is_ascii_digit())
                    && next.starts_with(|c: char| c.is_ascii_digit());
                if number {
                    out.truncate(kept);
                    rest = next;
                }
                out.push(mark);
            }
            other => out.extend(other),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Without the white space and the marks that a text starts with.
pub(super) fn trim_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace()
            || ",.;:|-–—·•()[]/@#>+«»\"'“”‘’\u{A0}\u{200E}\u{200F}\u{FEFF}".contains(c)
    })
}

/// At most the first `length` bytes.
pub(super) fn upto(text: &str, length: usize) -> &str {
    (0..=length.min(text.len()))
        .rev()
        .find_map(|at| text.get(..at))
        .unwrap_or(text)
}

/// At most the last `length` bytes.
pub(super) fn downto(text: &str, length: usize) -> &str {
    (text.len().saturating_sub(length)..=text.len())
        .find_map(|at| text.get(at..))
        .unwrap_or(text)
}
