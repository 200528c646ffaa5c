//! Diagnosis: why a request finds what it finds, part by part; above all why it finds nothing.
//!
//! Every part is asked for alone and counted, so that an empty answer names the part that emptied
//! it. Not for finding, and not for how it is shown.

use super::plan::Plan;
use super::postings::Read;
use super::segment::Segment;
use super::{Area, DateField, Filters, Request, guarded};
use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::Gazetteer;
use crate::index::{Index, days, records};
use crate::query::{Days, Field, Form, Item, Node, Occur, Phrase, Query, Term};
use jiff::civil::Date;

/// At most so many parts are counted.
const PARTS: usize = 48;

/// What a request is made of, and what each part finds.
#[derive(Debug, Clone, Default)]
pub struct Diagnosis {
    /// The query as it was read.
    pub query: String,
    /// How many passages match.
    pub passages: u64,
    /// Its parts in the order typed, then the options.
    pub parts: Vec<Part>,
    /// Where days were asked for: the first and the last day of the index's event dates, and of its
    /// publication dates.
    pub days: Option<[Option<(Date, Date)>; 2]>,
    /// Whether the days asked for lie outside all of these.
    pub outside: bool,
    /// How many files of the index could not be read.
    pub failed_files: usize,
}

/// A part of a request.
#[derive(Debug, Clone)]
pub struct Part {
    /// The part, as it was read.
    pub text: String,
    /// How deep it lies in the query.
    pub depth: usize,
    /// How many passages it finds alone.
    pub passages: u64,
    /// For what is demanded beside other things: how many passages there would be without it.
    pub without: Option<u64>,
}

impl Diagnosis {
    /// The parts that emptied the set: those that find nothing alone, else those without which there
    /// would be something.
    pub fn emptied_by(&self) -> Vec<&Part> {
        if self.passages > 0 {
            return Vec::new();
        }
        let demanded = || self.parts.iter().filter(|p| p.without.is_some());
        let nothing: Vec<&Part> = demanded().filter(|p| p.passages == 0).collect();
        match nothing.is_empty() {
            false => nothing,
            true => demanded().filter(|p| p.without > Some(0)).collect(),
        }
    }
}

/// Finds out what each part of `request` finds.
///
/// # Errors
/// As [`search`](super::search).
pub fn diagnose(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Diagnosis> {
    guarded(index, || {
        let ask = Ask {
            index,
            gazetteer,
            request,
        };
        let mut diagnosis = Diagnosis {
            query: request.query.to_string(),
            passages: ask.count(request.query.root.clone(), &request.filters)?,
            failed_files: records::failed(index)?,
            ..Diagnosis::default()
        };
        let options = options(&request.filters);
        let demanded = demanded(&request.query.root);
        let alone = demanded.len() + options.len() < 2;
        for (n, node) in demanded.iter().enumerate() {
            let rest: Vec<Node> = demanded
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != n)
                .map(|(_, node)| node.clone())
                .collect();
            let without = match alone {
                true => None,
                false => Some(ask.count(Node::And(rest), &request.filters)?),
            };
            ask.parts(node, 0, without, &mut diagnosis.parts)?;
        }
        for (n, (text, filters)) in options.iter().enumerate() {
            let rest = without_option(&request.filters, &options, n);
            diagnosis.parts.push(Part {
                text: text.clone(),
                depth: 0,
                passages: ask.count(Node::All, filters)?,
                without: match alone {
                    true => None,
                    false => Some(ask.count(request.query.root.clone(), &rest)?),
                },
            });
        }
        ask.days(&mut diagnosis)?;
        Ok(diagnosis)
    })
}

struct Ask<'a> {
    index: &'a Index,
    gazetteer: &'a Gazetteer,
    request: &'a Request,
}

impl Ask<'_> {
    /// How many passages match.
    fn count(&self, root: Node, filters: &Filters) -> Result<u64> {
        let request = Request {
            query: Query::from(root),
            filters: filters.clone(),
            // A part finds what it says, not what was found beside it.
            feedback: Vec::new(),
            ..self.request.clone()
        };
        let plan = Plan::new(self.index, self.gazetteer, &request)?;
        let mut passages = 0;
        for number in 0..self.index.searcher().segment_readers().len() as u32 {
            let mut segment = Segment::open(self.index, &plan, &request, Read::Needed, number)?;
            segment.each(|judged| passages += judged.matched.len() as u64)?;
        }
        Ok(passages)
    }

    /// Counts a part and what it is made of.
    fn parts(
        &self,
        node: &Node,
        depth: usize,
        without: Option<u64>,
        parts: &mut Vec<Part>,
    ) -> Result<()> {
        if parts.len() >= PARTS {
            return Ok(());
        }
        // An option that narrows fields, such as the kind of date, holds for parts too.
        let filters = Filters {
            date_field: self.request.filters.date_field,
            actor_only: self.request.filters.actor_only,
            ..Filters::default()
        };
        parts.push(Part {
            text: node.to_string(),
            depth,
            passages: self.count(node.clone(), &filters)?,
            without,
        });
        let inner: Vec<Node> = match node {
            Node::Words(phrase) => words(phrase),
            node => node.parts().into_iter().cloned().collect(),
        };
        for part in inner {
            self.parts(&part, depth + 1, None, parts)?;
        }
        Ok(())
    }

    /// The days of the index, where days were asked for.
    fn days(&self, diagnosis: &mut Diagnosis) -> Result<()> {
        let filters = &self.request.filters;
        let mut asked: Vec<(Interval, DateField)> = Vec::new();
        asked.extend(filters.dates.map(|days| (days, filters.date_field)));
        asked.extend(filters.published.map(|days| (days, DateField::Published)));
        fields(&self.request.query.root, &mut |field| match field {
            Field::Date(Days::Within(days)) => asked.push((*days, filters.date_field)),
            Field::Published(Days::Within(days)) => asked.push((*days, DateField::Published)),
            _ => {}
        });
        if asked.is_empty() {
            return Ok(());
        }
        let events = extent(self.index, self.index.fields().date)?;
        let published = extent(self.index, self.index.fields().published)?;
        let inside = |extent: Option<(Date, Date)>, days: &Interval| {
            extent.is_some_and(|(first, last)| days.start <= last && first <= days.end)
        };
        diagnosis.outside = asked.iter().any(|(days, field)| match field {
            DateField::Any => !inside(events, days) && !inside(published, days),
            DateField::Event => !inside(events, days),
            DateField::Published => !inside(published, days),
        });
        diagnosis.days = Some([events, published]);
        Ok(())
    }
}

/// The words of a phrase of several, one by one.
fn words(phrase: &Phrase) -> Vec<Node> {
    let terms = match phrase.form {
        Form::Usual | Form::Exact => phrase.terms(),
        Form::Fuzzy(_) | Form::Regex => Vec::new(),
    };
    if terms.len() < 2 {
        return Vec::new();
    }
    let word = |term| {
        let text = match term {
            Term::Word(text)
            | Term::Exact(text)
            | Term::Pattern(text)
            | Term::Fuzzy(text, _)
            | Term::Regex(text) => text,
        };
        Node::Words(Phrase {
            text,
            form: phrase.form,
            slop: 0,
            quoted: false,
        })
    };
    terms.into_iter().map(word).collect()
}

/// The parts of a query that all have to match.
fn demanded(root: &Node) -> Vec<Node> {
    let item = |item: &Item| match item.occur {
        Occur::Not => Node::Not(Box::new(item.node.clone())),
        _ => item.node.clone(),
    };
    match root {
        Node::All => Vec::new(),
        Node::And(nodes) => nodes.iter().flat_map(demanded).collect(),
        Node::Group(items) => {
            let must = |i: &&Item| i.occur != Occur::Any || i.node.is_field();
            let mut parts: Vec<Node> = items.iter().filter(must).map(item).collect();
            let any: Vec<Item> = items.iter().filter(|i| !must(i)).cloned().collect();
            let words_demanded = items
                .iter()
                .any(|i| i.occur == Occur::Must && !i.node.is_field());
            match any.len() {
                _ if words_demanded => {}
                0 => {}
                1 => parts.insert(0, any[0].node.clone()),
                _ => parts.insert(0, Node::Group(any)),
            }
            parts
        }
        other => vec![other.clone()],
    }
}

fn fields(node: &Node, each: &mut impl FnMut(&Field)) {
    if let Node::Field(field) = node {
        each(field);
    }
    for part in node.parts() {
        fields(part, each);
    }
}

/// The options that were given, each as it is written and alone.
fn options(filters: &Filters) -> Vec<(String, Filters)> {
    let base = || Filters {
        date_field: filters.date_field,
        actor_only: filters.actor_only,
        ..Filters::default()
    };
    let mut options = Vec::new();
    for actor in &filters.actors {
        let actors = vec![actor.clone()];
        options.push((format!("--actor {actor}"), Filters { actors, ..base() }));
    }
    for (a, b) in &filters.dyads {
        let dyads = vec![(a.clone(), b.clone())];
        options.push((format!("--dyad {a},{b}"), Filters { dyads, ..base() }));
    }
    for place in &filters.places {
        let places = vec![place.clone()];
        options.push((format!("--place {place}"), Filters { places, ..base() }));
    }
    for (place, km) in &filters.near {
        let near = vec![(place.clone(), *km)];
        options.push((format!("--near {place},{km}km"), Filters { near, ..base() }));
    }
    for area in &filters.areas {
        let areas = vec![area.clone()];
        options.push((area.to_string(), Filters { areas, ..base() }));
    }
    if let Some(days) = filters.dates {
        let dates = Some(days);
        let text = format!("--on {}", Days::Within(days));
        options.push((text, Filters { dates, ..base() }));
    }
    if let Some(days) = filters.published {
        let published = Some(days);
        let text = format!("--published-from/--published-to {}", Days::Within(days));
        options.push((
            text,
            Filters {
                published,
                ..base()
            },
        ));
    }
    if let Some(folder) = &filters.root {
        let root = Some(folder.clone());
        options.push((format!("--in {folder}"), Filters { root, ..base() }));
    }
    options
}

/// The filters without one of the options.
fn without_option(filters: &Filters, options: &[(String, Filters)], out: usize) -> Filters {
    let mut rest = Filters {
        date_field: filters.date_field,
        actor_only: filters.actor_only,
        ..Filters::default()
    };
    for (n, (_, option)) in options.iter().enumerate() {
        if n != out {
            rest.actors.extend(option.actors.iter().cloned());
            rest.dyads.extend(option.dyads.iter().cloned());
            rest.places.extend(option.places.iter().cloned());
            rest.near.extend(option.near.iter().cloned());
            rest.areas.extend(option.areas.iter().cloned());
            rest.dates = rest.dates.or(option.dates);
            rest.published = rest.published.or(option.published);
            rest.root = rest.root.or(option.root.clone());
        }
    }
    rest
}

/// The first and the last day that a field of dates begins with.
fn extent(index: &Index, field: tantivy::schema::Field) -> Result<Option<(Date, Date)>> {
    let mut extent: Option<(Date, Date)> = None;
    for segment in index.searcher().segment_readers() {
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            if let Some((days, _)) = days::interval(terms.key()) {
                let (first, last) = extent.unwrap_or((days.start, days.end));
                extent = Some((first.min(days.start), last.max(days.end)));
            }
        }
    }
    Ok(extent)
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Area::Around { point, km } => write!(f, "--near {},{},{km}km", point.0, point.1),
            Area::Box {
                south_west: (south, west),
                north_east: (north, east),
            } => write!(f, "--bbox {south},{west},{north},{east}"),
        }
    }
}
