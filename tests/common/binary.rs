//! The program, as a user calls it.

use std::{path::Path, process::Stdio};

use assert_cmd::Command;

/// Its exit status, its output, and its remarks on standard error.
pub type Said = (i32, String, String);

/// What a command says until it ends by itself.
pub fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// `ctui`, called in a folder.
pub fn ctui_in(folder: impl AsRef<Path>, arguments: &[&str]) -> Said {
    let mut command = Command::cargo_bin("ctui").unwrap();
    said(command.current_dir(folder).args(arguments))
}

/// `ctui`, called in the project's folder.
pub fn ctui(arguments: &[&str]) -> Said {
    ctui_in(env!("CARGO_MANIFEST_DIR"), arguments)
}

/// The output of `ctui`, which has to succeed.
pub fn done(arguments: &[&str]) -> String {
    let (code, output, remarks) = ctui(arguments);
    assert_eq!(code, 0, "{arguments:?}: {remarks}");
    output
}

/// What a command says on standard error, which has to succeed, if nobody reads its output.
pub fn unread(command: &mut std::process::Command) -> String {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{command:?}: {message}");
    message
}
