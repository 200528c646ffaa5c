//! Facets: the values that what matches has in a field, with how many articles and passages each.
//!
//! Actors and places count in the passages that name them, and so do event dates; publication,
//! source, language and folder are the article's. What only texts know has the kind and country that
//! its first passage states. Not for counts over time with their gaps (`timeline`).

use super::articles::Articles;
use super::citation;
use super::entries::{Which, canonical};
use super::passage_text::Stored;
use super::tally::{Count, Matched, tally};
use super::timeline::Step;
use super::{Found, Request, guarded};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::{Index, days};
use std::collections::{BTreeMap, HashMap, HashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED};

/// A field whose values are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Ids of actors.
    Actor,
    /// Kinds of actors.
    ActorKind,
    /// Countries of actors.
    ActorCountry,
    /// Ids of places.
    Place,
    /// Kinds of places.
    PlaceKind,
    /// Countries of places.
    PlaceCountry,
    /// Countries of actors or places.
    Country,
    /// Months of event dates.
    Date,
    /// Months of publication.
    Published,
    /// Sources.
    Source,
    /// Languages.
    Lang,
    /// Folders.
    Path,
}

/// A value, and how often it occurs in what matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Valued {
    /// The value; of actors and places the id.
    pub value: String,
    /// How many articles have it in a passage that matches.
    pub articles: u64,
    /// How many passages that match have it.
    pub passages: u64,
}

/// An actor or a place by what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Canonical name, or the one that the text has.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its country.
    pub country: Option<String>,
}

/// Counts the values of a field in what matches, the most frequent first.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn facets(
    index: &Index,
    gazetteer: &Gazetteer,
    request: &Request,
    facet: Facet,
) -> Result<(Vec<Valued>, Found)> {
    guarded(index, || {
        let (matched, found) = Matched::of(index, gazetteer, request)?;
        let f = index.fields();
        let counts = match facet {
            Facet::Actor | Facet::Place => {
                let which = if facet == Facet::Actor {
                    Which::Actors
                } else {
                    Which::Places
                };
                tally(index, &matched, &[which.field(index)], |_, term, values| {
                    values.extend(canonical(gazetteer, which, term));
                })?
            }
            Facet::ActorKind
            | Facet::ActorCountry
            | Facet::PlaceKind
            | Facet::PlaceCountry
            | Facet::Country => {
                let known = Known::read(index, gazetteer, facet)?;
                let kind = matches!(facet, Facet::ActorKind | Facet::PlaceKind);
                let fields: Vec<Field> = known
                    .of
                    .iter()
                    .map(|(which, _)| which.field(index))
                    .collect();
                tally(index, &matched, &fields, |field, term, values| {
                    let described = known.describe(index, field, term);
                    values.extend(
                        described.and_then(|d| if kind { Some(d.kind) } else { d.country }),
                    );
                })?
            }
            Facet::Date | Facet::Published => {
                let field = if facet == Facet::Date {
                    f.date
                } else {
                    f.published
                };
                tally(index, &matched, &[field], |_, term, values| {
                    let month = days::interval(term).and_then(|(i, _)| Step::Month.of(i));
                    values.extend(month.map(|first| Step::Month.name(first)));
                })?
            }
            Facet::Source | Facet::Lang => {
                let field = if facet == Facet::Source {
                    f.source
                } else {
                    f.lang
                };
                tally(index, &matched, &[field], |_, term, values| {
                    values.push(String::from_utf8_lossy(term).into_owned());
                })?
            }
            Facet::Path => folders(index, &matched)?,
        };
        let valued = |(value, (articles, passages))| Valued {
            value,
            articles,
            passages,
        };
        let mut values: Vec<Valued> = counts.into_iter().map(valued).collect();
        values.sort_by(|a, b| {
            (b.articles, b.passages, &a.value).cmp(&(a.articles, a.passages, &b.value))
        });
        Ok((values, found))
    })
}

/// Counts by folder; those that several roots have are told apart as citations are.
fn folders(index: &Index, matched: &Matched) -> Result<BTreeMap<String, Count>> {
    let counts = matched.by_root(index, |path| {
        path.rsplit_once('/')
            .map_or(".", |(folder, _)| folder)
            .to_owned()
    })?;
    let mut told = BTreeMap::new();
    for (folder, of_roots) in counts {
        let roots: Vec<&String> = of_roots.keys().collect();
        for (root, count) in &of_roots {
            let others: Vec<&str> = roots
                .iter()
                .filter(|r| **r != root)
                .map(|r| r.as_str())
                .collect();
            let name = match (others.is_empty(), folder.as_str()) {
                (true, folder) => folder.to_owned(),
                (false, ".") => format!("{}/", citation::telling(root, &others)),
                (false, folder) => format!("{}/{folder}", citation::telling(root, &others)),
            };
            told.insert(name, *count);
        }
    }
    Ok(told)
}

/// What actors or places are, by their ids.
///
/// # Errors
/// A damaged index.
pub fn describe(
    index: &Index,
    gazetteer: &Gazetteer,
    which: Which,
    ids: &[&str],
) -> Result<Vec<Described>> {
    guarded(index, || {
        let wanted: HashSet<&str> = ids.iter().copied().collect();
        let own = own(index, gazetteer, which, |id| wanted.contains(id))?;
        let unknown = |id: &str| Described {
            name: id.to_owned(),
            kind: "unknown".to_owned(),
            country: None,
        };
        let describe = |id: &&str| described(gazetteer, &own, id).unwrap_or_else(|| unknown(id));
        Ok(ids.iter().map(describe).collect())
    })
}

/// What the entries of some fields are.
struct Known<'a> {
    gazetteer: &'a Gazetteer,
    of: Vec<(Which, HashMap<String, Described>)>,
}

impl<'a> Known<'a> {
    fn read(index: &Index, gazetteer: &'a Gazetteer, facet: Facet) -> Result<Known<'a>> {
        let which: &[Which] = match facet {
            Facet::PlaceKind | Facet::PlaceCountry => &[Which::Places],
            Facet::Country => &[Which::Actors, Which::Places],
            _ => &[Which::Actors],
        };
        let read = |&which: &Which| Ok((which, own(index, gazetteer, which, |_| true)?));
        Ok(Known {
            gazetteer,
            of: which.iter().map(read).collect::<Result<_>>()?,
        })
    }

    fn describe(&self, index: &Index, field: Field, term: &[u8]) -> Option<Described> {
        let (which, own) = self.of.iter().find(|(w, _)| w.field(index) == field)?;
        described(
            self.gazetteer,
            own,
            &canonical(self.gazetteer, *which, term)?,
        )
    }
}

fn described(
    gazetteer: &Gazetteer,
    own: &HashMap<String, Described>,
    id: &str,
) -> Option<Described> {
    let of_gazetteer = gazetteer.entry(id).map(|entry| Described {
        name: entry.name().to_owned(),
        kind: entry.kind_name().to_owned(),
        country: entry.country().map(str::to_owned),
    });
    of_gazetteer.or_else(|| own.get(id).cloned())
}

/// What the first passage that names it says of each entry that only texts know; the first by article
/// id, root and order, so that it does not depend on segments.
fn own(
    index: &Index,
    gazetteer: &Gazetteer,
    which: Which,
    wanted: impl Fn(&str) -> bool,
) -> Result<HashMap<String, Described>> {
    let mut first: BTreeMap<String, ((String, String, u64), DocAddress)> = BTreeMap::new();
    for (number, segment) in index.searcher().segment_readers().iter().enumerate() {
        let articles = Articles::open(index, segment)?;
        let columns = segment.fast_fields();
        let column = |name: &str| columns.str(name).map_err(|e| index.damaged(e));
        let (paths, roots) = (column("path")?, column("root")?);
        let inverted = segment.inverted_index(which.field(index));
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        let range = inverted.terms().range().ge("text:").lt("text;");
        let mut terms = range.into_stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let Some(id) = canonical(gazetteer, which, terms.key()) else {
                continue;
            };
            if !id.starts_with("text:") || !wanted(&id) {
                continue;
            }
            let postings =
                inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|e| index.damaged(e))?;
            // Ranks stand for ids and roots within a segment.
            let mut least = None;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if let (false, Some((start, _))) = (segment.is_deleted(doc), articles.around(doc)) {
                    let rank = |c: &Option<tantivy::columnar::StrColumn>| {
                        c.as_ref().and_then(|c| c.term_ords(start).next())
                    };
                    let key = (rank(&paths), rank(&roots), u64::from(doc - start), doc);
                    least = Some(least.map_or(key, |l| key.min(l)));
                }
                postings.advance();
            }
            let Some((path, root, ordinal, doc)) = least else {
                continue;
            };
            let text = |column: &Option<tantivy::columnar::StrColumn>, rank: Option<u64>| {
                let mut text = String::new();
                if let (Some(column), Some(rank)) = (column, rank) {
                    let read = column.ord_to_str(rank, &mut text);
                    read.map_err(|e| index.damaged(e))?;
                }
                Ok(text)
            };
            let key = (text(&paths, path)?, text(&roots, root)?, ordinal);
            let here = (key, DocAddress::new(number as u32, doc));
            let known = first.entry(id).or_insert_with(|| here.clone());
            if here.0 < known.0 {
                *known = here;
            }
        }
    }
    let mut order: Vec<(String, DocAddress)> =
        first.into_iter().map(|(id, (_, at))| (id, at)).collect();
    // As they lie, so that blocks are unpacked once.
    order.sort_by_key(|(_, at)| *at);
    let mut own = HashMap::new();
    for ids in order.chunk_by(|a, b| a.1 == b.1) {
        let passage = Stored::read(index, ids[0].1)?.passage;
        let named = match which {
            Which::Actors => passage.actors,
            Which::Places => passage.places,
        };
        for entry in named
            .into_iter()
            .filter(|e| ids.iter().any(|(id, _)| *id == e.id))
        {
            if let Some((name, kind, country)) = entry.named {
                own.insert(
                    entry.id,
                    Described {
                        name,
                        kind,
                        country,
                    },
                );
            }
        }
    }
    Ok(own)
}
