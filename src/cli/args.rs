//! What was typed: the clap structs, and nothing decided.

mod asking;
mod counting;

pub use asking::{Asking, Dates, Question, Unit, Widening};
pub use counting::{By, CountArgs, Counted, FacetsArgs, KwicArgs, ShowArgs, Table, TimelineArgs};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Find who did what, where and when in a folder of conflict reporting.
#[derive(Debug, Parser)]
#[command(
    name = "belli",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(after_help = "Examples:
  belli index corpus                                   index a folder into ./index
  belli search \"who broke the ceasefire\" --actor Azerbaijan --place Karabakh --from 2020-10-10
  belli search --in corpus '\"exchange of the dead\" -football' --json
  belli search -- '-ceasefire +truce'                  -- ends the options

Exit status: 0 found or done, 1 nothing found, 2 error, 3 done but some files or queries failed,
130 stopped by Ctrl-C.")]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
    /// Colour the output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Print nothing on stderr but errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Bring the index up to date with folders of articles.
    Index(IndexArgs),
    /// Find passages.
    #[command(after_long_help = GRAMMAR)]
    Search(Box<SearchArgs>),
    /// Count what matches: passages, articles, occurrences.
    Count(Box<CountArgs>),
    /// Show every occurrence in its context, one a line, the keywords below each other.
    Kwic(Box<KwicArgs>),
    /// Count the values of a field in what matches: actors, countries, months, sources …
    Facets(Box<FacetsArgs>),
    /// Count what matches by day, week, month or year.
    Timeline(Box<TimelineArgs>),
    /// Show an article or a passage as it was indexed, with what it names.
    Show(ShowArgs),
    /// Measure the ranking against judgements of your own.
    Eval(Box<EvalArgs>),
    /// Show the actors, places and dates that articles name, without an index.
    Extract(ExtractArgs),
    /// Show actors: their names, what they belong to, how often the index names them.
    Actors(EntriesArgs),
    /// Show places: their names, where they lie, how often the index names them.
    Places(EntriesArgs),
    /// Show what is in the index.
    Status(StatusArgs),
    /// Show version, sources of data and their licences.
    About,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Where the index lies.
#[derive(Debug, Args)]
pub struct IndexPath {
    /// Use the index in this folder; without it, the one that BELLI_INDEX names.
    #[arg(long, value_name = "FOLDER", default_value_os_t = usual_index())]
    pub index: PathBuf,
}

/// The index that the environment names, where it names one.
fn usual_index() -> PathBuf {
    let named = std::env::var_os("BELLI_INDEX").filter(|name| !name.is_empty());
    named.map_or_else(|| PathBuf::from("index"), PathBuf::from)
}

/// What shapes the reading of articles.
#[derive(Debug, Args)]
pub struct Reading {
    /// Take publication dates (and titles, sources, addresses, languages) from a CSV file with the
    /// columns path,published[,title,source,url,lang]; paths relative to the folder given; `none` gives
    /// it up.
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Add places of your own: a sheet (name, lat, lon, aliases …) or a dump of GeoNames. Kept with
    /// the index, together with --actors and --overrides; `none` takes all of them out.
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// Add, merge and split actors: a sheet (name, aliases, merges …) or a PETRARCH dictionary.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// Say what written names mean in a part of the corpus: name, scope, id, between tabs.
    #[arg(long, value_name = "FILE")]
    pub overrides: Vec<PathBuf>,
    /// Take this as the publication date of every article: 2020-10-11, 2020-10 or 2020; `none` gives it up.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Read 10/11/2020 as this order says, whatever the article looks like.
    #[arg(long, value_enum)]
    pub date_order: Option<Order>,
    /// Read hidden files and folders too; like all that shapes the reading, it stays with the folder
    /// until another is given (`--hidden=false`).
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub hidden: Option<bool>,
    /// Do not honour .gitignore and .belliignore files.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub no_ignore: Option<bool>,
    /// Follow symbolic links.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub follow: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Auto,
    Dmy,
    Mdy,
}

#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Folders of articles, or single files.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub index: IndexPath,
    #[command(flatten)]
    pub reading: Reading,
    /// Read and extract with so many threads [default: one a core].
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Start over: remove the index first. Articles are never touched.
    #[arg(long)]
    pub rebuild: bool,
    /// Take these folders out of the index; the articles stay where they are.
    #[arg(long, conflicts_with_all = ["rebuild", "manifest", "published"])]
    pub forget: bool,
}

#[derive(Debug, Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub question: Question,
    /// Find passages like this one, in other articles: path#N, or path for the whole article. With a
    /// query too, only those that match it.
    #[arg(long, value_name = "PATH#N", conflicts_with = "batch")]
    pub like: Option<String>,
    /// Return at most so many hits.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, value_parser = at_least_one)]
    pub limit: usize,
    /// Return at most so many hits of one article.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub per_article: Option<usize>,
    /// Print hits as this.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Short for --format json: JSON Lines, one hit a line.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// With --json: end with a line {"summary": …} that says how much was found, and why not more.
    #[arg(long)]
    pub summary: bool,
    /// Run the queries of a file, one a line: id, a tab, the query. `-` reads standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub batch: Option<PathBuf>,
    /// Keep passages that say nearly the same with the best of them; text always does.
    #[arg(long)]
    pub collapse: bool,
    /// Search twice: the second time for the words too that tell most of what was found first.
    /// For finding all there is on a matter, not the one report that was meant.
    #[arg(long, conflicts_with = "like")]
    pub expand: bool,
    /// Show what each score is made of; JSON always does.
    #[arg(long)]
    pub explain: bool,
    /// With --format trec: rank passages, not articles.
    #[arg(long)]
    pub per_passage: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Trec,
}

#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Run the queries of this file, one a line: id, a tab, the query. `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    pub queries: PathBuf,
    /// Take the judgements from this file, one a line: query id, anything, id, grade (0: not relevant).
    #[arg(long, value_name = "FILE")]
    pub qrels: PathBuf,
    #[command(flatten)]
    pub index: IndexPath,
    #[command(flatten)]
    pub asking: Asking,
    #[command(flatten)]
    pub widening: Widening,
    /// Leave this part of the ranking out, to see what it brings; repeat to leave out several.
    #[arg(long, value_name = "PART", value_parser = clap::builder::PossibleValuesParser::new(belli::search::Model::PARTS))]
    pub without: Vec<String>,
    /// Search twice, as `belli search --expand` does.
    #[arg(long)]
    pub expand: bool,
    /// Rank articles (id: path) or passages (id: path#N, or path:START-END in bytes).
    #[arg(long, value_enum, default_value_t = Unit::Article)]
    pub unit: Unit,
    /// Look at so many of each query's best.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1000, value_parser = at_least_one)]
    pub limit: usize,
    /// Write the ranking to this file, as a TREC run.
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,
    /// Print JSON Lines, one query a line, the mean last.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Files, or folders of articles.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Print JSON Lines, one article a line.
    #[arg(long)]
    pub json: bool,
    /// Show which places a name may mean, with the score of each in the article.
    #[arg(long, conflicts_with = "json")]
    pub explain: bool,
}

#[derive(Debug, Args)]
pub struct EntriesArgs {
    /// A name or an id; without one, all that the index names, the most frequent first.
    #[arg(value_name = "NAME")]
    pub name: Vec<String>,
    #[command(flatten)]
    pub index: IndexPath,
    /// Add and merge actors first, on top of what the index keeps.
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// Show at most so many.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50, value_parser = at_least_one)]
    pub limit: usize,
    /// Print JSON Lines, one entry a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub index: IndexPath,
    /// Print one JSON line.
    #[arg(long)]
    pub json: bool,
}

/// The query language in short, for `belli search --help`.
const GRAMMAR: &str = "\
The query language, from the tightest to the loosest; operators are written in capitals:
  truce  \"red cross\"  Al-Shabaab    a word in any form (small ones, as be, as
                                    typed); words in order
  \"red cross\"~3                    the words at most 3 places out of order
  =Truce  =\"Red Cross\"             as written: case, accents, ending
  shell*  *bomb*  wom?n             any letters; one letter (? inside a word, or in one with *)
  attaked~1  /mort(ar|ier)s?/       one or two letters wrong; a whole word by regular expression,
                                    whatever its case, accents and apostrophes
  lead(a)  title:a  atleast3(a)     in headline or first paragraph; in the headline; three times
  actor: place: date: published: source: lang: path:
                                    as the options of these names; actor:none, date:2020-10..2020-12
  (…)  a^2                          brackets; twice the weight
  a b  +a  -a                       any of neighbouring words; demanded; forbidden
  a NEAR/5 b  a ADJ/5 b             at most 5 words apart (1: side by side), any order or this one
  a /s b  a /p b                    in one sentence, in one paragraph
  NOT a    a AND b    a NOT b       not; both; the first without the second
  a OR b                            either
Neighbouring words bind tightest, then NEAR and its like, NOT, AND, OR. Words hold in a passage,
fields in the article. Plain text needs no care: only these are syntax, and -F switches them off.
In a query all in capitals AND, OR and NOT are words.";

/// Columns of context: more would be a text, not a line.
fn a_width(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(number @ 1..=10_000) => Ok(number),
        _ => Err("write a whole number from 1 to 10000".to_owned()),
    }
}

fn at_least_one(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(0) | Err(_) => Err("write a whole number from 1 on".to_owned()),
        Ok(number) => Ok(number),
    }
}
