#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ctui_fuzz::read(env!("CARGO_BIN_NAME"), bytes));
