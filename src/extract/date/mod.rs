//! Finds dates in running text and gives them their days.
//!
//! A mention is an interval of civil days with a precision, the basis it was resolved on, and the
//! bytes that prove it. The text is cut into tokens once (`scan`); the rules (`rules_*`, put in
//! order by `compose`, kept from traps by `guard`) read what an expression says (`expr`); `resolve`
//! gives it days from the publication date (or the day the lead tells of, `story`), the tense and
//! the dates mentioned before.
//!
//! It does not find out when an article was published (that is the reader's work, with the help of
//! [`leading`]), keeps no hours, reads no clock, and guesses nothing: a date the text leaves open is
//! a mention without a value. English carries the relative expressions; from other languages come
//! the names of months and weekdays.

mod compose;
mod cursor;
mod expr;
mod guard;
mod interval;
mod named;
mod names;
mod partial;
mod range;
mod resolve;
mod resolve_period;
mod rules_calendar;
mod rules_clock;
mod rules_named;
mod rules_numeric;
mod rules_period;
mod rules_relative;
mod scan;
mod story;
mod tense;
pub(super) mod words;

use std::ops::Range;

use super::reading::Reading;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use interval::Interval;
pub use partial::{Partial, leading};
pub use range::range;

/// How exactly a date is known, from a day to hardly at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Precision {
    /// Single civil days, or a run of them.
    Day,
    /// A week or weekend.
    Week,
    /// A calendar month or a part of it.
    Month,
    /// A season of three months.
    Season,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// A calendar year or a part of it.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A time that is only hinted at, or a feast known to within days.
    Vague,
}

impl Precision {
    /// The name in output: `day`, `week` …
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Season => "season",
            Precision::Quarter => "quarter",
            Precision::Half => "half",
            Precision::Year => "year",
            Precision::Decade => "decade",
            Precision::Century => "century",
            Precision::Vague => "vague",
        }
    }
}

/// What the value of a mention rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// The text says all of it.
    Explicit,
    /// The text leaves something to the publication date.
    Publication,
    /// The text leaves something to another date that it mentions.
    Mention,
    /// Nothing resolves it: there is no value.
    Open,
}

impl Basis {
    /// The name in output: `explicit`, `publication`, `mention`, `open`.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Explicit => "explicit",
            Basis::Publication => "publication",
            Basis::Mention => "mention",
            Basis::Open => "open",
        }
    }
}

/// How to read 10/12/2020.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// As the article shows by other dates; open where it does not.
    #[default]
    Auto,
    /// 10 December.
    DayFirst,
    /// 12 October.
    MonthFirst,
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// Its days; `None` where the text leaves them open.
    pub value: Option<Interval>,
    /// How exactly they are known.
    pub precision: Precision,
    /// What they rest on; `Open` exactly where there is no value.
    pub basis: Basis,
}

/// Finds the dates of a text, in order and without overlap.
///
/// `anchor` is the publication date: relative dates and dates without a year hang on it. Without
/// one they hang on a full date of the lead, dates without a year on one before in their paragraph,
/// or further off where their weekday agrees; others stay open.
///
/// ```
/// use belli::extract::date::{DateOrder, Interval, dates};
/// use jiff::civil::date;
///
/// let found = dates("The truce held from midday on Saturday.", Some(date(2020, 10, 11)), DateOrder::Auto);
/// assert_eq!(found[0].value, Some(Interval::day(date(2020, 10, 10))));
/// ```
pub fn dates(text: &str, anchor: Option<Date>, order: DateOrder) -> Vec<DateMention> {
    resolved(text, &scan::scan(text, |_| None), anchor, order)
}

/// The same for a text that has been read already.
pub fn dates_of(reading: &Reading, anchor: Option<Date>, order: DateOrder) -> Vec<DateMention> {
    let words = reading.tokens.list();
    let mut next = 0;
    let known = |at: usize| {
        while words.get(next).is_some_and(|w| (w.start as usize) < at) {
            next += 1;
        }
        let word = words
            .get(next)
            .filter(|w| w.start as usize == at && w.plain)?;
        Some((word.end as usize, reading.calendar(next)))
    };
    resolved(
        reading.text,
        &scan::scan(reading.text, known),
        anchor,
        order,
    )
}

fn resolved(
    text: &str,
    tokens: &[scan::Token],
    anchor: Option<Date>,
    order: DateOrder,
) -> Vec<DateMention> {
    let mut cursor = cursor::Cursor {
        text,
        tokens,
        month_is_name: false,
        numbered: Vec::new(),
    };
    cursor.month_is_name = guard::month_is_name(&cursor);
    cursor.numbered = guard::numbered(&cursor);
    let found = compose::read(&cursor);
    let order = match order {
        DateOrder::Auto => order_shown(&found),
        given => given,
    };
    let story = match anchor {
        Some(_) => None,
        None => story::story(&cursor, &found),
    };
    let mut context = resolve::Context::new(text, anchor, order, story);
    let mut mentions = Vec::with_capacity(found.len());
    for found in &found {
        let (Some(first), Some(last)) = (
            tokens.get(found.first),
            found.end.checked_sub(1).and_then(|last| tokens.get(last)),
        ) else {
            continue;
        };
        let span = first.start..last.end;
        let background = story::is_background(&cursor, found.first);
        let resolved = context.resolve(&found.expr, span.start, span.end, background);
        mentions.push(DateMention {
            span,
            value: resolved.map(|value| value.interval),
            precision: resolved.map_or_else(|| found.expr.precision(), |value| value.precision),
            basis: resolved.map_or(Basis::Open, |value| value.basis),
        });
    }
    mentions
}

/// The order of day and month that an article shows by a number above twelve, if it shows one only.
fn order_shown(found: &[compose::Found]) -> DateOrder {
    let mut shown = (false, false);
    for found in found {
        if let expr::Expr::Slashed { first, second, .. } = found.expr {
            shown.0 |= first > 12;
            shown.1 |= second > 12;
        }
    }
    match shown {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ => DateOrder::Auto,
    }
}
