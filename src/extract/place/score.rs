//! Scores: how well a bearer of a name fits the article.
//!
//! Prominence, the word beside the name, what it is said to lie in, and the other names' picks. The
//! weights are published ones, set by hand and not fitted. Choosing is `resolve`'s.

use super::recognise::Toponym;
use super::words::Cue;
use crate::gazetteer::tree::{Spot, kilometres};
use crate::gazetteer::{Candidate, Entry, Gazetteer, Key, Kind};

/// Bearers of a name beyond this many, by prominence, are not considered.
pub(super) const BEARERS: usize = 60;
/// Bearers nearer than this are one place to a reader of news.
pub(super) const SAME_KM: f32 = 60.0;

/// Names farther away say nothing for a bearer; those of its own extent are so much nearer at most.
const REACH_KM: f32 = 500.0;
const WIDE_KM: f32 = 50.0;
/// The two together in degrees of latitude, or a little more.
const REACH_DEGREES: f32 = (REACH_KM + WIDE_KM) / 110.0;
/// Where local news is about.
const AROUND_KM: f32 = 100.0;

/// A name is rather that of a city of so many than that of the unit around it.
const CITY: u32 = 200_000;

/// How well a canonical name fits, and any other that is not derived from one.
const MAIN: f32 = 1.0;
const ALIAS: f32 = 0.8;

/// A bearer of a name, with what scoring needs of it at hand.
#[derive(Clone)]
pub(super) struct Bearer {
    pub(super) row: u32,
    pub(super) kind: Kind,
    pub(super) country: u32,
    pub(super) admin1: u32,
    pub(super) admin2: u32,
    pub(super) spot: Option<Spot>,
    pub(super) radius: f32,
    /// How well the name fits: 1 for the canonical one.
    pub(super) name: f32,
    pub(super) prior: f32,
    pub(super) score: f32,
}

#[derive(Clone, Copy)]
pub(super) struct Pick {
    pub(super) row: u32,
    pub(super) kind: Kind,
    pub(super) country: u32,
    pub(super) admin1: u32,
    pub(super) spot: Option<Spot>,
}

impl Pick {
    pub(super) fn of(b: &Bearer) -> Self {
        Pick {
            row: b.row,
            kind: b.kind,
            country: b.country,
            admin1: b.admin1,
            spot: b.spot,
        }
    }
}

/// What the other names' picks are, as scoring reads it.
pub(super) struct Context {
    /// Country, and how often it is meant.
    pub(super) countries: Vec<(u32, f32)>,
    /// The same for names that are hardly anything else: countries, capitals, great cities.
    pub(super) named: Vec<(u32, f32)>,
    /// The countries that are named themselves.
    pub(super) stated: Vec<u32>,
    pub(super) total: f32,
    /// Per name its pick.
    pub(super) picks: Vec<Option<Pick>>,
    /// The same without names that have none, and with nothing but what every bearer is compared with.
    pub(super) peers: Vec<Peer>,
    /// The picks that others may lie near, from south to north.
    pub(super) spots: Vec<Near>,
}

/// What bearers are compared with of the pick of a name.
pub(super) struct Peer {
    name: usize,
    row: u32,
    admin1: u32,
    /// The country that it is itself, or zero.
    names: u32,
}

impl Peer {
    /// Of all picks.
    pub(super) fn of(picks: &[Option<Pick>]) -> Vec<Peer> {
        let peer = |(name, pick): (usize, &Option<Pick>)| {
            let pick = pick.as_ref()?;
            Some(Peer {
                name,
                row: pick.row,
                admin1: pick.admin1,
                names: match pick.kind {
                    Kind::Country => pick.country,
                    _ => 0,
                },
            })
        };
        picks.iter().enumerate().filter_map(peer).collect()
    }
}

/// Where the pick of a name lies.
pub(super) struct Near {
    pub(super) name: usize,
    pub(super) row: u32,
    pub(super) spot: Spot,
}

impl Near {
    /// Of all picks, those of some point: what covers a country or a part of it is near nothing.
    pub(super) fn of(picks: &[Option<Pick>]) -> Vec<Near> {
        let near = |(name, pick): (usize, &Option<Pick>)| {
            let wide = |kind| matches!(kind, Kind::Country | Kind::Admin1 | Kind::Macroregion);
            let pick = pick.as_ref().filter(|p| !wide(p.kind))?;
            Some(Near {
                name,
                row: pick.row,
                spot: pick.spot?,
            })
        };
        let mut spots: Vec<Near> = picks.iter().enumerate().filter_map(near).collect();
        spots.sort_by(|a, b| a.spot.point.0.total_cmp(&b.spot.point.0));
        spots
    }

    /// Those of the picks, which lie from south to north, that are not too far to the south or north of a spot.
    fn beside<'s>(spots: &'s [Near], here: &Spot) -> impl Iterator<Item = &'s Near> {
        let (south, north) = (here.point.0 - REACH_DEGREES, here.point.0 + REACH_DEGREES);
        let from = spots.partition_point(|o| o.spot.point.0 < south);
        spots[from..]
            .iter()
            .take_while(move |o| o.spot.point.0 <= north)
    }
}

/// The bearers of a name that are places, with what speaks for each before the article is asked.
pub(super) fn bearers(gazetteer: &Gazetteer, key: Key, t: &Toponym, written: &str) -> Vec<Bearer> {
    // In a text of small letters only, `us` is never the country.
    let capitals = written.chars().any(char::is_uppercase);
    let candidates = gazetteer.candidates(key);
    let mut list: Vec<Bearer> = Vec::with_capacity(candidates.len().min(BEARERS));
    let (mut foreign, mut towns) = (None, false);
    for c in candidates.iter().take(BEARERS) {
        let e = gazetteer.row(c.row());
        let kind = e.kind();
        let (main, exact) = (c.has(Candidate::MAIN), c.has(Candidate::EXACT));
        if exact
            && t.stands_for.is_none()
            && !(capitals && e.has_alias(written))
            && t.span.len() == t.name.len()
        {
            continue;
        }
        if !kind.is_place() || t.stands_for.is_some() && kind != Kind::Admin1 {
            continue;
        }
        let people = match e.population() {
            0 if kind.is_town() => unknown_population(&e),
            people => (people as f32 + 1.0).log10(),
        };
        let mut prior = match kind {
            Kind::Admin1 => people.min(7.0) * 0.9,
            Kind::Admin2 => people.min(6.5) * 0.75,
            Kind::Country => people,
            Kind::Macroregion => 7.5,
            Kind::Quarter => people * 0.5,
            k if k.is_town() => people,
            // How far a sea, a desert or a region reaches is how well it is known.
            _ => people.max(4.5 + (e.radius_km() as f32 / 1000.0).min(1.5)),
        };
        prior += 0.8 * (e.alias_count() as f32 + 1.0).log10();
        prior += match kind {
            Kind::Country => 2.5,
            Kind::Capital => 1.0,
            Kind::Admin1 => 0.6,
            Kind::Seat1 => 0.5,
            Kind::Abandoned => -1.0,
            _ => 0.0,
        };
        if main {
            prior += 1.0;
        }
        if c.has(Candidate::WEAK) {
            prior -= 1.0;
        }
        if c.has(Candidate::DERIVED) {
            prior -= 0.8;
        }
        prior += cue_fits(t.cue, kind);
        // `Rift Valley` is not The Valley.
        if !t.article && key.common() >= 2 && e.name().starts_with("The ") {
            continue;
        }
        // `the Atlantic`, `the Pacific`: towns go without an article, but for `The Hague`.
        if t.article {
            let small = kind.is_town() || kind == Kind::Admin2;
            if matches!(kind, Kind::Water | Kind::River | Kind::Land) {
                prior += 2.0;
            } else if small && !e.name().starts_with("The ") {
                prior -= 2.5;
            }
        }
        let row = |e: Option<Entry>| e.map_or(u32::MAX, |e| e.row());
        list.push(Bearer {
            row: c.row(),
            kind,
            country: e.country_number(),
            admin1: if kind == Kind::Admin1 {
                c.row()
            } else {
                row(e.admin1())
            },
            admin2: if kind == Kind::Admin2 {
                c.row()
            } else {
                row(e.admin2())
            },
            spot: e
                .point()
                .or_else(|| e.admin1().and_then(|a| a.point()))
                .or_else(|| e.country_entry().and_then(|a| a.point()))
                .map(Spot::new),
            radius: e.radius_km() as f32,
            name: if main {
                MAIN
            } else if c.has(Candidate::WEAK) || c.has(Candidate::DERIVED) {
                0.7
            } else {
                ALIAS
            },
            prior,
            score: 0.0,
        });
        if kind == Kind::Country && !main && !exact {
            foreign = Some(list.len() - 1);
        }
        towns |= kind.is_town() && main;
    }
    // Some language calls Benin Beni: the town of that very name is as likely, if the article is on
    // its country.
    for at in foreign.into_iter().filter(|_| towns) {
        list[at].prior -= 3.5;
    }
    // `New York` is the city, where many of the state live, unless the text says that it is the state.
    let unit = list.iter().position(|b| b.kind == Kind::Admin1);
    if let Some(unit) = unit.filter(|_| t.cue == Cue::None) {
        let (row, prior) = (list[unit].row, list[unit].prior);
        let people = |row: u32| gazetteer.row(row).population();
        let most = |b: &&mut Bearer| {
            b.kind.is_town() && b.admin1 == row && people(b.row) >= CITY.max(people(row) / 5)
        };
        if let Some(city) = list.iter_mut().find(most) {
            city.prior = city.prior.max(prior + 0.5);
        }
    }
    // A town that was once called Islamabad is not Islamabad.
    let capital = |b: &Bearer| b.kind == Kind::Capital && b.name == MAIN;
    if list.iter().any(capital) {
        let others = list.iter_mut();
        let renamed = others.filter(|b| b.name == ALIAS && b.kind.is_town());
        renamed.for_each(|b| b.prior -= 4.5);
    }
    list
}

/// What stands for the logarithm of a population that the tables lack, which is not to say that
/// nobody lives there: a town that somebody put on a list is one that reports name.
fn unknown_population(e: &Entry) -> f32 {
    match e.kind() {
        _ if e.is_chosen() => 4.5,
        Kind::Seat1 | Kind::Seat2 => 3.5,
        _ => 0.0,
    }
}

pub(super) fn cue_fits(cue: Cue, kind: Kind) -> f32 {
    match (cue, kind) {
        (Cue::None, _) => 0.0,
        (Cue::Unit, Kind::Admin1) => 3.5,
        (Cue::Unit, Kind::Admin2 | Kind::Region) => 2.5,
        (Cue::District, Kind::Admin2) => 4.0,
        (Cue::District, Kind::Admin1) => 3.0,
        (Cue::Town, k) if k.is_town() => 2.0,
        (Cue::Region, Kind::Region | Kind::Land | Kind::Island | Kind::FormerState) => 4.0,
        (Cue::Camp, Kind::Camp) => 4.0,
        (Cue::Camp, k) if k.is_town() => 1.0,
        (Cue::Water, Kind::Water | Kind::River) => 4.0,
        (_, Kind::Country) => -1.0,
        _ => -0.5,
    }
}

/// How a bearer fits the other names' picks.
pub(super) fn fits(b: &Bearer, n: usize, mentions: usize, context: &Context) -> f32 {
    let own = context.picks[n];
    let weight = (mentions as f32).sqrt();
    let mut score = 0.0;
    if b.country > 0 {
        let all = context
            .countries
            .iter()
            .find(|c| c.0 == b.country)
            .map_or(0.0, |c| c.1);
        let own = if own.is_some_and(|p| p.country == b.country) {
            weight
        } else {
            0.0
        };
        let others = (context.total - weight).max(1.0);
        let share = ((all - own) / others).clamp(0.0, 1.0);
        score += 1.5 * share;
        if all - own > 0.01 {
            score += 0.7;
        }
    }
    let (mut same_unit, mut unit_named, mut country_named) = (false, false, false);
    for peer in &context.peers {
        let other = peer.name != n && peer.row != b.row;
        let names_unit = peer.row == b.admin1 || peer.row == b.admin2;
        unit_named |= other & names_unit;
        same_unit |= other & !names_unit & (peer.admin1 == b.admin1);
        country_named |= other & (peer.names == b.country);
    }
    same_unit &= b.admin1 != u32::MAX;
    country_named &= b.country > 0;
    let apart = b.spot.and_then(|here| {
        Near::beside(&context.spots, &here)
            .filter(|o| o.name != n && o.row != b.row)
            .filter(|o| !here.is_beyond(&o.spot, REACH_KM + WIDE_KM))
            .map(|o| here.apart(&o.spot))
            .reduce(f32::min)
    });
    let nearest = apart.map_or(f32::INFINITY, kilometres);
    score += if same_unit { 1.0 } else { 0.0 }
        + if unit_named { 1.5 } else { 0.0 }
        + if country_named { 1.0 } else { 0.0 };
    let reach = nearest - (b.radius * 0.5).min(WIDE_KM);
    score
        + if reach < 50.0 {
            1.2
        } else if reach < 150.0 {
            0.8
        } else if reach < REACH_KM {
            0.3
        } else {
            0.0
        }
}

/// Whether the text names the capital of a bearer's country, far from it, and nothing near it: world news.
pub(super) fn is_beside_capital(b: &Bearer, n: usize, context: &Context) -> bool {
    let near = |o: &Near| {
        b.spot.is_some_and(|s| {
            !s.is_beyond(&o.spot, AROUND_KM) && kilometres(s.apart(&o.spot)) < AROUND_KM
        })
    };
    let capital = |p: &Pick| p.kind == Kind::Capital && p.country == b.country && p.row != b.row;
    b.kind.is_town()
        && context.picks.iter().flatten().any(capital)
        && !context
            .spots
            .iter()
            .any(|o| o.name != n && o.row != b.row && near(o))
}

/// How a bearer fits what the text says the name lies in.
pub(super) fn contained(
    b: &Bearer,
    inside: &[Pick],
    outer: &[Vec<u32>],
    gazetteer: &Gazetteer,
) -> f32 {
    let mut score = 0.0;
    for (pick, bearers) in inside.iter().zip(outer) {
        let lies = |row: u32| {
            b.row != row && (b.admin1 == row || b.admin2 == row || lies_in(b, row, gazetteer))
        };
        if lies(pick.row) {
            score += 5.0 * b.name;
        } else if bearers.iter().take(12).any(|&r| lies(r)) {
            score += 3.5 * b.name;
        } else if pick.country == b.country && b.country > 0 {
            score += if pick.kind == Kind::Country { 0.0 } else { 0.5 };
        } else if contradicts(b, pick) {
            score -= 2.5;
        }
    }
    score
}

/// Whether a bearer lies in another country than what the text says it lies in.
pub(super) fn contradicts(b: &Bearer, outer: &Pick) -> bool {
    let unit = matches!(outer.kind, Kind::Country | Kind::Admin1 | Kind::Admin2);
    (unit || outer.kind.is_town())
        && b.country > 0
        && outer.country > 0
        && b.country != outer.country
        && b.kind != Kind::Country
}

/// Whether a bearer lies in a row that is not one of its units.
pub(super) fn lies_in(b: &Bearer, row: u32, gazetteer: &Gazetteer) -> bool {
    let outer = gazetteer.row(row);
    match outer.kind() {
        Kind::Country => outer.country_number() == b.country,
        Kind::Admin1 | Kind::Admin2 => false,
        k if k.is_town() && k != Kind::Capital => false,
        _ => gazetteer
            .row(b.row)
            .ancestors()
            .iter()
            .any(|e| e.row() == row),
    }
}

/// How a bearer fits the names that are said to lie in it.
pub(super) fn contains(b: &Bearer, inner: &[Vec<u32>], gazetteer: &Gazetteer) -> f32 {
    let holds = |rows: &Vec<u32>| {
        rows.iter().any(|&r| {
            let e = gazetteer.row(r);
            let up = [e.admin1(), e.admin2(), e.country_entry()];
            r != b.row && up.iter().flatten().any(|p| p.row() == b.row)
        })
    };
    if inner.iter().any(holds) {
        3.0 * b.name
    } else {
        0.0
    }
}

/// Kinds that stand together in enumerations.
pub(super) fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Country | Kind::FormerState => 0,
        Kind::Admin1 => 1,
        Kind::Macroregion => 2,
        Kind::Admin2 => 3,
        k if k.is_town() => 4,
        _ => 5,
    }
}

/// Whether two bearers are places that a reader would not confuse.
pub(super) fn far(a: &Bearer, b: &Bearer) -> bool {
    match (a.spot, b.spot) {
        (Some(p), Some(q)) => {
            let same = SAME_KM.max(a.radius).max(b.radius);
            p.is_beyond(&q, same) || kilometres(p.apart(&q)) > same
        }
        _ => false,
    }
}
