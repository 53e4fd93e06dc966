//! Who speaks where: quotations and the turns of transcripts and interviews.

pub(crate) mod quotations;
