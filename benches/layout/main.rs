//! Measures the layouts that the index could have had, side by side, on the same passages.
//!
//! `cargo bench --bench layout -- [FOLDER [MEGABYTES]]` reads the articles of a folder (by default
//! the bundled `corpus`), recombines their sentences into so much text (by default 32 MB), cuts it
//! with belli's own splitter and prints the tables of `benches/README.md`. Text, ids and queries
//! come from one seed. Not a test, and not a measure of belli as a whole: only of layouts.

mod analyzers;
mod intervals;
mod places;
mod records;
mod rng;
mod text;
mod words;

use rng::Rng;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::{DocSet, Index, Searcher, SingleSegmentIndexWriter, TERMINATED, TantivyDocument};

/// How often everything is measured; the median counts.
const RUNS: usize = 5;

fn main() {
    // Cargo itself passes `--bench`.
    let mut given = std::env::args().skip(1).filter(|a| !a.starts_with('-'));
    let bundled = || concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").to_owned();
    let folder = given.next().unwrap_or_else(bundled);
    let size = given
        .next()
        .map_or(32.0, |n| n.parse().expect("MEGABYTES is a number"));

    let mut rng = Rng(20_201_010);
    let articles = text::read(Path::new(&folder));
    assert!(!articles.is_empty(), "{folder} holds articles");
    let made = text::generate(&articles, size, &mut rng);
    text::describe(&made);
    words::measure(&made, &mut rng);
    places::measure(&articles, made.len(), &mut rng);
    intervals::measure(&articles, &made);
    records::measure(&made, &mut rng);
}

/// An index of one segment in a folder of its own, and what it took to write.
struct Built {
    searcher: Searcher,
    /// Seconds of computing.
    seconds: f64,
    bytes: f64,
    _folder: tempfile::TempDir,
}

/// Writes `documents` on this thread.
fn build(schema: &Schema, documents: impl Iterator<Item = TantivyDocument>) -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = MmapDirectory::open(folder.path()).expect("the folder opens");
    let start = cpu();
    let builder = Index::builder()
        .schema(schema.clone())
        .tokenizers(analyzers::all());
    let mut writer: SingleSegmentIndexWriter = builder
        .single_segment_index_writer(directory, 64 << 20)
        .expect("an index can be made");
    for document in documents {
        writer
            .add_document(document)
            .expect("a document can be added");
    }
    let index = writer.finalize().expect("the index can be written");
    let seconds = cpu() - start;
    let files = std::fs::read_dir(folder.path()).expect("the folder is there");
    let sizes = files.flatten().map(|f| f.metadata().map_or(0, |m| m.len()));
    let bytes = sizes.sum::<u64>() as f64;
    let searcher = index.reader().expect("the index opens").searcher();
    Built {
        searcher,
        seconds,
        bytes,
        _folder: folder,
    }
}

/// Writes every layout in turn, as often as things are measured, so that a busy machine is unfair
/// to none; gives the last index of each, with the median of its times.
fn build_in_turn<const N: usize>(layouts: [&dyn Fn() -> Built; N]) -> [Built; N] {
    let mut times = [const { Vec::new() }; N];
    loop {
        let mut built = layouts.map(|layout| layout());
        for (built, times) in built.iter_mut().zip(&mut times) {
            times.push(built.seconds);
            built.seconds = median(times.clone());
        }
        if times.iter().all(|t| t.len() >= RUNS) {
            return built;
        }
    }
}

/// How many documents carry a term that `take` takes, collected as belli's filters collect them.
fn carriers(searcher: &Searcher, field: Field, take: impl Fn(&[u8]) -> bool) -> usize {
    let mut found = 0;
    for segment in searcher.segment_readers() {
        let mut bits = vec![0u64; segment.max_doc() as usize / 64 + 1];
        let inverted = segment.inverted_index(field).expect("the field is indexed");
        let mut terms = inverted.terms().stream().expect("terms can be read");
        while terms.advance() {
            if take(terms.key()) {
                let postings = inverted
                    .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
                    .expect("postings can be read");
                mark(postings, &mut bits);
            }
        }
        found += count(&bits);
    }
    found
}

fn mark(mut postings: impl DocSet, bits: &mut [u64]) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        bits[doc as usize / 64] |= 1 << (doc % 64);
        doc = postings.advance();
    }
}

fn count(bits: &[u64]) -> usize {
    bits.iter().map(|word| word.count_ones() as usize).sum()
}

/// Seconds that this thread has computed; where the system does not say, seconds that passed.
fn cpu() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Microseconds: the median over `tasks` of the median of their runs.
fn latency<T, R>(tasks: &[T], run: impl Fn(&T) -> R) -> f64 {
    let once = |task| {
        let start = Instant::now();
        std::hint::black_box(run(task));
        start.elapsed().as_secs_f64() * 1e6
    };
    let typical = |task| median((0..RUNS).map(|_| once(task)).collect());
    median(tasks.iter().map(typical).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
