//! Periods longer than a day and other than a month: seasons, quarters, halves, decades, centuries,
//! weeks of a month, and parts of any of them ("early 2022", "the end of last year").
//!
//! Sports and business know quarters and halves without a year; a half is believed only with one.

use super::cursor::Cursor;
use super::expr::{Base, Expr, Lean, Part, YearRef};
use super::rules_calendar::{self, year_of_period};
use super::scan::{Gap, Kind};
use super::words::{Unit, Word};
use super::{guard, rules_named, rules_numeric, rules_relative};

/// Any such period at a position; `the` says that "the" stands before it.
pub(super) fn period(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    part(c, at, the)
        .or_else(|| parts(c, at, the))
        .or_else(|| end_of_unit(c, at))
        .or_else(|| week_of(c, at, the))
        .or_else(|| quarter(c, at))
        .or_else(|| half(c, at))
        .or_else(|| months(c, at))
        .or_else(|| season(c, at, the))
        .or_else(|| decade(c, at, the))
        .or_else(|| century(c, at))
        .or_else(|| fiscal(c, at))
}

/// "early 2022", "mid-April", "late last year", "the end of the month", "later this year".
fn part(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    let part = match c.word(at) {
        Word::Early => Part::Early,
        Word::Begin => Part::Begin,
        Word::Mid => Part::Mid,
        Word::Late => Part::Late,
        Word::End => Part::End,
        Word::Earlier => Part::SoFar,
        Word::Later => Part::Remaining,
        _ => return None,
    };
    let noun = matches!(c.word(at), Word::Begin | Word::End)
        || (c.word(at) == Word::Mid && c.text_of(at).len() > 3);
    let mut next = at + 1;
    let mut unit_allowed = false;
    if noun {
        if !c.is(next, Word::Of) {
            return None;
        }
        next += 1;
        unit_allowed = true;
    } else if c.is_mark(next, '-') && c.gap(next) == Gap::None
        || c.is_mark(next, '-') && part == Part::Mid
    {
        next += 1;
    } else if matches!(c.word(next), Word::In | Word::On) && c.gap(next) != Gap::Blank {
        next += 1;
        unit_allowed = true;
    }
    let inner_the = c.is(next, Word::The);
    let inner = c.skip(next, Word::The);
    if c.gap(inner) == Gap::Blank {
        return None;
    }
    // "the end of the month", "later in the week": the one the article was written in.
    if unit_allowed
        && inner_the
        && let Some(unit) = c.unit(inner)
        && unit != Unit::Day
        && !c.is(inner + 1, Word::Of)
        && !c.is_mark(inner + 1, '-')
    {
        let whole = Expr::Unit {
            unit,
            shift: 0,
            base: Base::Publication,
        };
        return Some((inner + 1, Expr::Part(part, Box::new(whole))));
    }
    let (end, expr) = whole(c, inner, inner_the || the)?;
    Some((end, Expr::Part(part, Box::new(expr))))
}

/// "early to mid-September", "the mid-to-late 1980s".
fn parts(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    let first = match c.word(at) {
        Word::Early => Part::Early,
        Word::Mid => Part::Mid,
        _ => return None,
    };
    let to = c.skip_mark(at + 1, '-');
    let second = c.skip_mark(to + 1, '-');
    if !(c.is(to, Word::To) && matches!(c.word(second), Word::Mid | Word::Late)) {
        return None;
    }
    let (end, Expr::Part(last, whole)) = part(c, second, the)? else {
        return None;
    };
    let first = Expr::Part(first, whole.clone());
    let last = Expr::Part(last, whole);
    Some((end, Expr::Range(Box::new(first), Box::new(last))))
}

/// "by year's end", "at the month's end": of the one the article was written in.
fn end_of_unit(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let unit = c
        .unit(at)
        .filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
    let before = match c.word_before(at) {
        Word::The => c.word_before(at - 1),
        before => before,
    };
    let said = matches!(before, Word::By | Word::Until | Word::Before | Word::At);
    let owned = c.glued_mark(at + 1, '\'') && c.is(at + 2, Word::S);
    if !(said && owned && c.is(at + 3, Word::End)) {
        return None;
    }
    let whole = Expr::Unit {
        unit,
        shift: 0,
        base: Base::Publication,
    };
    Some((at + 4, Expr::Part(Part::End, Box::new(whole))))
}

/// What a part may be taken of.
fn whole(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    if let Some(found) = rules_calendar::date(c, at) {
        return Some(found);
    }
    if c.month(at).is_some() && (c.capital(at) || c.text_of(at) != "may") {
        return rules_calendar::month(c, at, Lean::None);
    }
    if let Some(found) = decade(c, at, the) {
        return Some(found);
    }
    if let Some(year) = c.year(at) {
        return guard::not_a_count(c, at).then_some((at + 1, Expr::Year(YearRef::Is(year))));
    }
    if c.weekday(at).is_some() && guard::weekday(c, at) {
        return rules_relative::weekday(c, at);
    }
    century(c, at)
        .or_else(|| quarter(c, at))
        .or_else(|| season(c, at, true))
        .or_else(|| rules_relative::relative(c, at, the))
        .or_else(|| rules_named::named(c, at))
}

/// "the week of March 6", "the week ending 6 March", "the first week of May", "the last days of May",
/// "the last Friday of March 2015".
fn week_of(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    if let Some(found) = rules_numeric::week_number(c, at) {
        return Some(found);
    }
    if the && c.unit(at) == Some(Unit::Week) && c.is(at + 1, Word::Of) {
        let (end, day) = rules_calendar::date(c, at + 2)?;
        return Some((end, Expr::WeekOf(Box::new(day))));
    }
    if c.unit(at) == Some(Unit::Week) && matches!(c.text_of(at + 1), "ending" | "ended") {
        let day = c.skip(at + 2, Word::On);
        let (end, day) = rules_numeric::numeric(c, day).or_else(|| rules_calendar::date(c, day))?;
        return Some((end, Expr::WeekTo(Box::new(day))));
    }
    let (nth, noun) = match c.word(at) {
        Word::Last | Word::Final => (-1, at + 1),
        _ => c.ordinal(at).filter(|(nth, _)| (1..=5).contains(nth))?,
    };
    if !matches!(c.word(noun + 1), Word::Of | Word::In) || c.gap(noun + 1) == Gap::Blank {
        return None;
    }
    // "the first days of May"
    if c.is(noun, Word::Unit(Unit::Day, true)) && matches!(nth, 1 | -1) {
        let part = if nth == 1 { Part::Begin } else { Part::End };
        let (end, month) = rules_calendar::month(c, noun + 2, Lean::None)?;
        return Some((end, Expr::Part(part, Box::new(month))));
    }
    let week = c.unit(noun) == Some(Unit::Week);
    let year = c
        .year(noun + 2)
        .filter(|_| week && c.gap(noun + 2) == Gap::Space);
    let (end, month) = match year {
        Some(year) => (noun + 3, Expr::Year(YearRef::Is(year))),
        None => rules_calendar::month(c, noun + 2, Lean::None)?,
    };
    let month = Box::new(month);
    if week {
        return Some((end, Expr::WeekOfMonth { nth, month }));
    }
    // Whether the weekend at the end of a month is still its own is left open.
    if c.is(noun, Word::Weekend) {
        return Some((end, Expr::Open(Unit::Week)));
    }
    let (weekday, ..) = c.weekday(noun)?;
    Some((
        end,
        Expr::NthWeekday {
            nth,
            weekday,
            month,
        },
    ))
}

/// "the third quarter of 2020", "third-quarter", "Q3 2020", "the last quarter".
fn quarter(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    if c.word(at) == Word::Q && c.gap(at + 1) == Gap::None {
        let (quarter, 1) = c
            .number(at + 1)
            .filter(|(quarter, _)| (1..=4).contains(quarter))?
        else {
            return None;
        };
        let (end, year) = year_of_period(c, at + 2);
        return Some((
            end,
            Expr::Quarter {
                quarter: i8::try_from(quarter).ok()?,
                year,
            },
        ));
    }
    let (quarter, next) = match c.word(at) {
        Word::Final | Word::Last => (4, at + 1),
        _ => c
            .ordinal(at)
            .filter(|(quarter, _)| (1..=4).contains(quarter))?,
    };
    let noun = if c.glued_mark(next, '-') {
        next + 1
    } else {
        next
    };
    if c.unit(noun) != Some(Unit::Quarter) {
        return None;
    }
    let (end, year) = year_of_period(c, noun + 1);
    // "the last quarter" is the one before this, "the last quarter of 2023" the fourth.
    if c.is(at, Word::Last) && year == YearRef::Unset {
        return None;
    }
    Some((end, Expr::Quarter { quarter, year }))
}

/// "the first three months of 2024", "the last two months of the year".
fn months(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let last = matches!(c.word(at), Word::Last | Word::Final);
    let Word::Cardinal(count @ 2..=11) = c.word(at + 1) else {
        return None;
    };
    let months = c.is(at + 2, Word::Unit(Unit::Month, true));
    if !(months && (last || c.is(at, Word::Ordinal(1)))) {
        return None;
    }
    let (end, year) = match year_of_period(c, at + 3) {
        (_, YearRef::Unset) => return None,
        found => found,
    };
    let count = i8::try_from(count).ok()?;
    let (first, last) = if last { (13 - count, 12) } else { (1, count) };
    let month = |month| {
        Box::new(Expr::Month {
            year,
            month,
            lean: Lean::None,
        })
    };
    Some((end, Expr::Range(month(first), month(last))))
}

/// "the first half of 2020", "the second half of last year", "the first half of May".
fn half(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (half, noun) = c.ordinal(at).filter(|(half, _)| matches!(half, 1 | 2))?;
    if !(c.is(noun, Word::Half) && c.is(noun + 1, Word::Of)) {
        return None;
    }
    let inner = c.skip(noun + 2, Word::The);
    let part = if half == 1 { Part::Early } else { Part::Late };
    if c.month(inner).is_some() {
        let (end, month) = rules_calendar::month(c, inner, Lean::None)?;
        return Some((end, Expr::Part(part, Box::new(month))));
    }
    if let Some((end, century)) = century(c, inner).or_else(|| decade(c, inner, true)) {
        return Some((end, Expr::Part(part, Box::new(century))));
    }
    let (end, year) = match year_of_period(c, noun + 1) {
        (_, YearRef::Unset) => return None,
        found => found,
    };
    Some((end, Expr::Half { half, year }))
}

/// "summer 2014", "the summer of 2014", "in the spring", "spring of last year".
fn season(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    let Word::Season(month) = c.word(at) else {
        return None;
    };
    let (end, year) = year_of_period(c, at + 1);
    let said = year != YearRef::Unset;
    // "the winter of 2010-11" is the one that began in 2010.
    let end = match (year, c.number(end + 1)) {
        (YearRef::Is(year), Some((value, 2)))
            if month == 12
                && (c.glued_mark(end, '-') || c.glued_mark(end, '/'))
                && i64::from(value) == i64::from(year) % 100 + 1 =>
        {
            end + 2
        }
        _ => end,
    };
    // "Arab Spring", "Spring Hill", "the fall of the regime", "to fall"
    let fall = c.text_of(at).eq_ignore_ascii_case("fall");
    let in_the = the
        && at >= 2
        && matches!(
            c.word_before(at - 1),
            Word::In | Word::During | Word::By | Word::Since | Word::Until
        );
    let named = c.capital(at) && c.capital(at + 1) && c.gap(at + 1) == Gap::Space;
    let free = !named && !c.is(at + 1, Word::Of);
    let in_season = matches!(
        c.word_before(at),
        Word::In
            | Word::By
            | Word::Since
            | Word::Until
            | Word::During
            | Word::Early
            | Word::Late
            | Word::Mid
    );
    if said && !(c.capital(at) && c.capital_other_before(at) && !the)
        || (free && (in_the || (in_season && !fall)))
    {
        return Some((
            end,
            Expr::Season {
                month,
                year,
                lean: Lean::None,
            },
        ));
    }
    None
}

/// "1990s", "the 1990's", "the 90s", "the '90s", "the nineties".
fn decade(c: &Cursor, at: usize, the: bool) -> Option<(usize, Expr)> {
    if let Word::Decade(tens) = c.word(at) {
        // "her nineties", "in his twenties" are ages.
        return the.then_some((
            at + 1,
            Expr::Decade {
                first: i16::from(tens),
                short: true,
            },
        ));
    }
    let number = if c.is_mark(at, '\'') && c.gap(at + 1) == Gap::None {
        at + 1
    } else {
        at
    };
    let Some(Kind::Number(value, digits)) = c.token(number).map(|token| token.kind) else {
        return None;
    };
    let s = if c.glued_mark(number + 1, '\'') {
        number + 2
    } else {
        number + 1
    };
    if !(c.gap(s) == Gap::None && c.is(s, Word::S) && value % 10 == 0) {
        return None;
    }
    let first = i16::try_from(value).ok()?;
    match digits {
        4 if (1000..=2100).contains(&first) => Some((
            s + 1,
            Expr::Decade {
                first,
                short: false,
            },
        )),
        // "in his 80s" is an age; "the 90s", "the late 90s" and "'90s" are years.
        2 if number > at || ((the || decade_before(c, at)) && !c.is(s + 1, Word::Or)) => {
            Some((s + 1, Expr::Decade { first, short: true }))
        }
        _ => None,
    }
}

/// Whether "late", "mid-" or a decade joined by "and" stands before: "the 70s and 80s".
fn decade_before(c: &Cursor, at: usize) -> bool {
    match c.word_before(at) {
        Word::Early | Word::Late | Word::Mid => {
            matches!(c.word_before(at.saturating_sub(1)), Word::The)
        }
        Word::And => at >= 3 && c.is(at - 2, Word::S) && c.gap(at - 2) == Gap::None,
        _ => false,
    }
}

/// "the 19th century", "the twentieth century".
fn century(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (century, next) = match c.word(at) {
        Word::Ordinal(century) => (i16::from(century), at + 1),
        _ => {
            let (value, 1 | 2) = c.number(at)? else {
                return None;
            };
            (c.gap(at + 1) == Gap::None && c.is(at + 1, Word::Suffix))
                .then_some((i16::try_from(value).ok()?, at + 2))?
        }
    };
    let noun = c.skip_mark(next, '-');
    ((1..=22).contains(&century) && c.unit(noun) == Some(Unit::Century))
        .then_some((noun + 1, Expr::Century(century)))
}

/// "fiscal 2009", "the year 2000", "FY2009".
fn fiscal(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let number = match c.word(at) {
        Word::Fiscal => c.skip(at + 1, Word::Unit(Unit::Year, false)),
        Word::Unit(Unit::Year, false) => at + 1,
        _ => return None,
    };
    let year = c.year(number)?;
    Some((number + 1, Expr::Year(YearRef::Is(year))))
}
