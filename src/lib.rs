//! Finds who did what, where and when in a folder of conflict reporting.
//!
//! ```
//! use belli::{gazetteer::Gazetteer, index::Index, ingest, query::Query, search};
//! # use std::sync::atomic::{AtomicBool, AtomicU64};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let (articles, index) = (folder.path().join("articles"), folder.path().join("index"));
//! # std::fs::create_dir(&articles)?;
//! # std::fs::write(articles.join("truce.txt"), "Truce broken\n\nAzeri forces broke the truce on 10 October 2020.\n")?;
//! # let sources = ingest::Sources::new(jiff::civil::date(2026, 1, 1));
//! # let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
//! let options = ingest::Options { sources: &sources, threads: 2, stop: &stop, done: &done };
//! ingest::index(&articles, &index, Gazetteer::builtin(), &options)?;
//!
//! let request = search::Request::new(Query::parse("who broke the truce")?);
//! let results = search::search(&Index::open(&index)?, Gazetteer::builtin(), &request)?;
//! assert_eq!(results.hits[0].article.path, "truce.txt");
//! # Ok(())
//! # }
//! ```
//!
//! # Data flow
//!
//! ```text
//! folder ─ walk ─ read ─ passage ─ extract ─ index ══ on disk ══ search ─ render ─ cli
//!                                     │                             │
//!                                 gazetteer ────────────────────────┤
//!                              (places, actors)                   query
//!        analysis (words, folding, stems, language) serves extract, index, search and gazetteer keys
//! ```
//!
//! # Rooms
//!
//! - [`walk`]: folders → source files in a fixed order, with everything that is left out said.
//! - [`read`]: bytes → articles with title, publication date and its source, and a map back to the bytes.
//! - [`passage`]: an article's body → whole-sentence passages that tile it.
//! - [`analysis`]: text → words, folded forms, stems, sentences, language.
//! - [`gazetteer`]: places and actors with their names, parents and points, compiled into the program.
//! - [`extract`]: text and publication date → actors, places and dates with the bytes that prove them.
//! - [`index`]: what is on disk, how it is written and what was indexed.
//! - [`ingest`]: the one orchestrator, and the report of every file's outcome.
//! - [`query`]: the query language, text ⇄ value.
//! - [`search`]: query and filters → ranked passages with spans.
//! - [`render`]: results → text, JSON Lines, TREC runs; the wire format is specified there.
//! - `cli` (of the binary): clap, terminal, environment, clock, exit status.
//!
//! # Invariants
//!
//! 1. Arrows point one way. Nothing but `cli` imports `ingest`, `render` or `cli`.
//! 2. Only `index` and `search` know tantivy; only `cli` knows clap, the environment, stdout, the
//!    terminal and the clock.
//! 3. Extraction and query parsing are pure functions of text; dates are [`jiff::civil::Date`];
//!    spans are byte ranges.
//! 4. A bad article is a line in the report, never an abort. A bad index is an error that says
//!    what to do.
//! 5. Same files, same gazetteer, same query: byte-identical output, with 1 thread or 16.
//! 6. The wire format lives in `render`; library types carry no serde derives for it (those of
//!    [`index::stored`] and of what is stored are the index's own).
//!
//! # Decisions, and what they rest on
//!
//! - **A passage is a document, an article a run of neighbouring documents in one segment**
//!   (written in one batch, kept together by merging). So filters and headlines can speak for the
//!   article without being written to every passage, and ranking sees an article whole. The price
//!   is an evaluator of our own ([`search`]) instead of tantivy's query objects.
//! - **Words are indexed once, folded and unstemmed, with positions.** The forms of a query word are
//!   looked up in the term dictionary by stem class when the query runs. Measured against stems in
//!   the index and against two fields: see the table in `benches/README.md`.
//! - **Match by tree, score by leaves.** A query is a tree that decides for each passage of an
//!   article; its words alone make the score. Spans come from the evaluation that matched. Sentences,
//!   paragraphs and spelling are looked up in the stored text of what the postings leave over: that
//!   costs such queries time, and the index nothing.
//! - **The query language is ours, and refuses rather than guesses.** Checked against a scan of every
//!   passage that is written from the definitions (`tests/it/reference`).
//! - **Leaf ids are indexed, hierarchies expanded when the query runs**, over the distinct ids of the
//!   index, so that a change of hierarchy needs no new index.
//! - **An interval is one term** (first day, last day, precision), so that the ends of two mentions
//!   never mix; a coordinate is the place's, found through its id.
//! - **BM25 measures length against a fixed passage, counts live passages only, and sums in the
//!   order of the query**, so that segments, deletions and records of files change no score.
//! - **Civil days, never timestamps**: the order-preserving number of [`index::days::day`].

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that panics has failed")
)]

pub mod analysis;
pub mod error;
pub mod extract;
pub mod gazetteer;
pub mod index;
pub mod ingest;
pub mod passage;
pub mod query;
pub mod read;
pub mod render;
pub mod search;
pub mod walk;

pub use error::{Error, Result};
