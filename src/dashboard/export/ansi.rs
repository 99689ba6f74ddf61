//! A frame as text with colours, for the terminal after leaving.

use ratatui::{
    buffer::{Buffer, Cell},
    crossterm::style::{ContentStyle, StyledContent},
    prelude::IntoCrossterm,
};

/// The frame's rows, each ending with the terminal's own style.
pub fn ansi(frame: &Buffer) -> String {
    let rows = frame.content().chunks(usize::from(frame.area.width).max(1));
    rows.map(|row| format!("{}\n", line(row))).collect()
}

fn line(row: &[Cell]) -> String {
    let styled = |run: &[Cell]| {
        let symbols: String = run.iter().map(Cell::symbol).collect();
        let style: ContentStyle = run[0].style().into_crossterm();
        format!("\x1b[0m{}", StyledContent::new(style, symbols))
    };
    let runs = row.chunk_by(|a, b| a.style() == b.style());
    runs.map(styled).collect::<String>() + "\x1b[0m"
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Style};

    #[test]
    fn colours_end_with_the_line() {
        let mut buffer = Buffer::with_lines(["ab"]);
        buffer.set_style(buffer.area, Style::new().fg(Color::Rgb(1, 2, 3)));
        let text = ansi(&buffer);
        assert!(
            text.contains("38;2;1;2;3") && text.contains("ab"),
            "{text:?}"
        );
        assert!(text.ends_with("\x1b[0m\n"));
    }
}
