//! Counting and showing instead of ranking: `count`, `kwic`, `show`, `facets`, `timeline`.
//!
//! Numbers on the small folders were counted by hand, those on the bundled corpus with `grep`.

use crate::sandbox::Sandbox;
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Request, Scope, Synonyms, concordance, count, search};
use std::fs;
use std::ops::ControlFlow;

/// Three articles with a known number of everything.
fn small() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "north/a.txt",
            "Truce in Goma\n\nMONUSCO said on 3 March 2021 that the truce held. A second truce followed.\n",
        ),
        (
            "north/b.txt",
            "Shelling resumes\n\nShells fell on Goma on 28 March 2021. The truce, a local one, was over by May 2021.\n",
        ),
        (
            "south/2021-07-04.txt",
            "Market open\n\nTraders returned to the market of Bukavu.\nNobody spoke of a truce.\n",
        ),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    sandbox
}

fn corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    assert_eq!(sandbox.belli(&["index", corpus]).status, 0);
    sandbox
}

/// What `--json` prints for a count.
fn counted(sandbox: &Sandbox, args: &[&str]) -> [u64; 3] {
    let line = &sandbox.belli(&[&["count", "--json"], args].concat()).json()[0];
    ["passages", "articles", "occurrences"].map(|key| line[key].as_u64().unwrap())
}

#[test]
fn counts_are_passages_articles_and_what_is_marked() {
    let sandbox = small();
    // Two in the text of a and one in its headline, one in each of the others.
    assert_eq!(counted(&sandbox, &["+truce"]), [3, 3, 5]);
    assert_eq!(counted(&sandbox, &["\"truce held\""]), [1, 1, 1]);
    assert_eq!(counted(&sandbox, &["+truce", "--path", "north"]), [2, 2, 4]);
    assert_eq!(counted(&sandbox, &["title:truce"]), [1, 1, 1]);
    // Filters alone mark nothing; without anything, everything is counted.
    assert_eq!(counted(&sandbox, &["--place", "Goma"]), [2, 2, 0]);
    assert_eq!(counted(&sandbox, &[]), [3, 3, 0]);
    let run = sandbox.belli(&["count", "+truce"]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, "3 passages, 3 articles, 5 occurrences\n")
    );
}

#[test]
fn a_count_of_nothing_is_a_line_and_explains_itself() {
    let sandbox = small();
    let run = sandbox.belli(&["count", "+truces", "AND", "+helicopter"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.out, "0 passages, 0 articles, 0 occurrences\n");
    assert!(
        run.err.contains("helicopter  <- empties the answer"),
        "{}",
        run.err
    );
    let run = sandbox.belli(&["count", "+truce", "--published-from", "2021-07-01"]);
    assert_eq!(run.out, "1 passages, 1 articles, 1 occurrences\n");
    assert!(run.err.contains("2 passages were left out"), "{}", run.err);
    let run = sandbox.belli(&["--quiet", "count", "helicopter"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
}

#[test]
fn a_batch_is_counted_a_query_a_line() {
    let sandbox = small();
    let queries = "q1\t+truce\nq2\t\"truce\nq3\tmarket\n";
    std::fs::write(sandbox.path().join("q.tsv"), queries).unwrap();
    let run = sandbox.belli(&["count", "--batch", "q.tsv"]);
    // The second one cannot be read.
    assert_eq!(run.status, 3);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "q1\t3 passages, 3 articles, 5 occurrences");
    assert!(
        lines[1].starts_with("q3\t1 passages, 1 articles, "),
        "{}",
        run.out
    );
    assert!(run.err.contains("q.tsv:2:"), "{}", run.err);
    let json = sandbox
        .belli(&["count", "--batch", "q.tsv", "--json"])
        .json();
    assert_eq!(
        (&json[0]["qid"], &json[1]["query"]),
        (&"q1".into(), &"market".into())
    );
}

#[test]
fn the_corpus_has_as_many_as_grep_finds() {
    let sandbox = corpus();
    for (word, articles, occurrences) in [("+corridor", 6, 11), ("+mortar", 6, 6)] {
        let [passages, found, all] = counted(&sandbox, &[word]);
        assert_eq!((found, all), (articles, occurrences), "{word}");
        assert!((found..=all).contains(&passages));
        let lines = sandbox.belli(&["kwic", word]).out;
        assert_eq!(lines.lines().count() as u64, occurrences);
    }
}

/// What is counted, enumerated and searched for is the same, whatever the query.
#[test]
fn counts_agree_with_concordance_and_search() {
    let sandbox = corpus();
    let index = Index::open(&sandbox.index_path()).unwrap();
    let gazetteer = Gazetteer::builtin();
    for query in [
        "ceasefire",
        "Artsakh prisoners",
        "Russia NOT Moscow",
        "\"the dead\"",
        "=Moscow",
        "Moscow /s agreed",
        "Moscow /p agreed",
        "prisoner* NEAR/10 exchange*",
        "lead(ceasefire)",
        "title:truce OR corridor",
        "atleast2(truce)",
        "(truce AND title:truce) OR prisoners",
        "-truce +corridor",
        "actor:Russia",
        "NOT truce",
        "перемирие",
        "停火",
    ] {
        for (scope, widen) in [
            (Scope::Usual, Some(Synonyms::builtin())),
            (Scope::Usual, None),
            (Scope::Article, Some(Synonyms::builtin())),
        ] {
            let request = Request {
                scope,
                widen,
                limit: 10_000,
                ..Request::new(Query::parse(query).unwrap())
            };
            let counts = count(&index, gazetteer, &request).unwrap();
            let mut occurrences = 0;
            let found = concordance(&index, gazetteer, &request, |occurrence| {
                occurrences += 1;
                assert!(!occurrence.text()[occurrence.range.clone()].is_empty());
                ControlFlow::Continue(())
            });
            let found = found.unwrap();
            let searched = search(&index, gazetteer, &request).unwrap();
            assert_eq!(counts.occurrences, occurrences, "{query}");
            let numbers = (counts.found.passages, counts.found.articles);
            assert_eq!(numbers, (found.passages, found.articles), "{query}");
            assert_eq!(numbers, (searched.passages, searched.articles), "{query}");
        }
    }
}

#[test]
fn keywords_stand_below_each_other_with_their_place() {
    let sandbox = small();
    let run = sandbox.belli(&["kwic", "+truce", "--width", "12"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines,
        [
            "            [Truce] in Goma      north/a.txt#0 (headline)",
            "21 that the [truce] held. A sec  north/a.txt#0:3",
            "d. A second [truce] followed.    north/a.txt#0:3",
            "h 2021. The [truce], a local on  north/b.txt#0:3",
            // The second line of its paragraph.
            " spoke of a [truce].             south/2021-07-04.txt#0:4",
        ]
    );
    assert!(run.err.contains("5 occurrences"), "{}", run.err);
    let run = sandbox.belli(&["kwic", "+truce", "--limit", "2"]);
    assert_eq!(run.out.lines().count(), 2);
    assert!(run.err.contains("there are more"), "{}", run.err);
}

#[test]
fn concordances_sort_by_their_neighbours() {
    let sandbox = small();
    let places = |sort: &str| -> Vec<String> {
        let lines = sandbox
            .belli(&["kwic", "+truce", "--json", "--sort", sort])
            .json();
        let place = |line: &serde_json::Value| {
            format!("{}:{}", line["path"].as_str().unwrap(), line["line"])
        };
        lines.iter().map(place).collect()
    };
    let (a, b, c) = ("north/a.txt:3", "north/b.txt:3", "south/2021-07-04.txt:4");
    let headline = "north/a.txt:null";
    // Nothing, a, second, the, the; nothing, a, followed, held, in.
    assert_eq!(places("L1"), [headline, c, a, a, b]);
    assert_eq!(places("R1"), [c, b, a, a, headline]);
    // the: 2021 before one, that before the other.
    assert_eq!(places("L1,L2"), [headline, c, a, b, a]);
    // Only the last one is dated.
    assert_eq!(places("date,R1"), [c, b, a, a, headline]);
    assert_eq!(places("path"), [headline, a, a, b, c]);
}

#[test]
fn concordances_of_any_script_can_be_cited() {
    let text = "Перемирие\n\nБои «шли» в Бахмуте. Раненых вывезли из города ночью.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let sandbox = Sandbox::with(&[
        (
            "w.jsonl",
            r#"{"title":"One","text":"The \"truce\" held.\n\nTroops left S\u00e3o."}"#,
        ),
        ("zh.txt", "停火\n\n双方宣布停火协议生效。\n"),
    ]);
    sandbox.write("a.txt", &bytes);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let cited = |query: &str| {
        let lines = sandbox.belli(&["kwic", query, "--json"]).json();
        let line = lines.iter().find(|l| !l["bytes"].is_null()).unwrap();
        let file = sandbox.articles().join(line["path"].as_str().unwrap());
        let at = |n: usize| line["bytes"][n].as_u64().unwrap() as usize;
        std::fs::read(file).unwrap()[at(0)..at(1)].to_vec()
    };
    assert_eq!(cited("sao"), b"S\\u00e3o");
    assert_eq!(
        cited("бахмуте"),
        encoding_rs::WINDOWS_1251.encode("Бахмуте").0.into_owned()
    );
    assert_eq!(cited("停火"), "停火".as_bytes());
    let wide = sandbox.belli(&["kwic", "停火", "--width", "9"]).out;
    // Four ideographs are eight columns, of nine.
    assert!(
        wide.lines()
            .any(|l| l.starts_with(" 双方宣布[停火]协议生效")),
        "{wide}"
    );
}

#[test]
fn an_article_is_shown_with_what_it_names() {
    let sandbox = small();
    let run = sandbox.belli(&["show", "north/a.txt"]);
    assert_eq!(run.status, 0);
    let text = "MONUSCO said on 3 March 2021 that the truce held. A second truce followed.";
    let lines: Vec<&str> = run.out.lines().collect();
    let at = lines.iter().position(|l| *l == text).unwrap();
    assert!(lines[at + 1].starts_with("^^^^^^^ actor ") && lines[at + 1].contains("[mission"));
    let date = lines
        .iter()
        .find(|l| l.contains("date 2021-03-03"))
        .unwrap();
    assert_eq!(date.find('^'), text.find("3 March"));
    assert!(lines[0].starts_with("Truce in Goma  undated"));
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("== north/a.txt#0, line 3, bytes 15"))
    );
    // Goma stands in the headline alone.
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("headline: place ") && l.contains("Goma"))
    );

    let json = &sandbox.belli(&["show", "--json", "north/a.txt#0"]).json()[0];
    let passage = &json["passages"][0];
    assert_eq!(
        (&json["id"], &passage["id"]),
        (&"north/a.txt".into(), &"north/a.txt#0".into())
    );
    let file = std::fs::read_to_string(sandbox.articles().join("north/a.txt")).unwrap();
    let mention = &passage["actors"][0]["mentions"][0];
    let at = |n: usize| mention["bytes"][n].as_u64().unwrap() as usize;
    assert_eq!(
        (&file[at(0)..at(1)], &mention["text"]),
        ("MONUSCO", &"MONUSCO".into())
    );
    assert_eq!(passage["dates"][0]["start"], "2021-03-03");
    assert_eq!(passage["dates"][0]["mention"]["text"], "3 March 2021");
}

#[test]
fn articles_are_named_as_hits_name_them_or_as_they_lie_on_disk() {
    let sandbox = small();
    let record = "{\"title\":\"One\",\"text\":\"The truce held.\"}\n{\"title\":\"Two\",\"text\":\"It broke.\"}\n";
    sandbox.write("wire.jsonl", record);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let ids = |args: &[&str]| -> Vec<String> {
        let lines = sandbox.belli(&[&["show", "--json"], args].concat()).json();
        lines
            .iter()
            .map(|l| l["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&["wire.jsonl!1#0"]), ["wire.jsonl!1"]);
    assert_eq!(ids(&["wire.jsonl"]), ["wire.jsonl!0", "wire.jsonl!1"]);
    assert_eq!(
        ids(&["articles/wire.jsonl!1", "./articles/north/b.txt"]),
        ["wire.jsonl!1", "north/b.txt"]
    );
    // Every id of a hit can be shown.
    for hit in sandbox
        .belli(&["search", "truce market broke", "--json"])
        .json()
    {
        assert_eq!(
            sandbox.belli(&["show", hit["id"].as_str().unwrap()]).status,
            0
        );
    }
    let run = sandbox.belli(&["show", "nort/a.txt"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("did you mean north/a.txt"), "{}", run.err);
    assert_eq!(
        sandbox.belli(&["show", "nort/a.txt", "north/a.txt"]).status,
        3
    );
}

/// Values with their articles and passages.
fn values(sandbox: &Sandbox, args: &[&str]) -> Vec<(String, u64, u64)> {
    let lines = sandbox
        .belli(&[&["facets", "--json"], args].concat())
        .json();
    let value = |line: &serde_json::Value| {
        let number = |key: &str| line[key].as_u64().unwrap();
        let name = line.get("name").unwrap_or(&line["value"]);
        (
            name.as_str().unwrap().to_owned(),
            number("articles"),
            number("passages"),
        )
    };
    lines.iter().map(value).collect()
}

#[test]
fn values_are_counted_the_most_frequent_first() {
    let sandbox = small();
    let of = |list: &[(&str, u64, u64)]| -> Vec<(String, u64, u64)> {
        list.iter()
            .map(|(v, a, p)| ((*v).to_owned(), *a, *p))
            .collect()
    };
    assert_eq!(
        values(&sandbox, &["path"]),
        of(&[("north", 2, 2), ("south", 1, 1)])
    );
    assert_eq!(
        values(&sandbox, &["date"]),
        of(&[("2021-03", 2, 2), ("2021-05", 1, 1)])
    );
    assert_eq!(values(&sandbox, &["published"]), of(&[("2021-07", 1, 1)]));
    assert_eq!(
        values(&sandbox, &["place"]),
        of(&[("Goma", 2, 2), ("Bukavu", 1, 1)])
    );
    assert_eq!(values(&sandbox, &["place-country"]), of(&[("COD", 3, 3)]));
    assert_eq!(values(&sandbox, &["kind"]), of(&[("mission", 1, 1)]));
    // Of what matches only.
    assert_eq!(
        values(&sandbox, &["place", "market"]),
        of(&[("Bukavu", 1, 1)])
    );
    assert_eq!(
        values(&sandbox, &["date", "--on", "2021-05"]),
        of(&[("2021-03", 1, 1), ("2021-05", 1, 1)])
    );
    assert_eq!(
        values(&sandbox, &["path", "--limit", "1"]),
        of(&[("north", 2, 2)])
    );
    let run = sandbox.belli(&["facets", "place", "--format", "csv"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "value,name,kind,country,articles,passages");
    assert!(
        lines[1].starts_with("geonames:") && lines[1].ends_with(",Goma,seat1,COD,2,2"),
        "{}",
        lines[1]
    );
    let run = sandbox.belli(&["facets", "source"]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (1, "articles passages  source\n")
    );
    let run = sandbox.belli(&["facets", "place", "helicopter"]);
    assert_eq!(run.status, 1);
    assert!(
        run.err.contains("no passage has `helicopter`"),
        "{}",
        run.err
    );
}

#[test]
fn what_only_texts_know_is_counted_with_what_they_say() {
    let sandbox = Sandbox::with(&[
        (
            "b.txt",
            "Clash\n\nThe Ombala Liberation Front attacked the village.\n",
        ),
        (
            "a.txt",
            "Denial\n\nThe Ombala Liberation Front denied it.\n",
        ),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let lines = sandbox.belli(&["facets", "actor", "--json"]).json();
    assert_eq!(lines[0]["name"], "Ombala Liberation Front");
    assert_eq!(lines[0]["articles"], 2);
    let kind = lines[0]["kind"].as_str().unwrap().to_owned();
    assert_eq!(values(&sandbox, &["actor-kind"])[0], (kind, 2, 2));
}

/// A value counts what the filter of the same name finds in the passages themselves.
#[test]
fn values_agree_with_filters() {
    let sandbox = corpus();
    for line in sandbox
        .belli(&["facets", "actor", "--json", "-n", "12"])
        .json()
    {
        let id = line["value"].as_str().unwrap();
        let [passages, articles, _] = counted(
            &sandbox,
            &["--actor", id, "--actor-only", "--within", "passage"],
        );
        assert_eq!(
            (line["passages"].as_u64(), line["articles"].as_u64()),
            (Some(passages), Some(articles)),
            "{id}"
        );
    }
    for field in ["lang", "source"] {
        for (value, articles, passages) in values(&sandbox, &[field, "+ceasefire"]) {
            let option = format!("--{field}");
            let [p, a, _] = counted(&sandbox, &["+ceasefire", &option, &value]);
            // A source is asked for by any of its words.
            assert!(
                a >= articles
                    && p >= passages
                    && (field == "source" || (a, p) == (articles, passages)),
                "{value}"
            );
        }
    }
    // Lists of entries are the same counts.
    let actors = sandbox.belli(&["actors", "--json", "-n", "9"]).json();
    let facets = sandbox
        .belli(&["facets", "actor", "--json", "-n", "9"])
        .json();
    for (actor, facet) in actors.iter().zip(&facets) {
        assert_eq!(
            (&actor["id"], &actor["passages"]),
            (&facet["value"], &facet["passages"])
        );
    }
}

#[test]
fn time_lines_count_dates_where_they_begin_and_show_gaps() {
    let sandbox = small();
    let line = |args: &[&str]| -> Vec<(String, u64, u64)> {
        let run = sandbox.belli(&[&["timeline", "--json"], args].concat());
        let period = |line: &serde_json::Value| {
            let number = |key: &str| line[key].as_u64().unwrap();
            (
                line["period"].as_str().unwrap().to_owned(),
                number("articles"),
                number("passages"),
            )
        };
        run.json().iter().map(period).collect()
    };
    let of = |list: &[(&str, u64)]| -> Vec<(String, u64, u64)> {
        list.iter()
            .map(|(v, n)| ((*v).to_owned(), *n, *n))
            .collect()
    };
    assert_eq!(
        line(&[]),
        of(&[("2021-03", 2), ("2021-04", 0), ("2021-05", 1)])
    );
    assert_eq!(
        line(&["--by", "week"]),
        of(&[
            ("2021-W09", 1),
            ("2021-W10", 0),
            ("2021-W11", 0),
            ("2021-W12", 1)
        ])
    );
    assert_eq!(line(&["--by", "year"]), of(&[("2021", 2)]));
    let days = line(&["--by", "day"]);
    assert_eq!(
        (days.len(), &days[0], &days[25]),
        (
            26,
            &of(&[("2021-03-03", 1)])[0],
            &of(&[("2021-03-28", 1)])[0]
        )
    );
    assert_eq!(line(&["--date-field", "published"]), of(&[("2021-07", 1)]));
    assert_eq!(line(&["--on", "2021-05"]), of(&[("2021-05", 1)]));
    assert_eq!(line(&["date:2021-05"]), of(&[("2021-05", 1)]));

    let run = sandbox.belli(&["timeline", "+truce"]);
    assert_eq!(run.out.lines().count(), 4);
    assert!(
        run.out
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("2021-03        2        2  █")
    );
    assert_eq!(run.out.lines().nth(2).unwrap(), "2021-04        0        0");
    assert!(
        run.err.contains("1 articles have no event date there"),
        "{}",
        run.err
    );
    let run = sandbox.belli(&["timeline", "+over", "--by", "day", "--format", "csv"]);
    assert_eq!(
        run.out,
        "period,start,end,articles,passages\n2021-03-28,2021-03-28,2021-03-28,1,1\n"
    );
    let run = sandbox.belli(&["timeline", "market"]);
    assert_eq!(run.status, 1);
}

#[test]
fn more_like_this_leaves_its_own_article_out() {
    let sandbox = Sandbox::with(&[
        (
            "a.txt",
            "First\n\nMortar shells hit the market of the harbour town.\n",
        ),
        (
            "b.txt",
            "Second\n\nThe harbour market was closed after mortar fire.\n",
        ),
        (
            "c.txt",
            "Third\n\nDelegates met by the lake and dined at the market.\n",
        ),
        ("a.txt.old.txt", "Fourth\n\nMortar fire near the harbour.\n"),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let run = sandbox.belli(&["search", "--like", "a.txt#0", "--json"]);
    let ids: Vec<String> = run
        .json()
        .iter()
        .map(|h| h["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids[0], "b.txt#0");
    // What has its path in its own is another article.
    assert!(ids.contains(&"a.txt.old.txt#0".to_owned()) && !ids.contains(&"a.txt#0".to_owned()));
    assert!(
        run.err.starts_with("like a.txt#0, in other articles: "),
        "{}",
        run.err
    );
    // In another folder, what has its path is another article too.
    fs::create_dir(sandbox.path().join("more")).unwrap();
    fs::copy(
        sandbox.articles().join("a.txt"),
        sandbox.path().join("more/a.txt"),
    )
    .unwrap();
    assert_eq!(sandbox.belli(&["index", "more"]).status, 0);
    let found = |id: &str| {
        let hits = sandbox.belli(&["search", "--like", id, "--json"]).json();
        let root = |hit: &serde_json::Value| hit["root"].as_str().unwrap().ends_with("/more");
        hits.iter()
            .filter(|hit| hit["path"] == "a.txt")
            .map(root)
            .collect::<Vec<bool>>()
    };
    assert_eq!(
        (found("articles/a.txt"), found("more/a.txt")),
        (vec![true], vec![false])
    );
    assert!(found("a.txt").is_empty());
    let shown = sandbox.belli(&["show", "more/a.txt", "--json"]).json();
    assert_eq!(shown.len(), 1);
    assert_eq!(sandbox.belli(&["index", "--forget", "more"]).status, 0);
    let run = sandbox.belli(&["search", "--like", "articles/a.txt", "+lake", "--json"]);
    assert_eq!(run.json().len(), 1);
    let run = sandbox.belli(&["search", "--like", "x.txt#0"]);
    assert_eq!(run.status, 1);
    let run = sandbox.belli(&["search", "--like", "a.txt#7"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("#0 to #0"), "{}", run.err);
}
