//! Places: the toponyms of a text, recognised and resolved.
//!
//! Recognition (`recognise`) decides which words name a place; resolution (`resolve`) decides which
//! entry, by what else the article names. One sense per name and article. Where the evidence does
//! not decide, the place stays open and says so. Demonyms are no places, and a capital that speaks
//! is a government: both are `actor`'s.

mod bearers;
mod judge;
mod lacking;
mod neighbours;
mod persons;
mod placed;
mod recognise;
mod relations;
mod resolve;
mod score;
mod words;

use super::reading::Reading;
use crate::analysis::fold;
use crate::gazetteer::{Gazetteer, Kind};
use std::ops::Range;

/// A place that a text names, and everywhere it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Stable id: the gazetteer's, or `text:folded name` for a name that it lacks or that stays open.
    pub id: String,
    /// Canonical name, or the name as first written.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Alpha-3 code of its country, where that is known.
    pub country: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f32, f32)>,
    /// The text names several places of this name, or none that the gazetteer has.
    pub open: bool,
    /// Ids of what the text says the place lies in; the gazetteer's own parents are not repeated.
    pub parents: Vec<String>,
    /// Half-open byte ranges in the text, in order.
    pub mentions: Vec<Range<usize>>,
    /// The entries that bear the name, best first, with their scores.
    pub candidates: Vec<Scored>,
}

/// A candidate with its score; the scale has no unit, differences below 0.5 decide nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Row of the entry: `gazetteer.row(row)`; rows outlive no rebuild, ids do.
    pub row: u32,
    /// Its score in this article.
    pub score: f32,
}

/// Whether a word behind a name says that it is a unit: `state`, `county`.
pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        words::cue_after(&fold(word)),
        words::Cue::Unit | words::Cue::District
    )
}

/// Whether a word before `of` and a name says that it is a place: `town`, `district`.
pub(super) fn is_sort(word: &str) -> bool {
    words::cue_before(word) != words::Cue::None
}

/// Finds the places that `text` names, by first mention.
pub fn places(text: &str, gazetteer: &Gazetteer) -> Vec<Place> {
    places_of(&Reading::new(text, gazetteer))
}

/// The same for a text that has been read already.
pub fn places_of(reading: &Reading) -> Vec<Place> {
    let found = recognise::recognise(reading);
    resolve::resolve(reading.text, &reading.tokens, reading.gazetteer, found)
}
