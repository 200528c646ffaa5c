//! The packed gazetteer: one block of bytes that is used where it lies.
//!
//! Numbers are little-endian. A header names the sections; rows have a fixed width; names are found
//! through an `fst` whose values are [`Key`]s. Nothing is decoded when the program starts, so that a
//! search that names no place pays nothing. This file is shared by the packer (which the build
//! script runs) and by the reader; it is not the place for either.

/// The first eight bytes: name and version of the layout.
pub const MAGIC: &[u8; 8] = b"belligz4";

/// Sections of the file, in their order in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// The fst from folded name to [`Key`].
    Names,
    /// Rows of [`ROW`] bytes: those with a GeoNames number by that number, then the others by id.
    Rows,
    /// Text: ids of the rows without a number, names and aliases.
    Text,
    /// Candidate lists: a count, then that many [`Candidate`]s.
    Lists,
    /// Links of rows to others: how many rows have some; the number in its layer of each such row
    /// and where its links begin; then for each a count and [`LINK`] words a link.
    Links,
    /// Countries: row, alpha-3 and alpha-2 code of each in [`COUNTRY`] bytes, by alpha-3 code.
    Countries,
    /// Sources and licences, as the tables' headers state them.
    Sources,
    /// Rows below this layer that rows of it stand for: pairs of row numbers, by the first.
    Replaced,
    /// What written names mean in parts of a corpus; see [`super::own::overrides`].
    Overrides,
    /// The GeoNames number of every [`STEP`]th row that has one: a search for one then touches few pages.
    Numbers,
    /// The rows without a number by the hash of their id: [`slots`] words, each the number of a row in its
    /// layer plus one, or 0. A row lies in the first vacant one from where its hash leads.
    Ids,
}

/// How many sections there are.
pub const SECTIONS: usize = 11;

/// Length of the header: the magic, offset and length of each section, then the numbers of [`Field`].
pub const HEADER: usize = 8 + SECTIONS * 8 + 24;

/// Where the header's numbers lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Field {
    /// How many rows have a GeoNames number.
    Numbered = HEADER - 24,
    /// The number of the first row: how many rows lie below this layer.
    First = HEADER - 20,
    /// A hash of what lies below, eight bytes; 0 for the built-in tables.
    Below = HEADER - 16,
    /// A hash of everything in it, eight bytes.
    Hash = HEADER - 8,
}

/// From so many rows with a number one is marked.
pub const STEP: usize = 256;

/// Bytes of a country.
pub const COUNTRY: usize = 12;

/// Bytes of a row.
pub const ROW: usize = 36;

/// Words of a link: target and kind, from, to.
pub const LINK: usize = 3;

/// Of the word with a row's kind: set where the row has links.
pub const LINKED: u32 = 1 << 31;

/// The row number that stands for "none".
pub const NONE: u32 = 0x00ff_ffff;

/// The FNV-1a hash of some bytes: it need not be quick, and the build script has no crate for one.
pub fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, b: &u8| (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Of so many words in [`Section::Ids`], those that may hold an id, in the order in which they are tried.
pub fn slots(id: &[u8], words: usize) -> impl Iterator<Item = usize> {
    // Not by the machine's own width: the one that packs may be another than the one that reads.
    let (first, words) = (hash(id), words as u64);
    (0..words).map(move |n| (first.wrapping_add(n) % words) as usize)
}

/// Reads the number at `at`, or 0 past the end.
#[inline]
pub fn u32_at(data: &[u8], at: usize) -> u32 {
    match data.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Reads the long number at `at`, or 0 past the end.
pub fn u64_at(data: &[u8], at: usize) -> u64 {
    u64::from(u32_at(data, at)) | u64::from(u32_at(data, at + 4)) << 32
}

/// Reads the short number at `at`, or 0 past the end.
#[inline]
pub fn u16_at(data: &[u8], at: usize) -> u16 {
    match data.get(at..at + 2) {
        Some(&[a, b]) => u16::from_le_bytes([a, b]),
        _ => 0,
    }
}

/// What the fst holds for a name: flags, and one candidate or the place of a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub u64);

impl Key {
    /// The payload is an offset into the lists.
    pub const LIST: u64 = 1;
    /// The payload is the only candidate.
    pub const SOLE: u64 = 2;
    /// A person's given name.
    pub const GIVEN: u64 = 16;
    /// Some candidate is a place.
    pub const PLACE: u64 = 32;
    /// Some candidate is an actor.
    pub const ACTOR: u64 = 64;
    /// Some candidate is a country, a first-level unit, a region or a city of 100,000.
    pub const MAJOR: u64 = 128;
    /// A title that stands before a person's name: `President`, `Gen`.
    pub const TITLE: u64 = 256;
    /// A noun for an actor by its role: `rebels`, `spokesman`.
    pub const ROLE: u64 = 512;
    /// A surname, or another last part of a person's name.
    pub const SURNAME: u64 = 1024;

    /// How far the payload lies behind the flags.
    pub const SHIFT: u32 = 11;

    /// How common a word the name also is: 0 none, 1 rare, 2 known, 3 everyday.
    pub fn common(self) -> u8 {
        (self.0 >> 2 & 3) as u8
    }

    /// The payload behind the flags.
    pub fn payload(self) -> u32 {
        (self.0 >> Key::SHIFT) as u32
    }

    /// Reports whether all of `flags` are set.
    pub fn has(self, flags: u64) -> bool {
        self.0 & flags == flags
    }
}

/// One bearer of a name: its row and how it bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate(pub u32);

impl Candidate {
    /// The name is the canonical one.
    pub const MAIN: u32 = 1;
    /// The name counts only in its exact case (`=US`).
    pub const EXACT: u32 = 2;
    /// The name counts only with further evidence (`~Congo`).
    pub const WEAK: u32 = 4;
    /// The name was derived from another: `Rapides` from `Rapides Parish`, a surname from a full name.
    pub const DERIVED: u32 = 8;
    /// The name is an adjective of the state: `Azerbaijani`.
    pub const ADJECTIVE: u32 = 16;
    /// The name is the state's people: `Azerbaijanis`.
    pub const PEOPLE: u32 = 32;
    /// The name is a place that speaks for the state: `Baku`, `the Kremlin`.
    pub const METONYM: u32 = 64;

    /// Packs a row and its flags.
    pub fn new(row: u32, flags: u32) -> Self {
        Candidate(row << 8 | flags)
    }

    /// The row number.
    pub fn row(self) -> u32 {
        self.0 >> 8
    }

    /// The flags alone.
    pub fn flags(self) -> u32 {
        self.0 & 0xff
    }

    /// Reports whether all of `flags` are set.
    pub fn has(self, flags: u32) -> bool {
        self.0 & flags == flags
    }
}

/// What a link between rows means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum LinkKind {
    /// A place lies in the target, wholly or by someone's account.
    Within = 0,
    /// An actor is a part of the target: a ministry of a state, a brigade of a movement.
    PartOf = 1,
    /// A person holds or held an office of the target.
    Office = 2,
    /// The target is the capital or seat of the row.
    Seat = 3,
}

impl LinkKind {
    /// The kind of a stored number.
    pub fn of(number: u32) -> Self {
        match number {
            1 => LinkKind::PartOf,
            2 => LinkKind::Office,
            3 => LinkKind::Seat,
            _ => LinkKind::Within,
        }
    }
}
