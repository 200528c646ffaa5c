//! What an expression says, before anyone knows when it was written: the rules build these, and
//! `resolve` turns them into days.
//!
//! No text and no anchor here.

use jiff::civil::Weekday;

use super::Precision;
use super::named::Holiday;
use super::words::Unit;

/// Where the year of an expression comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearRef {
    /// Not said.
    Unset,
    /// Said.
    Is(i16),
    /// Two digits: the century is for the resolver.
    Short(i16),
    /// Years from the anchor's: "April last year".
    Shift(i16),
    /// The year spoken of: "April of that year".
    Mention,
}

/// The direction a word in front gives: "last October", "this Friday", "next Christmas".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    None,
    Last,
    This,
    Next,
}

/// What a relative expression hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The publication date: "last week".
    Publication,
    /// The last date spoken of: "two days later".
    Mention,
    /// The last date spoken of, else the publication date: "the previous week".
    Either,
}

/// A part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The first half: early.
    Early,
    /// The middle half.
    Mid,
    /// The second half: late.
    Late,
    /// The first quarter: the beginning of.
    Begin,
    /// The last quarter: the end of.
    End,
    /// Up to the anchor: "earlier this month".
    SoFar,
    /// From the anchor on: "later this year".
    Remaining,
}

/// An expression as understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// A day of a month.
    Date {
        year: YearRef,
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
    },
    /// Numbers whose order is open: 10/12/2020.
    Slashed {
        first: i8,
        second: i8,
        year: YearRef,
        weekday: Option<Weekday>,
    },
    /// A month.
    Month {
        year: YearRef,
        month: i8,
        lean: Lean,
    },
    /// A weekday, perhaps of a week counted from the anchor's.
    Weekday {
        weekday: Weekday,
        lean: Lean,
        week: Option<i64>,
        base: Base,
    },
    /// Three months from the given one.
    Season {
        month: i8,
        year: YearRef,
        lean: Lean,
    },
    /// A quarter, 1 to 4.
    Quarter { quarter: i8, year: YearRef },
    /// A half, 1 or 2.
    Half { half: i8, year: YearRef },
    /// A year.
    Year(YearRef),
    /// Ten years from the given one; two digits when the century is open.
    Decade { first: i16, short: bool },
    /// A century, 20 = 1901–2000.
    Century(i16),
    /// A unit counted from a base: last week, two days later.
    Unit { unit: Unit, shift: i64, base: Base },
    /// A unit counted from a date that stands behind it: "two days before the March 3 vote".
    Counted {
        unit: Unit,
        shift: i64,
        from: Box<Expr>,
    },
    /// A day of the month spoken of: "on the 26th".
    DaySpoken(i8),
    /// A weekend counted in weeks, or the nearest by tense.
    Weekend(Option<i64>),
    /// An ISO week.
    IsoWeek { year: i16, week: i8 },
    /// The week a day lies in.
    WeekOf(Box<Expr>),
    /// The seven days up to a day.
    WeekTo(Box<Expr>),
    /// The n-th week of a month, or the last (-1).
    WeekOfMonth { nth: i8, month: Box<Expr> },
    /// A day of a month said otherwise: "the 15th of this month".
    DayOf { day: i8, month: Box<Expr> },
    /// The n-th such weekday of a month, or the last (-1).
    NthWeekday {
        nth: i8,
        weekday: Weekday,
        month: Box<Expr>,
    },
    /// A named day.
    Named {
        holiday: Holiday,
        year: YearRef,
        lean: Lean,
    },
    /// A time of day without a day, or "the same day".
    Clock,
    /// The night before the anchor.
    Overnight,
    /// A part of a period.
    Part(Part, Box<Expr>),
    /// From the first to the second.
    Range(Box<Expr>, Box<Expr>),
    /// A date that the text leaves open: "two days after the truce".
    Open(Unit),
    /// A period that is only hinted at: "several years ago".
    Vague,
}

impl Expr {
    /// The precision an expression would have, were its days known.
    pub fn precision(&self) -> Precision {
        match self {
            Expr::Date { .. }
            | Expr::Slashed { .. }
            | Expr::Weekday { .. }
            | Expr::Clock
            | Expr::NthWeekday { .. }
            | Expr::DayOf { .. }
            | Expr::DaySpoken(_)
            | Expr::Overnight => Precision::Day,
            Expr::Month { .. } => Precision::Month,
            Expr::Season { .. } => Precision::Season,
            Expr::Quarter { .. } => Precision::Quarter,
            Expr::Half { .. } => Precision::Half,
            Expr::Year(_) => Precision::Year,
            Expr::Decade { .. } => Precision::Decade,
            Expr::Century(_) => Precision::Century,
            Expr::Unit { unit, .. } | Expr::Counted { unit, .. } | Expr::Open(unit) => match unit {
                Unit::Day => Precision::Day,
                Unit::Week => Precision::Week,
                Unit::Month => Precision::Month,
                Unit::Quarter => Precision::Quarter,
                Unit::Year => Precision::Year,
                Unit::Decade => Precision::Decade,
                Unit::Century => Precision::Century,
            },
            Expr::Weekend(_)
            | Expr::IsoWeek { .. }
            | Expr::WeekOf(_)
            | Expr::WeekTo(_)
            | Expr::WeekOfMonth { .. } => Precision::Week,
            Expr::Named {
                holiday: Holiday::Ramadan,
                ..
            } => Precision::Month,
            Expr::Named {
                holiday: Holiday::Eid | Holiday::EidFitr | Holiday::EidAdha | Holiday::Ashura,
                ..
            } => Precision::Vague,
            Expr::Named { .. } => Precision::Day,
            Expr::Part(_, whole) => whole.precision(),
            Expr::Range(first, last) => first.precision().max(last.precision()),
            Expr::Vague => Precision::Vague,
        }
    }
}
