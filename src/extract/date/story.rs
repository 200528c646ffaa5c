//! The day an article tells of, where nobody knows when it was published.
//!
//! News opens with its day. A full date in the lead stands in for the publication date, unless it is
//! that of an event ("since", "the massacre of", "on" without a weekday), of which an article may
//! tell at any time, or the article shows that it was written later.
//! It is not the publication date, and nothing but `resolve` takes it for one.

use jiff::civil::Date;

use super::compose::Found;
use super::cursor::Cursor;
use super::expr::{Base, Expr, YearRef};
use super::scan::Kind;
use super::tense::{Tense, tense};
use super::words::{Unit, Word};

/// How far a headline and the first sentences reach, in bytes.
const LEAD: usize = 500;

/// The day an article tells of, if its lead says so.
pub(super) fn story(c: &Cursor, found: &[Found]) -> Option<Date> {
    let start = |found: &Found| c.token(found.first).map_or(usize::MAX, |token| token.start);
    let lead = found.iter().take_while(|found| start(found) < LEAD);
    // "The court on Monday convicted him": the lead has told its day, and an old day may follow.
    let mut told = false;
    let mut story = None;
    for found in lead {
        match found.expr {
            Expr::Date {
                year: YearRef::Is(year),
                month,
                day,
                weekday,
            } if !is_background(c, found.first) => {
                let event = told || c.word_before(found.first) == Word::On;
                if event && weekday.is_none() {
                    return None;
                }
                story = Date::new(year, month, day).ok();
                break;
            }
            Expr::Weekday {
                base: Base::Publication,
                ..
            }
            | Expr::Unit {
                unit: Unit::Day,
                base: Base::Publication,
                ..
            } => told = true,
            _ => {}
        }
    }
    let story = story?;
    // Who tells of a later year writes later.
    let later = found.iter().any(|found| {
        year(&found.expr).is_some_and(|year| year > story.year()) && !is_to_come(c, found)
    });
    (!later).then_some(story)
}

/// Whether what stands before a date makes it an earlier one: "since 3 May 2014", "the massacre of
/// 11 July 1995", "the 3 May 1999 attack", "born 3 May 1970".
pub(super) fn is_background(c: &Cursor, first: usize) -> bool {
    use Word::*;
    matches!(
        c.word_before(first),
        The | A | Of | Since | Until | From | Before | After | Between | By | To | Than | During
    ) || matches!(c.last_word_before(first), "born" | "dated")
        || c.before(first).is_some_and(|t| t.kind == Kind::Mark('('))
}

/// The year an expression says, the last of several.
fn year(expr: &Expr) -> Option<i16> {
    match expr {
        Expr::Date { year, .. }
        | Expr::Slashed { year, .. }
        | Expr::Month { year, .. }
        | Expr::Season { year, .. }
        | Expr::Quarter { year, .. }
        | Expr::Half { year, .. }
        | Expr::Year(year) => match year {
            YearRef::Is(year) => Some(*year),
            _ => None,
        },
        Expr::Part(_, whole) => year(whole),
        Expr::Range(first, last) => year(last).or_else(|| year(first)),
        _ => None,
    }
}

/// Whether an article tells of a date as to come.
fn is_to_come(c: &Cursor, found: &Found) -> bool {
    let (Some(first), Some(last)) = (c.token(found.first), c.before(found.end)) else {
        return false;
    };
    tense(c.text, first.start, last.end) == Tense::Future
}
