//! Resolution: which entry a toponym means, by what else the article names.
//!
//! Every name has its bearers scored by prominence, by the word beside it, by what it is said to lie
//! in, and by the other names' provisional picks: same country, same unit, near by. Two rounds, so
//! that picks settle each other. The weights are published ones, set by hand and not fitted.

use super::hash::Map;
use super::recognise::{Recognised, Toponym};
use super::words::Cue;
use super::{Place, Scored};
use crate::gazetteer::tree::distance;
use crate::gazetteer::{Candidate, Gazetteer, Key, Kind, Tokens};

/// Bearers of a name beyond this many, by prominence, are not considered.
const BEARERS: usize = 60;
/// Scores nearer than this do not decide between places far apart.
const CLOSE: f32 = 0.25;
/// Bearers nearer than this are one place to a reader of news.
const SAME_KM: f32 = 60.0;

/// A bearer of a name, with what scoring needs of it at hand.
struct Bearer {
    row: u32,
    kind: Kind,
    country: u32,
    admin1: u32,
    admin2: u32,
    point: Option<(f32, f32)>,
    radius: f32,
    /// How well the name fits: 1 for the canonical one.
    name: f32,
    prior: f32,
    score: f32,
}

/// All mentions of one name with one cue.
struct Name<'a> {
    first: &'a Toponym,
    mentions: Vec<usize>,
    bearers: Vec<Bearer>,
    pick: Option<usize>,
    inside: Vec<usize>,
    lists: Vec<usize>,
}

pub(super) fn resolve(
    text: &str,
    tokens: &Tokens,
    gazetteer: &Gazetteer,
    found: Recognised,
) -> Vec<Place> {
    let mut names: Vec<Name> = Vec::new();
    let mut known: Map<(&str, Cue), usize> = Map::default();
    let mut of = Vec::with_capacity(found.toponyms.len());
    for (n, t) in found.toponyms.iter().enumerate() {
        let key = t.stands_for.unwrap_or_else(|| tokens.key(t.name.clone()));
        let at = *known.entry((key, sense(t.cue))).or_insert_with(|| {
            let key = t.stands_for.map_or(t.key, |s| gazetteer.lookup(s));
            let bearers = key.map_or_else(Vec::new, |k| bearers(gazetteer, k, t));
            names.push(Name {
                first: t,
                mentions: Vec::new(),
                bearers,
                pick: None,
                inside: Vec::new(),
                lists: Vec::new(),
            });
            names.len() - 1
        });
        names[at].mentions.push(n);
        names[at].lists.extend(t.list);
        of.push(at);
    }
    for (n, t) in found.toponyms.iter().enumerate() {
        if let Some(outer) = t.inside
            && of[outer] != of[n]
            && !names[of[n]].inside.contains(&of[outer])
        {
            names[of[n]].inside.push(of[outer]);
        }
    }
    for name in &mut names {
        for b in &mut name.bearers {
            b.score = b.prior;
        }
        name.choose();
    }
    for _ in 0..2 {
        round(&mut names, gazetteer, &found.states);
    }
    finish(text, tokens, gazetteer, &found.toponyms, names)
}

/// Cues that ask for the same kind of entry are one sense.
fn sense(cue: Cue) -> Cue {
    match cue {
        Cue::District => Cue::Unit,
        Cue::Town => Cue::None,
        other => other,
    }
}

fn bearers(gazetteer: &Gazetteer, key: Key, t: &Toponym) -> Vec<Bearer> {
    let mut list = Vec::new();
    for c in gazetteer.candidates(key).iter().take(BEARERS) {
        let e = gazetteer.row(c.row());
        let kind = e.kind();
        if !kind.is_place() || t.stands_for.is_some() && kind != Kind::Admin1 {
            continue;
        }
        let people = (e.population() as f32 + 1.0).log10();
        let mut prior = match kind {
            Kind::Admin1 => people.min(7.0) * 0.9,
            Kind::Admin2 => people.min(6.5) * 0.75,
            Kind::Country => people,
            Kind::Macroregion => 7.5,
            Kind::Quarter => people * 0.5,
            k if k.is_town() => people,
            _ => people.max(4.5),
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
        if c.has(Candidate::MAIN) {
            prior += 1.0;
        }
        if c.has(Candidate::WEAK) {
            prior -= 1.0;
        }
        if c.has(Candidate::DERIVED) {
            prior -= 0.8;
        }
        prior += cue_fits(t.cue, kind);
        let row = |e: Option<crate::gazetteer::Entry>| e.map_or(u32::MAX, |e| e.row());
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
            point: e
                .point()
                .or_else(|| e.admin1().and_then(|a| a.point()))
                .or_else(|| e.country_entry().and_then(|a| a.point())),
            radius: e.radius_km() as f32,
            name: if c.has(Candidate::MAIN) {
                1.0
            } else if c.has(Candidate::WEAK) || c.has(Candidate::DERIVED) {
                0.7
            } else {
                0.8
            },
            prior,
            score: 0.0,
        });
    }
    list
}

fn cue_fits(cue: Cue, kind: Kind) -> f32 {
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

impl Name<'_> {
    fn choose(&mut self) {
        let best = self
            .bearers
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.1.row.cmp(&a.1.row)));
        self.pick = best.map(|b| b.0);
    }

    fn picked(&self) -> Option<&Bearer> {
        self.pick.and_then(|p| self.bearers.get(p))
    }
}

/// What the other names' picks are, as scoring reads it.
struct Context {
    /// Country, and how often it is meant.
    countries: Vec<(u32, f32)>,
    total: f32,
    /// Per name: row, country, admin1, admin2, point of its pick, whether it is a small place.
    picks: Vec<Option<Pick>>,
}

#[derive(Clone, Copy)]
struct Pick {
    row: u32,
    kind: Kind,
    country: u32,
    admin1: u32,
    point: Option<(f32, f32)>,
}

fn round(names: &mut [Name], gazetteer: &Gazetteer, states: &[u32]) {
    let context = context(names, states);
    for n in 0..names.len() {
        let inside: Vec<Pick> = names[n]
            .inside
            .iter()
            .filter_map(|&o| context.picks[o])
            .collect();
        let outer_bearers: Vec<Vec<u32>> = names[n]
            .inside
            .iter()
            .map(|&o| names[o].bearers.iter().map(|b| b.row).collect())
            .collect();
        let inner: Vec<Vec<u32>> = names
            .iter()
            .filter(|m| m.inside.contains(&n))
            .map(|m| m.bearers.iter().take(12).map(|b| b.row).collect())
            .collect();
        let alike = alike(n, names, &context);
        let score = |b: &Bearer| {
            let list = alike.map_or(0.0, |(k, all)| {
                if rank(k) != rank(b.kind) {
                    0.0
                } else if all {
                    2.0
                } else {
                    1.2
                }
            });
            b.prior
                + fits(b, n, names, &context)
                + contained(b, &inside, &outer_bearers, gazetteer)
                + contains(b, &inner, gazetteer)
                + list
        };
        let scores: Vec<f32> = names[n].bearers.iter().map(score).collect();
        for (b, s) in names[n].bearers.iter_mut().zip(scores) {
            b.score = s;
        }
        // What contains another name is chosen by what it contains.
        names[n].choose();
    }
}

/// The kind that most members of the enumerations of a name have, the name itself left out, and whether all have it.
fn alike(n: usize, names: &[Name], context: &Context) -> Option<(Kind, bool)> {
    let mut kinds: Vec<(u8, usize, Kind)> = Vec::new();
    for (m, other) in names.iter().enumerate() {
        if m == n || !other.lists.iter().any(|l| names[n].lists.contains(l)) {
            continue;
        }
        if let Some(pick) = context.picks[m] {
            match kinds.iter_mut().find(|k| k.0 == rank(pick.kind)) {
                Some(k) => k.1 += 1,
                None => kinds.push((rank(pick.kind), 1, pick.kind)),
            }
        }
    }
    let total: usize = kinds.iter().map(|k| k.1).sum();
    kinds
        .into_iter()
        .find(|k| k.1 * 2 > total)
        .map(|k| (k.2, k.1 == total && total > 1))
}

/// Kinds that stand together in enumerations.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Country | Kind::FormerState => 0,
        Kind::Admin1 => 1,
        Kind::Macroregion => 2,
        Kind::Admin2 => 3,
        k if k.is_town() => 4,
        _ => 5,
    }
}

/// How a bearer fits the names that are said to lie in it.
fn contains(b: &Bearer, inner: &[Vec<u32>], gazetteer: &Gazetteer) -> f32 {
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

fn context(names: &[Name], states: &[u32]) -> Context {
    let mut countries: Vec<(u32, f32)> = Vec::new();
    let mut add = |c: u32, w: f32| {
        if c > 0 {
            match countries.iter_mut().find(|x| x.0 == c) {
                Some(x) => x.1 += w,
                None => countries.push((c, w)),
            }
        }
    };
    let mut total = 0.0;
    for name in names {
        if let Some(b) = name.picked() {
            let weight = (name.mentions.len() as f32).sqrt();
            add(b.country, weight);
            total += weight;
        }
    }
    for &c in states {
        add(c, 0.3);
        total += 0.3;
    }
    let pick = |b: &Bearer| Pick {
        row: b.row,
        kind: b.kind,
        country: b.country,
        admin1: b.admin1,
        point: b.point,
    };
    Context {
        countries,
        total,
        picks: names.iter().map(|n| n.picked().map(pick)).collect(),
    }
}

/// How a bearer fits the other names' picks.
fn fits(b: &Bearer, n: usize, names: &[Name], context: &Context) -> f32 {
    let own = context.picks[n];
    let weight = (names[n].mentions.len() as f32).sqrt();
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
    let mut nearest = f32::MAX;
    for (m, pick) in context.picks.iter().enumerate() {
        let Some(pick) = pick else { continue };
        if m == n || pick.row == b.row {
            continue;
        }
        if b.admin1 != u32::MAX && pick.row == b.admin1
            || b.admin2 != u32::MAX && pick.row == b.admin2
        {
            unit_named = true;
        } else if b.admin1 != u32::MAX && pick.admin1 == b.admin1 {
            same_unit = true;
        }
        if pick.kind == Kind::Country {
            country_named |= pick.country == b.country && b.country > 0;
        } else if pick.kind != Kind::Admin1
            && pick.kind != Kind::Macroregion
            && let (Some(p), Some(q)) = (b.point, pick.point)
            && (p.0 - q.0).abs() < 6.0
        {
            nearest = nearest.min(distance(p, q));
        }
    }
    score += if same_unit { 1.0 } else { 0.0 }
        + if unit_named { 1.5 } else { 0.0 }
        + if country_named { 1.0 } else { 0.0 };
    let reach = nearest - b.radius.min(100.0) * 0.5;
    score
        + if reach < 50.0 {
            1.2
        } else if reach < 150.0 {
            0.8
        } else if reach < 500.0 {
            0.3
        } else {
            0.0
        }
}

/// How a bearer fits what the text says the name lies in.
fn contained(b: &Bearer, inside: &[Pick], outer: &[Vec<u32>], gazetteer: &Gazetteer) -> f32 {
    let mut score = 0.0;
    for (pick, bearers) in inside.iter().zip(outer) {
        let lies = |row: u32| {
            b.row != row && (b.admin1 == row || b.admin2 == row || lies_in(b, row, gazetteer))
        };
        if lies(pick.row) {
            score += 5.0 * b.name;
        } else if bearers.iter().take(12).any(|&r| lies(r)) {
            score += 3.5 * b.name;
        } else if pick.country == b.country && b.country > 0 && pick.kind != Kind::Country {
            score += 0.5;
        }
    }
    score
}

/// Whether a bearer lies in a row that is not one of its units.
fn lies_in(b: &Bearer, row: u32, gazetteer: &Gazetteer) -> bool {
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

fn finish(
    text: &str,
    tokens: &Tokens,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    names: Vec<Name>,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut by_row: Map<u32, usize> = Map::default();
    let picks: Vec<Option<u32>> = names.iter().map(|n| n.picked().map(|b| b.row)).collect();
    for name in &names {
        let mentions = name
            .mentions
            .iter()
            .map(|&m| mention(text, tokens, &toponyms[m]));
        let mut order: Vec<&Bearer> = name.bearers.iter().collect();
        order.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        let candidates = || {
            order
                .iter()
                .take(8)
                .map(|b| Scored {
                    row: b.row,
                    score: b.score,
                })
                .collect()
        };
        let rivals: Vec<&&Bearer> = order
            .iter()
            .skip(1)
            .take_while(|b| order[0].score - b.score < CLOSE)
            .filter(|b| far(order[0], b))
            .collect();
        match name.picked() {
            Some(b) if rivals.is_empty() => {
                if let Some(&at) = by_row.get(&b.row) {
                    places[at].mentions.extend(mentions);
                    continue;
                }
                by_row.insert(b.row, places.len());
                let e = gazetteer.row(b.row);
                places.push(Place {
                    id: e.id(),
                    name: e.name().to_string(),
                    kind: e.kind(),
                    country: e.country().map(str::to_string),
                    point: e.point(),
                    open: false,
                    parents: Vec::new(),
                    mentions: mentions.collect(),
                    candidates: candidates(),
                });
            }
            picked => {
                let outer = name
                    .inside
                    .iter()
                    .filter_map(|&o| picks[o])
                    .map(|row| gazetteer.row(row));
                let parents: Vec<_> = outer.collect();
                let shared = picked
                    .is_some_and(|p| rivals.iter().all(|r| r.country == p.country))
                    .then_some(picked)
                    .flatten();
                let country = parents
                    .iter()
                    .find_map(|e| e.country())
                    .or(shared.and_then(|b| gazetteer.row(b.row).country()));
                places.push(Place {
                    id: format!("text:{}", tokens.key(name.first.name.clone())),
                    name: text[tokens.bytes(name.first.name.clone())].to_string(),
                    kind: Kind::Unknown,
                    country: country.map(str::to_string),
                    point: None,
                    open: true,
                    parents: parents.iter().map(|e| e.id()).collect(),
                    mentions: mentions.collect(),
                    candidates: candidates(),
                });
            }
        }
    }
    for place in &mut places {
        place.mentions.sort_by_key(|m| m.start);
    }
    places.sort_by_key(|p| p.mentions.first().map_or(usize::MAX, |m| m.start));
    places
}

/// Whether two bearers are places that a reader would not confuse.
fn far(a: &Bearer, b: &Bearer) -> bool {
    match (a.point, b.point) {
        (Some(p), Some(q)) => distance(p, q) > SAME_KM.max(a.radius).max(b.radius),
        _ => false,
    }
}

/// The bytes of a mention; an abbreviation takes its stop along.
fn mention(text: &str, tokens: &Tokens, t: &Toponym) -> std::ops::Range<usize> {
    let mut bytes = tokens.bytes(t.span.clone());
    if t.stands_for.is_some() && text[bytes.end..].starts_with('.') {
        bytes.end += 1;
    }
    bytes
}
