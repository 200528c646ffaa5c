//! Measures belli as a whole beside raw tantivy and, where they are installed, other programs.
//!
//! `cargo bench --bench speed -- [--sizes 10,100] [--threads 2] [--rounds 3] [--in FOLDER] [--no-peers]`
//!
//! For every size in megabytes a tree of small text files is made from the sentences of `corpus/`,
//! from one seed; every program reads the same tree, in turn, in every round, and medians count. It
//! prints the tables of `benches/README.md` as Markdown, and wants `taskset` and `find`. Sizes and counts
//! hold on every machine, ratios on most, times on none but this one.
//!
//! `… -- tree FOLDER MEGABYTES` makes such a tree alone, `… -- queries FOLDER` prints the queries that are
//! asked of it, as `belli search --batch` reads them: to profile with.

#[path = "../layout/analyzers.rs"]
#[allow(dead_code, reason = "another bench uses the rest")]
mod analyzers;
mod peers;
mod process;
mod raw;
#[path = "../layout/rng.rs"]
#[allow(dead_code, reason = "another bench uses the rest")]
mod rng;
#[path = "../layout/text.rs"]
#[allow(dead_code, reason = "another bench uses the rest")]
mod text;
mod tree;

use belli::extract::date::Interval;
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::passage::passages;
use belli::query::Query;
use belli::search::{Filters, Request, search};
use jiff::civil::date;
use process::{Cost, often, run, size};
use rng::Rng;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

type Failing<T> = Result<T, Box<dyn std::error::Error>>;

/// The seed of text and queries.
const SEED: u64 = 20_201_010;
/// How many programs are started for a cold query.
const COLD: usize = 20;

fn main() -> Failing<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let parts: Vec<&str> = given.iter().map(String::as_str).collect();
    // The reference runs as a program of its own, so that it is measured like every other.
    match parts[..] {
        ["raw-index", tree, into, threads] => {
            return raw::index(Path::new(tree), Path::new(into), threads.parse()?);
        }
        ["raw-search", from, words] => {
            for text in raw::Raw::open(Path::new(from))?.search(words)? {
                println!("{text}");
            }
            return Ok(());
        }
        ["tree", into, megabytes] => {
            let files = make(Path::new(into), megabytes.parse()?)?;
            println!("{files} files");
            return Ok(());
        }
        ["queries", tree] => {
            let mixed = mixed(&sample(Path::new(tree))?, &mut Rng(SEED));
            for (n, query) in mixed.iter().enumerate() {
                println!("{n}\t{query}");
            }
            return Ok(());
        }
        _ => {}
    }
    let value = |name: &str| {
        let at = parts.iter().position(|p| *p == name)?;
        parts.get(at + 1).copied()
    };
    let folder = tempfile::tempdir()?;
    let bench = Bench {
        folder: value("--in").map_or_else(|| folder.path().to_owned(), PathBuf::from),
        threads: value("--threads").map_or(Ok(2), str::parse)?,
        rounds: value("--rounds").map_or(Ok(3), str::parse)?,
        peers: !parts.contains(&"--no-peers"),
    };
    machine();
    for megabytes in value("--sizes").unwrap_or("10,100").split(',') {
        bench.measure(megabytes.parse()?)?;
    }
    Ok(())
}

/// Makes a tree of so many megabytes; returns how many files it has.
fn make(tree: &Path, megabytes: f64) -> Failing<usize> {
    let articles = text::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")));
    Ok(tree::write(&articles, megabytes, tree, SEED)?)
}

/// Prints what the numbers were measured on.
fn machine() {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told.lines().find_map(|l| l.strip_prefix("model name"));
    let model = model.map_or("an unknown processor", |m| {
        m.trim_start_matches([' ', '\t', ':'])
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("Machine: {model}, {cores} cores. Threads share them with whatever else runs.\n");
}

struct Bench {
    folder: PathBuf,
    threads: usize,
    rounds: usize,
    peers: bool,
}

/// A program, what it took to index, and the bytes it left on disk.
struct Indexed {
    name: String,
    costs: Vec<Cost>,
    disk: f64,
}

impl Bench {
    fn measure(&self, megabytes: f64) -> Failing<()> {
        let place = self.folder.join(format!("{megabytes}mb"));
        let tree = place.join("tree");
        let files = make(&tree, megabytes)?;
        let bytes = size(&tree);
        println!("## {:.0} MB in {files} files\n", bytes / 1e6);
        let sample = sample(&tree)?;
        self.indexing(&place, &tree, bytes)?;
        self.queries(&place, &tree, &sample)?;
        std::fs::remove_dir_all(&place)?;
        Ok(())
    }

    fn indexing(&self, place: &Path, tree: &Path, bytes: f64) -> Failing<()> {
        let threads = self.threads.to_string();
        let mut table: Vec<Indexed> = Vec::new();
        let mut peers: Vec<_> = peers::PEERS.iter().collect();
        peers.retain(|p| self.peers && p.is_installed());
        for _ in 0..self.rounds {
            for (name, into, n) in [
                ("belli, on one core", "belli1", "1"),
                ("belli", "belli", &threads),
            ] {
                let cost = fresh(&place.join(into), |into| {
                    let command = belli_index(tree, into, n);
                    if into.ends_with("belli1") {
                        pinned(&command)
                    } else {
                        command
                    }
                })?;
                note(&mut table, name, cost, size(&place.join(into)));
                if into == "belli" {
                    let again = run(&mut belli_index(tree, &place.join(into), n))?;
                    note(
                        &mut table,
                        "belli, nothing changed",
                        again,
                        size(&place.join(into)),
                    );
                }
            }
            for (name, into, n) in [
                ("raw tantivy, on one core", "raw1", "1"),
                ("raw tantivy", "raw", &threads),
            ] {
                let cost = fresh(&place.join(into), |into| {
                    let command = itself(&["raw-index"], &[tree, into], n);
                    if into.ends_with("raw1") {
                        pinned(&command)
                    } else {
                        command
                    }
                })?;
                note(&mut table, name, cost, size(&place.join(into)));
            }
            let mut find = Command::new("find");
            find.arg(tree).args(["-printf", "%p %s %T@\n"]);
            note(&mut table, "`find -printf`", run(&mut find)?, 0.0);
        }
        for peer in peers {
            let into = place.join(peer.name.replace(|c: char| !c.is_alphanumeric(), "-"));
            std::fs::create_dir_all(&into)?;
            if let Some(mut command) = peer.index(tree, &into) {
                let cost = run(&mut command)?;
                note(&mut table, peer.name, cost, size(&into));
            }
        }
        println!("| indexing | CPU s | CPU s/MB | wall s | peak MB | index bytes/byte |");
        println!("|---|--:|--:|--:|--:|--:|");
        for row in &table {
            let of = |pick: fn(&Cost) -> f64| median(row.costs.iter().map(pick).collect());
            let (cpu, wall) = (of(|c| c.cpu), of(|c| c.wall));
            let per = cpu / bytes * 1e6;
            let (memory, disk) = (of(|c| c.memory) / 1e6, row.disk / bytes);
            println!(
                "| {} | {cpu:.2} | {per:.4} | {wall:.2} | {memory:.0} | {disk:.2} |",
                row.name
            );
        }
        println!();
        self.absent();
        Ok(())
    }

    fn absent(&self) {
        let absent = peers::PEERS
            .iter()
            .filter(|p| self.peers && !p.is_installed());
        let absent: Vec<_> = absent.map(|p| p.name).collect();
        if !absent.is_empty() {
            println!("Not installed, so not measured: {}.\n", absent.join("; "));
        }
    }

    fn queries(&self, place: &Path, tree: &Path, sample: &[text::Passage]) -> Failing<()> {
        let mixed = mixed(sample, &mut Rng(SEED));
        let index = Index::open(&place.join("belli"))?;
        let raw = raw::Raw::open(&place.join("raw"))?;
        let ask = |filters: Filters| {
            let index = &index;
            latencies(&mixed, move |query| {
                let request = Request {
                    filters: filters.clone(),
                    ..Request::new(Query::parse(query)?)
                };
                Ok(search(index, Gazetteer::builtin(), &request)?.hits.len())
            })
        };
        println!("| query, warm, in the process | p50 ms | p99 ms |");
        println!("|---|--:|--:|");
        let row = |name: &str, (p50, p99): (f64, f64)| println!("| {name} | {p50:.3} | {p99:.3} |");
        row("belli", ask(Filters::default())?);
        row(
            "raw tantivy",
            latencies(&mixed, |query| Ok(raw.search(query)?.len()))?,
        );
        let place_of = |name: &str| vec![name.to_owned()];
        for (name, filters) in [
            (
                "belli, `--place Syria`",
                Filters {
                    places: place_of("Syria"),
                    ..Filters::default()
                },
            ),
            (
                "belli, `--actor Russia`",
                Filters {
                    actors: place_of("Russia"),
                    ..Filters::default()
                },
            ),
            (
                "belli, `--from 2012 --to 2016`",
                Filters {
                    dates: Some(Interval {
                        start: date(2012, 1, 1),
                        end: date(2016, 12, 31),
                    }),
                    ..Filters::default()
                },
            ),
        ] {
            row(name, ask(filters)?);
        }
        println!("\n| query, cold: from start to last byte | CPU ms | wall ms | peak MB |");
        println!("|---|--:|--:|--:|");
        let row = |name: &str, cost: Cost| {
            let (cpu, wall) = (cost.cpu * 1e3, cost.wall * 1e3);
            println!(
                "| {name} | {cpu:.1} | {wall:.1} | {:.0} |",
                cost.memory / 1e6
            );
        };
        let query = |n: usize| mixed[n * 7 % mixed.len()].as_str();
        row(
            "belli",
            often(COLD, |n| belli_search(&place.join("belli"), query(n)))?,
        );
        row(
            "raw tantivy",
            often(COLD, |n| {
                itself(&["raw-search"], &[&place.join("raw")], query(n))
            })?,
        );
        row(
            "`belli --version`",
            often(5 * COLD, |_| {
                let mut command = belli();
                command.arg("--version");
                command
            })?,
        );
        let peers = peers::PEERS
            .iter()
            .filter(|p| self.peers && p.is_installed());
        for peer in peers {
            let into = place.join(peer.name.replace(|c: char| !c.is_alphanumeric(), "-"));
            let words = |n: usize| query(n).replace(['+', '"'], "");
            row(
                peer.name,
                often(COLD, |n| peer.search(tree, &into, &words(n)))?,
            );
        }
        println!();
        Ok(())
    }
}

fn note(table: &mut Vec<Indexed>, name: &str, cost: Cost, disk: f64) {
    match table.iter_mut().find(|row| row.name == name) {
        Some(row) => {
            row.costs.push(cost);
            row.disk = disk;
        }
        None => table.push(Indexed {
            name: name.to_owned(),
            costs: vec![cost],
            disk,
        }),
    }
}

/// Runs what writes a folder, on a folder that is not there.
fn fresh(into: &Path, command: impl Fn(&Path) -> Command) -> Failing<Cost> {
    if into.exists() {
        std::fs::remove_dir_all(into)?;
    }
    Ok(run(&mut command(into))?)
}

fn belli() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belli"));
    command.env_remove("BELLI_INDEX");
    command
}

fn belli_index(tree: &Path, into: &Path, threads: &str) -> Command {
    let mut command = belli();
    command.args(["index", "--quiet", "--threads", threads, "--index"]);
    command.arg(into).arg(tree);
    command
}

fn belli_search(index: &Path, query: &str) -> Command {
    let mut command = belli();
    command
        .args(["search", "--quiet", "--index"])
        .arg(index)
        .args(["--", query]);
    command
}

/// This program in one of its other roles.
fn itself(role: &[&str], paths: &[&Path], last: &str) -> Command {
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("speed"));
    let mut command = Command::new(program);
    command.args(role).args(paths).arg(last);
    command
}

/// The same program on the first core alone: with one thread asked for, tantivy still has its own.
fn pinned(command: &Command) -> Command {
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", "0"]);
    pinned.arg(command.get_program()).args(command.get_args());
    pinned.env_remove("BELLI_INDEX");
    pinned
}

/// The passages of the first files of the tree.
fn sample(tree: &Path) -> Failing<Vec<text::Passage>> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(tree).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let whole = std::fs::read_to_string(entry.path())?;
            let cut = passages(&whole, 0..whole.len(), &|_| None);
            found.extend(cut.into_iter().map(|range| text::Passage {
                text: whole[range].to_owned(),
                published: date(2010, 1, 1),
                last: false,
            }));
        }
        if found.len() > 4000 {
            break;
        }
    }
    Ok(found)
}

/// Five hundred queries: a word; two and three words that must all be there; two words side by side.
fn mixed(sample: &[text::Passage], rng: &mut Rng) -> Vec<String> {
    let mut mixed = Vec::new();
    for (words, count) in [(1, 200), (2, 100), (3, 100)] {
        let queries = text::queries(sample, words, rng);
        let all = |query: &Vec<String>| query.iter().map(|w| format!("+{w}")).collect::<Vec<_>>();
        mixed.extend(queries.iter().take(count).map(|query| all(query).join(" ")));
    }
    while mixed.len() < 500 {
        let words: Vec<&str> = rng.pick(sample).text.split_whitespace().collect();
        let pair = &words[rng.below(words.len().max(2) - 1)..];
        let plain = |w: &&str| w.len() > 3 && w.bytes().all(|b| b.is_ascii_lowercase());
        if let [first, second, ..] = pair
            && plain(first)
            && plain(second)
        {
            mixed.push(format!("\"{first} {second}\""));
        }
    }
    mixed
}

/// Milliseconds of the median and of the slowest hundredth, each query once to warm up and once to count.
fn latencies(queries: &[String], ask: impl Fn(&str) -> Failing<usize>) -> Failing<(f64, f64)> {
    let mut times = Vec::new();
    for query in queries {
        ask(query)?;
        let start = Instant::now();
        std::hint::black_box(ask(query)?);
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok((times[times.len() / 2], times[times.len() * 99 / 100]))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
