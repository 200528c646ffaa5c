//! Hierarchies: expanded when a query runs, against ancestors written to every passage.

use crate::{Built, Rng, build, build_in_turn, carriers, count, latency, mark};
use belli::extract::place::{Place, places};
use belli::gazetteer::{Entry, Gazetteer, Kind};
use belli::passage::passages;
use belli::read::Article;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use tantivy::schema::{Field, IndexRecordOption, STRING, Schema};
use tantivy::{TantivyDocument, Term};

/// How many countries are asked for.
const COUNTRIES: usize = 15;

/// Prints the table of hierarchies.
///
/// Passages name as many places, and as often countries, as those of `articles` do; which ones is
/// drawn from the whole gazetteer, few of them often and most seldom.
pub fn measure(articles: &[Article], made: usize, rng: &mut Rng) {
    let gazetteer = Gazetteer::builtin();
    let (mut countries, mut others): (Vec<Entry>, Vec<Entry>) = gazetteer
        .entries()
        .filter(|e| e.kind().is_place())
        .partition(|e| e.kind() == Kind::Country);
    shuffle(&mut countries, rng);
    shuffle(&mut others, rng);
    let named = named(articles, gazetteer);
    let drawn: Vec<BTreeSet<String>> = (0..made)
        .map(|_| {
            let like = rng.pick(&named).clone();
            let from = like
                .into_iter()
                .map(|c| if c { &countries } else { &others });
            from.map(|entries| rng.pick_early(entries).id()).collect()
        })
        .collect();
    let everything: Vec<BTreeSet<String>> = countries
        .iter()
        .chain(&others)
        .map(|e| BTreeSet::from([e.id()]))
        .collect();
    let asked: Vec<String> = countries.iter().take(COUNTRIES).map(Entry::id).collect();

    println!("\n## Hierarchies\n");
    println!("| passages | distinct ids | layout | CPU µs/passage | bytes/passage | filter, µs |");
    println!("|---|--:|---|--:|--:|--:|");
    compare("as corpus", &drawn, &asked, gazetteer);
    compare("each place once", &everything, &asked, gazetteer);
}

/// For every passage of the corpus, the places it names: whether each is a country.
fn named(articles: &[Article], gazetteer: &Gazetteer) -> Vec<Vec<bool>> {
    let mut named = Vec::new();
    for article in articles {
        let found = places(&article.text, gazetteer);
        for range in passages(&article.text, article.body.clone(), &|_| None) {
            let inside = |p: &&Place| p.mentions.iter().any(|m| range.contains(&m.start));
            named.push(
                found
                    .iter()
                    .filter(inside)
                    .map(|p| p.kind == Kind::Country)
                    .collect(),
            );
        }
    }
    named
}

/// Prints the rows of one set of passages, each given by the ids it carries.
fn compare(name: &str, passages: &[BTreeSet<String>], asked: &[String], gazetteer: &Gazetteer) {
    let place = Field::from_field_id(0);
    let with_ancestors = || {
        // An id's ancestors are looked up once, as a careful writer would.
        let mut known: HashMap<&String, Vec<String>> = HashMap::new();
        index(passages.iter().map(move |ids| {
            let mut all = ids.clone();
            for id in ids {
                let above = known.entry(id).or_insert_with(|| gazetteer.ancestors(id));
                all.extend(above.iter().cloned());
            }
            all
        }))
    };
    let [leaves, all] = build_in_turn([&|| index(passages.iter().cloned()), &with_ancestors]);
    let expanded = |country: &String| {
        let below = |id: &str| gazetteer.is_within(id, country);
        carriers(&leaves.searcher, place, |id| {
            std::str::from_utf8(id).is_ok_and(below)
        })
    };
    let judged = |country: &String| {
        let Some(country) = gazetteer.entry(country) else {
            return 0;
        };
        let known = RefCell::new(HashMap::from([(country.row(), true)]));
        let below = |id: &str| gazetteer.entry(id).is_some_and(|e| is_below(e, &known));
        carriers(&leaves.searcher, place, |id| {
            std::str::from_utf8(id).is_ok_and(below)
        })
    };
    let direct = |country: &String| one_term(&all, &Term::from_field_text(place, country));
    for country in asked {
        assert_eq!(
            expanded(country),
            direct(country),
            "both layouts find the same in {country}"
        );
        assert_eq!(
            judged(country),
            direct(country),
            "judging parents once changes nothing"
        );
    }
    let (count, distinct) = (
        passages.len(),
        passages.iter().flatten().collect::<BTreeSet<_>>().len(),
    );
    let rows = [
        ("**leaf ids**", &leaves, latency(asked, expanded)),
        (
            "leaf ids, each parent judged once",
            &leaves,
            latency(asked, judged),
        ),
        ("with ancestors", &all, latency(asked, direct)),
    ];
    for (layout, built, time) in rows {
        let (cpu, bytes) = (
            built.seconds * 1e6 / count as f64,
            built.bytes / count as f64,
        );
        println!("| {name}: {count} | {distinct} | {layout} | {cpu:.2} | {bytes:.1} | {time:.0} |");
    }
}

/// Whether an entry lies in one that is known to count; what is found of its parents is kept.
fn is_below(entry: Entry, known: &RefCell<HashMap<u32, bool>>) -> bool {
    if let Some(&below) = known.borrow().get(&entry.row()) {
        return below;
    }
    known.borrow_mut().insert(entry.row(), false);
    let below = entry
        .parents()
        .into_iter()
        .any(|parent| is_below(parent, known));
    known.borrow_mut().insert(entry.row(), below);
    below
}

/// Writes one document for every set of ids.
fn index(passages: impl Iterator<Item = BTreeSet<String>>) -> Built {
    let mut schema = Schema::builder();
    let place = schema.add_text_field("place", STRING);
    let document = |ids: BTreeSet<String>| {
        let mut document = TantivyDocument::default();
        ids.iter().for_each(|id| document.add_text(place, id));
        document
    };
    build(&schema.build(), passages.map(document))
}

/// How many documents carry a term, collected as [`carriers`] does.
fn one_term(built: &Built, term: &Term) -> usize {
    let mut found = 0;
    for segment in built.searcher.segment_readers() {
        let mut bits = vec![0u64; segment.max_doc() as usize / 64 + 1];
        let inverted = segment
            .inverted_index(term.field())
            .expect("the field is indexed");
        let postings = inverted.read_postings(term, IndexRecordOption::Basic);
        if let Some(postings) = postings.expect("postings can be read") {
            mark(postings, &mut bits);
        }
        found += count(&bits);
    }
    found
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for n in (1..items.len()).rev() {
        items.swap(n, rng.below(n + 1));
    }
}
