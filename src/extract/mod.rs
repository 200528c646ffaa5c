//! Extraction: the actors, places and dates that a text names, each with the bytes that prove it.
//!
//! Pure functions of text, publication date and gazetteer that cannot fail. What the text leaves
//! open stays open. Not for reading files, not for the clock, not for the index.

pub mod actor;
pub mod date;
mod hash;
pub mod overrides;
pub mod place;
pub mod reading;
pub mod wordbook;

use crate::gazetteer::Gazetteer;
use actor::Hold;
use date::{DateMention, DateOrder, dates_of};
use jiff::civil::Date;
use reading::Reading;
use std::ops::Range;
use wordbook::Wordbook;

/// An actor or a place, and everywhere the text names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Stable id: the gazetteer's, or `text:folded name` for what only the text knows.
    pub id: String,
    /// Canonical name, or the fullest form in the text.
    pub name: String,
    /// Kind, as in the gazetteer; `unknown` where neither list nor text says.
    pub kind: String,
    /// ISO 3166-1 alpha-3 code of the country, where it has one.
    pub country: Option<String>,
    /// Latitude and longitude in degrees, of places.
    pub point: Option<(f32, f32)>,
    /// Ids of entries it belongs to, as the text states them; the gazetteer's own are not repeated.
    pub parents: Vec<String>,
    /// Half-open byte ranges in the text, in order.
    pub mentions: Vec<Range<usize>>,
}

/// What one article names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// Actors, by first mention.
    pub actors: Vec<Named>,
    /// Places, by first mention.
    pub places: Vec<Named>,
    /// Dates, by position.
    pub dates: Vec<DateMention>,
}

/// Finds what `text` (a title, if any, then the body) names.
///
/// `published` anchors relative dates; without it they stay open.
pub fn extract(
    text: &str,
    published: Option<Date>,
    order: DateOrder,
    gazetteer: &Gazetteer,
) -> Extraction {
    extract_with(text, published, order, &mut Wordbook::new(gazetteer))
}

/// The same for one text of many: what is known of their words is kept in `book`.
pub fn extract_with(
    text: &str,
    published: Option<Date>,
    order: DateOrder,
    book: &mut Wordbook,
) -> Extraction {
    let reading = Reading::with(text, book);
    let actors = actor::actors(&reading, published);
    let claims: Vec<(Range<usize>, Hold)> = actors
        .claims
        .iter()
        .map(|(words, hold)| (reading.tokens.bytes(words.clone()), *hold))
        .collect();
    let longest = claims.iter().map(|c| c.0.len()).max().unwrap_or(0);
    let mut places: Vec<Named> = place::places_of(&reading).into_iter().map(named).collect();
    for place in &mut places {
        let country = place.kind == "country";
        place.mentions.retain(|mention| {
            let until = claims.partition_point(|c| c.0.start < mention.end);
            let from = claims.partition_point(|c| c.0.start + longest <= mention.start);
            let near = claims.get(from..until).unwrap_or(&[]).iter();
            // In `Borno State governor` the state has its word too.
            let near = near.filter(|(claim, _)| {
                let within = mention.start < claim.start && claim.start < mention.end;
                !(within && place::is_unit(&text[claim.start..mention.end]))
            });
            !is_claimed(mention, country, near)
        });
    }
    places.retain(|place| !place.mentions.is_empty());
    // "23 mars" in "Mouvement du 23 mars" is the actor's.
    let mut dates = dates_of(&reading, published, order);
    dates.retain(|date| {
        let days = &date.span;
        let from = claims.partition_point(|c| c.0.start + longest <= days.start);
        let until = claims.partition_point(|c| c.0.start <= days.start);
        let near = claims.get(from..until).unwrap_or(&[]).iter();
        let mut names = near.filter(|(_, hold)| *hold == Hold::Name);
        !names.any(|(n, _)| days.end <= n.end && n.len() > days.len())
    });
    Extraction {
        actors: actors.named,
        places,
        dates,
    }
}

/// Whether an actor's name holds the words of a toponym. A country that acts, by itself or through
/// an organ that is named after it, is a place all the same; a capital that acts is its government.
fn is_claimed<'c>(
    mention: &Range<usize>,
    country: bool,
    mut claims: impl Iterator<Item = &'c (Range<usize>, Hold)> + Clone,
) -> bool {
    let acts = country
        && claims
            .clone()
            .any(|(claim, hold)| *hold == Hold::Acting && claim == mention);
    !acts
        && claims.any(|(claim, hold)| {
            claim.start < mention.end
                && mention.start < claim.end
                && (*hold == Hold::Name || !country)
        })
}

fn named(place: place::Place) -> Named {
    Named {
        id: place.id,
        name: place.name,
        kind: place.kind.as_str().to_owned(),
        country: place.country,
        point: place.point,
        parents: place.parents,
        mentions: place.mentions,
    }
}
