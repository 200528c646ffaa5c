//! A date at the beginning of a string, for datelines, metadata and file names.
//!
//! Stricter than running text: only written-out dates count, none that hang on another.

use jiff::civil::{Date, Weekday};

use super::cursor::Cursor;
use super::expr::{Expr, Lean, YearRef};
use super::interval::{Interval, days_between};
use super::scan::{Gap, Kind, first_word, scan};
use super::words::Word;
use super::{DateOrder, Precision, rules_calendar, rules_clock, rules_numeric};

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// The year, with its century.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// The weekday, if one is written.
    pub weekday: Option<Weekday>,
}

impl Partial {
    /// The days of a date that has its year; `None` without one, and for days that do not exist.
    pub fn interval(&self) -> Option<(Interval, Precision)> {
        match (self.year?, self.month, self.day) {
            (year, Some(month), Some(day)) => Some((
                Interval::day(Date::new(year, month, day).ok()?),
                Precision::Day,
            )),
            (year, Some(month), None) => Some((Interval::month(year, month)?, Precision::Month)),
            (year, None, _) => Some((Interval::year(year)?, Precision::Year)),
        }
    }

    /// The date with the year that brings it nearest to a day; a weekday admits only the years it
    /// falls in. `None` where no year within five does, or there is no month.
    pub fn with_year_near(&self, anchor: Date) -> Option<Partial> {
        if self.year.is_some() {
            return Some(*self);
        }
        self.month?;
        let candidates = (-5..=5).filter_map(|shift| {
            let dated = Partial {
                year: Some(anchor.year().checked_add(shift)?),
                ..*self
            };
            let (interval, _) = dated.interval()?;
            let fits = self.day.is_none()
                || self
                    .weekday
                    .is_none_or(|weekday| weekday == interval.start.weekday());
            let distance = if interval.start <= anchor && anchor <= interval.end {
                0
            } else {
                days_between(interval.start, anchor)
                    .abs()
                    .min(days_between(interval.end, anchor).abs())
            };
            fits.then_some((distance, dated))
        });
        candidates
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, dated)| dated)
    }
}

/// Reads the date at the very start of a string, and how many bytes it takes, its time included.
///
/// A weekday may stand before it. The year is absent where the string has none; month and day are
/// absent where their order is open (10/12/2020 with [`DateOrder::Auto`]).
pub fn leading(s: &str, order: DateOrder) -> Option<(Partial, usize)> {
    // The longest date with weekday, time and zone is far shorter than this.
    let head_length = (0..=s.len().min(160))
        .rev()
        .find(|at| s.is_char_boundary(*at))?;
    let head = s.get(..head_length)?;
    // Most lines that are asked about begin with a word of no calendar.
    if first_word(head) == Some(Word::Other) {
        return None;
    }
    let tokens = scan(head, |_| None);
    if tokens.first()?.start != 0 {
        return None;
    }
    let c = Cursor {
        text: head,
        tokens: &tokens,
        month_is_name: false,
        numbered: Vec::new(),
    };
    let (end, partial) = compact(&c).or_else(|| written(&c, order))?;
    let end = time_behind(&c, end);
    let bytes = tokens.get(end.checked_sub(1)?)?.end;
    let behind = head.get(bytes..).unwrap_or_default();
    let word = partial.year.and_then(|_| year_word(behind)).unwrap_or(0);
    Some((partial, bytes + word))
}

/// The bytes of the word for "year" behind a year: "10 октября 2020 года", "10 жовтня 2020 р.".
fn year_word(behind: &str) -> Option<usize> {
    let bare = behind.trim_start_matches([' ', '\u{a0}']);
    let length = bare
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(bare.len());
    let point = match bare.get(..length)? {
        "года" | "году" | "року" | "році" => 0,
        "г" | "р" => usize::from(bare.get(length..)?.starts_with('.')),
        _ => return None,
    };
    Some(behind.len() - bare.len() + length + point)
}

/// 20201010, and 20201010T080000.
fn compact(c: &Cursor) -> Option<(usize, Partial)> {
    let Kind::Number(value, 8) = c.token(0)?.kind else {
        return None;
    };
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    (1800..2100).contains(&year).then_some((
        1,
        Partial {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            weekday: None,
        },
    ))
}

/// Any written form.
fn written(c: &Cursor, order: DateOrder) -> Option<(usize, Partial)> {
    let (weekday, begin) = match c.weekday(0) {
        Some((weekday, _, next)) => (Some(weekday), c.skip_mark(next, ',')),
        None => (None, 0),
    };
    let found = rules_numeric::numeric(c, begin)
        .or_else(|| rules_calendar::date(c, 0))
        .or_else(|| {
            rules_calendar::month(c, begin, Lean::None).filter(|(_, expr)| {
                !matches!(
                    expr,
                    Expr::Month {
                        year: YearRef::Unset,
                        ..
                    }
                )
            })
        })
        .or_else(|| {
            c.year(begin)
                .map(|year| (begin + 1, Expr::Year(YearRef::Is(year))))
        });
    let (end, expr) = found?;
    let partial = match expr {
        Expr::Date {
            year,
            month,
            day,
            weekday: named,
        } => Partial {
            year: said(year),
            month: Some(month),
            day: Some(day),
            weekday: weekday.or(named),
        },
        Expr::Range(first, _) => match *first {
            Expr::Date {
                year,
                month,
                day,
                weekday,
            } => Partial {
                year: said(year),
                month: Some(month),
                day: Some(day),
                weekday,
            },
            _ => return None,
        },
        Expr::Slashed {
            first,
            second,
            year,
            ..
        } => slashed(first, second, said(year), weekday, order),
        Expr::Month { year, month, .. } => Partial {
            year: said(year),
            month: Some(month),
            day: None,
            weekday: None,
        },
        Expr::Year(year) => Partial {
            year: said(year),
            ..Partial::default()
        },
        _ => return None,
    };
    possible(&partial).then_some((end, partial))
}

/// Whether the day exists in its year, or in some year.
fn possible(partial: &Partial) -> bool {
    match (partial.month, partial.day) {
        (Some(month), Some(day)) => Date::new(partial.year.unwrap_or(2000), month, day).is_ok(),
        _ => true,
    }
}

/// The year as written; two digits lie between 1950 and 2049.
fn said(year: YearRef) -> Option<i16> {
    match year {
        YearRef::Is(year) => Some(year),
        YearRef::Short(short) => Some(2049 - (2049 - short).rem_euclid(100)),
        _ => None,
    }
}

/// 10/12/2020 in the order asked for, or in the only one that is possible.
fn slashed(
    first: i8,
    second: i8,
    year: Option<i16>,
    weekday: Option<Weekday>,
    order: DateOrder,
) -> Partial {
    let with = |month, day| Partial {
        year,
        month: Some(month),
        day: Some(day),
        weekday,
    };
    let (day_first, month_first) = (with(second, first), with(first, second));
    let fits = |partial: &Partial| {
        possible(partial)
            && partial.interval().is_some_and(|(interval, _)| {
                weekday.is_none_or(|weekday| interval.start.weekday() == weekday)
            })
    };
    match (possible(&day_first), possible(&month_first), order) {
        (true, false, _) => day_first,
        (false, true, _) => month_first,
        (true, true, DateOrder::DayFirst) => day_first,
        (true, true, DateOrder::MonthFirst) => month_first,
        _ if first == second => day_first,
        // A weekday that only one reading has decides.
        _ if weekday.is_some() && fits(&day_first) != fits(&month_first) => {
            if fits(&day_first) {
                day_first
            } else {
                month_first
            }
        }
        _ => Partial {
            year,
            month: None,
            day: None,
            weekday,
        },
    }
}

/// Past the time behind a date: " 14:05 GMT", ", 9:00 PM", "T08:00:00Z".
fn time_behind(c: &Cursor, at: usize) -> usize {
    let mut next = at;
    if c.is_mark(at, ',') || c.is_mark(at, '|') || c.is_mark(at, '@') {
        next += 1;
    }
    next = c.skip(next, Word::At);
    next = c.skip(next, Word::T);
    if c.gap(next) >= Gap::Line {
        return at;
    }
    rules_clock::clock(c, next).map_or(at, |(end, _)| end)
}
