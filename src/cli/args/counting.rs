//! What the verbs take that count and show instead of ranking.

use super::{IndexPath, Question, a_width, at_least_one};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CountArgs {
    #[command(flatten)]
    pub question: Question,
    /// Count for each query of a file, one a line: id, a tab, the query. `-` reads standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub batch: Option<PathBuf>,
    /// Print JSON Lines, one query a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct KwicArgs {
    #[command(flatten)]
    pub question: Question,
    /// Show so many columns on each side of the keyword.
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = a_width)]
    pub width: usize,
    /// Sort by words to the left and right of the keyword (L1 is the one before it, R2 the second
    /// behind it), by path or by date of publication: L1,R1,date. All of it is held in memory then.
    #[arg(long, value_name = "KEYS")]
    pub sort: Option<String>,
    /// Show at most so many [default: all].
    #[arg(long, short = 'n', value_name = "N", value_parser = at_least_one)]
    pub limit: Option<usize>,
    /// Print JSON Lines, one occurrence a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Ids: `path` of an article in its folder, `path!R` of a record, `path#N` of a passage. The
    /// path of a file on disk will do.
    #[arg(required = true, value_name = "PATH[!R][#N]")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub index: IndexPath,
    /// Add and merge actors first, on top of what the index keeps.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// Print JSON Lines, one article a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct FacetsArgs {
    /// What to count the values of: of the passages that match, or of their articles.
    #[arg(value_name = "FIELD", value_enum)]
    pub field: Counted,
    #[command(flatten)]
    pub question: Question,
    /// Show at most so many values.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50, value_parser = at_least_one)]
    pub limit: usize,
    #[command(flatten)]
    pub table: TableFormat,
}

/// A field whose values can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counted {
    /// Actors, with kind and country.
    Actor,
    /// Kinds of actors.
    #[value(alias = "kind")]
    ActorKind,
    /// Countries of actors.
    ActorCountry,
    /// Places, with kind and country.
    Place,
    /// Kinds of places.
    PlaceKind,
    /// Countries of places.
    PlaceCountry,
    /// Countries of actors or places.
    Country,
    /// Months that event dates begin in.
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

#[derive(Debug, Args)]
pub struct TimelineArgs {
    #[command(flatten)]
    pub question: Question,
    /// Count by day, week (from Monday on), month or year. Dates count where they begin; longer
    /// ones do not count. --date-field published counts by publication, else event dates count.
    #[arg(long, value_enum, default_value_t = By::Month)]
    pub by: By,
    #[command(flatten)]
    pub table: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Day,
    Week,
    Month,
    Year,
}

/// How a table is printed.
#[derive(Debug, Args)]
pub struct TableFormat {
    /// Print the table as this.
    #[arg(long, value_enum, default_value_t = Table::Text)]
    format: Table,
    /// Short for --format json: JSON Lines, one row a line.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl TableFormat {
    /// The format that was asked for.
    pub fn format(&self) -> Table {
        if self.json { Table::Json } else { self.format }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    Text,
    Json,
    Csv,
}
