//! Kinds of entries: what a gazetteer row is.
//!
//! One list for places and actors, because one table of names serves both. Not for what an actor
//! does in a text (`extract::actor`).

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        /// What an entry is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            const ALL: &[Kind] = &[$(Kind::$name,)*];

            /// The word used in tables and output.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$name => $word,)* }
            }
        }
    };
}

kinds! {
    /// Something of no stated kind.
    Unknown "unknown",
    /// A country or territory with an ISO 3166 code (and Kosovo).
    Country "country",
    /// A first-level unit: state, province, oblast.
    Admin1 "admin1",
    /// A second-level unit: county, district, raion.
    Admin2 "admin2",
    /// A country's capital.
    Capital "capital",
    /// The seat of a first-level unit.
    Seat1 "seat1",
    /// The seat of a lower unit.
    Seat2 "seat2",
    /// A populated place.
    Town "town",
    /// A part of a populated place.
    Quarter "quarter",
    /// A populated place that is no more.
    Abandoned "abandoned",
    /// An informal, historical or disputed region.
    Region "region",
    /// A continent or a group of countries.
    Macroregion "macroregion",
    /// A state that is no more or that few recognise.
    FormerState "former-state",
    /// A camp of refugees or displaced persons.
    Camp "camp",
    /// A border crossing or checkpoint.
    Crossing "crossing",
    /// A front, a line of contact, a demarcation line.
    Line "line",
    /// A sea, gulf, strait or lake.
    Water "water",
    /// A river.
    River "river",
    /// Mountains, a valley, a desert, a forest, a plain.
    Land "land",
    /// An island or a group of islands.
    Island "island",
    /// A building, a base, a plant, an airport, a prison, a shrine.
    Site "site",
    /// A road or a route.
    Road "road",
    /// A state, acting.
    State "state",
    /// A state's organ: government, ministry, forces, police.
    Organ "organ",
    /// An armed group.
    Group "group",
    /// An organisation, unarmed.
    Organisation "organisation",
    /// A person.
    Person "person",
}

/// The kinds of groups and organisations, as their tables have them: finer than [`Kind`].
pub const ACTOR_KINDS: &[&str] = &[
    "other",
    "armed-group",
    "coalition",
    "company",
    "court",
    "criminal",
    "ethnic-group",
    "format",
    "igo",
    "media",
    "militia",
    "mission",
    "ngo",
    "pmc",
    "political-party",
    "religious-group",
];

impl Kind {
    /// The kind of a stored number.
    pub fn of(number: u8) -> Self {
        Self::ALL
            .get(usize::from(number))
            .copied()
            .unwrap_or(Kind::Unknown)
    }

    /// The kind that a table's word names; unknown words give `None`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.as_str() == word)
    }

    /// The kinds of places.
    pub fn places() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|k| k.is_place())
    }

    /// The kind of a GeoNames feature code of class P; empty is an ordinary town.
    pub fn of_feature(code: &str) -> Self {
        match code {
            "PPLC" | "PPLG" => Kind::Capital,
            "PPLA" => Kind::Seat1,
            "PPLA2" | "PPLA3" | "PPLA4" | "PPLA5" => Kind::Seat2,
            "PPLX" => Kind::Quarter,
            "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => Kind::Abandoned,
            _ => Kind::Town,
        }
    }

    /// Reports whether entries of this kind are places.
    pub fn is_place(self) -> bool {
        self < Kind::State
    }

    /// Reports whether entries of this kind are populated places.
    pub fn is_town(self) -> bool {
        (Kind::Capital..=Kind::Abandoned).contains(&self)
    }

    /// Reports whether entries of this kind are units of an administration below the country.
    pub fn is_admin(self) -> bool {
        matches!(self, Kind::Admin1 | Kind::Admin2)
    }
}
