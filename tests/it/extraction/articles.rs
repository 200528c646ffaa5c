//! Whole articles, labelled by reading: everything that they name against everything that is found.
//!
//! The heads of the tables in `tests/it/data` say how they were labelled. Each test prints its
//! figures (`cargo test --test it articles -- --nocapture`) and asserts a bound that holds: on
//! `corpus/` what users are promised, on `unseen/` what conflicts reach that nothing was built on.

use belli::extract::wordbook::Wordbook;
use belli::extract::{Extraction, Named};
use belli::gazetteer::{Gazetteer, name_key};
use belli::ingest::{Sources, each_article, extract_article};
use std::collections::BTreeMap;
use std::path::Path;

/// A labelled actor or place: its cells, and whether readers may differ about it.
struct Label<'a> {
    name: &'a str,
    cells: Vec<&'a str>,
    maybe: bool,
}

/// What was found against what was labelled.
#[derive(Default, Debug)]
struct Score {
    right: usize,
    spurious: Vec<String>,
    missed: Vec<String>,
    kinds: (usize, usize),
    countries: (usize, usize),
    resolved: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.spurious.len()) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed.len()) as f64
    }

    fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        2.0 * p * r / (p + r)
    }

    fn print(&self, what: &str) {
        println!(
            "{what}: precision {:.3} recall {:.3} F1 {:.3}; right {} spurious {} missed {}; kinds {:?} countries {:?} resolved {}",
            self.precision(),
            self.recall(),
            self.f1(),
            self.right,
            self.spurious.len(),
            self.missed.len(),
            self.kinds,
            self.countries,
            self.resolved,
        );
    }
}

fn labels(table: &str) -> BTreeMap<&str, Vec<Label<'_>>> {
    let mut all: BTreeMap<&str, Vec<Label>> = BTreeMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let (path, name) = (cells.next().unwrap(), cells.next().unwrap());
        all.entry(path).or_default().push(Label {
            name: name.trim_start_matches(['?', '!']),
            maybe: name.starts_with('?'),
            cells: cells.collect(),
        });
    }
    all
}

/// What is found in the articles of a folder, and their texts.
fn extractions(folder: &str) -> BTreeMap<String, (String, Extraction)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sources = Sources::new(jiff::civil::date(2026, 1, 1));
    let mut book = Wordbook::new(Gazetteer::builtin());
    let mut all = BTreeMap::new();
    each_article(&root, &sources, |path, article| {
        if let Ok(article) = article {
            let found = extract_article(&article, "", &sources, &mut book);
            all.insert(path.to_owned(), (article.text.clone(), found));
        }
        true
    })
    .unwrap();
    all
}

/// Whether an actor is the one that is canonically called so.
fn is(actor: &Named, name: &str) -> bool {
    let gazetteer = Gazetteer::builtin();
    let key = name_key(name);
    name_key(&actor.name) == key
        || gazetteer
            .entry(&actor.id)
            .is_some_and(|e| name_key(e.name()) == key)
}

fn actors(table: &str, folder: &str) -> Score {
    let found = extractions(folder);
    let mut score = Score::default();
    for (path, labels) in labels(table) {
        let (text, extraction) = &found[path];
        let mut rest: Vec<&Named> = extraction.actors.iter().collect();
        for label in labels.iter().filter(|l| !l.maybe) {
            let [kind, country, _] = label.cells[..] else {
                panic!("{path}: {} has no kind, country and forms", label.name);
            };
            let Some(at) = rest.iter().position(|a| is(a, label.name)) else {
                score.missed.push(format!("{path}: {}", label.name));
                continue;
            };
            let actor = rest.remove(at);
            score.right += 1;
            score.kinds.0 += usize::from(actor.kind == kind);
            score.kinds.1 += 1;
            if country != "-" {
                score.countries.0 += usize::from(actor.country.as_deref() == Some(country));
                score.countries.1 += 1;
            }
        }
        for actor in rest {
            let neutral = labels.iter().filter(|l| l.maybe).any(|l| {
                let forms = || l.cells.get(2).into_iter().flat_map(|f| f.split('|'));
                is(actor, l.name)
                    || actor
                        .mentions
                        .iter()
                        .any(|m| forms().any(|f| name_key(f) == name_key(&text[m.clone()])))
            });
            if !neutral {
                score.spurious.push(format!("{path}: {}", actor.name));
            }
        }
    }
    score
}

/// Whether a written form is the labelled one, in another inflection or with a word of its kind.
fn alike(written: &str, form: &str) -> bool {
    let (written, form) = (name_key(written), name_key(form));
    let shared = written
        .chars()
        .zip(form.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let (long, short) = (
        written.chars().count().max(form.chars().count()),
        written.chars().count().min(form.chars().count()),
    );
    written == form
        || short > 3 && long - short < 4 && shared + 2 >= short
        || written.starts_with(&format!("{form} "))
        || written.ends_with(&format!(" {form}"))
}

/// Kilometres between two points.
fn distance(a: (f32, f32), b: (f32, f32)) -> f64 {
    let [y, x, v, u] = [a.0, a.1, b.0, b.1].map(|d| f64::from(d).to_radians());
    let h = ((v - y) / 2.0).sin().powi(2) + y.cos() * v.cos() * ((u - x) / 2.0).sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin()
}

fn places(table: &str, folder: &str) -> Score {
    let found = extractions(folder);
    let mut score = Score::default();
    for (path, labels) in labels(table) {
        let (text, extraction) = &found[path];
        let forms = |p: &Named| -> Vec<String> {
            p.mentions
                .iter()
                .map(|m| text[m.clone()].to_owned())
                .collect()
        };
        let mut rest: Vec<&Named> = extraction.places.iter().collect();
        for label in &labels {
            let [canonical, country, lat, lon] = label.cells[..] else {
                continue;
            };
            let exact = |p: &&Named| forms(p).iter().any(|f| name_key(f) == name_key(label.name));
            let near = |p: &&Named| forms(p).iter().any(|f| alike(f, label.name));
            let all = || extraction.places.iter();
            let Some(place) = all().find(exact).or_else(|| all().find(near)) else {
                score.missed.push(format!("{path}: {}", label.name));
                continue;
            };
            rest.retain(|p| p.id != place.id);
            score.right += 1;
            let point = (lat.parse().unwrap(), lon.parse().unwrap());
            let there = place.point.is_some_and(|p| distance(p, point) <= 161.0);
            let same = name_key(&place.name) == name_key(canonical)
                && (country == "-" || place.country.as_deref() == Some(country));
            score.resolved += usize::from(there || same);
            if country != "-" {
                score.countries.0 += usize::from(place.country.as_deref() == Some(country));
                score.countries.1 += 1;
            }
        }
        for place in rest {
            let neutral = labels
                .iter()
                .filter(|l| l.maybe)
                .any(|l| forms(place).iter().any(|f| alike(f, l.name)));
            if !neutral {
                score.spurious.push(format!("{path}: {:?}", forms(place)));
            }
        }
    }
    score
}

#[test]
fn actors_of_the_corpus() {
    let score = actors(include_str!("../data/corpus_actors.tsv"), "corpus");
    score.print("corpus actors");
    assert!(
        score.precision() >= 0.85 && score.f1() >= 0.85,
        "{score:#?}"
    );
}

#[test]
fn actors_of_unseen_conflicts() {
    let score = actors(
        include_str!("../data/unseen_actors.tsv"),
        "tests/it/data/unseen",
    );
    score.print("unseen actors");
    assert!(
        score.precision() >= 0.85 && score.f1() >= 0.80,
        "{score:#?}"
    );
}

#[test]
fn places_of_unseen_conflicts() {
    let score = places(
        include_str!("../data/unseen_places.tsv"),
        "tests/it/data/unseen",
    );
    score.print("unseen places");
    let resolved = score.resolved as f64 / score.right as f64;
    // Villages that no table has are found by what stands around them, and stay open.
    assert!(
        score.f1() >= 0.85 && resolved >= 0.92,
        "{resolved}: {score:#?}"
    );
}
