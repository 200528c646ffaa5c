//! Formats, bad input, and the map back to the original bytes.

mod json;
mod table;

use proptest::prelude::*;

use super::*;

pub(super) const TODAY: Date = jiff::civil::date(2026, 11, 23);

pub(super) fn hints(path: &str) -> Hints<'_> {
    Hints {
        relative_path: path,
        manifest: None,
        published: None,
        today: TODAY,
        order: DateOrder::Auto,
    }
}

fn all(path: &str, bytes: &[u8]) -> (Vec<Result<Article, RecordError>>, Result<(), ReadError>) {
    let mut found = Vec::new();
    let result = read(bytes, &hints(path), &mut |article| found.push(article));
    for article in found.iter().flatten() {
        check_ranges(article);
    }
    (found, result.map(|_| ()))
}

fn one(path: &str, bytes: impl AsRef<[u8]>) -> Article {
    let (mut found, result) = all(path, bytes.as_ref());
    result.unwrap();
    assert_eq!(found.len(), 1);
    found.pop().unwrap().unwrap()
}

fn refused(path: &str, bytes: &[u8]) -> String {
    let (found, result) = all(path, bytes);
    assert!(found.is_empty(), "{found:?}");
    result.unwrap_err().to_string()
}

/// The ranges lie on character boundaries, and the body runs to the end.
fn check_ranges(article: &Article) {
    assert!(article.text.get(article.title.clone()).is_some());
    assert!(article.text.get(article.body.clone()).is_some());
    assert_eq!(article.body.end, article.text.len());
    assert!(article.title.end <= article.body.start);
}

/// Every part of the body stands in the file as it stands in the text.
fn check_source(article: &Article, bytes: &[u8]) {
    for (at, c) in article.body().char_indices() {
        let at = article.body.start + at;
        let range = article.map.range(at..at + c.len_utf8()).unwrap();
        assert_eq!(
            &bytes[range],
            &article.text.as_bytes()[at..at + c.len_utf8()]
        );
    }
}

const SEED: &str =
    "Sides Accuse Each Other\n\nSides Accuse Each Other\n\nRivals blame each other.\n\nnews\n";

#[test]
fn text_keeps_everything_behind_the_headline() {
    let article = one("a.txt", SEED);
    assert_eq!(article.title(), "Sides Accuse Each Other");
    assert!(
        article
            .body()
            .starts_with("Sides Accuse Each Other\n\nRivals")
    );
    assert_eq!(article.line, Some(3));
    assert_eq!(article.text, SEED);
    assert_eq!(article.record, None);
    check_source(&article, SEED.as_bytes());
}

#[test]
fn headlines() {
    let story = "Shelling was reported along the line of contact, and the sides blamed each other.";
    for line in [
        "Truce holds",
        "Who broke the truce?",
        "Rebels “still in control” of the town, says U.S.",
        "REPORT: THREE KILLED",
        "Перемирие соблюдается",
        "停火生效",
        "Lt. Gen. Smith Says Truce Holds",
        "Syria – a decade of war",
    ] {
        assert_eq!(one("a.txt", format!("{line}\n\n{story}\n")).title(), line);
    }
    for line in [
        "Shelling was reported on Saturday.",
        "The truce held, they said. Then the shells came",
        "BAKU (Reuters) - Shells fell",
        "DAMASCUS, Syria — Shells fell",
        "- a list",
        "12345",
    ] {
        assert_eq!(
            one("a.txt", format!("{line}\n\n{story}\n")).title(),
            "",
            "{line}"
        );
    }
    // Hard-wrapped text has no headline in its first line.
    let wrapped = "The sides blamed each other for the shelling that was reported along\n\
                   the line of contact, and nobody could say who had fired the first shot.\n";
    assert_eq!(one("a.txt", wrapped).title(), "");
    // A headline alone is the text.
    let alone = one("a.txt", "Truce holds");
    assert_eq!((alone.title(), alone.body()), ("", "Truce holds"));
}

#[test]
fn line_ends_of_all_systems() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["Truce holds", "", "It was quiet.", ""].join(end);
        let article = one("a.txt", &text);
        assert_eq!(article.title(), "Truce holds", "{end:?}");
        assert_eq!(article.body().trim_end(), "It was quiet.", "{end:?}");
        assert_eq!(article.text, text);
        assert_eq!(article.line_end, if end == "\r" { b'\r' } else { b'\n' });
    }
    // One that strays, and those that a copy has doubled, end no line.
    for text in [
        "Truce\rholds\n\nQuiet.\n",
        "Truce holds\r\r\n\r\r\nQuiet.\r\r\n",
    ] {
        let article = one("a.txt", text);
        assert_eq!(
            (article.line, article.line_end),
            (Some(3), b'\n'),
            "{text:?}"
        );
    }
    // A title that the manifest puts in front changes nothing.
    let manifest = b"path,published,title\na.txt,,Other\n";
    let manifest = Manifest::parse(manifest, DateOrder::Auto, TODAY).unwrap();
    let hints = Hints {
        manifest: manifest.get("a.txt"),
        ..hints("a.txt")
    };
    let mut end = None;
    let text = b"Truce holds\r\rIt was quiet.\r";
    read(text, &hints, &mut |a| end = a.ok().map(|a| a.line_end)).unwrap();
    assert_eq!(end, Some(b'\r'));
}

#[test]
fn the_manifest_counts_before_the_file() {
    let csv = "path,published,title,source,url,lang\na.txt,2020-10,Other title,Agency,https://x.org/1,en-GB\n";
    let manifest = Manifest::parse(csv.as_bytes(), DateOrder::Auto, TODAY).unwrap();
    let hints = Hints {
        manifest: manifest.get("a.txt"),
        ..hints("a.txt")
    };
    let mut found = None;
    read(b"Truce holds\n\nIt was quiet.\n", &hints, &mut |a| {
        found = a.ok()
    })
    .unwrap();
    let article = found.unwrap();
    check_ranges(&article);
    assert_eq!(article.title(), "Other title");
    assert_eq!(article.body(), "Truce holds\n\nIt was quiet.\n");
    assert_eq!(article.line, Some(1));
    assert_eq!(article.map.range(article.title.clone()), None);
    assert_eq!(article.map.range(article.body.clone()), Some(0..27));
    assert_eq!(article.published.unwrap().precision, Precision::Month);
    assert_eq!(article.source.as_deref(), Some("Agency"));
    assert_eq!(article.url.as_deref(), Some("https://x.org/1"));
    assert_eq!(article.lang.as_deref(), Some("en"));
    // A title that is the headline is not doubled.
    let csv = "path,published,title\na.txt,,truce HOLDS\n";
    let manifest = Manifest::parse(csv.as_bytes(), DateOrder::Auto, TODAY).unwrap();
    let hints = Hints {
        manifest: manifest.get("a.txt"),
        ..hints
    };
    let mut found = None;
    read(b"Truce holds\n\nIt was quiet.\n", &hints, &mut |a| {
        found = a.ok()
    })
    .unwrap();
    assert_eq!(found.unwrap().title(), "Truce holds");
}

#[test]
fn front_matter() {
    let yaml = "---\ntitle: \"Truce holds\"\ndate: 2020-10-10\nsource: Agency\nauthor: [A. Petrova, B. Aliyev]\nlang: en-US\nurl: https://x.org\n---\n\n# In the south\n\nIt was *quiet*.\n";
    let toml = "+++\ntitle = \"Truce holds\"\ndate = 2020-10-10\nsource = 'Agency'\nauthor = [\"A. Petrova\", \"B. Aliyev\"]\nlang = \"en-US\"\nurl = \"https://x.org\"\n+++\n\n# In the south\n\nIt was *quiet*.\n";
    for (name, text, line) in [("a.md", yaml, 10), ("a.md", toml, 10), ("a.txt", yaml, 10)] {
        let article = one(name, text);
        assert_eq!(article.title(), "Truce holds");
        assert_eq!(article.body(), "# In the south\n\nIt was *quiet*.\n");
        assert_eq!(article.line, Some(line));
        assert_eq!(
            &text[article.map.range(article.title.clone()).unwrap()],
            "Truce holds"
        );
        assert_eq!(article.source.as_deref(), Some("Agency"));
        assert_eq!(article.author.as_deref(), Some("A. Petrova, B. Aliyev"));
        assert_eq!(article.lang.as_deref(), Some("en"));
        assert_eq!(article.published.unwrap().from, From::Metadata);
        assert!(article.notes.is_empty(), "{:?}", article.notes);
        check_source(&article, text.as_bytes());
    }
}

#[test]
fn front_matter_that_is_none() {
    let article = one("a.md", "---\ntitle: [broken\n---\n# Truce\n\nQuiet.\n");
    assert_eq!(article.title(), "Truce");
    assert!(
        article.notes[0].contains("front matter"),
        "{:?}",
        article.notes
    );
    // Two rules in a text, with nothing between them that front matter has.
    for text in [
        "---\nWitness A: saw them.\nWitness B: fled.\n---\nThe rest.\n",
        "---\n\nInterview notes: he said: they left.\n\n---",
        "---\nFirst part.\n---\nSecond part.\n",
    ] {
        assert_eq!(one("a.md", text).text, text);
    }
    let article = one("a.md", "---\nlayout: post\n---\n# Truce\n\nQuiet.\n");
    assert_eq!(article.title(), "Truce");
    // Two rules in a plain text.
    let text = "---\nFirst part.\n---\nSecond part.\n";
    assert_eq!(one("a.txt", text).text, text);
    let text = "---\nnever closed\n";
    assert_eq!(one("a.md", text).text, text);
    assert_eq!(
        refused("a.md", b"---\nlang: en\n---\n\n"),
        ReadError::Empty.to_string()
    );
}

#[test]
fn markdown_headings() {
    for text in [
        "# Truce holds #\n\nQuiet.\n",
        "Truce holds\n===\n\nQuiet.\n",
        "## Truce holds\nQuiet.\n",
    ] {
        let article = one("a.md", text);
        assert_eq!(article.title(), "Truce holds", "{text:?}");
        assert_eq!(article.body(), "Quiet.\n", "{text:?}");
        check_source(&article, text.as_bytes());
    }
    assert_eq!(one("a.md", "#nosuch\n\nQuiet.").title(), "#nosuch");
}

fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>")
}

fn story_html() -> String {
    let p = "<p>Shelling was reported along the line of contact, and the two sides blamed each other \
             for it, as they had done before, in the spring and in the summer.</p>";
    format!(
        "<nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Truce holds</h1>{p}<h2>In the south</h2>\
         {p}{p}<p>First line<br>second line &amp; more</p></article><footer>All rights reserved</footer>"
    )
}

#[test]
fn html_article_without_boilerplate() {
    let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},
        {"@type":["NewsArticle"],"headline":"Truce holds","datePublished":"2020-10-10T23:00:00+04:00",
         "author":[{"@type":"Person","name":"A. Petrova"}],"publisher":{"name":"The Agency"}}]}</script>
        <meta property="article:published_time" content="2020-10-11"><link rel=canonical href="https://x.org/1">
        <title>Truce holds | The Agency</title>"#;
    let article = one("a.html", page(linked, &story_html()));
    assert_eq!(article.title(), "Truce holds");
    assert!(
        article.body().starts_with("Shelling was reported"),
        "{}",
        article.body()
    );
    assert!(
        article.body().contains("\n\nIn the south\n\nShelling"),
        "{}",
        article.body()
    );
    assert!(
        article.body().contains("First line\nsecond line & more"),
        "{}",
        article.body()
    );
    assert!(!article.body().contains("World") && !article.body().contains("rights reserved"));
    let published = article.published.unwrap();
    assert_eq!(published.interval.start, jiff::civil::date(2020, 10, 10));
    assert_eq!(published.from, From::Metadata);
    assert_eq!(article.author.as_deref(), Some("A. Petrova"));
    assert_eq!(article.source.as_deref(), Some("The Agency"));
    assert_eq!(article.url.as_deref(), Some("https://x.org/1"));
    assert_eq!(article.lang.as_deref(), Some("en"));
    assert_eq!(article.line, None);
    assert_eq!(article.map.range(article.body.clone()), None);
}

#[test]
fn html_dates_in_every_place() {
    let story = story_html();
    for (head, body) in [
        (
            "<meta property='article:published_time' content='2020-10-10T10:00:00Z'>",
            "",
        ),
        ("<meta name='DC.date.issued' content='2020-10-10'>", ""),
        (
            "<meta name='sailthru.date' content='Sat, 10 Oct 2020 14:05:00 GMT'>",
            "",
        ),
        ("", "<time datetime='2020-10-10'>Saturday</time>"),
        (
            "",
            "<span itemprop='datePublished' content='2020-10-10'></span>",
        ),
        (
            "",
            "<div class='byline-date'>Published: 10 October 2020, 14:05</div>",
        ),
    ] {
        let article = one("a.html", page(head, &format!("{body}{story}")));
        let published = article.published.unwrap();
        assert_eq!(
            published.interval.start,
            jiff::civil::date(2020, 10, 10),
            "{head}{body}"
        );
        assert_eq!(published.from, From::Metadata);
    }
    // Related articles, updates and the footer do not tell.
    for body in [
        "<aside><time datetime='2020-10-10'></time></aside>",
        "<div class='related'><span class=date>10 October 2020</span></div>",
        "<footer><span class=date>10 October 2020</span></footer>",
        "<ul><li class=date>10 October 2020</li><li class=date>11 October 2020</li></ul>",
        "<span class=last-modified><time class=updated datetime='2020-10-10'></time></span>",
    ] {
        let article = one("a.html", page("", &format!("{story}{body}")));
        assert_eq!(article.published, None, "{body}");
    }
}

#[test]
fn html_date_of_the_article_among_those_of_a_list() {
    let time = |day: &str| format!("<time datetime='2020-10-{day}'>today</time>");
    let list = format!("<ul><li>{}</li><li>{}</li></ul>", time("11"), time("12"));
    let story = story_html();
    let day = |article: &Article| article.published.map(|p| p.interval.start.day());
    for body in [
        format!("{list}<article><div>{}</div>{story}</article>", time("10")),
        format!(
            "{list}<div><h1>Truce</h1><p>{}</p></div>{story}",
            time("10")
        ),
    ] {
        let article = one("a.html", page("", &body));
        assert_eq!(day(&article), Some(10), "{body}");
        assert!(article.notes.is_empty(), "{:?}", article.notes);
    }
    let article = one("a.html", page("", &format!("{list}{story}")));
    assert_eq!(day(&article), Some(11));
    assert!(article.notes.iter().any(|n| n.contains("several dates")));
}

#[test]
fn html_falls_back_to_the_visible_text() {
    let article = one(
        "a.htm",
        page(
            "<title>Truce</title><style>p{}</style>",
            "<nav>Home</nav><p>It was quiet.</p><script>x()</script>",
        ),
    );
    assert_eq!(
        (article.title(), article.body()),
        ("Truce", "It was quiet.")
    );
    // Without any markup of an article, and without an extension.
    let article = one("page", page("", "<table><tr><td>one<td>two</table>"));
    assert_eq!(article.body(), "one two");
    assert_eq!(
        refused("a.html", page("", "<p> </p>").as_bytes()),
        ReadError::Empty.to_string()
    );
}

#[test]
fn html_encodings() {
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(
        "<html><head><meta charset=\"windows-1251\"><title>Война</title></head><body><p>Тихо было ночью.</p></body></html>",
    );
    let article = one("a.html", bytes);
    assert_eq!(
        (article.title(), article.body()),
        ("Война", "Тихо было ночью.")
    );
    // A script may be in another encoding, a declaration wrong, or of one that none can read.
    let story = "Обстрелы продолжались всю ночь, сообщили власти города. ".repeat(4);
    for head in [
        "<script src=a charset=\"utf-8\"></script><meta charset = 'windows-1251'>",
        "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">",
        "<meta charset=utf-8>",
        "<meta charset=iso-2022-kr>",
        "<script>var charset='utf-8'</script>",
    ] {
        let page = page(head, &format!("<p>{story}</p>"));
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&page);
        assert_eq!(one("a.html", bytes).body(), story.trim(), "{head}");
    }
    let page = page("<meta charset=iso-2022-jp>", "<p>今日、停火した。</p>");
    let (bytes, ..) = encoding_rs::ISO_2022_JP.encode(&page);
    assert_eq!(one("a.html", bytes).body(), "今日、停火した。");
    let korean = b"<html><meta charset=iso-2022-kr><p>\x1B$)C\x0EGQ19\x0F</p>";
    assert!(refused("a.html", korean).contains("ISO-2022-KR"));
}

#[test]
fn html_scripts_comments_and_drawings_do_not_nest() {
    let p =
        "<p>The army entered the town at dawn, officials said, and met no resistance there.</p>";
    let story = format!("<article>{}</article>", p.repeat(8));
    for before in [
        format!("<script>{}</script>", "for(i=0;i<n;i++);".repeat(2500)),
        format!("<script>{}</script>", "if(a&&b)c();".repeat(30_000)),
        format!("<!-- {} -->", "<div>".repeat(2500)),
        format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(2500)),
    ] {
        let body = format!("<nav><a href=/>Home</a></nav>{before}{story}");
        let article = one("a.html", page("<title>T</title>", &body));
        assert!(article.body().starts_with("The army"), "{}", article.body());
        assert_eq!(article.body().matches("dawn").count(), 8);
    }
}

#[test]
fn html_of_absurd_growth() {
    let fonts: String = (0..1900).map(|n| format!("<font size={n}>")).collect();
    let body = format!("<p>{fonts}{}", "<p>quiet".repeat(3000));
    let article = one("a.html", page("<title>T</title>", &body));
    assert_eq!(article.body().matches("quiet").count(), 3000);
    let signs = "Army &amp; navy in the town. ".repeat(100_000);
    let article = one("a.html", page("<title>T</title>", &format!("<p>{signs}")));
    assert_eq!(article.body().matches("Army & navy").count(), 100_000);
}

#[test]
fn html_what_stands_above_the_headline_is_not_the_article() {
    let notice = "<p>We use cookies to personalise content, to provide features, and to analyse \
                  our traffic, and share information about your use with our partners.</p>";
    let body = format!(
        "<div>{}</div><div><h1>Two killed</h1><p>Two soldiers were killed on Friday.</p></div>",
        notice.repeat(6)
    );
    let article = one("a.html", page("<title>Two killed</title>", &body));
    assert_eq!(article.body(), "Two soldiers were killed on Friday.");
}

#[test]
fn html_comments_do_not_outweigh_the_article() {
    let story = "<p>Fighters attacked the northern town on Tuesday, officials said, and at least nine \
                 people, among them two children, were killed.</p>";
    let said = |n| {
        format!(
            "<p>{n}. I think, as always, that nobody in the government cares about us, the people.</p>"
        )
    };
    let head = "<title>Clashes in the north | The Daily</title>";
    for (around, each, kept) in [
        ("div id=disqus_thread", "div class=comment", false),
        ("div class='comments-area'", "div", false),
        ("ol class=commentlist", "li", false),
        ("div class='related-stories'", "div class=teaser", false),
        // Nothing says what these are: they stay beside the article.
        ("div class='reader-letters'", "div", true),
        ("section", "article", true),
    ] {
        for (paragraphs, comments) in [(1, 3), (2, 10), (3, 30)] {
            let body = format!(
                "<article><h1>Clashes in the north</h1>{}</article><{around}>{}</{}>",
                story.repeat(paragraphs),
                (0..comments)
                    .map(|n| format!("<{each}>{}</{}>", said(n), each.split(' ').next().unwrap()))
                    .collect::<String>(),
                around.split(' ').next().unwrap()
            );
            let article = one("a.html", page(head, &body));
            assert_eq!(article.title(), "Clashes in the north");
            let found = article.body().matches("Fighters attacked").count();
            assert_eq!(found, paragraphs, "{around}: {}", article.body());
            let commented = article.body().contains("I think");
            assert_eq!(commented, kept, "{around}: {}", article.body());
        }
    }
    // Of two articles the first is not lost, nor is a thread whose first entry is a comment.
    let article = |n: usize| {
        format!(
            "<article><h1>Story {n}</h1>{}</article>",
            story.repeat(3 * n)
        )
    };
    let both = one(
        "a.html",
        page(
            "<title>Story 1 | The Daily</title>",
            &(article(1) + &article(2)),
        ),
    );
    assert!(
        both.body().matches("Fighters").count() >= 6,
        "{}",
        both.body()
    );
    let thread: String = (0..3)
        .map(|n| format!("<div class=comment>{}</div>", said(n)))
        .collect();
    let thread = one(
        "a.html",
        page("<title>T</title>", &format!("<h1>T</h1>{thread}")),
    );
    assert_eq!(thread.body().matches("I think").count(), 3);
}

#[test]
fn html_headline_that_is_not_at_the_top() {
    let p = |n: usize| {
        format!(
            "<p>{n}. The army shelled the orchards near the river in the night, and left before dawn.</p>"
        )
    };
    let story: String = (0..6).map(p).collect();
    // The lead stands above it, and is the longest paragraph.
    let lead = format!(
        "<p>LEAD {}</p>",
        "They came at dusk and they left again. ".repeat(9)
    );
    let body = format!("<article>{lead}<h1>Army leaves</h1>{story}</article>");
    let article = one("a.html", page("<title>Army leaves</title>", &body));
    assert!(article.body().contains("LEAD") && article.body().contains("5. The army"));
    // A box below the article repeats it.
    let body = format!(
        "<article><h2>Army leaves</h2>{story}</article><section><h1>Army leaves</h1><p>Share this.</p></section>"
    );
    let article = one("a.html", page("<title>Army leaves</title>", &body));
    assert!(article.body().contains("5. The army"), "{}", article.body());
}

#[test]
fn html_titles_of_publishing_software() {
    let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle",
        "headline":"Army&#8217;s war &amp; peace"}</script>"#;
    let article = one("a.html", page(linked, "<p>It was quiet.</p>"));
    assert_eq!(article.title(), "Army’s war & peace");
}

#[test]
fn html_whose_text_a_script_would_show() {
    let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Truce holds",
        "articleBody":"The truce held on Monday, observers said.\n\nNobody was hurt."}</script>"#;
    let article = one(
        "a.html",
        page(linked, "<div id=app><h1>Truce holds</h1></div>"),
    );
    assert_eq!(
        article.body(),
        "The truce held on Monday, observers said.\n\nNobody was hurt."
    );
}

#[test]
fn html_of_absurd_depth() {
    for tag in ["div", "b", "table><tr><td"] {
        let open = format!("<{tag}>").repeat(30_000);
        let article = one(
            "a.html",
            page("<title>T</title>", &format!("{open}<p>quiet</p> there")),
        );
        assert_eq!(article.title(), "T");
        assert!(
            article.body().contains("quiet") && article.body().contains("there"),
            "{tag}"
        );
    }
    // Hidden from who counts tags alone: behind what looks like a comment or a style, or between
    // closing tags that close nothing.
    let divs = "<div>".repeat(30_000);
    for body in [
        format!("<!-- x --!>{divs}"),
        format!("<svg><style>{divs}"),
        "<div></span>".repeat(30_000),
        "<span><div></span></div>".repeat(30_000),
        "<div><table><td></div>".repeat(30_000),
        (0..30_000)
            .map(|n| format!("<font id={n}></span>"))
            .collect(),
    ] {
        let start = std::time::Instant::now();
        let article = one(
            "a.html",
            page("<title>T</title>", &format!("{body}<p>quiet")),
        );
        assert!(article.body().contains("quiet"), "{}", &body[..40]);
        assert!(start.elapsed().as_secs() < 5, "{}", &body[..40]);
    }
    // A comment that only starts as if it ended.
    let body = format!("<!--!>{}--><p>quiet", "<div>".repeat(2500));
    assert_eq!(
        one("a.html", page("<title>T</title>", &body)).body(),
        "quiet"
    );
}

#[test]
fn what_old_macs_wrote() {
    for text in [
        "Le cessez-le-feu a été rompu près de la frontière, a déclaré l’armée. « Nous répliquerons », a-t-elle ajouté.",
        "“It’s not over”, he said – and was shot in the café.",
        "Der Waffenstillstand wurde für ungültig erklärt, hieß es in München.",
    ] {
        let (bytes, ..) = encoding_rs::MACINTOSH.encode(text);
        let decoded = decode::decode(&bytes, None).unwrap();
        assert_eq!(decoded.text, text);
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode::decode(&bytes, None).unwrap().text, text);
    }
}

#[test]
fn formats() {
    for (path, bytes, format) in [
        ("a.txt", "x", Format::Text),
        ("a", "x", Format::Text),
        ("St. Petersburg", "x", Format::Text),
        ("a.txt", "  <!DOCTYPE HTML><p>x", Format::Html),
        ("a.txt", "[\"not json for a text\"]", Format::Text),
        ("a", "x.y = [1]", Format::Json),
        ("a", "x = [1] or so", Format::Text),
        (
            "a",
            "<?xml version=\"1.0\"?><!DOCTYPE html><html>",
            Format::Html,
        ),
        (
            "a.txt",
            "From Our Correspondent 10:20:30\n\nGao: quiet.",
            Format::Text,
        ),
        ("a", "{\"text\":\"x\"}", Format::Json),
        ("a", "[Report] It was quiet.", Format::Text),
        ("a.MD", "x", Format::Markdown),
        ("a.JSONL", "x", Format::JsonLines),
        ("a.b/c", "x", Format::Text),
    ] {
        assert_eq!(detect(path, bytes.as_bytes()), Ok(format), "{path} {bytes}");
    }
    for (path, bytes, what) in [
        ("a.pdf", "x", "a PDF file"),
        ("a.txt", "%PDF-1.7", "a PDF file"),
        ("a.docx", "x", "word-processor"),
        ("a", "PK\u{3}\u{4}", "zip archive"),
        ("a.gz", "x", "an archive"),
        ("a.css", "x", "a script"),
        ("feed", "<?xml version=\"1.0\"?><rss></rss>", "an XML file"),
        (
            "Inbox",
            "From a@b.org Mon Jan 27 10:00:00 2025\nSubject: x\n\nx",
            "a mailbox",
        ),
    ] {
        let error = refused(path, bytes.as_bytes());
        assert!(
            error.contains(what) && error.contains("export it"),
            "{error}"
        );
    }
    assert_eq!(detect("a.txt", b"BZh is a text"), Ok(Format::Text));
}

#[test]
fn files_without_text() {
    for bytes in [
        &b""[..],
        b" \n\t ",
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"\xFF\xFE \0\n\0",
    ] {
        assert_eq!(
            refused("a.txt", bytes),
            ReadError::Empty.to_string(),
            "{bytes:?}"
        );
    }
    let noise: Vec<u8> = (0..4000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    assert!(refused("a.txt", &noise).starts_with("not a text file ("));
    let padded = ["record", "\0\0\0\0"].concat().repeat(500);
    assert!(refused("a.txt", padded.as_bytes()).contains("are zero"));
    assert!(refused("a.txt", "\u{1}\u{2}a".repeat(50).as_bytes()).contains("control characters"));
}

#[test]
fn stray_zeros_are_white_space() {
    let mut bytes = "It was quiet. ".repeat(300).into_bytes();
    bytes[2] = 0;
    let article = one("a.txt", &bytes);
    assert!(article.body().starts_with("It was quiet"));
    assert_eq!(article.notes, ["1 zero byte was read as white space"]);
    assert_eq!(article.map.range(3..6), Some(3..6));
    assert_eq!(one("a.txt", b"It was\0quiet.\n").text, "It was quiet.\n");
}

#[test]
fn damaged_utf8_stays_utf8() {
    let mut bytes = "Тихо было ночью в Степанакерте.\n".repeat(20).into_bytes();
    let good = bytes.clone();
    bytes[9] = 0xFF;
    let article = one("a.txt", &bytes);
    assert!(article.text.contains('\u{FFFD}') && article.text.contains("Степанакерте"));
    assert_eq!(
        article.notes,
        ["2 places are not valid UTF-8 and read as U+FFFD"]
    );
    let at = article.text.rfind("ночью").unwrap();
    assert_eq!(
        article.map.range(at..at + 10).map(|r| &good[r]),
        Some("ночью".as_bytes())
    );
    let mut bytes = good;
    bytes.insert(0, 0xFF);
    assert_eq!(
        one("a.txt", &bytes).notes,
        ["1 place is not valid UTF-8 and read as U+FFFD"]
    );
}

#[test]
fn few_letters_beyond_ascii_are_enough_for_utf8() {
    for bytes in [
        &b"Head\n\nThe general\xE2\x80\x99s troops entered Aleppo.\xE2\x80"[..],
        b"Head\n\nThe general\xE2\x80\x99s \x92troops\xE2\x80\x99 entered Aleppo.\n",
        b"Head\n\nThe caf\xC3\xA9 was empty.\xC3",
    ] {
        let article = one("a.txt", bytes);
        assert!(article.text.contains(['’', 'é']), "{}", article.text);
        assert_eq!(
            article.notes,
            ["1 place is not valid UTF-8 and read as U+FFFD"]
        );
    }
    let french = b"Head\n\nLe caf\xE9 \xAB CAF\xC9\xBB \xE9tait vide.\n";
    assert!(one("a.txt", french).text.contains("Le café « CAFÉ» était"));
}

#[test]
fn legacy_encodings_are_detected() {
    let russian = "Обстрелы продолжались всю ночь, сообщили власти города. Никто не погиб.\n";
    let french = "Les combats ont repris à l’aube près de la frontière, a déclaré le préfet.\n";
    let arabic = "قالت وزارة الدفاع إن القصف استمر طوال الليل في المدينة ولم يقتل أحد.\n";
    let chinese = "国防部表示，炮击持续了一整夜，没有人员伤亡。双方互相指责违反停火协议。\n";
    for (encoding, text) in [
        (encoding_rs::WINDOWS_1251, russian),
        (encoding_rs::KOI8_R, russian),
        (encoding_rs::WINDOWS_1252, french),
        (encoding_rs::WINDOWS_1256, arabic),
        (encoding_rs::GBK, chinese),
        (
            encoding_rs::BIG5,
            "國防部表示，炮擊持續了一整夜，沒有人員傷亡。雙方互相指責違反停火協議。\n",
        ),
    ] {
        let text = text.repeat(5);
        let (bytes, ..) = encoding.encode(&text);
        let article = one("a.txt", &bytes);
        assert_eq!(article.text, text, "{}", encoding.name());
        decodes_back(&article, &bytes, |part| {
            encoding.decode_without_bom_handling(part).0.into_owned()
        });
    }
}

#[test]
fn wide_encodings() {
    for text in [
        "Truce holds\n\nIt was quiet.\n",
        "Тихо было ночью в городе.\nИ днём.\n",
        "炮击持续了一整夜 😀 停火\n\n双方互相指责\n",
    ] {
        let text = text.repeat(3);
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        let long: Vec<u8> = text
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect();
        for (mark, bytes) in [
            (&b"\xFF\xFE"[..], &little),
            (b"", &little),
            (b"\xFE\xFF", &big),
            (b"", &big),
            (b"\xFF\xFE\0\0", &long),
            (b"", &long),
        ] {
            let file = [mark, bytes.as_slice()].concat();
            assert_eq!(one("a.txt", &file).text, text, "{mark:?}");
        }
    }
    // Odd and broken ends.
    assert_eq!(
        one("a.txt", b"\xFF\xFEa\0b\0\x00\xD8c\0d").text,
        "ab\u{FFFD}c\u{FFFD}"
    );
}

#[test]
fn a_huge_line() {
    let mut text = "word ".repeat(4 << 20);
    text.truncate(20 << 20);
    let article = one("a.txt", &text);
    assert_eq!(article.text.len(), text.len());
    assert_eq!(article.title(), "");
}

/// Decodes the bytes that each of some ranges maps to, and compares.
fn decodes_back(article: &Article, bytes: &[u8], decode: impl Fn(&[u8]) -> String) {
    let starts: Vec<usize> = article
        .text
        .char_indices()
        .map(|(i, _)| i)
        .chain([article.text.len()])
        .collect();
    for step in [1, 2, 7, 50] {
        for window in starts.windows(step + 1).step_by(3) {
            let range = window[0]..window[step];
            let source = article.map.range(range.clone()).unwrap();
            assert_eq!(decode(&bytes[source]), article.text[range]);
        }
    }
}

/// Some text with letters of several widths.
fn some_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{1,12}",
        "[а-я]{1,9}",
        "[一-龠]{1,5}",
        Just("\n\n".to_owned()),
        Just("😀".to_owned()),
        Just("\u{301}".to_owned()),
        Just("\r\n".to_owned()),
        Just("é—”".to_owned()),
    ];
    prop::collection::vec(piece, 1..30).prop_map(|pieces| format!("A {} b", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn utf8_maps_back(text in some_text(), mark in any::<bool>()) {
        let bytes = [if mark { &b"\xEF\xBB\xBF"[..] } else { b"" }, text.as_bytes()].concat();
        let article = one("a.txt", &bytes);
        prop_assert_eq!(&article.text, &text);
        decodes_back(&article, &bytes, |part| String::from_utf8(part.to_vec()).unwrap());
    }

    #[test]
    fn utf16_maps_back(text in some_text(), big in any::<bool>()) {
        let encode = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        let bytes: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(encode).collect();
        let article = one("a.txt", &bytes);
        prop_assert_eq!(&article.text, &text);
        decodes_back(&article, &bytes, |part| {
            let encoding = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
            encoding.decode_without_bom_handling(part).0.into_owned()
        });
    }

    #[test]
    fn windows_1251_maps_back(words in prop::collection::vec("[а-яА-Я]{2,9}|[a-z]{1,5}|—", 1..40)) {
        let text = words.join(" ");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
        let decoded = decode::decode(&bytes, Some(encoding_rs::WINDOWS_1251)).unwrap();
        // Words in ASCII alone are UTF-8 as well, and so may a few Cyrillic letters be.
        prop_assume!(decoded.encoding == "windows-1251");
        prop_assert_eq!(&decoded.text, &text);
        let mut article = one("a.txt", "x");
        (article.text, article.map) = (text.clone(), decoded.map);
        decodes_back(&article, &bytes, |part| encoding_rs::WINDOWS_1251.decode_without_bom_handling(part).0.into_owned());
    }

    #[test]
    fn json_strings_map_back(title in some_text(), text in some_text(), ascii in any::<bool>(), wide in any::<bool>()) {
        let quote = |s: &str| {
            let quoted = serde_json::to_string(s).unwrap();
            if !ascii { return quoted; }
            quoted.chars().map(|c| if c.is_ascii() { c.to_string() } else {
                c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04X}")).collect()
            }).collect()
        };
        let json = format!("{{\"title\": {}, \"x\": [\"]\"], \"text\":{}}}", quote(&title), quote(&text));
        let bytes: Vec<u8> = if wide {
            std::iter::once(0xFEFF).chain(json.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            json.clone().into_bytes()
        };
        let article = one("a.json", &bytes);
        prop_assert_eq!(&article.text[article.title.clone()], &title);
        prop_assert!(article.text.ends_with(&text));
        let starts: Vec<usize> = article.text.char_indices().map(|(i, _)| i).filter(|i| *i >= article.body.start).collect();
        for pair in starts.windows(2) {
            let source = article.map.range(pair[0]..pair[1]).unwrap();
            let raw = if wide {
                encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes[source]).0.into_owned()
            } else {
                String::from_utf8(bytes[source].to_vec()).unwrap()
            };
            let back: String = serde_json::from_str(&format!("\"{raw}\"")).unwrap();
            prop_assert_eq!(&back, &article.text[pair[0]..pair[1]]);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "a\\.(txt|md|html|json|jsonl)|a") {
        let _ = all(&name, &bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(---\n|\\+\\+\\+\n|# |<p>|\\{\"text\":|\\[|\"|\\\\u|title: x\n|10/10/2020|Oct\\. 10|[a-zé \n,()©-]){0,40}", name in "a\\.(txt|md|html|json|jsonl)|a") {
        let _ = all(&name, text.as_bytes());
    }
}
