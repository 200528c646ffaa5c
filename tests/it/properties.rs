//! What holds for any text.

use belli::analysis::sentences::sentences;
use belli::analysis::{fold, key, words};
use belli::passage::passages;
use proptest::prelude::*;

/// Text with the things that make splitting hard.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,12}",
        Just(". ".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just(" U.N. ".to_owned()),
        Just(" Lt. Gen. ".to_owned()),
        Just("“Go.” ".to_owned()),
        Just("## Heading\n".to_owned()),
        Just("- item\n".to_owned()),
        Just("。".to_owned()),
        Just("缅甸军方".to_owned()),
        Just("الحُدَيْدَة".to_owned()),
        Just(" ".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..400).prop_map(|parts| parts.concat())
}

/// Sentences longer than a passage may be, with spaces and without.
fn endless() -> impl Strategy<Value = String> {
    let piece = prop_oneof!["[a-z]{1,900}", "[а-я]{1,900}", Just(" ".to_owned())];
    proptest::collection::vec(piece, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_of_a_body_is_in_exactly_one_passage(
        text in prop_oneof![prose(), endless()],
        cut in any::<prop::sample::Index>(),
        ends in proptest::collection::vec(any::<prop::sample::Index>(), 0..24),
    ) {
        let boundary = |index: &prop::sample::Index| {
            let at = index.index(text.len() + 1);
            (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap()
        };
        let start = boundary(&cut);
        // What is named: from every other boundary to the next.
        let mut ends: Vec<usize> = ends.iter().map(boundary).collect();
        ends.sort_unstable();
        let named: Vec<_> = ends.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        let around = |at: usize| named.iter().find(|n| n.start < at && at < n.end);
        let found = passages(&text, start..text.len(), &|at| around(at).map(|n| n.start));
        let sentences = sentences(&text, start..text.len());
        for passage in &found {
            // A cut within a sentence takes nothing apart that begins in the second half before it.
            let within = sentences.iter().find(|s| s.start < passage.end && passage.end < s.end);
            if let (Some(sentence), Some(named)) = (within, around(passage.end)) {
                let from = passage.start.max(sentence.start);
                prop_assert!(named.start < from + 2048, "{named:?} is cut at {}", passage.end);
            }
        }
        let mut at = start;
        for passage in &found {
            prop_assert_eq!(passage.start, at);
            prop_assert!(passage.end > passage.start);
            prop_assert!(text.get(passage.clone()).is_some());
            prop_assert!(text[passage.clone()].trim().len() <= 4096);
            at = passage.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn sentences_tile_what_they_are_given(text in prose()) {
        let mut at = 0;
        for sentence in sentences(&text, 0..text.len()) {
            prop_assert_eq!(sentence.start, at);
            at = sentence.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn words_are_ordered_and_never_empty(text in prose()) {
        let mut at = 0;
        for word in words(&text) {
            prop_assert!(word.start >= at && word.end > word.start);
            prop_assert!(text.get(word.clone()).is_some());
            at = word.end;
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in prose()) {
        // What a Japanese ligature is folded to, the dictionary may cut in another way.
        let japanese = |c: &char| ('\u{3000}'..='\u{33ff}').contains(c);
        let ligature = |c: char| fold(&c.to_string()).chars().count() > 1;
        prop_assume!(!text.chars().filter(japanese).any(ligature));
        let once = key(&text);
        prop_assert_eq!(key(&once), once.clone());
        prop_assert_eq!(fold(&fold("Sana’a")), fold("Sana’a"));
    }
}

#[test]
fn folding_any_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        let once = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "{c:?} {:x}", u32::from(c));
    }
}

#[test]
fn a_long_line_without_spaces_is_cut_at_the_cap() {
    let text = "x".repeat(20_000);
    let found = passages(&text, 0..text.len(), &|_| None);
    assert_eq!(found.iter().map(|p| p.len()).sum::<usize>(), text.len());
    assert!(found.iter().all(|p| p.len() <= 4096));
}

#[test]
fn passages_are_whole_sentences_and_stay_in_their_section() {
    let sentence =
        "The column of twelve trucks left the depot before dawn and reached the river by noon. ";
    let text = format!(
        "{}\n\nHumanitarian access\n\n{}",
        sentence.repeat(12),
        sentence.repeat(12)
    );
    let found = passages(&text, 0..text.len(), &|_| None);
    assert!(found.len() >= 3, "{found:?}");
    for passage in &found {
        let part = text[passage.clone()].trim();
        assert!(part.ends_with('.'), "{part}");
        assert!(words(part).count() <= 160);
    }
    assert_eq!(
        found
            .iter()
            .filter(|p| text[(*p).clone()].contains("Humanitarian access"))
            .count(),
        1
    );
    assert!(
        found
            .iter()
            .any(|p| text[p.clone()].starts_with("Humanitarian access"))
    );
}
