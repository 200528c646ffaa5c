//! Packs the gazetteer's tables at compile time, see `src/gazetteer/pack.rs`, and says how to link the program.
//!
//! The program's own folding is used for the keys, so that they cannot drift from the text's.
#![allow(dead_code, missing_docs)]

#[path = "src/analysis"]
mod analysis {
    pub mod fold;
    pub mod words;
    pub use fold::fold_into;
    pub use words::words;
}

#[path = "src/gazetteer"]
mod gazetteer {
    pub mod format;
    pub mod key;
    pub mod kind;
    pub mod pack;
    pub mod tables;
}

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), String> {
    link();
    // The folder itself changes with every edit of the reader's code, which the pack does not depend on.
    for name in ["format.rs", "key.rs", "kind.rs", "pack.rs", "tables"] {
        println!("cargo::rerun-if-changed=src/gazetteer/{name}");
    }
    for entry in fs::read_dir("src/gazetteer")
        .map_err(|e| e.to_string())?
        .flatten()
    {
        if entry.path().extension().is_some_and(|e| e == "tsv") {
            println!("cargo::rerun-if-changed={}", entry.path().display());
        }
    }
    println!("cargo::rerun-if-changed=src/analysis/fold.rs");
    println!("cargo::rerun-if-changed=src/analysis/words.rs");
    let tables = gazetteer::tables::read(Path::new("src/gazetteer"))?;
    let problems = tables.problems.join("\n");
    let packed = gazetteer::pack::pack(tables, &gazetteer::pack::Bare)?;
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let write = |name: &str, bytes: &[u8]| {
        fs::write(Path::new(&out).join(name), bytes).map_err(|e| format!("{out}/{name}: {e}"))
    };
    write("gazetteer.bin", &packed)?;
    write("gazetteer.problems", problems.as_bytes())
}

/// Has programs put where they are linked for. If the system may put it anywhere, as compilers have it by
/// default, it corrects fifty thousand addresses in the tables of its libraries at every start, which is most of
/// a start and more than many a search. Its libraries, heap and stack are put anywhere all the same.
fn link() {
    let target = |of: &str| env::var(format!("CARGO_CFG_TARGET_{of}")).unwrap_or_default();
    let whole = target("FEATURE")
        .split(',')
        .any(|feature| feature == "crt-static");
    if target("OS") == "linux" && target("ENV") == "gnu" && !whole {
        for program in ["bins", "benches"] {
            println!("cargo::rustc-link-arg-{program}=-no-pie");
        }
    }
}
