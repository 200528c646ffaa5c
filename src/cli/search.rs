//! `belli search`: one query or a batch → hits on stdout, what to know about them on stderr.

use super::args::{Asking, Format, SearchArgs};
use super::watch::Watch;
use super::{Outcome, batch, config, index, output, own};
use anyhow::{Context, Result, anyhow, bail};
use belli::gazetteer::Gazetteer;
use belli::index::{Index, records};
use belli::ingest::Sources;
use belli::query::{Field, Node, Query, Value};
use belli::render::{self, text::Layout, trec};
use belli::search::{Copies, Model, Request, Results, diagnose, search};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Runs the verb.
pub fn run(args: SearchArgs, color: super::args::Color, quiet: bool) -> Result<Outcome> {
    let mut filters = config::filters(&args.asking)?;
    let query = read(&args.asking, &args.query.join(" "))?;
    if query.is_empty() && filters.is_empty() && args.batch.is_none() {
        bail!(
            "nothing to look for: give words, or a filter such as --actor, --place or --from (see `belli search --help`)"
        );
    }
    if let Some(folder) = &args.folder {
        filters.root = Some(bring_up_to_date(folder, &args.index.index, quiet)?);
    }
    let opened = Index::open(&args.index.index)?;
    let gazetteer = own::of_search(&opened, &args.asking.actors)?;
    let per_article = match output_format(&args) {
        Format::Trec if !args.per_passage => Some(1),
        _ => args.per_article,
    };
    let watch = Watch::start(args.timeout);
    let request = Request {
        stop: Arc::clone(&watch.stop),
        query,
        filters,
        scope: config::scope(&args.asking),
        within_passage: config::within_passage(&args.asking),
        limit: args.limit,
        per_article,
        widen: Some(config::synonyms(&args.widening)?),
        copies: match args.collapse || output_format(&args) == Format::Text {
            true => Copies::Collapse,
            false => Copies::Keep,
        },
        model: Model::default(),
    };
    let mut printer = Printer {
        out: BufWriter::new(std::io::stdout().lock()),
        format: output_format(&args),
        parts: args.explain,
        layout: output::layout(color),
        unit: if args.per_passage {
            trec::Unit::Passage
        } else {
            trec::Unit::Article
        },
        explain: args.explain_query,
        summary: args.summary,
        quiet,
    };
    if args.summary && printer.format != Format::Json {
        bail!("--summary goes with --json");
    }
    if let Some(file) = &args.batch {
        return batch::run(
            file,
            &args.asking,
            &opened,
            &gazetteer,
            request,
            args.timeout,
            &mut printer,
        );
    }
    let results = search(&opened, &gazetteer, &request)?;
    if !quiet {
        request.query.notes.iter().for_each(|note| say!("{note}"));
        results.notes.iter().for_each(|note| say!("{note}"));
    }
    printer.print(None, &results)?;
    printer.explain(None, (&opened, &gazetteer), &request, &results)?;
    printer.out.flush()?;
    if !quiet {
        say!("{}", summary(&results));
        if results.undated > 0 {
            say!(
                "{} passages were left out because their articles have no date",
                results.undated
            );
        }
    }
    Ok(if results.hits.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// Indexes what is new in a folder, with the settings it was indexed with before; returns the root.
///
/// An index that cannot be written, or is being written, is searched as it stands.
fn bring_up_to_date(folder: &Path, index: &Path, quiet: bool) -> Result<String> {
    let root = folder
        .canonicalize()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    let root = root.to_string_lossy().into_owned();
    let known = match Index::open(index) {
        Ok(opened) => records::roots(&opened)?
            .into_iter()
            .find(|r| r.root == root),
        Err(e) if e.is_no_index() => None,
        Err(e) => return Err(e.into()),
    };
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
        Query::parse_on(text, config::today()?)?
    };
    let mut all = vec![std::mem::take(&mut query.root)];
    let sources = asking.source.iter().map(|v| Field::Source(value(v)));
    let langs = asking.lang.iter().map(|v| Field::Lang(value(v)));
    let paths = asking.path.iter().map(|v| Field::Path(value(v)));
    all.extend(sources.chain(langs).chain(paths).map(Node::Field));
    all.retain(|node| *node != Node::All);
    query.root = match all.len() {
        0 => Node::All,
        1 => all.remove(0),
        _ => Node::And(all),
    };
    Ok(query)
}

fn value(written: &str) -> Value {
    match written {
        "none" => Value::None,
        written => Value::Is(written.to_owned()),
    }
}

fn output_format(args: &SearchArgs) -> Format {
    if args.json { Format::Json } else { args.format }
}

fn summary(results: &Results) -> String {
    if results.passages == 0 {
        return "no passage found".to_owned();
    }
    let shown = results.hits.len();
    format!(
        "{} passages in {} articles, {shown} shown",
        results.passages, results.articles
    )
}

/// Prints hits in one format.
pub struct Printer<W: Write> {
    pub out: W,
    format: Format,
    parts: bool,
    layout: Layout,
    unit: trec::Unit,
    explain: bool,
    summary: bool,
    quiet: bool,
}

impl<W: Write> Printer<W> {
    /// Says why a query finds what it finds, where that was asked for or nothing was found.
    pub fn explain(
        &mut self,
        qid: Option<&str>,
        (index, gazetteer): (&Index, &Gazetteer),
        request: &Request,
        results: &Results,
    ) -> Result<()> {
        let wanted = self.explain || results.passages == 0;
        let diagnosis = match wanted && (!self.quiet || self.summary) {
            true => Some(diagnose(index, gazetteer, request)?),
            false => None,
        };
        if let (Some(diagnosis), false) = (&diagnosis, self.quiet) {
            let mut text = Vec::new();
            render::diagnosis::text(&mut text, diagnosis)?;
            for line in String::from_utf8_lossy(&text).lines() {
                match qid {
                    Some(qid) => say!("{qid}: {line}"),
                    None => say!("{line}"),
                }
            }
        }
        if self.summary {
            let failed = records::failed(index)?;
            let query = request.query.to_string();
            let mut noted = results.clone();
            noted
                .notes
                .splice(0..0, request.query.notes.iter().cloned());
            let diagnosis = diagnosis.as_ref();
            render::diagnosis::summary(&mut self.out, qid, &query, &noted, failed, diagnosis)?;
        }
        Ok(())
    }

    /// Prints the hits of one query.
    pub fn print(&mut self, qid: Option<&str>, results: &Results) -> std::io::Result<()> {
        if let (Format::Text, Some(qid)) = (self.format, qid) {
            writeln!(self.out, "== {qid}")?;
        }
        for (n, hit) in results.hits.iter().enumerate() {
            match self.format {
                Format::Text => {
                    render::text::hit(&mut self.out, self.layout, n + 1, hit)?;
                    if self.parts {
                        render::text::parts(&mut self.out, hit)?;
                    }
                    writeln!(self.out)?;
                }
                Format::Json => render::json::hit(&mut self.out, n + 1, qid, hit)?,
                Format::Trec => {
                    trec::hit(&mut self.out, n + 1, qid.unwrap_or("1"), self.unit, hit)?
                }
            }
        }
        Ok(())
    }
}
