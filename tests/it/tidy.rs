//! The architecture's invariants, as sentences about what is absent.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with this extension: path relative to it, and content.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let name = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn room(path: &str) -> &str {
    path.trim_start_matches("src/")
        .split(['/', '.'])
        .next()
        .unwrap()
}

/// Lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|l| !l.starts_with("//"))
}

/// Which rooms a room may import. Arrows point one way: from right to left in the data flow.
const IMPORTS: &[(&str, &[&str])] = &[
    ("analysis", &[]),
    ("error", &[]),
    ("walk", &["error"]),
    ("gazetteer", &["analysis"]),
    ("extract", &["analysis", "gazetteer"]),
    ("read", &["analysis", "extract"]),
    ("passage", &["analysis"]),
    ("query", &["analysis", "extract"]),
    ("index", &["analysis", "error", "extract"]),
    (
        "search",
        &[
            "analysis",
            "error",
            "extract",
            "gazetteer",
            "index",
            "query",
        ],
    ),
    (
        "render",
        &[
            "analysis",
            "extract",
            "gazetteer",
            "index",
            "read",
            "search",
        ],
    ),
    (
        "ingest",
        &[
            "analysis",
            "error",
            "extract",
            "gazetteer",
            "index",
            "passage",
            "read",
            "walk",
        ],
    ),
];

#[test]
fn rooms_import_only_what_lies_before_them() {
    for (path, text) in files("src", "rs") {
        let room = room(&path);
        if matches!(room, "lib" | "main" | "cli") {
            continue;
        }
        let allowed = IMPORTS
            .iter()
            .find(|(r, _)| *r == room)
            .unwrap_or_else(|| panic!("{path}: a room that no table has"))
            .1;
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used = used
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap();
                let known = IMPORTS.iter().any(|(r, _)| *r == used);
                assert!(
                    !known || used == room || allowed.contains(&used),
                    "{path} imports {used}: {line}"
                );
            }
        }
    }
}

#[test]
fn big_dependencies_stay_in_their_rooms() {
    let rules: &[(&str, &[&str])] = &[
        ("tantivy::", &["index", "search"]),
        ("clap::", &["cli"]),
        ("anyhow::", &["cli"]),
        ("std::env", &["cli"]),
        ("indicatif", &["cli"]),
        ("walkdir", &["walk"]),
        ("scraper", &["read"]),
        ("dom_smoothie", &["read"]),
        ("encoding_rs", &["read"]),
        ("frostem", &["analysis"]),
        ("println!", &["cli"]),
        ("stdout()", &["cli"]),
        ("stderr()", &["cli"]),
        ("Zoned::now", &["cli"]),
        ("SystemTime::now", &["cli"]),
        ("is_terminal", &["cli"]),
    ];
    for (path, text) in files("src", "rs") {
        for line in code(&text) {
            for (what, rooms) in rules {
                assert!(
                    !line.contains(what) || rooms.contains(&room(&path)),
                    "{path} knows {what}: {line}"
                );
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in files("src", "rs")
        .into_iter()
        .chain(files("tests/it", "rs"))
    {
        assert!(text.starts_with("//! "), "{path}");
    }
}

#[test]
fn every_file_is_declared_by_its_parent() {
    let all = files("src", "rs");
    for (path, _) in &all {
        let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/').unwrap();
        if matches!(path.as_str(), "src/lib.rs" | "src/main.rs") {
            continue;
        }
        let (folder, name) = match name {
            "mod" => folder.rsplit_once('/').unwrap(),
            _ => (folder, name),
        };
        let parents = match folder {
            "src" => ["src/lib.rs".to_owned(), "src/main.rs".to_owned()],
            _ => [format!("{folder}.rs"), format!("{folder}/mod.rs")],
        };
        let declares = |line: &str| {
            let bare = line.trim_end_matches(';').rsplit_once("mod ");
            line.ends_with(';') && bare.is_some_and(|(_, declared)| declared == name)
        };
        let declared =
            |(path, text): &(String, String)| parents.contains(path) && code(text).any(declares);
        assert!(all.iter().any(declared), "{path} is compiled by nobody");
    }
}

#[test]
fn no_file_is_called_by_what_it_is_not() {
    for (path, _) in files("src", "rs") {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        assert!(
            ![
                "utils", "util", "helpers", "helper", "common", "types", "manager", "misc"
            ]
            .contains(&name),
            "{path}"
        );
    }
}

#[test]
fn data_files_are_sorted_licensed_and_as_wide_as_they_say() {
    for (path, text) in files("src", "tsv") {
        let head: Vec<_> = text.lines().take_while(|l| l.starts_with('#')).collect();
        for what in ["# source:", "# licence:", "# columns:"] {
            assert!(
                head.iter().any(|l| l.starts_with(what)),
                "{path} has no line `{what}`"
            );
        }
        let rows: Vec<_> = text.lines().skip(head.len()).collect();
        assert!(!rows.is_empty(), "{path}");
        let columns = head
            .iter()
            .find_map(|l| l.strip_prefix("# columns:"))
            .unwrap_or_default();
        let columns = columns
            .split([' ', ',', '\t'])
            .filter(|c| !c.is_empty())
            .count();
        let first: Vec<&str> = rows
            .iter()
            .map(|row| row.split('\t').next().unwrap())
            .collect();
        let numbers: Vec<u64> = first.iter().map_while(|cell| cell.parse().ok()).collect();
        let as_numbers = numbers.len() == first.len();
        let unsorted = match as_numbers {
            true => numbers.windows(2).position(|pair| pair[0] >= pair[1]),
            false => first.windows(2).position(|pair| pair[0] >= pair[1]),
        };
        assert!(
            unsorted.is_none(),
            "{path}: not sorted, or twice: {}",
            rows[unsorted.unwrap() + 1]
        );
        for row in rows {
            // Empty cells at the end of a row may be left out.
            let cells = row.split('\t').count();
            assert!(
                (1..=columns).contains(&cells) && !row.starts_with('#'),
                "{path}: {row}"
            );
        }
    }
}
