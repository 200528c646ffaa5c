//! Output: whether stdout takes colours, and how wide it is.

use super::args::Color;
use belli::render::text::Layout;
use std::io::IsTerminal;

/// The layout for text on stdout.
pub fn layout(color: Color) -> Layout {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stdout().is_terminal()
                && !set("NO_COLOR")
                && std::env::var("TERM").as_deref() != Ok("dumb")
        }
    };
    let width = std::env::var("COLUMNS")
        .ok()
        .and_then(|c| c.parse().ok())
        .unwrap_or(100);
    Layout { color, width }
}
