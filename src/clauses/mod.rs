//! What hangs on what in a sentence: subjects that travel, objects, phrases by preposition, and the
//! actors that a phrase names or stands for. No rule and no relation is known here.

pub(crate) mod actors;
mod contrast;
mod coordination;
pub(crate) mod mending;
mod objects;
mod obliques;
mod subjects;
mod support_verbs;
pub(crate) mod view;
mod word_order;
