//! Measuring: `belli eval` against a computation by hand, and what it says of bad files.

use crate::sandbox::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "two words.txt",
            "Truce\n\nThe truce held, and the truce was kept by all.\n",
        ),
        ("one.txt", "Convoy\n\nA convoy arrived after the truce.\n"),
        ("other.txt", "Market\n\nThe market opened again.\n"),
    ]);
    sandbox.index();
    let queries = "q1\ttruce\nq2\tmarket\nq3\tconvoy\nq4\t(\"open\n";
    std::fs::write(sandbox.path().join("queries.tsv"), queries).unwrap();
    let qrels = "q1 0 one.txt 1\nq1 0 nowhere.txt 2\nq2 0 other.txt 1\nq2 0 two%20words.txt 0\nq4 0 one.txt 1\nq9 0 one.txt 1\n";
    std::fs::write(sandbox.path().join("qrels.txt"), qrels).unwrap();
    sandbox
}

const FILES: [&str; 5] = ["eval", "--queries", "queries.tsv", "--qrels", "qrels.txt"];

#[test]
fn measures_agree_with_a_computation_by_hand() {
    let sandbox = sandbox();
    let mut args = FILES.to_vec();
    args.extend(["--json", "--run", "run.txt"]);
    let run = sandbox.belli(&args);
    assert_eq!(run.status, 3, "{}", run.err);
    assert!(run.err.contains("queries.tsv:4:"), "{}", run.err);
    assert!(
        run.err.contains("1 queries have no relevant judgement"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("1 judged queries were not asked"),
        "{}",
        run.err
    );
    args.push("--quiet");
    let quiet = sandbox.belli(&args).err;
    assert!(!quiet.contains("judge") && quiet.contains("queries.tsv:4:"));
    let lines = run.json();
    let value = |line: usize, name: &str| lines[line][name].as_f64().unwrap();
    // q1: `two words.txt` first, then the relevant one; another of grade 2 is not found.
    let ideal = 2.0 + 1.0 / 3f64.log2();
    assert!((value(0, "ndcg_10") - 1.0 / 3f64.log2() / ideal).abs() < 1e-12);
    assert_eq!(value(0, "map"), 0.25);
    assert_eq!(value(0, "mrr_10"), 0.5);
    assert_eq!(value(0, "p_5"), 0.2);
    assert_eq!(value(0, "recall_100"), 0.5);
    // q2 finds the one there is; q4 cannot be read and finds nothing.
    assert_eq!([value(1, "map"), value(2, "map")], [1.0, 0.0]);
    assert_eq!(lines[3]["queries"], 3);
    assert!(lines[3]["qid"].is_null());
    assert!((value(3, "map") - 1.25 / 3.0).abs() < 1e-12);
    let written = std::fs::read_to_string(sandbox.path().join("run.txt")).unwrap();
    let ranked: Vec<_> = written
        .lines()
        .filter(|l| l.starts_with("q1 "))
        .map(|l| l.split(' ').nth(2).unwrap())
        .collect();
    assert_eq!(ranked, ["two%20words.txt", "one.txt"]);
}

#[test]
fn a_table_ends_with_the_mean() {
    let run = sandbox().belli(&FILES);
    assert!(
        run.out.starts_with("query      nDCG@10     MAP"),
        "{}",
        run.out
    );
    let last = run.out.lines().last().unwrap();
    assert!(last.starts_with("mean of 3"), "{last}");
    assert!(last.contains(" 0.4167 "), "{last}");
}

#[test]
fn passages_are_judged_by_number_or_bytes() {
    let sandbox = sandbox();
    let files = [
        "eval",
        "--queries",
        "queries.tsv",
        "--qrels",
        "passages.txt",
        "--unit",
        "passage",
    ];
    let judge = |qrels: &str| {
        std::fs::write(sandbox.path().join("passages.txt"), qrels).unwrap();
        let mut args = files.to_vec();
        args.push("--json");
        let run = sandbox.belli(&args);
        run.json()[0]["mrr_10"].as_f64().unwrap()
    };
    assert_eq!(judge("q2 0 other.txt#0 1\n"), 1.0);
    assert_eq!(judge("q2 0 other.txt:10-30 1\n"), 1.0);
    assert_eq!(judge("q2 0 other.txt:900-990 1\n"), 0.0);
}

#[test]
fn bad_judgements_name_the_line() {
    let sandbox = sandbox();
    std::fs::write(
        sandbox.path().join("qrels.txt"),
        "q1 0 one.txt 1\nq1 one.txt\n",
    )
    .unwrap();
    let run = sandbox.belli(&FILES);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("qrels.txt:2: 2 columns"), "{}", run.err);
    std::fs::write(sandbox.path().join("qrels.txt"), "x 0 one.txt 1\n").unwrap();
    let run = sandbox.belli(&FILES);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("do their ids agree?"), "{}", run.err);
}
