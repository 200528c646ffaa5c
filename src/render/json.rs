//! Hits as JSON Lines; the format is specified in [`crate::render`].

use crate::extract::Named;
use crate::index::stored::StoredArticle;
use crate::index::writer::article_id;
use crate::search::Hit;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct HitLine<'a> {
    rank: usize,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    id: String,
    root: &'a str,
    path: &'a str,
    line: Option<usize>,
    bytes: Option<(usize, usize)>,
    title: &'a str,
    title_spans: Vec<(usize, usize)>,
    published: Option<PublishedValue<'a>>,
    source: Option<&'a str>,
    lang: Option<&'a str>,
    lang_confidence: Option<f64>,
    passage: &'a str,
    spans: Vec<(usize, usize)>,
    matches: Vec<MatchValue<'a>>,
    actors: Vec<ActorValue<'a>>,
    places: Vec<PlaceValue<'a>>,
    dates: Vec<DateValue<'a>>,
    parts: PartsValue,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<String>,
}

#[derive(Serialize)]
struct PartsValue {
    carried: Option<f64>,
    own: f64,
    neighbours: f64,
    article: f64,
    headline: f64,
    near: f64,
}

/// A publication date on the wire.
#[derive(Serialize)]
pub(super) struct PublishedValue<'a> {
    pub date: &'a str,
    pub end: &'a str,
    pub precision: &'a str,
    pub from: &'a str,
}

#[derive(Serialize)]
struct MatchValue<'a> {
    start: usize,
    end: usize,
    bytes: Option<(usize, usize)>,
    clause: &'a str,
}

#[derive(Serialize)]
pub(super) struct ActorValue<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    country: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceValue<'a> {
    #[serde(flatten)]
    entry: ActorValue<'a>,
    lat: Option<f32>,
    lon: Option<f32>,
}

#[derive(Serialize)]
struct DateValue<'a> {
    start: Option<String>,
    end: Option<String>,
    precision: &'a str,
}

/// The id of a passage: `path#N`.
pub fn passage_id(article: &StoredArticle, ordinal: usize) -> String {
    format!("{}#{ordinal}", article_id(article))
}

/// What text and runs cite a hit's article by: its id, below its root where others have the same.
pub(super) fn cited(hit: &Hit) -> String {
    let id = article_id(&hit.article);
    match &hit.below {
        Some(root) => format!("{root}/{id}"),
        None => id,
    }
}

/// Writes one hit.
pub fn hit(out: &mut impl Write, rank: usize, qid: Option<&str>, hit: &Hit) -> io::Result<()> {
    let spans =
        |ranges: &[std::ops::Range<usize>]| ranges.iter().map(|r| (r.start, r.end)).collect();
    let article = &hit.article;
    let line = HitLine {
        rank,
        score: hit.score,
        qid,
        id: passage_id(article, hit.ordinal),
        root: &article.root,
        path: &article.path,
        line: hit.line,
        bytes: hit.bytes,
        title: &article.title,
        title_spans: spans(&hit.title_spans),
        published: published(article),
        source: article.source.as_deref(),
        lang: article.lang.as_deref(),
        lang_confidence: article.lang_confidence,
        passage: &hit.text,
        spans: spans(&hit.spans),
        matches: hit
            .matches
            .iter()
            .map(|m| MatchValue {
                start: m.range.start,
                end: m.range.end,
                bytes: m.bytes,
                clause: &m.clause,
            })
            .collect(),
        actors: hit.actors.iter().map(actor).collect(),
        places: hit
            .places
            .iter()
            .map(|p| PlaceValue {
                entry: actor(p),
                lat: p.point.map(|p| p.0),
                lon: p.point.map(|p| p.1),
            })
            .collect(),
        dates: hit
            .dates
            .iter()
            .map(|d| DateValue {
                start: d.days.map(|d| d.start.to_string()),
                end: d.days.map(|d| d.end.to_string()),
                precision: d.precision.as_str(),
            })
            .collect(),
        parts: PartsValue {
            carried: hit.parts.carried,
            own: hit.parts.own,
            neighbours: hit.parts.neighbours,
            article: hit.parts.article,
            headline: hit.parts.headline,
            near: hit.parts.near,
        },
        copies: hit
            .copies
            .iter()
            .map(|copy| passage_id(&copy.article, copy.ordinal))
            .collect(),
    };
    object(out, &line)
}

pub(super) fn published(article: &StoredArticle) -> Option<PublishedValue<'_>> {
    let (date, end, precision, from) = article.published.as_ref()?;
    Some(PublishedValue {
        date,
        end,
        precision,
        from,
    })
}

/// Writes one object and a line break.
pub(super) fn object(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(super) fn actor(named: &Named) -> ActorValue<'_> {
    ActorValue {
        id: &named.id,
        name: &named.name,
        kind: &named.kind,
        country: named.country.as_deref(),
    }
}
