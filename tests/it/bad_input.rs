//! Bad input: a clear message with the remedy, no panic, and nothing lost.

use crate::sandbox::{Sandbox, sources};
use belli::ingest::Report;

const GOOD: (&str, &str) = ("good.txt", "Truce\n\nThe truce held near the river.\n");

/// Indexes one bad file beside a good one: the good one is always found.
fn beside(name: &str, content: &[u8]) -> Report {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.write(name, content);
    let report = sandbox.index();
    assert!(
        sandbox.found("river").contains(&"good.txt#0".to_owned()),
        "{name}"
    );
    report
}

fn reason(report: &Report, path: &str) -> String {
    report
        .failed
        .iter()
        .find(|(p, _)| p == path)
        .map(|(_, why)| why.clone())
        .unwrap_or_default()
}

#[test]
fn an_empty_file_is_reported() {
    assert!(reason(&beside("empty.txt", b""), "empty.txt").contains("no text"));
    assert!(reason(&beside("blank.txt", b" \n\t\n"), "blank.txt").contains("no text"));
}

#[test]
fn a_binary_file_is_reported() {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n * n % 251) as u8).collect();
    assert!(reason(&beside("noise.txt", &noise), "noise.txt").contains("not a text file"));
    assert!(reason(&beside("photo.jpg", b"\xff\xd8\xff\xe0 jpeg"), "photo.jpg").contains("image"));
    assert!(reason(&beside("report.pdf", b"%PDF-1.7"), "report.pdf").contains("PDF"));
}

#[test]
fn a_huge_line_is_indexed() {
    let report = beside("huge.txt", "kerosene ".repeat(100 << 17).as_bytes());
    assert_eq!((report.failed.len(), report.articles), (0, 2));
    assert!(report.passages > 20_000);
}

#[test]
fn a_few_nul_bytes_and_invalid_utf8_are_survived_and_noted() {
    let mut text = b"Title of it\n\n".to_vec();
    text.extend(
        "The convoy of trucks crossed the river at noon and turned north. "
            .repeat(60)
            .bytes(),
    );
    text.push(0);
    text.extend(b" And then it stopped.\n");
    let report = beside("nul.txt", &text);
    assert_eq!(report.failed, []);
    assert!(
        report.notes.iter().any(|(path, _)| path == "nul.txt"),
        "{:?}",
        report.notes
    );

    let mut text =
        "Überschrift\n\nDie Straße nach Süden ist gesperrt, größere Verbände rücken vor. "
            .repeat(20)
            .into_bytes();
    text.extend(b"\xff\xfe broken \xc3\n");
    let report = beside("broken.txt", &text);
    assert_eq!(report.failed, []);
    assert!(
        report.notes.iter().any(|(path, _)| path == "broken.txt"),
        "{:?}",
        report.notes
    );
}

#[test]
fn a_broken_json_line_is_reported_by_number_and_the_others_go_on() {
    let lines = "{\"title\":\"One\",\"text\":\"The bridge fell.\"}\n{\"title\":\"Two\",\n{\"title\":\"Three\",\"text\":\"The bridge rose.\"}\n";
    let report = beside("wire.jsonl", lines.as_bytes());
    assert_eq!(report.articles, 3);
    assert!(
        reason(&report, "wire.jsonl").contains("line 2"),
        "{report:?}"
    );
    assert!(reason(&beside("bad.json", b"{\"title\": \"One\", "), "bad.json").contains("line 1"));
}

#[test]
fn records_without_a_text_are_counted_and_many_broken_ones_are_few_lines() {
    let broken = "{\"id\":1}\n".repeat(50);
    let empty = "{\"text\":\"\",\"photo\":1}\n".repeat(30);
    let report = beside(
        "posts.jsonl",
        (broken + &empty + "{\"text\":\"Quiet.\"}").as_bytes(),
    );
    let of_posts =
        |all: &[(String, String)]| all.iter().filter(|(p, _)| p == "posts.jsonl").count();
    assert_eq!(of_posts(&report.failed), 6, "{:?}", report.failed);
    assert_eq!(report.failed[5].1, "… and 45 more");
    let note = &report
        .notes
        .iter()
        .find(|(path, _)| path == "posts.jsonl")
        .unwrap()
        .1;
    assert!(
        note.starts_with("30 records have no text and no title: left out, the first on line 51"),
        "{note}"
    );
}

#[test]
fn a_failing_file_is_named_every_time_until_it_changes() {
    let sandbox = Sandbox::with(&[GOOD, ("empty.txt", "")]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 3);
    let again = sandbox.belli(&["index", "articles"]);
    assert_eq!(again.status, 3);
    assert!(again.err.contains("2 unchanged, 1 failed"), "{}", again.err);
    assert!(
        again.err.contains("failed: empty.txt: no text"),
        "{}",
        again.err
    );
    sandbox.write("empty.txt", "Not empty\n\nThe river rose again.\n");
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
}

#[test]
fn a_missing_folder_is_an_error_and_makes_no_index() {
    let sandbox = Sandbox::with(&[GOOD]);
    let run = sandbox.belli(&["index", "articels"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("articels does not exist"), "{}", run.err);
    assert!(!sandbox.index_path().exists());
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_is_a_line_and_what_was_indexed_of_it_stays() {
    let sandbox = Sandbox::with(&[GOOD, ("later.txt", "Later\n\nThe bridge fell at noon.\n")]);
    sandbox.index();
    // A folder in the place of the file's target cannot be read as a file, even by root.
    sandbox.remove("later.txt");
    std::os::unix::fs::symlink("/proc/self/mem", sandbox.articles().join("later.txt")).unwrap();
    let follow = belli::ingest::Sources {
        walk: belli::walk::Options {
            follow: true,
            ..Default::default()
        },
        ..sources()
    };
    let report = sandbox.index_with(&follow, 2).unwrap();
    assert!(
        reason(&report, "later.txt").contains("cannot be read"),
        "{report:?}"
    );
    assert_eq!(sandbox.found("bridge"), ["later.txt#0"]);
}

#[test]
#[cfg(unix)]
fn only_what_lies_below_an_unreadable_folder_is_held_back() {
    let sandbox = Sandbox::with(&[GOOD, ("gone.txt", "Gone\n\nThe dam broke at dusk.\n")]);
    sandbox.write("lost/a.txt", "Lost\n\nThe bridge fell at noon.\n");
    sandbox.write("lost2/a.txt", "Lost\n\nThe tower fell at noon.\n");
    let index = |sandbox: &Sandbox| sandbox.belli(&["index", "articles", "--follow"]);
    assert_eq!(index(&sandbox).status, 0);
    // A link to itself cannot be followed, not even by root.
    sandbox.remove("gone.txt");
    std::fs::remove_dir_all(sandbox.articles().join("lost2")).unwrap();
    std::fs::rename(sandbox.articles().join("lost"), sandbox.path().join("lost")).unwrap();
    std::os::unix::fs::symlink("lost", sandbox.articles().join("lost")).unwrap();
    for removed in ["2 removed", "1 unchanged"] {
        let run = index(&sandbox);
        assert_eq!(run.status, 3);
        assert!(run.err.contains("failed: lost: "), "{}", run.err);
        assert!(run.err.contains("note: lost: 1 files"), "{}", run.err);
        assert!(run.err.contains(removed), "{}", run.err);
        let status = sandbox.belli(&["status", "--json"]).json().remove(0);
        assert_eq!(status["failed"][0]["path"], "lost", "{status}");
        assert_eq!(
            (&status["files"], &status["passages"]),
            (&2.into(), &2.into())
        );
        assert_eq!(sandbox.found("bridge"), ["lost/a.txt#0"]);
    }
    assert!(sandbox.found("dam").is_empty() && sandbox.found("tower").is_empty());
    sandbox.remove("lost");
    assert!(index(&sandbox).err.contains("1 removed"));
    let status = sandbox.belli(&["status", "--json"]).json().remove(0);
    assert_eq!(
        (&status["failed"], &status["passages"]),
        (&serde_json::json!([]), &1.into())
    );
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_again_is_listed_once() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::with(&[GOOD, ("kept.txt", "Kept\n\nThe bridge fell at noon.\n")]);
    sandbox.write("empty.txt", "");
    // Some memory cannot be read, and a link to itself not followed, not even by root.
    let mem = |name: &str| symlink("/proc/self/mem", sandbox.articles().join(name)).unwrap();
    mem("mem.txt");
    let index = || sandbox.belli(&["index", "articles", "--follow"]);
    index();
    for name in ["empty.txt", "kept.txt"] {
        sandbox.remove(name);
        symlink(name, sandbox.articles().join(name)).unwrap();
    }
    for _ in 0..2 {
        let run = index();
        assert!(
            run.err.contains("note: kept.txt: what was indexed of it"),
            "{}",
            run.err
        );
        assert!(!run.err.contains("note: empty.txt"), "{}", run.err);
        let status = sandbox.belli(&["status", "--json"]).json().remove(0);
        let failed = status["failed"].as_array().unwrap();
        let mut paths: Vec<_> = failed.iter().map(|f| f["path"].as_str().unwrap()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["empty.txt", "kept.txt", "mem.txt"], "{status}");
        assert_eq!(sandbox.found("bridge"), ["kept.txt#0"]);
    }
}

#[test]
#[cfg(unix)]
fn a_root_that_is_no_folder_and_no_file_is_an_error_and_the_others_are_said() {
    let sandbox = Sandbox::with(&[GOOD]);
    let run = sandbox.belli(&["index", "articles", "/dev/null"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("1 files indexed"), "{}", run.err);
    assert!(run.err.contains("no folder and no file"), "{}", run.err);
    assert_eq!(sandbox.found("truce"), ["good.txt#0"]);
}

#[test]
#[cfg(unix)]
fn a_file_name_is_one_line_of_the_report() {
    let sandbox = Sandbox::with(&[GOOD, ("a\nfailed: b.txt", "")]);
    let run = sandbox.belli(&["index", "articles"]);
    assert!(
        run.err.contains("failed: a failed: b.txt: no text"),
        "{}",
        run.err
    );
}

#[test]
fn a_publication_date_that_is_none_or_two_is_an_error() {
    let sandbox = Sandbox::with(&[GOOD]);
    for date in ["10/11/2020", "someday", "2031", "1066", "2020-13"] {
        let run = sandbox.belli(&["index", "articles", "--published", date]);
        assert_eq!(run.status, 2, "{date}");
        assert!(
            run.err.contains(date) && run.err.contains("write 2020-10-10"),
            "{}",
            run.err
        );
    }
    let order = [
        "index",
        "articles",
        "--published",
        "10/11/2020",
        "--date-order",
        "dmy",
    ];
    assert_eq!(sandbox.belli(&order).status, 0);
    let hit = sandbox
        .belli(&["search", "truce", "--json"])
        .json()
        .remove(0);
    assert_eq!(hit["published"]["date"], "2020-11-10");
}

#[test]
fn a_manifest_is_no_article_and_says_when_it_speaks_of_none() {
    let sandbox = Sandbox::with(&[GOOD, ("m.csv", "path,published\ngood.txt,2020-10-11\n")]);
    let run = sandbox.belli(&["index", "articles", "--manifest", "articles/m.csv"]);
    assert_eq!(
        (run.status, run.err.contains("note")),
        (0, false),
        "{}",
        run.err
    );
    sandbox.write("m.csv", "path,published\narticles/good.txt,2020-10-11\n");
    let run = sandbox.belli(&["index", "articles", "--manifest", "articles/m.csv"]);
    assert_eq!(run.status, 0);
    assert!(
        run.err.contains("none of its 1 rows names a file"),
        "{}",
        run.err
    );
}

#[test]
fn an_index_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::with(&[GOOD]);
    std::fs::write(sandbox.path().join("occupied"), "a file").unwrap();
    let run = sandbox.belli(&["index", "articles", "--index", "occupied/index"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("cannot write to occupied/index"),
        "{}",
        run.err
    );
}

#[test]
fn a_folder_of_other_files_is_never_made_an_index() {
    let sandbox = Sandbox::with(&[GOOD]);
    std::fs::create_dir(sandbox.path().join("photos")).unwrap();
    std::fs::write(sandbox.path().join("photos/cat.jpg"), "cat").unwrap();
    for rebuild in [
        &["index", "articles", "--index", "photos"][..],
        &["index", "articles", "--index", "photos", "--rebuild"],
    ] {
        let run = sandbox.belli(rebuild);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("is no index"), "{}", run.err);
    }
    assert_eq!(
        std::fs::read_to_string(sandbox.path().join("photos/cat.jpg")).unwrap(),
        "cat"
    );
}

#[test]
fn an_index_of_another_version_is_refused_with_the_remedy() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    let meta = sandbox.index_path().join("meta.json");
    let other = std::fs::read_to_string(&meta)
        .unwrap()
        .replace("belli format", "belli fromat");
    std::fs::write(&meta, other).unwrap();
    for args in [
        &["search", "truce"][..],
        &["index", "articles"],
        &["status"],
    ] {
        let run = sandbox.belli(args);
        assert_eq!(run.status, 2);
        assert!(
            run.err.contains("another version") && run.err.contains("--rebuild"),
            "{}",
            run.err
        );
    }
    assert_eq!(sandbox.belli(&["index", "articles", "--rebuild"]).status, 0);
    assert_eq!(sandbox.found("truce"), ["good.txt#0"]);
}

#[test]
fn a_damaged_index_is_an_error_with_the_remedy() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    for entry in std::fs::read_dir(sandbox.index_path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "term" || e == "idx") {
            std::fs::write(path, "not what it was").unwrap();
        }
    }
    let run = sandbox.belli(&["search", "truce"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("damaged") && run.err.contains("--rebuild"),
        "{}",
        run.err
    );
    std::fs::write(sandbox.index_path().join("meta.json"), "{").unwrap();
    let run = sandbox.belli(&["search", "truce"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("damaged"), "{}", run.err);
    assert_eq!(sandbox.belli(&["index", "articles", "--rebuild"]).status, 0);
    assert_eq!(sandbox.found("truce"), ["good.txt#0"]);
}

#[test]
fn nothing_to_look_for_and_open_quotation_marks_are_errors() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    for args in [&["search"][..], &["search", ""], &["search", "?!"]] {
        let run = sandbox.belli(args);
        assert_eq!(run.status, 2, "{args:?}");
        assert!(run.err.contains("nothing to look for"), "{}", run.err);
    }
    let run = sandbox.belli(&["search", "the \"truce"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("quotation mark") && run.err.lines().last().unwrap().trim() == "^",
        "{}",
        run.err
    );
    assert_eq!(sandbox.belli(&["search", "-F", "the \"truce"]).status, 0);
}

#[test]
fn a_bad_manifest_is_an_error_with_its_line() {
    let sandbox = Sandbox::with(&[GOOD]);
    std::fs::write(
        sandbox.path().join("m.csv"),
        "path,published\ngood.txt,2020-10-11\nother.txt,someday\n",
    )
    .unwrap();
    let run = sandbox.belli(&["index", "articles", "--manifest", "m.csv"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("m.csv") && run.err.contains("line 3"),
        "{}",
        run.err
    );
    let run = sandbox.belli(&["index", "articles", "--manifest", "none.csv"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("none.csv"), "{}", run.err);
}

#[test]
fn a_removal_that_was_cut_short_can_be_repeated() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    std::fs::remove_file(sandbox.index_path().join("meta.json")).unwrap();
    assert_eq!(sandbox.belli(&["index", "articles", "--rebuild"]).status, 0);
    assert_eq!(sandbox.found("truce"), ["good.txt#0"]);
}

#[test]
fn postings_that_are_damaged_are_an_error_and_no_panic() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    for entry in std::fs::read_dir(sandbox.index_path()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|e| e == "idx" || e == "pos" || e == "store")
        {
            let mut bytes = std::fs::read(&path).unwrap();
            let body = bytes.len().saturating_sub(120);
            bytes[..body].iter_mut().for_each(|b| *b = !*b);
            std::fs::write(path, bytes).unwrap();
        }
    }
    let run = sandbox.belli(&["search", "truce river"]);
    assert!(run.status == 2 || run.status == 0, "{run:?}");
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

#[test]
fn pathological_texts_take_no_longer_than_their_length() {
    let headings: String = (0..20_000).map(|n| format!("Item {n}\n\n")).collect();
    let report = beside("list.txt", headings.as_bytes());
    assert_eq!(report.failed, []);
    let dots = format!("Title\n\nIt went on{}\n", ".".repeat(300_000));
    assert_eq!(beside("dots.txt", dots.as_bytes()).failed, []);
}

#[test]
fn what_cannot_be_counted_or_shown_is_an_error_with_its_remedy() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    for (args, remedy) in [
        (&["kwic", "truce", "--sort", "L0"][..], "write L1, R1"),
        (&["kwic", "truce", "--sort", "left"], "write L1, R1"),
        (
            &["kwic", "--sort", "L1", "--actor", "Russia"],
            "needs words",
        ),
        (&["kwic", "actor:Russia"], "needs words"),
        (&["kwic", "truce", "--width", "0"], "from 1 to 10000"),
        (
            &["kwic", "truce", "--width", "100000000000"],
            "from 1 to 10000",
        ),
        (&["search", "truce", "--per-passage"], "--format trec"),
        (&["search", "truce", "--index", "articles"], "an empty one"),
        (&["show", "good.txt#1"], "write #0 to #0"),
        (&["show"], "Usage"),
        (&["facets", "truce"], "possible values"),
        (&["facets"], "Usage"),
        (&["timeline", "--by", "decade"], "possible values"),
        (&["count", "\"truce"], "quotation mark"),
        (&["count", "--batch", "none.tsv"], "none.tsv"),
        (&["count", "--index", "nowhere"], "belli index"),
    ] {
        let run = sandbox.belli(args);
        assert_eq!(run.status, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(remedy), "{args:?}: {}", run.err);
        assert_eq!(run.out, "", "{args:?}");
    }
}
