//! The command: exit status, streams, formats, batch.

use crate::sandbox::Sandbox;
use std::io::Read;
use std::process::{Command, Stdio};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "2020-10-11 truce.txt",
            "Truce broken\n\nAzeri forces broke the truce near the river, officials in Yerevan said.\n",
        ),
        (
            "convoy.txt",
            "Convoy arrives\n\nA convoy of trucks arrived in the town with flour for the truce monitors.\n",
        ),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    sandbox
}

#[test]
fn found_is_0_nothing_is_1_and_error_is_2() {
    let sandbox = sandbox();
    let found = sandbox.belli(&["search", "truce", "--no-synonyms"]);
    assert_eq!(
        (found.status, found.err.as_str()),
        (0, "2 passages in 2 articles, 2 shown\n")
    );
    let nothing = sandbox.belli(&["search", "violins"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("`violins`"), "{}", nothing.err);
    assert_eq!(
        sandbox
            .belli(&["search", "truce", "--index", "elsewhere"])
            .status,
        2
    );
    assert_eq!(sandbox.belli(&["search", "truce", "--nonsense"]).status, 2);
}

#[test]
fn text_shows_rank_title_date_line_marks_and_names() {
    let run = sandbox().belli(&["search", "broke the truce", "--actor", "Azerbaijan"]);
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines[0], "1. [Truce] broken  2020-10-11 (from file-name)");
    assert_eq!(lines[1], "   2020-10-11 truce.txt:3");
    assert_eq!(
        lines[2],
        "   Azeri forces [broke] the [truce] near the river, officials in Yerevan said."
    );
    assert!(
        lines[3].starts_with("   actors: ") && lines[3].contains("AZE"),
        "{run:?}"
    );
    assert!(!run.out.contains('\u{1b}'));
    let colored = sandbox().belli(&["search", "truce", "--color", "always"]);
    assert!(colored.out.contains("\u{1b}["));
}

#[test]
fn search_in_a_folder_indexes_it_first() {
    let sandbox = Sandbox::with(&[("a.txt", "Truce\n\nThe truce held in the valley.\n")]);
    let run = sandbox.belli(&["search", "--in", "articles", "truce", "--json"]);
    assert_eq!((run.status, run.json().len()), (0, 1), "{run:?}");
    sandbox.write("b.txt", "Truce\n\nThe truce broke in the valley.\n");
    assert_eq!(
        sandbox
            .belli(&["search", "--in", "articles", "truce", "--json"])
            .json()
            .len(),
        2
    );
}

#[test]
fn a_batch_tags_its_hits_and_reports_bad_lines() {
    let sandbox = sandbox();
    std::fs::write(
        sandbox.path().join("queries.tsv"),
        "q1\ttruce -convoy\nno tab here\nq2\tconvoy\nq2\ttwice\nq3\t\"open\n\nq4\t!?\n",
    )
    .unwrap();
    let run = sandbox.belli(&["search", "--batch", "queries.tsv", "--json"]);
    assert_eq!(run.status, 3);
    let tagged: Vec<_> = run
        .json()
        .iter()
        .map(|h| {
            (
                h["qid"].as_str().unwrap().to_owned(),
                h["rank"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(tagged, [("q1".to_owned(), 1), ("q2".to_owned(), 1)]);
    for (line, why) in [
        (2, "no tab"),
        (4, "twice"),
        (5, "quotation mark"),
        (7, "neither words nor filters"),
    ] {
        assert!(
            run.err
                .lines()
                .any(|l| l.contains(&format!("queries.tsv:{line}:")) && l.contains(why)),
            "{line}: {}",
            run.err
        );
    }
    std::fs::write(sandbox.path().join("good.tsv"), "a\ttruce\n").unwrap();
    assert_eq!(
        sandbox
            .belli(&["search", "--batch", "good.tsv", "--json"])
            .status,
        0
    );
    std::fs::write(sandbox.path().join("none.tsv"), "a\tviolins\n").unwrap();
    assert_eq!(
        sandbox
            .belli(&["search", "--batch", "none.tsv", "--json"])
            .status,
        1
    );
    let literal = sandbox.belli(&["search", "-F", "--batch", "queries.tsv", "--json"]);
    assert!(literal.json().iter().all(|h| h["qid"] != "q9"));
    assert!(!literal.err.contains("quotation mark"));
}

#[test]
fn a_batch_without_a_query_is_an_error() {
    let sandbox = sandbox();
    std::fs::write(sandbox.path().join("q.tsv"), "\n").unwrap();
    let run = sandbox.belli(&["search", "--batch", "q.tsv"]);
    assert!(
        run.status == 2 && run.err.contains("has no query"),
        "{}",
        run.err
    );
}

#[test]
fn trec_runs_have_six_columns_and_encoded_ids() {
    let sandbox = sandbox();
    std::fs::write(sandbox.path().join("q.tsv"), "q1\ttruce\n").unwrap();
    let run = sandbox.belli(&["search", "--batch", "q.tsv", "--format", "trec"]);
    let columns: Vec<Vec<_>> = run.out.lines().map(|l| l.split(' ').collect()).collect();
    assert_eq!(columns.len(), 2);
    assert!(
        columns
            .iter()
            .all(|c| c.len() == 6 && c[0] == "q1" && c[1] == "Q0" && c[5] == "belli")
    );
    assert!(columns.iter().any(|c| c[2] == "2020-10-11%20truce.txt"));
    assert_eq!(columns[0][3], "1");
    let passages = sandbox.belli(&[
        "search",
        "--batch",
        "q.tsv",
        "--format",
        "trec",
        "--per-passage",
    ]);
    assert!(passages.out.contains("convoy.txt#0"));
}

#[test]
fn a_closed_pipe_is_success() {
    let sandbox = Sandbox::new();
    for n in 0..400 {
        sandbox.write(
            &format!("{n}.txt"),
            format!(
                "Truce {n}\n\n{}",
                "The truce held in the valley. ".repeat(60)
            ),
        );
    }
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_belli"))
        .args(["search", "valley", "--limit", "4000", "--json"])
        .current_dir(sandbox.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut first)
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn results_are_on_stdout_and_the_summary_is_one_line_on_stderr() {
    let sandbox = Sandbox::with(&[
        ("a.txt", "Truce\n\nThe truce held.\n"),
        (".hidden.txt", "x"),
    ]);
    let run = sandbox.belli(&["index", "articles"]);
    assert_eq!(run.out, "");
    assert_eq!(
        run.err,
        "1 files indexed (1 articles, 1 undated, 1 passages, 0.0 MB), 1 hidden left out\n"
    );
    assert_eq!(sandbox.belli(&["index", "articles", "--quiet"]).err, "");
}

#[test]
fn a_word_that_no_passage_has_is_named_whatever_the_others_find() {
    let sandbox = sandbox();
    let unknown = |args: &[&str]| {
        let run = sandbox.belli(args);
        let lines = run.err.lines().filter(|l| l.contains("no passage has"));
        (run.status, lines.map(str::to_owned).collect::<Vec<_>>())
    };
    let truces = "no passage has `trucs`; did you mean truce, trucks?".to_owned();
    let zebra = "no passage has `zebra`, nor a word like it".to_owned();
    let published = ["timeline", "--date-field", "published"];
    for verb in [
        &["search"][..],
        &["count"],
        &["kwic"],
        &["facets", "actor"],
        &published,
    ] {
        let found = unknown(&[verb, &["truce trucs zebra trucs"]].concat());
        assert_eq!(found, (0, vec![truces.clone(), zebra.clone()]), "{verb:?}");
    }
    // What is wrongly left in is as wrong as what is left out.
    assert_eq!(
        unknown(&["search", "convoys -trucs"]).1,
        std::slice::from_ref(&truces)
    );
    // In a phrase, under a field and as a pattern.
    let each = unknown(&[
        "search",
        "convoys OR \"trucs arrived\" OR title:zebra OR zeb*a",
    ])
    .1;
    let pattern = "no passage has `zeb*a`, nor a word like it".to_owned();
    assert_eq!(each, [truces.clone(), zebra, pattern]);
    // As it is written, in a form of this language, and each but once.
    let upper = "no passage has `TRUCE`; did you mean truce?".to_owned();
    assert_eq!(unknown(&["search", "convoys =TRUCE =truce"]).1, [upper]);
    assert_eq!(unknown(&["search", "convoys Zebra zebra"]).1.len(), 1);
    // What is like it may stand in a headline alone.
    let broken = "no passage has `brokan`; did you mean broken?".to_owned();
    assert_eq!(unknown(&["search", "convoys brokan"]).1, [broken]);
    // A headline has it, or another form of it.
    assert!(unknown(&["search", "convoys broken trucking"]).1.is_empty());
    assert!(
        unknown(&["search", "convoys trucs", "--quiet"])
            .1
            .is_empty()
    );
    let run = sandbox.belli(&["search", "convoys trucs", "--json", "--summary"]);
    let summary = &run.json()[1]["summary"];
    let nearest = serde_json::json!(["truce", "trucks"]);
    assert_eq!(
        summary["unknown"],
        serde_json::json!([{"word": "trucs", "nearest": nearest}])
    );
}

#[test]
fn an_empty_answer_explains_itself() {
    let sandbox = sandbox();
    let says = |args: &[&str], lines: &[&str]| {
        let run = sandbox.belli(args);
        for line in lines {
            assert!(
                run.err.lines().any(|l| l.trim() == *line),
                "{line}: {}",
                run.err
            );
        }
        run.status
    };
    assert_eq!(
        says(
            &["search", "truce AND convoys AND (azeri OR trucs)"],
            &[
                "the query was read as `truce AND convoys AND (azeri OR trucs)`",
                "2  truce",
                "1  convoys  <- empties the answer; 1 without it",
                "1  azeri OR trucs  <- empties the answer; 1 without it",
                "no passage has `trucs`; did you mean truce, trucks?",
                "no passage found",
            ]
        ),
        1
    );
    assert_eq!(
        says(
            &["search", "truce", "--on", "1850", "--actor", "Azerbaijan"],
            &[
                "0  --on 1850-01-01..1850-12-31  <- empties the answer; 1 without it",
                "1  --actor Azerbaijan",
                "dates of the index: events none, publication 2020-10-11..2020-10-11; what was asked for lies outside",
            ]
        ),
        1
    );
    assert_eq!(
        says(
            &["search", "truce -convoy", "--explain-query"],
            &[
                "the query was read as `truce -convoy`",
                "2  truce",
                "1  NOT convoy"
            ]
        ),
        0
    );
    let quiet = sandbox.belli(&["search", "violins", "--quiet"]);
    assert_eq!((quiet.status, quiet.err.as_str()), (1, ""));
    // Filters alone are no query that could be shown as it was read.
    let run = sandbox.belli(&["search", "--actor", "Nobody Known"]);
    assert!(run.err.contains("--actor Nobody Known"), "{}", run.err);
    assert!(!run.err.contains("was read as"), "{}", run.err);
    // A batch says as little, of what it finds and of what it does not.
    let batch = "a\tFLOODS AND TRUCE\nb\tviolins\nc\ttruce OR convoy AND river\n";
    std::fs::write(sandbox.path().join("batch.tsv"), batch).unwrap();
    let args = ["search", "--batch", "batch.tsv", "--on", "2020"];
    let said = sandbox.belli(&args).err;
    for qid in ["a: ", "b: ", "c: "] {
        assert!(said.lines().any(|l| l.starts_with(qid)), "{qid}: {said}");
    }
    let quiet = sandbox.belli(&[&args[..], &["-q"]].concat());
    assert_eq!(quiet.err, "");
}

#[test]
fn what_cannot_be_read_is_pointed_at_and_ends_with_2() {
    let sandbox = sandbox();
    let run = sandbox.belli(&["search", "truce w/5 river"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("write NEAR/5") && run.err.contains("\n        ^^^\n"),
        "{}",
        run.err
    );
    assert_eq!(
        sandbox.belli(&["search", "-F", "truce w/5 river"]).status,
        0
    );
    let capitals = sandbox.belli(&["search", "TRUCE AND CONVOY"]);
    assert!(
        capitals.err.contains("AND is read as a word"),
        "{}",
        capitals.err
    );
    let mixed = sandbox.belli(&["search", "truce OR convoy AND river"]);
    assert!(
        mixed.err.contains("read as truce OR (convoy AND river)"),
        "{}",
        mixed.err
    );
}

#[test]
fn fields_of_metadata_are_options_too() {
    let sandbox = Sandbox::with(&[
        (
            "a/1.md",
            "---\nsource: ITAR-TASS\nlang: ru\n---\n\nThe truce held near the river.\n",
        ),
        (
            "b/2.md",
            "---\nsource: Field Wire\nlang: en\n---\n\nThe truce broke near the bridge.\n",
        ),
    ]);
    sandbox.index();
    let found = |args: &[&str]| {
        let args = [&["search", "truce", "--json"], args].concat();
        let hits = sandbox.belli(&args).json();
        hits.iter()
            .map(|h| h["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&["--source", "tass"]), ["a/1.md"]);
    assert_eq!(found(&["--lang", "en"]), ["b/2.md"]);
    assert_eq!(found(&["--path", "a/"]), ["a/1.md"]);
    let without = sandbox
        .belli(&["search", "--json", "--", "truce -source:tass"])
        .json();
    assert_eq!(without.len(), 1);
    let unknown = sandbox.belli(&["search", "truce", "--source", "reuters"]);
    assert_eq!(unknown.status, 1);
    assert!(
        unknown.err.contains("there are Field Wire, ITAR-TASS"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_query_that_takes_too_long_is_given_up() {
    let sandbox = sandbox();
    let run = sandbox.belli(&["search", "truce", "--timeout", "0.000000001"]);
    // So short a time is over before the first article, unless the machine is faster than its clock.
    assert!(
        run.status == 0 || run.status == 2 && run.err.contains("was stopped"),
        "{}",
        run.err
    );
    assert_eq!(
        sandbox
            .belli(&["search", "truce", "--timeout", "60"])
            .status,
        0
    );
    assert_eq!(
        sandbox.belli(&["search", "truce", "--timeout", "0"]).status,
        2
    );
}

#[test]
fn an_option_that_is_no_date_says_what_is() {
    let run = sandbox().belli(&["search", "truce", "--from", "someday"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("--from someday") && run.err.contains("2020-10"),
        "{}",
        run.err
    );
    let swapped = sandbox().belli(&["search", "truce", "--from", "2021", "--to", "2020"]);
    assert_eq!(swapped.status, 2);
    assert!(swapped.err.contains("swap"));
}

#[test]
fn threads_change_no_byte_of_the_answer() {
    let sandbox = Sandbox::new();
    for n in 0..80 {
        sandbox.write(
            &format!("{n:02}.txt"),
            format!("Report {n}\n\nOn {} March 2015 Syrian troops entered village {n} near Aleppo, the army said.\n", n % 28 + 1),
        );
    }
    let answer = |threads: &str| {
        let index = format!("index{threads}");
        assert_eq!(
            sandbox
                .belli(&["index", "articles", "--index", &index, "--threads", threads])
                .status,
            0
        );
        sandbox
            .belli(&[
                "search",
                "village army troops",
                "--index",
                &index,
                "--place",
                "Syria",
                "-n",
                "100",
                "--json",
            ])
            .out
    };
    let one = answer("1");
    assert!(one.lines().count() > 50);
    assert_eq!(one, answer("16"));
}

#[test]
fn about_names_the_sources_of_data() {
    let run = Sandbox::new().belli(&["about"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("GeoNames") && run.out.contains("CC BY 4.0"));
}

#[test]
fn articles_of_one_path_in_two_roots_are_told_apart() {
    let sandbox = Sandbox::new();
    for (path, text) in [
        ("r1/a.txt", "A truce held."),
        ("r2/a.txt", "The truce broke."),
        ("r2/b.txt", "No truce."),
    ] {
        sandbox.write(path, text);
    }
    sandbox.belli(&["index", "articles/r1", "articles/r2"]);
    let run = sandbox.belli(&["search", "truce", "--format", "trec"]);
    let mut ids: Vec<&str> = run
        .out
        .lines()
        .map(|l| l.split(' ').nth(2).unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["b.txt", "r1/a.txt", "r2/a.txt"]);
    let run = sandbox.belli(&["search", "truce"]);
    assert!(
        run.out.contains("   r2/a.txt:1\n") && run.out.contains("   b.txt:1\n"),
        "{}",
        run.out
    );
    let run = sandbox.belli(&["show", "r2/a.txt#0"]);
    assert!(
        run.out.contains("broke") && !run.out.contains("held"),
        "{}",
        run.out
    );
    for (path, articles) in [
        ("r1/a.txt", 1),
        ("articles/r2/", 2),
        ("=r2/b.txt", 1),
        ("r2/*.txt", 2),
        ("a.txt", 2),
        ("r1/b.txt", 0),
    ] {
        let run = sandbox.belli(&["count", "truce", "--path", path, "--json"]);
        assert_eq!(run.json()[0]["articles"], articles, "{path}");
    }
    let folders = |run: crate::sandbox::Run| -> Vec<String> {
        let values = run.json();
        let value = |v: &serde_json::Value| v["value"].as_str().unwrap().to_owned();
        values.iter().map(value).collect()
    };
    let run = sandbox.belli(&["facets", "path", "truce", "--json"]);
    assert_eq!(folders(run), ["r2/", "r1/"]);
    let run = sandbox.belli(&["facets", "path", "held", "--json"]);
    assert_eq!(folders(run), ["."]);
}

#[test]
fn an_id_that_was_removed_is_not_proposed() {
    let sandbox = Sandbox::with(&[("a1.txt", "A truce held."), ("a2.txt", "The truce broke.")]);
    for n in 0..20 {
        sandbox.write(&format!("b{n}.txt"), format!("Quiet on day {n}."));
    }
    sandbox.index();
    sandbox.remove("a2.txt");
    sandbox.index();
    for verb in [&["search", "--like"][..], &["show"]] {
        let run = sandbox.belli(&[verb, &["a2.txt"]].concat());
        assert_eq!(run.status, 1);
        let proposed = run.err.split("did you mean ").nth(1).unwrap();
        assert!(
            proposed.contains("a1.txt") && !proposed.contains("a2.txt"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_word_with_a_sign_of_no_width_in_it_is_found() {
    let sandbox = Sandbox::with(&[("a.txt", "The cease\u{200b}fire held in Go\u{200b}ma.")]);
    sandbox.index();
    for query in [
        "ceasefire",
        "=ceasefire",
        "cease\u{200b}fire",
        "\"the ceasefire held\"",
    ] {
        assert_eq!(sandbox.belli(&["count", query]).status, 0, "{query}");
    }
    assert_eq!(sandbox.belli(&["count", "--place", "Goma"]).status, 0);
}

#[test]
fn a_phrase_that_says_a_word_often_is_answered() {
    let sandbox = Sandbox::with(&[("a.txt", &"the truce of the town ".repeat(400))]);
    sandbox.index();
    let query = format!("\"{}\"~50", ["the"; 12].join(" "));
    let run = sandbox.belli(&["count", &query, "--timeout", "20"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn empty_values_are_refused_alike() {
    let sandbox = Sandbox::with(&[("a.txt", "A truce held.")]);
    sandbox.belli(&["index", "articles"]);
    for option in ["--actor", "--place", "--source", "--lang", "--path"] {
        let run = sandbox.belli(&["count", option, ""]);
        assert!(
            run.status == 2 && run.err.contains(&format!("{option} needs a")),
            "{}",
            run.err
        );
    }
    let run = sandbox.belli(&["count", "truce", "--lang", "xx-XX", "--json"]);
    assert!(
        run.json()[0]["notes"][0]
            .as_str()
            .unwrap()
            .contains("no article is in this language")
    );
}
