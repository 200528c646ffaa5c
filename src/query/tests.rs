//! What is typed, how it is read, and that it reads back.

use super::{Field, Node, Occur, Query, Value};
use proptest::prelude::*;

fn read(typed: &str) -> Query {
    Query::parse(typed).unwrap_or_else(|e| panic!("{typed}: {e}"))
}

#[test]
fn queries_read_as_they_are_meant() {
    for (typed, meant) in [
        ("", ""),
        ("who broke the ceasefire", "who broke the ceasefire"),
        (
            "+truce -football \"red cross\"",
            "+truce -football \"red cross\"",
        ),
        ("a b AND c", "(a b) AND c"),
        ("a AND b AND c", "a AND b AND c"),
        ("a OR b OR c", "a OR b OR c"),
        ("a AND b OR c", "(a AND b) OR c"),
        ("a OR b AND c", "a OR (b AND c)"),
        ("a b OR c", "(a b) OR c"),
        ("a AND NOT b", "a AND (NOT b)"),
        ("a NOT b c", "a AND (NOT (b c))"),
        ("NOT a", "NOT a"),
        ("NOT NOT a", "NOT (NOT a)"),
        ("-a", "-a"),
        ("(a OR b) AND (c OR d)", "(a OR b) AND (c OR d)"),
        ("((a))", "a"),
        ("a (b AND c)", "a (b AND c)"),
        ("a NEAR/5 b", "a NEAR/5 b"),
        ("a b NEAR/5 c", "(a b) NEAR/5 c"),
        ("a ADJ/1 b NEAR/3 c", "a ADJ/1 b NEAR/3 c"),
        ("a /s b AND c /p d", "(a /s b) AND (c /p d)"),
        ("\"red cross\"~3 /p geneva", "\"red cross\"~3 /p geneva"),
        ("atleast3(a)", "atleast3(a)"),
        ("lead(a AND b)", "lead(a AND b)"),
        ("title:truce title:(a OR b)", "title:truce title:(a OR b)"),
        ("title:\"red cross\"", "title:\"red cross\""),
        ("shell* *bomb? wom?n", "shell* *bomb? wom?n"),
        ("attaked~1 /mort(ar|ier)/", "attaked~1 /mort(ar|ier)/"),
        (
            "=Wagner =\"Red Cross\" =Al-Shabaab",
            "=Wagner =\"Red Cross\" =\"Al-Shabaab\"",
        ),
        ("a^2 \"b c\"^0.5 (d e)^3", "a^2 \"b c\"^0.5 (d e)^3"),
        (
            "“Minsk Group” „Minsk Group“ «Minsk Group» »Minsk Group« 「Minsk Group」 ‘Minsk Group’",
            "\"Minsk Group\" \"Minsk Group\" \"Minsk Group\" \"Minsk Group\" \"Minsk Group\" \"Minsk Group\"",
        ),
        (
            "actor:Wagner place:\"Tripoli, Libya\" -source:tass",
            "actor:Wagner place:\"Tripoli, Libya\" -source:tass",
        ),
        (
            "actor:state:RUS actor:=Moscow actor:none actor:\"none\"",
            "actor:state:RUS actor:=Moscow actor:none actor:\"none\"",
        ),
        ("date:2020-10..2020-12", "date:2020-10-01..2020-12-31"),
        (
            "date:2020-10.. published:..2020 date:none",
            "date:2020-10-01.. published:..2020-12-31 date:none",
        ),
        (
            "path:levant/ lang:en source:\"BBC News\"",
            "path:levant/ lang:en source:\"BBC News\"",
        ),
        // Plain text.
        (
            "Al-Shabaab Sana'a U.N. killed: 12",
            "\"Al-Shabaab\" Sana'a U.N. killed 12",
        ),
        (
            "killed:12 F-16s C-130? why?",
            "\"killed:12\" \"F-16s\" \"C-130\" why",
        ),
        ("- + ? ! * (wagner", "wagner"),
        ("a) b) (c", "a b c"),
        ("truce\"red cross\"", "truce \"red cross\""),
        (
            "Russia/Ukraine 1,200 dead, 24/7",
            "Russia Ukraine \"1,200\" dead 24 7",
        ),
        ("the same day", "the Same day"),
        ("and or not near", "and or not near"),
        ("https://example.org/a?b=1", "\"https://example.org/a?b=1\""),
        ("attack(s) on @unit & co", "attack s on unit co"),
        // All in capitals.
        ("TROOPS AND TANKS", "TROOPS and TANKS"),
        ("CLASHES NEAR KOSOVO", "CLASHES near KOSOVO"),
        // Words of a script without spaces are cut, so they are words in order.
        ("空袭 AND 军方", "\"空袭\" AND \"军方\""),
        ("NATO AND \"red cross\"", "NATO AND \"red cross\""),
    ] {
        let query = read(typed);
        assert_eq!(query.to_string(), meant, "{typed}");
        assert_eq!(read(meant).root, query.root, "{typed}");
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at() {
    for (typed, pointed, why) in [
        ("the \"red cross", "\"", "no partner"),
        ("(wagner AND gao", "(", "no partner"),
        ("wagner) AND gao", ")", "no partner"),
        ("wagner AND OR gao", "AND", "both sides"),
        ("AND gao", "AND", "both sides"),
        ("wagner OR", "OR", "both sides"),
        ("wagner AND NOT", "NOT", "behind it"),
        ("wagner AND ?", "AND", "both sides"),
        ("a NEAR b", "NEAR", "write NEAR/5"),
        ("a ADJ b", "ADJ", "write ADJ/5"),
        ("a w/5 b", "w/5", "write NEAR/5"),
        ("a W/5 b", "W/5", "write NEAR/5"),
        ("a pre/3 b", "pre/3", "write ADJ/3"),
        ("a w/s b", "w/s", "write /s"),
        ("wagner same mali", "same", "write /p"),
        ("a near5 b", "near5", "write NEAR/5"),
        ("a near/5 b", "near/5", "write NEAR/5"),
        ("a /n5/ b", "/n5/", "write NEAR/5"),
        ("a && b", "&&", "write AND"),
        ("a || b", "||", "write OR"),
        ("!a", "!a", "-word"),
        ("hlead(a)", "hlead", "write lead(word)"),
        ("a NEAR/0 b", "NEAR/0", "from 1"),
        ("a NEAR/999 b", "NEAR/999", "to 255"),
        ("a NEAR/3", "", "both sides"),
        ("NEAR/3 a", "NEAR/3", "both sides"),
        ("+a NEAR/3 b", "NEAR/3", "brackets"),
        ("a NEAR/3 -b", "-b", "without signs"),
        ("(a AND b) NEAR/3 c", "NEAR/3", "takes words"),
        ("a NOT NEAR/3 b", "NOT", "write a -(a NEAR/3 b)"),
        ("atleast3(a AND b)", "atleast3(", "takes words"),
        ("atleast(a)", "atleast", "atleast3(word)"),
        ("lead(actor:x)", "lead(", "not fields"),
        ("word~3", "word~3", "word~1 or word~2"),
        ("/(unclosed/", "/(unclosed/", "no regular expression"),
        ("date:[2020 TO 2021]", "[", "date:2020-10..2020-12"),
        ("date:>2020", ">", "date:2020-10.."),
        ("date:someday", "date:someday", "cannot read"),
        ("date:2021..2020", "date:2021..2020", "ends before"),
        ("date:yesterday", "date:yesterday", "counts from today"),
        ("actor:*", "actor:*", "-actor:none"),
        ("actor:(a OR b)", "(", "actor:A OR actor:B"),
        ("(actor:x)^2", "(", "weight"),
        ("a^0", "^0", "weight"),
    ] {
        let error = Query::parse(typed).expect_err(typed);
        assert_eq!(&typed[error.at.clone()], pointed, "{typed}: {error}");
        assert!(error.message.contains(why), "{typed}: {error}");
    }
    for typed in ["/\\bshell\\b/", "/^shell$/"] {
        let error = Query::parse(typed).expect_err(typed);
        assert!(error.message.contains("a whole word"), "{typed}: {error}");
    }
    let error = Query::parse("\"army town\"^2~3").expect_err("the wrong way round");
    assert!(error.message.contains("~ before ^"), "{error}");
    let error = Query::parse("the “red cross").expect_err("unbalanced");
    assert!(error.to_string().ends_with("\n      ^"), "{error}");
}

#[test]
fn readings_that_surprise_are_said() {
    let notes = |typed: &str| read(typed).notes.join("\n");
    assert!(notes("a AND b OR c").contains("read as (a AND b) OR c"));
    assert_eq!(notes("(a AND b) OR c"), "");
    assert!(notes("TROOPS AND TANKS").contains("AND is read as a word"));
    assert!(notes("red cross NEAR/5 geneva").contains("any of the words (red cross)"));
    assert!(notes("country:Mali").contains("`country:` is no field"));
    assert!(notes("Actor: Wagner").is_empty() && notes("actor: Wagner").contains("right behind"));
    assert_eq!(notes("killed: 12 https://example.org"), "");
    assert!(notes("\"cessation * hostilities\"").contains("* alone is punctuation"));
    assert!(notes("\"the =Army\"").contains("= inside a phrase is punctuation"));
    assert!(notes("army^2^3").contains("^ is punctuation"));
    assert_eq!(notes("\"cease* fire\"~2^3 army^2 ?why? \"a = b\""), "");
}

#[test]
fn the_stroke_of_a_hebrew_acronym_is_no_quotation_mark() {
    for (typed, words) in [
        ("צה\"ל שב\"כ", 2),
        ("\"צה\"ל תקף\"", 1),
        ("צה\"ל\"red cross\"", 2),
    ] {
        let query = read(typed);
        let count = match &query.root {
            Node::Group(items) => items.len(),
            Node::Words(_) => 1,
            other => panic!("{other:?}"),
        };
        assert_eq!(count, words, "{typed}");
        assert_eq!(read(&query.to_string()).root, query.root, "{typed}");
    }
    assert_eq!(Query::literal("צה\"ל").to_string(), "צה\"ל");
    let actor = Node::Field(Field::Actor(Value::Is("צה\"ל".to_owned())));
    for typed in ["actor:צה\"ל", "actor:\"צה\"ל\""] {
        assert_eq!(read(typed).root, actor, "{typed}");
    }
}

#[test]
fn a_field_that_is_demanded_stands_as_if_it_were_typed() {
    for (typed, whole) in [
        ("", "lang:en"),
        ("truce", "truce lang:en"),
        ("truce shelling", "truce shelling lang:en"),
        ("a AND b", "a AND b AND lang:en"),
        ("a OR b", "(a OR b) lang:en"),
        ("source:x", "source:x lang:en"),
    ] {
        let mut query = read(typed);
        query.demand(Field::Lang(Value::Is("en".to_owned())));
        assert_eq!(query.root, read(whole).root, "{typed}");
    }
}

#[test]
fn relative_days_count_from_today() {
    let today = jiff::civil::date(2026, 1, 1);
    let query = Query::parse_on("date:\"last month\"", &|| Ok(today)).unwrap();
    assert_eq!(query.to_string(), "date:2025-12-01..2025-12-31");
}

#[test]
fn nesting_and_length_are_bounded() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(Query::parse(&deep(64)).is_ok());
    assert!(
        Query::parse(&deep(65))
            .unwrap_err()
            .message
            .contains("64 deep")
    );
    assert!(Query::parse(&"(".repeat(100_000)).is_ok());
    assert!(Query::parse(&format!("a AND {}", "(".repeat(100_000))).is_err());
    assert!(Query::parse(&format!("{} a", "NOT ".repeat(4000))).is_err());
    assert!(
        Query::parse(&"word ".repeat(5000))
            .unwrap_err()
            .message
            .contains("4096")
    );
}

#[test]
fn without_the_grammar_every_character_is_literal() {
    for (typed, meant) in [
        ("the \"red cross", "the red cross"),
        ("a AND b OR (c", "a and b or c"),
        ("+a -b actor:x shell*", "a b \"actor:x\" shell"),
        ("wagner same mali w/5", "wagner Same mali w 5"),
    ] {
        let query = Query::literal(typed);
        assert_eq!(query.to_string(), meant);
        assert_eq!(read(meant).root, query.root);
    }
    let Node::Group(items) = Query::literal("-a +b").root else {
        panic!("two words are a group")
    };
    assert!(items.iter().all(|i| i.occur == Occur::Any));
}

/// Pieces of queries, right and wrong.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        2 => prop::sample::select(vec![
            "AND", "OR", "NOT", "NEAR/3", "ADJ/2", "/s", "/p", "(", ")", "\"", "“", "”", "+", "-", "=",
            "^2", "~1", "*", "?", "/ab+/", "lead(", "atleast2(", "title:", "actor:", "date:2020", "date:",
            "place:\"a b\"", "source:none", "same", "'", "’", "‘", ":", ",", "/", "1,200", "U.N.", "Sana'a",
            "缅甸军方", "ﬁ", "İ", "\u{300}", "Al-Shabaab", ".", "!", "«", "»", "near5", "w/3", "SAME", "「", "」",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        3 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_can_be_read_reads_back(typed in pieces()) {
        match Query::parse(&typed) {
            Ok(query) => {
                let shown = query.to_string();
                let again = Query::parse(&shown).map_err(|e| TestCaseError::fail(format!("{typed:?}: {e}")))?;
                prop_assert_eq!(&again.root, &query.root, "{:?} as {}", typed, shown);
            }
            Err(error) => {
                prop_assert!(typed.get(error.at.clone()).is_some(), "{:?}", error);
                prop_assert!(!error.to_string().is_empty());
            }
        }
        let literal = Query::literal(&typed);
        let again = Query::parse(&literal.to_string()).map_err(|e| TestCaseError::fail(format!("{typed:?}: {e}")))?;
        prop_assert_eq!(again.root, literal.root);
    }
}

#[test]
fn operators_with_a_slip_are_refused() {
    for query in [
        "truce NEAR/ x",
        "truce NEAR/5x y",
        "truce NEAR:5 x",
        "truce NEAR-5 x",
        "/truce/i",
        "=/Truce/",
        "actor:Russia^2",
        "actor:\"Russia\"^2",
    ] {
        assert!(Query::parse(query).is_err(), "{query}");
    }
    let query = Query::parse("\"air strike~1\"").expect("a phrase");
    assert!(
        query.notes[0].contains("behind the phrase"),
        "{:?}",
        query.notes
    );
}
