//! Gives expressions their days: from what they say, the publication date, the tense, and the
//! dates spoken of before.
//!
//! The text decides, then the publication date, then, where nobody knows it, the day the article
//! tells of (`story`) and the year of the paragraph; where none of them does, the value stays open.
//! Nothing is guessed here, and nothing is read.

use jiff::civil::{Date, Weekday};

use super::expr::{Base, Expr, Lean, YearRef};
use super::interval::{
    Interval, days_between, on_or_after, on_or_before, shift_days, shift_months,
};
use super::tense::{Tense, is_pluperfect, tense};
use super::words::Unit;
use super::{Basis, DateOrder, Precision};

/// The days around the one an article tells of within which weekdays are counted from it.
const WEEKS: i64 = 14;

/// The longest paragraph of a report, in bytes.
const PARAGRAPH: usize = 2_000;

/// The days of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub interval: Interval,
    pub precision: Precision,
    pub basis: Basis,
}

/// What is known while an article is read from its beginning to its end.
pub(super) struct Context<'a> {
    text: &'a str,
    pub(super) anchor: Option<Date>,
    order: DateOrder,
    /// The day the article tells of, which stands in for an anchor.
    story: Option<Date>,
    /// The last interval mentioned as exactly as a day, week, month, year; nothing where the last
    /// mention is open.
    latest: [Option<Interval>; 4],
    /// The last day, month or year written out, and where it ends.
    written: Option<(Value, usize)>,
    /// The last day mentioned, and where it ends.
    told: Option<(Interval, usize)>,
    /// The expression being resolved, in bytes.
    span: (usize, usize),
}

impl<'a> Context<'a> {
    /// Starts an article; `order` is the one already decided for it, `story` the day it tells of.
    pub fn new(
        text: &'a str,
        anchor: Option<Date>,
        order: DateOrder,
        story: Option<Date>,
    ) -> Context<'a> {
        Context {
            text,
            anchor,
            order,
            story,
            latest: [None; 4],
            written: None,
            told: None,
            span: (0, 0),
        }
    }

    /// Resolves the next expression of the article and remembers its value; `background` says that
    /// it is only mentioned.
    pub fn resolve(
        &mut self,
        expr: &Expr,
        start: usize,
        end: usize,
        background: bool,
    ) -> Option<Value> {
        self.span = (start, end);
        let value = self.value(expr);
        let precision = value.map_or_else(|| expr.precision(), |value| value.precision);
        let exactness = match precision {
            // A time of day adds nothing to a day that is open.
            _ if value.is_none() && *expr == Expr::Clock => 4,
            Precision::Day => 0,
            Precision::Week => 1,
            Precision::Month => 2,
            Precision::Season | Precision::Quarter | Precision::Half | Precision::Year => 3,
            Precision::Decade | Precision::Century | Precision::Vague => 4,
        };
        // Days and weeks are still counted from the story.
        let aside = value.is_some_and(|value| self.is_aside(expr, value.interval, background));
        let exactness = if aside { 2 } else { exactness };
        self.latest
            .iter_mut()
            .skip(exactness)
            .for_each(|latest| *latest = value.map(|value| value.interval));
        if let Some(value) = value.filter(|_| precision == Precision::Day && !aside) {
            self.told = Some((value.interval, end));
        }
        if let Some(value) = value
            && value.basis == Basis::Explicit
            && matches!(
                precision,
                Precision::Day | Precision::Month | Precision::Year
            )
        {
            self.written = (!background).then_some((value, end));
        }
        value
    }

    /// Whether a full date is mentioned on the way of a paragraph that tells of another: "the
    /// massacre of 3 May 2012", "it had been lost on 5 June 2023".
    fn is_aside(&self, expr: &Expr, day: Interval, background: bool) -> bool {
        let full = matches!(
            expr,
            Expr::Date {
                year: YearRef::Is(_),
                ..
            }
        );
        let told = self
            .told
            .is_some_and(|(told, end)| day.end < told.start && !self.breaks_since(end));
        full && told && (background || is_pluperfect(self.text, self.span.0, self.span.1))
    }

    fn value(&self, expr: &Expr) -> Option<Value> {
        match *expr {
            Expr::Date {
                year,
                month,
                day,
                weekday,
            } => self.date(year, month, day, weekday),
            Expr::Slashed {
                first,
                second,
                year,
                weekday,
            } => self.slashed(first, second, year, weekday),
            Expr::Month { year, month, lean } => self.month(year, month, lean),
            Expr::Weekday {
                weekday,
                lean,
                week,
                base,
            } => self.weekday(weekday, lean, week, base),
            Expr::Season { month, year, lean } => self.season(month, year, lean),
            Expr::Quarter { quarter, year } => self.quarter(quarter, year),
            Expr::Half { half, year } => {
                let (year, basis) = self.year(year)?;
                value(
                    Interval::months(year, half * 6 - 5, 6)?,
                    Precision::Half,
                    basis,
                )
            }
            Expr::Year(year) => {
                let (year, basis) = self.year(year)?;
                value(Interval::year(year)?, Precision::Year, basis)
            }
            Expr::Decade { first, short } => {
                let first = if short { self.decade(first) } else { first };
                value(
                    Interval::years(first, first + 9)?,
                    Precision::Decade,
                    Basis::Explicit,
                )
            }
            Expr::Century(century) => value(
                Interval::years(century * 100 - 99, century * 100)?,
                Precision::Century,
                Basis::Explicit,
            ),
            Expr::Unit { unit, shift, base } => self.unit(unit, shift, base),
            Expr::Counted {
                unit,
                shift,
                ref from,
            } => {
                let from = self.value(from)?;
                // `a year after October 7` is said of one that is not the nearest.
                if from.basis != Basis::Explicit && !matches!(unit, Unit::Day | Unit::Week) {
                    return None;
                }
                let Interval { start, end } = from.interval;
                let day = if shift > 0 { end } else { start };
                self.counted(unit, shift, day, from.basis)
            }
            Expr::DaySpoken(day) => self.day_spoken(day),
            Expr::Weekend(shift) => self.weekend(shift),
            Expr::IsoWeek { year, week } => {
                let monday = jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday)
                    .ok()?
                    .date();
                value(Interval::week_of(monday)?, Precision::Week, Basis::Explicit)
            }
            Expr::WeekOf(ref day) => {
                let day = self.value(day)?;
                value(
                    Interval::week_of(day.interval.start)?,
                    Precision::Week,
                    day.basis,
                )
            }
            Expr::WeekTo(ref day) => {
                let day = self.value(day)?;
                let end = day.interval.end;
                let days = Interval::new(shift_days(end, -6)?, end)?;
                value(days, Precision::Week, day.basis)
            }
            Expr::WeekOfMonth { nth, ref month } => {
                let month = self.value(month)?;
                let start = match nth {
                    -1 => shift_days(month.interval.end, -6)?,
                    _ => shift_days(month.interval.start, 7 * (i64::from(nth) - 1))?,
                };
                let end = shift_days(start, 6)?.min(month.interval.end);
                value(Interval::new(start, end)?, Precision::Week, month.basis)
            }
            Expr::DayOf { day, ref month } => {
                let month = self.value(month)?;
                let start = month.interval.start;
                let day = Date::new(start.year(), start.month(), day).ok()?;
                value(Interval::day(day), Precision::Day, month.basis)
            }
            Expr::NthWeekday {
                nth,
                weekday,
                ref month,
            } => {
                let month = self.value(month)?;
                let Interval { start, end } = month.interval;
                let day = match nth {
                    -1 => on_or_before(end, weekday)?,
                    _ => shift_days(on_or_after(start, weekday)?, 7 * (i64::from(nth) - 1))?,
                };
                if day > end {
                    return None;
                }
                value(Interval::day(day), Precision::Day, month.basis)
            }
            Expr::Named {
                holiday,
                year,
                lean,
            } => self.named(holiday, year, lean),
            Expr::Clock => value(self.latest[0]?, Precision::Day, Basis::Mention),
            Expr::Overnight => {
                let (day, basis) = self.today()?;
                value(
                    Interval::new(shift_days(day, -1)?, day)?,
                    Precision::Day,
                    basis,
                )
            }
            Expr::Part(part, ref whole) => self.part(part, self.value(whole)?),
            Expr::Range(ref first, ref last) => self.range(first, last),
            Expr::Open(_) | Expr::Vague => None,
        }
    }

    /// The day an expression hangs on: the publication date, else the day the article tells of.
    pub(super) fn now(&self) -> Option<(Date, Basis)> {
        match self.anchor {
            Some(anchor) => Some((anchor, Basis::Publication)),
            None => Some((self.story?, Basis::Mention)),
        }
    }

    /// The day that weekdays and the words for days hang on. In a paragraph that tells of another
    /// time they may be meant of that.
    pub(super) fn today(&self) -> Option<(Date, Basis)> {
        let (now, basis) = self.now()?;
        let apart = |day: Interval| days_between(day.start, now).abs() > WEEKS;
        let elsewhere = |(day, end): (Interval, usize)| apart(day) && !self.breaks_since(end);
        let open = basis == Basis::Mention && self.told.is_some_and(elsewhere);
        (!open).then_some((now, basis))
    }

    /// Whether a paragraph ends between a byte and the expression; none reaches far.
    fn breaks_since(&self, end: usize) -> bool {
        let between = self.text.get(end..self.span.0).unwrap_or_default();
        let mut breaks = ["\n\n", ".\n", "\n\r\n"].into_iter();
        between.len() > PARAGRAPH || breaks.any(|mark| between.contains(mark))
    }

    /// The day a relative expression counts from, at an exactness (an index of `latest`); what comes
    /// later counts from the end of a mention.
    pub(super) fn hangs_on(
        &self,
        base: Base,
        exactness: usize,
        shift: i64,
    ) -> Option<(Date, Basis)> {
        let latest = self.latest.get(exactness).copied().flatten();
        match (base, latest) {
            (Base::Publication, _) | (Base::Either, None) if exactness == 0 => self.today(),
            (Base::Publication, _) | (Base::Either, None) => self.now(),
            (_, latest) => {
                let latest = latest?;
                let day = if shift > 0 { latest.end } else { latest.start };
                Some((day, Basis::Mention))
            }
        }
    }

    /// The day whose year stands for one that is not said. A paragraph that writes of another year
    /// than the article's may go on about it.
    fn year_around(&self) -> Option<(Date, Basis)> {
        let (now, basis) = self.now()?;
        let other = |(written, end): (Value, usize)| {
            written.interval.start.year() != now.year() && !self.breaks_since(end)
        };
        let open = basis == Basis::Mention && self.written.is_some_and(other);
        (!open).then_some((now, basis))
    }

    /// What has no year of its own, in the year of the last day or month of its paragraph, or
    /// wherever that year has its weekday so. A report goes on from there: what lies before may be
    /// of any later year.
    fn in_paragraph(
        &self,
        weekday: Option<Weekday>,
        in_year: impl Fn(i16) -> Option<Interval>,
    ) -> Option<Interval> {
        let (written, end) = self.written?;
        let start = written.interval.start;
        let interval = in_year(start.year()).filter(|_| written.precision != Precision::Year)?;
        let follows = interval.end >= start && self.tense() != Tense::Future;
        let fits = weekday.is_none_or(|weekday| interval.start.weekday() == weekday);
        let near = weekday.is_some() || !self.breaks_since(end);
        (follows && fits && near).then_some(interval)
    }

    pub(super) fn tense(&self) -> Tense {
        tense(self.text, self.span.0, self.span.1)
    }

    /// A year that is said, or hangs on another; `Unset` has none.
    pub(super) fn year(&self, year: YearRef) -> Option<(i16, Basis)> {
        match year {
            YearRef::Unset => None,
            YearRef::Is(year) => Some((year, Basis::Explicit)),
            YearRef::Short(short) => Some((self.century(short), Basis::Explicit)),
            YearRef::Shift(shift) => {
                let (now, basis) = self.now()?;
                Some((now.year().checked_add(shift)?, basis))
            }
            YearRef::Mention => Some((self.latest[3]?.start.year(), Basis::Mention)),
        }
    }

    /// Two digits in the hundred years that end twenty years after the publication, else 1950–2049.
    fn century(&self, short: i16) -> i16 {
        let last = self
            .anchor
            .map_or(2049, |anchor| anchor.year().saturating_add(20));
        last - (last - short).rem_euclid(100)
    }

    /// "the 90s": the twentieth century, except the decades of the twenty-first that have begun.
    fn decade(&self, tens: i16) -> i16 {
        let now = self.anchor.map_or(2020, |anchor| anchor.year());
        if tens < 30 && 2000 + tens + 5 <= now {
            2000 + tens
        } else {
            1900 + tens
        }
    }

    fn date(&self, year: YearRef, month: i8, day: i8, weekday: Option<Weekday>) -> Option<Value> {
        if let Some((year, basis)) = self.year(year) {
            return value(
                Interval::day(Date::new(year, month, day).ok()?),
                Precision::Day,
                basis,
            );
        }
        if year != YearRef::Unset {
            return None;
        }
        let Some((now, basis)) = self.year_around() else {
            let day = self.in_paragraph(weekday, |year| {
                Some(Interval::day(Date::new(year, month, day).ok()?))
            });
            return value(day?, Precision::Day, Basis::Mention);
        };
        let in_year = |shift: i16| Date::new(now.year().checked_add(shift)?, month, day).ok();
        // A weekday fixes the year, where it fits one nearby.
        if let Some(weekday) = weekday {
            let fits = (-5..=1)
                .filter_map(in_year)
                .filter(|date| date.weekday() == weekday);
            if let Some(date) = fits.min_by_key(|date| days_between(*date, now).abs()) {
                return value(Interval::day(date), Precision::Day, basis);
            }
        }
        let date = self.nearest_year(now, 60, in_year)?;
        value(Interval::day(date), Precision::Day, basis)
    }

    /// Chooses the year for a day or month without one. The tense moves it to the other side of the
    /// anchor only when it lies more than `grace` days on the wrong one: a meeting announced for
    /// next month is often told in the past tense.
    fn nearest_year(
        &self,
        now: Date,
        grace: i64,
        in_year: impl Fn(i16) -> Option<Date>,
    ) -> Option<Date> {
        // News tells what happened more than what is to come: the future counts double.
        let distance = |date: &Date| match days_between(now, *date) {
            ahead @ 0.. => 2 * ahead,
            behind => -behind,
        };
        let nearest = || (-4..=4).filter_map(&in_year).min_by_key(distance);
        let Some(this) = in_year(0) else {
            return nearest();
        };
        let ahead = days_between(now, this);
        match self.tense() {
            Tense::Past if ahead > grace => in_year(-1),
            Tense::Future if ahead < -grace => in_year(1),
            Tense::Unknown => nearest(),
            _ => Some(this),
        }
    }

    /// Numbers whose order the article decided, or the anchor does by being that very day.
    fn slashed(
        &self,
        first: i8,
        second: i8,
        year: YearRef,
        weekday: Option<Weekday>,
    ) -> Option<Value> {
        let (year, basis) = self.year(year)?;
        let day_first = Date::new(year, second, first).ok();
        let month_first = Date::new(year, first, second).ok();
        let shown = |date: &Date| match weekday {
            Some(weekday) => date.weekday() == weekday,
            None => self
                .anchor
                .is_some_and(|anchor| days_between(*date, anchor).abs() <= 3),
        };
        let date = match (day_first, month_first) {
            (Some(one), Some(other)) if one == other => one,
            (Some(only), None) | (None, Some(only)) => only,
            (Some(day_first), Some(month_first)) => match self.order {
                DateOrder::DayFirst => day_first,
                DateOrder::MonthFirst => month_first,
                DateOrder::Auto => match (shown(&day_first), shown(&month_first)) {
                    (true, false) => day_first,
                    (false, true) => month_first,
                    _ => return None,
                },
            },
            (None, None) => return None,
        };
        value(Interval::day(date), Precision::Day, basis)
    }

    fn month(&self, year: YearRef, month: i8, lean: Lean) -> Option<Value> {
        // "the following June" is the first one behind what was told.
        if year == YearRef::Mention && lean == Lean::Next {
            let end = self.latest[3]?.end;
            let next = i16::from(month <= end.month());
            let month = Interval::month(end.year().checked_add(next)?, month)?;
            return value(month, Precision::Month, Basis::Mention);
        }
        if let Some((year, basis)) = self.year(year) {
            return value(Interval::month(year, month)?, Precision::Month, basis);
        }
        if year != YearRef::Unset {
            return None;
        }
        let Some((now, basis)) = self.year_around() else {
            let month = self.in_paragraph(None, |year| Interval::month(year, month));
            let plain = lean == Lean::None;
            return value(month.filter(|_| plain)?, Precision::Month, Basis::Mention);
        };
        let in_year = |shift: i16| Date::new(now.year().checked_add(shift)?, month, 1).ok();
        let start = match lean {
            Lean::Last => in_year(if month < now.month() { 0 } else { -1 })?,
            Lean::Next => in_year(if month > now.month() { 0 } else { 1 })?,
            Lean::This => in_year(0)?,
            Lean::None if month == now.month() => in_year(0)?,
            Lean::None => {
                // Measured from the first of the month, so that whole months compare.
                let first = Date::new(now.year(), now.month(), 1).ok()?;
                self.nearest_year(first, 0, in_year)?
            }
        };
        value(
            Interval::month(start.year(), month)?,
            Precision::Month,
            basis,
        )
    }

    fn weekday(
        &self,
        weekday: Weekday,
        lean: Lean,
        week: Option<i64>,
        base: Base,
    ) -> Option<Value> {
        let (now, basis) = self.hangs_on(base, 0, 0)?;
        let date = match (week, lean, base) {
            (Some(shift), _, _) => on_or_after(
                shift_days(Interval::week_of(now)?.start, 7 * shift)?,
                weekday,
            ),
            (_, Lean::Last, _) => on_or_before(shift_days(now, -1)?, weekday),
            (_, Lean::Next, _) => on_or_after(shift_days(now, 1)?, weekday),
            // "that Friday" is the one nearest to what was told.
            (_, _, Base::Mention) => on_or_after(shift_days(now, -3)?, weekday),
            (_, Lean::This, _) if self.tense() != Tense::Past => on_or_after(now, weekday),
            (_, Lean::None, _) if self.tense() == Tense::Future => on_or_after(now, weekday),
            _ => on_or_before(now, weekday),
        };
        value(Interval::day(date?), Precision::Day, basis)
    }

    /// The day of the month spoken of, else the day of that number nearest to the publication.
    fn day_spoken(&self, day: i8) -> Option<Value> {
        let of = |month: Date| Date::new(month.year(), month.month(), day).ok();
        let future = self.tense() == Tense::Future;
        if let Some(month) = self.latest[2].filter(|_| !future) {
            return value(
                Interval::day(of(month.start)?),
                Precision::Day,
                Basis::Mention,
            );
        }
        let (now, basis) = self.now()?;
        let date = match of(now) {
            Some(date) if (date <= now) != future || date == now => date,
            _ => of(shift_months(now, if future { 1 } else { -1 })?)?,
        };
        value(Interval::day(date), Precision::Day, basis)
    }

    /// Both ends of a range; the end that has a year lends it to the one that has none.
    fn range(&self, first: &Expr, last: &Expr) -> Option<Value> {
        let (first, last) = match (year_of(first), year_of(last)) {
            (None, Some(_)) => {
                let last = self.value(last)?;
                (
                    self.value(&with_year(first, last.interval.start.year()))
                        .filter(|first| first.interval.start <= last.interval.end)
                        .or_else(|| {
                            self.value(&with_year(first, last.interval.start.year() - 1))
                        })?,
                    last,
                )
            }
            (Some(_), None) => {
                let first = self.value(first)?;
                let year = first.interval.start.year();
                let same = self
                    .value(&with_year(last, year))
                    .filter(|last| first.interval.start <= last.interval.end);
                (
                    first,
                    same.or_else(|| self.value(&with_year(last, year + 1)))?,
                )
            }
            (None, None) => {
                let value = self.value(first)?;
                let year = value.interval.start.year();
                let same = self
                    .value(&with_year(last, year))
                    .filter(|last| value.interval.start <= last.interval.end);
                (
                    value,
                    same.or_else(|| self.value(&with_year(last, year + 1)))?,
                )
            }
            _ => (self.value(first)?, self.value(last)?),
        };
        Some(Value {
            interval: Interval::new(first.interval.start, last.interval.end)?,
            precision: first.precision.max(last.precision),
            // A year lent by one end to the other is said in the text; whatever else one end hangs
            // on, the range hangs on.
            basis: first.basis.max(last.basis),
        })
    }
}

/// The year an end of a range says itself.
fn year_of(expr: &Expr) -> Option<YearRef> {
    match expr {
        Expr::Date {
            year: YearRef::Unset,
            ..
        }
        | Expr::Month {
            year: YearRef::Unset,
            ..
        } => None,
        Expr::Part(_, whole) => year_of(whole),
        Expr::Date { year, .. }
        | Expr::Month { year, .. }
        | Expr::Slashed { year, .. }
        | Expr::Year(year) => Some(*year),
        _ => Some(YearRef::Unset),
    }
}

/// The expression with a year.
fn with_year(expr: &Expr, year: i16) -> Expr {
    let year = YearRef::Is(year);
    match expr.clone() {
        Expr::Date {
            month,
            day,
            weekday,
            ..
        } => Expr::Date {
            year,
            month,
            day,
            weekday,
        },
        Expr::Month { month, lean, .. } => Expr::Month { year, month, lean },
        Expr::Part(part, whole) => match year {
            YearRef::Is(number) => Expr::Part(part, Box::new(with_year(&whole, number))),
            _ => Expr::Part(part, whole),
        },
        other => other,
    }
}

/// A value, as an option for the many that end in one.
pub(super) fn value(interval: Interval, precision: Precision, basis: Basis) -> Option<Value> {
    Some(Value {
        interval,
        precision,
        basis,
    })
}
