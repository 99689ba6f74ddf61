//! Texts for the clipboard: through tmux where that runs, or else by the terminal itself (OSC 52).

use std::{
    io::{self, Write},
    process::{Command, Stdio},
    thread,
};

use crossterm::{Command as _, clipboard::CopyToClipboard};

use super::terminal::send_directly;

/// Hands `text` over on a thread of its own; nobody says whether it arrives.
///
/// # Errors
/// If the system gives no thread.
pub fn copy(text: String) -> io::Result<()> {
    let send = move || {
        let through_tmux = std::env::var_os("TMUX").is_some() && tmux(&text).is_ok();
        let mut sequence = String::new();
        if !through_tmux
            && CopyToClipboard::to_clipboard_from(&text)
                .write_ansi(&mut sequence)
                .is_ok()
        {
            let _ = send_directly(sequence.as_bytes());
        }
    };
    thread::Builder::new()
        .name("clipboard".into())
        .spawn(send)?;
    Ok(())
}

/// Puts `text` into a buffer of tmux, and by that into the terminal's clipboard.
fn tmux(text: &str) -> io::Result<()> {
    let mut load = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = load.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    match load.wait()?.success() {
        true => Ok(()),
        false => Err(io::Error::other("tmux refused")),
    }
}
