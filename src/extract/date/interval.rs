//! Calendar periods as intervals of civil days: a month, an ISO week, a season, a decade.
//!
//! Pure arithmetic on top of `jiff`. It does not know where a period was mentioned, and it never
//! panics: a period outside the calendar is `None`.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// An interval of civil days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// The first day.
    pub start: Date,
    /// The last day, never before the first.
    pub end: Date,
}

impl Interval {
    /// Spans two days, or is `None` where the second lies before the first.
    pub fn new(start: Date, end: Date) -> Option<Interval> {
        (start <= end).then_some(Interval { start, end })
    }

    /// A single day.
    pub fn day(day: Date) -> Interval {
        Interval {
            start: day,
            end: day,
        }
    }

    /// Whether the two intervals share a day.
    pub fn overlaps(&self, other: &Interval) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// A calendar month.
    pub(super) fn month(year: i16, month: i8) -> Option<Interval> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Interval {
            start,
            end: start.last_of_month(),
        })
    }

    /// `count` months from the first of the given one; months beyond December run into the next year.
    pub(super) fn months(year: i16, month: i8, count: i8) -> Option<Interval> {
        let last = i32::from(month) - 1 + i32::from(count) - 1;
        let end_year = i32::from(year) + last.div_euclid(12);
        let end_month = last.rem_euclid(12) + 1;
        let end = Interval::month(i16::try_from(end_year).ok()?, i8::try_from(end_month).ok()?)?;
        Interval::new(Date::new(year, month, 1).ok()?, end.end)
    }

    /// A calendar year.
    pub(super) fn year(year: i16) -> Option<Interval> {
        Interval::months(year, 1, 12)
    }

    /// The years from `first` to `last`, whole.
    pub(super) fn years(first: i16, last: i16) -> Option<Interval> {
        Interval::new(Interval::year(first)?.start, Interval::year(last)?.end)
    }

    /// The ISO week (Monday to Sunday) a day lies in.
    pub(super) fn week_of(day: Date) -> Option<Interval> {
        let start = shift_days(day, -i64::from(day.weekday().to_monday_zero_offset()))?;
        Some(Interval {
            start,
            end: shift_days(start, 6)?,
        })
    }

    /// The Saturday and Sunday of the ISO week a day lies in.
    pub(super) fn weekend_of(day: Date) -> Option<Interval> {
        let week = Interval::week_of(day)?;
        Some(Interval {
            start: shift_days(week.start, 5)?,
            end: week.end,
        })
    }

    /// The number of days between the first and the last.
    pub(super) fn length(&self) -> i64 {
        days_between(self.start, self.end)
    }
}

/// The day `days` away, or `None` outside the calendar.
pub(super) fn shift_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The day `months` away; the 31st becomes the last day of a shorter month.
pub(super) fn shift_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Days from the first to the second, negative where the second is earlier.
pub(super) fn days_between(first: Date, second: Date) -> i64 {
    i64::from((second - first).get_days())
}

/// The latest such weekday on or before a day.
pub(super) fn on_or_before(day: Date, weekday: Weekday) -> Option<Date> {
    shift_days(day, -i64::from(weekday.until(day.weekday())))
}

/// The first such weekday on or after a day.
pub(super) fn on_or_after(day: Date, weekday: Weekday) -> Option<Date> {
    shift_days(day, i64::from(day.weekday().until(weekday)))
}
