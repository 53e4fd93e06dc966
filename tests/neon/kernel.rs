//! The kernel alone, without the crate around it: `tests/neon/run` compiles its tests for Arm.
#![allow(dead_code, unused_imports, reason = "a part of the crate stands here without its users")]

#[path = "../../src/syntax"]
mod syntax {
    pub(crate) mod kernel;
}
