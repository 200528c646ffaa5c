//! Random numbers for tests of this room: the same ones every time.
//!
//! Not for anything that users run.

/// Gives numbers below the one it is asked with.
pub(super) fn below() -> impl FnMut(u64) -> u64 {
    let mut state = 1_u64;
    move |n| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % n
    }
}
