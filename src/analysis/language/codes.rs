//! Codes of languages: what metadata state, and what a guess is reported by → one code for each.
//!
//! The pairs are facts of ISO 639. Not for telling a language by its words.

/// The code by which articles in a language are found, of a tag that states one: `en` of `en-GB`, `en_GB`
/// and `eng`; `None` if it is no tag.
///
/// ```
/// use belli::analysis::language::code;
/// assert_eq!(code("fre-CA").as_deref(), Some("fr"));
/// assert_eq!(code("fur").as_deref(), Some("fur"));
/// assert_eq!(code("English"), None);
/// ```
pub fn code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?;
    let fits = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let primary = fits.then(|| primary.to_ascii_lowercase())?;
    Some(shorter(&primary).map_or(primary.clone(), str::to_owned))
}

/// The two letters of a language of three.
pub(super) fn shorter(three: &str) -> Option<&'static str> {
    let mut pairs = SHORTER.split(' ').filter(|_| three.len() == 3);
    pairs.find_map(|pair| pair.strip_prefix(three))
}

/// Three letters and the two of the same language, sorted: ISO 639-2 (both of its codes, where it has two) and
/// 639-1, and of ISO 639-3 those that mean the usual form of one.
const SHORTER: &str = "\
aaraa abkab afraf akaak albsq alssq amham araar arbar argan armhy asmas avaav aveae aymay azeaz \
    azjaz bakba bambm baqeu belbe benbn bisbi bodbo bosbs brebr bulbg burmy catca cescs chach chece \
    chizh chucu chvcv ckbku cmnzh corkw cosco crecr cymcy czecs danda deude divdv dutnl dzodz ekket \
    ellel engen epoeo estet euseu eweee faofo fasfa fijfj finfi frafr frefr fryfy fulff gazom geoka \
    gerde glagd glega glggl glvgv greel grngn gujgu hatht hauha hebhe herhz hinhi hmoho hrvhr hunhu \
    hyehy iboig iceis idoio iiiii ikuiu ileie inaia indid ipkik islis itait javjv jpnja kalkl kankn \
    kasks katka kaukr kazkk khkmn khmkm kikki kinrw kirky kmrku komkv konkg korko kuakj kurku laolo \
    latla lavlv limli linln litlt ltzlb lublu luglg lvslv macmk mahmh malml maomi marmr mayms mkdmk \
    mlgmg mltmt monmn mrimi msams myamy nauna navnv nblnr ndend ndong nepne nldnl nnonn nobno norno \
    npine nyany ocioc ojioj orior ormom oryor ossos panpa pbtps perfa pesfa plipi polpl porpt pusps \
    quequ rohrm ronro rumro runrn rusru sagsg sansa sinsi slksk slosk slvsl smese smosm snasn sndsd \
    somso sotst spaes sqisq srdsc srpsr sswss sunsu swasw swesv swhsw tahty tamta tattt telte tgktg \
    tgltl thath tibbo tirti tonto tsntn tsots tuktk turtr twitw uigug ukruk urdur uzbuz uznuz venve \
    vievi volvo welcy wlnwa wolwo xhoxh yddyi yidyi yoryo zhaza zhozh zsmms zulzu";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_has_one_code() {
        for (tag, expected) in [
            ("eng", "en"),
            ("fra", "fr"),
            ("fre", "fr"),
            ("FA", "fa"),
            ("per", "fa"),
            ("pes", "fa"),
            ("zho_Hant", "zh"),
            ("en-GB", "en"),
            ("fur", "fur"),
            (" ar ", "ar"),
            ("nob", "no"),
        ] {
            assert_eq!(code(tag).as_deref(), Some(expected), "{tag}");
        }
        for tag in ["", "English", "e", "12", "ru1"] {
            assert_eq!(code(tag), None, "{tag}");
        }
        let pairs: Vec<&str> = SHORTER.split(' ').collect();
        assert!(
            pairs.is_sorted() && pairs.iter().all(|pair| pair.len() == 5),
            "{pairs:?}"
        );
    }
}
