//! An article as it was indexed, with what each passage names: as text with labels under it, and as
//! JSON Lines; specified in [`crate::render`].

use super::json::{ActorValue, PublishedValue, actor, object, passage_id, published};
use super::labels::{self, Label};
use super::text::one_line;
use crate::extract::Named;
use crate::index::stored::StoredDate;
use crate::index::writer::article_id;
use crate::search::Shown;
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;

#[derive(Serialize)]
struct ArticleLine<'a> {
    id: String,
    root: &'a str,
    path: &'a str,
    record: Option<usize>,
    title: &'a str,
    published: Option<PublishedValue<'a>>,
    source: Option<&'a str>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    lang_confidence: Option<f64>,
    passages: Vec<PassageValue<'a>>,
}

#[derive(Serialize)]
struct PassageValue<'a> {
    id: String,
    line: Option<usize>,
    bytes: Option<(usize, usize)>,
    text: &'a str,
    actors: Vec<EntryValue<'a>>,
    places: Vec<EntryValue<'a>>,
    dates: Vec<DateValue<'a>>,
}

#[derive(Serialize)]
struct EntryValue<'a> {
    #[serde(flatten)]
    entry: ActorValue<'a>,
    lat: Option<f32>,
    lon: Option<f32>,
    mentions: Vec<MentionValue<'a>>,
}

#[derive(Serialize)]
struct MentionValue<'a> {
    start: usize,
    end: usize,
    bytes: Option<(usize, usize)>,
    text: &'a str,
}

#[derive(Serialize)]
struct DateValue<'a> {
    start: Option<String>,
    end: Option<String>,
    precision: &'a str,
    basis: &'a str,
    mention: Option<MentionValue<'a>>,
}

/// Writes some passages of one article as a JSON line.
pub fn json(out: &mut impl Write, passages: &[Shown]) -> io::Result<()> {
    let Some(first) = passages.first() else {
        return Ok(());
    };
    let article = &first.hit.article;
    let line = ArticleLine {
        id: article_id(article),
        root: &article.root,
        path: &article.path,
        record: article.record,
        title: &article.title,
        published: published(article),
        source: article.source.as_deref(),
        author: article.author.as_deref(),
        url: article.url.as_deref(),
        lang: article.lang.as_deref(),
        lang_confidence: article.lang_confidence,
        passages: passages.iter().map(passage).collect(),
    };
    object(out, &line)
}

fn passage(shown: &Shown) -> PassageValue<'_> {
    let hit = &shown.hit;
    PassageValue {
        id: passage_id(&hit.article, hit.ordinal),
        line: hit.line,
        bytes: hit.bytes,
        text: &hit.text,
        actors: hit.actors.iter().map(|n| entry(shown, n)).collect(),
        places: hit.places.iter().map(|n| entry(shown, n)).collect(),
        dates: hit
            .dates
            .iter()
            .map(|date| DateValue {
                start: date.days.map(|d| d.start.to_string()),
                end: date.days.map(|d| d.end.to_string()),
                precision: date.precision.as_str(),
                basis: date.basis.as_str(),
                mention: date.span.map(|(start, end)| mention(shown, start..end)),
            })
            .collect(),
    }
}

fn entry<'a>(shown: &'a Shown, named: &'a Named) -> EntryValue<'a> {
    let mentions = named.mentions.iter().cloned();
    EntryValue {
        entry: actor(named),
        lat: named.point.map(|p| p.0),
        lon: named.point.map(|p| p.1),
        mentions: mentions.map(|range| mention(shown, range)).collect(),
    }
}

fn mention(shown: &Shown, range: Range<usize>) -> MentionValue<'_> {
    MentionValue {
        start: range.start,
        end: range.end,
        bytes: shown.bytes_of(&range),
        text: &shown.hit.text[range],
    }
}

/// Writes some passages of one article for people: what is known of it, then each passage, broken at
/// `width` columns, with the labels of its mentions.
pub fn text(out: &mut impl Write, width: usize, passages: &[Shown]) -> io::Result<()> {
    let Some(first) = passages.first() else {
        return Ok(());
    };
    let article = &first.hit.article;
    let title = match article.title.is_empty() {
        true => "(no title)".to_owned(),
        false => one_line(&article.title),
    };
    writeln!(out, "{title}  {}", super::text::published(article))?;
    let lang = article
        .lang
        .as_ref()
        .map(|lang| match article.lang_confidence {
            Some(sure) => format!("{lang} (detected, {sure:.2})"),
            None => format!("{lang} (stated)"),
        });
    for (label, value) in [
        ("source", article.source.as_deref()),
        ("author", article.author.as_deref()),
        ("address", article.url.as_deref()),
        ("language", lang.as_deref()),
        ("folder", Some(article.root.as_str())),
    ] {
        if let Some(value) = value {
            writeln!(out, "   {label}: {}", one_line(value))?;
        }
    }
    for shown in passages {
        let hit = &shown.hit;
        let line = hit.line.map_or(String::new(), |l| format!(", line {l}"));
        let bytes = hit.bytes;
        let bytes = bytes.map_or(String::new(), |(start, end)| {
            format!(", bytes {start}–{end}")
        });
        let id = one_line(&passage_id(&hit.article, hit.ordinal));
        writeln!(out, "\n== {id}{line}{bytes}")?;
        let (inside, of_headline) = labelled(shown);
        for label in of_headline {
            writeln!(out, "headline: {label}")?;
        }
        labels::lines(out, &hit.text, Some(width), inside)?;
    }
    writeln!(out)
}

/// The labels of a passage's mentions, and those of what only the headline names.
fn labelled(shown: &Shown) -> (Vec<Label>, Vec<String>) {
    let hit = &shown.hit;
    let (mut inside, mut of_headline) = (Vec::new(), Vec::new());
    for (what, list) in [("actor", &hit.actors), ("place", &hit.places)] {
        for n in list {
            let label = labels::entry(what, &n.id, &n.name, &n.kind, n.country.as_deref());
            if n.mentions.is_empty() {
                of_headline.push(label.clone());
            }
            inside.extend(n.mentions.iter().map(|m| (m.clone(), label.clone())));
        }
    }
    for StoredDate {
        days,
        precision,
        basis,
        span,
    } in &hit.dates
    {
        let days = days.map(|d| (d.start.to_string(), d.end.to_string()));
        let days = days.as_ref().map(|(start, end)| (&**start, &**end));
        let label = labels::date(days, precision.as_str(), basis.as_str());
        match span {
            Some((start, end)) => inside.push((*start..*end, label)),
            None => of_headline.push(label),
        }
    }
    (inside, of_headline)
}
