//! Polarity and modality: what the words above and beside a trigger make of its claim.
//!
//! The walk goes from the trigger to the root. At each step the auxiliaries, negators and adverbs
//! of a word count, then what the word above does to what it governs. It ends where another
//! clause begins that says nothing about this one: at a relative clause, at a clause of time or
//! reason, at what somebody is said to say.

use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{Deprel, Modality, Polarity, TokenIndex, Upos, Xpos};
use crate::rules::compile::Preset;

/// A word that decided something, for explanations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) token: TokenIndex,
    pub(crate) effect: &'static str,
}

/// How firmly and with what sign a claim is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stance {
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    /// Nothing is said to hold or not to hold.
    pub(crate) suppressed: bool,
    pub(crate) cues: Vec<Cue>,
}

/// What has been met on the way up.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is met or not on the way up")]
struct Walk {
    negative: bool,
    prospective: bool,
    hedge: bool,
    hedge_modal: bool,
    weak_hedge: bool,
    /// Tried or meant, which asking for something is by itself.
    sought: bool,
    condition: bool,
    ended: bool,
    urged: bool,
    suppressed: bool,
    /// Called off: what was planned did not happen.
    cancelled: bool,
    /// The sign of what is only the time of something else: "declined to comment during the visit".
    known: Option<bool>,
    /// Approved or cleared: possible or not, it is to come.
    approved: bool,
    cues: Vec<Cue>,
}

impl Walk {
    fn note(&mut self, token: TokenIndex, effect: &'static str) {
        if self.known.is_none() || effect != "negative" {
            self.cues.push(Cue { token, effect });
        }
    }
}

/// The stance of the claim that `trigger` starts.
pub(crate) fn stance(view: &View<'_>, trigger: TokenIndex, base: Preset) -> Stance {
    let mut walk = Walk::default();
    own_words(view, trigger, true, &mut walk);
    if !(base.presupposed && is_known(view, trigger)) {
        climb(view, trigger, &mut walk);
    }
    let ended = walk.ended && !walk.urged;
    let presupposed = walk.ended && walk.urged;
    let mut negative = base.polarity == Some(Polarity::Negative);
    negative ^= walk.known.unwrap_or(walk.negative ^ ended);
    let modality = if presupposed || walk.cancelled && negative {
        Modality::Asserted
    } else if walk.approved && !walk.hedge_modal {
        Modality::Prospective
    } else if walk.hedge || walk.hedge_modal && !walk.condition {
        Modality::Hedged
    } else if walk.prospective
        || walk.condition
        || walk.sought && base.modality != Some(Modality::Asserted)
    {
        Modality::Prospective
    } else if let Some(modality) = base.modality.filter(|&m| m != Modality::Asserted) {
        modality
    } else if walk.weak_hedge {
        Modality::Hedged
    } else {
        Modality::Asserted
    };
    Stance {
        polarity: if negative && !presupposed { Polarity::Negative } else { Polarity::Positive },
        modality,
        suppressed: walk.suppressed,
        cues: walk.cues,
    }
}

/// Whether a noun names an event with its agent, under a word that leaves it as it is.
fn is_known(view: &View<'_>, noun: TokenIndex) -> bool {
    let between = || view.obliques(noun).iter().any(|phrase| view.word(phrase.marker) == "between");
    let owned = view.is_noun(noun)
        && (!view.by(noun, &[Deprel::NmodPoss]).is_empty()
            || !view.premodifiers(noun).is_empty()
            || between());
    let governed = view.head(noun).is_some_and(|head| {
        [
            WordList::Prospective,
            WordList::Hedge,
            WordList::WeakHedge,
            WordList::Negative,
            WordList::Ended,
            WordList::Urge,
            WordList::Suppress,
        ]
        .into_iter()
        .any(|list| operates(view, list, head))
            || view.is(WordList::Transparent, head)
    });
    let subject = matches!(view.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root);
    owned && !governed && !subject
}

/// Whether the word itself, and no participle that looks like it, is in `list`: in "media reported
/// that" nothing is reported in the sense of rumoured.
fn operates(view: &View<'_>, list: WordList, token: TokenIndex) -> bool {
    let active = view.xpos(token) == Xpos::Vbd && !view.is_passive(token);
    if active && view.word(token) != view.lemma(token) {
        return view.lemma_is(list, token);
    }
    view.is(list, token)
}

/// Auxiliaries, negators and adverbs of one word. A noun's subject position lets modals through
/// but no negation, hence `negations`.
fn own_words(view: &View<'_>, token: TokenIndex, negations: bool, walk: &mut Walk) {
    for &child in view.children(token) {
        let deprel = view.deprel(child);
        let word = view.word(child);
        match deprel {
            Deprel::Aux | Deprel::Cop | Deprel::AuxPass => {
                if view.form_is(WordList::HedgeModal, child) {
                    walk.hedge_modal = true;
                    walk.note(child, "hedged");
                } else if view.form_is(WordList::FutureModal, child) {
                    walk.prospective = true;
                    walk.note(child, "prospective");
                }
            }
            Deprel::Advmod
            | Deprel::Det
            | Deprel::Amod
            | Deprel::Discourse
            | Deprel::CcPreconj
            | Deprel::Cc
            | Deprel::Case
            | Deprel::Nummod
            | Deprel::DetPredet
            | Deprel::Obl
            | Deprel::OblUnmarked => {
                // "No longer sells."
                let longer = word == "longer"
                    && view.step(child, -1).is_some_and(|before| view.word(before) == "no");
                if longer && negations {
                    walk.negative = !walk.negative;
                    walk.note(child, "negative");
                } else if view.is(WordList::Negator, child) {
                    let only = view
                        .step(child, 1)
                        .is_some_and(|next| matches!(view.word(next), "only" | "just" | "least"));
                    let far_object = deprel == Deprel::Obl;
                    if negations && !only && !far_object {
                        walk.negative = !walk.negative;
                        walk.note(child, "negative");
                    }
                } else if view.is(WordList::Hedge, child) && deprel != Deprel::Case {
                    walk.hedge = true;
                    walk.note(child, "hedged");
                } else if view.is(WordList::Prospective, child)
                    && matches!(deprel, Deprel::Amod | Deprel::Advmod)
                {
                    walk.prospective = true;
                    walk.note(child, "prospective");
                } else if view.is(WordList::Ended, child) && deprel == Deprel::Amod {
                    walk.negative = !walk.negative;
                    walk.note(child, "negative");
                }
            }
            // "is due to visit", where "due to" is one mark.
            Deprel::Mark if view.is(WordList::Prospective, child) && view.is_verb(token) => {
                walk.prospective = true;
                walk.note(child, "prospective");
            }
            Deprel::Mark if word == "to" => {
                // "is to visit", and headlines: "Berlin to send tanks".
                let finite =
                    matches!(view.deprel(token), Deprel::Root | Deprel::Parataxis | Deprel::Ccomp);
                if finite {
                    walk.prospective = true;
                    walk.note(child, "prospective");
                }
            }
            // "Neither China nor India has sold".
            Deprel::Nsubj | Deprel::NsubjPass if negations => {
                let neither = view
                    .by(child, &[Deprel::CcPreconj, Deprel::Det, Deprel::Cc, Deprel::Advmod])
                    .into_iter()
                    .find(|&word| view.word(word) == "neither");
                if let Some(neither) = neither {
                    walk.negative = !walk.negative;
                    walk.note(neither, "negative");
                }
            }
            Deprel::Advcl => {
                let conditional = view
                    .marker_token(child)
                    .is_some_and(|marker| view.form_is(WordList::Condition, marker));
                let would = view
                    .by(token, &[Deprel::Aux])
                    .iter()
                    .any(|&aux| matches!(view.word(aux), "would" | "could" | "'d" | "’d" | "will"));
                if conditional && would {
                    walk.condition = true;
                    walk.note(child, "prospective");
                }
            }
            _ => {}
        }
    }
    // "going to", which taggers read as an auxiliary or as a verb.
    if view.lemma(token) == "go" && view.word(token) == "going" {
        walk.prospective = true;
        walk.note(token, "prospective");
    }
}

#[expect(clippy::too_many_lines, clippy::match_same_arms, reason = "one arm a relation")]
fn climb(view: &View<'_>, trigger: TokenIndex, walk: &mut Walk) {
    let mut at = trigger;
    let mut first = true;
    while let Some(head) = view.head(at) {
        let marker = view.marker(at);
        if let Some(marker) = marker {
            let token = view.marker_token(at).expect("its word was just read");
            match marker {
                "without" => {
                    walk.negative = !walk.negative;
                    walk.note(token, "negative");
                }
                "instead" | "rather" => {
                    walk.suppressed = true;
                    walk.note(token, "unsaid");
                }
                // "Asked whether they had sent arms", "did not say whether": nobody says so.
                "whether" if is_asked(view, head) => {
                    walk.suppressed = true;
                    walk.note(token, "unsaid");
                }
                _ if view.form_is(WordList::Condition, token) => {
                    walk.condition = true;
                    walk.note(token, "prospective");
                    if view.deprel(at) == Deprel::Advcl {
                        return;
                    }
                }
                _ => {}
            }
        }
        let deprel = view.deprel(at);
        let is_verb = view.is_verb(at);
        match deprel {
            Deprel::AclRelcl => return,
            // "Denied that it had delivered shells, and accused Washington": not what is denied.
            Deprel::Conj if view.joined_to_speech(at, head).is_some() => return,
            Deprel::Conj => {
                let own = view.children(at).iter().any(|&child| {
                    matches!(
                        view.deprel(child),
                        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::Cop
                    )
                });
                let but = view
                    .by(at, &[Deprel::Cc])
                    .iter()
                    .any(|&cc| matches!(view.word(cc), "but" | "yet" | "however"));
                if !own {
                    own_words(view, head, !but, walk);
                }
                at = head;
                first = false;
                continue;
            }
            Deprel::Parataxis | Deprel::Root | Deprel::Dislocated | Deprel::Vocative => return,
            Deprel::Advcl | Deprel::AdvclRelcl => {
                let purpose =
                    marker == Some("to") || matches!(marker, Some("in" | "so") if has_to(view, at));
                if purpose {
                    operate(view, head, at, walk);
                    if !view.is(WordList::Transparent, head) {
                        walk.sought = true;
                        if let Some(token) = view.marker_token(at) {
                            walk.note(token, "prospective");
                        }
                    }
                } else if view.xpos(at) == Xpos::Vbg || view.xpos(at) == Xpos::Vbn {
                    if marker.is_some() {
                        if !matches!(
                            marker,
                            Some("after" | "before" | "since" | "while" | "when" | "by" | "with")
                        ) {
                            operate(view, head, at, walk);
                        }
                        if matches!(marker, Some("after" | "since" | "while" | "when")) {
                            return;
                        }
                    }
                    own_words(view, head, false, walk);
                } else {
                    // "will come up when they meet": what is still to come, too.
                    let present = matches!(view.xpos(at), Xpos::Vbp | Xpos::Vbz);
                    if present && matches!(marker, Some("when" | "once" | "before" | "after")) {
                        let modal = view.by(head, &[Deprel::Aux]).into_iter().find(|&aux| {
                            view.form_is(WordList::FutureModal, aux)
                                || view.form_is(WordList::HedgeModal, aux)
                        });
                        if let Some(modal) = modal {
                            walk.prospective = true;
                            walk.note(modal, "prospective");
                        }
                    }
                    return;
                }
            }
            Deprel::Acl => {
                if has_to(view, at) && !view.is(WordList::Transparent, head) {
                    if is_attempt(view, head) {
                        walk.sought = true;
                    } else {
                        walk.prospective = true;
                    }
                    if let Some(token) = view.marker_token(at) {
                        walk.note(token, "prospective");
                    }
                }
                let plain_participle = marker.is_none()
                    && is_verb
                    && first
                    && matches!(view.xpos(at), Xpos::Vbn | Xpos::Vbg);
                if plain_participle {
                    // What is done with "tanks supplied by Poland" leaves the supply as it is.
                    own_words(view, head, true, walk);
                    return;
                }
                operate(view, head, at, walk);
                own_words(view, head, true, walk);
            }
            Deprel::Nsubj | Deprel::Csubj | Deprel::NsubjOuter => {
                let happens = view.is(WordList::Transparent, head);
                if view.is(WordList::Ended, head) {
                    operate(view, head, at, walk);
                }
                // "Reports that … were false."
                if !view.is_verb(head) && operates(view, WordList::Negative, head) {
                    operate(view, head, at, walk);
                    return;
                }
                // "The sanctions will remain": they are there.
                let lasts = matches!(view.lemma(head), "remain" | "continue" | "stay" | "persist");
                if lasts && view.is_noun(at) {
                    return;
                }
                own_words(view, head, happens, walk);
                if !happens {
                    return;
                }
            }
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Obj
            | Deprel::NsubjPass
            | Deprel::CsubjPass
            | Deprel::Dep
            | Deprel::Iobj => {
                operate(view, head, at, walk);
                if deprel == Deprel::Ccomp && view.is(WordList::Reporting, head) {
                    let negated = view.children(head).iter().any(|&child| {
                        view.deprel(child) == Deprel::Advmod && view.is(WordList::Negator, child)
                    });
                    if negated {
                        if matches!(
                            view.lemma(head),
                            "think" | "believe" | "expect" | "see" | "find"
                        ) {
                            walk.negative = !walk.negative;
                        } else if !view.is(WordList::Hedge, head) {
                            walk.hedge = true;
                        }
                    }
                    return;
                }
                own_words(view, head, true, walk);
            }
            Deprel::Obl
            | Deprel::Nmod
            | Deprel::OblUnmarked
            | Deprel::OblAgent
            | Deprel::NmodUnmarked
            | Deprel::Appos => {
                // "planned talks in Minsk", but not "in a letter he asked": a mere circumstance.
                let circumstance = deprel == Deprel::Obl
                    && view.is_verb(head)
                    && matches!(
                        marker,
                        Some("in" | "at" | "during" | "by" | "under" | "after" | "before" | "amid")
                    );
                if !circumstance {
                    operate(view, head, at, walk);
                } else if matches!(marker, Some("during" | "after" | "amid")) && view.is_noun(at) {
                    walk.known.get_or_insert(walk.negative ^ walk.ended);
                }
                let light = view.is(WordList::LightVerb, head)
                    || !view.is_verb(head)
                    || is_verb
                    || view.is(WordList::Transparent, head);
                own_words(view, head, light && marker != Some("for"), walk);
            }
            _ => {}
        }
        at = head;
        first = false;
    }
}

fn is_asked(view: &View<'_>, head: TokenIndex) -> bool {
    matches!(
        view.lemma(head),
        "ask"
            | "wonder"
            | "inquire"
            | "question"
            | "query"
            | "investigate"
            | "examine"
            | "clarify"
            | "say"
            | "comment"
            | "confirm"
            | "know"
            | "specify"
            | "disclose"
    )
}

fn has_to(view: &View<'_>, token: TokenIndex) -> bool {
    view.by(token, &[Deprel::Mark, Deprel::Aux]).iter().any(|&mark| view.word(mark) == "to")
}

/// What the word `above` does to what it governs.
fn operate(view: &View<'_>, above: TokenIndex, below: TokenIndex, walk: &mut Walk) {
    if matches!(view.upos(above), Upos::Punctuation) {
        return;
    }
    let marker = view.marker(below);
    if view.is(WordList::Suppress, above)
        && (marker == Some("against") || has_to(view, below) && is_negated_infinitive(view, below))
    {
        walk.suppressed = true;
        walk.note(above, "unsaid");
        return;
    }
    if operates(view, WordList::Ended, above) {
        walk.ended = true;
        walk.note(above, "ended");
    } else if operates(view, WordList::Negative, above) && negates(view, above, below) {
        walk.negative = !walk.negative;
        // "Has not ruled out": it may be.
        let ruled_out = view.lemma(above) == "rule"
            && view.by(above, &[Deprel::Advmod]).iter().any(|&t| view.is(WordList::Negator, t));
        if ruled_out {
            walk.hedge = true;
        }
        walk.cancelled |=
            matches!(view.lemma(above), "cancel" | "call" | "scrap" | "shelve" | "nix");
        walk.note(above, "negative");
    }
    walk.approved |= matches!(view.lemma(above), "approve" | "authorize" | "authorise" | "clear")
        && view.is_verb(above);
    // "No indication of", "no suspicion that": what is not even suspected is denied.
    let none = view.is_noun(above)
        && view.by(above, &[Deprel::Det]).iter().any(|&det| view.word(det) == "no");
    if operates(view, WordList::Hedge, above) && !none {
        walk.hedge = true;
        walk.note(above, "hedged");
    }
    if operates(view, WordList::WeakHedge, above) && hedges(view, above, below) && !none {
        walk.weak_hedge = true;
        walk.note(above, "hedged");
    }
    // "Told reporters that" asks for nothing.
    let told = matches!(view.lemma(above), "tell" | "call") && !has_to(view, below);
    let told = told && matches!(view.deprel(below), Deprel::Ccomp | Deprel::Parataxis);
    if told {
        return;
    }
    if operates(view, WordList::Urge, above) {
        walk.urged = true;
        walk.prospective = true;
        walk.note(above, "prospective");
    } else if is_attempt(view, above) {
        walk.sought = true;
        walk.note(above, "prospective");
    } else if operates(view, WordList::Prospective, above) && !is_setting(view, above) {
        walk.prospective = true;
        walk.note(above, "prospective");
    }
}

/// "Tries to", "an effort to": of an attempt to get something, the asking is no plan.
fn is_attempt(view: &View<'_>, above: TokenIndex) -> bool {
    matches!(
        view.lemma(above),
        "seek" | "try" | "attempt" | "effort" | "bid" | "aim" | "strive" | "endeavor" | "endeavour"
    )
}

/// "Set out an appeal" sets nothing for the future; "is set to" does.
fn is_setting(view: &View<'_>, above: TokenIndex) -> bool {
    view.lemma(above) == "set" && !(view.xpos(above) == Xpos::Vbn || view.is_passive(above))
}

fn is_negated_infinitive(view: &View<'_>, verb: TokenIndex) -> bool {
    view.by(verb, &[Deprel::Advmod]).iter().any(|&child| view.is(WordList::Negator, child))
}

/// "prevent" and its like negate only what they keep someone from.
fn negates(view: &View<'_>, above: TokenIndex, below: TokenIndex) -> bool {
    if matches!(
        view.lemma(above),
        "prevent" | "ban" | "bar" | "block" | "prohibit" | "stop" | "keep"
    ) {
        return view.marker(below) == Some("from")
            || view.deprel(below) == Deprel::Obj
            || view.deprel(below) == Deprel::NsubjPass;
    }
    true
}

/// Verbs such as "say" hedge only in the passive: "is said to", "is reported to have"; and to
/// conclude a treaty is not to conclude that there is one.
fn hedges(view: &View<'_>, above: TokenIndex, below: TokenIndex) -> bool {
    // "Concern over Iran's aid": the aid is known.
    let feared = matches!(
        view.lemma(above),
        "concern" | "worry" | "fear" | "worried" | "concerned" | "afraid" | "alarm"
    );
    if feared && matches!(view.deprel(below), Deprel::Nmod | Deprel::Obl) && !view.is_verb(below) {
        return false;
    }
    if matches!(view.lemma(above), "conclude" | "find" | "consider" | "judge") {
        return view.deprel(below) == Deprel::Ccomp;
    }
    let passive_only = matches!(
        view.lemma(above),
        "say" | "report" | "allege" | "claim" | "know" | "understand" | "rumor" | "rumour"
    );
    if passive_only {
        return view.is_passive(above)
            && view.deprel(below) == Deprel::Xcomp
            && view.lemma(above) != "know";
    }
    true
}
