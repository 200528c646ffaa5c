//! What was typed: the clap structs, and nothing decided.

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
    /// Use the index in this folder.
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = "index",
        env = "BELLI_INDEX"
    )]
    pub index: PathBuf,
}

/// What shapes the reading of articles.
#[derive(Debug, Args)]
pub struct Reading {
    /// Take publication dates (and titles, sources, addresses, languages) from a CSV file with the
    /// columns path,published[,title,source,url,lang]; paths relative to the folder given.
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
    /// Take this as the publication date of every article: 2020-10-11, 2020-10 or 2020.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Read 10/11/2020 as this order says, whatever the article looks like.
    #[arg(long, value_enum, default_value_t = Order::Auto)]
    pub date_order: Order,
    /// Read hidden files and folders too.
    #[arg(long)]
    pub hidden: bool,
    /// Do not honour .gitignore and .belliignore files.
    #[arg(long)]
    pub no_ignore: bool,
    /// Follow symbolic links.
    #[arg(long)]
    pub follow: bool,
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
    /// Only articles with this in their path; `*` and `?` make it a pattern for the whole path.
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

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words to find any of; "a phrase"; +must; -not; AND, OR, NEAR/5 and more (see --help). With
    /// filters alone it may be left out.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub index: IndexPath,
    /// Bring the index up to date with this folder first.
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub asking: Asking,
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
    /// Show how the query was read and what each part of it finds; where nothing is found it is
    /// shown anyway.
    #[arg(long)]
    pub explain_query: bool,
    /// With --json: end with a line {"summary": …} that says how much was found, and why not more.
    #[arg(long)]
    pub summary: bool,
    /// Give up a query after so many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<f64>,
    /// Run the queries of a file, one a line: id, a tab, the query. `-` reads standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub batch: Option<PathBuf>,
    #[command(flatten)]
    pub widening: Widening,
    /// Keep passages that say nearly the same with the best of them; text always does.
    #[arg(long)]
    pub collapse: bool,
    /// Show what each score is made of; JSON always does.
    #[arg(long)]
    pub explain: bool,
    /// With --format trec: rank passages, not articles.
    #[arg(long)]
    pub per_passage: bool,
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
  truce  \"red cross\"  Al-Shabaab    a word in any form; words in order
  \"red cross\"~3                    the words at most 3 places out of order
  =Truce  =\"Red Cross\"             as written: case, accents, ending
  shell*  *bomb*  wom?n             any letters; one letter (? inside a word, or in one with *)
  attaked~1  /mort(ar|ier)s?/       one or two letters wrong; a whole word by regular expression
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

fn seconds(written: &str) -> Result<f64, String> {
    match written.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= 1e6 => Ok(seconds),
        _ => Err("write a number of seconds above 0".to_owned()),
    }
}

fn at_least_one(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(0) | Err(_) => Err("write a whole number from 1 on".to_owned()),
        Ok(number) => Ok(number),
    }
}
