//! JSON: which values are articles, what their text is, and where it stands in the file.

use super::*;

#[test]
fn json_records() {
    let many = "[\n{\"title\":\"One\",\"text\":\"It was \\u0442ихо.\\nYes.\",\"date\":\"2020-10-10\"},\n\n{\"headline\":\"Two\",\"content\":[\"A.\",\"B.\"],\"pubDate\":\"Sat, 10 Oct 2020 14:05:00 GMT\",\"source\":{\"name\":\"Agency\"},\"lang\":\"ru\"}]";
    for text in [
        many.to_owned(),
        format!("{{\"total\":2,\"articles\":{many}}}"),
    ] {
        let (found, result) = all("a.json", text.as_bytes());
        result.unwrap();
        let found: Vec<Article> = found.into_iter().map(|a| a.unwrap()).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].title(), found[0].body()),
            ("One", "It was тихо.\nYes.")
        );
        assert_eq!((found[1].title(), found[1].body()), ("Two", "A.\n\nB."));
        assert_eq!((found[0].record, found[1].record), (Some(0), Some(1)));
        assert_eq!((found[0].line, found[1].line), (Some(2), Some(4)));
        assert_eq!(found[1].source.as_deref(), Some("Agency"));
        assert!(
            found
                .iter()
                .all(|a| a.published.unwrap().from == From::Metadata)
        );
        let at = |needle: &str| {
            let start = found[0].text.find(needle).unwrap();
            &text[found[0].map.range(start..start + needle.len()).unwrap()]
        };
        assert_eq!(at("т"), "\\u0442");
        assert_eq!(at("тихо.\nYes"), "\\u0442ихо.\\nYes");
        assert_eq!(at("One"), "One");
    }
    let article = one(
        "a.json",
        "{\"text\":\"Truce holds\\n\\nIt was quiet. \\ud83d\\ude00\"}",
    );
    assert_eq!((article.title(), article.record), ("Truce holds", None));
    assert!(article.body().ends_with('😀'));
}

#[test]
fn json_lines_go_on_after_a_broken_one() {
    let text = "{\"text\":\"One.\"}\n\n{\"text\": broken}\r\n{\"title\":\"no text\"}\n[1]\n{\"other\":1}\n{\"text\":\"Two.\"}";
    for name in ["a.jsonl", "a.ndjson"] {
        let (found, result) = all(name, text.as_bytes());
        result.unwrap();
        let shown: Vec<String> = found
            .iter()
            .map(|r| match r {
                Ok(a) => format!("{:?} {}", a.line.unwrap(), a.body()),
                Err(e) => e.to_string(),
            })
            .collect();
        assert_eq!(shown[0], "1 One.");
        assert!(shown[1].starts_with("line 3: not JSON: "), "{}", shown[1]);
        assert_eq!(shown[2], "4 no text");
        assert!(
            shown[3].starts_with("line 5: not an object"),
            "{}",
            shown[3]
        );
        assert!(shown[4].starts_with("line 6: no text"), "{}", shown[4]);
        assert_eq!(shown[5], "7 Two.");
        assert_eq!(found[5].as_ref().unwrap().record, Some(5));
    }
    // Named otherwise, but an object per line.
    let (found, _) = all("a.json", b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n");
    assert_eq!(found.len(), 2);
}

#[test]
fn json_values_one_behind_the_other() {
    let titles = |name: &str, text: &str| {
        let (found, result) = all(name, text.as_bytes());
        let titles = found.iter().map(|a| a.as_ref().unwrap().title().to_owned());
        let mut titles: Vec<_> = titles.collect();
        titles.sort();
        (titles, result.map_err(|e| e.to_string()))
    };
    let flat = |object: &str| object.replace('\n', "");
    let (one, two) = (
        "{\"title\":\"A\",\"text\":\"One.\"}",
        "{\n\"title\":\"B\",\"text\":\"Two.\"}",
    );
    for (name, text) in [
        ("a.json", format!("[{one}]\n[{two}]\n")),
        ("a.json", format!("[] [{one}][{two}]")),
        (
            "a.json",
            format!(
                "{{\"articles\":[{one}]}}\n{{\"articles\":[{}]}}\n",
                flat(two)
            ),
        ),
        ("a.json", format!("{two}\n{one}")),
        ("a.json", format!("{one}[{two}]")),
        ("a.json", format!("{one} {}", flat(two))),
        ("a.json", format!("{one}\n{two}\n")),
        ("a.jsonl", format!("{two}{one}\n")),
        (
            "a.json",
            format!("{{\"articles\":[{one}]}} {{\"articles\":[{}]}}", flat(two)),
        ),
        (
            "a.json",
            format!("{{\"results\":[{two}],\n\"items\":[],\"articles\":[{one}]}}"),
        ),
        (
            "a.jsonl",
            format!(
                "{{\"data\":[7],\"articles\":[{one}],\"results\":[{}]}}",
                flat(two)
            ),
        ),
        ("a.jsonl", format!("{{\"items\":[{one},{}]}}\n", flat(two))),
    ] {
        assert_eq!(
            titles(name, &text),
            (vec!["A".into(), "B".into()], Ok(())),
            "{text}"
        );
    }
    for (text, line) in [
        (format!("[{one}]\ngarbage"), 2),
        (format!("[{one}]\n, [{two}]"), 2),
        (format!("[{one}]\n{{\"text\": "), 2),
        (format!("{{\"articles\":[{one}],\n\"x\": nope}}"), 2),
        (
            format!("{one}\n[{one}] {{\"articles\":[{one}],\n\"x\": nope}}"),
            3,
        ),
    ] {
        let (found, result) = titles("a.json", &text);
        assert!(
            found.iter().all(|t| t == "A") && !found.is_empty(),
            "{text}"
        );
        let error = result.unwrap_err();
        assert!(
            error.starts_with(&format!("line {line}, ")),
            "{text}: {error}"
        );
    }
}

#[test]
fn json_of_absurd_depth() {
    let n = 5000;
    let (open, close) = ("[".repeat(n), "]".repeat(n));
    for bad in [
        format!("{{\"text\":{open}\"a\"{close}}}"),
        format!("{{\"text\":\"a\",\"title\":{open}\"a\"{close}}}"),
        format!("{}\"a\"{}", "{\"text\":".repeat(n), "}".repeat(n)),
    ] {
        assert!(refused("a.json", bad.as_bytes()).contains("nested more than"));
        let lines = format!("{bad}\n{{\"text\":\"All is well.\"}}\n");
        let (records, end) = all("a.jsonl", lines.as_bytes());
        assert!(records[0].is_err() && records[1].is_ok() && end.is_ok());
    }
    let front = format!("---\ntitle: {open}{close}\n---\nAll is well.\n");
    assert!(one("a.md", front).body().contains("All is well"));
}

#[test]
fn json_objects_that_share_a_line() {
    let line = "{\"text\":\"All is well.\"}".repeat(200_000);
    let start = std::time::Instant::now();
    assert_eq!(all("a.jsonl", line.as_bytes()).0.len(), 200_000);
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn json_texts_in_blocks_and_feeds() {
    for (body, text) in [
        (
            "\"body\":[{\"type\":\"p\",\"text\":\"One.\"},{\"type\":\"hr\"},\"Two.\"]",
            "One.\n\nTwo.",
        ),
        (
            "\"content\":{\"type\":\"doc\",\"content\":[{\"content\":[{\"text\":\"One.\"}]}]}",
            "One.",
        ),
        ("\"content_html\":\"One &amp; two\"", "One & two"),
        (
            "\"content_html\":\"<p>No.</p>\",\"content_text\":\"One.\"",
            "One.",
        ),
        ("\"text\":{\"id\":5},\"articleBody\":\"One.\"", "One."),
        ("\"text\":null", "T"),
        ("\"content\":{\"rendered\":\"\"}", "T"),
    ] {
        let article = one("a.json", format!("{{\"title\":\"T\",{body}}}"));
        assert_eq!(article.body(), text, "{body}");
    }
    for body in ["[{\"p\":\"One.\"}]", "{\"id\":5}", "17"] {
        let (found, _) = all(
            "a.jsonl",
            format!("{{\"title\":\"T\",\"body\":{body}}}").as_bytes(),
        );
        let error = found[0].as_ref().unwrap_err().to_string();
        assert!(error.contains("the field body holds no text"), "{error}");
    }
}

#[test]
fn json_strings_are_cited_by_the_line_they_were_written_on() {
    let article = one(
        "a.json",
        "{\n\"text\": [\n\"One.\\n\\nMore.\",\n\n\"Two.\"],\n\"title\":\"T\"\n}",
    );
    assert_eq!(article.line, Some(1));
    let two = article.text.find("Two").unwrap();
    assert_eq!(article.lines, [(0, 6), (article.body.start, 3), (two, 5)]);
}

#[test]
fn json_that_is_broken_or_holds_no_article() {
    assert!(refused("a.json", b"{\"text\": \"x\"").starts_with("line 1, column"));
    assert!(refused("a.json", b"hello there").contains("not JSON"));
    assert!(refused("a.json", b"\"hello\"").contains("no article"));
    assert!(
        refused("a.json", b"{\"a\": 1}")
            .contains("no text; it is looked for in the fields text, body")
    );
    assert_eq!(refused("a.json", b"[]"), ReadError::Empty.to_string());
    // An array that breaks off has been read so far; a broken record costs itself.
    let (found, result) = all(
        "a.json",
        b"[{\"text\":\"One.\"},\n{\"text\":nul},{\"text\":\"Two.\"},{\"text\":",
    );
    assert!(result.unwrap_err().to_string().contains("after 3 records"));
    assert_eq!(found.iter().filter(|r| r.is_ok()).count(), 2);
    assert_eq!(found[1].as_ref().unwrap_err().line, 2);
}

#[test]
fn json_text_that_is_html() {
    let article = one(
        "a.json",
        "{\"title\":\"T\",\"content\":{\"rendered\":\"<p>One &amp; two<\\/p>\\n<p>Three<\\/p>\"}}",
    );
    assert_eq!(article.body(), "One & two\n\nThree");
    assert_eq!(article.map.range(article.body.clone()), None);
    for (text, body) in [
        (
            "\\u003cp\\u003eOne \\u0026amp; two\\u003c/p\\u003e",
            "One & two",
        ),
        ("Lead: <p>One.</p><p>Two.</p>", "Lead:\n\nOne.\n\nTwo."),
        (
            "It was <5 km off, R&D &amp; quiet.",
            "It was <5 km off, R&D & quiet.",
        ),
    ] {
        let article = one("a.json", format!("{{\"title\":\"T\",\"text\":\"{text}\"}}"));
        assert_eq!(article.body(), body, "{text}");
    }
    for title in [
        "\"Army&#8217;s war &amp; peace\"",
        "{\"rendered\":\"Army&#8217;s war &amp; peace\"}",
    ] {
        let article = one("a.json", format!("{{\"title\":{title},\"text\":\"One.\"}}"));
        assert_eq!(article.title(), "Army’s war & peace");
    }
    let plain = one("a.json", "{\"title\":\"R&D; AT&T\",\"text\":\"One.\"}");
    assert_eq!(plain.title(), "R&D; AT&T");
}

/// The articles of a file: title, body, day of publication, source.
fn told(name: &str, text: &str) -> Vec<(String, String, Option<String>, Option<String>)> {
    let (found, result) = all(name, text.as_bytes());
    result.unwrap();
    let told = found.into_iter().map(|article| {
        let article = article.unwrap();
        let day = article.published.map(|p| p.interval.start.to_string());
        (
            article.title().to_owned(),
            article.body().to_owned(),
            day,
            article.source,
        )
    });
    told.collect()
}

#[test]
fn json_articles_within_objects() {
    let article = |title: &str, body: &str, day: &str, source: &str| {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        (title.to_owned(), body.to_owned(), some(day), some(source))
    };
    let two = vec![
        article("A", "One.", "2020-10-10", "Wire"),
        article("B", "Two.", "2020-10-11", ""),
    ];
    let a = r#""title":"A","body":"One.","published":"2020-10-10","source":"Wire""#;
    let b = r#""title":["B"],"content":["Two."],"date":{"created":"2020-10-13","original":"2020-10-11"}"#;
    for text in [
        // Lists within the answer of a server, and each article within an object of its own.
        format!(r#"{{"response":{{"status":"ok","results":[{{{a}}},{{{b}}}]}}}}"#),
        format!(
            r#"{{"took":1,"hits":{{"total":{{"value":2}},"hits":[{{"_id":"1","_source":{{{a}}}}},{{"_source":{{{b}}},"highlight":{{"body":["no"]}}}}]}}}}"#
        ),
        format!(
            r#"{{"_id":"1","_source":{{{a}}}}}
{{"_id":"2","_source":{{{b}}}}}"#
        ),
        format!(
            r#"{{"index":{{"_id":"1"}}}}
{{{a}}}
{{"create":{{"_id":"2"}}}}
{{{b}}}
{{"delete":{{"_index":"x","_id":"3"}}}}"#
        ),
        format!(r#"{{"data":[{{"id":"1","fields":{{{a}}}}},{{"id":"2","fields":{{{b}}}}}]}}"#),
        format!(r#"{{"data":{{"articles":{{"edges":[{{"node":{{{a}}}}},{{"node":{{{b}}}}}]}}}}}}"#),
        format!(
            r#"{{"chats":{{"list":[{{"name":"x","messages":[{{{a}}}]}},{{"name":"y","messages":[{{{b}}},{{"text":""}}]}}]}}}}"#
        ),
        format!("window.YTD.tweets.part0 = [{{\"tweet\":{{{a}}}}},\n{{\"tweet\":{{{b}}}}}];\n"),
    ] {
        assert_eq!(told("a.json", &text), two, "{text}");
    }
    let js = format!("window.YTD.part0 = [{{\"tweet\":{{{a}}}}}]");
    assert_eq!(told("tweets.js", &js), two[..1]);
    assert!(refused("a.js", b"var a = [1];\nrun(a);").contains("a script"));
    // What lies within an article is about it.
    let related = r#"{"title":"A","related":{"articles":[{"title":"No","text":"No."}]}}"#;
    assert_eq!(told("a.json", related), [article("", "A", "", "")]);
    let named = r#"{"response":{"docs":[{"headline":{"main":"A","kicker":null},"lead_paragraph":"One."}]}}"#;
    assert_eq!(told("a.json", named), [article("A", "One.", "", "")]);
    let quoted = r#"[{"text":"One.","quoted":{"text":"No.","date":"2020-10-10"}}]"#;
    assert_eq!(told("a.json", quoted), [article("", "One.", "", "")]);
    let wrapped = r#"{"data":{"id":"1","text":"One."},"includes":{"users":[{"name":"x"}]}}"#;
    assert_eq!(told("a.json", wrapped), [article("", "One.", "", "")]);
    assert_eq!(
        refused("a.json", br#"{"hits":{"total":0,"hits":[]}}"#),
        ReadError::Empty.to_string()
    );
}

#[test]
fn json_texts_cut_where_their_looks_change() {
    for (body, text) in [
        (
            r#"["Shots in ",{"type":"bold","text":"Gao"},", two dead.\n\n",{"type":"link","text":"https://x.org"},""]"#,
            "Shots in Gao, two dead.\n\nhttps://x.org",
        ),
        (
            r#"[{"type":"bold","text":"Gao"}," ",{"type":"bold","text":"fell"}]"#,
            "Gao fell",
        ),
        (
            r#"["One (",{"text":"link"},") and ",{"text":"two"},"three"]"#,
            "One (link) and two three",
        ),
        (
            r#"["One.\n","Two. ","Three."]"#,
            "One.\n\n\nTwo. \n\nThree.",
        ),
        (r#"["One. ","Two.","Three."]"#, "One. \n\nTwo.\n\nThree."),
        (
            r#"{"content":[{"content":[{"text":"One "},{"text":"two"},{"text":"."}]},{"content":[{"text":"Three."}]}]}"#,
            "One two.\n\nThree.",
        ),
    ] {
        let file = format!("[{{\"title\":\"T\",\"text\":{body}}}]");
        let (found, _) = all("a.json", file.as_bytes());
        let article = found[0].as_ref().unwrap();
        assert_eq!(article.body(), text, "{body}");
        let at = article.text.rfind(['a', 'e']).unwrap();
        let range = article.map.range(at..at + 1).unwrap();
        assert_eq!(
            &file.as_bytes()[range],
            &article.text.as_bytes()[at..at + 1]
        );
    }
}

#[test]
fn json_letters_written_as_in_html_are_cited_where_they_stand() {
    for amp in ["&amp;", "\\u0026amp;", "&#38;"] {
        let file = format!("{{\"text\":\"Don&#39;t \\u0436 {amp} D&Y;\"}}");
        let article = one("a.json", &file);
        assert_eq!(article.body(), "Don't ж & D&Y;");
        let at = |needle: &str| {
            let start = article.text.find(needle).unwrap();
            &file[article.map.range(start..start + needle.len()).unwrap()]
        };
        assert_eq!(at("&"), amp);
        assert_eq!(at("Don't ж"), "Don&#39;t \\u0436");
        assert_eq!(at("D&Y;"), "D&Y;");
    }
}

#[test]
fn json_records_without_a_text() {
    let file = br#"[{"text":"One.","timestamp":1602338400},
{"text":"","photo":"a.jpg"},{"text":[]},
{"id":5,"story_url":"x"},
{"title":"A","description":"Sum.","content":null},{"message":"Two.","created_time":"2020-10-10T10:00:00+0000"}]"#;
    let mut found = Vec::new();
    let notes = read(file, &hints("a.json"), &mut |article| found.push(article)).unwrap();
    let found: Vec<String> = found
        .into_iter()
        .map(|article| article.map_or_else(|e| e.to_string(), |a| a.body().to_owned()))
        .collect();
    assert_eq!(
        (&found[0], &found[2], &found[3]),
        (&"One.".into(), &"Sum.".into(), &"Two.".into())
    );
    assert!(
        found[1].starts_with("line 3: no text; ") && found[1].ends_with("here are id, story_url"),
        "{}",
        found[1]
    );
    assert_eq!(notes.len(), 2);
    assert!(
        notes[0].starts_with("2 records have no text and no title: left out, the first on line 2"),
        "{}",
        notes[0]
    );
    assert!(
        notes[1].contains("a field timestamp, which may be"),
        "{}",
        notes[1]
    );
}
