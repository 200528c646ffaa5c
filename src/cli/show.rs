//! `belli show`: an article or a passage as it was indexed.

use super::args::{Color, ShowArgs};
use super::{Outcome, output, own};
use anyhow::{Result, bail};
use belli::index::{Index, records};
use belli::render::show;
use belli::search::{Shown, Target, like_id, passages, target};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Runs the verb.
pub fn run(args: ShowArgs, color: Color, quiet: bool) -> Result<Outcome> {
    let index = Index::open(&args.index.index)?;
    let gazetteer = own::of_search(&index, &args.actors)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut found, mut missing) = (false, false);
    for id in &args.ids {
        let target = find(&index, id)?;
        let all = match &target {
            Some(target) => passages(&index, &gazetteer, target)?,
            None => Vec::new(),
        };
        if all.is_empty() {
            missing = true;
            if !quiet {
                say_missing(&index, id)?;
            }
        }
        for all in &all {
            let shown = part(id, all, target.as_ref().and_then(|t| t.passage))?;
            match args.json {
                true => show::json(&mut out, shown)?,
                false => show::text(&mut out, output::layout(color).width, shown)?,
            }
            found = true;
        }
    }
    out.flush()?;
    Ok(match (found, missing) {
        (true, true) => Outcome::Partly,
        (true, false) => Outcome::Found,
        (false, _) => Outcome::Nothing,
    })
}

/// Says that the index has nothing of an id, and what it has instead.
pub fn say_missing(index: &Index, id: &str) -> Result<()> {
    let near = like_id(index, id)?;
    match near.is_empty() {
        true => say!("{id} is not in the index; `belli status` lists its folders"),
        false => say!(
            "{id} is not in the index; did you mean {}?",
            near.join(", ")
        ),
    }
    Ok(())
}

/// What an id names; a path on disk names the article that was read from it.
pub fn find(index: &Index, id: &str) -> Result<Option<Target>> {
    if let Some(found) = target(index, id)? {
        return Ok(Some(found));
    }
    // What follows the path of the file: `!R` and `#N`.
    let ends = id.match_indices(['!', '#']).map(|(at, _)| at);
    for end in std::iter::once(id.len()).chain(ends) {
        let (path, rest) = id.split_at(end);
        let Ok(path) = Path::new(path).canonicalize() else {
            continue;
        };
        for root in records::roots(index)? {
            let below = match path.strip_prefix(&root.root) {
                // A root that is a file has its name as its article's path.
                Ok(below) if below.as_os_str().is_empty() => path.file_name().map(Path::new),
                Ok(below) => Some(below),
                Err(_) => None,
            };
            let below = below.map(|b| b.to_string_lossy().replace('\\', "/"));
            if let Some(below) = below
                && let Some(found) = target(index, &format!("{below}{rest}"))?
            {
                return Ok(Some(Target {
                    root: Some(root.root),
                    ..found
                }));
            }
        }
    }
    // As a hit is cited where several roots have such an article.
    for (at, _) in id.match_indices('/') {
        let (name, rest) = (format!("/{}", &id[..at]), &id[at + 1..]);
        let named = |root: &str| {
            let path = rest.split(['!', '#']).next().unwrap_or(rest);
            let folder = root.strip_suffix(path).and_then(|f| f.strip_suffix('/'));
            root.ends_with(&name) || folder.is_some_and(|f| f.ends_with(&name))
        };
        for root in records::roots(index)? {
            if named(&root.root)
                && let Some(found) = target(index, rest)?
            {
                let root = Some(root.root);
                return Ok(Some(Target { root, ..found }));
            }
        }
    }
    Ok(None)
}

/// The passages of an article that were asked for.
pub fn part<'s>(id: &str, all: &'s [Shown], passage: Option<usize>) -> Result<&'s [Shown]> {
    match passage {
        None => Ok(all),
        Some(n) if n < all.len() => Ok(&all[n..=n]),
        Some(_) => bail!(
            "{id}: the article has {} passages; write #0 to #{}",
            all.len(),
            all.len().saturating_sub(1)
        ),
    }
}
