//! Times of day: "08:00 GMT", "9 a.m. EST", "midday", "0800 UTC", "5.30am", "local time".
//!
//! A time only attaches to a day; its hours are not kept. "2:56" alone may be a score or a length,
//! so a bare time counts only with a zone, a half of the day, or "at" before it.

use super::cursor::Cursor;
use super::scan::{Case, Gap, Kind};
use super::words::Word;

/// How sure a time of day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// It carries its own proof.
    Yes,
    /// Only beside a date.
    WithDate,
}

/// A time of day at a position.
pub(super) fn clock(c: &Cursor, at: usize) -> Option<(usize, Sure)> {
    if c.word(at) == Word::Noon {
        // "noon" stands after a preposition; "High Noon" is a film.
        let said = matches!(
            c.word_before(at),
            Word::At
                | Word::By
                | Word::Until
                | Word::Since
                | Word::Before
                | Word::After
                | Word::Around
        );
        let sure = if said || c.text_of(at) == "midday" {
            Sure::Yes
        } else {
            Sure::WithDate
        };
        return (c.case(at) != Some(Case::Capital) || said || c.capital(at + 1))
            .then(|| (tail(c, at + 1).0, sure));
    }
    let Kind::Number(hour, digits) = c.token(at)?.kind else {
        return None;
    };
    if continues(c, at) {
        return None;
    }
    if digits == 4 && hour % 100 < 60 && hour <= 2400 {
        // 0800 GMT, 1430 hours
        let (end, proof) = tail(c, at + 1);
        return (proof && end > at + 1).then_some((end, Sure::Yes));
    }
    if digits > 2 || hour > 24 {
        return None;
    }
    let (next, minutes) = minutes(c, at + 1);
    let half = half_of_day(c, next);
    if let Some(end) = half {
        return Some((tail(c, end).0, Sure::Yes));
    }
    match minutes {
        Minutes::Colon => {
            let (end, proof) = tail(c, next);
            // "at 14:30" is a time; "at 2:56" may be a mark on a stop-watch.
            let at_a_time = c.word_before(at) == Word::At && digits == 2;
            Some((
                end,
                if proof || at_a_time {
                    Sure::Yes
                } else {
                    Sure::WithDate
                },
            ))
        }
        Minutes::Point => {
            let (end, proof) = tail(c, next);
            proof.then_some((end, Sure::Yes))
        }
        Minutes::None => {
            // "3 o'clock"
            let o_clock = c.text_of(next).eq_ignore_ascii_case("o")
                && c.glued_mark(next + 1, '\'')
                && c.is(next + 2, Word::Clock);
            o_clock.then_some((next + 3, Sure::Yes))
        }
    }
}

/// How the minutes were written.
enum Minutes {
    None,
    Colon,
    Point,
}

/// ":30", ": 30", ":30:15", ".30".
fn minutes(c: &Cursor, at: usize) -> (usize, Minutes) {
    let two_digits = |at: usize| {
        matches!(c.token(at).map(|token| token.kind), Some(Kind::Number(value, 2)) if value < 60)
            && c.gap(at) <= Gap::Space
    };
    if c.glued_mark(at, ':') && two_digits(at + 1) {
        let seconds = c.glued_mark(at + 2, ':') && two_digits(at + 3);
        return (if seconds { at + 4 } else { at + 2 }, Minutes::Colon);
    }
    if c.glued_mark(at, '.') && two_digits(at + 1) {
        return (at + 2, Minutes::Point);
    }
    (at, Minutes::None)
}

/// Whether the digits belong to something longer on their left.
fn continues(c: &Cursor, at: usize) -> bool {
    c.gap(at) == Gap::None
        && matches!(
            c.before(at).map(|token| token.kind),
            Some(Kind::Mark(':' | '.' | '/' | ',' | '$' | '+') | Kind::Word(..) | Kind::Number(..))
        )
}

/// Past "am", "p.m.", "a. m"; the last point is taken if it closes an abbreviation written with points.
fn half_of_day(c: &Cursor, at: usize) -> Option<usize> {
    if c.gap(at) > Gap::Space {
        return None;
    }
    if c.word(at) == Word::AmPm {
        return Some(at + 1);
    }
    let letter = match c.word(at) {
        Word::P => true,
        Word::A => c.text_of(at).len() == 1,
        _ => false,
    };
    if letter && c.glued_mark(at + 1, '.') && c.is(at + 2, Word::M) && c.gap(at + 2) <= Gap::Space {
        return Some(if c.glued_mark(at + 3, '.') {
            at + 4
        } else {
            at + 3
        });
    }
    None
}

/// Past the zone and its like, and whether there was one: "GMT", "(GMT +8)", "local time", "hrs".
fn tail(c: &Cursor, at: usize) -> (usize, bool) {
    let mut next = at;
    let mut proof = false;
    for _ in 0..2 {
        if c.gap(next) > Gap::Space {
            break;
        }
        let bracket = usize::from(c.is_mark(next, '('));
        let zone = next + bracket;
        let end = match c.word(zone) {
            // "EST" and "ET" are capitals; "est" and "et" are French.
            Word::Zone if c.case(zone) == Some(Case::Upper) => offset(c, zone + 1),
            Word::Local if c.is(zone + 1, Word::Time) => zone + 2,
            Word::Hours if bracket == 0 => zone + 1,
            Word::Z if c.gap(zone) == Gap::None => zone + 1,
            // "+0000", "+01:00"
            _ if bracket == 0
                && c.is_mark(zone, '+')
                && offset(c, zone) > zone
                && c.text_of(zone + 1).len() >= 2 =>
            {
                offset(c, zone)
            }
            _ => break,
        };
        if bracket == 1 && !c.is_mark(end, ')') {
            break;
        }
        next = end + bracket;
        proof = true;
    }
    (next, proof)
}

/// Past "+01:00", " +8", "-5".
fn offset(c: &Cursor, at: usize) -> usize {
    if !(c.is_mark(at, '+') || c.glued_mark(at, '-')) {
        return at;
    }
    let Some((_, 1..=4)) = c.number(at + 1) else {
        return at;
    };
    match minutes(c, at + 2) {
        (end, Minutes::Colon) => end,
        _ => at + 2,
    }
}
