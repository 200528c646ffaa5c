//! Publication dates: each shape with the cases it must not be seen in.

use super::super::manifest::Row;
use super::super::{Article, Hints, read};
use super::*;

const TODAY: Date = jiff::civil::date(2026, 11, 23);

fn hints(path: &str) -> Hints<'_> {
    Hints {
        relative_path: path,
        manifest: None,
        published: None,
        today: TODAY,
        order: DateOrder::Auto,
    }
}

fn article(text: &str, hints: &Hints<'_>) -> Article {
    let mut found = None;
    read(text.as_bytes(), hints, &mut |article| {
        found = Some(article.unwrap())
    })
    .unwrap();
    found.unwrap()
}

/// The date and its source, as `2020-10-10 date-line`.
fn said(article: &Article) -> String {
    article.published.map_or("none".to_owned(), |p| {
        format!("{} {}", show((p.interval, p.precision)), p.from.as_str())
    })
}

const STORY: &str = "Shelling was reported along the line of contact on Saturday, and the two \
sides blamed each other for it. A ceasefire agreed in 1994 has never held for long.";

#[test]
fn date_lines_under_the_headline() {
    for (line, expected) in [
        ("San Salvador, 1990-01-03", "1990-01-03"),
        ("Saturday, October 10, 2020", "2020-10-10"),
        ("Published: 10 Oct 2020 14:05 GMT", "2020-10-10"),
        ("Published on: 10 October 2020 - 11:25am", "2020-10-10"),
        ("December 15th, 2008, 7: 35 am", "2008-12-15"),
        ("10/10/2020", "2020-10-10"),
        ("25/12/2020", "2020-12-25"),
        ("12 / 19 / 2005 2: 48: 40 PM ET", "2005-12-19"),
        ("7: 00pm UK, Wednesday 05 May 2010", "2010-05-05"),
        ("POSTED: 1052 GMT (1852 HKT), April 10, 2007", "2007-04-10"),
        ("10:55 P. M. FEB. 2, 2009", "2009-02-02"),
        ("on Tuesday, 16 December 2008 13: 45.", "2008-12-16"),
        ("By Anna Petrova, 10 October 2020", "2020-10-10"),
        ("Anna Petrova | Reuters | 10 October 2020", "2020-10-10"),
        ("AFP 10 Oct 2020", "2020-10-10"),
        ("10 October 2020, Agence France-Presse", "2020-10-10"),
        ("Monday, Sep 10, 2012 | Updated 9: 01 AM EDT", "2012-09-10"),
        ("FOR IMMEDIATE RELEASE July 13, 2009", "2009-07-13"),
        ("**Published:** 10 October 2020", "2020-10-10"),
        (
            "Washington D. C., Jul 13, 2009 / 02: 00 pm (CNA)",
            "2009-07-13",
        ),
        ("on Dec 23 2012, 6: 11p", "2012-12-23"),
        ("First Posted 23: 37: 00 05 / 05 / 2010", "2010-05-05"),
        ("October 2020", "2020-10"),
        (
            "Published October 10, 2020 Shells fell again in the night, the ministry said.",
            "2020-10-10",
        ),
        ("10 October 2020 | 5 min read", "2020-10-10"),
        ("2020-10-10T14:05:00Z", "2020-10-10"),
        ("Published: 2020-10-10T14:05:00+04:00", "2020-10-10"),
        ("10 октября 2020 г.", "2020-10-10"),
        ("10 октября 2020 года, 14:05", "2020-10-10"),
        ("10 жовтня 2020 р.", "2020-10-10"),
        ("12 вересня 2024 року, Донецька область", "2024-09-12"),
        ("By JOHN SMITH OCT. 10, 2020", "2020-10-10"),
        ("As of 27 January 2025", "2025-01-27"),
    ] {
        let text = format!("Truce holds in the south\n\n{line}\n\n{STORY}\n");
        let expected = format!("{expected} date-line");
        assert_eq!(said(&article(&text, &hints("a.txt"))), expected, "{line}");
    }
}

#[test]
fn lines_that_are_no_date_lines() {
    for line in [
        "The ceasefire of 10 October 2020 was short",
        "Three killed on 10 October 2020",
        "On 10 October 2020 the guns fell silent",
        "In 2020",
        "2020",
        "End of Watch: Friday, June 24, 2005",
        "Date of birth: 10 October 1950",
        "10–12 October 2020",
        "The Massacre of Sumgait, 27 February 1988",
        "Published on 10 October 2020, the report names twelve villages and three towns",
        "10/11/2020",
        "October 10",
        "Resolution 2254 (2015)",
        "Posted in March 2019 to the border, he came home a year later",
        "10 October 2020 was a bad day",
        "As of 27 January 2025, Forty were dead",
        "By 10 October 2020",
        "By Anna Petrova for the 10 October 2020 issue",
    ] {
        let text = format!("Truce holds in the south\n\n{line}\n\n{STORY}\n");
        assert_eq!(said(&article(&text, &hints("a.txt"))), "none", "{line}");
    }
}

#[test]
fn date_lines_at_the_end_and_above_the_headline() {
    let long = format!("{STORY}\n\n").repeat(9);
    let text = format!("Truce holds\n\n{long}Geneva, 10 October 2020\n");
    assert_eq!(
        said(&article(&text, &hints("a.txt"))),
        "2020-10-10 date-line"
    );
    // A heading in the text is none: a paragraph follows.
    let text = format!("Truce holds\n\n{long}10 October 2020\n\n{STORY}\n");
    assert_eq!(said(&article(&text, &hints("a.txt"))), "none");

    let text = format!("DECEMBER 16, 2008\n\nTruce holds in the south\n\n{STORY}\n");
    let found = article(&text, &hints("a.txt"));
    assert_eq!(said(&found), "2008-12-16 date-line");
    assert_eq!(found.title(), "Truce holds in the south");
    assert!(found.body().starts_with("Shelling"));
}

#[test]
fn updates_count_only_without_a_publication() {
    let text = format!("Truce\n\nUpdated: 11 Oct 2020\nPosted: 10 Oct 2020\n\n{STORY}");
    assert_eq!(
        said(&article(&text, &hints("a.txt"))),
        "2020-10-10 date-line"
    );
    let text = format!("Truce\n\nLast updated on: 11 October 2020 19:04 IST\n\n{STORY}");
    assert_eq!(
        said(&article(&text, &hints("a.txt"))),
        "2020-10-11 date-line"
    );
}

#[test]
fn chronologies_have_no_date_of_their_own() {
    let entries = |dash: &str| {
        let days = [
            "27 September 2020",
            "28 September 2020",
            "29 September 2020",
        ];
        days.map(|day| format!("{day}{dash}{STORY}\n\n")).concat()
    };
    for dash in ["\n\n", " – "] {
        let text = format!("Timeline of the war\n\n{}", entries(dash));
        assert_eq!(said(&article(&text, &hints("a.txt"))), "none", "{dash:?}");
    }
    let text = format!(
        "Timeline of the war\n\n27 September 2020 - {STORY}\n\n28 September 2020 - {STORY}\n"
    );
    assert_eq!(said(&article(&text, &hints("a.txt"))), "none");
    // One that names its own date has it.
    let text = format!(
        "Timeline of the war\n\nPublished: 10 Nov 2020\n\n{}",
        entries("\n\n")
    );
    assert_eq!(
        said(&article(&text, &hints("a.txt"))),
        "2020-11-10 date-line"
    );
}

#[test]
fn datelines() {
    for (opening, expected) in [
        ("STEPANAKERT, Oct. 10, 2020 (Agency) — ", "2020-10-10"),
        ("SAN SALVADOR, 3 JAN 90 -- [TEXT] ", "1990-01-03"),
        ("San Salvador, 3 Jan 90 -- [report] ", "1990-01-03"),
        (
            "PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- [TEXT] ",
            "1989-06-11",
        ),
        ("MOSCOW, October 10, 2020. /TASS/. ", "2020-10-10"),
        ("YEREVAN, OCTOBER 10, 2020, ARMENPRESS. ", "2020-10-10"),
        ("(Beirut, October 10, 2020) – ", "2020-10-10"),
        ("GENEVA (10 October 2020) – ", "2020-10-10"),
        ("Bamako, 10 October 2020 (IRIN) - ", "2020-10-10"),
        ("10 October 2020 – ", "2020-10-10"),
        ("KYIV Oct 10 2020 (Reuters) - ", "2020-10-10"),
        ("NO CITY (EL SALVADOR), 5 FEB 89 (FBIS) -- ", "1989-02-05"),
        ("Beirut - 21 September 2024. ", "2024-09-21"),
        ("GENEVA, 23 October 2020. ", "2020-10-23"),
        ("Cúcuta, 20 de enero de 2025. ", "2025-01-20"),
        ("28 декабря 2002 г., Москва. ", "2002-12-28"),
        ("Москва. 28 декабря 2002 года. ", "2002-12-28"),
        ("МОСКВА, 28 декабря 2002 г. - ", "2002-12-28"),
        ("12 вересня 2024 року, Київ. ", "2024-09-12"),
    ] {
        for title in ["", "Truce holds in the south\n\n"] {
            let text = format!("{title}{opening}{STORY}\n");
            let found = article(&text, &hints("a.txt"));
            assert_eq!(said(&found), format!("{expected} dateline"), "{opening}");
            assert_eq!(found.title(), title.trim(), "{opening}");
        }
    }
}

#[test]
fn english_looks_back_by_place_and_date() {
    for opening in ["Srebrenica, 11 July 1995. ", "11 July 1995, Srebrenica. "] {
        let found = article(&format!("Memory\n\n{opening}{STORY}\n"), &hints("a.txt"));
        assert!(found.published.is_none(), "{opening}");
    }
    for title in [
        "Troops report heavy fighting near Kut, 23 March 2003",
        "Damage assessment after the attack on Halabja - 16 March 1988",
        "By Dawn 27 January 2025 the army came",
    ] {
        let found = article(&format!("{title}\n\n{STORY}\n"), &hints("a.txt"));
        assert!(found.published.is_none(), "{title}");
    }
}

#[test]
fn the_date_in_the_title_of_a_report() {
    let title = "Sudan: Situation Report, 27 January 2025";
    let found = article(&format!("{title}\n\n{STORY}\n"), &hints("a.txt"));
    assert_eq!(said(&found), "2025-01-27 date-line");
    assert_eq!(found.title(), title);
    let event = format!("Sumgait: The Pogrom, 27 January 1988\n\n{STORY}\n");
    assert_eq!(said(&article(&event, &hints("a.txt"))), "none");
}

#[test]
fn openings_that_are_no_datelines() {
    for opening in [
        "On 10 October 2020 (Saturday) the guns fell silent. ",
        "The ceasefire of 10 October 2020 - the first of three - was short. ",
        "Geneva, 10 October - 12 October 2020: ",
        "SAN SALVADOR, NO DATE (RADIO) -- [TEXT] ",
        "FIGHTING WENT ON FROM 17 NOV 89 -- THE DAY OF THE ATTACK -- TO THE END. ",
        "Since October 10, 2020 - when the truce began - nothing was heard. ",
        "BEIRUT, Lebanon — ",
        "In Kabul, 10 October 2020 (a Saturday) was quiet. ",
        "He died in Geneva, 10 October 2020. ",
        "10 October 2020, a Saturday. ",
        "Killed 10 October 2020. ",
    ] {
        let text = format!("Truce holds in the south\n\n{opening}{STORY}\n");
        assert_eq!(said(&article(&text, &hints("a.txt"))), "none", "{opening}");
    }
}

#[test]
fn a_dateline_without_a_year_takes_it_from_names_only_or_from_agreement() {
    let text = format!("STEPANAKERT, Oct. 10 (Reuters) - {STORY}");
    let found = article(&text, &hints("a.txt"));
    assert_eq!(said(&found), "none");
    assert!(
        found.notes[0].contains("\"Oct. 10\" has no year"),
        "{:?}",
        found.notes
    );

    assert_eq!(
        said(&article(&text, &hints("2020/a.txt"))),
        "2020-10-10 dateline"
    );
    assert_eq!(
        said(&article(&text, &hints("wire_2020-10-11.txt"))),
        "2020-10-10 dateline"
    );
    // Around the turn of the year.
    let text = format!("KABUL, Dec. 31 (AP) - {STORY}");
    assert_eq!(
        said(&article(&text, &hints("2021-01-01.txt"))),
        "2020-12-31 dateline"
    );
    // A name of another season says nothing about it.
    assert_eq!(
        said(&article(&text, &hints("2021-06-01.txt"))),
        "2021-06-01 file-name"
    );

    // Saturday leaves 2009, 2015, 2020 and 2026; the text settles it, or not.
    let opening = "STEPANAKERT, Saturday, Oct. 10 (Reuters) - ";
    let agreed = format!("{opening}{STORY} War broke out on 27 September 2020.");
    assert_eq!(
        said(&article(&agreed, &hints("a.txt"))),
        "2020-10-10 dateline"
    );
    let other = format!("{opening}{STORY} War broke out on 2 April 2015.");
    assert_eq!(said(&article(&other, &hints("a.txt"))), "none");
    let two = format!("{agreed} It was as on 3 October 2015.");
    assert_eq!(said(&article(&two, &hints("a.txt"))), "none");
    // A weekday that does not fit the year of the folder.
    assert_eq!(
        said(&article(&other, &hints("2019/a.txt"))),
        "2019 folder-name"
    );
}

#[test]
fn slugs() {
    let long = format!("{STORY}\n\n").repeat(9);
    for end in [
        "(AFP, 10 Oct 2020)",
        "© AFP 2020-10-10",
        "(c) Reuters 10 October 2020. All rights reserved.",
    ] {
        let text = format!("Truce holds\n\n{long}It was quiet again. {end}\n");
        assert_eq!(
            said(&article(&text, &hints("a.txt"))),
            "2020-10-10 slug",
            "{end}"
        );
    }
    let text = format!("Truce holds\n\n(AFP, 10 Oct 2020) {long}");
    assert_eq!(said(&article(&text, &hints("a.txt"))), "2020-10-10 slug");
    for end in [
        "He quoted the act (10 October 2020).",
        "© 2020 Agency",
        "It began (in Baku, on 10 October 2020).",
    ] {
        let text = format!("Truce holds\n\n{long}{end}\n");
        assert_eq!(said(&article(&text, &hints("a.txt"))), "none", "{end}");
    }
}

#[test]
fn file_names() {
    for (path, expected) in [
        ("2020-10-10.txt", "2020-10-10"),
        ("20201010.txt", "2020-10-10"),
        ("afp_2020_10_10_truce.txt", "2020-10-10"),
        ("afp-20201010T140500.txt", "2020-10-10"),
        ("20201010140500-truce.txt", "2020-10-10"),
        ("25-12-2020.txt", "2020-12-25"),
        ("10-10-2020.txt", "2020-10-10"),
        ("truce-10-Oct-2020.txt", "2020-10-10"),
        ("truce_october_2020.txt", "2020-10"),
        ("report-2020-10.txt", "2020-10"),
        ("notes/2020.10.10", "2020-10-10"),
        ("sitrep20201010.txt", "2020-10-10"),
    ] {
        assert_eq!(
            said(&article(STORY, &hints(path))),
            format!("{expected} file-name"),
            "{path}"
        );
    }
    for path in [
        "10-11-2020.txt",
        "2020.txt",
        "resolution-2020.txt",
        "DEV-MUC3-0001.txt",
        "20201345.txt",
        "2020-13.txt",
        "2020-10-01_2020-10-10.txt",
        "10_13ecbplus.txt",
        "march-for-peace.txt",
        "123456789.txt",
        "A-2020-101.txt",
        "10.1.2.3-2020.txt",
        "A20201010B.txt",
        "c9e20201010ab7.txt",
        "c9e20201010.txt",
    ] {
        assert_eq!(said(&article(STORY, &hints(path))), "none", "{path}");
    }
    let first = Hints {
        order: DateOrder::DayFirst,
        ..hints("10-11-2020.txt")
    };
    assert_eq!(said(&article(STORY, &first)), "2020-11-10 file-name");
}

#[test]
fn folder_names() {
    for (path, expected) in [
        ("2020/10/10/a.txt", "2020-10-10"),
        ("wire/2020/10/a.txt", "2020-10"),
        ("2020/October/a.txt", "2020-10"),
        ("2020-10/a.txt", "2020-10"),
        ("2020-10-10/reports/a.txt", "2020-10-10"),
        ("2020/a.txt", "2020"),
        ("1989/el-salvador/a.txt", "1989"),
        ("2019/2020/a.txt", "2020"),
        ("2020\\10\\10\\a.txt", "2020-10-10"),
    ] {
        assert_eq!(
            said(&article(STORY, &hints(path))),
            format!("{expected} folder-name"),
            "{path}"
        );
    }
    for path in [
        "1700/a.txt",
        "2031/a.txt",
        "0001/a.txt",
        "10/10/a.txt",
        "batch-12/a.txt",
        "march/a.txt",
    ] {
        assert_eq!(said(&article(STORY, &hints(path))), "none", "{path}");
    }
}

#[test]
fn the_order_of_sources_and_their_conflicts() {
    let day = |text: &str| parse(text, DateOrder::Auto);
    let row = Row {
        line: 2,
        published: day("2020-10-09"),
        title: None,
        source: None,
        url: None,
        lang: None,
        hash: 0,
    };
    let text = format!("Truce\n\n11 October 2020\n\nBAKU, Oct. 12, 2020 (Agency) - {STORY}");
    let mut hints = Hints {
        manifest: Some(&row),
        published: day("2020-10-08"),
        ..hints("2020/10/14/2020-10-13.txt")
    };
    let found = article(&text, &hints);
    assert_eq!(said(&found), "2020-10-09 manifest");
    assert_eq!(
        found.notes,
        [
            "publication dates disagree: manifest 2020-10-09, option 2020-10-08, date line 2020-10-11, \
          dateline 2020-10-12, file name 2020-10-13, folder name 2020-10-14"
        ]
    );
    hints.manifest = None;
    assert_eq!(said(&article(&text, &hints)), "2020-10-08 option");
    hints.published = None;
    assert_eq!(said(&article(&text, &hints)), "2020-10-11 date-line");
    // A folder of the same month is no conflict.
    let found = article(
        "Truce\n\n11 October 2020\n\nIt was quiet.",
        &super::tests::hints("2020/10/a.txt"),
    );
    assert!(found.notes.is_empty(), "{:?}", found.notes);
}

#[test]
fn implausible_dates_are_refused_and_the_next_source_asked() {
    let text = format!("Truce\n\nPublished: 10 October 2031\n\n{STORY}");
    let found = article(&text, &hints("2020-10-11.txt"));
    assert_eq!(said(&found), "2020-10-11 file-name");
    assert_eq!(
        found.notes,
        ["the date line's date 2031-10-10 is after today, 2026-11-23"]
    );
    let found = article("Truce\n\nParis, 10 October 1720\n\nQuiet.", &hints("a.txt"));
    assert_eq!(said(&found), "none");
    assert_eq!(
        found.notes,
        ["the date line's date 1720-10-10 is before 1800"]
    );
    // East of us it is tomorrow already.
    let found = article("Truce\n\n24 November 2026\n\nQuiet.", &hints("a.txt"));
    assert_eq!(said(&found), "2026-11-24 date-line");
}

#[test]
fn open_orders_are_settled_by_what_else_is_known() {
    let text = format!("Truce\n\n10/11/2020\n\n{STORY}");
    let found = article(&text, &hints("a.txt"));
    assert_eq!(said(&found), "none");
    assert!(found.notes[0].contains("--date-order"), "{:?}", found.notes);
    assert_eq!(
        said(&article(&text, &hints("2020-11/a.txt"))),
        "2020-11-10 date-line"
    );
    let other = format!("{text} It began on 27/09/2020.");
    assert_eq!(
        said(&article(&other, &hints("a.txt"))),
        "2020-11-10 date-line"
    );
    let us = Hints {
        order: DateOrder::MonthFirst,
        ..hints("a.txt")
    };
    assert_eq!(said(&article(&text, &us)), "2020-10-11 date-line");
    // Read the other way, it would lie ahead.
    let text = format!("Truce\n\n10/12/2026\n\n{STORY}");
    assert_eq!(
        said(&article(&text, &hints("a.txt"))),
        "2026-10-12 date-line"
    );
}

#[test]
fn stated_dates() {
    for (stated, expected) in [
        ("2020-10-10", "2020-10-10"),
        ("2020-10-10T23:30:00+04:00", "2020-10-10"),
        ("2020-10-10 14:05:00 +0000", "2020-10-10"),
        ("2020/10/10", "2020-10-10"),
        ("20201010", "2020-10-10"),
        ("2020-10", "2020-10"),
        ("2020", "2020"),
        ("Sat, 10 Oct 2020 14:05:00 GMT", "2020-10-10"),
        ("Sat Oct 10 14:05:00 +0000 2020", "2020-10-10"),
        ("October 10, 2020", "2020-10-10"),
        ("1602331500", "2020-10-10"),
        ("1602331500000", "2020-10-10"),
        ("1602331500.25", "2020-10-10"),
        ("1602331500000000", "2020-10-10"),
        ("915148800", "1999-01-01"),
        ("20201010", "2020-10-10"),
        ("202010101405", "2020-10-10"),
        ("20201010140500", "2020-10-10"),
        ("20201010T140500Z", "2020-10-10"),
    ] {
        assert_eq!(
            parse(stated, DateOrder::Auto).map(show).as_deref(),
            Some(expected),
            "{stated}"
        );
    }
    for stated in [
        "",
        "someday",
        "2020-13-01",
        "10/11/2020",
        "Oct. 10",
        "2020 elections",
        "202",
    ] {
        assert_eq!(parse(stated, DateOrder::Auto), None, "{stated}");
    }
}

#[test]
fn a_year_within_a_sentence_is_no_date() {
    let text = "Azerbaijan and Armenia accused each other\n\nThe war of 2020 was the second. \
                Fighting began on 27 September 2020 and ended on 10 November 2020.\n";
    assert_eq!(said(&article(text, &hints("a.txt"))), "none");
}
