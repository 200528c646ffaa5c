//! Source, language and path: options and fields mean the same, and hold for all of an article.

use crate::sandbox::{Sandbox, filler};

fn sandbox() -> Sandbox {
    let text = format!(
        "The truce broke near Goma. {}\\n\\nA ceasefire followed the shelling. {}",
        filler(100),
        filler(100)
    );
    let record = |title: &str, source: &str, text: &str| {
        format!(
            "{{\"title\": \"{title}\", \"source\": \"{source}\", \"text\": \"{text}\", \"date\": \"2020-10-10\"}}\n"
        )
    };
    let all = record("One", "Field Wire", &text) + &record("Two", "Harbour News", &text);
    let sandbox = Sandbox::with(&[
        ("wires/all.jsonl", &all),
        ("plain.txt", "Three\n\nThe truce held.\n"),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    sandbox
}

/// Passages found.
fn count(sandbox: &Sandbox, args: &[&str]) -> u64 {
    let run = sandbox.belli(&[&["count", "--json"], args].concat());
    run.json()[0]["passages"].as_u64().unwrap()
}

#[test]
fn an_option_means_what_its_field_means() {
    let sandbox = sandbox();
    for (option, field) in [
        (["--lang", "en"], "lang:en"),
        (["--source", "field"], "source:field"),
        (["--source", "none"], "source:none"),
        (["--path", "wires"], "path:wires"),
    ] {
        for query in [
            "truce",
            "truce shelling",
            "+truce",
            "truce AND goma",
            "truce OR goma",
            "",
        ] {
            let by_field = format!("({query}) {field}");
            let by_field = if query.is_empty() { field } else { &by_field };
            for more in [&[][..], &["--within", "passage"]] {
                let option = count(&sandbox, &[&[query], &option[..], more].concat());
                let field = count(&sandbox, &[&[by_field], more].concat());
                assert_eq!(option, field, "{by_field} {more:?}");
            }
        }
    }
    // A synonym is no other with an option beside it.
    assert_eq!(count(&sandbox, &["truce", "--source", "field"]), 2);
    assert_eq!(
        count(&sandbox, &["truce", "--source", "field", "--no-synonyms"]),
        1
    );
    let expanded = |more: &[&str]| {
        sandbox
            .belli(&[&["search", "truce", "--expand"], more].concat())
            .out
    };
    assert_eq!(expanded(&["--path", "*"]), expanded(&[]));
}

#[test]
fn what_is_said_of_an_article_holds_for_all_of_its_passages() {
    let sandbox = sandbox();
    for more in [&[][..], &["--within", "passage"]] {
        let count = |args: &[&str]| count(&sandbox, &[args, more].concat());
        assert_eq!(count(&["source:field"]), 2);
        assert_eq!(count(&["path:wires"]), 4);
        assert_eq!(count(&["source:none"]), 1);
        assert_eq!(count(&["NOT path:wires"]), 1);
        assert_eq!(count(&["published:2020"]), 4);
        // Any date is that of publication too, as all of them are without one kind of them.
        assert_eq!(count(&["--on", "2020"]), 4);
    }
    let order = |query: &str| {
        let hits = sandbox.belli(&["search", query, "--json"]).json();
        let ids = hits
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    let plain = order("shelling");
    assert_eq!(order("shelling path:wires"), plain);
    assert!(plain[0].ends_with("#1"), "{plain:?}");
}

#[test]
fn a_file_of_many_articles_is_asked_for_by_its_path() {
    let sandbox = sandbox();
    for (path, passages) in [
        ("*.jsonl", 4),
        ("=wires/all.jsonl", 4),
        ("=wires/all.jsonl!0", 2),
        ("*.txt", 1),
        ("=all.jsonl", 0),
    ] {
        assert_eq!(count(&sandbox, &["--path", path]), passages, "{path}");
    }
}
