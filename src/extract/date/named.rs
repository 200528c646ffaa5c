//! Named days and feasts: Christmas, Thanksgiving, Easter, Ramadan, 9/11.
//!
//! Only days that one rule fixes everywhere stand here; national days that share a name between
//! countries ("Independence Day", "Election Day") do not. Sources of the rules: the civil calendar
//! for fixed days; 5 U.S.C. 6103 for the days of the United States; the Gregorian computus in
//! Butcher's form (Meeus, *Astronomical Algorithms*, ch. 8) for Easter; CLDR's arithmetic Islamic
//! calendar (`islamic-civil`, 30-year cycle, epoch 16 July 622 Julian) for Islamic feasts, which may lie a
//! day from the sighting of the moon, so these never claim a day.

use jiff::civil::{Date, Weekday};

use super::Precision;
use super::interval::{Interval, on_or_after, shift_days};

/// A named day or feast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Holiday {
    Christmas,
    ChristmasEve,
    NewYear,
    NewYearsEve,
    Thanksgiving,
    Easter,
    EasterMonday,
    GoodFriday,
    Halloween,
    Valentine,
    Ramadan,
    /// Eid, completed by the word behind it.
    Eid,
    EidFitr,
    EidAdha,
    Ashura,
    September11,
}

/// The first word of each name; the words behind it are read in `rules_named`.
#[rustfmt::skip]
pub(super) static HOLIDAYS: &[(&str, Holiday)] = &[
    ("christmas", Holiday::Christmas), ("xmas", Holiday::Christmas), ("thanksgiving", Holiday::Thanksgiving),
    ("easter", Holiday::Easter), ("good", Holiday::GoodFriday), ("new", Holiday::NewYear), ("halloween", Holiday::Halloween),
    ("valentine", Holiday::Valentine), ("ramadan", Holiday::Ramadan), ("ramazan", Holiday::Ramadan), ("ramadhan", Holiday::Ramadan),
    ("eid", Holiday::Eid), ("ashura", Holiday::Ashura),
];

impl Holiday {
    /// The feasts of this name that begin in a civil year: one, or in some years two Islamic ones
    /// or none.
    pub(super) fn in_year(self, year: i16) -> Vec<(Interval, Precision)> {
        let day = |date: Option<Date>| {
            date.map(|date| (Interval::day(date), Precision::Day))
                .into_iter()
                .collect()
        };
        let fixed = |month, day_of_month| day(Date::new(year, month, day_of_month).ok());
        match self {
            Holiday::Christmas => fixed(12, 25),
            Holiday::ChristmasEve => fixed(12, 24),
            Holiday::NewYear => fixed(1, 1),
            Holiday::NewYearsEve => fixed(12, 31),
            Holiday::Halloween => fixed(10, 31),
            Holiday::Valentine => fixed(2, 14),
            Holiday::Thanksgiving => {
                // The fourth Thursday of November.
                day(Date::new(year, 11, 22)
                    .ok()
                    .and_then(|from| on_or_after(from, Weekday::Thursday)))
            }
            Holiday::Easter => day(easter(year)),
            Holiday::EasterMonday => day(easter(year).and_then(|sunday| shift_days(sunday, 1))),
            Holiday::GoodFriday => day(easter(year).and_then(|sunday| shift_days(sunday, -2))),
            Holiday::Ramadan => islamic(year, 9, 1, 30),
            Holiday::Eid => Vec::new(),
            Holiday::EidFitr => islamic(year, 10, 1, 3),
            Holiday::EidAdha => islamic(year, 12, 10, 4),
            Holiday::Ashura => islamic(year, 1, 10, 1),
            Holiday::September11 => day(Date::new(2001, 9, 11).ok()),
        }
    }
}

/// Easter Sunday of the western churches.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, rest) = (y.div_euclid(100), y.rem_euclid(100));
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let count = epact + weekday - 7 * late + 114;
    Date::new(
        year,
        i8::try_from(count / 31).ok()?,
        i8::try_from(count % 31 + 1).ok()?,
    )
    .ok()
}

/// Feasts of the Islamic calendar that begin in a civil year, with a day's grace on either side for
/// the sighting of the moon. The month of fasting is `Month`, a feast of days is `Vague`.
fn islamic(year: i16, month: i64, day: i64, length: i64) -> Vec<(Interval, Precision)> {
    let precision = if length >= 29 {
        Precision::Month
    } else {
        Precision::Vague
    };
    // A civil year touches at most three Islamic ones.
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess - 1..=guess + 2)
        .filter_map(|islamic_year| {
            let start = islamic_day(islamic_year, month, day)?;
            let end = shift_days(start, length - 1)?;
            (start.year() == year).then_some(())?;
            let grace = i64::from(precision == Precision::Vague);
            Some((
                Interval::new(shift_days(start, -grace)?, shift_days(end, grace)?)?,
                precision,
            ))
        })
        .collect()
}

/// A day of the arithmetic Islamic calendar in the civil one.
fn islamic_day(year: i64, month: i64, day: i64) -> Option<Date> {
    // Months alternate between 30 and 29 days; eleven years in thirty have one more.
    let days =
        day - 1 + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year).div_euclid(30);
    // The first day, 1 Muharram 1, is 19 July 622 in the Gregorian calendar.
    shift_days(Date::new(622, 7, 19).ok()?, days)
}
