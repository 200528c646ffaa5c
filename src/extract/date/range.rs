//! Dates in a query: `2020`, `2020-10..2020-12`, `last month`, `2 weeks`.
//!
//! In notmuch's manner: a period stands for all its days, `..` joins two of them, either end may be
//! missing, and a bare duration reaches back from today. Today is asked for where it matters, never
//! read.

use jiff::civil::Date;

use super::interval::{Interval, shift_days, shift_months};
use super::partial::leading;
use super::{DateOrder, dates};

/// The forms that are accepted, for error messages.
const FORMS: &str = "2020, 2020-10, 2020-10-10, 10 October 2020, Oct 2020, today, yesterday, last month, 2 weeks, \
                     or two of them as FROM..TO, ..TO, FROM..";

/// Reads the days a query asks for.
///
/// An open end reaches to the limit of the calendar. `today` is asked only where the days hang on it.
///
/// # Errors
/// A sentence that names the input and lists the accepted forms; what `today` fails with.
pub fn range(s: &str, today: impl Fn() -> Result<Date, String>) -> Result<Interval, String> {
    let text = s.trim();
    let fail = || format!("cannot read '{text}' as a date; write {FORMS}");
    let Some((from, to)) = text.split_once("..") else {
        return single(text, &today)?.ok_or_else(fail);
    };
    let (from, to) = (from.trim(), to.trim_start_matches('.').trim());
    if from.is_empty() && to.is_empty() {
        return Err(fail());
    }
    let start = if from.is_empty() {
        Date::MIN
    } else {
        single(from, &today)?.ok_or_else(fail)?.start
    };
    let end = if to.is_empty() {
        Date::MAX
    } else {
        single(to, &today)?.ok_or_else(fail)?.end
    };
    Interval::new(start, end)
        .ok_or_else(|| format!("'{text}' ends before it begins; write the earlier date first"))
}

/// One period.
fn single(
    text: &str,
    today: impl Fn() -> Result<Date, String>,
) -> Result<Option<Interval>, String> {
    let lower = text.to_lowercase();
    // Running text leaves "2010-11" to mean two years; a query means the month, as in 2010-10.
    if let Some((year, month)) = lower.split_once('-')
        && let (4, 2) = (year.len(), month.len())
        && let (Ok(year), Ok(month)) = (year.parse(), month.parse())
    {
        return Ok(Interval::month(year, month));
    }
    if let Some((partial, length)) = leading(&lower, DateOrder::Auto)
        && length == lower.len()
    {
        // 10/12/2020 without an order is no date: only half of it would be what was meant.
        let ambiguous = partial.month.is_none() && lower.contains('/');
        let dated = match partial.interval() {
            _ if ambiguous => None,
            None => partial.with_year_near(today()?).and_then(|p| p.interval()),
            dated => dated,
        };
        return Ok(dated.map(|(interval, _)| interval));
    }
    let today = today()?;
    Ok(duration(&lower, today).or_else(|| relative(&lower, today)))
}

/// "2 weeks", "3d", "a month": from that long ago up to today.
fn duration(text: &str, today: Date) -> Option<Interval> {
    let text = text
        .strip_prefix("last ")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    let count: i64 = count.parse().ok()?;
    let start = match unit.trim_matches(|c: char| c.is_whitespace() || c == '_' || c == '-') {
        "d" | "day" | "days" => shift_days(today, -count),
        "w" | "week" | "weeks" => shift_days(today, count.checked_mul(-7)?),
        "mo" | "month" | "months" => shift_months(today, -count),
        "y" | "year" | "years" => shift_months(today, count.checked_mul(-12)?),
        _ => None,
    }?;
    Interval::new(start, today)
}

/// "last month", "yesterday", "summer 2014", "the 1990s": whatever running text may say, provided
/// it is all of the words.
fn relative(text: &str, today: Date) -> Option<Interval> {
    let text = text.replace('_', " ");
    // The vocabulary asks names for their capitals; a query may leave them out.
    let capital: String = text
        .split(' ')
        .map(capitalised)
        .collect::<Vec<_>>()
        .join(" ");
    [text.clone(), format!("the {text}"), capital]
        .iter()
        .find_map(|text| {
            let found = dates(text, Some(today), DateOrder::Auto);
            match found.as_slice() {
                [only] if only.span == (0..text.len()) => only.value,
                _ => None,
            }
        })
}

/// A word with a capital, unless it is one the vocabulary knows in small letters.
fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) if !matches!(word, "of" | "the" | "last" | "this" | "next") => {
            first.to_uppercase().chain(characters).collect()
        }
        _ => word.to_string(),
    }
}
