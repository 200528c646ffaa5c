//! Recognises named days: "Christmas Eve", "Eid al-Adha", "Ramadan 2019", "9/11".
//!
//! The days themselves are in `named`. A name that is also a first name or an adjective ("Easter
//! Island", "good") counts only in full.

use super::cursor::Cursor;
use super::expr::{Expr, Lean, YearRef};
use super::named::Holiday;
use super::rules_calendar::year_of_period;
use super::scan::{Gap, Kind};
use super::words::{Unit, Word};

/// A named day with its year, if one stands by it.
pub(super) fn named(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    if let Some(end) = september_11(c, at) {
        return Some((
            end,
            Expr::Named {
                holiday: Holiday::September11,
                year: YearRef::Is(2001),
                lean: Lean::None,
            },
        ));
    }
    let (next, holiday) = holiday(c, at)?;
    let (end, year) = year_of_period(c, next);
    Some((
        end,
        Expr::Named {
            holiday,
            year,
            lean: Lean::None,
        },
    ))
}

/// The name of a feast and the position behind it.
pub(super) fn holiday(c: &Cursor, at: usize) -> Option<(usize, Holiday)> {
    let Word::Holiday(first) = c.word(at) else {
        return None;
    };
    if !c.capital(at) {
        return None;
    }
    let day = |end: usize| {
        if c.unit(end) == Some(Unit::Day) && c.capital(end) {
            end + 1
        } else {
            end
        }
    };
    match first {
        Holiday::Christmas if c.first_word(at + 1).eq_ignore_ascii_case("eve") => {
            eve(c, at + 1, Holiday::ChristmasEve)
        }
        Holiday::Christmas | Holiday::Thanksgiving | Holiday::Halloween => {
            // "Christmas Island", "Thanksgiving Square"
            let end = day(at + 1);
            (end > at + 1 || !(c.capital(at + 1) && c.gap(at + 1) == Gap::Space))
                .then_some((end, first))
        }
        Holiday::NewYear => {
            // New Year's Day, New Year's Eve; "New York" and "New Year" alone are not days.
            let year = c.is(at + 1, Word::Unit(Unit::Year, false)) && c.capital(at + 1);
            let s = c.glued_mark(at + 2, '\'') && c.is(at + 3, Word::S);
            if !(year && s) {
                return None;
            }
            if c.first_word(at + 4).eq_ignore_ascii_case("eve") {
                return eve(c, at + 4, Holiday::NewYearsEve);
            }
            (c.unit(at + 4) == Some(Unit::Day)).then_some((at + 5, Holiday::NewYear))
        }
        Holiday::Easter => match c.word(at + 1) {
            Word::Weekday(7, _) => Some((at + 2, first)),
            Word::Weekday(1, _) => Some((at + 2, Holiday::EasterMonday)),
            Word::Unit(Unit::Week, _) => None,
            _ if c.capital(at + 1) && c.gap(at + 1) == Gap::Space => None,
            _ => Some((at + 1, first)),
        },
        Holiday::GoodFriday => {
            matches!(c.word(at + 1), Word::Weekday(5, _)).then_some((at + 2, first))
        }
        Holiday::Valentine => {
            let s = c.glued_mark(at + 1, '\'') && c.is(at + 2, Word::S);
            (s && c.unit(at + 3) == Some(Unit::Day)).then_some((at + 4, first))
        }
        Holiday::Eid => {
            // Eid al-Fitr, Eid ul-Adha, Eid-al-Fitr; "Eid" alone may be either.
            let mut next = at + 1;
            for _ in 0..3 {
                next = c.skip_mark(next, '-');
                let name = c.first_word(next).to_ascii_lowercase();
                match name.as_str() {
                    "al" | "ul" | "el" if c.text_of(next).len() == 2 => next += 1,
                    "fitr" => return Some((next + 1, Holiday::EidFitr)),
                    "adha" | "azha" => return Some((next + 1, Holiday::EidAdha)),
                    _ => return None,
                }
            }
            None
        }
        _ => Some((at + 1, first)),
    }
}

/// "Eve", joined by the scanner with whatever unknown word follows it, must stand alone.
fn eve(c: &Cursor, at: usize, holiday: Holiday) -> Option<(usize, Holiday)> {
    (c.text_of(at).len() == 3).then_some((at + 1, holiday))
}

/// "9/11", "the September 11 attacks" being an ordinary date.
fn september_11(c: &Cursor, at: usize) -> Option<usize> {
    let is = |at: usize, value: u32| matches!(c.token(at).map(|token| token.kind), Some(Kind::Number(found, 1 | 2)) if found == value);
    let alone = |at: usize| {
        !matches!(
            c.token(at).map(|token| token.kind),
            Some(Kind::Mark('/' | ':' | '%') | Kind::Number(..))
        )
    };
    (is(at, 9)
        && c.glued_mark(at + 1, '/')
        && c.gap(at + 2) == Gap::None
        && is(at + 2, 11)
        && alone(at + 3)
        && at.checked_sub(1).is_none_or(|before| {
            c.gap(at) != Gap::None
                || matches!(
                    c.token(before).map(|t| t.kind),
                    Some(Kind::Mark('-' | '(' | '\'' | '"' | '“'))
                )
        }))
    .then_some(at + 3)
}
