//! `belli extract`: what articles name, without an index.

use super::args::ExtractArgs;
use super::{Outcome, config, own};
use anyhow::Result;
use belli::extract::place::places;
use belli::extract::wordbook::Wordbook;
use belli::gazetteer::Gazetteer;
use belli::ingest::{each_article, extract_article, language_of};
use belli::render;
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: ExtractArgs) -> Result<Outcome> {
    let sources = config::sources(&args.reading, &[])?;
    let given = own::given(&args.reading)?;
    let gazetteer = given.as_ref().unwrap_or(Gazetteer::builtin());
    let mut book = Wordbook::new(gazetteer);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut articles, mut failed) = (0, false);
    for root in &args.paths {
        let mut written = Ok(());
        each_article(root, &sources, |path, article| {
            match article {
                Ok(article) => {
                    articles += 1;
                    let found = extract_article(&article, path, &sources, &mut book);
                    let lang = language_of(&article);
                    written = match args.json {
                        true => {
                            render::extract::json(&mut out, path, &article, lang.as_ref(), &found)
                        }
                        false => render::extract::text(&mut out, path, &article, &found),
                    };
                    if args.explain && written.is_ok() {
                        let places = places(&article.text, gazetteer);
                        written = render::extract::candidates(&mut out, gazetteer, &places);
                    }
                }
                Err(why) => {
                    failed = true;
                    say!(
                        "{}",
                        render::text::one_line(&format!("failed: {path}: {why}"))
                    );
                }
            }
            written.is_ok()
        })?;
        written?;
    }
    out.flush()?;
    Ok(match (failed, articles) {
        (true, _) => Outcome::Partly,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    })
}
