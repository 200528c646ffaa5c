//! Resolution: which entry a toponym means, by what else the article names.
//!
//! Every name has its bearers scored by prominence, by the word beside it, by what it is said to lie
//! in, and by the other names' provisional picks: same country, same unit, near by. Rounds until
//! the picks stand, for they settle each other. The weights are published ones, set by hand and not fitted.

use super::recognise::{Recognised, Toponym};
use super::score::{
    Bearer, Context, Near, Peer, Pick, bearers, contained, contains, contradicts, far, fits,
    is_beside_capital, lies_in, rank,
};
use super::words::Cue;
use super::{Place, Scored};
use crate::extract::hash::Map;
use crate::gazetteer::tree::kilometres;
use crate::gazetteer::{Entry, Gazetteer, Key, Kind, Tokens};

/// Scores nearer than this do not decide between places far apart.
const CLOSE: f32 = 0.25;
/// So much less does the company of other names say for a place where a renowned city has the name.
const OBSCURE: f32 = 0.5;
/// So much must the other names weigh for an article to be about their countries.
const FOREIGN: f32 = 2.0;
/// A place so near to a town of the article's countries is next door.
const NEIGHBOUR_KM: f32 = 350.0;
/// After so many rounds the picks of nearly every article stand.
const ROUNDS: usize = 5;
/// So much of what the names of an article say must be for a country for it to be the article's.
const MOST: f32 = 0.6;
/// A place of this prominence is meant whatever the article is about.
const KNOWN: f32 = 6.5;

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
            let written = &text[tokens.bytes(t.name.clone())];
            let bearers = key.map_or_else(Vec::new, |k| bearers(gazetteer, k, t, written));
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
    nest(&mut names, &found.toponyms, &of);
    for name in &mut names {
        for b in &mut name.bearers {
            b.score = b.prior;
        }
        name.choose();
    }
    let mut rounds = 0;
    let picked = loop {
        let picked = context(&names, &found.states);
        rounds += 1;
        if !round(&mut names, gazetteer, &picked) || rounds == ROUNDS {
            break picked;
        }
    };
    let picked = match split(&mut names, &found.toponyms, &mut of, gazetteer) {
        true => {
            let picked = context(&names, &found.states);
            round(&mut names, gazetteer, &picked);
            picked
        }
        false => picked,
    };
    // A name's only bearer is its pick whatever it scores.
    for n in 0..names.len() {
        if names[n].bearers.len() == 1 {
            score(n, &mut names, gazetteer, &picked);
        }
    }
    let context = context(&names, &found.states);
    finish(text, tokens, gazetteer, &found.toponyms, names, &context)
}

/// Notes which names are said to lie in which.
fn nest(names: &mut [Name], toponyms: &[Toponym], of: &[usize]) {
    for name in names.iter_mut() {
        name.inside.clear();
    }
    for (n, t) in toponyms.iter().enumerate() {
        if let Some(outer) = t.inside
            && of[outer] != of[n]
            && !names[of[n]].inside.contains(&of[outer])
        {
            names[of[n]].inside.push(of[outer]);
        }
    }
}

/// Gives a mention a meaning of its own where its name means something else in the article, and only
/// that other meaning makes true what the text says lies in what: `Atlanta, Georgia` beside Tbilisi,
/// `Tripoli, Lebanon` beside Benghazi. Reports whether there was such a mention.
fn split<'a>(
    names: &mut Vec<Name<'a>>,
    toponyms: &'a [Toponym],
    of: &mut [usize],
    gazetteer: &Gazetteer,
) -> bool {
    let before = names.len();
    for (n, t) in toponyms.iter().enumerate() {
        let Some(o) = t.inside.filter(|o| of[*o] != of[n]) else {
            continue;
        };
        let (inner, outer) = (&names[of[n]], &names[of[o]]);
        let (Some(a), Some(b)) = (inner.picked(), outer.picked()) else {
            continue;
        };
        if lies(a, b.row, gazetteer) {
            continue;
        }
        let other = outer.bearers.iter().find(|b| lies(a, b.row, gazetteer));
        let (mention, bearer) = match other {
            Some(outer) => (o, outer.clone()),
            None => match inner.bearers.iter().find(|a| lies(a, b.row, gazetteer)) {
                Some(inner) => (n, inner.clone()),
                None => continue,
            },
        };
        let name = &mut names[of[mention]];
        if name.mentions.len() < 2 {
            continue;
        }
        name.mentions.retain(|m| *m != mention);
        of[mention] = names.len();
        names.push(Name {
            first: &toponyms[mention],
            mentions: vec![mention],
            bearers: vec![bearer],
            pick: Some(0),
            inside: Vec::new(),
            lists: Vec::new(),
        });
    }
    let found = names.len() > before;
    if found {
        nest(names, toponyms, of);
    }
    found
}

/// Whether a bearer lies in a row.
fn lies(b: &Bearer, row: u32, gazetteer: &Gazetteer) -> bool {
    b.row != row && (b.admin1 == row || b.admin2 == row || lies_in(b, row, gazetteer))
}

/// Cues that ask for the same kind of entry are one sense.
fn sense(cue: Cue) -> Cue {
    match cue {
        Cue::District => Cue::Unit,
        Cue::Town => Cue::None,
        other => other,
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

/// Scores the bearers of names that have several by the picks so far and picks anew; reports whether a
/// pick changed.
fn round(names: &mut [Name], gazetteer: &Gazetteer, context: &Context) -> bool {
    let mut changed = false;
    for n in 0..names.len() {
        if names[n].bearers.len() < 2 {
            continue;
        }
        score(n, names, gazetteer, context);
        // What contains another name is chosen by what it contains.
        let before = names[n].pick;
        names[n].choose();
        changed |= names[n].pick != before;
    }
    changed
}

/// Scores the bearers of a name.
fn score(n: usize, names: &mut [Name], gazetteer: &Gazetteer, context: &Context) {
    let rows = |name: &Name, most: usize| -> Vec<u32> {
        name.bearers.iter().take(most).map(|b| b.row).collect()
    };
    let (mut inside, mut outer) = (Vec::new(), Vec::new());
    for &o in &names[n].inside {
        if let Some(pick) = context.picks[o] {
            inside.push(pick);
        }
        outer.push(rows(&names[o], usize::MAX));
    }
    let inner: Vec<Vec<u32>> = names
        .iter()
        .filter(|m| m.inside.contains(&n))
        .map(|m| rows(m, 12))
        .collect();
    let alike = alike(n, names, context);
    let mentions = names[n].mentions.len();
    // Geneva in New York is not meant where talks on Syria go from New York to Geneva.
    let renowned = |b: &&Bearer| matches!(b.kind, Kind::Capital | Kind::Seat1);
    let renown = names[n].bearers.iter().filter(renowned).map(|b| b.prior);
    let renown = renown.fold(0.0, f32::max);
    let capital = names[n].bearers.iter().any(|b| b.kind == Kind::Capital);
    for b in &mut names[n].bearers {
        // Nor Washington by the Tyne beside London.
        let abroad = context.stated.iter().any(|c| *c != b.country)
            || capital
                && inside.is_empty()
                && context.stated.is_empty()
                && is_beside_capital(b, n, context);
        let obscure = abroad && renown >= KNOWN + 1.0 && b.prior < renown - 1.5;
        let list = match alike {
            Some((kind, all)) if rank(kind) == rank(b.kind) => {
                if all {
                    2.0
                } else {
                    1.2
                }
            }
            _ => 0.0,
        };
        b.score = b.prior
            + fits(b, n, mentions, context) * if obscure { OBSCURE } else { 1.0 }
            + contained(b, &inside, &outer, gazetteer)
            + contains(b, &inner, gazetteer)
            + list;
    }
}

/// The kind that most members of the enumerations of a name have, the name itself left out, and whether
/// nearly all have it.
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
        .map(|k| (k.2, k.1 * 4 >= total * 3 && total > 1))
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
    let mut named: Vec<(u32, f32)> = Vec::new();
    let certain = names.iter().filter_map(|name| {
        let b = name.picked()?;
        let sure = b.prior >= KNOWN + 1.0
            || matches!(b.kind, Kind::Country | Kind::Capital)
            || !name.inside.is_empty();
        (sure && b.country > 0).then(|| (b.country, (name.mentions.len() as f32).sqrt()))
    });
    for (country, weight) in certain.chain(states.iter().map(|&c| (c, 0.3))) {
        match named.iter_mut().find(|n| n.0 == country) {
            Some(n) => n.1 += weight,
            None => named.push((country, weight)),
        }
    }
    let picks: Vec<_> = names.iter().map(|n| n.picked().map(Pick::of)).collect();
    let stated = picks.iter().flatten().filter(|p| p.kind == Kind::Country);
    Context {
        stated: stated.map(|p| p.country).collect(),
        countries,
        named,
        total,
        peers: Peer::of(&picks),
        spots: Near::of(&picks),
        picks,
    }
}

fn finish(
    text: &str,
    tokens: &Tokens,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    names: Vec<Name>,
    context: &Context,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut by_row: Map<u32, usize> = Map::default();
    let outer = |name: &Name| -> Vec<Pick> {
        name.inside
            .iter()
            .filter_map(|&o| names[o].picked().map(Pick::of))
            .collect()
    };
    for name in &names {
        let mentions = name
            .mentions
            .iter()
            .map(|&m| mention(text, tokens, &toponyms[m]));
        let outer = outer(name);
        let mut order: Vec<&Bearer> = name.bearers.iter().collect();
        order.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        let mut decided = decided(&order, &outer);
        let mut unlikely = false;
        if let Some(best) = decided
            && outer.is_empty()
            && is_foreign(best, name, toponyms, context)
        {
            let known = is_known(best, name, toponyms);
            let firm = name.mentions.iter().any(|&m| toponyms[m].firm);
            let word = name
                .first
                .key
                .is_some_and(|k| k.common() > 0 || k.has(Key::SURNAME) || k.has(Key::GIVEN));
            if word && !firm && !known {
                continue;
            }
            // A bearer in a country that the article names is next; else nothing is known. However
            // well known: Palma among towns of Mozambique alone is not that of Mallorca.
            let mut others = order.iter().copied().filter(|b| {
                b.country != best.country && context.named.iter().any(|c| c.0 == b.country)
            });
            let next = match known {
                false => others.find(|b| best.score - b.score < 2.0),
                true => others.find(|b| {
                    let (own, all) = support(b.country, name, context);
                    let stated = context.stated.is_empty() || context.stated.contains(&b.country);
                    stated && best.score - b.score < 1.0 && own >= MOST * all
                }),
            };
            unlikely = next.is_none() && !known;
            decided = if known { next.or(decided) } else { next };
        }
        if let Some(&at) = decided.and_then(|b| by_row.get(&b.row)) {
            places[at].mentions.extend(mentions);
            continue;
        }
        let mut place = match decided {
            Some(b) => {
                by_row.insert(b.row, places.len());
                settled(gazetteer.row(b.row))
            }
            None => open(text, tokens, gazetteer, name, &order, &outer),
        };
        if unlikely {
            place.country = main_country(name, &names, context)
                .and_then(|row| gazetteer.row(row).country())
                .map(str::to_string);
        }
        place.mentions = mentions.collect();
        place.candidates = order
            .iter()
            .take(8)
            .map(|b| Scored {
                row: b.row,
                score: b.score,
            })
            .collect();
        places.push(place);
    }
    for place in &mut places {
        place.mentions.sort_by_key(|m| m.start);
    }
    places.sort_by_key(|p| p.mentions.first().map_or(usize::MAX, |m| m.start));
    places
}

/// What the other names and the adjectives say for a country, and what they say in all.
fn support(country: u32, name: &Name, context: &Context) -> (f32, f32) {
    let weight = (name.mentions.len() as f32).sqrt();
    let all = context.countries.iter().find(|c| c.0 == country);
    let own = if name.picked().is_some_and(|b| b.country == country) {
        weight
    } else {
        0.0
    };
    (all.map_or(0.0, |c| c.1) - own, context.total - weight)
}

/// Whether a bearer is a small place of a country that the article does not name.
fn is_foreign(b: &Bearer, name: &Name, toponyms: &[Toponym], context: &Context) -> bool {
    let (own, others) = support(b.country, name, context);
    // Small places of a country that is not named otherwise do not make it named.
    let named = |country: u32| context.named.iter().filter(move |c| c.0 == country);
    let elsewhere: f32 = context.named.iter().map(|c| c.1).sum();
    let street = name.mentions.iter().all(|&m| toponyms[m].street);
    let few = named(b.country).next().is_none() && own < 0.5 * elsewhere;
    let foreign = if street { 0.9 } else { FOREIGN };
    let small = b.kind.is_town() && b.kind != Kind::Capital
        || matches!(b.kind, Kind::Admin2 | Kind::Quarter | Kind::Camp);
    let unnamed = own < 0.01 && others >= foreign || few && elsewhere >= foreign;
    let near = !street
        && context.picks.iter().flatten().any(|p| {
            p.country != b.country
                && context.named.iter().any(|c| c.0 == p.country)
                && matches!(p.kind, Kind::Capital | Kind::Seat1)
                && matches!((b.spot, p.spot), (Some(x), Some(y)) if !x.is_beyond(&y, NEIGHBOUR_KM)
                    && kilometres(x.apart(&y)) < NEIGHBOUR_KM)
        });
    unnamed && small && !near
}

/// Whether a bearer is known well enough to be meant in an article about other countries.
fn is_known(b: &Bearer, name: &Name, toponyms: &[Toponym]) -> bool {
    let of = || name.mentions.iter().map(|&m| &toponyms[m]);
    let known = if of().all(|t| t.street) {
        f32::MAX
    } else if of().any(|t| t.firm) {
        KNOWN
    } else {
        KNOWN + 1.0
    };
    b.prior >= known
}

/// A row in the country that the article's other names lie in, if most do.
fn main_country(name: &Name, names: &[Name], context: &Context) -> Option<u32> {
    let most = context
        .countries
        .iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let (own, others) = support(most.0, name, context);
    if own < MOST * others {
        return None;
    }
    let mut picks = names.iter().filter_map(Name::picked);
    picks.find(|b| b.country == most.0).map(|b| b.row)
}

/// The best bearer, if no other comes near it and the text does not say that it lies elsewhere.
fn decided<'b>(order: &[&'b Bearer], outer: &[Pick]) -> Option<&'b Bearer> {
    let best = *order.first()?;
    let rival = order
        .iter()
        .skip(1)
        .take_while(|b| best.score - b.score < CLOSE)
        .any(|b| far(best, b));
    // `Juba, Sudan`, `Kiev, Russia`: a city that everybody knows is meant, whoever rules it by then.
    let renowned = best.prior >= KNOWN && matches!(best.kind, Kind::Capital | Kind::Seat1);
    let elsewhere = !renowned
        && outer.iter().any(|o| contradicts(best, o))
        && !outer.iter().any(|o| o.country == best.country);
    (!rival && !elsewhere).then_some(best)
}

fn settled(e: Entry) -> Place {
    Place {
        id: e.id(),
        name: e.name().to_string(),
        kind: e.kind(),
        country: e.country().map(str::to_string),
        point: e.point(),
        open: false,
        parents: Vec::new(),
        mentions: Vec::new(),
        candidates: Vec::new(),
    }
}

/// A name whose place stays open: with what the text says it lies in, or the country that all near candidates share.
fn open(
    text: &str,
    tokens: &Tokens,
    gazetteer: &Gazetteer,
    name: &Name,
    order: &[&Bearer],
    outer: &[Pick],
) -> Place {
    let words = name.first.name.clone();
    let parents: Vec<Entry> = outer.iter().map(|p| gazetteer.row(p.row)).collect();
    let stated = parents.iter().find_map(|e| e.country());
    let shared = order.first().filter(|best| {
        order
            .iter()
            .take_while(|b| best.score - b.score < CLOSE)
            .all(|b| b.country == best.country)
    });
    let country = stated.or_else(|| shared.and_then(|b| gazetteer.row(b.row).country()));
    Place {
        id: format!("text:{}", tokens.key(words.clone())),
        name: text[tokens.bytes(words)].to_string(),
        kind: Kind::Unknown,
        country: country.map(str::to_string),
        point: None,
        open: true,
        parents: parents.iter().map(Entry::id).collect(),
        mentions: Vec::new(),
        candidates: Vec::new(),
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
