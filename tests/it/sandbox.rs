//! A sandbox: a temporary folder with `articles/` and `index/`, the library and the command on them.

use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::ingest::{self, Options, Report, Sources};
use belli::query::Query;
use belli::search::{Request, Results, search};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, AtomicU64};

pub struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    pub fn new() -> Sandbox {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("articles")).unwrap();
        Sandbox { folder }
    }

    /// A sandbox with articles in it.
    pub fn with(articles: &[(&str, &str)]) -> Sandbox {
        let sandbox = Sandbox::new();
        for (path, text) in articles {
            sandbox.write(path, text);
        }
        sandbox
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn articles(&self) -> PathBuf {
        self.path().join("articles")
    }

    pub fn index_path(&self) -> PathBuf {
        self.path().join("index")
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.articles().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.articles().join(path)).unwrap();
    }

    pub fn index(&self) -> Report {
        self.index_with(&sources(), 2).unwrap()
    }

    pub fn index_with(&self, sources: &Sources, threads: usize) -> belli::Result<Report> {
        let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
        let options = Options {
            sources,
            threads,
            stop: &stop,
            done: &done,
        };
        ingest::index(
            &self.articles(),
            &self.index_path(),
            Gazetteer::builtin(),
            &options,
        )
    }

    pub fn search(&self, query: &str) -> Results {
        self.request(Request::new(Query::parse(query).unwrap()))
    }

    pub fn request(&self, request: Request) -> Results {
        let index = Index::open(&self.index_path()).unwrap();
        search(&index, Gazetteer::builtin(), &request).unwrap()
    }

    /// The passages found, as `path#N`, best first.
    pub fn found(&self, query: &str) -> Vec<String> {
        ids(&self.search(query))
    }

    /// Runs the command in the sandbox, with nothing of this process's environment.
    pub fn belli(&self, args: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_belli"))
            .args(args)
            .current_dir(self.path())
            .env_clear()
            .env("BELLI_TODAY", "2026-01-01")
            .output()
            .unwrap();
        Run::new(output)
    }
}

/// What a run of the command gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    fn new(output: Output) -> Run {
        Run {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Lines of JSON on stdout.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    }
}

/// Passages as `path#N`.
pub fn ids(results: &Results) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|h| belli::render::json::passage_id(&h.article, h.ordinal))
        .collect()
}

/// Default sources, on a fixed day.
pub fn sources() -> Sources {
    Sources::new(jiff::civil::date(2026, 1, 1))
}

/// A paragraph of so many words that end in full stops, to fill passages.
pub fn filler(words: usize) -> String {
    let mut text = String::new();
    for n in 0..words {
        text.push_str(
            [
                "Quiet", "hills", "and", "orchards", "lay", "under", "early", "snow",
            ][n % 8],
        );
        text.push_str(if n % 8 == 7 || n + 1 == words {
            ". "
        } else {
            " "
        });
    }
    text
}
