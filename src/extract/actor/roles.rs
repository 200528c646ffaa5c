//! Roles: a state or a people with a role noun: `Azeri forces`, `Malian junta`, `Armenia's army`.
//!
//! Forces, governments, police and ministries of a state are its organs and carry its id; rebels
//! and separatists of a country are groups of their own that belong to nobody. Bare role nouns are
//! `short`'s, and countries that stand alone are `agency`'s.

use super::cast::Hold;
use super::lexicon::{self as l, Role};
use super::scan::Case;
use super::{Reader, StateMention};
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Candidate, Kind};
use std::ops::Range;

/// A chain of role nouns behind a state: `government troops`.
pub(super) struct Chain {
    pub end: usize,
    pub role: Role,
    /// Whether a rebel's noun stands in it.
    pub rebel: bool,
    /// Where the last role noun begins.
    pub last: usize,
}

impl Reader<'_> {
    /// Reads a state's name or adjective at `i` and what it governs.
    pub(super) fn state(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        let hits = scan.hits(i);
        let (words, row, flags) = hits.state?;
        let end = i + words;
        if matches!(
            scan.before(i),
            "central" | "latin" | "south" | "north" | "inter" | "pan" | "ibero" | "meso"
        ) && matches!(scan.word(i), "american" | "americans")
            && scan.joins(i)
        {
            return Some(end);
        }
        // `SANA` is the agency, `Sana` the capital.
        if flags & Candidate::METONYM != 0
            && hits.actor.is_some_and(|a| a.0 == words)
            && scan.shape(i) == Shape::Upper
            && scan.case == Case::Mixed
        {
            return None;
        }
        let ethnic = i > 0
            && (scan.joins(i) || scan.gap(i).0 == Gap::HYPHEN)
            && matches!(scan.before(i), "ethnic" | "pro" | "anti" | "non");
        let adjective = flags & (Candidate::ADJECTIVE | Candidate::PEOPLE) != 0;
        if (!adjective || self.country(i, words))
            && hits.actor.is_none_or(|a| a.0 <= words + 1)
            && self.federal_unit(end)
        {
            return Some(end + 1);
        }
        // `A man named Jordan`.
        if words == 1 && self.so_called(i) {
            return Some(self.take_person(i, i..end, false, &[]));
        }
        // A longer name that begins with the state's: `Jordan River`, `Guinea worm`.
        let actor = hits.actor.is_some_and(|a| a.0 > words);
        if !actor
            && !ethnic
            && let Some(done) = self.titled(i, end, &[row])
        {
            self.named_after(i..end, flags);
            return Some(done);
        }
        let shape = self.shape(i).filter(|s| s.end > end);
        let known = i + hits.actor.map_or(0, |a| a.0);
        let scan = &self.scan;
        let longer = self.chain(end).is_some_and(|c| {
            c.end > known && scan.role(known).is_some() && organ(&c, "").is_some()
        });
        if actor
            && !ethnic
            && !longer
            && (scan.word(known) == "of" || shape.as_ref().is_none_or(|s| s.end <= known))
        {
            return None;
        }
        if let Some(done) = self.backed(i, end) {
            return Some(done);
        }
        let chain = self.chain(end);
        let scan = &self.scan;
        if let Some(shape) = shape
            && chain.as_ref().is_none_or(|c| {
                c.end < shape.end
                    || c.end == shape.end
                        && scan.is_capital(c.last)
                        && organ(c, scan.tokens.key(c.last..c.end)).is_none()
            })
        {
            return Some(self.take_shape(shape));
        }
        let scan = &self.scan;
        if let Some(chain) = chain {
            // `Azerbaijan's Ministry of Foreign Affairs` is a name of its own.
            if scan.possessive(end - 1)
                && scan.is_capital(chain.last)
                && scan.has(chain.end - 1, l::HEAD_OF)
                && scan.word(chain.end) == "of"
            {
                self.cast.claim(i..end, Hold::Acting);
                return Some(end);
            }
            let start = if ethnic { i - 1 } else { i };
            let done = self.take_chain(start, row, chain, ethnic);
            if !ethnic {
                self.named_after(i..end, flags);
            }
            return Some(done);
        }
        if hits.place.is_some_and(|p| p.0 > words) {
            return Some(i + hits.place.map_or(words, |p| p.0));
        }
        let country = scan.entry(row).country().unwrap_or("");
        let names_country = self.country(i, words);
        let named = flags & (Candidate::ADJECTIVE | Candidate::PEOPLE | Candidate::METONYM) == 0
            || names_country
            || flags & Candidate::EXACT != 0;
        if !named && flags & Candidate::METONYM == 0 {
            return Some(self.nationals(i..end, country, flags, ethnic));
        }
        if ethnic || words == 1 && scan.given(i) && self.person_follows(i) {
            return None;
        }
        if scan.is_capital(end) && scan.runs_on(end) && scan.has(end, l::THING) {
            return Some(end + 1);
        }
        // Some small town is called White House, too.
        let seat = !named && (hits.place.is_none_or(|p| p.0 < words) || !self.large(i));
        if seat && flags & Candidate::WEAK == 0 {
            let member = self.cast.entry(self.scan.entry(row));
            self.cast.mention(member, i..end);
            return Some(end);
        }
        let score = self.agency(i..end)
            - i32::from(!named)
            - i32::from(flags & Candidate::WEAK != 0)
            - i32::from(country.is_empty());
        self.states.push(StateMention {
            span: i..end,
            row,
            score,
        });
        Some(end)
    }

    /// Whether `state` at `i` makes the name before it a part of another country: `Niger State`,
    /// `Georgia state police`, but `Iran state media`.
    fn federal_unit(&self, i: usize) -> bool {
        let scan = &self.scan;
        let official = || {
            scan.joins(i + 1)
                && matches!(
                    scan.word(i + 1),
                    "police" | "troopers" | "legislature" | "assembly" | "governor" | "lawmakers"
                )
        };
        let other = scan.joins(i + 1)
            && (scan.has(i + 1, l::MEDIA) || matches!(scan.word(i + 1), "media" | "department"));
        let unit = |key| {
            let mut rows = scan.candidates(key).iter();
            rows.any(|c| scan.entry(c.row()).kind() == Kind::Admin1)
        };
        let bears = |k: usize| {
            scan.hits(k)
                .place
                .is_some_and(|p| k + p.0 >= i && unit(p.1))
        };
        scan.word(i) == "state"
            && (i.saturating_sub(2)..i).any(bears)
            && !other
            && scan.runs_on(i)
            && scan.case == Case::Mixed
            && !scan.headline(i)
            && (scan.is_capital(i) || official())
    }

    /// Whether the text gives somebody the name at `i`: `a woman called Georgia`.
    fn so_called(&self, i: usize) -> bool {
        let scan = &self.scan;
        i > 1
            && scan.joins(i)
            && scan.joins(i - 1)
            && matches!(scan.word(i - 1), "named" | "called" | "nicknamed")
            && matches!(
                scan.word(i - 2),
                "man"
                    | "woman"
                    | "boy"
                    | "girl"
                    | "child"
                    | "teenager"
                    | "soldier"
                    | "fighter"
                    | "driver"
            )
    }

    /// `Poland's health minister`, `the Hong Kong government`: the country is named, too; an
    /// adjective names none.
    fn named_after(&mut self, state: Range<usize>, flags: u32) {
        let adjective = flags & (Candidate::ADJECTIVE | Candidate::PEOPLE) != 0
            && flags & Candidate::EXACT == 0
            && !self.country(state.start, state.len());
        if flags & Candidate::METONYM == 0 && !adjective {
            self.cast.claim(state, Hold::Acting);
        }
    }

    /// `Syrians`, `ethnic Armenians`, `the French`: a people, not its state.
    fn nationals(&mut self, span: Range<usize>, country: &str, flags: u32, ethnic: bool) -> usize {
        let scan = &self.scan;
        let end = span.end;
        let word = scan.word(end - 1);
        let plural = flags & Candidate::PEOPLE != 0
            && word.ends_with('s')
            && word.len() > 4
            && !word.ends_with("ss");
        self.cast.claim(span.clone(), Hold::Name);
        if !plural || scan.is_capital(end) && scan.runs_on(end) {
            return end;
        }
        let start = if ethnic && scan.before(span.start) == "ethnic" {
            span.start - 1
        } else {
            span.start
        };
        let name = scan.slice(span);
        let member = self.cast.text(name, "ethnic-group");
        if !ethnic && !country.is_empty() {
            self.cast.members[member].country = Some(country.to_string());
            self.cast.belongs(member, &format!("state:{country}"));
        }
        self.cast.mention(member, start..end);
        end
    }

    /// `Russian-backed separatists`: who backs is not whom they belong to.
    fn backed(&mut self, i: usize, end: usize) -> Option<usize> {
        let scan = &self.scan;
        let hyphen = scan.gap(end).0 == Gap::HYPHEN || scan.gap(end).0 == Gap::DASH | Gap::SPACE;
        if !hyphen || !scan.has(end, l::BACKED | l::HELD) {
            return None;
        }
        if !scan.has(end, l::BACKED) {
            return Some(end + 1);
        }
        self.cast.claim(i..end, Hold::Name);
        let scan = &self.scan;
        let at = end + 1;
        // A known group behind it stands for itself.
        if scan.hits(at).actor.is_some() || scan.hits(at).state.is_some() {
            return Some(at);
        }
        let Some(chain) = self.chain(at) else {
            return Some(at);
        };
        let kind = group_kind(&chain);
        let member = self.cast.text(scan.slice(i..chain.end), kind);
        self.cast.mention(member, i..chain.end);
        Some(chain.end)
    }

    /// The role nouns at `at`, with the adjectives before them.
    pub(super) fn chain(&self, at: usize) -> Option<Chain> {
        let scan = &self.scan;
        let mut found: Option<Chain> = None;
        let (mut k, mut adjectives, mut rebel, mut governs) = (at, 0, false, false);
        while k < scan.len() && scan.joins(k) && (k == at || !scan.possessive(k - 1)) {
            if let Some((n, role)) = scan.role(k) {
                // `Burkina garrison town`
                if matches!(scan.word(k + n), "town" | "city" | "village") && scan.joins(k + n) {
                    return None;
                }
                rebel |= matches!(role.code, "REB" | "OPP" | "CRM");
                governs |= role.kind == "government";
                let role = if governs && role.code == "MIL" && rebel {
                    Role {
                        code: "REB",
                        ..role
                    }
                } else {
                    role
                };
                found = Some(Chain {
                    end: k + n,
                    role,
                    rebel,
                    last: k,
                });
                k += n;
            } else if scan.has(k, l::MODIFIER) && adjectives < 3 {
                rebel |= matches!(
                    scan.word(k),
                    "rebel"
                        | "opposition"
                        | "separatist"
                        | "islamist"
                        | "jihadist"
                        | "communist"
                        | "exiled"
                        | "tribal"
                );
                adjectives += 1;
                k += 1;
            } else if found.is_none()
                && adjectives < 3
                && scan.gap(k + 1).0 == Gap::HYPHEN
                && scan.has(k + 1, l::BACKED)
            {
                rebel = true;
                adjectives += 1;
                k += 2;
            } else {
                break;
            }
        }
        found
    }

    /// Takes a state with its role nouns.
    fn take_chain(&mut self, start: usize, row: u32, chain: Chain, ethnic: bool) -> usize {
        let scan = &self.scan;
        let entry = scan.entry(row);
        let span = start..chain.end;
        let head = scan.word(chain.end - 1);
        // `a retired Canadian officer` and `a former Nigerian president` serve nobody any more.
        if matches!(scan.before(start), "former" | "retired" | "ex") && !ethnic {
            self.cast.claim(start..start + 1, Hold::Name);
            return chain.end;
        }
        // `Syrian rebel group Ahrar al-Sham` is one group, and that has a name.
        let described = scan.runs_on(chain.end)
            && matches!(
                head,
                "group" | "militia" | "movement" | "party" | "faction" | "gang"
            )
            && self.party(chain.end).is_some_and(|p| p.1 != "state");
        if described {
            self.cast.claim(start..start + 1, Hold::Name);
            return chain.end;
        }
        let member = if ethnic {
            self.cast.text(scan.slice(span.clone()), group_kind(&chain))
        } else if let Some(organ) = organ(&chain, scan.tokens.key(span.clone())) {
            self.cast.organ(entry, organ)
        } else if matches!(head, "side" | "delegation" | "state") {
            self.cast.entry(entry)
        } else if !names_actor(chain.role.code, head) {
            self.cast.claim(start..start + 1, Hold::Name);
            return chain.end;
        } else {
            let kind = group_kind(&chain);
            let member = self.cast.text(scan.slice(span.clone()), kind);
            self.cast.members[member].country = entry.country().map(str::to_string);
            if matches!(chain.role.code, "JUD" | "LEG" | "GOV") {
                self.cast.belongs(member, &entry.id());
            }
            member
        };
        self.cast.mention(member, span.clone());
        self.close_acronym(member, span)
    }

    /// `Kurdish fighters`, `Sunni tribes`: a people or a faith with a role noun.
    pub(super) fn people(&mut self, i: usize) -> Option<usize> {
        if self.scan.hits(i).actor.is_some_and(|a| a.0 > 1) || self.shape(i).is_some() {
            return None;
        }
        let mut from = i + 1;
        while self.scan.has(from, l::PEOPLE)
            && self.scan.runs_on(from)
            && self.scan.is_capital(from)
        {
            from += 1;
        }
        if let Some(done) = self.backed(i, from) {
            return Some(done);
        }
        let chain = self.chain(from);
        let plural = self.scan.word(from - 1).ends_with('s') && self.scan.case == Case::Mixed;
        let (end, kind) = match chain {
            Some(chain)
                if self.scan.word(chain.end - 1) != "state"
                    && names_actor(chain.role.code, self.scan.word(chain.end - 1)) =>
            {
                (chain.end, group_kind(&chain))
            }
            _ if plural && !(self.scan.is_capital(from) && self.scan.runs_on(from)) => {
                (from, "ethnic-group")
            }
            _ => return None,
        };
        let start = if i > 0 && self.scan.before(i) == "ethnic" && self.scan.joins(i) {
            i - 1
        } else {
            i
        };
        // `Hutus` are the table's Hutu.
        let known = self
            .scan
            .hits(i)
            .actor
            .filter(|a| i + a.0 == end)
            .and_then(|a| {
                let mut rows = self
                    .scan
                    .candidates(a.1)
                    .iter()
                    .filter(|c| self.scan.entry(c.row()).kind_name() == kind);
                rows.next().map(|c| c.row())
            });
        let member = match known {
            Some(row) => self.cast.entry(self.scan.entry(row)),
            None => self.cast.text(self.scan.slice(i..end), kind),
        };
        self.cast.mention(member, start..end);
        Some(end)
    }

    /// `Government of Iraq`, `the armed forces of Ukraine`, `Defence Ministry of Azerbaijan`.
    pub(super) fn organ_of(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        let (n, role) = scan.role(i)?;
        let of = i + n;
        // `the defence ministry in Baku` is the country's whose capital that is.
        let seat = scan.word(of) == "in" && role.kind != "military" && role.kind != "police";
        if !scan.joins(of) || !(seat || scan.word(of) == "of") {
            return None;
        }
        let at = of + 1 + usize::from(scan.word(of + 1) == "the");
        let chain = Chain {
            end: of,
            role,
            rebel: false,
            last: i,
        };
        let organ = organ(&chain, scan.tokens.key(i..of))?;
        if role.code == "GOV" && !role.alone && !scan.tokens.key(i..of).contains("ministry") {
            return None;
        }
        let (words, row, flags) = scan.hits(at).state?;
        let adjective = flags & (Candidate::ADJECTIVE | Candidate::PEOPLE) != 0
            && flags & Candidate::EXACT == 0
            && !self.country(at, words);
        if (flags & Candidate::METONYM != 0) != seat || adjective || !scan.joins(at) {
            return None;
        }
        // `officer of the Kosovo Liberation Army`: the state is the beginning of a longer name.
        let end = at + words;
        if !seat
            && scan.runs_on(end)
            && scan.is_capital(end)
            && !scan.headline(end)
            && scan.title(end).is_none()
        {
            return None;
        }
        let member = self.cast.organ(scan.entry(row), organ);
        if seat {
            self.cast.mention(member, i..of);
            return Some(of);
        }
        if !self.cast.mention(member, i..end) {
            return None;
        }
        self.cast.claim(at..end, Hold::Acting);
        // `the armies of India and Pakistan`
        let scan = &self.scan;
        let other = end + 1 + usize::from(scan.word(end + 1) == "the");
        if scan.word(end) == "and"
            && scan.joins(end)
            && scan.joins(other)
            && scan.word(i + n - 1).ends_with('s')
            && let Some((words, row, flags)) = scan.hits(other).state
            && flags & (Candidate::METONYM | Candidate::ADJECTIVE | Candidate::PEOPLE) == 0
        {
            let member = self.cast.organ(scan.entry(row), organ);
            self.cast.mention(member, other..other + words);
            return Some(other + words);
        }
        Some(end)
    }

    /// Whether the name at `i` is a country's, not only an adjective.
    fn country(&self, i: usize, words: usize) -> bool {
        let scan = &self.scan;
        let place = scan.hits(i).place.filter(|p| p.0 == words);
        place.is_some_and(|p| {
            scan.candidates(p.1).iter().any(|c| {
                matches!(
                    scan.entry(c.row()).kind(),
                    Kind::Country | Kind::FormerState
                )
            })
        })
    }

    /// Whether a place of this name is better known than a seat of government.
    fn large(&self, i: usize) -> bool {
        let scan = &self.scan;
        scan.hits(i).place.is_some_and(|p| {
            p.0 < 2
                || scan.candidates(p.1).iter().any(|c| {
                    let entry = scan.entry(c.row());
                    entry.kind().is_place()
                        && c.has(Candidate::MAIN)
                        && (!entry.kind().is_town()
                            || entry.kind() == Kind::Capital
                            || entry.population() > 100_000)
                })
        })
    }

    /// Whether a person's name goes on behind a given name that is also a country.
    fn person_follows(&self, i: usize) -> bool {
        let scan = &self.scan;
        let next = i + 1;
        scan.runs_on(next)
            && scan.shape(next) == Shape::Title
            && !scan.has(
                next,
                l::FUNCTION | l::HEAD | l::THING | l::CALENDAR | l::PEOPLE,
            )
            && scan.hits(next).state.is_none()
            && scan.title(next).is_none()
            && scan.role(next).is_none()
            && !scan.headline(next)
    }
}

/// The organ of a state that a role noun means; nothing for groups of their own.
pub(super) fn organ(chain: &Chain, key: &str) -> Option<&'static str> {
    if key.contains("ministry") || key.contains("foreign office") {
        return ministry(key).or(Some("government"));
    }
    if chain.rebel {
        return None;
    }
    match (chain.role.code, chain.role.kind) {
        ("MIL", _) => Some("military"),
        ("COP", _) => Some("police"),
        ("SPY", "intelligence") => Some("intelligence"),
        ("GOV", "government") => Some("government"),
        _ => None,
    }
}

/// The id of a ministry by the words of its name.
pub(super) fn ministry(key: &str) -> Option<&'static str> {
    let has = |w: &str| key.split(' ').any(|k| k == w);
    if has("defence") || has("defense") {
        Some("ministry-of-defence")
    } else if has("foreign") || has("external") {
        Some("ministry-of-foreign-affairs")
    } else if has("interior") || has("internal") || has("home") {
        Some("ministry-of-the-interior")
    } else {
        None
    }
}

/// The kind of a group that belongs to no state.
pub(super) fn group_kind(chain: &Chain) -> &'static str {
    match chain.role.code {
        "MIL" | "GOV" | "COP" if chain.rebel => "armed-group",
        "MIL" => "armed-group",
        _ => chain.role.kind,
    }
}

/// Whether a role noun behind an adjective names somebody at all: `bases` and `banks` do not.
fn names_actor(code: &str, head: &str) -> bool {
    match code {
        "UNK" | "BUS" | "ELI" | "NGO" | "IGO" => {
            matches!(
                head,
                "company"
                    | "companies"
                    | "delegation"
                    | "charity"
                    | "agency"
                    | "side"
                    | "peacekeepers"
                    | "mission"
                    | "officers"
                    | "generals"
                    | "allies"
                    | "union"
            )
        }
        _ => true,
    }
}
