//! `belli facets`: the values of a field in what matches, the most frequent first.

use super::Outcome;
use super::args::{Counted, FacetsArgs, Table};
use super::question::Question;
use anyhow::Result;
use belli::render::facets::{self as render, Row};
use belli::search::{Described, Facet, Which, describe, facets};
use clap::ValueEnum;
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: FacetsArgs, quiet: bool) -> Result<Outcome> {
    let question = Question::open(&args.question, quiet)?;
    let (index, gazetteer) = (&question.index, &question.gazetteer);
    let facet = facet(args.field);
    let (values, found) = facets(index, gazetteer, &question.request, facet)?;
    let shown = &values[..values.len().min(args.limit)];
    let which = match facet {
        Facet::Actor => Some(Which::Actors),
        Facet::Place => Some(Which::Places),
        _ => None,
    };
    let ids: Vec<&str> = shown.iter().map(|v| v.value.as_str()).collect();
    let described: Vec<Option<Described>> = match which {
        Some(which) => describe(index, gazetteer, which, &ids)?
            .into_iter()
            .map(Some)
            .collect(),
        None => vec![None; shown.len()],
    };
    let row = |(valued, described)| Row {
        valued,
        described: Option::as_ref(described),
    };
    let rows: Vec<Row> = shown.iter().zip(&described).map(row).collect();
    let named = args.field.to_possible_value();
    let field = named.as_ref().map_or("", |v| v.get_name());
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.table.format() {
        Table::Json => render::json(&mut out, field, &rows)?,
        Table::Csv => render::csv(&mut out, which.is_some(), &rows)?,
        Table::Text => render::text(&mut out, field, &rows)?,
    }
    out.flush()?;
    question.note(None, &found.notes, &found.unknown);
    question.explain(None, found.passages, false)?;
    question.note_undated(None, found.undated);
    if !quiet && found.passages > 0 {
        let (passages, articles) = (found.passages, found.articles);
        say!(
            "{} values in {passages} passages of {articles} articles",
            values.len()
        );
        if values.len() > shown.len() {
            say!("{} more; --limit shows them", values.len() - shown.len());
        }
    }
    Ok(match values.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Found,
    })
}

fn facet(field: Counted) -> Facet {
    match field {
        Counted::Actor => Facet::Actor,
        Counted::ActorKind => Facet::ActorKind,
        Counted::ActorCountry => Facet::ActorCountry,
        Counted::Place => Facet::Place,
        Counted::PlaceKind => Facet::PlaceKind,
        Counted::PlaceCountry => Facet::PlaceCountry,
        Counted::Country => Facet::Country,
        Counted::Date => Facet::Date,
        Counted::Published => Facet::Published,
        Counted::Source => Facet::Source,
        Counted::Lang => Facet::Lang,
        Counted::Path => Facet::Path,
    }
}
