//! Days as bytes: an interval of civil days and its precision as one index term.
//!
//! Terms sort by first day. Not for calendar arithmetic, which is `extract::date`'s.

use crate::extract::date::{Interval, Precision};
use jiff::civil::Date;

/// The length of a term: four bytes for each end, one for the precision.
pub const TERM_LEN: usize = 9;

/// Every precision, in the order of their codes.
const PRECISIONS: [Precision; 10] = [
    Precision::Day,
    Precision::Week,
    Precision::Month,
    Precision::Season,
    Precision::Quarter,
    Precision::Half,
    Precision::Year,
    Precision::Decade,
    Precision::Century,
    Precision::Vague,
];

/// Writes an interval as a term.
pub fn term(interval: Interval, precision: Precision) -> [u8; TERM_LEN] {
    let mut bytes = [0; TERM_LEN];
    bytes[..4].copy_from_slice(&day(interval.start).to_be_bytes());
    bytes[4..8].copy_from_slice(&day(interval.end).to_be_bytes());
    bytes[8] = PRECISIONS.iter().position(|&p| p == precision).unwrap_or(9) as u8;
    bytes
}

/// Reads a term back; `None` if it is none.
pub fn interval(term: &[u8]) -> Option<(Interval, Precision)> {
    let bytes: &[u8; TERM_LEN] = term.try_into().ok()?;
    let end = |at: usize| date(u32::from_be_bytes(bytes[at..at + 4].try_into().ok()?));
    Some((
        Interval {
            start: end(0)?,
            end: end(4)?,
        },
        *PRECISIONS.get(bytes[8] as usize)?,
    ))
}

/// A number that orders days as the calendar does.
pub fn day(date: Date) -> u32 {
    let year = (i32::from(date.year()) + 0x8000) as u32;
    year << 16 | (date.month() as u32) << 8 | date.day() as u32
}

/// A number that orders days as the calendar does, and is small for those near our time.
pub(super) fn near(date: Date) -> i32 {
    let month = (i32::from(date.year()) - NEAR) * 12 + i32::from(date.month()) - 1;
    month * 31 + i32::from(date.day()) - 1
}

/// Reads such a number back; `None` if it is none.
pub(super) fn of_near(number: i32) -> Option<Date> {
    let (month, day) = (number.div_euclid(31), number.rem_euclid(31) + 1);
    let (year, month) = (month.div_euclid(12) + NEAR, month.rem_euclid(12) + 1);
    Date::new(year.try_into().ok()?, month as i8, day as i8).ok()
}

/// The year whose first day is 0.
const NEAR: i32 = 2010;

fn date(day: u32) -> Option<Date> {
    let year = (day >> 16) as i32 - 0x8000;
    Date::new(year as i16, (day >> 8 & 0xff) as i8, (day & 0xff) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_near_our_time_are_small_numbers() {
        assert_eq!(near(date(2010, 1, 1)), 0);
        for day in [
            date(-9999, 1, 1),
            date(1999, 12, 31),
            date(2010, 1, 2),
            date(9999, 12, 31),
        ] {
            assert_eq!(of_near(near(day)), Some(day));
            assert!(
                day == date(9999, 12, 31)
                    || near(day) < near(day.tomorrow().expect("not the last"))
            );
        }
        assert_eq!(of_near(near(date(2010, 2, 28)) + 1), None);
        assert_eq!(of_near(i32::MAX), None);
    }

    #[test]
    fn terms_read_back_and_sort_by_first_day() {
        let days = [
            date(-44, 3, 15),
            date(1999, 12, 31),
            date(2000, 1, 1),
            date(2020, 10, 10),
        ];
        let mut before = None;
        for start in days {
            let written = term(
                Interval {
                    start,
                    end: date(2021, 1, 1),
                },
                Precision::Month,
            );
            assert_eq!(
                interval(&written).map(|(i, p)| (i.start, p)),
                Some((start, Precision::Month))
            );
            assert!(before < Some(written));
            before = Some(written);
        }
        assert!(interval(b"short").is_none());
    }
}
