//! Other programs that index or search a folder, where they are installed.

use crate::process::is_installed;
use std::path::Path;
use std::process::Command;

/// A program that can be compared.
pub struct Peer {
    pub name: &'static str,
    /// What must be there to run it.
    program: &'static str,
    /// Indexes a tree into a folder, if it indexes at all.
    index: Option<fn(&Path, &Path) -> Command>,
    /// Looks for words in what was indexed, or in the tree.
    search: fn(&Path, &Path, &str) -> Command,
}

/// Indexes with FTS5, porter stems, one transaction; the text is stored as well.
const FTS5: &str = "
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute('PRAGMA synchronous=OFF')
db.execute(\"CREATE VIRTUAL TABLE t USING fts5(path UNINDEXED, text, tokenize='porter unicode61')\")
def rows():
    for folder, _, files in os.walk(sys.argv[1]):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, encoding='utf8', errors='replace') as f:
                yield path, f.read()
db.executemany('INSERT INTO t VALUES (?, ?)', rows())
db.commit()
";

const FTS5_SEARCH: &str = "
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
words = ' '.join('\"' + w + '\"' for w in sys.argv[2].split())
for row in db.execute('SELECT path, text FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10', (words,)):
    print(*row)
";

/// All that are known.
pub const PEERS: [Peer; 4] = [
    Peer {
        name: "SQLite FTS5 (porter), from Python",
        program: "python3",
        index: Some(|tree, into| {
            let mut command = Command::new("python3");
            command
                .args(["-c", FTS5])
                .arg(tree)
                .arg(into.join("fts5.db"));
            command
        }),
        search: |_, into, words| {
            let mut command = Command::new("python3");
            command
                .args(["-c", FTS5_SEARCH])
                .arg(into.join("fts5.db"))
                .arg(words);
            command
        },
    },
    Peer {
        name: "Xapian (omindex)",
        program: "omindex",
        index: Some(|tree, into| {
            let mut command = Command::new("omindex");
            command
                .arg("--db")
                .arg(into.join("db"))
                .args(["--url", "/"])
                .arg(tree);
            command
        }),
        search: |_, into, words| {
            let mut command = Command::new("quest");
            command.arg("--db").arg(into.join("db")).arg("--msize=10");
            command.args(["--default-op=and", words]);
            command
        },
    },
    Peer {
        name: "Recoll",
        program: "recollindex",
        index: Some(|tree, into| {
            let settings = format!("topdirs = {}\n", tree.display());
            // A folder that cannot be written shows when the program runs.
            let _ = std::fs::write(into.join("recoll.conf"), settings);
            let mut command = Command::new("recollindex");
            command.arg("-c").arg(into);
            command
        }),
        search: |_, into, words| {
            let mut command = Command::new("recollq");
            command.arg("-c").arg(into).args(["-n", "10", words]);
            command
        },
    },
    Peer {
        name: "ripgrep (no index; every word in one line)",
        program: "rg",
        index: None,
        search: |tree, _, words| {
            let pattern = words.split(' ').collect::<Vec<_>>().join(".*");
            let mut command = Command::new("rg");
            command.args(["-i", "-N", &pattern]).arg(tree);
            command
        },
    },
];

impl Peer {
    pub fn is_installed(&self) -> bool {
        is_installed(self.program)
    }

    pub fn index(&self, tree: &Path, into: &Path) -> Option<Command> {
        self.index.map(|index| index(tree, into))
    }

    pub fn search(&self, tree: &Path, into: &Path, words: &str) -> Command {
        (self.search)(tree, into, words)
    }
}
