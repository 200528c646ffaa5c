//! What every verb that asks an index takes: the query, what articles must carry, where to look.
//!
//! Not for what is done with what is found.

use super::IndexPath;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// A query and where to ask it.
#[derive(Debug, Args)]
pub struct Question {
    /// Words to find any of; "a phrase"; +must; -not; AND, OR, NEAR/5 and more (see `belli search
    /// --help`). With filters alone it may be left out.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub index: IndexPath,
    /// Bring the index up to date with this folder first.
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub asking: Asking,
    #[command(flatten)]
    pub widening: Widening,
    /// Show how the query was read and what each part of it finds; where nothing is found it is
    /// shown anyway.
    #[arg(long)]
    pub explain_query: bool,
    /// Give up a query after so many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<f64>,
}

/// How queries are read, and what articles must carry beside their words.
#[derive(Debug, Args)]
pub struct Asking {
    /// Take every character of the query as it is.
    #[arg(long, short = 'F')]
    pub fixed: bool,
    /// Only articles that name this actor or what belongs to it; repeat to demand several.
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    /// Add and merge actors for this search, on top of what the index keeps.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// Only passages that name both actors, those where they stand closest first.
    #[arg(long, value_name = "A,B")]
    pub dyad: Vec<String>,
    /// Only the actors themselves, not what belongs to them.
    #[arg(long)]
    pub actor_only: bool,
    /// Only articles that name this place or one in it; repeat to demand several.
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,
    /// Only articles that name a place near this one: "Goma,50km" or 48.6,38.0,25km.
    #[arg(long, value_name = "PLACE,KM", allow_hyphen_values = true)]
    pub near: Vec<String>,
    /// Only articles that name a place in this box: south,west,north,east in degrees.
    #[arg(long, value_name = "S,W,N,E", allow_hyphen_values = true)]
    pub bbox: Vec<String>,
    /// Only articles that speak of, or were published on, this day or a later one.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Only articles that speak of, or were published on, this day or an earlier one.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only articles that speak of, or were published in, this day, month, year or range.
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    pub on: Option<String>,
    /// Look at dates that the text names, at the publication date, or at any of them.
    #[arg(long, value_enum, default_value_t = Dates::Any)]
    pub date_field: Dates,
    /// Only articles published on this day or later.
    #[arg(long, value_name = "DATE")]
    pub published_from: Option<String>,
    /// Only articles published on this day or earlier.
    #[arg(long, value_name = "DATE")]
    pub published_to: Option<String>,
    /// Only articles from this source, as their metadata state it: a word of its name will do.
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,
    /// Only articles in this language, by its code: en, ru, ar, …
    #[arg(long, value_name = "CODE")]
    pub lang: Vec<String>,
    /// Only articles with this in their path; `*` and `?` make it a pattern for the whole path, `=`
    /// before it the whole path itself.
    #[arg(long, value_name = "PART")]
    pub path: Vec<String>,
    /// Let words stand together in a passage, or anywhere in an article.
    #[arg(long, value_enum, default_value_t = Unit::Passage)]
    pub scope: Unit,
    /// Let filters be carried by the article, or demand them of the passage itself.
    #[arg(long, value_enum, default_value_t = Unit::Article)]
    pub within: Unit,
}

/// What plain words stand for beside themselves.
#[derive(Debug, Args)]
pub struct Widening {
    /// Take the groups of synonyms of this file too: one a line, words with tabs between them.
    #[arg(long, value_name = "FILE", conflicts_with = "no_synonyms")]
    pub synonyms: Option<PathBuf>,
    /// Look for the words typed and other names of what they name, not for synonyms.
    #[arg(long)]
    pub no_synonyms: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    Passage,
    Article,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    Event,
    Published,
    Any,
}

fn seconds(written: &str) -> Result<f64, String> {
    match written.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= 1e6 => Ok(seconds),
        _ => Err("write a number of seconds above 0".to_owned()),
    }
}
