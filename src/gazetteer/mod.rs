//! Gazetteer: places and actors, their canonical names, aliases in all scripts, parents and points.
//!
//! The built-in tables are packed at compile time and used where they lie ([`mod@format`]); starting
//! costs nothing. One table of names serves places and actors, because a text does not say which it
//! means: [`Gazetteer::names`] gives every bearer of a name and leaves the choice to `extract`.
//! Towns and administrative units come from GeoNames (CC BY 4.0), country names from Unicode CLDR;
//! regions and actors are this project's own. It holds no rule about running text.

pub mod entry;
pub mod format;
pub mod key;
pub mod kind;
pub mod names;
pub mod pack;
pub mod suggest;
pub mod tables;
pub mod tokens;
pub mod tree;

pub use entry::Entry;
pub use format::{Candidate, Key};
pub use key::name_key;
pub use kind::Kind;
pub use names::{Candidates, Found, Head};
pub use tokens::{Token, Tokens};

use format::{HEADER, MAGIC, ROW, SECTIONS, Section, u32_at};
use fst::raw::Fst;
use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

static BUILTIN: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::open(PACKED).unwrap_or_else(Gazetteer::empty));

/// Places and actors with their names.
pub struct Gazetteer {
    fst: Option<Fst<&'static [u8]>>,
    data: &'static [u8],
    sections: [(usize, usize); SECTIONS],
    numbered: u32,
}

impl Gazetteer {
    /// Returns the gazetteer that is built into the program.
    pub fn builtin() -> &'static Gazetteer {
        &BUILTIN
    }

    /// Opens a packed gazetteer where it lies.
    fn open(data: &'static [u8]) -> Result<Self, String> {
        if data.get(..8) != Some(MAGIC.as_slice()) {
            return Err("not a packed gazetteer".into());
        }
        let mut sections = [(0, 0); SECTIONS];
        for (i, s) in sections.iter_mut().enumerate() {
            *s = (
                u32_at(data, 8 + i * 8) as usize,
                u32_at(data, 12 + i * 8) as usize,
            );
        }
        let (at, len) = sections[Section::Names as usize];
        let fst = Fst::new(
            data.get(at..at + len)
                .ok_or("a packed gazetteer is cut short")?,
        )
        .map_err(|e| e.to_string())?;
        Ok(Gazetteer {
            fst: Some(fst),
            data,
            sections,
            numbered: u32_at(data, HEADER - 4),
        })
    }

    fn empty(_why: String) -> Self {
        Gazetteer {
            fst: None,
            data: &[],
            sections: [(0, 0); SECTIONS],
            numbered: 0,
        }
    }

    /// Returns the sources and licences of the tables, one a line.
    pub fn sources(&self) -> &str {
        std::str::from_utf8(self.section(Section::Sources)).unwrap_or("")
    }

    /// Returns how many entries there are.
    pub fn len(&self) -> u32 {
        (self.section(Section::Rows).len() / ROW) as u32
    }

    /// Reports whether there are no entries at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn section(&self, s: Section) -> &'static [u8] {
        let (at, len) = self.sections[s as usize];
        self.data.get(at..at + len).unwrap_or(&[])
    }

    /// Returns the entry of a row number, as candidates carry it.
    pub fn row(&self, row: u32) -> Entry<'_> {
        Entry {
            gazetteer: self,
            row,
        }
    }

    /// Returns the entry with a stable id.
    ///
    /// ```
    /// let g = belli::gazetteer::Gazetteer::builtin();
    /// assert_eq!(g.entry("geonames:616052").map(|e| e.name()), Some("Yerevan"));
    /// assert_eq!(g.entry("country:AZE").map(|e| e.name()), Some("Azerbaijan"));
    /// ```
    pub fn entry(&self, id: &str) -> Option<Entry<'_>> {
        if let Some(number) = id.strip_prefix("geonames:") {
            let number: u32 = number.parse().ok()?;
            return self.search(0, self.numbered, |e| e.word(0).cmp(&number));
        }
        self.search(self.numbered, self.len(), |e| e.text_id().cmp(id))
    }

    fn search(
        &self,
        mut from: u32,
        mut to: u32,
        order: impl Fn(&Entry) -> std::cmp::Ordering,
    ) -> Option<Entry<'_>> {
        while from < to {
            let middle = from + (to - from) / 2;
            match order(&self.row(middle)) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(self.row(middle)),
            }
        }
        None
    }

    /// Returns every entry, in the order of their rows.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// Returns the country entry of an alpha-3 code.
    pub fn country(&self, alpha3: &str) -> Option<Entry<'_>> {
        let list = self.section(Section::Countries);
        let mut codes =
            (0..list.len() / 8).map(|i| (u32_at(list, i * 8), &list[i * 8 + 4..i * 8 + 7]));
        codes
            .find(|c| c.1 == alpha3.as_bytes())
            .map(|c| self.row(c.0))
    }
}
