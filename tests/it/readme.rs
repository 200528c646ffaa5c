//! The README's commands, and its promises about `corpus/` and `index/`.

use crate::sandbox::Sandbox;
use std::path::Path;

const README: &str = include_str!("../../README.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_first_screen_has_exactly_two_set_up_commands() {
    let first: Vec<_> = README.lines().take(40).collect();
    let at = first
        .iter()
        .position(|l| *l == "```sh setup")
        .expect("a setup block in the first screen");
    let commands: Vec<_> = first[at + 1..]
        .iter()
        .take_while(|l| **l != "```")
        .collect();
    assert_eq!(commands.len(), 2);
    assert!(commands[0].starts_with("cargo run --release -- search --in corpus "));
    assert!(commands[1].starts_with("cargo test"));
    assert_eq!(README.matches("```sh setup").count(), 1);
}

/// Runs every `$ belli …` line of the README's console blocks on the bundled corpus; each has to
/// find something, and each line that the README shows of its output has to be there.
#[test]
fn the_commands_and_answers_shown_are_real() {
    let sandbox = Sandbox::new();
    let corpus = root().join("corpus");
    for (name, table) in tables() {
        std::fs::write(sandbox.path().join(name), table).unwrap();
    }
    let mut ran = 0;
    let mut output = String::new();
    for block in README.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ belli ") {
                let args = split(command);
                let args: Vec<String> = args.iter().map(|arg| below(&corpus, arg)).collect();
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let run = sandbox.belli(&args);
                assert_eq!(run.status, 0, "{line}: {run:?}");
                output = format!("{}{}", run.out, run.err);
                ran += 1;
            } else if !line.trim().is_empty() && line.trim() != "…" {
                assert!(
                    output.contains(line.trim_end_matches('…')),
                    "the README shows a line that is not in the answer: {line}\n{output}"
                );
            }
        }
    }
    assert!(ran >= 4, "only {ran} commands");
}

/// The files that the README shows: blocks that are headed by their name.
fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let block = |block: &'static str| block.split_once("```").unwrap().0.split_once('\n').unwrap();
    README.split("```tsv ").skip(1).map(block)
}

/// The path of `corpus` or of a file in it, wherever the test runs; other words as they are.
fn below(corpus: &Path, word: &str) -> String {
    let corpus = corpus.to_str().unwrap();
    match word.strip_prefix("corpus") {
        Some("") => corpus.to_owned(),
        Some(rest) if rest.starts_with('/') => format!("{corpus}{rest}"),
        _ => word.to_owned(),
    }
}

/// Splits a command line at spaces, with single and double quotation marks.
fn split(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(q), _) if q == c => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

#[test]
fn the_corpus_is_what_it_is_said_to_be() {
    let mut articles = 0;
    let mut folders = std::collections::HashSet::new();
    belli::walk::walk(&root().join("corpus"), &Default::default(), |step| {
        let belli::walk::Step::Source(source) = step else {
            panic!("{step:?}")
        };
        if source.relative.ends_with(".txt") {
            let text = std::fs::read_to_string(&source.path).unwrap();
            let words = text.split_whitespace().count();
            assert!(
                (250..=620).contains(&words),
                "{}: {words} words",
                source.relative
            );
            articles += 1;
            folders.insert(
                source
                    .relative
                    .rsplit_once('/')
                    .map_or(String::new(), |(f, _)| f.to_owned()),
            );
        }
        true
    })
    .unwrap();
    assert!(articles >= 60, "{articles}");
    assert!(folders.len() >= 15, "{}", folders.len());
}

#[test]
fn the_default_index_folder_holds_only_its_ignore_file() {
    let tracked = std::process::Command::new("git")
        .args(["ls-files", "index"])
        .current_dir(root())
        .output();
    // An exported source tree has no git; then there is nothing to check.
    if let Ok(output) = tracked
        && output.status.success()
    {
        assert_eq!(
            String::from_utf8(output.stdout).unwrap().trim(),
            "index/.gitignore"
        );
    }
}
