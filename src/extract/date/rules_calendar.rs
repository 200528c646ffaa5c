//! Dates in words: "10 October 2020", "Saturday, Oct. 10", "October 10–12", "mid-May 2015", "2014".
//!
//! Relative expressions are in `rules_relative`, dates in figures in `rules_numeric`; which lone
//! month, weekday or year is none at all is decided in `guard`.

use super::cursor::Cursor;
use super::expr::{Base, Expr, Lean, YearRef};
use super::guard;
use super::scan::Gap;
use super::words::{Form, Unit, Word};

/// A day of a month, or several in a row, and where they end.
struct DayOfMonth {
    end: usize,
    month: i8,
    day: i8,
    last: Option<i8>,
    month_first: bool,
}

/// A date of day and month, with whatever of weekday and year stands by it.
pub(super) fn date(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (weekday, begin) = match c.weekday(at) {
        Some((weekday, _, next)) => (Some(weekday), behind_weekday(c, next)?),
        None => (None, at),
    };
    if let Some(found) = day_of_this_month(c, begin) {
        return Some(found);
    }
    // "2020 October 10"; a year that ends a headline belongs to it.
    let leading_year = c
        .year(begin)
        .filter(|_| c.gap(begin + 1) == Gap::Space && c.month(begin + 1).is_some());
    let begin = if leading_year.is_some() {
        begin + 1
    } else {
        begin
    };
    let found = match leading_year {
        Some(_) => month_day(c, begin)?,
        None => month_day(c, begin).or_else(|| day_month(c, begin))?,
    };
    let DayOfMonth {
        month, day, last, ..
    } = found;
    let (end, year) = match year_behind(c, found.end, found.month_first) {
        // The one day that its attacks made known without a year.
        (end, YearRef::Unset) if (month, day) == (9, 11) && is_attack(c, end) => {
            (end, YearRef::Is(2001))
        }
        (end, YearRef::Unset) => (end, leading_year.map_or(YearRef::Unset, YearRef::Is)),
        // "in 2005 June 6, 2005": the first year stands for itself.
        _ if leading_year.is_some() => return None,
        stated => stated,
    };
    let one = |day| Expr::Date {
        year,
        month,
        day,
        weekday,
    };
    let expr = match last {
        None => one(day),
        Some(last) => Expr::Range(
            Box::new(one(day)),
            Box::new(Expr::Date {
                year,
                month,
                day: last,
                weekday: None,
            }),
        ),
    };
    Some((end, expr))
}

/// "the 15th of this month", "the 3rd of last month".
fn day_of_this_month(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (day, next) = c.ordinal(at).filter(|(day, _)| (1..=31).contains(day))?;
    let shift = match c.word(next + 1) {
        _ if !c.is(next, Word::Of) => return None,
        Word::Last => -1,
        Word::This => 0,
        Word::Next => 1,
        _ => return None,
    };
    let month = Expr::Unit {
        unit: Unit::Month,
        shift,
        base: Base::Publication,
    };
    let month = Box::new(month);
    (c.unit(next + 2) == Some(Unit::Month)).then_some((next + 3, Expr::DayOf { day, month }))
}

/// "attacks" behind "September 11", perhaps after "terrorist" or "terror".
fn is_attack(c: &Cursor, at: usize) -> bool {
    let mut words = c.text_of(at).split(' ');
    let first = words.next().unwrap_or_default();
    let named = if matches!(first, "terrorist" | "terror") {
        words.next().unwrap_or_default()
    } else {
        first
    };
    c.gap(at) != Gap::Blank && matches!(named, "attack" | "attacks" | "hijackings" | "hijackers")
}

/// Past what may stand between a weekday and its date: a comma, "the", "den". Without a comma both
/// stand on one line, or the weekday ends a headline and the date begins the next.
pub(super) fn behind_weekday(c: &Cursor, at: usize) -> Option<usize> {
    let comma = c.is_mark(at, ',');
    if !comma && c.gap(at) >= Gap::Line {
        return None;
    }
    let next = c.skip(c.skip_mark(at, ','), Word::The);
    let article = matches!(c.text_of(next), "den" | "le" | "el");
    Some(if article { next + 1 } else { next })
}

/// "October 10", "Oct. 10th", "October 10-12".
fn month_day(c: &Cursor, at: usize) -> Option<DayOfMonth> {
    let (month, form, next) = c.month(at)?;
    if form == Form::Distinct {
        return None;
    }
    // Oct-10-2020
    let dashed =
        c.glued_mark(next, '-') && c.glued_mark(next + 2, '-') && c.year(next + 3).is_some();
    let next = if dashed {
        next + 1
    } else {
        c.skip(c.skip_mark(next, ','), Word::The)
    };
    if c.gap(next) == Gap::Blank {
        return None;
    }
    let (day, end) = c.day(next)?;
    if matches!(c.word(next), Word::Ordinal(_)) && !matches!(c.word_before(next), Word::The) {
        return None;
    }
    // "In May 10 people were killed" counts people; "May 3.5" and "June 12 million" are amounts.
    if matches!(c.word(end), Word::Counted | Word::Unit(..))
        && (c.is(end, Word::Counted) || c.gap(end) != Gap::Blank)
    {
        let on = at > 0 && c.word_before(at) == Word::On;
        if !on {
            return None;
        }
    }
    let (last, end) = match second_day(c, next, end) {
        Some((last, end)) if last > day => (Some(last), end),
        _ => (None, end),
    };
    Some(DayOfMonth {
        end,
        month,
        day,
        last,
        month_first: true,
    })
}

/// "10 October", "the 10th of October", "10-12 October", "10 de octubre", "10. Oktober".
fn day_month(c: &Cursor, at: usize) -> Option<DayOfMonth> {
    let begin = c.skip(at, Word::The);
    let (day, next) = c.day(begin)?;
    let (last, next) = match second_day(c, begin, next) {
        Some((last, end)) if last > day => (Some(last), end),
        _ => (None, next),
    };
    let spelt = matches!(c.word(begin), Word::Ordinal(_));
    let of = c.is(next, Word::Of);
    // "second May" is no date, "the second of May" is.
    if spelt && !of {
        return None;
    }
    let joined = of
        || is_of(c, next)
        || c.glued_mark(next, '.')
        || c.is_mark(next, '-')
        || c.is_mark(next, '/');
    let month_at = if joined { next + 1 } else { next };
    if c.gap(month_at) == Gap::Blank {
        return None;
    }
    let (month, form, end) = c.month(month_at)?;
    if form == Form::Distinct {
        return None;
    }
    // "the other 10 may be dead", "20 march on"
    if matches!(month, 3 | 5) && !guard::month_behind_day(c, end - 1) {
        return None;
    }
    // In "No. 4 August 16, 2011" the month belongs to what follows it.
    if let Some((_, behind)) = c.digit_day(end)
        && c.is_mark(behind, ',')
        && c.year(behind + 1).is_some()
    {
        return None;
    }
    Some(DayOfMonth {
        end,
        month,
        day,
        last,
        month_first: false,
    })
}

/// The Romance "of" in a date.
fn is_of(c: &Cursor, at: usize) -> bool {
    matches!(c.text_of(at), "de" | "del" | "De" | "DE" | "من")
}

/// The second day of "10-12", "10 to 12", "between 10 and 12".
fn second_day(c: &Cursor, first: usize, at: usize) -> Option<(i8, usize)> {
    // "9/10 November" is a night, and its days follow each other.
    let night = c.glued_mark(at, '/')
        && matches!((c.digit_day(first), c.digit_day(at + 1)), (Some((day, _)), Some((next, _))) if next == day + 1);
    // "du 25 au 27 juillet", "с 5 по 7 марта"
    let foreign = matches!(
        c.text_of(at),
        "au" | "al" | "ao" | "à" | "bis" | "по" | "до"
    );
    let joined = night
        || foreign
        || c.is_mark(at, '-')
        || matches!(c.word(at), Word::To | Word::Until)
        || (c.word(at) == Word::And && c.word_before(first) == Word::Between);
    let next = at + 1;
    if !joined || c.gap(at) >= Gap::Line || c.gap(next) >= Gap::Line {
        return None;
    }
    // In "May 5 - 10: 30" a time follows.
    c.digit_day(next)
}

/// The year behind a date. Two digits are a year only after "3 JAN" and where nothing could be
/// counted by them, or after an apostrophe.
fn year_behind(c: &Cursor, at: usize, month_first: bool) -> (usize, YearRef) {
    if let Some(found) = full_year(c, at) {
        return found;
    }
    if c.is_mark(at, '\'')
        && let Some((value, 2)) = c.number(at + 1)
        && c.gap(at + 1) == Gap::None
    {
        return (at + 2, YearRef::Short(value as i16));
    }
    if !month_first
        && c.gap(at) <= Gap::Space
        && let Some((value, 2)) = c.number(at)
        && c.closes(at + 1)
        && !c.is_mark(at + 1, ':')
        && !c.is_mark(at + 1, '%')
        && !(c.is_mark(at + 1, '-') && c.gap(at + 1) == Gap::None)
    {
        return (at + 1, YearRef::Short(value as i16));
    }
    // 03-Jan-90
    if !month_first
        && (c.glued_mark(at, '-') || c.glued_mark(at, '/'))
        && let Some((value, 2)) = c.number(at + 1)
        && c.gap(at + 1) == Gap::None
        // "1 July–30 September" goes on to a day.
        && c.month(at + 2).is_none()
    {
        return (at + 2, YearRef::Short(value as i16));
    }
    relative_year(c, at).unwrap_or((at, YearRef::Unset))
}

/// A year of four digits behind a comma, "of", "de" or nothing.
fn full_year(c: &Cursor, at: usize) -> Option<(usize, YearRef)> {
    let next = match c.word(at) {
        Word::Of | Word::In => at + 1,
        _ if c.is_mark(at, ',') || c.is_mark(at, '-') || c.is_mark(at, '/') || is_of(c, at) => {
            at + 1
        }
        _ => at,
    };
    if c.gap(next) == Gap::Blank || c.gap(at) == Gap::Blank {
        return None;
    }
    let year = c.year(next)?;
    // "On May 3, 2000 people marched": a count, unless it cannot be one.
    if matches!(c.word(next + 1), Word::Counted) && year % 100 == 0 && c.gap(next + 1) == Gap::Space
    {
        return None;
    }
    Some((next + 1, YearRef::Is(year)))
}

/// "last year", "of this year", "next year", "of that year" behind a date.
pub(super) fn relative_year(c: &Cursor, at: usize) -> Option<(usize, YearRef)> {
    let mut next = if c.is(at, Word::Of) || c.is(at, Word::In) || c.is_mark(at, ',') {
        at + 1
    } else {
        at
    };
    next = c.skip(next, Word::The);
    let shift = match c.word(next) {
        _ if c.gap(next) == Gap::Blank => return None,
        Word::Last => YearRef::Shift(-1),
        Word::This | Word::Current => YearRef::Shift(0),
        Word::Next => YearRef::Shift(1),
        Word::That | Word::Same => YearRef::Mention,
        // "the end of the year" is this one; without "of the" no year is meant.
        Word::Unit(Unit::Year, false) if next >= at + 2 => {
            return Some((next + 1, YearRef::Shift(0)));
        }
        _ => return None,
    };
    (c.unit(next + 1) == Some(Unit::Year)).then_some((next + 2, shift))
}

/// A year behind a month, season or quarter: "2020", "of 2020", "'82", "last year".
pub(super) fn year_of_period(c: &Cursor, at: usize) -> (usize, YearRef) {
    if let Some(found) = full_year(c, at) {
        return found;
    }
    let next = c.skip(at, Word::Of);
    if c.is_mark(next, '\'')
        && let Some((value, 2)) = c.number(next + 1)
        && c.gap(next + 1) == Gap::None
    {
        return (next + 2, YearRef::Short(value as i16));
    }
    relative_year(c, at).unwrap_or((at, YearRef::Unset))
}

/// A month, with its year if it has one.
pub(super) fn month(c: &Cursor, at: usize, lean: Lean) -> Option<(usize, Expr)> {
    let (month, _, next) = c.month(at)?;
    let (end, year) = year_of_period(c, next);
    Some((end, Expr::Month { year, month, lean }))
}

/// More days of the month just read: "April 24 and 25", "May 3, 5 and 7". Returns where the next
/// one begins and ends, and the day; `listed` says that one has been read already.
pub(super) fn another_day(c: &Cursor, at: usize, listed: bool) -> Option<(usize, usize, i8)> {
    let mut next = c.skip_mark(at, ',');
    if matches!(c.word(next), Word::And | Word::Or) && c.gap(next) <= Gap::Line {
        next += 1;
    } else if next == at {
        return None;
    }
    let (day, end) = c.digit_day(next)?;
    // Only where nothing follows that the number could count: punctuation or a preposition.
    let free = listed && !matches!(c.word(end), Word::Counted | Word::Unit(..))
        || c.closes(end) && !c.is_mark(end, '-') && !c.is_mark(end, '/')
        || matches!(
            c.word(end),
            Word::In | Word::At | Word::By | Word::And | Word::To | Word::For
        );
    (free && c.gap(next) <= Gap::Line && c.month(end).is_none()).then_some((next, end, day))
}
