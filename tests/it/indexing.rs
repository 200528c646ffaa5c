//! Indexing: what a second run reads, what is kept, and what an index refuses.

use crate::sandbox::{Sandbox, ids, sources};
use belli::index::writer::Writer;
use belli::index::{Index, records};
use belli::query::Query;
use belli::search::Request;
use std::sync::atomic::{AtomicBool, AtomicU64};

const A: &str = "Truce holds\n\nThe truce held near the river on Monday, observers said.\n";
const B: &str = "Convoy arrives\n\nA convoy of trucks arrived in the town with flour.\n";

#[test]
fn a_second_run_reads_only_what_changed() {
    let sandbox = Sandbox::with(&[("a.txt", A), ("b.txt", B)]);
    assert_eq!(sandbox.index().indexed, 2);
    let again = sandbox.index();
    assert_eq!((again.indexed, again.unchanged, again.removed), (0, 2, 0));

    sandbox.write(
        "a.txt",
        "Truce broken\n\nShelling resumed near the river, residents said.\n",
    );
    sandbox.write(
        "c.txt",
        "Talks\n\nEnvoys met in the capital for a second round.\n",
    );
    sandbox.remove("b.txt");
    let third = sandbox.index();
    assert_eq!((third.indexed, third.unchanged, third.removed), (2, 0, 1));
    assert!(sandbox.found("held").is_empty());
    assert!(sandbox.found("convoy").is_empty());
    assert_eq!(sandbox.found("shelling"), ["a.txt#0"]);
    assert_eq!(sandbox.found("envoys"), ["c.txt#0"]);
}

#[test]
fn many_small_runs_leave_few_segments_and_all_articles() {
    let sandbox = Sandbox::new();
    for run in 0..12 {
        sandbox.write(&format!("{run}.txt"), A);
        if run % 3 == 2 {
            sandbox.remove(&format!("{}.txt", run - 1));
        }
        assert_eq!(sandbox.index().indexed, 1);
        let of_segments =
            |e: &std::fs::DirEntry| e.path().extension().is_some_and(|e| e == "store");
        let files = std::fs::read_dir(sandbox.index_path()).unwrap().flatten();
        let segments = files.filter(of_segments).count();
        let meta = std::fs::read(sandbox.index_path().join("meta.json")).unwrap();
        let meta: serde_json::Value = serde_json::from_slice(&meta).unwrap();
        // What was joined is gone from the disk.
        assert_eq!(segments, meta["segments"].as_array().unwrap().len());
        assert!((1..=5).contains(&segments), "{segments} after run {run}");
        let expected = run as usize + 1 - (run as usize + 1) / 3;
        assert_eq!(sandbox.search("truce").articles as usize, expected);
    }
}

#[test]
fn settings_and_manifest_rows_that_change_are_a_change_of_the_file() {
    let sandbox = Sandbox::with(&[("a.txt", A), ("b.txt", B)]);
    sandbox.index();
    let day = jiff::civil::date(2020, 10, 11);
    let interval = belli::extract::date::Interval {
        start: day,
        end: day,
    };
    let dated = belli::ingest::Sources {
        published: Some((interval, belli::extract::date::Precision::Day)),
        ..sources()
    };
    assert_eq!(sandbox.index_with(&dated, 1).unwrap().indexed, 2);
    assert_eq!(sandbox.index_with(&dated, 1).unwrap().unchanged, 2);
    let hit = &sandbox.search("truce").hits[0];
    assert_eq!(hit.article.published.as_ref().unwrap().0, "2020-10-11");
}

#[test]
fn an_index_holds_several_roots_and_removes_only_within_one() {
    let one = Sandbox::with(&[("a.txt", A)]);
    let two = Sandbox::with(&[("b.txt", B)]);
    one.index();
    let run = one.belli(&[
        "index",
        two.articles().to_str().unwrap(),
        "--index",
        "index",
    ]);
    assert_eq!(run.status, 0, "{run:?}");
    one.remove("a.txt");
    assert_eq!(one.index().removed, 1);
    assert!(one.found("truce").is_empty());
    assert_eq!(one.found("convoy"), ["b.txt#0"]);
    assert_eq!(
        records::roots(&Index::open(&one.index_path()).unwrap())
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_file_can_be_a_root() {
    let sandbox = Sandbox::with(&[("a.txt", A), ("b.txt", B)]);
    let run = sandbox.belli(&["index", "articles/a.txt"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(sandbox.found("truce"), ["a.txt#0"]);
    assert!(sandbox.found("convoy").is_empty());
}

#[test]
fn searching_goes_on_while_an_indexer_writes_and_a_second_one_is_told() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    sandbox.index();
    let writer = Writer::open(&sandbox.index_path(), 1).unwrap();
    assert_eq!(sandbox.found("truce"), ["a.txt#0"]);
    let run = sandbox.belli(&["index", "articles"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains(&format!("process {}", std::process::id())),
        "{}",
        run.err
    );
    drop(writer);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
}

#[test]
fn a_snapshot_does_not_change_under_a_reader() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    sandbox.index();
    let before = Index::open(&sandbox.index_path()).unwrap();
    sandbox.remove("a.txt");
    sandbox.index();
    let request = Request::new(Query::parse("truce").unwrap());
    let gazetteer = belli::gazetteer::Gazetteer::builtin();
    assert_eq!(
        ids(&belli::search::search(&before, gazetteer, &request).unwrap()),
        ["a.txt#0"]
    );
    assert!(sandbox.found("truce").is_empty());
}

#[test]
fn opening_for_reading_writes_nothing() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    sandbox.index();
    let listing = || {
        let mut names: Vec<_> = std::fs::read_dir(sandbox.index_path())
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| (e.file_name(), e.metadata().unwrap().modified().unwrap()))
            .collect();
        names.sort();
        names
    };
    for entry in std::fs::read_dir(sandbox.index_path()).unwrap() {
        let name = entry.unwrap().file_name();
        if name.to_string_lossy().ends_with(".lock") {
            std::fs::remove_file(sandbox.index_path().join(name)).unwrap();
        }
    }
    let before = listing();
    assert_eq!(sandbox.found("truce"), ["a.txt#0"]);
    assert_eq!(sandbox.belli(&["status"]).status, 0);
    assert_eq!(listing(), before);
}

#[test]
fn source_files_are_never_touched() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    let path = sandbox.articles().join("a.txt");
    let before = std::fs::metadata(&path).unwrap().modified().unwrap();
    sandbox.index();
    sandbox.belli(&["index", "articles", "--rebuild"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), A);
    assert_eq!(
        std::fs::metadata(&path).unwrap().modified().unwrap(),
        before
    );
}

#[test]
fn search_in_a_folder_goes_on_with_its_settings() {
    let sandbox = Sandbox::with(&[("a.txt", A), ("b.txt", B)]);
    std::fs::write(
        sandbox.path().join("m.csv"),
        "path,published\na.txt,2020-10-11\n",
    )
    .unwrap();
    let indexed = sandbox.belli(&[
        "index",
        "articles",
        "--manifest",
        "m.csv",
        "--published",
        "2019",
    ]);
    assert_eq!(indexed.status, 0, "{indexed:?}");
    sandbox.write(
        "c.txt",
        "Truce again\n\nThe truce held near the bridge on Tuesday.\n",
    );
    let hits = sandbox
        .belli(&["search", "--in", "articles", "truce", "--json"])
        .json();
    let mut dates: Vec<_> = hits
        .iter()
        .map(|h| {
            (
                h["path"].as_str().unwrap(),
                h["published"]["date"].as_str().unwrap(),
            )
        })
        .collect();
    dates.sort();
    assert_eq!(dates, [("a.txt", "2020-10-11"), ("c.txt", "2019-01-01")]);
    let again = [
        "index",
        "articles",
        "--manifest",
        "m.csv",
        "--published",
        "2019",
    ];
    let again = sandbox.belli(&again);
    assert!(again.err.contains("3 unchanged"), "{}", again.err);
}

#[test]
fn an_index_says_that_a_run_did_not_end() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    let (stop, done) = (AtomicBool::new(true), AtomicU64::new(0));
    let options = belli::ingest::Options {
        sources: &sources(),
        threads: 1,
        stop: &stop,
        done: &done,
    };
    let (articles, index) = (sandbox.articles(), sandbox.index_path());
    let gazetteer = belli::gazetteer::Gazetteer::builtin();
    assert!(
        belli::ingest::index(&articles, &index, gazetteer, &options)
            .unwrap()
            .stopped
    );
    let unfinished = || sandbox.belli(&["status"]).out.contains("was not finished");
    assert!(unfinished());
    let empty = sandbox.belli(&["search", "nowhere"]);
    assert!(empty.err.contains("belli status"), "{}", empty.err);
    sandbox.index();
    assert!(!unfinished());
}

#[test]
fn a_manifest_stays_with_its_folder() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    let manifest = sandbox.path().join("m.csv");
    std::fs::write(&manifest, "path,published\na.txt,2020-10-11\n").unwrap();
    let date = || {
        let hit = sandbox
            .belli(&["search", "truce", "--json"])
            .json()
            .remove(0);
        hit["published"]["from"].as_str().map(str::to_owned)
    };
    sandbox.belli(&["index", "articles", "--manifest", "m.csv"]);
    assert_eq!(date().as_deref(), Some("manifest"));
    let again = sandbox.belli(&["index", "articles"]);
    assert!(again.err.contains("1 unchanged"), "{}", again.err);
    assert!(!again.err.contains("note"), "{}", again.err);
    assert_eq!(date().as_deref(), Some("manifest"));
    // One that is gone takes no dates with it.
    std::fs::remove_file(&manifest).unwrap();
    let gone = sandbox.belli(&["index", "articles"]);
    assert_eq!(gone.status, 2, "{gone:?}");
    assert!(gone.err.contains("--manifest none"), "{}", gone.err);
    let without = sandbox.belli(&["index", "articles", "--manifest", "none"]);
    assert_eq!(without.status, 0, "{without:?}");
    assert_ne!(date().as_deref(), Some("manifest"));
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
}

#[test]
fn what_shapes_the_reading_stays_with_its_folder() {
    let sandbox = Sandbox::with(&[
        ("a.txt", "Truce holds\n\n10/11/2020\n\nIt was quiet."),
        (".b.txt", "Truce fails\n\nIt was loud."),
    ]);
    let dates = |args: &[&str]| {
        let run = sandbox.belli(&[&["index", "articles"], args].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        let hits = sandbox.belli(&["search", "truce", "--json"]).json();
        let mut dates: Vec<String> = hits
            .iter()
            .map(|hit| {
                hit["published"]["date"]
                    .as_str()
                    .unwrap_or("none")
                    .to_owned()
            })
            .collect();
        dates.sort_unstable();
        (dates.join(" "), run.err)
    };
    let given = dates(&["--hidden", "--date-order", "dmy"]).0;
    assert_eq!(given, "2020-11-10 none");
    let (kept, said) = dates(&[]);
    assert_eq!(kept, given);
    assert!(
        said.contains("articles is read as before: date-order=DayFirst, hidden=true\n"),
        "{said}"
    );
    assert_eq!(dates(&["--date-order", "mdy"]).0, "2020-10-11 none");
    assert_eq!(dates(&["--published", "2021"]).0, "2021-01-01 2021-01-01");
    assert_eq!(dates(&["--hidden=false"]).0, "2021-01-01");
    assert_eq!(dates(&["--published", "none"]).0, "2020-10-11");
    let (taken_back, said) = dates(&["--date-order", "auto"]);
    assert_eq!(taken_back, "none");
    assert!(!said.contains("as before"), "{said}");
}

#[test]
fn search_in_a_folder_answers_while_another_indexer_writes() {
    let sandbox = Sandbox::with(&[("a.txt", A)]);
    sandbox.index();
    let writer = Writer::open(&sandbox.index_path(), 1).unwrap();
    let run = sandbox.belli(&["search", "--in", "articles", "truce", "--json"]);
    assert_eq!((run.status, run.json().len()), (0, 1), "{run:?}");
    assert!(run.err.contains("as it stands"), "{}", run.err);
    drop(writer);
}

#[test]
fn roots_can_be_forgotten_and_overlaps_are_said() {
    let sandbox = Sandbox::with(&[("sub/a.txt", A), ("b.txt", B)]);
    assert_eq!(sandbox.belli(&["index", "articles/sub"]).status, 0);
    let run = sandbox.belli(&["index", "articles"]);
    assert!(run.err.contains("overlaps the root"), "{}", run.err);
    assert_eq!(sandbox.found("truce").len(), 2);
    std::fs::rename(
        sandbox.articles().join("sub"),
        sandbox.path().join("elsewhere"),
    )
    .unwrap();
    let gone = sandbox.belli(&["index", "articles/sub"]);
    assert!(
        gone.status == 2 && gone.err.contains("--forget"),
        "{gone:?}"
    );
    assert_eq!(
        sandbox.belli(&["index", "--forget", "articles/sub"]).status,
        0
    );
    assert_eq!(sandbox.found("truce"), ["sub/a.txt#0"]);
    assert_eq!(
        sandbox
            .belli(&["index", "--forget", "articles/never"])
            .status,
        2
    );
    assert_eq!(sandbox.index().removed, 1);
    assert_eq!(sandbox.found("convoy"), ["b.txt#0"]);
}

#[test]
fn a_root_that_is_gone_is_forgotten_however_it_is_written() {
    for (root, written) in [
        ("articles", "articles/"),
        ("articles/sub", "articles/none/../sub"),
        ("articles/sub", "./articles/sub/."),
    ] {
        let sandbox = Sandbox::with(&[("sub/a.txt", A)]);
        assert_eq!(sandbox.belli(&["index", root]).status, 0);
        std::fs::remove_dir_all(sandbox.path().join(root)).unwrap();
        let run = sandbox.belli(&["index", "--forget", written]);
        assert_eq!(run.status, 0, "{written}: {run:?}");
        assert!(sandbox.found("truce").is_empty());
    }
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_are_other_names() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    let named = |name: &[u8]| sandbox.articles().join(std::ffi::OsStr::from_bytes(name));
    for (root, text) in [(&b"r\xFE"[..], A), (b"r\xFF", B)] {
        std::fs::create_dir(named(root)).unwrap();
        std::fs::write(named(root).join("a.txt"), text).unwrap();
        let (stop, done) = Default::default();
        let sources = sources();
        let options = belli::ingest::Options {
            sources: &sources,
            threads: 1,
            stop: &stop,
            done: &done,
        };
        let gazetteer = belli::gazetteer::Gazetteer::builtin();
        belli::ingest::index(&named(root), &sandbox.index_path(), gazetteer, &options).unwrap();
    }
    assert_eq!(
        (sandbox.found("truce").len(), sandbox.found("convoy").len()),
        (1, 1)
    );
    let index = Index::open(&sandbox.index_path()).unwrap();
    assert_eq!(records::roots(&index).unwrap().len(), 2);
    assert_eq!(
        belli::ingest::forget(&named(b"r\xFE"), &sandbox.index_path()).unwrap(),
        1
    );
    assert_eq!(
        (sandbox.found("truce").len(), sandbox.found("convoy").len()),
        (0, 1)
    );

    let sandbox = Sandbox::with(&[("b%FE.txt", B)]);
    let other = sandbox
        .articles()
        .join(std::ffi::OsStr::from_bytes(b"b\xFE.txt"));
    std::fs::write(other, A).unwrap();
    assert_eq!(sandbox.index().indexed, 2);
    assert_eq!(sandbox.index().unchanged, 2);
}

#[test]
fn a_name_is_not_cut_by_the_end_of_a_passage() {
    let text = format!(
        "Head\n\n{}the Rapid Support Forces attacked in El Fasher.\n",
        "word ".repeat(816)
    );
    let sandbox = Sandbox::with(&[("a.txt", &text)]);
    sandbox.index();
    let hits = sandbox.belli(&["search", "attacked", "--json"]).json();
    assert_eq!(hits[0]["actors"][0]["name"], "Rapid Support Forces");
    assert_eq!(hits[0]["places"][0]["name"], "El Fasher");
}

#[test]
fn passages_are_cited_by_the_lines_of_the_file() {
    let paragraph = crate::sandbox::filler(70);
    let text = [&paragraph, "", &paragraph, "", &paragraph].join("\r");
    let json = format!("{{\n\"text\": [\n\"{paragraph}\\n\\n{paragraph}\",\n\"{paragraph}\"]\n}}");
    let sandbox = Sandbox::with(&[("a.txt", &text), ("b.json", &json)]);
    sandbox.index();
    let mut hits = sandbox.search("orchards").hits;
    let mut request = Request::new(Query::parse("orchards").unwrap());
    request.limit = 10;
    hits.extend(sandbox.request(request).hits);
    let mut lines: Vec<_> = hits
        .iter()
        .map(|h| (h.article.path.as_str(), h.line.unwrap()))
        .collect();
    lines.sort();
    lines.dedup();
    assert_eq!(
        lines,
        [("a.txt", 1), ("a.txt", 5), ("b.json", 3), ("b.json", 4)]
    );
}

#[test]
fn roots_with_the_same_paths_are_ordered_by_root() {
    let answer = |threads: &str| {
        let sandbox = Sandbox::new();
        for root in ["one", "two"] {
            for n in 0..20 {
                sandbox.write(&format!("{root}/{n}.txt"), A);
            }
        }
        for root in ["articles/one", "articles/two"] {
            assert_eq!(
                sandbox.belli(&["index", root, "--threads", threads]).status,
                0
            );
        }
        let hits = sandbox
            .belli(&["search", "truce", "-n", "40", "--json"])
            .json();
        let order: Vec<_> = hits
            .iter()
            .map(|h| {
                (
                    h["path"].to_string(),
                    h["root"].as_str().unwrap().ends_with("two"),
                )
            })
            .collect();
        assert_eq!(order.len(), 40);
        assert!(
            order
                .chunks(2)
                .all(|pair| pair[0].0 == pair[1].0 && !pair[0].1 && pair[1].1),
            "{order:?}"
        );
        order
    };
    assert_eq!(answer("1"), answer("8"));
}

#[test]
fn what_was_removed_narrows_no_pattern() {
    let sandbox = Sandbox::new();
    let words: Vec<String> = (0..2100).map(|n| format!("ee{n:04}")).collect();
    sandbox.write("words.txt", words.join(" "));
    sandbox.write("other.txt", "Nothing of the kind happened.");
    sandbox.index();
    assert_eq!(sandbox.belli(&["count", "ee*"]).status, 2);
    sandbox.remove("words.txt");
    sandbox.index();
    let run = sandbox.belli(&["count", "ee*"]);
    assert_eq!(run.status, 1, "{}", run.err);
}
