//! Time lines: how much of what matches falls into each day, week, month or year.
//!
//! A date counts where it begins, if it is no longer than the period; a longer one says too little.
//! Not for finding by date (`filter`).

use super::tally::{Count, Matched, tally};
use super::{DateField, Found, Request, guarded, plan};
use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::Gazetteer;
use crate::index::{Index, days};
use crate::query::{Days, Field};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What time is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Days.
    Day,
    /// Weeks, from Monday on.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

impl Step {
    /// The first day of the period that a date begins in; `None` for a date that is longer than that.
    pub fn of(self, days: Interval) -> Option<Date> {
        let longest = match self {
            Step::Day => 1,
            Step::Week => 7,
            Step::Month => 31,
            Step::Year => 366,
        };
        let length = days.start.until(days.end).ok()?.get_days() + 1;
        (length <= longest).then(|| self.first(days.start))
    }

    fn first(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => {
                let since = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(since.days()).unwrap_or(day)
            }
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
        }
    }

    /// The first day of the period after the one that begins on `first`; `None` at the end of time.
    pub fn next(self, first: Date) -> Option<Date> {
        let step = match self {
            Step::Day => 1.day(),
            Step::Week => 1.week(),
            Step::Month => 1.month(),
            Step::Year => 1.year(),
        };
        first.checked_add(step).ok()
    }

    /// What the period that begins on `first` is called: 2020-10-10, 2020-W41, 2020-10 or 2020.
    pub fn name(self, first: Date) -> String {
        match self {
            Step::Day => first.to_string(),
            Step::Week => {
                let week = first.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Step::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Step::Year => format!("{:04}", first.year()),
        }
    }
}

/// What matches, by time.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// Articles and passages of each period that has any, by its first day.
    pub periods: BTreeMap<Date, (u64, u64)>,
    /// Articles that have no date of the kind in what matches.
    pub undated: u64,
    /// Articles all of whose dates are longer than a period.
    pub vague: u64,
    /// Whether dates are left out because they lie beyond the days that were asked for.
    pub cut: bool,
    /// How much matches.
    pub found: Found,
}

/// What is counted of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Dated,
    Placed,
    Beyond,
    At(Date),
}

/// Counts what matches by the dates that its passages name; with [`DateField::Published`] in the
/// request's filters by publication. The days that are asked for bound it.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn timeline(
    index: &Index,
    gazetteer: &Gazetteer,
    request: &Request,
    step: Step,
) -> Result<Timeline> {
    guarded(index, || {
        let (matched, found) = Matched::of(index, gazetteer, request)?;
        let of_publication = request.filters.date_field == DateField::Published;
        let field = match of_publication {
            true => index.fields().published,
            false => index.fields().date,
        };
        let asked = asked(request, of_publication);
        let inside = |days: &Interval| asked.iter().all(|asked| asked.overlaps(days));
        let mut counts = tally(index, &matched, &[field], |_, term, kept| {
            let Some((days, _)) = days::interval(term) else {
                return;
            };
            kept.push(Kept::Dated);
            if let Some(first) = step.of(days) {
                kept.push(Kept::Placed);
                kept.push(match inside(&days) {
                    true => Kept::At(first),
                    false => Kept::Beyond,
                });
            }
        })?;
        let mut take = |kept| -> Count { counts.remove(&kept).unwrap_or_default() };
        let (dated, placed) = (take(Kept::Dated).0, take(Kept::Placed).0);
        let cut = take(Kept::Beyond).1 > 0;
        let of_period = |(kept, count)| match kept {
            Kept::At(first) => Some((first, count)),
            _ => None,
        };
        Ok(Timeline {
            periods: counts.into_iter().filter_map(of_period).collect(),
            undated: found.articles - dated,
            vague: dated - placed,
            cut,
            found,
        })
    })
}

/// The days that are demanded, by options and by fields; those of publication where that is what counts.
fn asked(request: &Request, of_publication: bool) -> Vec<Interval> {
    let filters = &request.filters;
    let (fields, _) = plan::demanded(&request.query.root);
    let by_fields = fields.into_iter().filter_map(|field| match field {
        Field::Date(Days::Within(days)) => Some(*days),
        Field::Published(Days::Within(days)) if of_publication => Some(*days),
        _ => None,
    });
    let published = filters.published.filter(|_| of_publication);
    let by_options = filters.dates.into_iter().chain(published);
    by_options.chain(by_fields).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_counts_where_it_begins_unless_it_is_longer() {
        let days = |start, end| Interval { start, end };
        let one = days(date(2020, 10, 10), date(2020, 10, 10));
        assert_eq!(Step::Day.of(one), Some(date(2020, 10, 10)));
        // 10 October 2020 was a Saturday.
        assert_eq!(Step::Week.of(one), Some(date(2020, 10, 5)));
        assert_eq!(Step::Week.name(date(2020, 10, 5)), "2020-W41");
        let week = days(date(2020, 10, 28), date(2020, 11, 3));
        assert_eq!(Step::Day.of(week), None);
        assert_eq!(Step::Month.of(week), Some(date(2020, 10, 1)));
        let year = days(date(2020, 1, 1), date(2020, 12, 31));
        assert_eq!(
            (Step::Month.of(year), Step::Year.of(year)),
            (None, Some(date(2020, 1, 1)))
        );
        assert_eq!(Step::Month.next(date(2020, 12, 1)), Some(date(2021, 1, 1)));
    }
}
