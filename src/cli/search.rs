//! `belli search`: one query or a batch → hits on stdout, what to know about them on stderr.

use super::args::{Format, SearchArgs};
use super::question::{self, Question};
use super::{Outcome, batch, config, output, show};
use anyhow::{Result, bail};
use belli::index::records;
use belli::query::Node;
use belli::render::{self, text::Layout, trec};
use belli::search::{self, Copies, Request, Results, Shown, passages};
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: SearchArgs, color: super::args::Color, quiet: bool) -> Result<Outcome> {
    let asked = &args.question;
    let nothing = config::filters(&asked.asking)?.is_empty()
        && question::read(&asked.asking, &asked.query.join(" "))?.is_empty();
    if nothing && args.batch.is_none() && args.like.is_none() {
        bail!(
            "nothing to look for: give words, or a filter such as --actor, --place or --from (see `belli search --help`)"
        );
    }
    let mut question = match args.batch {
        None => Question::open(asked, quiet)?,
        Some(_) => Question::open_for_many(asked, quiet)?,
    };
    let format = output_format(&args);
    question.request = Request {
        limit: args.limit,
        per_article: match format {
            Format::Trec if !args.per_passage => Some(1),
            _ => args.per_article,
        },
        copies: match args.collapse || format == Format::Text {
            true => Copies::Collapse,
            false => Copies::Keep,
        },
        ..question.request
    };
    if let Some(id) = &args.like
        && !like(id, &mut question, quiet)?
    {
        return Ok(Outcome::Nothing);
    }
    let mut printer = Printer {
        out: BufWriter::new(std::io::stdout().lock()),
        format,
        parts: args.explain,
        layout: output::layout(color),
        unit: if args.per_passage {
            trec::Unit::Passage
        } else {
            trec::Unit::Article
        },
        summary: args.summary,
    };
    if args.summary && printer.format != Format::Json {
        bail!("--summary goes with --json");
    }
    if args.per_passage && printer.format != Format::Trec {
        bail!("--per-passage goes with --format trec");
    }
    if let Some(file) = &args.batch {
        return batch::run(file, &asked.asking, &mut question, |qid, question| {
            let results = answer(question, args.expand)?;
            question.note(Some(qid), &results.notes, &results.unknown);
            printer.print(Some(qid), &results)?;
            printer.explain(Some(qid), question, &results)?;
            printer.out.flush()?;
            Ok(!results.hits.is_empty())
        });
    }
    let results = answer(&mut question, args.expand)?;
    question.note(None, &results.notes, &results.unknown);
    printer.print(None, &results)?;
    printer.explain(None, &question, &results)?;
    printer.out.flush()?;
    if !quiet {
        say!("{}", summary(&results));
    }
    question.note_undated(None, results.undated);
    Ok(if results.hits.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// Asks for what is like an article or a passage, in other articles, and matches what was typed too; `false`
/// where the index has no such thing.
fn like(id: &str, question: &mut Question, quiet: bool) -> Result<bool> {
    let index = &question.index;
    let target = show::find(index, id)?;
    let mut shown: Vec<Shown> = Vec::new();
    if let Some(target) = &target {
        for all in passages(index, &question.gazetteer, target)? {
            shown.extend_from_slice(show::part(id, &all, target.passage)?);
        }
    }
    if shown.is_empty() {
        if !quiet {
            show::say_missing(index, id)?;
        }
        return Ok(false);
    }
    let like = search::like(index, &shown)?;
    if like.is_empty() {
        bail!("--like {id}: no word of it stands elsewhere; search for words of your own");
    }
    if !quiet {
        say!("like {id}, in other articles: {like}");
    }
    let mut query = question.request.query.clone();
    query.root = match query.root {
        Node::All => like.root,
        typed => Node::And(vec![like.root, typed]),
    };
    question.ask(query);
    question.request.beside = search::articles(&shown);
    // The words are the passage's own.
    question.request.widen = None;
    Ok(true)
}

fn answer(question: &mut Question, expand: bool) -> belli::Result<Results> {
    let (index, gazetteer) = (&question.index, &question.gazetteer);
    if expand {
        question.request.feedback = Vec::new();
        question.request.feedback = search::feedback(index, gazetteer, &question.request)?;
    }
    search::search(index, gazetteer, &question.request)
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
struct Printer<W: Write> {
    out: W,
    format: Format,
    parts: bool,
    layout: Layout,
    unit: trec::Unit,
    summary: bool,
}

impl<W: Write> Printer<W> {
    /// Says why a query finds what it finds, where that was asked for or nothing was found.
    fn explain(&mut self, qid: Option<&str>, question: &Question, results: &Results) -> Result<()> {
        let diagnosis = question.explain(qid, results.passages, self.summary)?;
        if self.summary {
            let failed = records::failed(&question.index)?;
            let query = &question.request.query;
            let mut noted = results.clone();
            noted.notes.splice(0..0, query.notes.iter().cloned());
            let (out, text, diagnosis) = (&mut self.out, query.to_string(), diagnosis.as_ref());
            render::diagnosis::summary(out, qid, &text, &noted, failed, diagnosis)?;
        }
        Ok(())
    }

    /// Prints the hits of one query.
    fn print(&mut self, qid: Option<&str>, results: &Results) -> std::io::Result<()> {
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
