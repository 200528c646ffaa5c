//! An entry: one place or actor of the gazetteer, read in place.
//!
//! A handle that knows where its packed row lies; every method reads that. What lies in what is `tree`'s.

use super::format::{COUNTRY, LINK, LINKED, LinkKind, NONE, ROW, Section, u16_at, u32_at};
use super::kind::ACTOR_KINDS;
use super::layer::Layer;
use super::{Gazetteer, Kind};
use jiff::civil::{Date, date};
use std::cmp::Ordering;
use std::fmt;

/// A handle to one place or actor.
#[derive(Clone, Copy)]
pub struct Entry<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) row: u32,
    bytes: &'g [u8; ROW],
}

/// A link from an entry to another.
#[derive(Clone, Copy, Debug)]
pub struct Link<'g> {
    /// Where it leads.
    pub to: Entry<'g>,
    /// What it means.
    pub kind: LinkKind,
    /// The first day, if the link has not always held.
    pub from: Option<Date>,
    /// The last day, if it no longer holds.
    pub until: Option<Date>,
}

impl<'g> Entry<'g> {
    /// The entry of a row, as it lies in its layer.
    pub(super) fn at(gazetteer: &'g Gazetteer, row: u32) -> Entry<'g> {
        let layer = gazetteer.layer(row);
        let at = row.saturating_sub(layer.first) as usize * ROW;
        let bytes = layer.section(Section::Rows).get(at..);
        Entry {
            gazetteer,
            row,
            bytes: bytes.and_then(|b| b.first_chunk()).unwrap_or(&[0; ROW]),
        }
    }

    fn layer(&self) -> &'g Layer {
        self.gazetteer.layer(self.row)
    }

    pub(super) fn word(&self, at: usize) -> u32 {
        u32_at(self.bytes, at)
    }

    fn bytes(&self, at: usize, len: usize) -> &'g [u8] {
        let text = self.layer().section(Section::Text);
        text.get(at..at + len).unwrap_or_default()
    }

    fn text(&self, at: usize, len: usize) -> &'g str {
        std::str::from_utf8(self.bytes(at, len)).unwrap_or("")
    }

    /// Returns the row number, which is stable within one build only.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Returns the stable id.
    pub fn id(&self) -> String {
        let layer = self.layer();
        if self.row < layer.first + layer.numbered {
            format!("geonames:{}", self.word(0))
        } else {
            let id = layer.id((self.row - layer.first) as usize);
            String::from_utf8_lossy(id).into_owned()
        }
    }

    /// Reports whether it is on a list that somebody made by hand: this project, or the user.
    pub fn is_chosen(&self) -> bool {
        let layer = self.layer();
        self.row >= layer.first + layer.numbered || layer.first > 0
    }

    /// Returns the canonical name.
    pub fn name(&self) -> &'g str {
        self.text(self.word(4) as usize, usize::from(u16_at(self.bytes, 8)))
    }

    /// Returns the aliases as written, without the canonical name.
    pub fn aliases(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let name = usize::from(u16_at(self.bytes, 8));
        let all = self.text(
            self.word(4) as usize + name,
            usize::from(u16_at(self.bytes, 10)),
        );
        all.split('|').filter(|a| !a.is_empty())
    }

    /// Reports whether one of the aliases is written exactly like `written`, dots aside.
    pub fn has_alias(&self, written: &str) -> bool {
        // On bytes: a country has hundreds of aliases, and their text need not be checked for this.
        let (at, name) = (self.word(4) as usize, usize::from(u16_at(self.bytes, 8)));
        let all = self.bytes(at + name, usize::from(u16_at(self.bytes, 10)));
        let wanted = || written.bytes().filter(|&b| b != b'.');
        let first = wanted().next();
        let ends = memchr::memchr_iter(b'|', all).chain(std::iter::once(all.len()));
        let mut start = 0;
        ends.into_iter().any(|end| {
            let alias = &all[start..end];
            start = end + 1;
            let may_be = alias.first().is_none_or(|&b| b == b'.' || Some(b) == first);
            may_be && alias.iter().copied().filter(|&b| b != b'.').eq(wanted())
        })
    }

    /// Returns how many aliases there are, 255 at most: a measure of fame.
    pub fn alias_count(&self) -> u32 {
        u32::from(self.bytes[34])
    }

    /// Returns what it is.
    pub fn kind(&self) -> Kind {
        Kind::of(((self.word(24) & !LINKED) >> 24) as u8)
    }

    /// Returns the word for its kind in output: for actors finer than [`Kind`].
    pub fn kind_name(&self) -> &'static str {
        match self.kind() {
            // Actors have no population; the number says which of their kinds they are.
            Kind::Group | Kind::Organisation => ACTOR_KINDS
                .get(self.word(20) as usize)
                .copied()
                .unwrap_or("other"),
            Kind::Organ => match self.id().split_once('/').map_or("", |parts| parts.1) {
                "military" => "military",
                "police" => "police",
                "intelligence" => "intelligence",
                organ if organ.starts_with("ministry") => "ministry",
                _ => "government",
            },
            kind => kind.as_str(),
        }
    }

    /// Returns the ISO 3166-1 alpha-3 code of its country, where it has exactly one.
    pub fn country(&self) -> Option<&'g str> {
        let code = (self.word(28) >> 24) as usize;
        let list = self.gazetteer.base.section(Section::Countries);
        code.checked_sub(1)
            .and_then(|at| list.get(at * COUNTRY + 4..at * COUNTRY + 7))
            .and_then(|c| std::str::from_utf8(c).ok())
    }

    /// Returns a number that two entries share if they are in the same country; 0 for none.
    pub fn country_number(&self) -> u32 {
        self.word(28) >> 24
    }

    /// Returns the entry of its country.
    pub fn country_entry(&self) -> Option<Entry<'g>> {
        let at = (self.country_number() as usize).checked_sub(1)?;
        let list = self.gazetteer.base.section(Section::Countries);
        let row = u32_at(list, at * COUNTRY);
        Some(self.gazetteer.row(row))
    }

    /// Returns latitude and longitude in degrees.
    pub fn point(&self) -> Option<(f32, f32)> {
        let (lat, lon) = (self.word(12) as i32, self.word(16) as i32);
        (lat != i32::MIN).then_some((lat as f32 / 1e5, lon as f32 / 1e5))
    }

    /// Returns how many people live there, 0 where unknown; the largest of several counts.
    pub fn population(&self) -> u32 {
        self.word(20)
    }

    /// Returns a rough radius of its extent in kilometres, 0 for a point.
    pub fn radius_km(&self) -> u32 {
        u32::from(u16_at(self.bytes, 32))
    }

    /// Returns the first-level unit it lies in.
    pub fn admin1(&self) -> Option<Entry<'g>> {
        let row = self.word(24) & NONE;
        (row != NONE).then(|| self.gazetteer.row(row))
    }

    /// Returns the second-level unit it lies in.
    pub fn admin2(&self) -> Option<Entry<'g>> {
        let row = self.word(28) & NONE;
        (row != NONE).then(|| self.gazetteer.row(row))
    }

    /// Where the links of the row begin in its layer's.
    fn first_link(&self, data: &[u8]) -> Option<usize> {
        if self.word(24) & LINKED == 0 {
            return None;
        }
        let number = self.row - self.layer().first;
        let (mut from, mut to) = (0, u32_at(data, 0) as usize);
        while from < to {
            let middle = from + (to - from) / 2;
            let at = 4 + middle * 8;
            match u32_at(data, at).cmp(&number) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(u32_at(data, at + 4) as usize),
            }
        }
        None
    }

    /// Returns the links to regions, actors and offices.
    pub fn links(&self) -> impl Iterator<Item = Link<'g>> + use<'g> {
        let data = self.layer().section(Section::Links);
        let start = self.first_link(data).unwrap_or(data.len() / 4);
        let count = u32_at(data, start * 4) as usize;
        let start = start + 1;
        let gazetteer = self.gazetteer;
        (0..count).map(move |i| {
            let at = (start + i * LINK) * 4;
            let to = u32_at(data, at);
            Link {
                to: gazetteer.row(to & NONE),
                kind: LinkKind::of(to >> 24),
                from: day(u32_at(data, at + 4), false),
                until: day(u32_at(data, at + 8), true),
            }
        })
    }
}

/// The first or the last day that a number `yyyymmdd` with unknown parts may mean.
fn day(packed: u32, last: bool) -> Option<Date> {
    let (y, m, d) = (
        (packed / 10000) as i16,
        (packed / 100 % 100) as i8,
        (packed % 100) as i8,
    );
    if packed == 0 || !(1..=9999).contains(&y) {
        return None;
    }
    let month = if (1..=12).contains(&m) {
        m
    } else if last {
        12
    } else {
        1
    };
    let first = date(y, month, 1);
    if (1..=first.days_in_month()).contains(&d) {
        return Some(date(y, month, d));
    }
    Some(if last { first.last_of_month() } else { first })
}

impl PartialEq for Entry<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row && std::ptr::eq(self.gazetteer, other.gazetteer)
    }
}

impl Eq for Entry<'_> {}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id(), self.name())
    }
}
