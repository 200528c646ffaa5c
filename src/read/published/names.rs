//! Publication dates in the names of files and folders, and in web addresses.
//!
//! Only whole dates count in a file name (`2020-10-10`, `20201010`, `10_Oct_2020`) and months
//! (`2020-10`); a lone year there may be any number. Of folders, a year counts if it is the whole
//! name.
//!
//! It does not look into the file system: a path is a string here.

use jiff::civil::Date;

use super::{Found, Partial, Reading, single};
use crate::extract::date::{DateOrder, Precision, leading};

/// Marks that stand between the parts of a date in a name.
const MARKS: [char; 4] = ['-', '_', '.', ' '];

/// The date in the name of the file at `path`.
pub(super) fn file(path: &str, order: DateOrder) -> Option<Reading> {
    let name = path.rsplit(['/', '\\']).next()?;
    let stem = match name.rsplit_once('.') {
        // `report.2020` has no extension.
        Some((stem, extension)) if extension.bytes().any(|b| b.is_ascii_alphabetic()) => stem,
        _ => name,
    };
    in_name(stem, order)
}

/// The date in the names of the folders of `path`: of the deepest that tells one.
pub(super) fn folders(path: &str, order: DateOrder, today: Date) -> Option<Reading> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    let mut found = None;
    let (mut year, mut month) = (None, None);
    for part in parts {
        let number = part
            .parse::<i16>()
            .ok()
            .filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        if let Some(n) = number.filter(|n| part.len() == 4 && (1800..=today.year()).contains(n)) {
            (year, month) = (Some(n), None);
        } else if let (Some(_), None, Some(n)) = (year, month, month_of(part, number)) {
            month = Some(n);
        } else if let (Some(_), Some(_), Some(day)) =
            (year, month, number.filter(|_| part.len() <= 2))
        {
            let day = Partial {
                year,
                month,
                day: i8::try_from(day).ok(),
                weekday: None,
            };
            found = day.interval().map(Reading::Sure).or(found);
            (year, month) = (None, None);
            continue;
        } else {
            found = in_name(part, order).or(found);
            (year, month) = (None, None);
            continue;
        }
        let partial = Partial {
            year,
            month,
            day: None,
            weekday: None,
        };
        found = partial.interval().map(Reading::Sure).or(found);
    }
    found
}

/// The date in the path of a web address, `/2020/10/10/`; whole dates only.
pub(super) fn address(url: &str, order: DateOrder) -> Option<Reading> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |part: &str, longest: usize| {
        let digits = part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| digits)
    };
    for window in parts.windows(3) {
        let [year, month, day] = window else { continue };
        let Some(year) = number(year, 4).filter(|year| (1800..2100).contains(year)) else {
            continue;
        };
        let month = number(month, 2)
            .and_then(|n| month_of("", Some(n)))
            .or_else(|| month_of(month, None));
        let (Some(month), Some(day)) = (month, number(day, 2)) else {
            continue;
        };
        let partial = Partial {
            year: Some(year),
            month: Some(month),
            day: i8::try_from(day).ok(),
            weekday: None,
        };
        if let Some(found) = partial.interval() {
            return Some(Reading::Sure(found));
        }
    }
    let exact = |reading: &Reading| matches!(reading, Reading::Sure((_, Precision::Day)));
    parts
        .iter()
        .rev()
        .find_map(|part| in_name(part, order).filter(exact))
}

/// The month that a folder is named after: a number or a name.
fn month_of(part: &str, number: Option<i16>) -> Option<i8> {
    if let Some(number) = number {
        return i8::try_from(number)
            .ok()
            .filter(|n| (1..=12).contains(n) && part.len() <= 2);
    }
    // The name of a month is no date on its own, but with a year it is.
    if part.is_empty() || !part.chars().all(char::is_alphabetic) {
        return None;
    }
    let (partial, _) = leading(&format!("{part} 2000"), DateOrder::Auto)?;
    partial.month.filter(|_| partial.year == Some(2000))
}

/// The only date in a name; none if there are several, for then they are a span of time.
fn in_name(name: &str, order: DateOrder) -> Option<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let groups = groups(name);
    let mut next = 0;
    while let Some((reading, used)) = groups
        .get(next..)
        .and_then(|rest| rest.first().map(|_| numeric(name, rest, order)))
    {
        if let Some(reading) = reading
            && !found.contains(&reading)
        {
            found.push(reading);
        }
        next += used;
    }
    if found.is_empty() {
        found.extend(worded(name, order));
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// The runs of digits in a name, as (start, end).
fn groups(name: &str) -> Vec<(usize, usize)> {
    let bytes = name.as_bytes();
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (i, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_digit() {
            continue;
        }
        match groups.last_mut() {
            Some((_, end)) if *end == i => *end = i + 1,
            _ => groups.push((i, i + 1)),
        }
    }
    groups
}

/// The date that starts with the first of some runs of digits, and how many runs it takes.
fn numeric(name: &str, groups: &[(usize, usize)], order: DateOrder) -> (Option<Reading>, usize) {
    let text = |n: usize| {
        groups
            .get(n)
            .and_then(|(start, end)| name.get(*start..*end))
    };
    // The mark between two runs, if nothing else is there.
    let mark = |n: usize| {
        let between = name.get(groups.get(n)?.1..groups.get(n + 1)?.0)?;
        let mut chars = between.chars();
        let mark = chars.next().filter(|c| MARKS.contains(c))?;
        chars.next().is_none().then_some(mark)
    };
    let Some(first) = text(0) else {
        return (None, 1);
    };
    if matches!(first.len(), 8 | 12 | 14) {
        let found = compact(first).filter(|_| stands_alone(name, groups));
        return (found.map(Reading::Sure), 1);
    }
    let short = |n: usize| {
        text(n)
            .filter(|s| s.len() <= 2)
            .and_then(|s| s.parse::<i8>().ok())
    };
    if first.len() == 4 {
        let year = first
            .parse::<i16>()
            .ok()
            .filter(|year| (1800..2100).contains(year));
        let (Some(year), Some(mark_0), Some(month)) = (year, mark(0), short(1)) else {
            return (None, 1);
        };
        let mut partial = Partial {
            year: Some(year),
            month: Some(month),
            day: None,
            weekday: None,
        };
        if let (Some(day), true) = (short(2), mark(1) == Some(mark_0)) {
            partial.day = Some(day);
            // A fourth number of the same kind makes it a version or an address.
            return match partial.interval() {
                Some(found) => (Some(Reading::Sure(found)), 3),
                None => (None, 3),
            };
        }
        let two_digits = text(1).is_some_and(|s| s.len() == 2);
        if two_digits && mark(1).is_none() {
            return (partial.interval().map(Reading::Sure), 2);
        }
        return (None, 1);
    }
    let whole = (short(0), short(1), text(2).filter(|s| s.len() == 4));
    if let (Some(a), Some(b), Some(year)) = whole
        && let (Some(one), Some(two)) = (mark(0), mark(1))
        && one == two
        && let Ok(year) = year.parse::<i16>()
        && (1800..2100).contains(&year)
    {
        let day = |month, day| Date::new(year, month, day).ok().map(single);
        let reading = match (day(b, a), day(a, b), order) {
            (Some(x), Some(y), _) if x == y => Some(Reading::Sure((x, Precision::Day))),
            (Some(x), _, DateOrder::DayFirst) | (Some(x), None, _) => {
                Some(Reading::Sure((x, Precision::Day)))
            }
            (_, Some(y), DateOrder::MonthFirst) | (None, Some(y), _) => {
                Some(Reading::Sure((y, Precision::Day)))
            }
            (Some(day_first), Some(month_first), DateOrder::Auto) => {
                let end = groups.get(2).map_or(name.len(), |(_, end)| *end);
                let start = groups.first().map_or(0, |(start, _)| *start);
                let written = name.get(start..end).unwrap_or(name).to_owned();
                Some(Reading::Either {
                    day_first,
                    month_first,
                    written,
                })
            }
            (None, None, _) => None,
        };
        return (reading, 3);
    }
    (None, 1)
}

/// Whether letters leave the first of some runs of digits a date, as in `sitrep20201010` and
/// `20201010T1405`: on both sides, or with more digits, they make it the number of something, like
/// `A20201010B` and the hash `c9e20201010`.
fn stands_alone(name: &str, groups: &[(usize, usize)]) -> bool {
    let Some((start, end)) = groups.first() else {
        return false;
    };
    let (Some(before), Some(behind)) = (name.get(..*start), name.get(*end..)) else {
        return false;
    };
    let before = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let behind = behind
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let letters = |part: &str| part.chars().all(char::is_alphabetic);
    let time = behind
        .strip_prefix(['T', 't'])
        .is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()));
    (before.is_empty() && (letters(behind) || time)) || (behind.is_empty() && letters(before))
}

/// `20201010`, `202010101405` and `20201010140500`.
fn compact(digits: &str) -> Option<Found> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let year = part(0, 4).filter(|year| (1800..2100).contains(year))?;
    if digits.len() > 8 && (part(8, 10)? > 23 || part(10, 12)? > 59) {
        return None;
    }
    let (month, day) = (
        i8::try_from(part(4, 6)?).ok()?,
        i8::try_from(part(6, 8)?).ok()?,
    );
    Date::new(year, month, day)
        .ok()
        .map(|day| (single(day), Precision::Day))
}

/// A date with the name of its month: `10-Oct-2020`, `october_2020`.
fn worded(name: &str, order: DateOrder) -> Option<Reading> {
    let spaced: String = name
        .chars()
        .map(|c| {
            if MARKS.contains(&c) || c == ',' {
                ' '
            } else {
                c
            }
        })
        .collect();
    let starts = spaced.char_indices().filter(|(i, c)| {
        c.is_alphanumeric()
            && spaced
                .get(..*i)
                .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    });
    for (start, _) in starts {
        let Some((partial, length)) = spaced.get(start..).and_then(|rest| leading(rest, order))
        else {
            continue;
        };
        let named = spaced
            .get(start..start + length)
            .is_some_and(|written| written.chars().any(char::is_alphabetic));
        if named && partial.year.is_some() && partial.month.is_some() {
            return partial.interval().map(Reading::Sure);
        }
    }
    None
}
