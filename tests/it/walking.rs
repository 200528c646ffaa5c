//! Walking: what is read, in which order, and what is left out.

use crate::sandbox::Sandbox;
use belli::walk::{Options, Step, walk};

fn steps(sandbox: &Sandbox, options: &Options) -> Vec<String> {
    let mut seen = Vec::new();
    walk(&sandbox.articles(), options, |step| {
        seen.push(match step {
            Step::Source(source) => source.relative,
            Step::Hidden(path) => format!("hidden {path}"),
            Step::Ignored(path) => format!("ignored {path}"),
            Step::NoFile(path) => format!("no file {path}"),
            Step::Unreadable(path, why) => format!("unreadable {path}: {why}"),
        });
        true
    })
    .unwrap();
    seen
}

#[test]
fn files_come_sorted_and_hidden_ones_are_counted() {
    let sandbox = Sandbox::with(&[
        ("b.txt", "x"),
        ("a/z.txt", "x"),
        (".git/config", "x"),
        (".note.txt", "x"),
        ("a/B.txt", "x"),
    ]);
    assert_eq!(
        steps(&sandbox, &Options::default()),
        [
            "hidden .git",
            "hidden .note.txt",
            "a/B.txt",
            "a/z.txt",
            "b.txt"
        ]
    );
    let hidden = Options {
        hidden: true,
        ..Options::default()
    };
    assert_eq!(
        steps(&sandbox, &hidden),
        [".git/config", ".note.txt", "a/B.txt", "a/z.txt", "b.txt"]
    );
}

#[test]
fn ignore_files_hold_at_and_below_their_folder() {
    let sandbox = Sandbox::with(&[
        (".gitignore", "drafts/\n*.bak\n"),
        (".belliignore", "!keep.bak\n"),
        ("drafts/a.txt", "x"),
        ("old.bak", "x"),
        ("keep.bak", "x"),
        ("sub/.belliignore", "/secret.txt\n"),
        ("sub/secret.txt", "x"),
        ("sub/deeper/secret.txt", "x"),
        ("secret.txt", "x"),
    ]);
    let seen = steps(&sandbox, &Options::default());
    let read: Vec<_> = seen.iter().filter(|s| !s.starts_with("hidden")).collect();
    assert_eq!(
        read,
        [
            "ignored drafts",
            "keep.bak",
            "ignored old.bak",
            "secret.txt",
            "sub/deeper/secret.txt",
            "ignored sub/secret.txt"
        ]
    );
    let all = steps(
        &sandbox,
        &Options {
            no_ignore: true,
            ..Options::default()
        },
    );
    assert!(all.contains(&"old.bak".to_owned()) && all.contains(&"drafts/a.txt".to_owned()));
}

#[test]
#[cfg(unix)]
fn links_are_left_out_and_circles_end() {
    let sandbox = Sandbox::with(&[("a.txt", "x"), ("sub/b.txt", "x")]);
    std::os::unix::fs::symlink(sandbox.articles(), sandbox.articles().join("sub/circle")).unwrap();
    assert_eq!(
        steps(&sandbox, &Options::default()),
        ["a.txt", "sub/b.txt", "no file sub/circle"]
    );
    let followed = steps(
        &sandbox,
        &Options {
            follow: true,
            ..Options::default()
        },
    );
    assert_eq!(followed, ["a.txt", "sub/b.txt", "no file sub/circle"]);
    std::os::unix::fs::symlink("nowhere", sandbox.articles().join("dangling")).unwrap();
    let dangling = steps(
        &sandbox,
        &Options {
            follow: true,
            ..Options::default()
        },
    );
    assert!(
        dangling.contains(&"no file dangling".to_owned()),
        "{dangling:?}"
    );
}

#[test]
fn an_index_inside_the_folder_is_never_read() {
    let sandbox = Sandbox::with(&[("a.txt", "Title\n\nSome words of an article.\n")]);
    let skip = vec![sandbox.articles().join("index")];
    sandbox.write("index/meta.json", "{}");
    assert_eq!(
        steps(
            &sandbox,
            &Options {
                skip,
                ..Options::default()
            }
        ),
        ["a.txt"]
    );
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    for name in [&b"bad\xfe.txt"[..], b"bad\xff.txt"] {
        let path = sandbox.articles().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, "Title\n\nSome words of an article.\n").unwrap();
    }
    assert_eq!(
        steps(&sandbox, &Options::default()),
        ["bad%FE.txt", "bad%FF.txt"]
    );
    assert_eq!(sandbox.index().indexed, 2);
    assert_eq!(sandbox.index().unchanged, 2);
}
