//! Gazetteer: places and actors, their canonical names, aliases in all scripts, parents and points.
//!
//! The built-in tables are packed at compile time and used where they lie ([`mod@format`]); starting
//! costs nothing. One table of names serves places and actors, because a text does not say which it
//! means: [`Gazetteer::names`] gives every bearer of a name and leaves the choice to `extract`.
//! Towns and administrative units come from GeoNames (CC BY 4.0), country names from Unicode CLDR;
//! regions and actors are this project's own. A user's tables ([`own`]) lie as a second pack on the
//! built-in one (`layer`). It holds no rule about running text.

pub mod entry;
pub mod format;
pub mod key;
pub mod kind;
mod layer;
pub mod names;
pub mod own;
pub mod pack;
pub mod suggest;
pub mod tables;
pub mod tokens;
pub mod tree;

pub use entry::Entry;
pub use format::{Candidate, Key};
pub use key::name_key;
pub use kind::Kind;
pub use layer::Held;
pub use names::{Candidates, Found, Head};
pub use tokens::{Token, Tokens};

use format::{COUNTRY, Section, u32_at};
use layer::Layer;
use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

static BUILTIN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer {
    base: Layer::fixed(PACKED).unwrap_or_else(|_| Layer::empty()),
    own: Vec::new(),
});

/// Places and actors with their names.
#[derive(Clone)]
pub struct Gazetteer {
    base: Layer,
    own: Vec<Layer>,
}

impl Gazetteer {
    /// Returns the gazetteer that is built into the program.
    pub fn builtin() -> &'static Gazetteer {
        &BUILTIN
    }

    /// Returns this gazetteer with a user's pack on it, as [`own::pack`] makes it.
    ///
    /// # Errors
    /// Bytes that are no pack, or a pack that was made for another gazetteer.
    pub fn with(&self, data: Held) -> Result<Gazetteer, String> {
        let layer = Layer::held(data)?;
        if layer.below() != self.hash() || layer.first != self.len() {
            return Err("a packed gazetteer was made by another version of this program".into());
        }
        let mut all = self.clone();
        all.own.push(layer);
        Ok(all)
    }

    /// Returns a hash of everything in it.
    pub fn hash(&self) -> u64 {
        self.top().hash()
    }

    /// Returns the user's pack on it, as [`Gazetteer::with`] takes it, and its hash.
    pub fn own(&self) -> Option<(u64, &[u8])> {
        self.own.last().map(|layer| (layer.hash(), layer.data()))
    }

    fn top(&self) -> &Layer {
        self.own.last().unwrap_or(&self.base)
    }

    /// All layers, the uppermost first.
    fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.own.iter().rev().chain([&self.base])
    }

    /// The layer that a row lies in.
    fn layer(&self, row: u32) -> &Layer {
        if row < self.base.rows {
            return &self.base;
        }
        let holds = |layer: &&Layer| row >= layer.first;
        self.own.iter().rev().find(holds).unwrap_or(&self.base)
    }

    /// Returns the sources and licences of the tables, one a line.
    pub fn sources(&self) -> &str {
        std::str::from_utf8(self.base.section(Section::Sources)).unwrap_or("")
    }

    /// The lines of sources of a user's packs.
    fn own_source_lines(&self) -> impl Iterator<Item = &str> {
        let sources = self.own.iter().map(|layer| layer.section(Section::Sources));
        sources.flat_map(|text| std::str::from_utf8(text).unwrap_or("").lines())
    }

    /// The lines of overrides of all layers.
    fn override_lines(&self) -> impl Iterator<Item = &str> {
        let texts = self.own.iter().map(|l| l.section(Section::Overrides));
        texts.flat_map(|text| std::str::from_utf8(text).unwrap_or("").lines())
    }

    /// Returns how many rows there are, those that others stand for included.
    pub fn len(&self) -> u32 {
        self.top().first + self.top().rows
    }

    /// Reports whether there are no entries at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the entry of a row number, as candidates carry it.
    pub fn row(&self, row: u32) -> Entry<'_> {
        let row = self.own.iter().fold(row, |row, layer| layer.redirect(row));
        Entry::at(self, row)
    }

    /// Returns the entry with a stable id.
    ///
    /// ```
    /// let g = belli::gazetteer::Gazetteer::builtin();
    /// assert_eq!(g.entry("geonames:616052").map(|e| e.name()), Some("Yerevan"));
    /// assert_eq!(g.entry("country:AZE").map(|e| e.name()), Some("Azerbaijan"));
    /// ```
    pub fn entry(&self, id: &str) -> Option<Entry<'_>> {
        let number = match id.strip_prefix("geonames:") {
            Some(number) => Some(number.parse::<u32>().ok()?),
            None => None,
        };
        let row = self.layers().find_map(|layer| match number {
            Some(number) => layer.row_of_number(number),
            None => layer.row_of_id(id),
        });
        row.map(|row| self.row(row))
    }

    /// Returns every entry, in the order of their rows.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len())
            .map(|row| (row, self.row(row)))
            .filter(|(row, entry)| entry.row == *row)
            .map(|(_, entry)| entry)
    }

    /// Returns the country entry of an alpha-3 code.
    pub fn country(&self, alpha3: &str) -> Option<Entry<'_>> {
        let at = self.country_at(alpha3)?;
        let list = self.base.section(Section::Countries);
        Some(self.row(u32_at(list, at * COUNTRY)))
    }

    /// Returns where a country stands in the list, by its alpha-3 or alpha-2 code.
    fn country_at(&self, code: &str) -> Option<usize> {
        let list = self.base.section(Section::Countries);
        let code = code.as_bytes();
        (0..list.len() / COUNTRY).find(|i| {
            let codes = &list[i * COUNTRY + 4..i * COUNTRY + 9];
            codes[..3] == *code || codes[3..] == *code
        })
    }
}
