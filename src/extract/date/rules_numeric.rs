//! Dates in figures: 2020-10-10, 10.10.2020, 10/10/2020, 2020年10月10日, 2020-W41.
//!
//! The order of 10/12/2020 is not decided here but by the article (`resolve`). Scores, fractions,
//! telephone numbers and version numbers are kept out by asking for whole, plausible dates that
//! touch no further digit or separator.

use super::cursor::Cursor;
use super::expr::{Expr, YearRef};
use super::scan::{Gap, Kind};
use super::words::{Unit, Word};

/// Any date in figures at a position.
pub(super) fn numeric(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    // Chinese and Japanese put no blank before a date.
    if let Some(found) = east_asian(c, at) {
        return Some(found);
    }
    if touches_before(c, at) {
        return None;
    }
    iso_week(c, at)
        .or_else(|| year_first(c, at))
        .or_else(|| year_last(c, at))
        .or_else(|| year_month(c, at))
}

/// The value and width of bare digits: here points belong to dates, so `Cursor::number` will not do.
fn digits(c: &Cursor, at: usize) -> Option<(u32, u8)> {
    match c.token(at)?.kind {
        Kind::Number(value, digits) => Some((value, digits)),
        _ => None,
    }
}

/// Whether the digits go on to the left: a longer number, a path, a telephone number.
fn touches_before(c: &Cursor, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    if c.gap(at) != Gap::None {
        // "1 / 2 / 3 / 4" goes on over blanks.
        return c.is_mark(before, '/')
            && before
                .checked_sub(1)
                .is_some_and(|more| digits(c, more).is_some());
    }
    matches!(
        c.token(before).map(|token| token.kind),
        Some(Kind::Mark('-' | '/' | '.' | ':' | '#' | '$' | '+' | '=' | '_') | Kind::Word(..))
    )
}

/// Whether the digits go on to the right.
fn touches_after(c: &Cursor, at: usize) -> bool {
    if c.gap(at) != Gap::None {
        return c.is_mark(at, '/') && digits(c, at + 1).is_some();
    }
    let number = |at: usize| c.gap(at) == Gap::None && digits(c, at).is_some();
    match c.token(at).map(|token| token.kind) {
        Some(Kind::Mark('-' | '/' | '.' | ':' | '_')) => number(at + 1),
        Some(Kind::Mark('%')) => true,
        Some(Kind::Word(word, _)) => !matches!(word, Word::T | Word::Z),
        _ => false,
    }
}

/// A separator, and the same again: 2020-10-10, 10 / 10 / 2020. Blanks are allowed around slashes
/// and behind points, on one line.
fn separated(c: &Cursor, at: usize) -> Option<[usize; 3]> {
    let mark = ['-', '/', '.']
        .into_iter()
        .find(|mark| c.is_mark(at + 1, *mark))?;
    let place = |separator: usize| {
        let tight = c.gap(separator) == Gap::None && c.gap(separator + 1) == Gap::None;
        let loose = c.gap(separator) <= Gap::Space && c.gap(separator + 1) <= Gap::Space;
        (c.is_mark(separator, mark)
            && (tight
                || loose && mark == '/'
                || c.gap(separator) == Gap::None && loose && mark == '.'))
            .then_some(separator + 1)
    };
    let second = place(at + 1)?;
    Some([at, second, place(second + 1)?])
}

/// 2020-10-10, 2020/10/10, 2020.10.10, 2013 / may / 03, and the time an ISO date may carry.
fn year_first(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let [first, second, third] = separated(c, at)?;
    let (year, 4) = digits(c, first)? else {
        return None;
    };
    let month = match digits(c, second) {
        Some((month, 1 | 2)) => i8::try_from(month).ok()?,
        Some(_) => return None,
        None => c.month(second)?.0,
    };
    let (day, 1 | 2) = digits(c, third)? else {
        return None;
    };
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (1000..=2150).contains(year))?;
    let day = i8::try_from(day).ok()?;
    let end = third + 1;
    if touches_after(c, end) || !plausible(month, day) {
        return None;
    }
    let end = if c.gap(end) == Gap::None && c.is(end, Word::T) {
        iso_time(c, end)
    } else {
        end
    };
    Some((
        end,
        Expr::Date {
            year: YearRef::Is(year),
            month,
            day,
            weekday: None,
        },
    ))
}

/// Past "T08:00:00.000Z" or "T08:00+01:00".
fn iso_time(c: &Cursor, at: usize) -> usize {
    let mut end = at + 1;
    // Twelve tokens are the longest form: 08 : 00 : 00 . 000 + 01 : 00
    while end < at + 13
        && c.gap(end) == Gap::None
        && matches!(
            c.token(end).map(|t| t.kind),
            Some(Kind::Number(..) | Kind::Mark(':' | '.' | '+' | '-') | Kind::Word(Word::Z, _))
        )
    {
        end += 1;
    }
    // A full stop behind the time belongs to the sentence.
    if matches!(c.token(end - 1).map(|t| t.kind), Some(Kind::Mark(_))) {
        end - 1
    } else {
        end
    }
}

/// 10/10/2020, 10.10.2020, 10-10-2020, 10/10/20.
fn year_last(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let [first, second, third] = separated(c, at)?;
    let (a, 1 | 2) = digits(c, first)? else {
        return None;
    };
    let (b, 1 | 2) = digits(c, second)? else {
        return None;
    };
    let (a, b) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
    let (year, width) = digits(c, third)?;
    let end = third + 1;
    if touches_after(c, end) || !(plausible(a, b) || plausible(b, a)) {
        return None;
    }
    let slashes = c.is_mark(first + 1, '/');
    let year = match width {
        4 => YearRef::Is(
            i16::try_from(year)
                .ok()
                .filter(|year| (1000..=2150).contains(year))?,
        ),
        // Two digits are believed between slashes, or with two digits throughout: 10.10.20.
        2 if slashes
            || (c.is_mark(first + 1, '.')
                && c.text_of(first).len() == 2
                && c.text_of(second).len() == 2) =>
        {
            YearRef::Short(i16::try_from(year).ok()?)
        }
        _ => return None,
    };
    // Points are the continental way, day first; only slashes and dashes leave the order open.
    let expr = match c.is_mark(first + 1, '.') {
        true if plausible(b, a) => Expr::Date {
            year,
            month: b,
            day: a,
            weekday: None,
        },
        true => return None,
        false => Expr::Slashed {
            first: a,
            second: b,
            year,
            weekday: None,
        },
    };
    Some((end, expr))
}

/// 2020-10. "2010-11" might as well be two years, and is left to the ranges.
fn year_month(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (year, 4) = digits(c, at)? else {
        return None;
    };
    if !(c.glued_mark(at + 1, '-') && c.gap(at + 2) == Gap::None) {
        return None;
    }
    let (month, 2) = digits(c, at + 2)? else {
        return None;
    };
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (1900..=2150).contains(year))?;
    let two_years = i16::try_from(month).ok()? > year % 100;
    if two_years || !(1..=12).contains(&month) || touches_after(c, at + 3) {
        return None;
    }
    Some((
        at + 3,
        Expr::Month {
            year: YearRef::Is(year),
            month: i8::try_from(month).ok()?,
            lean: super::expr::Lean::None,
        },
    ))
}

/// 2020-W41, 2020W41, "W41 2020", "week 41 of 2020".
fn iso_week(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let week_number = |at: usize| {
        digits(c, at)
            .filter(|(week, _)| (1..=53).contains(week))
            .and_then(|(week, _)| i8::try_from(week).ok())
    };
    if let Some((year, 4)) = digits(c, at) {
        let w = if c.glued_mark(at + 1, '-') {
            at + 2
        } else {
            at + 1
        };
        if c.gap(w) != Gap::None || c.word(w) != Word::W || c.gap(w + 1) != Gap::None {
            return None;
        }
        return Some((
            w + 2,
            Expr::IsoWeek {
                year: i16::try_from(year).ok()?,
                week: week_number(w + 1)?,
            },
        ));
    }
    None
}

/// "week 41 of 2020", "W41 2020", "week 41, 2020".
pub(super) fn week_number(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    match c.word(at) {
        Word::W if c.gap(at + 1) == Gap::None => {}
        Word::Unit(Unit::Week, false) => {}
        _ => return None,
    }
    let (week, _) = c
        .number(at + 1)
        .filter(|(week, _)| (1..=53).contains(week))?;
    let next = c.skip_mark(c.skip(at + 2, Word::Of), ',');
    let year = c.year(next)?;
    Some((
        next + 1,
        Expr::IsoWeek {
            year,
            week: i8::try_from(week).ok()?,
        },
    ))
}

/// 2020年10月10日, 2020年10月, 2020年.
fn east_asian(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (year, 4) = digits(c, at)? else {
        return None;
    };
    if !c.is_mark(at + 1, '年') {
        return None;
    }
    let year = YearRef::Is(i16::try_from(year).ok()?);
    let Some((month, _)) =
        digits(c, at + 2).filter(|(month, _)| (1..=12).contains(month) && c.is_mark(at + 3, '月'))
    else {
        return Some((at + 2, Expr::Year(year)));
    };
    let month = i8::try_from(month).ok()?;
    match digits(c, at + 4).filter(|(day, _)| (1..=31).contains(day) && c.is_mark(at + 5, '日')) {
        Some((day, _)) => Some((
            at + 6,
            Expr::Date {
                year,
                month,
                day: i8::try_from(day).ok()?,
                weekday: None,
            },
        )),
        None => Some((
            at + 4,
            Expr::Month {
                year,
                month,
                lean: super::expr::Lean::None,
            },
        )),
    }
}

/// Whether these can be a month and a day.
fn plausible(month: i8, day: i8) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}
