//! Gives periods their days: units counted from a base, seasons, quarters, weekends, feasts, and
//! parts of all these.
//!
//! The other half of `resolve`, which has days, months and ranges, and all that is remembered.

use jiff::civil::{Date, Weekday};

use super::expr::{Base, Lean, Part, YearRef};
use super::interval::{Interval, days_between, on_or_before, shift_days, shift_months};
use super::named::Holiday;
use super::resolve::{Context, Value, value};
use super::tense::Tense;
use super::words::Unit;
use super::{Basis, Precision};

impl Context<'_> {
    pub(super) fn season(&self, month: i8, year: YearRef, lean: Lean) -> Option<Value> {
        if let Some((year, basis)) = self.year(year) {
            return value(Interval::months(year, month, 3)?, Precision::Season, basis);
        }
        if year != YearRef::Unset {
            return None;
        }
        let (now, basis) = self.now()?;
        let mut seasons =
            (-2..=1).filter_map(|shift| Interval::months(now.year().checked_add(shift)?, month, 3));
        let chosen = match (lean, self.tense()) {
            (Lean::Last, _) => seasons.rfind(|season| season.end < now),
            (Lean::Next, _) => seasons.into_iter().find(|season| season.start > now),
            (Lean::This, _) => nearest(seasons, now),
            (Lean::None, Tense::Past) => seasons.rfind(|season| season.start <= now),
            (Lean::None, Tense::Future) => seasons.into_iter().find(|season| season.end >= now),
            (Lean::None, Tense::Unknown) => nearest(seasons, now),
        };
        value(chosen?, Precision::Season, basis)
    }

    pub(super) fn quarter(&self, quarter: i8, year: YearRef) -> Option<Value> {
        let month = quarter * 3 - 2;
        if let Some((year, basis)) = self.year(year) {
            return value(Interval::months(year, month, 3)?, Precision::Quarter, basis);
        }
        if year != YearRef::Unset {
            return None;
        }
        let (now, basis) = self.now()?;
        let mut quarters =
            (-1..=1).filter_map(|shift| Interval::months(now.year().checked_add(shift)?, month, 3));
        // Results are told when a quarter is over: without a word of the future it is the last one begun.
        let chosen = match self.tense() {
            Tense::Future => quarters.into_iter().find(|quarter| quarter.end >= now),
            _ => quarters.rfind(|quarter| quarter.start <= now),
        };
        value(chosen?, Precision::Quarter, basis)
    }

    pub(super) fn unit(&self, unit: Unit, shift: i64, base: Base) -> Option<Value> {
        let exactness = match unit {
            Unit::Day => 0,
            Unit::Week => 1,
            Unit::Month => 2,
            _ => 3,
        };
        let (now, basis) = self.hangs_on(base, exactness, shift)?;
        let value = self.counted(unit, shift, now, basis)?;
        // "A day earlier, the army had raided" does not hang on the day of a coming vote.
        let ahead = self.anchor.is_some_and(|now| value.interval.start > now);
        let open = shift < 0 && base != Base::Publication && ahead && self.tense() == Tense::Past;
        (!open).then_some(value)
    }

    /// So many units from a day.
    pub(super) fn counted(&self, unit: Unit, shift: i64, now: Date, basis: Basis) -> Option<Value> {
        let year = |years: i64| i16::try_from(i64::from(now.year()) + years).ok();
        match unit {
            Unit::Day => value(
                Interval::day(shift_days(now, shift)?),
                Precision::Day,
                basis,
            ),
            Unit::Week => value(
                Interval::week_of(shift_days(now, 7 * shift)?)?,
                Precision::Week,
                basis,
            ),
            Unit::Month => {
                let day = shift_months(now, shift)?;
                value(
                    Interval::month(day.year(), day.month())?,
                    Precision::Month,
                    basis,
                )
            }
            Unit::Quarter => {
                let day = shift_months(now, 3 * shift)?;
                value(
                    Interval::months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3)?,
                    Precision::Quarter,
                    basis,
                )
            }
            Unit::Year => value(Interval::year(year(shift)?)?, Precision::Year, basis),
            Unit::Decade => {
                let first = year(10 * shift)?.div_euclid(10) * 10;
                value(Interval::years(first, first + 9)?, Precision::Decade, basis)
            }
            Unit::Century => {
                let first = (year(100 * shift)? - 1).div_euclid(100) * 100 + 1;
                value(
                    Interval::years(first, first + 99)?,
                    Precision::Century,
                    basis,
                )
            }
        }
    }

    /// A weekend is a week to those who count in weeks, and two days in its interval.
    pub(super) fn weekend(&self, shift: Option<i64>) -> Option<Value> {
        let (now, basis) = self.today()?;
        let weekend = match shift {
            Some(shift) => Interval::weekend_of(shift_days(now, 7 * shift)?)?,
            None => match self.tense() {
                Tense::Future => Interval::weekend_of(now)?,
                _ => {
                    let saturday = on_or_before(now, Weekday::Saturday)?;
                    Interval::weekend_of(saturday)?
                }
            },
        };
        value(weekend, Precision::Week, basis)
    }

    pub(super) fn named(&self, holiday: Holiday, year: YearRef, lean: Lean) -> Option<Value> {
        if let Some((year, basis)) = self.year(year) {
            let (interval, precision) = holiday.in_year(year).into_iter().next()?;
            return value(interval, precision, basis);
        }
        if year != YearRef::Unset {
            return None;
        }
        let (now, basis) = self.now()?;
        let feasts: Vec<_> = (-1..=1)
            .filter_map(|shift| now.year().checked_add(shift))
            .flat_map(|year| holiday.in_year(year))
            .collect();
        let mut feasts = feasts.into_iter();
        let chosen = match (lean, self.tense()) {
            (Lean::Last, _) => feasts.rfind(|(feast, _)| feast.end < now),
            (Lean::Next, _) => feasts.find(|(feast, _)| feast.start > now),
            (Lean::None, Tense::Past) => feasts.rfind(|(feast, _)| feast.start <= now),
            (Lean::None, Tense::Future) => feasts.find(|(feast, _)| feast.end >= now),
            _ => feasts.min_by_key(|(feast, _)| days_between(feast.start, now).abs()),
        };
        let (interval, precision) = chosen?;
        value(interval, precision, basis)
    }

    /// A half of a period at its beginning, middle or end, or the quarter that begins or ends it. Days and seasons stay whole: their parts
    /// are hours, or no one's to draw.
    pub(super) fn part(&self, part: Part, whole: Value) -> Option<Value> {
        let Interval { start, end } = whole.interval;
        if matches!(
            whole.precision,
            Precision::Day | Precision::Season | Precision::Vague
        ) {
            return Some(whole);
        }
        // Years halve between months, decades between years.
        let fraction = |quarters: i16| match whole.precision {
            Precision::Year => shift_months(start, i64::from(quarters) * 3),
            Precision::Decade | Precision::Century => {
                let years = (end.year() - start.year() + 1) * quarters / 4;
                Date::new(start.year() + years, 1, 1).ok()
            }
            _ => shift_days(
                start,
                (whole.interval.length() + 2) * i64::from(quarters) / 4,
            ),
        };
        let before = |day: Option<Date>| shift_days(day?, -1);
        let interval = match part {
            Part::Early => Interval::new(start, before(fraction(2))?)?,
            Part::Late => Interval::new(fraction(2)?, end)?,
            // A week ends on Friday for most of those who write.
            Part::Begin if whole.precision == Precision::Week => {
                Interval::new(start, before(fraction(2))?)?
            }
            Part::End if whole.precision == Precision::Week => Interval::new(fraction(2)?, end)?,
            Part::Begin => Interval::new(start, before(fraction(1))?)?,
            Part::End => Interval::new(fraction(3)?, end)?,
            Part::Mid => Interval::new(fraction(1)?, before(fraction(3))?)?,
            Part::SoFar | Part::Remaining => match self.anchor {
                Some(now) if part == Part::SoFar && start <= now => {
                    Interval::new(start, now.min(end))?
                }
                Some(now) if part == Part::Remaining && now <= end => {
                    Interval::new(start.max(now), end)?
                }
                _ => whole.interval,
            },
        };
        Some(Value { interval, ..whole })
    }
}

/// The interval nearest to a day.
fn nearest(intervals: impl Iterator<Item = Interval>, now: Date) -> Option<Interval> {
    intervals.min_by_key(|interval| {
        if interval.start <= now && now <= interval.end {
            return 0;
        }
        days_between(interval.start, now)
            .abs()
            .min(days_between(interval.end, now).abs())
    })
}
