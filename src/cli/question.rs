//! A question: what was typed → an opened index, its gazetteer and a request, for every verb that asks.
//!
//! What is to be said of the way a request was read, and why it finds nothing, is said here too. Not
//! for what is done with the answer.

use super::args::{self, Asking};
use super::watch::Watch;
use super::{config, index, own};
use anyhow::{Result, anyhow};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::ingest::Sources;
use belli::query::{Field, Query, Value};
use belli::render;
use belli::search::{Diagnosis, Request, Unknown, diagnose};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::Arc;

/// An index and what it is asked.
pub struct Question {
    // Closing it is left to the system, which does so at once when the program ends.
    pub index: ManuallyDrop<Index>,
    pub gazetteer: Gazetteer,
    pub request: Request,
    pub quiet: bool,
    explain: bool,
    timeout: Option<f64>,
    // It ends the request when it is time, as long as it is held.
    watch: Watch,
}

impl Question {
    /// Reads what was typed and opens the index; brings it up to date first where that was asked for.
    pub fn open(asked: &args::Question, quiet: bool) -> Result<Question> {
        Question::over(Index::open_once, asked, quiet)
    }

    /// The same, to ask something else with [`Question::ask`] afterwards.
    pub fn open_for_many(asked: &args::Question, quiet: bool) -> Result<Question> {
        Question::over(Index::open, asked, quiet)
    }

    fn over(
        open: impl FnOnce(&Path) -> belli::Result<Index>,
        asked: &args::Question,
        quiet: bool,
    ) -> Result<Question> {
        let mut filters = config::filters(&asked.asking)?;
        let query = read(&asked.asking, &asked.query.join(" "))?;
        let widen = config::synonyms(&asked.widening)?;
        if let Some(folder) = &asked.folder {
            filters.root = Some(bring_up_to_date(folder, &asked.index.index, quiet)?);
        }
        let index = open(&asked.index.index)?;
        let gazetteer = own::of_search(&index, &asked.asking.actors)?;
        let watch = Watch::start(asked.timeout);
        let request = Request {
            filters,
            scope: config::scope(&asked.asking),
            within_passage: config::within_passage(&asked.asking),
            widen: Some(widen),
            stop: Arc::clone(&watch.stop),
            ..Request::new(query)
        };
        Ok(Question {
            index: ManuallyDrop::new(index),
            gazetteer,
            request,
            quiet,
            explain: asked.explain_query,
            timeout: asked.timeout,
            watch,
        })
    }

    /// Asks something else from now on, and starts counting its time.
    pub fn ask(&mut self, query: Query) {
        self.watch = Watch::start(self.timeout);
        self.request.stop = Arc::clone(&self.watch.stop);
        self.request.query = query;
    }

    /// Says how the request was read, and which of its words no passage has.
    pub fn note(&self, qid: Option<&str>, notes: &[String], unknown: &[Unknown]) {
        if !self.quiet {
            let all = self.request.query.notes.iter().chain(notes);
            all.for_each(|note| say_of(qid, note));
            let unknown = unknown.iter().map(render::diagnosis::unknown);
            unknown.for_each(|word| say_of(qid, &word));
        }
    }

    /// Says how many passages a filter left out because their articles have no date.
    pub fn note_undated(&self, qid: Option<&str>, passages: u64) {
        if !self.quiet && passages > 0 {
            let why = "were left out because their articles have no date";
            say_of(qid, &format!("{passages} passages {why}"));
        }
    }

    /// Finds out and says why the request finds what it finds, where that was asked for or it finds
    /// nothing. With `always`, finds out even if nothing is to be said.
    pub fn explain(
        &self,
        qid: Option<&str>,
        passages: u64,
        always: bool,
    ) -> Result<Option<Diagnosis>> {
        let wanted = self.explain || passages == 0;
        if !(wanted && (always || !self.quiet)) {
            return Ok(None);
        }
        let diagnosis = diagnose(&self.index, &self.gazetteer, &self.request)?;
        if !self.quiet {
            let mut text = Vec::new();
            render::diagnosis::text(&mut text, &diagnosis)?;
            let text = String::from_utf8_lossy(&text);
            text.lines().for_each(|line| say_of(qid, line));
        }
        Ok(Some(diagnosis))
    }
}

fn say_of(qid: Option<&str>, line: &str) {
    match qid {
        Some(qid) => say!("{qid}: {line}"),
        None => say!("{line}"),
    }
}

/// Indexes what is new in a folder, with the settings it was indexed with before; returns the root.
///
/// An index that cannot be written, or is being written, is searched as it stands.
fn bring_up_to_date(folder: &Path, index: &Path, quiet: bool) -> Result<String> {
    let (root, known) = index::known(folder, index)?;
    let today = config::today()?;
    let sources = match &known {
        Some(known) => Sources::from_settings(&known.settings, today).map_err(|e| anyhow!(e))?,
        None => Sources::new(today),
    };
    let gazetteer = own::of_index(index)?;
    match index::update(
        folder,
        index,
        &gazetteer,
        &sources,
        config::threads(None),
        quiet,
    ) {
        Ok(report) if report.indexed + report.removed > 0 || !report.failed.is_empty() => {
            index::print(&report, quiet);
        }
        Ok(_) => {}
        Err(e) if known.is_some() && can_wait(&e) => {
            say!("searching the index as it stands: {e:#}")
        }
        Err(e) => return Err(e),
    }
    Ok(root)
}

/// Whether an index that cannot be written now can be searched all the same.
fn can_wait(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<belli::Error>()
        .is_some_and(|e| e.is_locked() || e.is_not_writable())
}

/// Reads a query, by the grammar or as it is, and what the options say as its fields do.
pub fn read(asking: &Asking, text: &str) -> Result<Query> {
    let mut query = if asking.fixed {
        Query::literal(text)
    } else {
        Query::parse_on(text, &config::day)?
    };
    let sources = asking.source.iter().map(|v| Field::Source(value(v)));
    let langs = asking.lang.iter().map(|v| Field::Lang(value(v)));
    let paths = asking.path.iter().map(|v| Field::Path(value(v)));
    for field in sources.chain(langs).chain(paths) {
        query.demand(field);
    }
    Ok(query)
}

fn value(written: &str) -> Value {
    match written {
        "none" => Value::None,
        written => Value::Is(written.to_owned()),
    }
}
