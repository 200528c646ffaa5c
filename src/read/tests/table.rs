//! Tables: which rows are articles, what their text is, and where it stands in the file.

use super::*;

fn articles(path: &str, text: &str) -> Vec<Article> {
    let (found, result) = all(path, text.as_bytes());
    result.unwrap();
    found.into_iter().map(|article| article.unwrap()).collect()
}

#[test]
fn each_row_is_an_article_with_its_bytes() {
    let comma = "id,Publish Date,title,media_name,language,text\r\n\
        1,2020-10-10,\"Truce \"\"holds\"\"\",Agency,eng,\"It was quiet, they said.\nThe \"\"truce\"\" held.\"\r\n\
        2,2020-10-11,Shelling,Agency,en,Two villages were hit.\r\n\
        \r\n\
        3,2020-10-12,Nothing,Agency,en,\r\n";
    for text in [comma.to_owned(), format!("\u{feff}{comma}")] {
        let found = articles("a.csv", &text);
        assert_eq!(found.len(), 2);
        let first = &found[0];
        assert_eq!(first.title(), "Truce \"holds\"");
        assert_eq!(
            first.body(),
            "It was quiet, they said.\nThe \"truce\" held."
        );
        assert_eq!((first.record, first.line), (Some(0), Some(2)));
        assert_eq!((found[1].record, found[1].line), (Some(1), Some(4)));
        let published = first.published.unwrap();
        assert_eq!(
            published.interval,
            Interval::day(jiff::civil::date(2020, 10, 10))
        );
        assert_eq!(published.from, From::Metadata);
        assert_eq!(first.source.as_deref(), Some("Agency"));
        assert_eq!(first.lang.as_deref(), Some("en"));
        let at = |needle: &str| {
            let start = first.text.find(needle).unwrap();
            &text[first.map.range(start..start + needle.len()).unwrap()]
        };
        assert_eq!(at("quiet, they"), "quiet, they");
        assert_eq!(at("\"truce\" held"), "\"\"truce\"\" held");
    }
    let notes = read(comma.as_bytes(), &hints("a.csv"), &mut |_| {}).unwrap();
    assert_eq!(notes, ["1 row has no text: left out, the first on line 6"]);
}

#[test]
fn cells_are_parted_by_what_parts_the_header() {
    for mark in [';', '\t', '|', ','] {
        let text = format!(
            "date{mark}headline{mark}body\n2020-10-10{mark}One{mark}It rained\n2020-10-11{mark}Two{mark}It snowed"
        );
        for path in ["a.csv", "b.tsv"] {
            let found = articles(path, &text);
            assert_eq!(found.len(), 2, "{mark:?}");
            assert_eq!((found[1].title(), found[1].body()), ("Two", "It snowed"));
            check_source(&found[1], text.as_bytes());
        }
    }
}

#[test]
fn what_a_cell_writes_as_html_is_read() {
    let text = "title,content\nA &amp; B,<p>One.</p><p>Two.</p>\nC,R&amp;R in Beirut\n";
    let found = articles("a.csv", text);
    assert_eq!(
        (found[0].title(), found[0].body()),
        ("A & B", "One.\n\nTwo.")
    );
    assert_eq!(found[1].body(), "R&R in Beirut");
}

#[test]
fn notes_are_texts_only_beside_what_reports_have() {
    let events = "event_date,source,notes\n10 October 2020,Agency,Two villages were hit.\n";
    assert_eq!(
        articles("a.csv", events)[0].body(),
        "Two villages were hit."
    );
    let stock = "id,notes\n1,empty\n";
    assert!(refused("a.csv", stock.as_bytes()).contains("here are id, notes"));
}

#[test]
fn tables_that_are_no_corpus_say_why() {
    for (text, why) in [
        ("path,published\na.txt,2020\n", "without a column of texts"),
        ("path,published\na.txt,2020\n", "--manifest"),
        (
            "It rained, and it snowed.\n",
            "here are It rained, and it snowed.",
        ),
        ("title,text\nOnly a title,\n", "no text in it"),
    ] {
        let error = refused("a.csv", text.as_bytes());
        assert!(error.contains(why), "{error}");
    }
    let open = "title,text\nOne,It rained.\nTwo,\"It snowed.\nThree,It hailed.\n";
    let (found, result) = all("a.csv", open.as_bytes());
    assert_eq!(found.len(), 1);
    let error = result.unwrap_err().to_string();
    assert!(
        error.starts_with("line 3, column 1: a quotation mark"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(text in "(text|title|,|;|\t|\"|\"\"|\r|\n|[a-zé&<>]){0,60}") {
        let bytes = format!("title,text\n{text}");
        let _ = all("a.csv", bytes.as_bytes());
        let _ = all("a.csv", text.as_bytes());
    }
}
