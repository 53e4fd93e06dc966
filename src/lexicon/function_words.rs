//! Words of closed classes: articles, pronouns, prepositions, conjunctions, auxiliaries, numbers.
//!
//! Grammar itself asks for them, so they are known to the program and no list can change them.

/// Defines [`FunctionWord`]: each is spelled as its variant, in small letters.
macro_rules! function_words {
    ($($variant:ident)+) => {
        /// A word of a closed class.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the word that it is spelled as")]
        pub enum FunctionWord { $($variant,)+ }

        impl FunctionWord {
            /// Every word, in the order of definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The variant as it is written in Rust.
            const fn variant(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }
        }
    };
}

function_words! {
    A About Above According Across After Again Against Ago All Along Alongside Also Although Am Amid
    Among Amongst An And Another Any Anybody Anyone Anything Are Around As At Be Because Been
    Before Behind Being Below Besides Between Beyond Both But By Can Cannot Concerning Could
    Despite Did Do Does Doing Done Down During Each Eight Either Else Enough Even Ever Every
    Everybody Everyone Everything Except Few First Five Following For Four From Had Has Have
    Having He Her Here Hers Herself Him Himself His How However I If In Including Inside Instead
    Into Is It Its Itself Just Last Least Less Let Like Many May Me Might Mine More Most Much Must My
    Myself Near Neither Never Next Nine No Nobody None Nor Not Nothing Now Of Off On Once One
    Only Onto Or Other Ought Our Ours Ourselves Out Outside Over Own Per Rather Regarding Same
    Second Seven Several Shall She Should Since Six So Some Somebody Someone Something Such Ten
    Than That The Their Theirs Them Themselves Then There Thereby These They Third This Those
    Though Three Through Throughout Till To Together Too Toward Towards Two Under Unless Unlike
    Until Up Upon Us Versus Via Was We Were What Whatever When Where Whereas Whether Which While
    Who Whoever Whom Whose Why Will With Within Without Worth Would Yes Yet You Your Yours
}

impl FunctionWord {
    /// How it is spelled, in small letters.
    #[must_use]
    pub fn spelling(self) -> String {
        self.variant().to_ascii_lowercase()
    }

    /// The word with that number in [`ALL`](Self::ALL).
    pub(super) fn numbered(number: usize) -> Option<Self> {
        Self::ALL.get(number).copied()
    }
}
