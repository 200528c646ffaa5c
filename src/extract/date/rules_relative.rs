//! Expressions that hang on another date: "yesterday", "last week", "two days later", "a year ago",
//! "the same day", "Friday last week".
//!
//! Durations ("for ten days", "the past two weeks", "the next four years") are not dates, and none
//! of these rules reads a plural behind last, next or past.

use super::cursor::Cursor;
use super::expr::{Base, Expr, Lean, YearRef};
use super::scan::Gap;
use super::words::{Form, Unit, Word};
use super::{rules_calendar, rules_named, rules_numeric};

/// Any relative expression at a position; `the` says that "the" stands before it.
pub(super) fn relative(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    today(c, at, the)
        .or_else(|| directed(c, at, the))
        .or_else(|| counted(c, at, the))
        .or_else(|| in_the_day(c, at))
        .or_else(|| weekend(c, at, the))
}

/// today, yesterday, tomorrow, "the day before yesterday", "the day after tomorrow", overnight.
fn today(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    let day = |end, shift| {
        Some((
            end,
            Expr::Unit {
                unit: Unit::Day,
                shift,
                base: Base::Publication,
            },
        ))
    };
    match c.word(at) {
        Word::Today(shift) if !the => day(at + 1, i64::from(shift)),
        // "overnight Saturday to Sunday"
        Word::Overnight if !the && c.weekday(at + 1).is_some() && c.gap(at + 1) == Gap::Space => {
            nights(c, at + 1)
        }
        Word::Overnight if !the => Some((at + 1, Expr::Overnight)),
        Word::Unit(Unit::Day, false) => match (c.word(at + 1), c.word(at + 2)) {
            (Word::Before, Word::Today(-1)) => day(at + 3, -2),
            (Word::After, Word::Today(1)) => day(at + 3, 2),
            (Word::Before, _) if the => beside(c, at + 2, Unit::Day, -1),
            (Word::After, _) if the => beside(c, at + 2, Unit::Day, 1),
            _ => None,
        },
        Word::Night if the && c.is(at + 1, Word::Before) => beside(c, at + 2, Unit::Day, -1),
        // "the year before last", "the week after next"
        Word::Unit(unit, false)
            if the
                && matches!(
                    (c.word(at + 1), c.word(at + 2)),
                    (Word::Before, Word::Last) | (Word::After, Word::Next)
                ) =>
        {
            let shift = if c.word(at + 1) == Word::Before {
                -2
            } else {
                2
            };
            Some((
                at + 3,
                Expr::Unit {
                    unit,
                    shift,
                    base: Base::Publication,
                },
            ))
        }
        Word::Unit(unit, false) if the && c.is(at + 1, Word::Before) => beside(c, at + 2, unit, -1),
        _ => None,
    }
}

/// "Saturday", "Saturday to Sunday" behind a night.
pub(super) fn nights(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (end, first) = weekday(c, at)?;
    let between = c.word_before(at) == Word::Between && c.is(end, Word::And);
    let last = weekday(c, end + 1).filter(|_| between || c.is(end, Word::To));
    Some(last.map_or((end, first.clone()), |(end, last)| {
        (end, Expr::Range(Box::new(first), Box::new(last)))
    }))
}

/// "the day after", "the week before": the date spoken of, or open where an event follows.
fn beside(c: &Cursor, end: usize, unit: Unit, shift: i64) -> Option<(usize, Expr)> {
    let expr = if c.closes(end) || c.is(end, Word::And) {
        Expr::Unit {
            unit,
            shift,
            base: Base::Mention,
        }
    } else {
        from(c, end, unit, shift)
    };
    Some((end, expr))
}

/// Units before or after what follows: a date, which stays a mention of its own, or an event, which
/// leaves them open.
fn from(c: &Cursor, at: usize, unit: Unit, shift: i64) -> Expr {
    let at = c.skip(at, Word::The);
    let found = rules_numeric::numeric(c, at).or_else(|| rules_calendar::date(c, at));
    match found.or_else(|| rules_named::named(c, at)) {
        Some((_, from)) => Expr::Counted {
            unit,
            shift,
            from: Box::new(from),
        },
        None => Expr::Open(unit),
    }
}

/// last, this, next, previous, following, same, that … before a unit, weekday, month or season.
fn directed(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    let (lean, base, shift, mut next) = match c.word(at) {
        Word::Last => (Lean::Last, Base::Publication, -1, at + 1),
        Word::This if c.is(at + 1, Word::Past) || c.is(at + 1, Word::Last) => {
            (Lean::Last, Base::Publication, -1, at + 2)
        }
        Word::This if c.is(at + 1, Word::Coming) => (Lean::Next, Base::Publication, 1, at + 2),
        Word::This if c.is(at + 1, Word::Same) => (Lean::This, Base::Publication, 0, at + 2),
        Word::This | Word::Current => (Lean::This, Base::Publication, 0, at + 1),
        // "the next day" follows what was told, "next week" follows the publication.
        Word::Next if the => (Lean::Next, Base::Mention, 1, at + 1),
        Word::Next => (Lean::Next, Base::Publication, 1, at + 1),
        Word::Coming if the => (Lean::Next, Base::Publication, 1, at + 1),
        Word::Previous if the => (Lean::Last, Base::Either, -1, at + 1),
        Word::Following if the => (Lean::Next, Base::Mention, 1, at + 1),
        Word::Same if the => (Lean::This, Base::Mention, 0, at + 1),
        Word::That => (Lean::This, Base::Mention, 0, c.skip(at + 1, Word::Same)),
        _ => return None,
    };
    if c.gap(next) == Gap::Blank {
        return None;
    }
    if c.is(next, Word::Last) && lean == Lean::Last {
        next += 1;
    }
    if let Some(unit) = c.unit(next) {
        // "this day", "last day of", "that decade's": days only follow and precede.
        if unit == Unit::Day && base == Base::Publication
            || (c.glued_mark(next + 1, '-') && c.gap(next + 2) == Gap::None)
        {
            return None;
        }
        // "last week Friday"
        if unit == Unit::Week
            && base == Base::Publication
            && let Some((weekday, Form::Full, end)) = c.weekday(next + 1)
            && c.gap(next + 1) == Gap::Space
        {
            return Some((
                end,
                Expr::Weekday {
                    weekday,
                    lean: Lean::None,
                    week: Some(shift),
                    base,
                },
            ));
        }
        // "the last year of the war" is not last year.
        if the && lean == Lean::Last && base == Base::Publication && c.is(next + 1, Word::Of) {
            return None;
        }
        return Some((next + 1, Expr::Unit { unit, shift, base }));
    }
    if let Some((weekday, form, end)) = c.weekday(next) {
        if form != Form::Full {
            return None;
        }
        // "last Friday, May 3" is the date.
        return match rules_calendar::date(c, next) {
            Some(found) => Some(found),
            None => Some((
                end,
                Expr::Weekday {
                    weekday,
                    lean,
                    week: None,
                    base,
                },
            )),
        };
    }
    match c.word(next) {
        Word::Weekend => Some((next + 1, Expr::Weekend(Some(shift)))),
        Word::Night | Word::Morning if lean != Lean::Next || base == Base::Mention => {
            let shift = match (lean, base) {
                (Lean::Last, _) => -1,
                (Lean::Next, _) => 1,
                _ => 0,
            };
            Some((
                next + 1,
                Expr::Unit {
                    unit: Unit::Day,
                    shift,
                    base,
                },
            ))
        }
        Word::Season(month) => {
            let year = match base {
                Base::Mention | Base::Either => YearRef::Mention,
                Base::Publication => YearRef::Unset,
            };
            Some((next + 1, Expr::Season { month, year, lean }))
        }
        Word::Month(_, Form::Full | Form::Short) if base == Base::Publication => {
            if let Some(found @ (_, Expr::Date { .. })) = rules_calendar::date(c, next) {
                return Some(found);
            }
            // "this May" is a month, "this may" a verb.
            if matches!(c.text_of(next), "may" | "march" | "august") {
                return None;
            }
            rules_calendar::month(c, next, lean)
        }
        Word::Month(month, Form::Full) if lean == Lean::Next && c.capital(next) => {
            let year = YearRef::Mention;
            Some((next + 1, Expr::Month { year, month, lean }))
        }
        Word::Holiday(_) => {
            let (end, holiday) = rules_named::holiday(c, next)?;
            Some((
                end,
                Expr::Named {
                    holiday,
                    year: YearRef::Unset,
                    lean,
                },
            ))
        }
        _ => None,
    }
}

/// "two days ago", "a year earlier", "three weeks later", "six months after the attack".
fn counted(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    if the {
        return None;
    }
    let start = quantity_prefix(c, at);
    let (count, next) = count(c, start)?;
    if c.gap(next) == Gap::Blank {
        return None;
    }
    // A decade or a century ago is said of years.
    let (unit, count) = match c.word(next) {
        Word::Unit(Unit::Decade, _) => (Unit::Year, count.map(|count| count * 10)),
        Word::Unit(Unit::Century, _) => (Unit::Year, count.map(|count| count * 100)),
        Word::Unit(unit, _) => (unit, count),
        Word::Fortnight => (Unit::Week, count.map(|count| count * 2)),
        _ => return None,
    };
    let behind = next + 1;
    let ahead = |end: usize, count: i64| {
        let base = Base::Publication;
        let shift = count;
        (end, Expr::Unit { unit, shift, base })
    };
    // "in two weeks' time", "in a month's time"
    if c.word_before(at) == Word::In && c.glued_mark(behind, '\'') {
        let time = c.skip(behind + 1, Word::S);
        return count
            .filter(|_| c.is(time, Word::Time))
            .map(|count| ahead(time + 1, count));
    }
    let vague = || Some((behind + 1, Expr::Vague));
    match c.word(behind) {
        _ if c.gap(behind) == Gap::Blank => None,
        Word::Ago => match count {
            Some(count) => Some((
                behind + 1,
                Expr::Unit {
                    unit,
                    shift: -count,
                    base: Base::Publication,
                },
            )),
            None => vague(),
        },
        Word::Earlier | Word::Later => {
            let sign = if c.word(behind) == Word::Later { 1 } else { -1 };
            match count {
                Some(count) => Some((
                    behind + 1,
                    Expr::Unit {
                        unit,
                        shift: sign * count,
                        base: Base::Mention,
                    },
                )),
                None => vague(),
            }
        }
        Word::Before | Word::After => {
            let sign = if c.word(behind) == Word::After { 1 } else { -1 };
            match count {
                Some(count) if c.closes(behind + 1) => Some((
                    behind + 1,
                    Expr::Unit {
                        unit,
                        shift: sign * count,
                        base: Base::Mention,
                    },
                )),
                Some(count) => Some((behind + 1, from(c, behind + 1, unit, sign * count))),
                None => vague(),
            }
        }
        Word::From if c.is(behind + 1, Word::Now) => count.map(|count| ahead(behind + 2, count)),
        _ => None,
    }
}

/// Past "about", "nearly", "more than", "less than", "just over".
fn quantity_prefix(c: &Cursor, at: usize) -> usize {
    let mut next = c.skip(at, Word::Around);
    if c.is(next, Word::Quantity) {
        next = c.skip(next + 1, Word::Than);
    }
    next
}

/// A number of units; `None` inside for "a few", "several".
fn count(c: &Cursor, at: usize) -> Option<(Option<i64>, usize)> {
    match c.word(at) {
        Word::A if c.is(at + 1, Word::Few) => Some((None, c.skip(at + 2, Word::Of))),
        Word::A => Some((Some(1), at + 1)),
        Word::Few => Some((None, at + 1)),
        Word::Cardinal(tens)
            if c.is_mark(at + 1, '-') && matches!(c.word(at + 2), Word::Cardinal(1..=9)) =>
        {
            let Word::Cardinal(ones) = c.word(at + 2) else {
                return None;
            };
            Some((Some(i64::from(tens) + i64::from(ones)), at + 3))
        }
        Word::Cardinal(count) => Some((Some(i64::from(count)), at + 1)),
        _ => {
            let (count, digits) = c.number(at)?;
            (digits <= 4 && c.gap(at + 1) != Gap::None).then_some((Some(i64::from(count)), at + 1))
        }
    }
}

/// "earlier in the day", "later that day", "late in the day", "the end of the day".
fn in_the_day(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    if !matches!(
        c.word(at),
        Word::Earlier
            | Word::Later
            | Word::Late
            | Word::Early
            | Word::End
            | Word::Begin
            | Word::Rest
    ) {
        return None;
    }
    let next = match (c.word(at + 1), c.word(at + 2)) {
        (Word::In | Word::Of, Word::The) => at + 3,
        (Word::The | Word::That, Word::Same) => at + 3,
        (Word::That, _) => at + 2,
        _ => return None,
    };
    (c.unit(next) == Some(Unit::Day)).then_some((next + 1, Expr::Clock))
}

/// "the weekend", "over the weekend".
fn weekend(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    // In "the weekend of 12-13 June" the days speak for themselves.
    let dated = || c.is(at + 1, Word::Of) && rules_calendar::date(c, at + 2).is_some();
    (the && c.word(at) == Word::Weekend && !dated()).then_some((at + 1, Expr::Weekend(None)))
}

/// A weekday, with the week it is counted from: "Friday", "Friday last week", "Tuesday of next week".
pub(super) fn weekday(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (weekday, _, next) = c.weekday(at)?;
    let plain = Expr::Weekday {
        weekday,
        lean: Lean::None,
        week: None,
        base: Base::Publication,
    };
    let of = c.skip(next, Word::Of);
    let shift = match c.word(of) {
        _ if c.gap(of) == Gap::Blank => return Some((next, plain)),
        Word::Last => -1,
        Word::This => 0,
        Word::Next => 1,
        _ => return Some((next, plain)),
    };
    if c.unit(of + 1) == Some(Unit::Week) {
        return Some((
            of + 2,
            Expr::Weekday {
                weekday,
                lean: Lean::None,
                week: Some(shift),
                base: Base::Publication,
            },
        ));
    }
    Some((next, plain))
}
