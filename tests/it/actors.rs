//! Actors asked for: what belongs to them at the article's date, pairs, spellings, and the verbs
//! that show entries.

use crate::sandbox::Sandbox;

/// The paths of the hits, sorted.
fn paths(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let mut all = vec!["search", "--json"];
    all.extend(args);
    let run = sandbox.belli(&all);
    let hits = run.json();
    let mut paths: Vec<String> = hits
        .iter()
        .map(|h| h["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// An article with a date line, or without one.
fn article(date: &str, text: &str) -> String {
    match date {
        "" => format!("A day\n\n{text}\n"),
        date => format!("A day\n\nPublished: {date}\n\n{text}\n"),
    }
}

#[test]
fn persons_count_for_their_state_while_they_served_it() {
    let text = "Serzh Sargsyan opened a school in the mountains.";
    let sandbox = Sandbox::with(&[
        ("before.txt", &article("2007-12-30", text)),
        ("first-year.txt", &article("2012-05-03", text)),
        ("after.txt", &article("2022-05-03", text)),
        ("undated.txt", &article("", text)),
        (
            "army.txt",
            &article("2022-05-03", "The Armenian army opened a school."),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let person = paths(&sandbox, &["--actor", "person:serzh-sargsyan"]);
    assert_eq!(
        person,
        ["after.txt", "before.txt", "first-year.txt", "undated.txt"]
    );
    assert_eq!(
        paths(&sandbox, &["--actor", "Armenia"]),
        ["army.txt", "before.txt", "first-year.txt", "undated.txt"],
        "defence minister until 2007, president until 2018"
    );
    assert!(paths(&sandbox, &["--actor", "Armenia", "--actor-only"]).is_empty());
    // A month that overlaps the last days of an office is of its time.
    let sandbox = Sandbox::with(&[(
        "month.json",
        r#"{"title": "A day", "date": "2018", "text": "Serzh Sargsyan opened a school in the mountains."}"#,
    )]);
    sandbox.belli(&["index", "articles"]);
    assert_eq!(paths(&sandbox, &["--actor", "state:ARM"]), ["month.json"]);
}

#[test]
fn two_actors_are_demanded_of_the_article_and_a_dyad_of_the_passage() {
    let far = format!(
        "Armenia sent a note. {} Azerbaijan sent none.",
        "The weather in the valley was fair and the roads were dry. ".repeat(6)
    );
    let sandbox = Sandbox::with(&[
        (
            "close.txt",
            &article("", "Talks between Armenia and Azerbaijan went on all week."),
        ),
        ("far.txt", &article("", &far)),
        (
            "apart.txt",
            &article(
                "",
                &format!(
                    "Armenia said nothing.\n\n{}\n\nAzerbaijan said less.",
                    crate::sandbox::filler(300)
                ),
            ),
        ),
        (
            "one.txt",
            &article("", "Armenia said that it had seen nothing."),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let both = ["--actor", "Armenia", "--actor", "Azerbaijan"];
    assert_eq!(
        paths(&sandbox, &both),
        ["apart.txt", "close.txt", "far.txt"]
    );
    let run = sandbox.belli(&["search", "--json", "--dyad", "Azerbaijan,Armenia"]);
    let order: Vec<_> = run
        .json()
        .iter()
        .map(|h| h["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(order, ["close.txt", "far.txt"]);
    // Words do not outweigh how close they stand.
    let run = sandbox.belli(&[
        "search",
        "--json",
        "weather",
        "--dyad",
        "Azerbaijan,Armenia",
    ]);
    assert_eq!(run.json()[0]["path"], "far.txt");
    for wrong in ["Armenia", "Armenia,", ",", ""] {
        let run = sandbox.belli(&["search", "--dyad", wrong]);
        assert!(
            run.status == 2 && run.err.contains("is no pair of actors"),
            "{wrong}: {}",
            run.err
        );
    }
}

#[test]
fn names_that_only_texts_know_meet_by_their_sound() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            &article(
                "",
                "Warlord Bakhtiyar Qozhakov took the bridge, a spokesman said.",
            ),
        ),
        (
            "2.txt",
            &article(
                "",
                "Commander Bakhtiyor Kojakov lost the bridge, a spokesman said.",
            ),
        ),
        (
            "3.txt",
            &article("", "Warlord Bakhtiyar Sadykov slept, a spokesman said."),
        ),
        (
            "4.txt",
            &article("", "Muammar Qaddafi spoke for hours, a spokesman said."),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let found = paths(&sandbox, &["--actor", "Bakhtiyar Qozhakov"]);
    assert!(
        found.contains(&"1.txt".to_owned()) && !found.contains(&"3.txt".to_owned()),
        "{found:?}"
    );
    // A spelling that no table has.
    assert_eq!(
        paths(&sandbox, &["--actor", "Bakhtijar Kozhakov"]),
        ["1.txt"]
    );
    let run = sandbox.belli(&["search", "--actor", "Bakhtijar Kozhakov"]);
    assert!(run.err.contains("sounds alike"), "{}", run.err);
    assert_eq!(
        paths(&sandbox, &["--actor", "=Bakhtijar Kozhakov"]),
        Vec::<String>::new()
    );
    assert_eq!(
        paths(&sandbox, &["--actor", "=Warlord Bakhtiyar Qozhakov"]),
        ["1.txt"]
    );
    // As written, but not alone: whole words, in this case.
    assert_eq!(paths(&sandbox, &["--actor", "=Qozhakov"]), ["1.txt"]);
    for part in ["=Qozhak", "=qozhakov"] {
        assert!(paths(&sandbox, &["--actor", part]).is_empty(), "{part}");
    }
    // An entry of the tables, by a spelling that they lack.
    assert_eq!(paths(&sandbox, &["--actor", "Ghadhafi"]), ["4.txt"]);
    let run = sandbox.belli(&["search", "--actor", "Ghadhafi"]);
    assert!(
        run.err
            .contains("read as what sounds alike: Muammar Gaddafi"),
        "{}",
        run.err
    );
    assert_eq!(
        paths(&sandbox, &["--actor", "Xyzzy Plugh"]),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_named_after_an_actor_is_not_the_actor() {
    let sandbox = Sandbox::with(&[
        (
            "union.txt",
            &article(
                "",
                "The Communist Party of Armenia met in the evening. The Communist Party of Armenia spoke.",
            ),
        ),
        (
            "surname.txt",
            &article(
                "",
                "Commander Bakhtiyar Qozhakov took the bridge, a spokesman said.",
            ),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let whole = paths(&sandbox, &["--actor", "Communist Party of Armenia"]);
    assert_eq!(whole, ["union.txt"]);
    assert!(paths(&sandbox, &["--actor", "Armenia", "--actor-only"]).is_empty());
    assert_eq!(paths(&sandbox, &["--actor", "Qozhakov"]), ["surname.txt"]);
}

#[test]
fn near_looks_around_the_senses_that_the_index_names() {
    let sandbox = Sandbox::with(&[
        (
            "goma.txt",
            &article(
                "",
                "Rebels entered Goma in the Democratic Republic of Congo.",
            ),
        ),
        (
            "davao.txt",
            &article("", "Rebels entered Digos in the Philippines."),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    // A Goma lies near Digos too, but nothing speaks of it.
    assert_eq!(
        paths(&sandbox, &["--near", "geonames:1712770,50km"]),
        ["davao.txt"]
    );
    assert_eq!(paths(&sandbox, &["--near", "Goma,50km"]), ["goma.txt"]);
    // A town that nothing names has all its senses.
    let run = sandbox.belli(&["search", "--near", "Springfield,50km"]);
    assert!(
        run.err.contains("every sense is searched around"),
        "{}",
        run.err
    );
    let run = sandbox.belli(&["search", "--near", "Xyzzyville,50km"]);
    assert!(
        run.status == 1 && run.err.contains("--near Xyzzyville: neither"),
        "{}",
        run.err
    );
}

#[test]
fn actors_and_places_show_their_entries() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            &article(
                "2012-05-03",
                "Serzh Sargsyan met Vladimir Putin in Yerevan. Putin spoke first.",
            ),
        ),
        (
            "2.txt",
            &article(
                "2012-05-04",
                "President Vladimir Putin left Yerevan for Erevan airport.",
            ),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let run = sandbox.belli(&["actors", "Putin", "--json"]);
    let line = &run.json()[0];
    assert_eq!(line["id"], "person:vladimir-putin");
    assert_eq!(
        (line["articles"].as_u64(), line["passages"].as_u64()),
        (Some(2), Some(2))
    );
    assert_eq!(line["country"], "RUS");
    assert!(
        line["aliases"]
            .as_array()
            .unwrap()
            .iter()
            .any(|a| a == "Владимир Путин")
    );
    assert!(
        line["parents"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["id"] == "state:RUS" && p["from"].is_string())
    );
    let mentions: u64 = line["spellings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["mentions"].as_u64().unwrap())
        .sum();
    assert_eq!(mentions, 3, "{}", line["spellings"]);
    let run = sandbox.belli(&["actors", "Putin"]);
    assert!(
        run.out
            .contains("Vladimir Putin  person:vladimir-putin  [person RUS]"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("named in: 2 articles, 2 passages"),
        "{}",
        run.out
    );
    // Without a name: all, the most frequent first.
    let run = sandbox.belli(&["actors", "--json"]);
    let ids: Vec<_> = run
        .json()
        .iter()
        .map(|l| l["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids[0], "person:vladimir-putin", "{ids:?}");
    assert!(ids.contains(&"person:serzh-sargsyan".to_owned()));
    let run = sandbox.belli(&["places", "Yerevan", "--json"]);
    let line = &run.json()[0];
    assert_eq!(
        (line["id"].as_str(), line["articles"].as_u64()),
        (Some("geonames:616052"), Some(2))
    );
    assert!(
        line["parents"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["id"] == "country:ARM")
    );
    // What only texts know has the kind that they give it.
    sandbox.write(
        "3.txt",
        article("", "The 72nd Ploughing Brigade withdrew on Monday."),
    );
    sandbox.belli(&["index", "articles"]);
    let run = sandbox.belli(&["actors", "72nd Ploughing Brigade", "--json"]);
    assert_eq!(run.json()[0]["kind"], "military", "{}", run.out);
    let run = sandbox.belli(&["actors", "Xyzzy Plugh"]);
    assert!(
        run.status == 1 && run.err.contains("neither the gazetteer nor any article"),
        "{}",
        run.err
    );
}

#[test]
fn a_dyad_takes_two_actors() {
    let sandbox = Sandbox::with(&[
        (
            "army.txt",
            &article("", "The Russian army shelled the town at night."),
        ),
        (
            "both.txt",
            &article("", "The Russian army left after Russia signed."),
        ),
    ]);
    sandbox.belli(&["index", "articles"]);
    let dyad = ["--dyad", "Russia,Armed forces of Russia"];
    assert_eq!(paths(&sandbox, &dyad), ["both.txt"]);
    let run = sandbox.belli(&["search", "--dyad", "Russia,russia"]);
    assert!(
        run.status == 2 && run.err.contains("one actor twice"),
        "{}",
        run.err
    );
}

#[test]
fn short_names_and_ids_have_no_sound() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            &article("", "Warlord Bakhtiyar Qozhakov slept, a spokesman said."),
        ),
        (
            "2.txt",
            &article("", "Warlord Qozhakov slept, a spokesman said."),
        ),
        ("3.txt", &article("", "A market in Gaza reopened.")),
    ]);
    sandbox.belli(&["index", "articles"]);
    assert!(paths(&sandbox, &["--place", "Xyzzy"]).is_empty());
    let run = sandbox.belli(&["facets", "actor", "--json"]);
    for value in run.json() {
        let id = value["value"].as_str().unwrap();
        let run = sandbox.belli(&[
            "count",
            "--json",
            "--actor",
            id,
            "--actor-only",
            "--within",
            "passage",
        ]);
        assert_eq!(run.json()[0]["passages"], value["passages"], "{id}");
    }
}
