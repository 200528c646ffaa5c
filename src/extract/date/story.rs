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
use super::scan::{Case, Gap, Kind};
use super::tense::{Tense, is_pluperfect, tense};
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
        match *part_of(&found.expr) {
            Expr::Date {
                year: YearRef::Is(year),
                month,
                day,
                weekday,
            } if !is_background(c, found.first) && !is_earlier(c, found) => {
                let event =
                    told || c.word_before(found.first) == Word::On || is_hour(c, found.first);
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
    // Who tells of a later year writes later, or of "four years later".
    let later = found.iter().any(|found| {
        let years_later = matches!(
            found.expr,
            Expr::Unit {
                unit: Unit::Year,
                shift: 1..,
                base: Base::Mention,
            }
        );
        let later = year(&found.expr).is_some_and(|year| year > story.year());
        (later || years_later) && !is_to_come(c, found)
    });
    (!later).then_some(story)
}

/// The date that "early" or "late" takes a part of.
fn part_of(expr: &Expr) -> &Expr {
    match expr {
        Expr::Part(_, whole) => whole,
        whole => whole,
    }
}

/// Whether a date begins with its hours: "the night of 10 September 2023".
fn is_hour(c: &Cursor, first: usize) -> bool {
    c.is(first, Word::The) && matches!(c.word(first + 1), Word::Night | Word::Morning)
}

/// Whether what stands before a date makes it an earlier one: "since 3 May 2014", "the massacre of
/// 11 July 1995", "the 3 May 1999 attack", "born 3 May 1970".
pub(super) fn is_background(c: &Cursor, first: usize) -> bool {
    use Word::*;
    // "as of 29 August 2014"
    if c.word_before(first) == Of && c.last_word_before(first - 1) == "as" {
        return false;
    }
    matches!(
        c.word_before(first),
        The | A | Of | Since | Until | From | Before | After | Between | By | To | Than | During
    ) || matches!(c.last_word_before(first), "born" | "dated")
        || c.before(first).is_some_and(|t| t.kind == Kind::Mark('(')) && !is_dateline(c, first)
}

/// Whether nothing but a place in capitals stands before the bracket of a date: "SIDON, Lebanon
/// (Sept. 8, 2023)".
fn is_dateline(c: &Cursor, first: usize) -> bool {
    let begin = (first.saturating_sub(5)..first).rfind(|at| c.gap(*at) >= Gap::Line);
    begin.is_some_and(|begin| c.case(begin) == Some(Case::Upper))
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
    span(c, found).is_some_and(|(start, end)| tense(c.text, start, end) == Tense::Future)
}

/// Whether it tells of one as past already: "it had been lost on", "it was 3 May 2014, when".
fn is_earlier(c: &Cursor, found: &Found) -> bool {
    let mut words = c.words_before(found.first);
    let was = words.next() == Some("was") && matches!(words.next(), Some("It" | "it"));
    let when = c.first_word(c.skip_mark(found.end, ',')) == "when";
    was && when || span(c, found).is_some_and(|(start, end)| is_pluperfect(c.text, start, end))
}

fn span(c: &Cursor, found: &Found) -> Option<(usize, usize)> {
    Some((c.token(found.first)?.start, c.before(found.end)?.end))
}
